//! The hours of all places in the coming week, and what is to come in days: `week`, `deadlines`.

use jiff::ToSpan;
use jiff::civil::Date;
use tera::Value;

use super::occurrence::Spot;
use super::value::{list, record};
use super::{Scene, Shared, dates, timeline};
use crate::base::DocId;
use crate::model::{DateRange, Details, Kind, Location, Occurrence, OccurrenceStatus};
use crate::theme::rfc3339;

/// How many days a week has.
const WEEK: i64 = 7;
/// How far ahead deadlines are told, in days.
const FAR: i64 = 60;

impl Scene<'_> {
    /// `week`: every place with its hours on each of seven days; `none` where nothing is on in them.
    pub(in crate::theme) fn week(&self) -> Value {
        self.shared(Shared::Week, || {
            let ids = self.reader.of_kind(self.language, Kind::Location);
            // Where all is over, nothing more will be on, whatever day it is.
            if ids.iter().all(|id| self.is_over(*id)) {
                return Value::none();
            }
            let today = self.reader.clock().today(&self.campaign.zone);
            let last = today.checked_add((WEEK - 1).days()).unwrap_or(today);
            let week = DateRange { first: today, last };
            let rows: Vec<(Value, usize)> = ids.iter().filter_map(|id| self.row(*id, week)).collect();
            let runs: usize = rows.iter().map(|(_, runs)| runs).sum();
            if runs == 0 {
                return Value::none();
            }
            let days = week.days().map(|day| {
                let away = dates::between(today, day);
                record([("date", self.date(day)), ("away", away.into())])
            });
            let today_on = ids.iter().any(|id| !self.on(*id, today).is_empty());
            record([
                ("days", list(days)),
                ("rows", list(rows.into_iter().map(|(row, _)| row))),
                ("runs", runs.into()),
                ("is_today", today_on.into()),
            ])
        })
    }

    /// Whether the last day at a place is over.
    fn is_over(&self, id: DocId) -> bool {
        let over = |one: &Occurrence| self.reader.clock().is_day_over(one.date, &self.campaign.zone);
        self.reader.plan(id).occurrences.last().is_none_or(over)
    }

    /// What is on at a place on a day.
    fn on(&self, id: DocId, day: Date) -> Vec<&Occurrence> {
        self.reader.plan(id).occurrences.iter().filter(|one| one.date == day).collect()
    }

    /// A place's line, and how many runs of days anything is on there.
    fn row(&self, id: DocId, week: DateRange) -> Option<(Value, usize)> {
        let card = self.card(id)?;
        let Details::Location(location) = &card.details else { return None };
        let cells: Vec<Value> = week.days().map(|day| self.cell(&self.on(id, day), location)).collect();
        let runs = self.runs(week, &cells);
        let count = runs.len();
        let row = record([
            ("location", self.full_card(id)),
            ("runs", list(runs)),
            ("cells", list(cells)),
            ("is_on", (count > 0).into()),
        ]);
        Some((row, count))
    }

    /// The days of a week with their cells, those that follow upon each other with the same hours together.
    fn runs(&self, week: DateRange, cells: &[Value]) -> Vec<Value> {
        let days: Vec<(Date, &Value)> = week.days().zip(cells).filter(|(_, cell)| !cell.is_none()).collect();
        let field = |cell: &Value, name: &str| cell.get_from_path(name).cloned().unwrap_or_else(Value::none);
        let plain = |cell: &Value| field(cell, "changed").as_array().is_none_or(<[Value]>::is_empty);
        let runs = days.chunk_by(|(day, cell), (next, other)| {
            let follows = day.tomorrow().is_ok_and(|tomorrow| tomorrow == *next);
            follows && plain(cell) && plain(other) && field(cell, "hours") == field(other, "hours")
        });
        let value = |run: &[(Date, &Value)]| {
            let ((first, cell), (last, _)) = (run.first()?, run.last()?);
            Some(record([
                ("first", self.date(*first)),
                ("last", (first != last).then(|| self.date(*last)).into()),
                ("hours", field(cell, "hours")),
                ("changed", field(cell, "changed")),
            ]))
        };
        runs.filter_map(value).collect()
    }

    /// The hours of a day at a place; `none` where nothing is on.
    fn cell(&self, day: &[&Occurrence], location: &Location) -> Value {
        if day.is_empty() {
            return Value::none();
        }
        let spot = Spot::of(self, location);
        let planned: Vec<&Occurrence> =
            day.iter().copied().filter(|one| one.status == OccurrenceStatus::Planned).collect();
        let changed = day.iter().filter(|one| one.status != OccurrenceStatus::Planned);
        let start = planned.iter().filter_map(|one| one.start).min();
        let over = planned.iter().map(|one| one.over).max();
        let iso = |moment: Option<_>| Value::from(moment.map(|moment| rfc3339(moment, spot.zone)));
        record([
            ("hours", (!planned.is_empty()).then(|| self.hours_of_day(&planned, &spot)).into()),
            ("start_iso", iso(start)),
            ("over_iso", iso(over)),
            ("changed", list(changed.map(|one| self.occurrence(one, &spot)))),
        ])
    }

    /// `deadlines`: the entries of timelines that are ahead, the next one first.
    pub(in crate::theme) fn deadlines(&self) -> Value {
        self.shared(Shared::Deadlines, || {
            let mut all: Vec<(i64, Value)> = Vec::new();
            for id in self.reader.of_kind(self.language, Kind::Timeline) {
                let Some(card) = self.card(*id) else { continue };
                let Details::Timeline(of) = &card.details else { continue };
                for (days, event) in timeline::counted(self, card, of) {
                    if (0..=FAR).contains(&days) {
                        let anchor = event.get_from_path("id").and_then(Value::as_str).unwrap_or_default();
                        let url = format!("{}#{anchor}", self.url(&card.route));
                        all.push((days, super::value::with(&event, [("url", url.into())])));
                    }
                }
            }
            all.sort_by_key(|(days, _)| *days);
            list(all.into_iter().map(|(_, event)| event))
        })
    }
}

//! What the home page says first: where to be on the next day on which anything is on.

use jiff::Timestamp;
use jiff::civil::Date;
use tera::Value;

use super::occurrence::{Spot, state_name};
use super::value::{Fields, list, record};
use super::{Scene, Shared};
use crate::base::DocId;
use crate::model::{Details, Kind, Occurrence, State};
use crate::theme::rfc3339;

/// An occurrence and the document that has it.
struct Candidate<'a> {
    id: DocId,
    occurrence: &'a Occurrence,
    state: State,
    /// On which day's board it stands: its own, but today's while it goes on.
    day: Date,
}

/// Occurrences that share a board's line.
struct Group {
    date: Date,
    hours: Value,
    title: Value,
    state: State,
    start: Option<Timestamp>,
    over: Timestamp,
    items: Vec<Value>,
}

/// How many days after the next one a page holds ready, for whoever reads it later.
const FOLLOWING: usize = 1;

impl<'a> Scene<'a> {
    /// `next_up`.
    pub(in crate::theme) fn next_up(&self) -> Value {
        self.shared(Shared::NextUp, || self.make_next_up())
    }

    fn make_next_up(&self) -> Value {
        let all = self.candidates();
        let ahead = all.iter().filter(|one| one.state != State::Over).map(|one| one.day);
        let mut days: Vec<Date> = ahead.collect();
        days.sort_unstable();
        days.dedup();
        let Some((first, later)) = days.split_first() else { return Value::none() };
        let following = later.iter().take(FOLLOWING).map(|day| record(self.board(&all, *day)));
        let mut board = self.board(&all, *first);
        board.extend([("later", (!later.is_empty()).into()), ("following", list(following))]);
        record(board)
    }

    /// What is on on a day, by hours.
    fn board(&self, all: &[Candidate<'a>], day: Date) -> Fields {
        let mut of_day: Vec<&Candidate<'a>> = all.iter().filter(|one| one.day == day).collect();
        of_day.sort_by_key(|one| {
            let occurrence = one.occurrence;
            (one.state == State::Over, occurrence.start.is_none(), occurrence.start, occurrence.end)
        });
        let over = of_day.iter().map(|one| one.occurrence.over).max();
        vec![
            ("date", self.date(day)),
            ("is_today", self.reader.clock().is_day(day, &self.campaign.zone).into()),
            ("groups", self.groups(&of_day)),
            ("over_iso", self.iso(over)),
        ]
    }

    fn iso(&self, moment: Option<Timestamp>) -> Value {
        moment.map(|moment| rfc3339(moment, &self.campaign.zone)).into()
    }

    /// Everything that happens, at every location and event of the language.
    fn candidates(&self) -> Vec<Candidate<'a>> {
        let kinds = [Kind::Location, Kind::Event];
        let ids = kinds.into_iter().flat_map(|kind| self.reader.of_kind(self.language, kind));
        let mut all = Vec::new();
        for id in ids.copied() {
            let Some(card) = self.card(id) else { continue };
            let spot = match &card.details {
                Details::Location(location) => Spot::of(self, location),
                Details::Event(event) => self.event_zone(event, None),
                _ => continue,
            };
            all.extend(self.reader.plan(id).occurrences.iter().map(|occurrence| {
                let state = spot.state(occurrence);
                let goes_on = state == State::Now && spot.clock.is_day_over(occurrence.date, spot.zone);
                let day = if goes_on { spot.clock.today(spot.zone) } else { occurrence.date };
                Candidate { id, occurrence, state, day }
            }));
        }
        all
    }

    /// Occurrences of a board that share their day, hours and title: the night that ends is not the one that begins.
    fn groups(&self, of_day: &[&Candidate<'a>]) -> Value {
        let mut groups: Vec<Group> = Vec::new();
        for one in of_day {
            let date = one.occurrence.date;
            let item = self.item(one);
            let field = |name: &str| item.get_from_path(name).cloned().unwrap_or_else(Value::none);
            let (hours, title) = (field("hours"), field("title"));
            let same =
                |group: &&mut Group| group.date == date && group.hours == hours && group.title == title;
            match groups.iter_mut().find(same) {
                Some(group) => {
                    group.state = livelier(group.state, one.state);
                    group.start = group.start.min(one.occurrence.start);
                    group.over = group.over.max(one.occurrence.over);
                    group.items.push(item);
                }
                None => groups.push(Group {
                    date,
                    hours,
                    title,
                    state: one.state,
                    start: one.occurrence.start,
                    over: one.occurrence.over,
                    items: vec![item],
                }),
            }
        }
        list(groups.into_iter().map(|group| {
            record([
                ("hours", group.hours),
                ("title", group.title),
                ("state", state_name(group.state).into()),
                ("start_iso", self.iso(group.start)),
                ("over_iso", self.iso(Some(group.over))),
                ("items", list(group.items)),
            ])
        }))
    }

    fn item(&self, one: &Candidate<'a>) -> Value {
        match self.card(one.id).map(|card| (card, &card.details)) {
            Some((_, Details::Location(location))) => {
                let spot = Spot { location: self.full_card(one.id), ..Spot::of(self, location) };
                self.occurrence(one.occurrence, &spot)
            }
            Some((card, Details::Event(event))) => {
                let spot = self.event_spot(event, card, Some(one.occurrence), false);
                let title = one.occurrence.title.as_deref().unwrap_or(&card.title);
                super::value::with(&self.occurrence(one.occurrence, &spot), [("title", title.into())])
            }
            _ => Value::none(),
        }
    }
}

/// The state of a group: places in several zones may differ.
fn livelier(a: State, b: State) -> State {
    let rank = |state| match state {
        State::Now => 0,
        State::Today => 1,
        State::Later => 2,
        State::Over => 3,
    };
    if rank(a) <= rank(b) { a } else { b }
}

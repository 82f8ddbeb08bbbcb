//! Shifts, events and changes of plan, expanded into occurrences in each place's own zone.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::campaign::Frame;
use super::changes::{self, Everywhere, Planned};
use super::expand::{cut, midnight, missing_time, occurrence};
use super::files::Files;
use super::merge::Merged;
use super::names::{Found, Names};
use super::plans::Zones;
use super::references::field;
use super::spans::Spans;
use super::told::tell;
use crate::base::{DocId, FieldPath};
use crate::diagnostics::{Finding, finding, nearest};
use crate::model::{
    DateRange, Days, Gathering, Hours, Kind, LocationStatus, Occurrence, OccurrenceKind, Plan, Shift,
    ShiftHours, When,
};
use crate::parse::{Doc, Fields, LocationFields};

/// How far ahead a shift without an end is listed.
const WEEKS_AHEAD: i64 = 8;
/// The most days that one shift is expanded to, some ten years.
const MOST_DAYS: i64 = 3700;

/// Expands the plan of one document.
pub(super) struct Planner<'a> {
    pub(super) one: &'a Merged,
    pub(super) names: &'a Names,
    pub(super) frame: &'a Frame,
    pub(super) zones: &'a Zones,
    pub(super) told: Told,
}

/// What comes of a document's plan beside the plan itself.
#[derive(Default)]
pub(super) struct Told {
    pub(super) findings: Vec<Finding>,
    /// What other places receive.
    pub(super) sent: Vec<(DocId, Occurrence)>,
    /// Its own changes that strike anything, and when all that they touch is over.
    pub(super) struck: Vec<(usize, Timestamp)>,
    /// The changes of campaign.yaml that strike anything here, and when all that they touch here is over.
    pub(super) met: Vec<(usize, Timestamp)>,
}

impl Planner<'_> {
    /// Whether this is the version whose mistakes are told; translations would only repeat them.
    pub(super) fn tells(&self) -> bool {
        self.one.is_original()
    }

    pub(super) fn tell(&mut self, finding: Finding) {
        if self.tells() {
            tell(&mut self.told.findings, finding);
        }
    }

    pub(super) fn location(
        &mut self,
        fields: &LocationFields,
        files: &Files,
        everywhere: &Everywhere<'_>,
    ) -> Plan {
        let zone = fields.zone.as_ref().map_or(&self.frame.zone, |(zone, _)| zone).clone();
        let shared = self.schedule(fields, files);
        let own = fields.shifts.clone().unwrap_or_default();
        let spans = Spans::of(fields, self.frame, &zone);
        let changes = self.changes_of(fields, files, everywhere);
        let touched = changes::touched(&changes);
        let mut plan = Plan {
            shifts: [shared.clone(), own].concat(),
            events: fields.events.clone().unwrap_or_default(),
            ends: spans.ends(),
            ..Plan::default()
        };
        if fields.status.unwrap_or_default() == LocationStatus::Active {
            for (index, shift) in plan.shifts.clone().iter().enumerate() {
                let at = index.checked_sub(shared.len()).map(|index| FieldPath::of("shifts").index(index));
                let days = self.days(shift, &spans, touched, &zone);
                for one in self.shift(shift, days, at.as_ref(), &spans, &zone) {
                    plan.occurrences.push(Occurrence { line: index, ..one });
                }
            }
            for (index, gathering) in fields.events.iter().flatten().enumerate() {
                let at = FieldPath::of("events").index(index);
                for one in self.gathering(gathering, &at, &zone) {
                    plan.occurrences.push(Occurrence { line: index, ..one });
                }
            }
        }
        self.changes(&changes, &zone, &mut plan);
        plan.occurrences.shrink_to_fit();
        plan
    }

    /// All changes that concern a location: its own, then those of campaign.yaml.
    fn changes_of<'d>(
        &self,
        fields: &'d LocationFields,
        files: &Files,
        everywhere: &Everywhere<'d>,
    ) -> Vec<Planned<'d>> {
        let doc = self.says_changes();
        let own = fields.changes.iter().flatten().enumerate().map(|(index, change)| Planned {
            change,
            place: field(&doc.file, FieldPath::of("changes").index(index)),
            strict: true,
            everywhere: None,
        });
        let campaign = |(index, change, strict): (usize, _, bool)| Planned {
            change,
            place: field(&files.campaign.file, FieldPath::of("changes").index(index)),
            strict,
            everywhere: Some(index),
        };
        let named = everywhere
            .named
            .get(&self.one.group)
            .into_iter()
            .flatten()
            .map(|(index, change)| (*index, *change, true));
        let all = everywhere.all.iter().map(|(index, change)| (*index, *change, false));
        own.chain(named.chain(all).map(campaign)).collect()
    }

    fn says_changes(&self) -> &Doc {
        let own = matches!(&*self.one.doc.fields, Fields::Location(own) if own.changes.is_some());
        self.one.says(own)
    }

    /// The shifts of the schedule that a location names.
    fn schedule(&mut self, fields: &LocationFields, files: &Files) -> Vec<Shift> {
        let Some(name) = &fields.schedule else { return Vec::new() };
        let schedules = files.campaign.schedules.as_ref();
        if let Some(shifts) = schedules.and_then(|schedules| schedules.get(name)) {
            return shifts.clone();
        }
        let known = schedules.into_iter().flat_map(|schedules| schedules.keys().map(String::as_str));
        let near = nearest::nearest(name, known);
        let place = field(&self.one.doc.file, FieldPath::of("schedule"));
        self.tell(finding::unknown_schedule(place, name, near));
        Vec::new()
    }

    /// A shift on each of its days. `at` is where it was typed, for shifts of the location itself.
    fn shift(
        &mut self,
        shift: &Shift,
        days: Vec<Date>,
        at: Option<&FieldPath>,
        spans: &Spans,
        zone: &TimeZone,
    ) -> Vec<Occurrence> {
        let dated = matches!(shift.days, Days::Dates(_));
        let title: Option<Arc<str>> = shift.label.as_deref().map(Into::into);
        let mut all = Vec::with_capacity(days.len());
        for day in days {
            let mut one = occurrence(day, shift.hours.clone(), zone, OccurrenceKind::Shift);
            one.title.clone_from(&title);
            if let (Some(time), Some(at)) = (missing_time(day, &shift.hours, zone), at) {
                let place = field(&self.one.doc.file, at.key("hours"));
                self.tell(finding::no_such_clock_time(place, &day.to_string(), &time));
            }
            let (start, end) = (one.start.unwrap_or_else(|| midnight(day, zone)), one.over);
            let clipped = spans.clip(start, end);
            let whole = match shift.hours {
                ShiftHours::Known(Hours::Span { .. } | Hours::AllDay) => clipped == Some((start, end)),
                _ => clipped.is_some(),
            };
            if !whole && let (true, Some(at)) = (dated, at) {
                let place = field(&self.one.doc.file, at.clone());
                self.tell(finding::shift_cut(place, &day.to_string()));
            }
            let Some((from, to)) = clipped else { continue };
            cut(&mut one, (start, end), (from, to), zone);
            all.push(one);
        }
        all
    }

    /// The days on which a shift stands, as far as they are listed: where no end is known, the coming weeks, and where
    /// no start is, from yesterday on, for a night shift may still go on. Days that a change names are always among
    /// them, however long ago it was or however far ahead.
    fn days(&self, shift: &Shift, spans: &Spans, touched: Option<DateRange>, zone: &TimeZone) -> Vec<Date> {
        let date = |instant: Timestamp| instant.to_zoned_datetime(zone.clone()).date();
        let wanted = |day: &Date| match &shift.days {
            Days::Every | Days::Dates(_) => true,
            Days::Weekdays(days) => days.contains(day.weekday()),
        };
        if let Days::Dates(ranges) = &shift.days {
            let days = ranges.iter().flat_map(|range| range.days());
            return days.filter(|day| !shift.except.contains(day) && within(*day, shift)).collect();
        }
        // The day is asked for only where it counts: else the plan would be another each day.
        let today = || self.frame.clock.today(zone);
        let yesterday = || today().yesterday().unwrap_or_else(|_| today());
        let ahead = || today().checked_add(WEEKS_AHEAD.weeks()).unwrap_or_else(|_| today());
        let first = shift.from.map(|from| from.first().date()).or_else(|| spans.begins().map(date));
        let last = shift.to.map(When::last_day).or_else(|| spans.ends().map(date));
        let open = |end: Date, touched: Option<Date>, pick: fn(Date, Date) -> Date| {
            touched.map_or(end, |touched| pick(touched, end))
        };
        let first = first.unwrap_or_else(|| open(yesterday(), touched.map(|days| days.first), Date::min));
        let last = last.unwrap_or_else(|| open(ahead(), touched.map(|days| days.last), Date::max));
        let most = first.checked_add(MOST_DAYS.days()).unwrap_or(first);
        let days = DateRange { first, last: last.min(most) }.days();
        days.filter(|day| wanted(day) && !shift.except.contains(day)).collect()
    }

    /// An event on each of its days. `at` is where it was typed.
    fn gathering(&mut self, gathering: &Gathering, at: &FieldPath, zone: &TimeZone) -> Vec<Occurrence> {
        let (title, speakers): (Arc<str>, Arc<[_]>) =
            (gathering.title.as_str().into(), gathering.speakers.as_slice().into());
        let mut all = Vec::new();
        for day in gathering.dates.days() {
            if let Some(time) = missing_time(day, &gathering.hours, zone) {
                let place = field(&self.one.doc.file, at.key("hours"));
                self.tell(finding::no_such_clock_time(place, &day.to_string(), &time));
            }
            let mut one = occurrence(day, gathering.hours.clone(), zone, OccurrenceKind::Event);
            one.title = Some(Arc::clone(&title));
            one.speakers.clone_from(&speakers);
            all.push(one);
        }
        all
    }

    /// The zone of a location by its name, else another one.
    pub(super) fn zone_of(&self, location: Option<&str>, otherwise: &TimeZone) -> TimeZone {
        match location.map(|name| self.names.find(name, Some(Kind::Location))) {
            Some(Found::Group(group)) => self.zones.get(&group).unwrap_or(&self.frame.zone).clone(),
            _ => otherwise.clone(),
        }
    }

    pub(super) fn event(&mut self, fields: &crate::parse::EventFields, zone: &TimeZone) -> Plan {
        let mut plan = Plan::default();
        let Some(dates) = fields.dates else { return plan };
        let gathering = Gathering {
            title: self.one.common.title.clone().unwrap_or_default(),
            dates,
            hours: fields.hours.clone().unwrap_or(ShiftHours::Open),
            speakers: fields.speakers.clone().unwrap_or_default(),
        };
        plan.occurrences = self.gathering(&gathering, &FieldPath::default(), zone);
        let file = &self.one.doc.file;
        let changes = fields.changes.iter().flatten().enumerate().map(|(index, change)| Planned {
            change,
            place: field(file, FieldPath::of("changes").index(index)),
            strict: true,
            everywhere: None,
        });
        let changes: Vec<Planned<'_>> = changes.collect();
        self.changes(&changes, zone, &mut plan);
        plan
    }
}

/// Whether a dated day lies within a shift's own `from` and `to`.
fn within(day: Date, shift: &Shift) -> bool {
    shift.from.is_none_or(|from| from.first().date() <= day) && shift.to.is_none_or(|to| day <= to.last_day())
}

//! Shifts, events and changes of plan, expanded into occurrences in each place's own zone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rayon::prelude::*;

use super::campaign::Frame;
use super::expand::{arrival, cut, midnight, missing_time, occurrence};
use super::merge::Merged;
use super::names::{Found, Names};
use super::references::field;
use super::spans::Spans;
use super::{Files, tell};
use crate::base::{DocId, FieldPath};
use crate::diagnostics::{Finding, Place, finding, nearest};
use crate::model::{
    Change, ChangeStatus, Days, Gathering, Hours, Kind, LocationStatus, Occurrence, OccurrenceKind,
    OccurrenceStatus, Shift, ShiftHours, When,
};
use crate::parse::{Doc, Fields, LocationFields};

/// How far ahead a shift without an end is listed.
const WEEKS_AHEAD: i64 = 8;
/// The most days that one shift is expanded to, some ten years.
const MOST_DAYS: i64 = 3700;

/// What happens at a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    pub(super) shifts: Vec<Shift>,
    pub(super) changes: Vec<Change<DocId>>,
    pub(super) occurrences: Vec<Occurrence>,
}

/// A change that was found, where it was typed, and whether it must meet something.
struct Planned<'d> {
    change: &'d Change<String>,
    place: Place,
    strict: bool,
}

/// Expands the plans of all locations and events.
pub(super) fn plan(
    files: &Files<'_>,
    merged: &[Merged<'_>],
    names: &Names<'_>,
    frame: &Frame,
    findings: &mut Vec<Finding>,
) -> BTreeMap<DocId, Plan> {
    let everywhere = Everywhere::of(files, names, findings);
    let zones = zones(merged);
    let planned = merged.par_iter().filter_map(|one| {
        let mut planner =
            Planner { one, names, frame, zones: &zones, findings: Vec::new(), moved: Vec::new() };
        let plan = match &one.fields {
            Fields::Location(fields) => planner.location(fields, files, &everywhere),
            Fields::Event(fields) => {
                let zone = planner.zone_of(fields.location.as_deref(), &frame.zone);
                planner.event(fields, &zone)
            }
            Fields::Page | Fields::Statement(_) | Fields::Timeline(_) => return None,
        };
        Some((one.id, plan, planner.findings, planner.moved))
    });
    let planned: Vec<_> = planned.collect();
    let mut plans = BTreeMap::new();
    let mut moved = Vec::new();
    for (id, plan, told, leaving) in planned {
        plans.insert(id, plan);
        findings.extend(told);
        moved.extend(leaving);
    }
    for (id, occurrence) in moved {
        plans.entry(id).or_default().occurrences.push(occurrence);
    }
    for plan in plans.values_mut() {
        plan.occurrences.sort_by(|a, b| order(a).cmp(&order(b)));
    }
    plans
}

/// The zones of locations that have one of their own, by their groups.
fn zones(merged: &[Merged<'_>]) -> BTreeMap<usize, TimeZone> {
    let zone = |one: &Merged<'_>| match &one.fields {
        Fields::Location(fields) => fields.zone.as_ref().map(|(zone, _)| (one.group, zone.clone())),
        Fields::Page | Fields::Statement(_) | Fields::Event(_) | Fields::Timeline(_) => None,
    };
    merged.iter().filter_map(zone).collect()
}

fn order(one: &Occurrence) -> (Date, Option<Timestamp>, Timestamp, &Option<String>) {
    (one.date, one.start, one.over, &one.title)
}

/// The changes of campaign.yaml, by the group of each location that they name.
struct Everywhere<'d> {
    all: Vec<(usize, &'d Change<String>)>,
    named: BTreeMap<usize, Vec<(usize, &'d Change<String>)>>,
}

impl<'d> Everywhere<'d> {
    fn of(files: &Files<'d>, names: &Names<'_>, findings: &mut Vec<Finding>) -> Everywhere<'d> {
        let mut everywhere = Everywhere { all: Vec::new(), named: BTreeMap::new() };
        for (index, change) in files.campaign.changes.iter().flatten().enumerate() {
            let Some(locations) = &change.locations else {
                everywhere.all.push((index, &change.change));
                continue;
            };
            for (position, name) in locations.iter().enumerate() {
                let path = FieldPath::of("changes").index(index).key("locations").index(position);
                match names.find(name, Some(Kind::Location)) {
                    Found::Group(group) => {
                        everywhere.named.entry(group).or_default().push((index, &change.change));
                    }
                    found => {
                        let place = field(&files.campaign.file, path);
                        tell(findings, names.explain(place, name, found, Some(Kind::Location)));
                    }
                }
            }
        }
        everywhere
    }
}

/// Expands the plan of one document.
struct Planner<'a> {
    one: &'a Merged<'a>,
    names: &'a Names<'a>,
    frame: &'a Frame,
    zones: &'a BTreeMap<usize, TimeZone>,
    findings: Vec<Finding>,
    /// What other places receive.
    moved: Vec<(DocId, Occurrence)>,
}

impl Planner<'_> {
    /// Whether this is the version whose mistakes are told; translations would only repeat them.
    fn tells(&self) -> bool {
        std::ptr::eq(self.one.doc, self.one.original)
    }

    fn tell(&mut self, finding: Finding) {
        if self.tells() {
            tell(&mut self.findings, finding);
        }
    }

    fn location(&mut self, fields: &LocationFields, files: &Files<'_>, everywhere: &Everywhere<'_>) -> Plan {
        let zone = fields.zone.as_ref().map_or(&self.frame.zone, |(zone, _)| zone).clone();
        let shared = self.schedule(fields, files);
        let own = fields.shifts.clone().unwrap_or_default();
        let spans = Spans::of(fields, self.frame, &zone);
        let mut plan = Plan { shifts: [shared.clone(), own].concat(), ..Plan::default() };
        if fields.status.unwrap_or_default() == LocationStatus::Active {
            for (index, shift) in plan.shifts.clone().iter().enumerate() {
                let at = index.checked_sub(shared.len()).map(|index| FieldPath::of("shifts").index(index));
                self.shift(shift, at.as_ref(), &spans, &zone, &mut plan.occurrences);
            }
            for (index, gathering) in fields.events.iter().flatten().enumerate() {
                self.gathering(
                    gathering,
                    &FieldPath::of("events").index(index),
                    &zone,
                    &mut plan.occurrences,
                );
            }
        }
        let doc = self.says_changes();
        let own = fields.changes.iter().flatten().enumerate().map(|(index, change)| Planned {
            change,
            place: field(&doc.file, FieldPath::of("changes").index(index)),
            strict: true,
        });
        let campaign = |(index, change, strict): (usize, _, bool)| Planned {
            change,
            place: field(&files.campaign.file, FieldPath::of("changes").index(index)),
            strict,
        };
        let named = everywhere
            .named
            .get(&self.one.group)
            .into_iter()
            .flatten()
            .map(|(index, change)| (*index, *change, true));
        let all = everywhere.all.iter().map(|(index, change)| (*index, *change, false));
        let changes: Vec<Planned<'_>> = own.chain(named.chain(all).map(campaign)).collect();
        self.changes(&changes, &zone, &mut plan);
        plan
    }

    fn says_changes(&self) -> &Doc {
        let own = matches!(&self.one.doc.fields, Fields::Location(own) if own.changes.is_some());
        self.one.says(own)
    }

    /// The shifts of the schedule that a location names.
    fn schedule(&mut self, fields: &LocationFields, files: &Files<'_>) -> Vec<Shift> {
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
        at: Option<&FieldPath>,
        spans: &Spans,
        zone: &TimeZone,
        all: &mut Vec<Occurrence>,
    ) {
        let dated = matches!(shift.days, Days::Dates(_));
        for day in self.days(shift, spans, zone) {
            let mut one = occurrence(day, shift.hours.clone(), zone, OccurrenceKind::Shift);
            one.title.clone_from(&shift.label);
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
    }

    /// The days on which a shift stands, as far as they are listed.
    fn days(&self, shift: &Shift, spans: &Spans, zone: &TimeZone) -> Vec<Date> {
        let date = |instant: Timestamp| instant.to_zoned_datetime(zone.clone()).date();
        let wanted = |day: &Date| match &shift.days {
            Days::Every | Days::Dates(_) => true,
            Days::Weekdays(days) => days.contains(day.weekday()),
        };
        if let Days::Dates(ranges) = &shift.days {
            let days = ranges.iter().flat_map(|range| range.days());
            return days.filter(|day| !shift.except.contains(day) && within(*day, shift)).collect();
        }
        let today = date(self.frame.moment);
        let first = shift.from.map(|from| from.first().date());
        let first = first.or_else(|| spans.begins().map(date)).unwrap_or(today);
        let ahead = today.checked_add(WEEKS_AHEAD.weeks()).unwrap_or(today);
        let last = shift.to.map(When::last_day);
        let last = last.or_else(|| spans.ends().map(date)).unwrap_or(ahead);
        let most = first.checked_add(MOST_DAYS.days()).unwrap_or(first);
        let days = crate::model::DateRange { first, last: last.min(most) }.days();
        days.filter(|day| wanted(day) && !shift.except.contains(day)).collect()
    }

    fn gathering(
        &mut self,
        gathering: &Gathering,
        at: &FieldPath,
        zone: &TimeZone,
        all: &mut Vec<Occurrence>,
    ) {
        for day in gathering.dates.days() {
            if let Some(time) = missing_time(day, &gathering.hours, zone) {
                let place = field(&self.one.doc.file, at.key("hours"));
                self.tell(finding::no_such_clock_time(place, &day.to_string(), &time));
            }
            let mut one = occurrence(day, gathering.hours.clone(), zone, OccurrenceKind::Event);
            one.title = Some(gathering.title.clone());
            one.speakers.clone_from(&gathering.speakers);
            all.push(one);
        }
    }

    /// The zone of a location by its name, else another one.
    fn zone_of(&self, location: Option<&str>, otherwise: &TimeZone) -> TimeZone {
        match location.map(|name| self.names.find(name, Some(Kind::Location))) {
            Some(Found::Group(group)) => self.zones.get(&group).unwrap_or(&self.frame.zone).clone(),
            _ => otherwise.clone(),
        }
    }

    /// Hands moved shifts to every version of the place that receives them. The original alone does it, so that a
    /// translation does not do it again.
    fn send(&mut self, change: &Change<String>, arriving: &[Occurrence]) {
        let group = change.to.as_ref().map(|name| self.names.find(name, Some(Kind::Location)));
        let (Some(Found::Group(group)), true) = (group, self.tells()) else { return };
        for id in self.names.versions(group) {
            self.moved.extend(arriving.iter().cloned().map(|one| (id, one)));
        }
    }

    fn event(&mut self, fields: &crate::parse::EventFields, zone: &TimeZone) -> Plan {
        let mut plan = Plan::default();
        let Some(dates) = fields.dates else { return plan };
        let gathering = Gathering {
            title: self.one.common.title.clone().unwrap_or_default(),
            dates,
            hours: fields.hours.clone().unwrap_or(ShiftHours::Open),
            speakers: fields.speakers.clone().unwrap_or_default(),
        };
        self.gathering(&gathering, &FieldPath::default(), zone, &mut plan.occurrences);
        let file = &self.one.doc.file;
        let changes = fields.changes.iter().flatten().enumerate().map(|(index, change)| Planned {
            change,
            place: field(file, FieldPath::of("changes").index(index)),
            strict: true,
        });
        let changes: Vec<Planned<'_>> = changes.collect();
        self.changes(&changes, zone, &mut plan);
        plan
    }

    /// Applies changes: strikes what they strike, and adds what moves to another time or place.
    fn changes(&mut self, changes: &[Planned<'_>], zone: &TimeZone, plan: &mut Plan) {
        for planned in changes {
            let change = planned.change;
            let target = change.to.as_ref().and_then(|name| {
                self.names.resolve(
                    planned.place.clone(),
                    name,
                    Kind::Location,
                    self.one.language,
                    &mut self.findings,
                )
            });
            let arrival_zone = self.zone_of(change.to.as_deref(), zone);
            let own_event = self.one.kind() == Kind::Event;
            let struck = |one: &Occurrence| {
                let named = match &change.title {
                    Some(title) => one.kind == OccurrenceKind::Event && one.title.as_ref() == Some(title),
                    None => own_event || one.kind == OccurrenceKind::Shift,
                };
                change.dates.contains(one.date) && one.status == OccurrenceStatus::Planned && named
            };
            let mut met = false;
            let mut arriving = Vec::new();
            for one in plan.occurrences.iter_mut().filter(|one| struck(one)) {
                met = true;
                if change.status == ChangeStatus::Moved {
                    let at = target.filter(|_| own_event).or(one.at);
                    arriving.push(Occurrence { at, ..arrival(one, change, &arrival_zone) });
                }
                one.status = match change.status {
                    ChangeStatus::Cancelled => OccurrenceStatus::Cancelled,
                    ChangeStatus::Moved => OccurrenceStatus::Moved(target),
                };
                one.note.clone_from(&change.note);
            }
            // An event's page stays its home wherever it moves; a shift goes to the page of its new place.
            match target.filter(|target| *target != self.one.id && !own_event) {
                Some(_) => self.send(change, &arriving),
                None => plan.occurrences.extend(arriving),
            }
            if !met && planned.strict {
                let title = self.one.common.title.clone().unwrap_or_default();
                let day = change.dates.first.to_string();
                self.tell(finding::change_without_shift(planned.place.clone(), &day, &title));
            }
            plan.changes.push(resolved(change, target));
        }
    }
}

/// Whether a dated day lies within a shift's own `from` and `to`.
fn within(day: Date, shift: &Shift) -> bool {
    shift.from.is_none_or(|from| from.first().date() <= day) && shift.to.is_none_or(|to| day <= to.last_day())
}

fn resolved(change: &Change<String>, to: Option<DocId>) -> Change<DocId> {
    Change {
        dates: change.dates,
        title: change.title.clone(),
        status: change.status,
        to,
        to_date: change.to_date,
        hours: change.hours,
        note: change.note.clone(),
    }
}

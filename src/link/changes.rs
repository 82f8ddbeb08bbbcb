//! Changes of plan: what they strike, what moves where, and how long they are worth telling.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::expand::arrival;
use super::files::Files;
use super::names::{Found, Names};
use super::references::field;
use super::schedule::Planner;
use super::told::tell;
use crate::base::{DocId, FieldPath};
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{
    Change, ChangeStatus, DateRange, Gathering, Kind, Occurrence, OccurrenceKind, OccurrenceStatus, Plan,
};
use crate::parse::Fields;

/// A change that was found, where it was typed, and whether it must meet something.
pub(super) struct Planned<'d> {
    pub(super) change: &'d Change<String>,
    pub(super) place: Place,
    pub(super) strict: bool,
    /// Its place in campaign.yaml, for a change of many places.
    pub(super) everywhere: Option<usize>,
}

/// The changes of campaign.yaml, by the group of each location that they name.
pub(super) struct Everywhere<'d> {
    pub(super) all: Vec<(usize, &'d Change<String>)>,
    pub(super) named: BTreeMap<usize, Vec<(usize, &'d Change<String>)>>,
}

impl<'d> Everywhere<'d> {
    pub(super) fn of(files: &'d Files, names: &Names, findings: &mut Vec<Finding>) -> Everywhere<'d> {
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

/// From the first to the last day that changes of shifts name, but for those that may meet nothing.
pub(super) fn touched(changes: &[Planned<'_>]) -> Option<DateRange> {
    let strict = changes.iter().filter(|planned| planned.strict && planned.change.title.is_none());
    let dates = strict.map(|planned| planned.change.dates);
    dates.reduce(|a, b| DateRange { first: a.first.min(b.first), last: a.last.max(b.last) })
}

/// Takes in what another place sent. A change that cancels all of that day here cancels it too.
pub(super) fn receive(plan: &mut Plan, mut arriving: Occurrence) {
    let cancels = |change: &&Change<DocId>| {
        change.status == ChangeStatus::Cancelled
            && change.title.is_none()
            && arriving.kind == OccurrenceKind::Shift
            && change.dates.contains(arriving.date)
    };
    if let Some(change) = plan.changes.iter().find(cancels) {
        strike(&mut arriving, OccurrenceStatus::Cancelled, change.note.as_ref());
    }
    plan.occurrences.push(arriving);
}

fn strike(one: &mut Occurrence, status: OccurrenceStatus, note: Option<&String>) {
    one.status = status;
    one.note = note.map(|note| note.as_str().into());
    one.revision += 1;
}

impl Planner<'_> {
    /// Applies changes: strikes what they strike, and adds what moves to another time or place.
    pub(super) fn changes(&mut self, changes: &[Planned<'_>], zone: &TimeZone, plan: &mut Plan) {
        let mut ends: Vec<Option<Timestamp>> =
            changes.iter().map(|planned| self.change(planned, zone, plan)).collect();
        // What one change moved to a day that another cancels is cancelled, in whichever order they stand.
        for (planned, until) in changes.iter().zip(&mut ends) {
            let cancels = planned.change.status == ChangeStatus::Cancelled;
            let arrived = plan.occurrences.iter_mut().filter(|one| cancels && one.origin.is_some());
            for one in arrived.filter(|one| self.strikes(planned.change, one)) {
                strike(one, OccurrenceStatus::Cancelled, planned.change.note.as_ref());
                *until = (*until).max(Some(one.over));
            }
        }
        for (index, (planned, until)) in changes.iter().zip(ends).enumerate() {
            match (until, planned.everywhere) {
                (Some(until), Some(everywhere)) => self.told.met.push((everywhere, until)),
                (Some(until), None) => self.told.struck.push((index, until)),
                (None, _) if planned.strict => self.tell_unmet(planned, plan),
                (None, _) => {}
            }
        }
    }

    fn tell_unmet(&mut self, planned: &Planned<'_>, plan: &Plan) {
        let title = self.one.common.title.clone().unwrap_or_default();
        let day = planned.change.dates.first.to_string();
        let again = plan.occurrences.iter().any(|one| self.concerns(planned.change, one));
        self.tell(finding::change_without_shift(planned.place.clone(), &day, &title, again));
    }

    /// Applies one change. When all that it struck and moved is over, where it met anything.
    fn change(&mut self, planned: &Planned<'_>, zone: &TimeZone, plan: &mut Plan) -> Option<Timestamp> {
        let change = planned.change;
        let target = change.to.as_ref().and_then(|name| {
            let place = planned.place.clone();
            self.names.resolve(place, name, Kind::Location, self.one.language, &mut self.told.findings)
        });
        let target = target.filter(|target| *target != self.one.id);
        let arrival_zone = self.zone_of(change.to.as_deref(), zone);
        let status = match change.status {
            ChangeStatus::Cancelled => OccurrenceStatus::Cancelled,
            ChangeStatus::Moved => OccurrenceStatus::Moved(target),
        };
        let document = self.one.versions.iter().flatten().next().copied().unwrap_or(self.one.id);
        let mut until = None;
        let mut arriving = Vec::new();
        for one in plan.occurrences.iter_mut().filter(|one| self.strikes(change, one)) {
            until = until.max(Some(one.over));
            if change.status == ChangeStatus::Moved {
                let moved = arrival(one, change, &arrival_zone, document);
                until = until.max(Some(moved.over));
                arriving.push(moved);
            }
            strike(one, status, change.note.as_ref());
        }
        // An event's page stays its home wherever it moves; a shift goes to the page of its new place.
        match target {
            Some(_) if self.one.kind() != Kind::Event => self.send(change, &arriving),
            _ => plan
                .occurrences
                .extend(arriving.into_iter().map(|one| Occurrence { at: target.or(one.at), ..one })),
        }
        plan.changes.push(resolved(change, target));
        until
    }

    /// Whether a change strikes an occurrence that still stands.
    fn strikes(&self, change: &Change<String>, one: &Occurrence) -> bool {
        one.status == OccurrenceStatus::Planned && self.concerns(change, one)
    }

    /// Whether a change is about an occurrence.
    fn concerns(&self, change: &Change<String>, one: &Occurrence) -> bool {
        let named = match &change.title {
            Some(title) => one.kind == OccurrenceKind::Event && self.is_called(one, title),
            None => self.one.kind() == Kind::Event || one.kind == OccurrenceKind::Shift,
        };
        change.dates.contains(one.date) && named
    }

    /// Whether an event bears a title: its own, or that of the original whose changes a translation inherits.
    fn is_called(&self, one: &Occurrence, title: &str) -> bool {
        let original = match &*self.one.original.fields {
            Fields::Location(fields) => fields.events.iter().flatten().nth(one.line),
            _ => None,
        };
        one.title.as_deref() == Some(title)
            || original.is_some_and(|original: &Gathering| original.title == title)
    }

    /// Hands moved shifts to every version of the place that receives them. The original alone does it, so that a
    /// translation does not do it again.
    fn send(&mut self, change: &Change<String>, arriving: &[Occurrence]) {
        let group = change.to.as_ref().map(|name| self.names.find(name, Some(Kind::Location)));
        let (Some(Found::Group(group)), true) = (group, self.tells()) else { return };
        for id in self.names.versions(group) {
            self.told.sent.extend(arriving.iter().cloned().map(|one| (id, one)));
        }
    }
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

//! Shifts and events on a day as templates see them, and what is next of them.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use tera::Value;

use super::Scene;
use super::value::{list, record, text};
use crate::model::{
    Clock, Hours, Location, LocationType, Occurrence, OccurrenceKind, OccurrenceStatus, ShiftHours, Speaker,
    State,
};
use crate::theme::rfc3339;

/// Where occurrences take place, and how the moment stands there.
#[derive(Clone)]
pub(super) struct Spot<'a> {
    pub(super) zone: &'a TimeZone,
    pub(super) clock: &'a Clock,
    /// What the zone is called, where it is not the campaign's: it is told beside hours then.
    pub(super) zone_label: Option<String>,
    /// The word for an occurrence without a title.
    pub(super) untitled: &'a str,
    /// The card of the location; `none` on its own page and in its own card.
    pub(super) location: Value,
    /// The page of the event document.
    pub(super) url: Value,
    /// A place without a page.
    pub(super) place: Value,
}

impl<'a> Spot<'a> {
    /// A spot of a zone, at the reader's moment.
    pub(super) fn new(scene: &Scene<'a>, zone: &'a TimeZone) -> Spot<'a> {
        let clock = scene.reader.clock();
        let untitled = scene.words.get("type_picket");
        let name = zone.iana_name().filter(|name| *name != scene.campaign.zone_name);
        Spot {
            zone,
            zone_label: name.map(|name| scene.words.zone_label(name, zone, || clock.year(zone))),
            clock,
            untitled,
            location: Value::none(),
            url: Value::none(),
            place: Value::none(),
        }
    }

    /// The spot of a location.
    pub(super) fn of(scene: &Scene<'a>, location: &'a Location) -> Spot<'a> {
        let word = type_word(location.kind);
        Spot { untitled: scene.words.get(word), ..Spot::new(scene, &location.zone) }
    }

    /// The sentence that says in which zone hours are, where that is not the campaign's.
    pub(super) fn zone_note(&self, scene: &Scene<'_>) -> Option<String> {
        self.zone_label.as_ref().map(|label| scene.words.fill("time_zone_note", &[("zone", label)]))
    }

    /// Hours here: “10 p.m.–6 a.m.”, or “10 p.m.–6 a.m. (Eastern Time)” among those of other places.
    fn hours(&self, scene: &Scene<'_>, hours: &ShiftHours) -> String {
        let ShiftHours::Known(known) = hours else { return scene.words.shift_hours(hours) };
        let text = scene.hours(*known);
        match &self.zone_label {
            Some(label) => format!("{text} ({label})"),
            None => text,
        }
    }

    /// How an occurrence stands at the moment.
    pub(super) fn state(&self, occurrence: &Occurrence) -> State {
        occurrence.state(self.clock, self.zone)
    }

    /// Whether an occurrence belongs to today: it is today's, or it began before and goes on.
    pub(super) fn is_today(&self, occurrence: &Occurrence) -> bool {
        self.clock.is_day(occurrence.date, self.zone) || self.state(occurrence) == State::Now
    }
}

/// The word for a type of location: `type_picket`.
pub(super) fn type_word(kind: LocationType) -> &'static str {
    match kind {
        LocationType::Picket => "type_picket",
        LocationType::Rally => "type_rally",
        LocationType::Bargaining => "type_bargaining",
        LocationType::Hall => "type_hall",
        LocationType::Online => "type_online",
        LocationType::Other => "type_other",
    }
}

/// The first occurrence that is not over: one that takes place, or else one that was to.
pub(super) fn next<'o>(occurrences: &'o [Occurrence], spot: &Spot<'_>) -> Option<&'o Occurrence> {
    let mut ahead = occurrences.iter().filter(|occurrence| spot.state(occurrence) != State::Over);
    let planned = ahead.clone().find(|occurrence| occurrence.status == OccurrenceStatus::Planned);
    planned.or_else(|| ahead.next())
}

/// A speaker in a line: “Ana Pérez, psychologist”.
pub(super) fn speaker(speaker: &Speaker) -> Value {
    match &speaker.role {
        Some(role) => format!("{}, {role}", speaker.name).into(),
        None => speaker.name.as_str().into(),
    }
}

impl Scene<'_> {
    /// An occurrence.
    pub(super) fn occurrence(&self, occurrence: &Occurrence, spot: &Spot<'_>) -> Value {
        let iso = |moment: Option<Timestamp>| Value::from(moment.map(|moment| rfc3339(moment, spot.zone)));
        let (status, moved_to) = match occurrence.status {
            OccurrenceStatus::Planned => ("planned", Value::none()),
            OccurrenceStatus::Cancelled => ("cancelled", Value::none()),
            OccurrenceStatus::Moved(to) => {
                ("moved", to.map_or_else(Value::none, |to| self.plain_card(self.version(to))))
            }
        };
        let kind = match occurrence.kind {
            OccurrenceKind::Shift => "shift",
            OccurrenceKind::Event => "event",
        };
        record([
            ("title", occurrence.title.as_deref().unwrap_or(spot.untitled).into()),
            ("kind", kind.into()),
            ("date", self.date(occurrence.date)),
            ("hours", spot.hours(self, &occurrence.hours).into()),
            ("start_iso", iso(occurrence.start)),
            ("end_iso", iso(occurrence.end)),
            ("over_iso", iso(Some(occurrence.over))),
            ("status", status.into()),
            ("note", text(occurrence.note.as_deref())),
            ("moved_to", moved_to),
            ("state", state_name(spot.state(occurrence)).into()),
            ("speakers", list(occurrence.speakers.iter().map(speaker))),
            ("location", spot.location.clone()),
            ("url", spot.url.clone()),
            ("place", spot.place.clone()),
        ])
    }

    /// Today's hours at a location in a line; `none` where nothing is on, or all is over.
    pub(super) fn hours_today(&self, occurrences: &[Occurrence], spot: &Spot<'_>) -> Value {
        let today: Vec<&Occurrence> = occurrences.iter().filter(|one| spot.is_today(one)).collect();
        if today.iter().all(|one| spot.state(one) == State::Over) {
            return Value::none();
        }
        self.hours_of_day(&today, spot).into()
    }

    /// The hours of a day at a place in a line, or what became of them.
    pub(super) fn hours_of_day(&self, day: &[&Occurrence], spot: &Spot<'_>) -> String {
        let planned = day.iter().filter(|one| one.status == OccurrenceStatus::Planned);
        let hours = merged(planned.map(|one| &one.hours));
        if hours.is_empty() {
            let moved = day.iter().any(|one| matches!(one.status, OccurrenceStatus::Moved(_)));
            return self.words.get(if moved { "moved" } else { "cancelled" }).to_owned();
        }
        let texts: Vec<String> = hours.iter().map(|hours| spot.hours(self, hours)).collect();
        texts.join(", ")
    }
}

/// Hours of a day, with turns that follow upon each other taken together, and none twice nor within others:
/// a rally at noon does not lengthen a line from six to two.
fn merged<'h>(all: impl Iterator<Item = &'h ShiftHours>) -> Vec<ShiftHours> {
    let mut merged: Vec<ShiftHours> = Vec::new();
    for hours in all {
        if let (
            Some(ShiftHours::Known(Hours::Span { end: open, next_day: next, .. })),
            ShiftHours::Known(Hours::Span { start, end, next_day }),
        ) = (merged.last_mut(), hours)
            && open == start
            && !*next
            && *start != Time::midnight()
        {
            (*open, *next) = (*end, *next_day);
        } else if !merged.iter().any(|longer| longer == hours || within(hours, longer)) {
            merged.push(hours.clone());
        }
    }
    merged
}

/// Whether hours lie within others that end on the same day.
fn within(hours: &ShiftHours, longer: &ShiftHours) -> bool {
    match (hours, longer) {
        (
            ShiftHours::Known(Hours::Span { start, end, next_day: false }),
            ShiftHours::Known(Hours::Span { start: from, end: to, next_day: false }),
        ) => from <= start && end <= to && start < end,
        (_, ShiftHours::Known(Hours::AllDay)) => true,
        _ => false,
    }
}

pub(super) fn state_name(state: State) -> &'static str {
    match state {
        State::Over => "over",
        State::Now => "now",
        State::Today => "today",
        State::Later => "later",
    }
}

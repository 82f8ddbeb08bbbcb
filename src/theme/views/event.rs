//! What only an event's page shows.

use super::value::{Fields, fields, list, text};
use super::{Scene, links, location, occurrence};
use crate::model::{Card, Event, Occurrence, OccurrenceStatus, ShiftHours, Venue};
use crate::theme::address::Address;

/// The fields of an event's page.
pub(super) fn fields(scene: &Scene<'_>, own: &Card, event: &Event) -> Fields {
    let spot = scene.event_spot(event, own, false);
    let line = match &event.venue {
        Venue::Place(place) => Address::of_place(place, &scene.campaign.zone_name).line(),
        Venue::Location(_) | Venue::None => None,
    };
    let place = match &event.venue {
        Venue::Place(place) => place.name.as_deref(),
        Venue::Location(_) | Venue::None => None,
    };
    let occurrences = &scene.reader.plan(own.id).occurrences;
    let (status, note) = status(occurrences);
    let moved_to = occurrences.iter().rev().find_map(|one| one.at);
    let elsewhere = moved_to.map(|id| scene.full_card(scene.version(id)));
    fields![scene;
        ("occurrences", list(occurrences.iter().map(|one| scene.occurrence(one, &spot)))),
        ("when", when(scene, event).into()),
        ("place", text(place)),
        ("address_line", text(line.as_deref())),
        ("location", elsewhere.unwrap_or_else(|| spot.location.clone())),
        ("calendar", location::calendar(scene, own)),
        ("online_url", event.url.as_deref().map(links::by_host).into()),
        ("speakers", list(event.gathering.speakers.iter().map(occurrence::speaker))),
        ("status", status.into()),
        ("note", text(note)),
    ]
}

/// “Friday, October 25, 2024, 5–6 p.m.”
fn when(scene: &Scene<'_>, event: &Event) -> String {
    let dates = event.gathering.dates;
    let days =
        if dates.first == dates.last { scene.words.date_long(dates.first) } else { scene.words.range(dates) };
    match &event.gathering.hours {
        ShiftHours::Open => format!("{days} ({})", scene.words.get("hours_tba")),
        hours => format!("{days}, {}", scene.words.shift_hours(hours)),
    }
}

/// Whether the event as a whole takes place as planned, and why not.
fn status(occurrences: &[Occurrence]) -> (&'static str, Option<&str>) {
    let moved = |one: &&Occurrence| matches!(one.status, OccurrenceStatus::Moved(_));
    let note = occurrences.iter().find_map(|one| one.note.as_deref());
    let mut standing = occurrences.iter().filter(|one| !moved(one)).peekable();
    if standing.peek().is_some() && standing.all(|one| one.status == OccurrenceStatus::Cancelled) {
        ("cancelled", note)
    } else if occurrences.iter().any(|one| moved(&one)) {
        ("moved", note)
    } else {
        ("planned", None)
    }
}

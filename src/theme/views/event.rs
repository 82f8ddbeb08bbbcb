//! What only an event's page shows.

use tera::Value;

use super::occurrence::{self, Spot};
use super::value::{Fields, fields, list, text};
use super::{Scene, links, location};
use crate::model::{Card, DateRange, Details, Event, EventStatus, Occurrence, Plan, ShiftHours};
use crate::theme::address::Address;

/// The fields of an event's page.
pub(super) fn fields(scene: &Scene<'_>, own: &Card, event: &Event) -> Fields {
    let plan = scene.reader.plan(own.id);
    let status = plan.status();
    let first = plan.held().next().filter(|_| status == EventStatus::Moved);
    let spot = scene.event_spot(event, own, first, false);
    let place = event.place(plan);
    let place_address = place.map(|place| Address::of_place(place, &scene.campaign.zone_name));
    let line = place_address.and_then(|address| address.line());
    let day = |one: &Occurrence| {
        // The page says once in which zone its hours are.
        let at = scene.event_spot(event, own, Some(one), false);
        let zone_label = at.zone_label.filter(|_| spot.zone_label.is_none());
        scene.occurrence(one, &Spot { zone_label, ..at })
    };
    let note = plan.occurrences.iter().find_map(|one| one.note.as_deref());
    fields![scene;
        ("occurrences", list(plan.occurrences.iter().map(day))),
        ("when", when(scene, event, plan).into()),
        ("place", text(place.and_then(|place| place.name.as_deref()))),
        ("address_line", text(line.as_deref())),
        ("location", spot.location.clone()),
        ("directions", directions(scene, own, event, first, place_address)),
        ("calendar", location::calendar(scene, own)),
        ("online_url", event.url.as_deref().map(links::by_host).into()),
        ("speakers", list(event.gathering.speakers.iter().map(occurrence::speaker))),
        ("status", status_name(status).into()),
        ("note", text(note.filter(|_| status != EventStatus::Planned))),
        ("time_zone_note", spot.zone_note(scene).into()),
    ]
}

/// Links to where it takes place: its location, else its own place.
fn directions(
    scene: &Scene<'_>,
    own: &Card,
    event: &Event,
    first: Option<&Occurrence>,
    place: Option<Address<'_>>,
) -> Value {
    if let Some(card) = event.location_on(first).and_then(|id| scene.card(scene.version(id)))
        && let Details::Location(location) = &card.details
    {
        return scene.directions(&card.title, &Address::of_location(location));
    }
    place.map_or_else(|| list([]), |place| scene.directions(&own.title, &place))
}

/// What an event without a text is about: when it is.
pub(super) fn description(scene: &Scene<'_>, own: &Card, event: &Event) -> String {
    when(scene, event, scene.reader.plan(own.id))
}

/// “Friday, October 25, 2024, 5–6 p.m.”: of an event that moved, when it is now.
fn when(scene: &Scene<'_>, event: &Event, plan: &Plan) -> String {
    let status = plan.status();
    let held: Vec<&Occurrence> = plan.held().collect();
    let (dates, hours) = match (status, held.as_slice()) {
        (EventStatus::Moved, [first, .., last]) => {
            let same = held.iter().all(|one| one.hours == first.hours);
            (DateRange { first: first.date, last: last.date }, same.then_some(&first.hours))
        }
        (EventStatus::Moved, [only]) => (DateRange::day(only.date), Some(&only.hours)),
        _ => (event.gathering.dates, Some(&event.gathering.hours)),
    };
    let days =
        if dates.first == dates.last { scene.words.date_long(dates.first) } else { scene.words.range(dates) };
    match hours {
        None => days,
        Some(ShiftHours::Open) => format!("{days} ({})", scene.words.get("hours_tba")),
        Some(hours) => format!("{days}, {}", scene.words.shift_hours(hours)),
    }
}

fn status_name(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Planned => "planned",
        EventStatus::Cancelled => "cancelled",
        EventStatus::Moved => "moved",
    }
}

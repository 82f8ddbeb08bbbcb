//! Shifts, rallies and other events, with the status that search engines show when a plan changes.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::graph::Graph;
use super::parts::{self, Image, Reference, Speakers};
use super::places::{self, At, Place, Spot, Where};
use crate::base::DocId;
use crate::model::{
    Card, Days, Details, Event, Location, Occurrence, OccurrenceKind, OccurrenceStatus, Venue,
};
use crate::output::authors;
use crate::output::time::rfc3339;
use crate::output::view::{View, description};

/// How many events a location's page carries of those that are ahead, and at most of all others.
const MOST: usize = 20;

/// The node id of a location's own place, which its events point at.
const PLACE: &str = "_:place";

/// A location's place, and its coming events; the newest past ones once the site is a record.
pub(super) fn of_location(card: &Card, location: &Location, view: &View<'_>, graph: &mut Graph) {
    let place = places::of_location(card, location, view);
    let own = place.as_ref().map(|_| Spot::Told(Reference { id: PLACE.to_owned() }));
    let own_url = location.url.as_deref().filter(|_| own.is_none());
    match place {
        Some(place) => graph.add(&place.with_id(PLACE)),
        // A place that is online only is a node of its own where no event could say so.
        None => graph.add(&Where::new(None, own_url, view).location),
    }
    let all = AtLocation {
        zone: &location.zone,
        picket: view.word("type_picket"),
        url: view.url(&card.route),
        at: Where::new(own, own_url, view),
        organizer: Speakers::of(&authors::unions(view.texts)),
        image: parts::image(card, view),
        about: description(card).or_else(|| view.texts.tagline.clone()),
    };
    telling(card, view).into_iter().for_each(|one| graph.add(&all.node(one, view)));
}

/// What all events of a location's page share.
struct AtLocation<'a> {
    zone: &'a TimeZone,
    picket: String,
    url: String,
    at: Where<'a>,
    organizer: Speakers<'a>,
    image: Option<Image<'a>>,
    about: Option<String>,
}

/// An event.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Node<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: &'a str,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_start_date: Option<String>,
    event_status: &'static str,
    event_attendance_mode: &'static str,
    location: &'a At<'a>,
    organizer: &'a Speakers<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a Image<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Cow<'a, str>>,
}

impl AtLocation<'_> {
    fn node<'a>(&'a self, one: &'a Occurrence, view: &View<'_>) -> Node<'a> {
        let about = one.note.as_deref().or(self.about.as_deref());
        Node {
            kind: "Event",
            name: one.title.as_deref().unwrap_or(&self.picket),
            url: &self.url,
            start_date: start(one, self.zone),
            end_date: end(one, self.zone),
            previous_start_date: previous(one, self.zone),
            event_status: status(std::slice::from_ref(&one)),
            event_attendance_mode: self.at.mode,
            location: &self.at.location,
            organizer: &self.organizer,
            image: self.image.as_ref(),
            description: Some(about.map_or_else(|| view.hours(one).into(), Cow::from)),
        }
    }
}

/// The occurrences worth telling: those that are next, or the last ones of a record; and of what is over, each that was
/// planned for its day or that a change touched, and the last of each weekly shift, so that whoever has it in a calendar
/// finds it here.
fn telling<'a>(card: &Card, view: &View<'a>) -> Vec<&'a Occurrence> {
    // What moved is told at its new time and place, where it stands once more.
    let stays = |one: &&Occurrence| !matches!(one.status, OccurrenceStatus::Moved(_));
    let plan = view.reader.plan(card.id);
    let all: Vec<&Occurrence> = plan.occurrences.iter().filter(stays).collect();
    let (_, record) = view.reader.phase();
    let next = if record { all.len().saturating_sub(MOST) } else { ahead(&all, view) };
    let end = all.len().min(next + MOST);
    let dated = |one: &Occurrence| {
        let shift = plan.shifts.get(one.line).filter(|_| one.kind == OccurrenceKind::Shift);
        one.origin.is_some()
            || one.status == OccurrenceStatus::Cancelled
            || shift.map_or(one.kind == OccurrenceKind::Event, |shift| matches!(shift.days, Days::Dates(_)))
    };
    let last = |index: usize, one: &Occurrence| {
        let same = |other: &&&Occurrence| (other.kind, other.line) == (one.kind, one.line);
        !all[index + 1..].iter().any(|other| same(&other))
    };
    let others = all
        .iter()
        .enumerate()
        .filter(|(index, one)| !(next..end).contains(index) && (dated(one) || last(*index, one)));
    let mut told: Vec<usize> = others.map(|(index, _)| index).rev().take(MOST).collect();
    told.extend(next..end);
    told.sort_unstable();
    told.into_iter().map(|index| all[index]).collect()
}

/// The place in a list of the first occurrence that is not over.
fn ahead(all: &[&Occurrence], view: &View<'_>) -> usize {
    let clock = view.reader.clock();
    all.iter().position(|one| !clock.has_come(one.over)).unwrap_or(all.len())
}

/// An event with a page of its own: one node from its first day's beginning to its last day's end.
pub(super) fn of_event(card: &Card, event: &Event, view: &View<'_>, graph: &mut Graph) {
    // What moved stands once more at its new time and place.
    let stays = |day: &&Occurrence| !matches!(day.status, OccurrenceStatus::Moved(_));
    let all: Vec<&Occurrence> = view.reader.plan(card.id).occurrences.iter().filter(stays).collect();
    let held: Vec<&Occurrence> =
        all.iter().copied().filter(|day| day.status == OccurrenceStatus::Planned).collect();
    let days = if held.is_empty() { &all } else { &held };
    let elsewhere = days.first().and_then(|day| location_of(day.at?, view));
    let place = elsewhere.or_else(|| venue(event, view)).map(|place| Spot::Whole(Box::new(place)));
    let at = Where::new(place, event.url.as_deref(), view);
    let dates = event.gathering.dates;
    let zone = zone(event.location_on(days.first().copied()), view);
    graph.add(&Node {
        kind: "Event",
        name: &card.title,
        url: &view.url(&card.route),
        start_date: days.first().map_or_else(|| dates.first.to_string(), |day| start(day, &zone)),
        end_date: days.last().map_or_else(|| Some(dates.last.to_string()), |day| end(day, &zone)),
        previous_start_date: days.first().and_then(|day| previous(day, &zone)),
        event_status: status(&all),
        event_attendance_mode: at.mode,
        location: &at.location,
        organizer: &Speakers::of(&authors::unions(view.texts)),
        image: parts::image(card, view).as_ref(),
        description: description(card).or_else(|| view.texts.tagline.clone()).map(Cow::from),
    });
}

fn venue<'a>(event: &'a Event, view: &View<'a>) -> Option<Place<'a>> {
    match &event.venue {
        Venue::Location(id) => location_of(*id, view),
        Venue::Place(place) => places::of_place(place),
        Venue::None => None,
    }
}

/// The zone of an event's clock times: its location's, else the campaign's.
fn zone(location: Option<DocId>, view: &View<'_>) -> TimeZone {
    match location.and_then(|id| view.reader.card(id)).map(|card| &card.details) {
        Some(Details::Location(location)) => location.zone.clone(),
        _ => view.campaign.zone.clone(),
    }
}

fn location_of<'a>(id: DocId, view: &View<'a>) -> Option<Place<'a>> {
    let card = view.reader.card(view.reader.version(id, view.language))?;
    let Details::Location(location) = &card.details else { return None };
    places::of_location(card, location, view)
}

/// What holds of a series of days (<https://schema.org/EventStatusType>): cancelled only where every day is.
fn status(days: &[&Occurrence]) -> &'static str {
    let moved = days.iter().any(|day| day.origin.is_some());
    let cancelled = !days.is_empty() && days.iter().all(|day| day.status == OccurrenceStatus::Cancelled);
    match (cancelled, moved) {
        (true, _) => "https://schema.org/EventCancelled",
        (_, true) => "https://schema.org/EventRescheduled",
        (false, false) => "https://schema.org/EventScheduled",
    }
}

/// The beginning with its offset; only the day where no clock time is known.
fn start(occurrence: &Occurrence, zone: &TimeZone) -> String {
    occurrence.start.map_or_else(|| occurrence.date.to_string(), |start| rfc3339(start, zone))
}

/// The beginning that a change moved, with its offset.
fn previous(occurrence: &Occurrence, zone: &TimeZone) -> Option<String> {
    let was = occurrence.origin.as_ref()?;
    Some(was.start.map_or_else(|| was.date.to_string(), |start| rfc3339(start, zone)))
}

/// The end with its offset. Unknown after a known beginning, it is left out; of a whole day, it is that day.
fn end(occurrence: &Occurrence, zone: &TimeZone) -> Option<String> {
    let day = occurrence.start.is_none().then(|| occurrence.date.to_string());
    occurrence.end.map(|end| rfc3339(end, zone)).or(day)
}

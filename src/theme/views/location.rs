//! What only a location's page shows.

use jiff::civil::Date;
use tera::Value;

use super::card::{Address, status_name};
use super::occurrence::{Spot, next, type_word};
use super::value::{Fields, list, record, text};
use super::{Scene, dates, links};
use crate::base::DocId;
use crate::model::{Card, DateRange, Details, Location, Occurrence, Shift, When};

/// The most days that are shown ahead.
const DAYS_AHEAD: usize = 14;

/// The fields of a location's page.
pub(super) fn fields(scene: &Scene<'_>, own: &Card, location: &Location) -> Fields {
    let mut fields = place(scene, own, location);
    fields.extend(practical(scene, location));
    fields.extend(plan(scene, own, location));
    fields
}

fn place(scene: &Scene<'_>, own: &Card, location: &Location) -> Fields {
    let address = Address::of_location(location);
    let line = address.line();
    let word = type_word(location.kind);
    vec![
        ("type", word["type_".len()..].into()),
        ("type_label", scene.words.get(word).into()),
        ("status", status_name(location.status).into()),
        ("address", text(address.address)),
        ("district", text(address.district)),
        ("city", text(address.city)),
        ("region", text(address.region)),
        ("postal_code", text(address.postal_code)),
        ("country", text(address.country)),
        ("address_line", text(line.as_deref())),
        ("coordinates", address.coordinates.map(links::coordinates).into()),
        ("directions", links::directions(&own.title, line.as_deref(), location.coordinates)),
        ("entrances", list(location.entrances.iter().map(|entrance| entrance.as_str().into()))),
        ("employer", text(location.employer.as_deref())),
        ("local", text(location.local.as_deref())),
        ("online_url", location.url.as_deref().map(links::by_host).into()),
    ]
}

fn practical(scene: &Scene<'_>, location: &Location) -> Fields {
    let day = |when: Option<When>| when.map(|when| dates::when(scene.words, when, None).0).into();
    let practical = &location.practical;
    let (moment, _) = scene.reader.moment();
    let elsewhere = location.zone_name != scene.campaign.zone_name;
    let note = elsewhere.then(|| {
        let label = scene.words.zone_label(&location.zone_name, &location.zone, moment);
        scene.words.fill("time_zone_note", &[("zone", &label)])
    });
    vec![
        ("meet_at", text(practical.meet_at.as_deref())),
        ("parking", text(practical.parking.as_deref())),
        ("transit", text(practical.transit.as_deref())),
        ("access", text(practical.access.as_deref())),
        ("bring", text(practical.bring.as_deref())),
        ("joins", day(location.stay.from)),
        ("leaves", day(location.stay.to)),
        ("time_zone_note", note.into()),
    ]
}

/// One occurrence of a page, and as what it is shown.
struct Shown<'a> {
    occurrence: &'a Occurrence,
    value: Value,
}

fn plan(scene: &Scene<'_>, own: &Card, location: &Location) -> Fields {
    let spot = Spot::of(scene, location);
    let named = scene.reader.at_location(scene.language, own.id);
    let all = all_here(scene, location, &spot, &named.events);
    let today = all.iter().filter(|one| spot.is_today(one.occurrence)).map(|one| one.value.clone());
    let first = next(&location.occurrences, &spot);
    let ahead: Vec<&Shown<'_>> = all.iter().filter(|one| one.occurrence.date >= spot.today).collect();
    let past: Vec<&Shown<'_>> = all.iter().filter(|one| one.occurrence.date < spot.today).collect();
    let mut past = days(scene, &past, spot.today);
    past.reverse();
    vec![
        ("today", list(today)),
        ("next", first.map(|first| scene.occurrence(first, &spot)).into()),
        ("upcoming", list(days(scene, &ahead, spot.today).into_iter().take(DAYS_AHEAD))),
        ("past", list(past)),
        ("shifts", list(location.shifts.iter().map(|one| shift(scene, one, spot.untitled)))),
        ("statements", scene.cards(named.statements.iter().copied())),
    ]
}

/// All that happens at a location, in order of time: its own shifts and events, and events with a page of their own.
fn all_here<'a>(
    scene: &Scene<'a>,
    location: &'a Location,
    spot: &Spot<'_>,
    events: &[DocId],
) -> Vec<Shown<'a>> {
    let shown = |occurrence, spot: &Spot<'_>| Shown { occurrence, value: scene.occurrence(occurrence, spot) };
    let mut all: Vec<Shown<'a>> = location.occurrences.iter().map(|one| shown(one, spot)).collect();
    for card in events.iter().filter_map(|id| scene.card(*id)) {
        let Details::Event(event) = &card.details else { continue };
        let spot = Spot { url: scene.url(&card.route).into(), ..Spot::of(scene, location) };
        let title = |one: &Occurrence| one.title.clone().unwrap_or_else(|| card.title.clone());
        for occurrence in &event.occurrences {
            let value = super::value::with(
                &scene.occurrence(occurrence, &spot),
                [("title", title(occurrence).into())],
            );
            all.push(Shown { occurrence, value });
        }
    }
    all.sort_by_key(|one| (one.occurrence.date, one.occurrence.start, one.occurrence.over));
    all
}

/// Occurrences in order, by their days.
fn days(scene: &Scene<'_>, occurrences: &[&Shown<'_>], today: Date) -> Vec<Value> {
    let same_day = |a: &&Shown<'_>, b: &&Shown<'_>| a.occurrence.date == b.occurrence.date;
    let day = |day: &[&Shown<'_>]| {
        let date = day.first().map_or(today, |one| one.occurrence.date);
        record([
            ("date", dates::date(scene.words, date)),
            ("is_today", (date == today).into()),
            ("occurrences", list(day.iter().map(|one| one.value.clone()))),
        ])
    };
    occurrences.chunk_by(same_day).map(day).collect()
}

fn shift(scene: &Scene<'_>, shift: &Shift, untitled: &str) -> Value {
    let words = scene.words;
    let except: Vec<String> = shift.except.iter().map(|day| words.date_medium(*day)).collect();
    record([
        ("label", shift.label.as_deref().unwrap_or(untitled).into()),
        ("days", words.days(&shift.days).into()),
        ("hours", words.shift_hours(&shift.hours).into()),
        ("span", span(scene, shift).into()),
        ("except", Some(words.list(&except)).filter(|text| !text.is_empty()).into()),
    ])
}

fn span(scene: &Scene<'_>, shift: &Shift) -> Option<String> {
    let words = scene.words;
    match (shift.from, shift.to) {
        (Some(from), Some(to)) => {
            Some(words.range(DateRange { first: from.first().date(), last: to.last_day() }))
        }
        (Some(from), None) => Some(words.fill("from_date", &[("date", &words.when(from))])),
        (None, Some(to)) => Some(words.fill("until_date", &[("date", &words.when(to))])),
        (None, None) => None,
    }
}

//! What only a location's page shows.

use std::cell::OnceCell;

use jiff::civil::Date;
use tera::Value;

use super::card::status_name;
use super::occurrence::{Spot, next, type_word};
use super::value::{Fields, fields, list, record, text};
use super::{Scene, dates, links};
use crate::base::DocId;
use crate::model::{
    Beside, Card, DateRange, Details, Location, Occurrence, Plan, Shift, ShiftHours, State, When,
};
use crate::theme::address::Address;
use crate::theme::rfc3339;

/// The most days that are shown ahead.
const DAYS_AHEAD: usize = 14;

/// The most days that a sheet of paper shows ahead, and the most that happens on them: a sheet does not get longer.
const ON_PAPER: (usize, usize) = (7, 16);

/// How many days a page holds ready for its board, for whoever reads it later.
const DAYS_READY: usize = 7;

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
    fields![scene;
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
        ("directions", scene.directions(&own.title, &address)),
        ("entrances", list(location.entrances.iter().map(|entrance| entrance.as_str().into()))),
        ("employer", text(location.employer.as_deref())),
        ("local", text(location.local.as_deref())),
        ("calendar", calendar(scene, own)),
        ("flyer", scene.flyer(own)),
        ("online_url", location.url.as_deref().map(links::by_host).into()),
    ]
}

/// The document's calendar; `none` where nothing of its plan is in one.
pub(super) fn calendar(scene: &Scene<'_>, own: &Card) -> Value {
    let told = |one: &Occurrence| !matches!(one.hours, ShiftHours::Note(_));
    let any = scene.reader.plan(own.id).occurrences.iter().any(told)
        && !own.unpublished
        && scene.campaign.has(Beside::Calendars);
    let address = format!("{}calendar.ics", own.route.address());
    if any { links::calendar(&scene.campaign.base, &address) } else { Value::none() }
}

fn practical(scene: &Scene<'_>, location: &Location) -> Fields {
    let day = |when: Option<When>| when.map(|when| dates::when(scene.words, when, None).0).into();
    let practical = &location.practical;
    let note = Spot::of(scene, location).zone_note(scene);
    fields![scene;
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

/// What a location without a text is about: its address.
pub(super) fn description(location: &Location) -> String {
    Address::of_location(location).line().unwrap_or_default()
}

fn plan<'a>(scene: &Scene<'a>, own: &Card, location: &'a Location) -> Fields {
    // The page says once in which zone its hours are.
    let spot = Spot { zone_label: None, ..Spot::of(scene, location) };
    let plan = scene.reader.plan(own.id);
    let named = scene.reader.at_location(scene.language, own.id);
    let all = all_here(scene, own, plan, &named.events);
    let days: Vec<Day<'_, '_>> =
        all.chunk_by(|a, b| a.occurrence.date == b.occurrence.date).map(Day::new).collect();
    let over = |day: &Day<'_, '_>| spot.clock.is_day_over(day.date, spot.zone);
    let (past, ahead) = days.split_at(days.partition_point(over));
    let value = |day: &Day<'_, '_>| day.value(scene, &spot);
    let today = all.iter().filter(|one| spot.is_today(one.occurrence)).map(|one| one.value(scene, &spot));
    let next = || next(&plan.occurrences, &spot).map(|next| scene.occurrence(next, &spot));
    fields![scene;
        ("time_zone", location.zone_name.as_str().into()),
        ("board", list(board(&days, &spot).map(value))),
        ("today", list(today)),
        ("next", next().into()),
        ("upcoming", list(ahead.iter().take(DAYS_AHEAD).map(value))),
        ("paper", paper(scene, ahead, &spot)),
        ("past", list(past.iter().rev().map(value))),
        ("shifts", list(plan.shifts.iter().map(|one| shift(scene, one, spot.untitled)))),
        ("statements", scene.cards(named.statements.iter().copied())),
    ]
}

/// All that happens at a location, in order of time: its own shifts and events, and events with a page of their own.
fn all_here<'a>(scene: &Scene<'a>, own: &Card, plan: &'a Plan, events: &[DocId]) -> Vec<Here<'a>> {
    let here = own.id;
    let own = plan.occurrences.iter().map(|occurrence| Here { occurrence, event: None });
    let mut all: Vec<Here<'a>> = own.collect();
    for card in events.iter().filter_map(|id| scene.card(*id)) {
        let Details::Event(event) = &card.details else { continue };
        // What was moved here, or is struck here because it was moved from here.
        let is_here = |day: &&Occurrence| event.location_of(day).map(|id| scene.version(id)) == Some(here);
        let days = scene.reader.plan(card.id).occurrences.iter().filter(is_here);
        all.extend(days.map(|occurrence| Here { occurrence, event: Some(card) }));
    }
    all.sort_by_key(|one| (one.occurrence.date, one.occurrence.start, one.occurrence.over));
    all
}

/// Something that happens at a location, and the card of its own page where it has one.
struct Here<'a> {
    occurrence: &'a Occurrence,
    event: Option<&'a Card>,
}

impl Here<'_> {
    fn value(&self, scene: &Scene<'_>, spot: &Spot<'_>) -> Value {
        let Some(card) = self.event else { return scene.occurrence(self.occurrence, spot) };
        let url = scene.url(&card.route).into();
        scene.occurrence(self.occurrence, &Spot { url, untitled: &card.title, ..spot.clone() })
    }
}

/// What happens on a day, and its value, which is made once for all lists of a page that show it.
struct Day<'d, 'a> {
    date: Date,
    all: &'d [Here<'a>],
    value: OnceCell<Value>,
}

impl<'d, 'a> Day<'d, 'a> {
    fn new(all: &'d [Here<'a>]) -> Day<'d, 'a> {
        Day { date: all.first().map_or(Date::ZERO, |one| one.occurrence.date), all, value: OnceCell::new() }
    }

    fn value(&self, scene: &Scene<'_>, spot: &Spot<'_>) -> Value {
        self.value.get_or_init(|| self.make(scene, spot)).clone()
    }

    fn make(&self, scene: &Scene<'_>, spot: &Spot<'_>) -> Value {
        let over = self.all.iter().map(|one| one.occurrence.over).max();
        record([
            ("date", scene.date(self.date)),
            ("is_today", spot.clock.is_day(self.date, spot.zone).into()),
            ("over_iso", over.map(|over| rfc3339(over, spot.zone)).into()),
            ("occurrences", list(self.all.iter().map(|one| one.value(scene, spot)))),
        ])
    }
}

/// The coming days on which anything is on: the first is going on or next.
fn board<'v, 'd, 'a>(days: &'v [Day<'d, 'a>], spot: &Spot<'_>) -> impl Iterator<Item = &'v Day<'d, 'a>> {
    let ahead = |day: &&Day<'_, '_>| day.all.iter().any(|one| spot.state(one.occurrence) != State::Over);
    days.iter().filter(ahead).take(DAYS_READY)
}

/// The days ahead that a sheet of paper has room for: at least one.
fn paper(scene: &Scene<'_>, ahead: &[Day<'_, '_>], spot: &Spot<'_>) -> Value {
    let mut lines = 0;
    let mut shown = Vec::new();
    for day in ahead.iter().take(ON_PAPER.0) {
        if lines > 0 && lines + day.all.len() > ON_PAPER.1 {
            break;
        }
        lines += day.all.len();
        shown.push(day.value(scene, spot));
    }
    record([("days", list(shown)), ("lines", lines.into())])
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

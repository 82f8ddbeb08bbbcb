//! What only one kind of document has.

use super::doc::hours_or_open;
use super::gather::{At, Gather};
use super::raw::{
    Many, RawChange, RawContact, RawEntry, RawEvent, RawGathering, RawIssuer, RawLocation, RawPlace,
    RawShift, RawSpeaker, RawStatement, RawTimeline, TextOr,
};
use super::way::Way;
use super::{Entry, EventFields, LocationFields, StatementFields, TimelineFields, days, told};
use crate::diagnostics::finding;
use crate::model::{
    Change, ChangeStatus, Contact, Days, Gathering, Issuer, LocationStatus, LocationType, Place, Practical,
    Shift, ShiftHours, Side, Speaker, StatementType, TimelineEvent,
};

pub(super) fn statement(raw: RawStatement, gather: &Gather<'_>) -> StatementFields {
    let of = Way::of;
    let corrections = raw.corrections.map(|corrections| {
        let listed = of("corrections");
        let read = |(index, raw): (usize, super::raw::RawCorrection)| {
            let at = listed.index(index);
            let date = gather.required(&at, "date", raw.date, "2024-10-24");
            let text = gather.required(&at, "text", raw.text, "what was wrong, and what is right");
            Some((gather.day(&at.key("date"), date)?, gather.inline(&at.key("text"), &text?)))
        };
        corrections.into_iter().enumerate().filter_map(read).collect()
    });
    StatementFields {
        date: gather.day(&of("date"), raw.date),
        kind: gather.choice(&of("type"), "type of statement", raw.r#type, &StatementType::ALL),
        issuer: raw.issuer.and_then(|issuer| self::issuer(&of("issuer"), issuer, gather)),
        source: gather.source(&of("source"), raw.source),
        dateline: gather.text(raw.dateline),
        speakers: speakers(&of("speakers"), raw.speakers, gather),
        locations: gather.texts(raw.locations),
        timeline: gather.text(raw.timeline),
        corrections,
        contact: raw.contact.map(|raw| contact(&of("contact"), raw, gather)),
    }
}

fn issuer(at: At<'_>, raw: RawIssuer, gather: &Gather<'_>) -> Option<Issuer> {
    let side = gather.choice(&at.key("side"), "side", raw.side, &Side::ALL);
    let name = gather.required(at, "name", raw.name, "Kaiser Permanente")?;
    Some(Issuer { name, side: side.unwrap_or_default() })
}

pub(super) fn speakers(
    at: At<'_>,
    raw: Option<Vec<TextOr<RawSpeaker>>>,
    gather: &Gather<'_>,
) -> Option<Vec<Speaker>> {
    let read = |(index, raw)| match raw {
        TextOr::Text(name) => {
            gather.text(Some(name)).map(|name| Speaker { name, role: None, side: None, quote: None })
        }
        TextOr::Group(RawSpeaker { name, role, side, quote }) => {
            let at = at.index(index);
            let side = gather.choice(&at.key("side"), "side", side, &Side::ALL);
            let name = gather.required(&at, "name", name, "the person's name")?;
            Some(Speaker { name, role: gather.text(role), side, quote: gather.text(quote) })
        }
    };
    raw.map(|speakers| speakers.into_iter().enumerate().filter_map(read).collect())
}

pub(super) fn contact(at: At<'_>, raw: RawContact, gather: &Gather<'_>) -> Contact {
    Contact {
        name: gather.text(raw.name),
        role: gather.text(raw.role),
        phone: gather.phone(&at.key("phone"), raw.phone),
        email: gather.email(&at.key("email"), raw.email),
    }
}

pub(super) fn location(raw: RawLocation, gather: &Gather<'_>) -> LocationFields {
    let of = Way::of;
    let place = RawPlace {
        name: None,
        address: raw.address,
        city: raw.city,
        region: raw.region,
        postal_code: raw.postal_code,
        country: raw.country,
        coordinates: raw.coordinates,
    };
    let from = gather.day_or_moment(&of("from"), raw.from);
    let to = gather.day_or_moment(&of("to"), raw.to);
    if from.zip(to).is_some_and(|(from, to)| to.last_day() < from.first().date()) {
        gather.tell(finding::ends_before_it_begins(gather.place(&of("to")), "this location's time"));
    }
    LocationFields {
        place: self::place(None, place, gather),
        district: gather.text(raw.district),
        kind: gather.choice(&of("type"), "type of location", raw.r#type, &LocationType::ALL),
        employer: gather.text(raw.employer),
        local: gather.text(raw.local),
        from,
        to,
        status: gather.choice(&of("status"), "status", raw.status, &LocationStatus::ALL),
        entrances: gather.texts(raw.entrances),
        zone: gather.zone(&of("time_zone"), raw.time_zone),
        schedule: gather.text(raw.schedule),
        shifts: raw.shifts.map(|raw| shifts(&of("shifts"), raw, gather)),
        events: raw.events.map(|raw| gatherings(&of("events"), raw, gather)),
        changes: raw.changes.map(|raw| changes(&of("changes"), raw, gather)),
        url: gather.url(&of("url"), raw.url),
        practical: Practical {
            meet_at: gather.text(raw.meet_at),
            parking: gather.text(raw.parking),
            transit: gather.text(raw.transit),
            access: gather.text(raw.access),
            bring: gather.text(raw.bring),
        },
    }
}

/// A place; `at` is where it stands, or `None` for the document's own fields.
fn place(at: Option<At<'_>>, raw: RawPlace, gather: &Gather<'_>) -> Place {
    let coordinates = at.map_or_else(|| Way::of("coordinates"), |at| at.key("coordinates"));
    Place {
        name: gather.text(raw.name),
        address: gather.text(raw.address),
        city: gather.text(raw.city),
        region: gather.text(raw.region),
        postal_code: gather.text(raw.postal_code),
        country: gather.text(raw.country),
        coordinates: gather.coordinates(&coordinates, raw.coordinates),
    }
}

pub(super) fn shifts(at: At<'_>, raw: Vec<RawShift>, gather: &Gather<'_>) -> Vec<Shift> {
    raw.into_iter().enumerate().filter_map(|(index, raw)| shift(&at.index(index), raw, gather)).collect()
}

fn shift(at: At<'_>, raw: RawShift, gather: &Gather<'_>) -> Option<Shift> {
    let hours = shift_hours(at, raw.hours, raw.hours_note, gather);
    let except = raw.except.map(|list| {
        let at = at.key("except");
        let day = |(index, day)| gather.day(&gather.item(&at, &list, index), Some(String::clone(day)));
        list.0.iter().enumerate().filter_map(day).collect()
    });
    let from = gather.day_or_moment(&at.key("from"), raw.from);
    let to = gather.day_or_moment(&at.key("to"), raw.to);
    if from.zip(to).is_some_and(|(from, to)| to.last_day() < from.first().date()) {
        gather.tell(finding::ends_before_it_begins(gather.place(at), "this shift"));
    }
    let Some(listed) = raw.days else {
        gather.tell(finding::missing_field(gather.place(at), "days", "mon-fri"));
        return None;
    };
    let days = days(&at.key("days"), &listed, gather)?;
    Some(Shift { days, hours, label: gather.text(raw.label), from, to, except: except.unwrap_or_default() })
}

/// Reads days; every entry that gives none is told.
fn days(at: At<'_>, listed: &Many<String>, gather: &Gather<'_>) -> Option<Days> {
    let mut left: Vec<(usize, &str)> =
        listed.0.iter().enumerate().map(|(index, word)| (index, word.trim())).collect();
    let mut wrong = false;
    loop {
        let words: Vec<&str> = left.iter().map(|(_, word)| *word).collect();
        let error = match days::parse(&words) {
            Ok(days) => return (!wrong).then_some(days),
            Err(_) if wrong && words.is_empty() => return None,
            Err(error) => error,
        };
        wrong = true;
        let (index, word) = left.get(error.index).copied().unwrap_or_default();
        let place = gather.place(&gather.item(at, listed, index));
        gather.tell(told::days(place, word, &error));
        if error.index >= left.len() {
            return None;
        }
        left.remove(error.index);
    }
}

fn shift_hours(at: At<'_>, hours: Option<String>, note: Option<String>, gather: &Gather<'_>) -> ShiftHours {
    let note = gather.text(note);
    if hours.is_some() && note.is_some() {
        gather.tell(finding::hours_and_note(gather.place(at)));
    }
    match gather.hours(&at.key("hours"), hours) {
        Some(hours) => ShiftHours::Known(hours),
        None => note.map_or(ShiftHours::Open, ShiftHours::Note),
    }
}

pub(super) fn gatherings(at: At<'_>, raw: Vec<RawGathering>, gather: &Gather<'_>) -> Vec<Gathering> {
    let read = |(index, raw): (usize, RawGathering)| {
        let at = at.index(index);
        let title = gather.required(&at, "title", raw.title, "Lunchtime rally");
        if raw.date.is_none() {
            gather.tell(finding::missing_field(gather.place(&at), "date", "2024-10-24"));
        }
        let dates = gather.date_range(&at.key("date"), raw.date);
        let hours = shift_hours(&at, raw.hours, raw.hours_note, gather);
        let speakers = speakers(&at.key("speakers"), raw.speakers, gather).unwrap_or_default();
        Some(Gathering { title: title?, dates: dates?, hours, speakers })
    };
    raw.into_iter().enumerate().filter_map(read).collect()
}

pub(super) fn changes(at: At<'_>, raw: Vec<RawChange>, gather: &Gather<'_>) -> Vec<Change<String>> {
    let read = |(index, raw): (usize, RawChange)| {
        let at = at.index(index);
        if raw.locations.is_some() {
            let place = gather.place(&at.key("locations"));
            gather.tell(finding::change_elsewhere(place));
        }
        change(&at, raw, gather)
    };
    raw.into_iter().enumerate().filter_map(read).collect()
}

pub(super) fn change(at: At<'_>, raw: RawChange, gather: &Gather<'_>) -> Option<Change<String>> {
    let status = gather.required(at, "status", raw.status, "cancelled");
    if raw.date.is_none() {
        gather.tell(finding::missing_field(gather.place(at), "date", "2024-10-24"));
    }
    let status = gather.choice(&at.key("status"), "status of a change", status, &ChangeStatus::ALL);
    let change = Change {
        dates: gather.date_range(&at.key("date"), raw.date)?,
        title: gather.text(raw.title),
        status: status?,
        to: gather.text(raw.to),
        to_date: gather.day(&at.key("to_date"), raw.to_date),
        hours: gather.hours(&at.key("hours"), raw.hours),
        note: gather.text(raw.note),
    };
    let moves = change.to.is_some() || change.to_date.is_some() || change.hours.is_some();
    match (change.status, moves) {
        (ChangeStatus::Moved, false) => {
            gather.tell(finding::moved_nowhere(gather.place(at)));
        }
        (ChangeStatus::Cancelled, true) => {
            gather.tell(finding::cancelled_yet_moved(gather.place(at)));
        }
        (ChangeStatus::Moved, true) | (ChangeStatus::Cancelled, false) => {}
    }
    Some(change)
}

pub(super) fn event(raw: RawEvent, gather: &Gather<'_>) -> EventFields {
    let of = Way::of;
    if raw.location.is_some() && raw.place.is_some() {
        gather.tell(finding::location_and_place(gather.place(&of("place"))));
    }
    EventFields {
        dates: gather.date_range(&of("date"), raw.date),
        hours: raw.hours.map(|hours| hours_or_open(gather.hours(&of("hours"), Some(hours)))),
        location: gather.text(raw.location),
        place: raw.place.map(|raw| place(Some(&of("place")), raw, gather)),
        url: gather.url(&of("url"), raw.url),
        speakers: speakers(&of("speakers"), raw.speakers, gather),
        changes: raw.changes.map(|raw| changes(&of("changes"), raw, gather)),
    }
}

pub(super) fn timeline(raw: RawTimeline, gather: &Gather<'_>) -> TimelineFields {
    let at = Way::of("events");
    let entries = |raw: Vec<RawEntry>| {
        raw.into_iter().enumerate().filter_map(|(index, raw)| entry(&at.index(index), raw, gather)).collect()
    };
    TimelineFields {
        zone: gather.zone(&Way::of("time_zone"), raw.time_zone),
        events: raw.events.map(entries),
    }
}

fn entry(at: At<'_>, raw: RawEntry, gather: &Gather<'_>) -> Option<Entry> {
    let title = gather.required(at, "title", raw.title, "The contract expires");
    if raw.date.is_none() {
        gather.tell(finding::missing_field(gather.place(at), "date", "2024-09-30"));
    }
    let range = gather.when_range(&at.key("date"), raw.date);
    let text = gather.text(raw.text).map(|text| gather.entry(&at.key("text"), &text));
    let source = gather.source(&at.key("source"), raw.source);
    let (from, to) = range?;
    Some(TimelineEvent {
        from,
        to,
        title: title?,
        text,
        source,
        statement: gather.text(raw.statement),
        location: gather.text(raw.location),
        image: gather.image(raw.image),
        approximate: raw.approximate.unwrap_or(false),
    })
}

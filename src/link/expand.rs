//! One shift or event on one day: its hours as instants of its zone.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::base::DocId;
use crate::model::{Change, Hours, Occurrence, OccurrenceKind, OccurrenceStatus, Origin, ShiftHours};

/// What a moved occurrence becomes at its new time or place; `document` is in whose plan it stands.
pub(super) fn arrival(
    one: &Occurrence,
    change: &Change<String>,
    zone: &TimeZone,
    document: DocId,
) -> Occurrence {
    let hours = change.hours.map_or_else(|| one.hours.clone(), ShiftHours::Known);
    let moved = occurrence(change.to_date.unwrap_or(one.date), hours, zone, one.kind);
    // Where it was moved before, it is the first plan that calendars and search engines have heard of.
    let first = || Box::new(Origin { document, planned: one.planned, date: one.date, start: one.start });
    Occurrence {
        title: one.title.clone(),
        speakers: one.speakers.clone(),
        note: change.note.as_deref().map(Into::into),
        line: one.line,
        at: one.at,
        origin: Some(one.origin.clone().unwrap_or_else(first)),
        revision: one.revision + 1,
        ..moved
    }
}

/// An occurrence of given hours on a day. A clock time that a DST gap leaves out counts as the one after the gap;
/// one that stands twice counts as the first (RFC 5545 §3.3.5).
pub(super) fn occurrence(date: Date, hours: ShiftHours, zone: &TimeZone, kind: OccurrenceKind) -> Occurrence {
    let at = |date: Date, time: Time| instant(date.to_datetime(time), zone);
    let next = date.tomorrow().unwrap_or(Date::MAX);
    let day_ends = midnight(next, zone);
    let (start, end) = match &hours {
        ShiftHours::Known(Hours::Span { start, end, next_day }) => {
            (Some(at(date, *start)), Some(at(if *next_day { next } else { date }, *end)))
        }
        ShiftHours::Known(Hours::From(time) | Hours::At(time)) => (Some(at(date, *time)), None),
        ShiftHours::Known(Hours::Until(time)) if *time == Time::midnight() => (None, Some(day_ends)),
        ShiftHours::Known(Hours::Until(time)) => (None, Some(at(date, *time))),
        ShiftHours::Known(Hours::AllDay) => (Some(midnight(date, zone)), Some(day_ends)),
        ShiftHours::Note(_) | ShiftHours::Open => (None, None),
    };
    Occurrence {
        date,
        hours,
        start,
        end,
        over: end.unwrap_or(day_ends),
        title: None,
        kind,
        status: OccurrenceStatus::Planned,
        note: None,
        speakers: Arc::default(),
        line: 0,
        planned: date,
        at: None,
        origin: None,
        revision: 0,
    }
}

/// Shortens an occurrence to the part in which its site takes part.
pub(super) fn cut(
    one: &mut Occurrence,
    whole: (Timestamp, Timestamp),
    part: (Timestamp, Timestamp),
    zone: &TimeZone,
) {
    let ShiftHours::Known(Hours::Span { .. } | Hours::AllDay) = one.hours else { return };
    if whole == part {
        return;
    }
    let (start, end) = (part.0.to_zoned_datetime(zone.clone()), part.1.to_zoned_datetime(zone.clone()));
    one.date = start.date();
    one.hours = ShiftHours::Known(Hours::Span {
        start: start.time(),
        end: end.time(),
        next_day: start.date() != end.date(),
    });
    (one.start, one.end, one.over) = (Some(part.0), Some(part.1), part.1);
}

/// The clock time of some hours that does not exist on a day.
pub(super) fn missing_time(date: Date, hours: &ShiftHours, zone: &TimeZone) -> Option<String> {
    let times = match hours {
        ShiftHours::Known(Hours::Span { start, end, next_day }) => {
            [Some(*start), (!next_day).then_some(*end)]
        }
        ShiftHours::Known(Hours::From(time) | Hours::At(time) | Hours::Until(time)) => [Some(*time), None],
        ShiftHours::Known(Hours::AllDay) | ShiftHours::Note(_) | ShiftHours::Open => [None, None],
    };
    let gap = |time: &Time| {
        let civil = date.to_datetime(*time);
        zone.to_zoned_datetime(civil).is_ok_and(|instant| instant.datetime() != civil)
    };
    times.into_iter().flatten().find(gap).map(|time| format!("{:02}:{:02}", time.hour(), time.minute()))
}

pub(super) fn midnight(date: Date, zone: &TimeZone) -> Timestamp {
    instant(date.to_datetime(Time::midnight()), zone)
}

fn instant(civil: DateTime, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(civil).unwrap_or(Timestamp::MAX)
}

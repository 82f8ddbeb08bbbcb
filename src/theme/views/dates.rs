//! Days and moments as templates see them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tera::Value;

use super::value::record;
use crate::model::{DateRange, When};
use crate::theme::{Words, rfc3339};

/// A day.
pub(super) fn date(words: &Words, date: Date) -> Value {
    record([
        ("iso", date.to_string().into()),
        ("long", words.date_long(date).into()),
        ("medium", words.date_medium(date).into()),
        ("short", words.date_short(date).into()),
        ("weekday", words.weekday(date.weekday()).into()),
        ("year", date.year().to_string().into()),
    ])
}

/// Days from a first to a last one.
pub(super) fn range(words: &Words, range: DateRange) -> Value {
    if range.first == range.last {
        return date(words, range.first);
    }
    let weekday = words.weekday(range.first.weekday());
    spelled(&range.first.to_string(), &words.range(range), weekday, range.first.year())
}

/// A point of the calendar, as precise as it was written; and the text that lists show of it.
pub(super) fn when(words: &Words, from: When, to: Option<When>) -> (Value, String) {
    let day = |when| match when {
        When::Day(_) | When::Moment(_) => Some(When::last_day(when)),
        When::Year(_) | When::Month(..) => None,
    };
    let (first, last) = (day(from), to.and_then(day));
    let year = from.first().year();
    match (from, to) {
        (_, Some(to)) => {
            let (text, weekday) = match (first, last) {
                (Some(first), Some(last)) => {
                    (words.range(DateRange { first, last }), words.weekday(first.weekday()))
                }
                _ => (format!("{} – {}", words.when(from), words.when(to)), ""),
            };
            (spelled(&from.iso(), &text, weekday, year), text)
        }
        (When::Day(day), None) => (date(words, day), words.date_medium(day)),
        (When::Moment(moment), None) => (date(words, moment.date()), words.when(from)),
        (When::Year(_) | When::Month(..), None) => {
            let text = words.when(from);
            (spelled(&from.iso(), &text, "", year), text)
        }
    }
}

fn spelled(iso: &str, text: &str, weekday: &str, year: i16) -> Value {
    record([
        ("iso", iso.into()),
        ("long", text.into()),
        ("medium", text.into()),
        ("short", text.into()),
        ("weekday", weekday.into()),
        ("year", year.to_string().into()),
    ])
}

/// How many days from one day to another; negative for an earlier one.
pub(super) fn between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// A moment.
pub(super) fn moment(words: &Words, moment: Timestamp, zone: &TimeZone) -> Value {
    let civil = zone.to_datetime(moment);
    record([
        ("iso", rfc3339(moment, zone).into()),
        ("text", words.moment(moment, zone).into()),
        ("date", date(words, civil.date())),
        ("time", words.clock(civil.time()).into()),
    ])
}

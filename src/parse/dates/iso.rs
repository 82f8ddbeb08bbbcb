//! Reads year-month-day, with a time and an offset behind it, as ISO 8601 and RFC 3339 write them.

use super::guesses::other;
use super::{DateError, When, short};
use crate::model::Hours;
use crate::parse::hours;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// The text with `d` for each digit.
pub(super) fn shape(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { 'd' } else { c }).collect()
}

fn digits<T: std::str::FromStr>(text: Option<&str>) -> Result<T, DateError> {
    text.and_then(|text| text.parse().ok()).ok_or(DateError::Unreadable)
}

pub(super) fn day(year: i16, month: i8, day: i8) -> Result<Date, DateError> {
    Date::new(year, month, day).map_err(|_| DateError::NoSuchDay { year, month, day })
}

/// What is written, with its offset.
pub(super) fn read(text: &str) -> Result<(When, Option<Offset>), DateError> {
    let folded = short(text).ok_or(DateError::Unreadable)?;
    let (date, time) = match folded.get(10..) {
        Some(rest) if rest.starts_with(['t', ' ']) => (folded.get(..10).unwrap_or_default(), rest.get(1..)),
        _ => (folded.as_str(), None),
    };
    let shape = shape(date);
    if !matches!(shape.as_str(), "dddd" | "dddd-dd" | "dddd-dd-dd") {
        return Err(other(&folded));
    }
    let year = digits(date.get(..4))?;
    if year < 1000 {
        return Err(DateError::Unreadable);
    }
    if shape == "dddd" {
        return Ok((When::Year(year), None));
    }
    let month = digits(date.get(5..7))?;
    if shape == "dddd-dd" {
        return day(year, month, 1).map(|_| (When::Month(year, month), None));
    }
    let date = day(year, month, digits(date.get(8..10))?)?;
    match time {
        None => Ok((When::Day(date), None)),
        Some(time) => moment(date, time.trim()).map(|(moment, offset)| (When::Moment(moment), offset)),
    }
}

/// The time behind a date: `19:00`, `19:00:00`, `19:00:00.5`, each with `Z`, `+02:00` or nothing.
fn moment(date: Date, text: &str) -> Result<(DateTime, Option<Offset>), DateError> {
    let (clock, zone) = text.split_at(text.find(['z', '+', '-']).unwrap_or(text.len()));
    let clock = clock.trim_end();
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let known = matches!(shape(whole).as_str(), "dd:dd" | "dd:dd:dd");
    let fractional =
        fraction.len() < 10 && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    if !known || !fractional || (whole.len() == 5 && clock.len() > 5) {
        return Err(other_time(date, text).unwrap_or(DateError::Unreadable));
    }
    let hour = digits(whole.get(..2))?;
    let second = whole.get(6..).map_or(Ok(0), |second| digits(Some(second)))?;
    let time = Time::new(hour, digits(whole.get(3..5))?, second, digits(Some(&format!("{fraction:0<9}")))?);
    let day = if hour == 24 { date.tomorrow().unwrap_or(date) } else { date };
    let midnight = if hour == 24 { format!("{day} 00:00") } else { day.to_string() };
    let time = time.map_err(|_| DateError::NoSuchTime { suggestion: midnight })?;
    Ok((date.to_datetime(time), offset(zone)?))
}

fn offset(zone: &str) -> Result<Option<Offset>, DateError> {
    let minutes: Option<i32> = match shape(zone).as_str() {
        "" => return Ok(None),
        "z" => Some(0),
        "+dd:dd" | "-dd:dd" => {
            let (hours, minutes): (i32, i32) = (digits(zone.get(1..3))?, digits(zone.get(4..6))?);
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
        }
        _ => None,
    };
    let offset = minutes.and_then(|minutes| Offset::from_seconds(minutes * 60).ok());
    offset.map(Some).ok_or(DateError::Unreadable)
}

/// `2026-11-24 7pm`, `2026-11-24 9:00`
fn other_time(date: Date, text: &str) -> Option<DateError> {
    match hours::parse(text) {
        Ok(Hours::At(time)) => {
            Some(DateError::OtherTime { suggestion: When::Moment(date.to_datetime(time)).to_string() })
        }
        Err(hours::HoursError::NoSuchTime(_)) => Some(DateError::NoSuchTime { suggestion: date.to_string() }),
        _ => None,
    }
}

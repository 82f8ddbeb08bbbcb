//! Reads a day, a month, a year, or a moment: `2023-10-12`, `2023-10`, `2023`, `2023-10-29 19:00`.

mod guesses;
mod iso;

use super::words::{either, fold, quoted};
use iso::{day, read, shape};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::fmt;

use crate::model::When;

/// Longer texts are refused unread.
const MAX_CHARS: usize = 100;

/// The moment of `--as-of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InstantText {
    /// `2024-10-24`, in a zone that is applied later.
    Day(Date),
    /// `2024-10-24T05:40`, in a zone that is applied later.
    Moment(DateTime),
    /// `2024-10-24T05:40-07:00`, with an offset or `Z` (RFC 3339; the seconds may be absent).
    Exact(Timestamp),
}

/// Why a text gives no date. Each reason has a sentence for people and the text to type instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not a date.
    Unreadable,
    /// A date in another order or in words: `24.11.2026`, `Nov 24`. `YYYY` stands for a year that is not told.
    OtherOrder {
        /// What could be meant, ready to type.
        suggestion: Vec<String>,
    },
    /// `2026-1-5`
    MissingZero {
        /// The same with its zeros.
        suggestion: String,
    },
    /// No calendar has it: `2026-02-30`, `2026-13-45`.
    NoSuchDay {
        /// As written.
        year: i16,
        /// As written; not always 1 to 12.
        month: i8,
        /// As written.
        day: i8,
    },
    /// No clock shows it: `2026-11-24 25:00`.
    NoSuchTime {
        /// A moment, or the day alone.
        suggestion: String,
    },
    /// A time in another form: `2026-11-24 7pm`.
    OtherTime {
        /// The same on the 24-hour clock.
        suggestion: String,
    },
    /// An offset where the zone follows from the place: `2026-11-24T19:00Z`.
    HasOffset {
        /// The same without it.
        suggestion: String,
    },
    /// A year or a month, where a day is needed.
    TooCoarse {
        /// Its first day.
        suggestion: String,
    },
    /// A moment, where a day is needed.
    TooFine {
        /// Its day.
        suggestion: String,
    },
}

/// Reads a year, a month, a day or a moment.
///
/// # Errors
/// Where the text is none of these.
pub fn parse_when(text: &str) -> Result<When, DateError> {
    match read(text)? {
        (when, None) => Ok(when),
        (when, Some(_)) => Err(DateError::HasOffset { suggestion: when.to_string() }),
    }
}

/// Reads a day.
///
/// # Errors
/// Where the text is not a day, or is more or less than one.
pub fn parse_day(text: &str) -> Result<Date, DateError> {
    match parse_day_or_moment(text)? {
        When::Moment(moment) => Err(DateError::TooFine { suggestion: moment.date().to_string() }),
        other => other.first_day(),
    }
}

/// Reads a day or a moment; the result is [`When::Day`] or [`When::Moment`].
///
/// # Errors
/// Where the text is neither.
pub fn parse_day_or_moment(text: &str) -> Result<When, DateError> {
    match parse_when(text)? {
        when @ (When::Day(_) | When::Moment(_)) => Ok(when),
        coarse => Err(DateError::TooCoarse { suggestion: coarse.first_day()?.to_string() }),
    }
}

/// Reads a day or a moment, which may carry its offset.
///
/// # Errors
/// Where the text is none of these; Unix seconds are not.
pub fn parse_instant(text: &str) -> Result<InstantText, DateError> {
    match read(text)? {
        (When::Moment(moment), Some(offset)) => {
            offset.to_timestamp(moment).map(InstantText::Exact).map_err(|_| DateError::Unreadable)
        }
        (When::Moment(moment), None) => Ok(InstantText::Moment(moment)),
        (When::Day(day), _) => Ok(InstantText::Day(day)),
        (coarse, _) => Err(DateError::TooCoarse { suggestion: coarse.first_day()?.to_string() }),
    }
}

impl When {
    fn first_day(self) -> Result<Date, DateError> {
        match self {
            When::Year(year) => day(year, 1, 1),
            When::Month(year, month) => day(year, month, 1),
            When::Day(day) => Ok(day),
            When::Moment(moment) => Ok(moment.date()),
        }
    }
}

/// The form in which [`parse_when`] reads it.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Year(year) => write!(f, "{year:04}"),
            When::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            When::Day(day) => write!(f, "{day}"),
            When::Moment(at) if at.second() == 0 && at.subsec_nanosecond() == 0 => {
                write!(f, "{} {:02}:{:02}", at.date(), at.hour(), at.minute())
            }
            When::Moment(at) => write!(f, "{} {}", at.date(), at.time()),
        }
    }
}

impl DateError {
    /// One plain sentence about the text as it was written.
    #[must_use]
    pub fn message(&self, text: &str) -> String {
        let text = quoted(text);
        match self {
            DateError::Unreadable => format!("{text} cannot be read as a date"),
            DateError::OtherOrder { suggestion } => match suggestion.as_slice() {
                [first, ..] if first.starts_with("YYYY") => {
                    format!("{text} is a date without its year")
                }
                [_, _, ..] => format!("{text} could be two days; dates are written year-month-day"),
                _ => format!("{text} is not written as year-month-day"),
            },
            DateError::MissingZero { .. } => {
                format!("{text} lacks a zero: months and days have two digits")
            }
            DateError::NoSuchDay { year, month, day } => match Date::new(*year, *month, 1) {
                Err(_) => format!("{text} has month {month}, and a year has 12"),
                Ok(_) if *day == 0 => format!("{text} has day 0, and a month starts at 1"),
                Ok(first) => {
                    let (name, days) = (first.strftime("%B"), first.days_in_month());
                    format!("{text} does not exist: {name} {year} has {days} days")
                }
            },
            DateError::NoSuchTime { .. } => format!("{text} has a time that no clock shows"),
            DateError::OtherTime { .. } => {
                format!("{text} has a time that is not written on the 24-hour clock")
            }
            DateError::HasOffset { .. } => {
                format!("{text} has an offset, but its time zone follows from its place")
            }
            DateError::TooCoarse { .. } => format!("{text} does not say which day"),
            DateError::TooFine { .. } => format!("{text} has a time where only a day is wanted"),
        }
    }

    /// What to type instead of `original`: one text, or several joined by ` or `.
    #[must_use]
    pub fn cure(&self, original: &str) -> String {
        match self {
            DateError::OtherOrder { suggestion } => either(suggestion),
            DateError::NoSuchDay { year, month, day } => near(*year, *month, *day),
            DateError::MissingZero { suggestion }
            | DateError::NoSuchTime { suggestion }
            | DateError::OtherTime { suggestion }
            | DateError::HasOffset { suggestion }
            | DateError::TooCoarse { suggestion }
            | DateError::TooFine { suggestion } => suggestion.clone(),
            DateError::Unreadable => within(original).unwrap_or_else(|| "2024-10-21".to_owned()),
        }
    }
}

/// A day that exists in place of one that does not: month and day swapped, or the last day of the month.
fn near(year: i16, month: i8, day: i8) -> String {
    if let Ok(swapped) =
        Date::new(year, day, month).map_err(drop).and_then(|date| if month > 12 { Ok(date) } else { Err(()) })
    {
        return swapped.to_string();
    }
    let month = month.clamp(1, 12);
    let last = Date::new(year, month, 1).map_or(28, Date::days_in_month);
    format!("{year:04}-{month:02}-{:02}", day.clamp(1, last))
}

/// A day inside a longer text, or the moment that Unix seconds name.
fn within(text: &str) -> Option<String> {
    let folded = short(text)?;
    let word = folded
        .split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .find(|word| shape(word) == "dddd-dd-dd" && parse_day(word).is_ok());
    let seconds = || {
        folded
            .parse()
            .ok()
            .filter(|seconds: &i64| *seconds >= 100_000_000)
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
    };
    word.map(str::to_owned).or_else(|| seconds().map(|timestamp| timestamp.to_string()))
}

fn short(text: &str) -> Option<String> {
    text.chars().nth(MAX_CHARS).is_none().then(|| fold(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reads_to_the_precision_written() {
        assert_eq!(parse_when("2023"), Ok(When::Year(2023)));
        assert_eq!(parse_when("2023-10"), Ok(When::Month(2023, 10)));
        assert_eq!(parse_when(" 2023-10-12 "), Ok(When::Day(date(2023, 10, 12))));
        let evening = When::Moment(date(2023, 10, 29).at(19, 0, 0, 0));
        for text in ["2023-10-29 19:00", "2023-10-29T19:00", "2023-10-29 19:00:00", "2023-10-29t19:00:00.000"]
        {
            assert_eq!(parse_day_or_moment(text), Ok(evening), "{text}");
        }
        assert_eq!(parse_day("2024-02-29"), Ok(date(2024, 2, 29)));
    }

    #[test]
    fn reads_instants() {
        let exact = Ok(InstantText::Exact("2024-10-24T12:40:00Z".parse().unwrap()));
        assert_eq!(parse_instant("2024-10-24T05:40-07:00"), exact);
        assert_eq!(parse_instant("2024-10-24 12:40:00.0Z"), exact);
        assert_eq!(parse_instant("2024-10-24"), Ok(InstantText::Day(date(2024, 10, 24))));
        let civil = date(2024, 10, 24).at(5, 40, 0, 0);
        assert_eq!(parse_instant("2024-10-24T05:40"), Ok(InstantText::Moment(civil)));
        let seconds = parse_instant("1729773600").unwrap_err();
        assert_eq!(seconds.cure("1729773600"), "2024-10-24T12:40:00Z");
        assert!(parse_instant("2024-10-24T05:40-99:00").is_err());
    }

    #[test]
    fn refuses_with_a_cure() {
        for (text, cure) in [
            ("24.11.2026", "2026-11-24"),
            ("5/11/2026", "2026-05-11 or 2026-11-05"),
            ("2026-1-5", "2026-01-05"),
            ("2026-02-30", "2026-02-28"),
            ("2026-13-12", "2026-12-13"),
            ("2026-13-45", "2026-12-31"),
            ("2026-11-24 25:00", "2026-11-24"),
            ("2026-11-24 24:00", "2026-11-25 00:00"),
            ("2026-11-24 7pm", "2026-11-24 19:00"),
            ("2026-11-24 9:00", "2026-11-24 09:00"),
            ("2026-11-24T19:00Z", "2026-11-24 19:00"),
            ("2026-11-24 19:00", "2026-11-24"),
            ("2026-11", "2026-11-01"),
            ("2026", "2026-01-01"),
            ("by 2026-11-24", "2026-11-24"),
            ("soon", "2024-10-21"),
        ] {
            assert_eq!(parse_day(text).unwrap_err().cure(text), cure, "{text}");
        }
        let february = parse_day("2026-02-30").unwrap_err().message("2026-02-30");
        assert_eq!(february, "“2026-02-30” does not exist: February 2026 has 28 days");
    }
}

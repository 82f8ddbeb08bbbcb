//! Reads the days of a shift: `mon-fri`, `every day`, `2024-10-21 to 2024-10-25`.

mod ranges;
mod weekdays;

use super::dates::DateError;
use super::words::{self, Languages, fold, list, quoted};
use jiff::civil::Date;
use ranges::{mended, nearer, read_dates};
use std::cell::OnceCell;
use std::fmt;
use weekdays::{language, named, read_weekdays};

use crate::model::{DateRange, Days, WeekdaySet};

/// The most days that a range may have, some ten years.
pub const MAX_DAYS: i64 = 3700;
/// Longer items are refused unread.
pub(super) const MAX_CHARS: usize = 1000;

/// Why items give no days: which item, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaysError {
    /// The item, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub problem: DaysProblem,
}

/// What is wrong with an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DaysProblem {
    /// There is nothing.
    Empty,
    /// Days are there, but how they belong together cannot be read: `mon-wed-fri`.
    Unreadable,
    /// A word that names no day, with the nearest that does.
    UnknownWord {
        /// The word as it was compared: lower case, without accents.
        word: String,
        /// A weekday of little difference.
        nearest: Option<&'static str>,
    },
    /// `do` is Donnerstag and domingo, and nothing beside it tells which.
    TwoLanguages,
    /// A date that cannot be read.
    Date {
        /// The part of the item that it is, lower case and without accents.
        part: String,
        /// What is wrong with it.
        error: DateError,
    },
    /// A range that ends before it starts.
    EndsBeforeStart {
        /// As written.
        first: Date,
        /// As written, earlier than `first`.
        last: Date,
    },
    /// A range of more than [`MAX_DAYS`] days.
    TooManyDays {
        /// As written.
        first: Date,
        /// As written.
        last: Date,
    },
    /// A date among weekdays, or a weekday among dates.
    Mixed,
}

/// Reads the scalar, or each item of the list.
///
/// `Werktags` is Monday to Friday. `do` is Thursday beside German words and Sunday beside Spanish ones.
///
/// # Errors
/// Names the first item that gives no days, or that is of another kind than the first.
pub fn parse(items: &[&str]) -> Result<Days, DaysError> {
    let error = |index| move |problem| DaysError { index, problem };
    let spoken = OnceCell::new();
    let language = || *spoken.get_or_init(|| language(items));
    let (mut week, mut ranges) = (WeekdaySet::default(), Vec::new());
    for (index, item) in items.iter().enumerate() {
        match read(item, &language).map_err(error(index))? {
            Days::Every => week = WeekdaySet::ALL,
            Days::Weekdays(days) => week = week.union(days),
            Days::Dates(dates) => ranges.extend(dates),
        }
        if !week.is_empty() && !ranges.is_empty() {
            return Err(error(index)(DaysProblem::Mixed));
        }
    }
    match (week, ranges.is_empty()) {
        (week, true) if week.is_empty() => Err(error(0)(DaysProblem::Empty)),
        (week, false) if week.is_empty() => Ok(Days::Dates(ranges)),
        (week, _) => Ok(week.into()),
    }
}

impl From<WeekdaySet> for Days {
    fn from(week: WeekdaySet) -> Days {
        if week == WeekdaySet::ALL { Days::Every } else { Days::Weekdays(week) }
    }
}

/// As `2024-10-21` or `2024-10-21 to 2024-10-25`; [`parse`] reads it back.
impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{} to {}", self.first, self.last)
        }
    }
}

impl DaysError {
    /// One plain sentence about the item as it was written.
    #[must_use]
    pub fn message(&self, item: &str) -> String {
        let quoted_item = quoted(item);
        match &self.problem {
            DaysProblem::Empty => "There are no days here".to_owned(),
            DaysProblem::Unreadable => format!("{quoted_item} cannot be read as days"),
            DaysProblem::UnknownWord { word, .. } if *word == fold(item) => {
                format!("{quoted_item} is not a day")
            }
            DaysProblem::UnknownWord { word, .. } => {
                format!("{} in {quoted_item} is not a day", quoted(word))
            }
            DaysProblem::TwoLanguages => {
                format!("{quoted_item} may be Donnerstag (Thursday) or domingo (Sunday)")
            }
            DaysProblem::Date { part, error } if *part == fold(item) => error.message(item),
            DaysProblem::Date { part, error } => error.message(part),
            DaysProblem::EndsBeforeStart { .. } => format!("{quoted_item} ends before it starts"),
            DaysProblem::TooManyDays { .. } => {
                format!("{quoted_item} is longer than {MAX_DAYS} days")
            }
            DaysProblem::Mixed => {
                format!("{quoted_item} mixes dates and days of the week in one shift")
            }
        }
    }

    /// What to type instead of the item: one text, or several joined by ` or `; for a mixture, a shift of its own.
    #[must_use]
    pub fn cure(&self, item: &str) -> String {
        let folded = fold(&item.chars().take(MAX_CHARS).collect::<String>());
        match &self.problem {
            DaysProblem::Empty => "every day".to_owned(),
            DaysProblem::Unreadable => {
                let words = folded
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|word| words::weekdays(word).next().is_some());
                Some(words.collect::<Vec<_>>().join(", "))
                    .filter(|days| !days.is_empty())
                    .unwrap_or_else(|| "mon-fri".to_owned())
            }
            DaysProblem::UnknownWord { word, nearest: Some(nearest) } => {
                folded.replacen(word.as_str(), nearest, 1)
            }
            DaysProblem::UnknownWord { nearest: None, .. } => "mon-fri".to_owned(),
            DaysProblem::TwoLanguages => "Donnerstag or domingo".to_owned(),
            DaysProblem::Date { .. } => mended(&folded, &self.problem),
            DaysProblem::EndsBeforeStart { first, last } => format!("{last} to {first}"),
            DaysProblem::TooManyDays { first, last } => nearer(*first, *last).to_string(),
            DaysProblem::Mixed => {
                let parts = list(&folded, &['&', '+']);
                let first = parts.first().filter(|_| read(&folded, &|| 0).is_err());
                format!("{{ days: {} }}", first.unwrap_or(&folded))
            }
        }
    }
}

fn read(item: &str, language: &dyn Fn() -> Languages) -> Result<Days, DaysProblem> {
    if item.chars().nth(MAX_CHARS).is_some() {
        return Err(DaysProblem::Unreadable);
    }
    let folded = fold(item);
    let phrase = folded.trim_end_matches('.');
    if let Some(days) = named(phrase) {
        return Ok(days.into());
    }
    match folded.as_str() {
        "" => Err(DaysProblem::Empty),
        dates if dates.contains(|c: char| c.is_ascii_digit()) => read_dates(dates).map(Days::Dates),
        days => read_weekdays(days, language).map(Days::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A short form: `every`, weekdays from Monday as 1, or the dates.
    fn read(items: &[&str]) -> String {
        match parse(items) {
            Ok(Days::Every) => "every".to_owned(),
            Ok(Days::Weekdays(week)) => {
                week.iter().map(|day| day.to_monday_one_offset().to_string()).collect()
            }
            Ok(Days::Dates(dates)) => dates.iter().map(DateRange::to_string).collect::<Vec<_>>().join(", "),
            Err(error) => format!("{}: {}", error.index, error.cure(items.get(error.index).unwrap_or(&""))),
        }
    }

    #[test]
    fn reads_days() {
        for (item, days) in [
            ("every day | daily | täglich | todos los días | cada día | Mon-Sun | Every Day.", "every"),
            (
                "mon-fri | Mo-Fr | Lun a Vie | Montag bis Freitag | de lunes a viernes | weekdays | werktags | M–F",
                "12345",
            ),
            (
                "mon, wed and fri | mon wed fri | lunes, mi y vie | Mo/Mi/Fr | Mo., Mi. und Fr. | Mon & Wed & Fri",
                "135",
            ),
            ("weekends | sa-so | sá, dom | sáb a do | Saturday through Sunday | wochenende", "67"),
            ("tous les jours | chaque jour | lun-dim | 7 jours sur 7", "every"),
            ("du lundi au vendredi | lundi-vendredi | lun.-ven. | lun à ven | en semaine", "12345"),
            ("lundi, mercredi et vendredi | lun, mer, ven", "135"),
            ("samedi et dimanche | week-end | sam-dim", "67"),
            ("fri-mon | fri to mon | Fr–Mo", "1567"),
            ("mon | Monday | Mo | Montag | lun | every monday | montags | los lunes", "1"),
            ("Mo-Do | Mo bis Do | lun-jue", "1234"),
            ("2024-10-21 | 2024-10-21 to 2024-10-21", "2024-10-21"),
            (
                "2024-10-21 to 2024-10-25 | 2024-10-21–2024-10-25 | 2024-10-21 bis 2024-10-25",
                "2024-10-21 to 2024-10-25",
            ),
            (
                "2024-10-21/2024-10-25 | del 2024-10-21 al 2024-10-25 | 2024-10-21 -2024-10-25",
                "2024-10-21 to 2024-10-25",
            ),
            ("2024-10-25, 2024-10-21", "2024-10-25, 2024-10-21"),
        ] {
            for spelling in item.split(" | ") {
                assert_eq!(read(&[spelling]), days, "{spelling}");
            }
        }
        assert_eq!(read(&["mon", "wed", "fri"]), "135");
        assert_eq!(read(&["mo", "do"]), "14");
        assert_eq!(read(&["lu", "do"]), "17");
    }

    #[test]
    fn refuses_with_a_cure() {
        for (items, cure) in [
            (&["mon", "thrusday"][..], "1: thursday"),
            (&["do"], "0: Donnerstag or domingo"),
            (&["mon", "2024-10-21"], "1: { days: 2024-10-21 }"),
            (&["mon-wed-fri"], "0: mon, wed, fri"),
            (&["soon"], "0: mon-fri"),
            (&[], "0: every day"),
            (&["mon", ""], "1: every day"),
            (&["2024-10-25 to 2024-10-21"], "0: 2024-10-21 to 2024-10-25"),
            (&["2024-10-21 to 2204-10-25"], "0: 2024-10-21 to 2024-10-25"),
            (&["2024-10-21 to 25"], "0: 2024-10-21 to 2024-10-25"),
            (&["2024-02-30 to 2024-03-02"], "0: 2024-02-29 to 2024-03-02"),
            (&["2024-1-5 to 2024-1-8"], "0: 2024-01-05 to 2024-01-08"),
            (&["5/11/2026 to 6/11/2026"], "0: 2026-05-11 to 2026-06-11 or 2026-11-05 to 2026-11-06"),
            (&["2024-10-21 & Tue"], "0: { days: 2024-10-21 }"),
            (&["every other day"], "0: mon-fri"),
            (&["October 21, 2024"], "0: 2024-10-21"),
            (&["Oct 21, 2024 to Oct 25, 2024"], "0: 2024-10-21 to 2024-10-25"),
        ] {
            assert_eq!(read(items), cure, "{items:?}");
        }
        let typo = parse(&["mon, Thrusday"]).unwrap_err();
        assert_eq!(typo.message("mon, Thrusday"), "“thrusday” in “mon, Thrusday” is not a day");
    }
}

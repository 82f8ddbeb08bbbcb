//! From what the readers of dates, hours and days refuse to what is told of it, with the correction where it is certain.

use super::dates::{self, DateError};
use super::days::{self, DaysError, DaysProblem};
use super::hours::HoursError;
use super::words::fold;
use crate::diagnostics::{Edit, Finding, Place, finding};

/// What is told of a date.
pub(super) fn date(place: Place, text: &str, error: &DateError) -> Finding {
    let (message, cure) = (error.message(text), error.cure(text));
    let make = match error {
        DateError::Unreadable => finding::bad_date,
        DateError::OtherOrder { suggestion } => match suggestion.as_slice() {
            [first, ..] if first.starts_with("YYYY") => finding::date_without_year,
            [only] => return corrected(finding::date_in_other_order(place, &message, only), only),
            _ => finding::date_of_two_days,
        },
        DateError::MissingZero { suggestion } => {
            return corrected(finding::date_without_zero(place, &message, suggestion), suggestion);
        }
        DateError::OtherTime { suggestion } => {
            return corrected(finding::time_in_other_form(place, &message, suggestion), suggestion);
        }
        DateError::NoSuchDay { .. } => finding::no_such_day,
        DateError::NoSuchTime { .. } => finding::no_such_time,
        DateError::HasOffset { .. } => finding::date_with_offset,
        DateError::TooCoarse { .. } => finding::date_too_coarse,
        DateError::TooFine { .. } => finding::date_with_time,
    };
    make(place, &message, &cure)
}

/// With a text in place of the whole value, where it can be read.
fn corrected(told: Finding, text: &str) -> Finding {
    let at = told.place.as_ref().filter(|_| dates::parse_when(text).is_ok()).map(|place| place.at.clone());
    told.corrected_by(at.map(|at| Edit { at, text: text.to_owned() }).into_iter().collect())
}

/// Folded texts that say that a time is still to come.
const LATER: [&str; 12] = [
    "tba",
    "tbd",
    "tbc",
    "t.b.a.",
    "t.b.d.",
    "to be announced",
    "to be determined",
    "to be confirmed",
    "por confirmar",
    "por anunciar",
    "noch offen",
    "wird bekannt gegeben",
];

/// What is told of hours.
pub(super) fn hours(place: Place, text: &str, error: &HoursError) -> Finding {
    let make = match error {
        HoursError::Unreadable if LATER.contains(&fold(text).as_str()) => {
            return finding::hours_to_be_announced(place, text);
        }
        HoursError::Unreadable | HoursError::TooLong => finding::bad_hours,
        HoursError::NoSuchTime(_) => finding::no_such_hour,
        HoursError::Ambiguous { .. } => finding::morning_or_evening,
        HoursError::EndsBeforeStart { .. } => finding::hours_backwards,
        HoursError::NoLength { .. } => finding::hours_without_length,
        HoursError::Several => finding::several_hours,
    };
    make(place, &error.message(text), &error.cure(text))
}

/// What is told of an item of days.
pub(super) fn days(place: Place, item: &str, error: &DaysError) -> Finding {
    let (message, cure) = (error.message(item), error.cure(item));
    let make = match &error.problem {
        DaysProblem::Empty | DaysProblem::Unreadable => finding::bad_days,
        DaysProblem::UnknownWord { nearest: None, .. } => finding::bad_days,
        DaysProblem::UnknownWord { nearest: Some(_), .. } => finding::unknown_day,
        DaysProblem::TwoLanguages => finding::day_of_two_languages,
        DaysProblem::EndsBeforeStart { .. } => finding::days_backwards,
        DaysProblem::TooManyDays { .. } => finding::too_many_days,
        DaysProblem::Mixed => finding::days_and_dates,
        DaysProblem::Date { error, .. } => {
            let certain = matches!(error, DateError::OtherOrder { .. } | DateError::MissingZero { .. });
            let fits = certain && days::parse(&[cure.as_str()]).is_ok();
            let at = fits.then(|| place.at.clone());
            let told = finding::date_in_days(place, &message, &cure);
            return told.corrected_by(at.map(|at| Edit { at, text: cure }).into_iter().collect());
        }
    };
    make(place, &message, &cure)
}

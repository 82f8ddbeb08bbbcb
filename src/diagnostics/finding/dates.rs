//! Findings about dates, days and hours: 02xx. What is wrong with the text itself is said by the reader of dates, days or
//! hours, who knows; here it gets its number, its label and the form of its cure.

use super::error;
use crate::diagnostics::{Finding, Place};

fn write(cure: &str) -> String {
    format!("write {cure}")
}

/// An example, where the text says nothing at all.
fn like(cure: &str) -> String {
    format!("write it like this: {cure}")
}

/// A day, month or moment that cannot be read.
pub fn bad_date(place: Place, message: &str, example: &str) -> Finding {
    error(211, place, message.to_owned(), "this date").cure(like(example))
}

/// `24/11/2026`, `24 November 2026`.
pub fn date_in_other_order(place: Place, message: &str, right: &str) -> Finding {
    error(251, place, message.to_owned(), "this date").cure(write(right))
}

/// `5/11/2026`.
pub fn date_of_two_days(place: Place, message: &str, either: &str) -> Finding {
    error(252, place, message.to_owned(), "this date").cure(write(either))
}

/// `Nov 24`.
pub fn date_without_year(place: Place, message: &str, right: &str) -> Finding {
    error(253, place, message.to_owned(), "this date")
        .cure(format!("write {right}, with the year in place of YYYY"))
}

/// `2026-1-5`.
pub fn date_without_zero(place: Place, message: &str, right: &str) -> Finding {
    error(254, place, message.to_owned(), "this date").cure(write(right))
}

/// `2026-02-30`, `2026-13-45`.
pub fn no_such_day(place: Place, message: &str, near: &str) -> Finding {
    error(255, place, message.to_owned(), "this date").cure(write(near))
}

/// `2026-11-24 25:00`.
pub fn no_such_time(place: Place, message: &str, near: &str) -> Finding {
    let time = if near.contains(':') { "" } else { ", and behind it a time from 00:00 to 23:59" };
    error(256, place, message.to_owned(), "this date").cure(format!("write {near}{time}"))
}

/// `2026-11-24 7pm`.
pub fn time_in_other_form(place: Place, message: &str, right: &str) -> Finding {
    error(257, place, message.to_owned(), "this date").cure(write(right))
}

/// `2026-11-24T19:00Z`.
pub fn date_with_offset(place: Place, message: &str, without: &str) -> Finding {
    error(258, place, message.to_owned(), "this date")
        .cure(format!("write {without}, in the time of that place"))
}

/// `2026-11`, where a day is wanted.
pub fn date_too_coarse(place: Place, message: &str, first: &str) -> Finding {
    error(259, place, message.to_owned(), "this date").cure(format!("write the day too, such as {first}"))
}

/// `2026-11-24 19:00`, where a day is wanted.
pub fn date_with_time(place: Place, message: &str, day: &str) -> Finding {
    error(260, place, message.to_owned(), "this date").cure(write(day))
}

/// Hours that cannot be read.
pub fn bad_hours(place: Place, message: &str, example: &str) -> Finding {
    error(212, place, message.to_owned(), "these hours").cure(like(example))
}

/// `25:00`, `6:75`, `13am`.
pub fn no_such_hour(place: Place, message: &str, near: &str) -> Finding {
    error(261, place, message.to_owned(), "these hours").cure(like(near))
}

/// `9-5`.
pub fn morning_or_evening(place: Place, message: &str, either: &str) -> Finding {
    error(262, place, message.to_owned(), "these hours").cure(write(either))
}

/// `14-6`, `6:00-2:00`.
pub fn hours_backwards(place: Place, message: &str, either: &str) -> Finding {
    error(263, place, message.to_owned(), "these hours").cure(write(either))
}

/// `6am-6am`.
pub fn hours_without_length(place: Place, message: &str, either: &str) -> Finding {
    error(264, place, message.to_owned(), "these hours").cure(write(either))
}

/// `6am-10am, 2pm-6pm`.
pub fn several_hours(place: Place, message: &str, first: &str) -> Finding {
    error(265, place, message.to_owned(), "these hours")
        .cure(format!("write {first} here, and a shift of its own for the rest"))
}

/// `hours: TBA`.
pub fn hours_to_be_announced(place: Place, text: &str) -> Finding {
    error(266, place, format!("“{text}” is no time of day"), "these hours")
        .cure("delete the line: without hours, “hours to be announced” is shown")
}

/// Days that cannot be read.
pub fn bad_days(place: Place, message: &str, example: &str) -> Finding {
    error(213, place, message.to_owned(), "these days").cure(like(example))
}

/// `thrusday`.
pub fn unknown_day(place: Place, message: &str, near: &str) -> Finding {
    error(267, place, message.to_owned(), "these days").cure(write(near))
}

/// `do`, which is Thursday in German and Sunday in Spanish.
pub fn day_of_two_languages(place: Place, message: &str, either: &str) -> Finding {
    error(268, place, message.to_owned(), "these days").cure(write(either))
}

/// `2024-10-25 to 2024-10-21`.
pub fn days_backwards(place: Place, message: &str, right: &str) -> Finding {
    error(269, place, message.to_owned(), "these days").cure(write(right))
}

/// `2024-10-21 to 2204-10-25`.
pub fn too_many_days(place: Place, message: &str, right: &str) -> Finding {
    error(270, place, message.to_owned(), "these days").cure(write(right))
}

/// Days of the week and dates in one shift.
pub fn days_and_dates(place: Place, message: &str, right: &str) -> Finding {
    error(271, place, message.to_owned(), "these days")
        .cure(format!("make two shifts of it, the one with {right}"))
}

/// A date within days that cannot be read.
pub fn date_in_days(place: Place, message: &str, right: &str) -> Finding {
    let year = if right.contains("YYYY") { ", with the year in place of YYYY" } else { "" };
    error(272, place, message.to_owned(), "these days").cure(format!("write {right}{year}"))
}

/// `2026-11-29 to 2026-11-30` where a date stands.
pub fn two_days(place: Place, text: &str, right: &str) -> Finding {
    error(293, place, format!("“{text}” is a time with two ends, which is written as a group"), "these dates")
        .cure(format!("write {right}"))
}

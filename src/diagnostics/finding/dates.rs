//! Findings about days, hours and places on the earth: 02xx.

use super::{did_you_mean, error, write};
use crate::diagnostics::{Finding, Place};

/// A day, month or moment that cannot be read.
pub fn bad_date(place: Place, message: &str, cure: &str) -> Finding {
    let year = if cure.contains("YYYY") { ", with the year in place of YYYY" } else { "" };
    error(211, place, message.to_owned(), "this date").cure(format!("{} {cure}{year}", write(message)))
}

/// Hours that cannot be read or cannot be.
pub fn bad_hours(place: Place, message: &str, cure: &str) -> Finding {
    error(212, place, message.to_owned(), "these hours").cure(format!("{} {cure}", write(message)))
}

/// Days that cannot be read.
pub fn bad_days(place: Place, message: &str, cure: &str) -> Finding {
    error(213, place, message.to_owned(), "these days").cure(format!("{} {cure}", write(message)))
}

/// Coordinates that cannot be.
pub fn bad_coordinates(place: Place, text: &str, swapped: Option<&str>) -> Finding {
    let otherwise = "write latitude, then longitude, as maps print them: 34.0726, -117.4343".to_owned();
    error(214, place, format!("“{text}” is not a place on the earth"), "these coordinates")
        .cure(swapped.map_or(otherwise, |swapped| format!("latitude comes first: {swapped}")))
}

/// A time zone that does not exist.
pub fn unknown_time_zone(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "write a name such as America/Los_Angeles or Europe/Berlin".to_owned();
    error(215, place, format!("there is no time zone “{name}”"), "this name")
        .cure(did_you_mean(nearest, otherwise))
}

//! Findings about places, shifts and changes of plan: 04xx.

use super::{did_you_mean, error, warning};
use crate::diagnostics::{Finding, Place};

/// A change of plan on a day without a shift, or (`again`) on one whose shifts another change has taken away.
pub fn change_without_shift(place: Place, day: &str, location: &str, again: bool) -> Finding {
    let (says, cure) = if again {
        (
            format!("another change has cancelled or moved what was planned at “{location}” on {day}"),
            "keep one of the two: a day has one change",
        )
    } else {
        (
            format!("nothing is planned at “{location}” on {day}, so nothing can change"),
            "correct the date, or delete the change",
        )
    };
    error(412, place, says, "this change").cure(cure)
}

/// A shift that is cut because its site joins later or leaves earlier.
pub fn shift_cut(place: Place, day: &str) -> Finding {
    warning(
        413,
        place,
        format!("a shift on {day} lies outside the time in which this site takes part, and is cut"),
        "this shift",
    )
    .cure("correct the shift, or the location's “from” and “to”")
}

/// A picket without a pin.
pub fn no_coordinates(place: Place) -> Finding {
    warning(414, place, "this picket has no coordinates, so no map can show it".to_owned(), "it belongs here")
        .cure("add a line such as “coordinates: 34.0726, -117.4343” (in a map program, right-click the place to copy it)")
}

/// A list that a schedule's name should lead to.
pub fn unknown_schedule(place: Place, name: &str, nearest: Option<&str>) -> Finding {
    let otherwise = "add it under “schedules:” in content/campaign.yaml".to_owned();
    error(417, place, format!("there is no schedule “{name}”"), "this name")
        .cure(did_you_mean(nearest, otherwise))
}

/// A clock time that the change to summer time leaves out.
pub fn no_such_clock_time(place: Place, day: &str, time: &str) -> Finding {
    error(418, place, format!("{time} does not exist on {day}: the clocks go forward then"), "these hours")
        .cure("write a time before or after the hour that is left out")
}

/// An address that nobody finds without its city.
pub fn address_without_city(place: Place) -> Finding {
    warning(422, place, "this address has no city".to_owned(), "this address")
        .cure("add a line “city: …”: the same street is in many cities, and maps need it to find the way")
}

/// Coordinates on the other side of the world from their time zone.
pub fn coordinates_far_away(place: Place, zone: &str, right: Option<&str>) -> Finding {
    let cure = match right {
        Some(right) => format!("did you mean {right}?"),
        None => "correct the coordinates, or the “time_zone” of this place".to_owned(),
    };
    warning(
        423,
        place,
        format!("this place is far away from where the time zone {zone} is"),
        "these coordinates",
    )
    .cure(cure)
}

/// An embargo that was over long before the day of the statement.
pub fn embargo_long_ago(place: Place, days: i32, right: Option<&str>) -> Finding {
    let cure = right.map_or("correct the year".to_owned(), |right| format!("did you mean {right}?"));
    let title = format!("this embargo was over {days} days before the day of the statement");
    warning(424, place, title, "this embargo").cure(cure)
}

/// A statement of a day on which nobody stands at its location any more.
pub fn shifts_are_over(place: Place, location: &str, last: &str) -> Finding {
    let title = format!("all shifts at “{location}” were over on {last}, before the day of this statement");
    warning(425, place, title, "this location")
        .cure("add the shifts that are planned now to the location, or take it out of this list")
}

/// Two shifts of one place at one time.
pub fn shifts_overlap(place: Place, day: &str, hours: (&str, &str), other: Place) -> Finding {
    let title = format!("two shifts overlap on {day}: {} and {}", hours.0, hours.1);
    warning(426, place, title, "this shift")
        .with(other, "and this one")
        .cure("correct the hours or days of one of them; where two groups stand there, give each a “label:”")
}

/// An event that is published only when it is over.
pub fn published_when_over(place: Place) -> Finding {
    warning(427, place, "this is published only when the event is over".to_owned(), "this embargo")
        .cure("correct “publish”, or the date of the event")
}

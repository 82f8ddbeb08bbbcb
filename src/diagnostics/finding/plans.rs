//! Findings about places, shifts and changes of plan: 04xx.

use super::{did_you_mean, error, warning};
use crate::diagnostics::{Finding, Place};

/// A change of plan on a day without a shift.
pub fn change_without_shift(place: Place, day: &str, location: &str) -> Finding {
    error(
        412,
        place,
        format!("nothing is planned at “{location}” on {day}, so nothing can change"),
        "this change",
    )
    .cure("correct the date, or delete the change")
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

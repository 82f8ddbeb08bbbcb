//! Two shifts of one place that stand at one time, which is a slip of the pen nearly always.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::diagnostics::{Finding, Place, finding};
use crate::model::{Days, Hours, Shift, ShiftHours, When};

/// Places with more shifts than this are not looked at: the work grows with the square of their number.
const MOST_SHIFTS: usize = 60;
/// The most days of a shift with dates that are looked at.
const MOST_DAYS: usize = 400;
/// Minutes of a day.
const DAY: i32 = 24 * 60;

/// A shift, where it was typed, and its minutes of the day; more than a day's where it ends on the next one.
struct Timed<'s> {
    shift: &'s Shift,
    place: &'s Place,
    start: i32,
    end: i32,
}

/// Tells each pair of shifts that overlap, at the later of the two. `from` is when the place joins, else today.
pub(super) fn overlaps(shifts: &[(Place, &Shift)], from: &dyn Fn() -> Date) -> Vec<Finding> {
    let timed: Vec<Timed<'_>> = shifts.iter().filter_map(|(place, shift)| timed(place, shift)).collect();
    if timed.len() > MOST_SHIFTS {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, later) in timed.iter().enumerate() {
        for first in &timed[..index] {
            if let Some(day) = meeting(first, later, from) {
                let hours = [first, later].map(|one| text(one.shift));
                findings.push(finding::shifts_overlap(
                    later.place.clone(),
                    &day.to_string(),
                    (&hours[0], &hours[1]),
                    first.place.clone(),
                ));
            }
        }
    }
    findings
}

fn timed<'s>(place: &'s Place, shift: &'s Shift) -> Option<Timed<'s>> {
    let minute = |time: jiff::civil::Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    let (start, end) = match shift.hours {
        ShiftHours::Known(Hours::Span { start, end, next_day }) => {
            (minute(start), minute(end) + if next_day { DAY } else { 0 })
        }
        ShiftHours::Known(Hours::AllDay) => (0, DAY),
        _ => return None,
    };
    Some(Timed { shift, place, start, end })
}

fn text(shift: &Shift) -> String {
    match &shift.hours {
        ShiftHours::Known(hours) => hours.to_string(),
        ShiftHours::Note(_) | ShiftHours::Open => String::new(),
    }
}

/// The first day on which the first of two shifts meets the other; shifts with other labels may.
fn meeting(first: &Timed<'_>, later: &Timed<'_>, from: &dyn Fn() -> Date) -> Option<Date> {
    if first.shift.label != later.shift.label {
        return None;
    }
    // On how many days later the other one would have to stand.
    let apart: Vec<i32> = (-1..=1)
        .filter(|days| first.start < later.end + days * DAY && later.start + days * DAY < first.end)
        .collect();
    if apart.is_empty() {
        return None;
    }
    let met = |day: &Date| {
        let other =
            |days: &i32| day.checked_add(Span::new().days(*days)).is_ok_and(|day| stands(later.shift, day));
        stands(first.shift, *day) && apart.iter().any(other)
    };
    candidates(first.shift, later.shift, from).find(met)
}

/// Days on which the first of two shifts may stand, enough of them to meet the other if it ever does.
fn candidates<'s>(
    first: &'s Shift,
    later: &'s Shift,
    from: &dyn Fn() -> Date,
) -> Box<dyn Iterator<Item = Date> + 's> {
    let around = |day: Date| (-1..=1).filter_map(move |days| day.checked_add(Span::new().days(days)).ok());
    match (&first.days, &later.days) {
        (Days::Dates(ranges), _) => Box::new(ranges.iter().flat_map(|range| range.days()).take(MOST_DAYS)),
        (_, Days::Dates(ranges)) => {
            Box::new(ranges.iter().flat_map(|range| range.days()).take(MOST_DAYS).flat_map(around))
        }
        _ => {
            let begins = |shift: &Shift| shift.from.map_or_else(from, |from| from.first().date());
            let begin = begins(first).max(begins(later));
            // Two weeks: a day that is left out in one of them is most likely there in the other.
            Box::new((0..15).filter_map(move |days: i32| begin.checked_add(days.days()).ok()))
        }
    }
}

fn stands(shift: &Shift, day: Date) -> bool {
    let fits = match &shift.days {
        Days::Every => true,
        Days::Weekdays(days) => days.contains(day.weekday()),
        Days::Dates(ranges) => ranges.iter().any(|range| range.contains(day)),
    };
    fits && !shift.except.contains(&day)
        && shift.from.is_none_or(|from| from.first().date() <= day)
        && shift.to.map(When::last_day).is_none_or(|last| day <= last)
}

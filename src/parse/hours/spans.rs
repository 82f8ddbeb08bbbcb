//! Makes hours of clock times: which half of the day is meant, what crosses midnight, what is refused.

use super::clocks::{Clock, Half, Token};
use super::{Hours, HoursError, time};
use crate::parse::words::either;
use jiff::civil::Time;

/// Minutes.
pub(super) const DAY: u16 = 24 * 60;
/// The minute of the day.
pub(super) const NOON: u16 = 12 * 60;

/// The sentences that there are, by their shape.
pub(super) fn resolve(tokens: &[Token], next_day: bool) -> Result<Hours, HoursError> {
    use Token::{At, Begin, From, Moment, To, ToOrAt, Until};
    let twelve = !tokens.iter().any(Token::is_foreign);
    match tokens {
        [Moment(start), To | ToOrAt | Until { .. }, Moment(end)]
        | [From { .. } | Begin, Moment(start), To | ToOrAt | Until { .. }, Moment(end)] => {
            span(start, end, next_day, twelve)
        }
        _ if next_day => Err(HoursError::Unreadable),
        [Moment(clock)] if clock.stands_alone() => single(clock, Hours::At, twelve),
        [At { .. }, Moment(clock)] => single(clock, Hours::At, twelve),
        [ToOrAt, Moment(clock)] if clock.article || clock.half.is_some() => single(clock, Hours::At, twelve),
        [From { .. }, Moment(clock)] => single(clock, Hours::From, twelve),
        [Until { .. }, Moment(clock)] if clock.minutes() == DAY => {
            clock.checked().map(|_| Hours::Until(Time::midnight()))
        }
        [Until { .. }, Moment(clock)] => single(clock, Hours::Until, twelve),
        _ => Err(HoursError::Unreadable),
    }
}

/// One time. Where German or Spanish words stand around a bare hour, 7 to 12 are the 24-hour clock, 1 to 6 remain ambiguous.
fn single(clock: &Clock, wrap: fn(Time) -> Hours, twelve: bool) -> Result<Hours, HoursError> {
    if clock.lacks_colon() {
        return Err(HoursError::Unreadable);
    }
    let minutes = clock.checked()?;
    if minutes == DAY {
        return Err(HoursError::NoSuchTime(clock.to_string()));
    }
    let bare = if clock.minute.is_some() { clock.hour >= 6 } else { !twelve && clock.hour >= 7 };
    if clock.half.is_some() || clock.is_24_hours() || bare {
        return Ok(wrap(time(minutes)));
    }
    let readings = [Half::Am, Half::Pm].map(|half| wrap(time(clock.minutes_in(half))).spelled(twelve));
    Err(HoursError::Ambiguous { reading: either(&readings) })
}

/// Two times. A side without am or pm borrows the half of the day that makes the span shortest.
fn span(start: &Clock, end: &Clock, next_day: bool, twelve: bool) -> Result<Hours, HoursError> {
    let (from, to) = (start.checked()?, end.checked()?);
    if from == DAY {
        return Err(HoursError::NoSuchTime(start.to_string()));
    }
    if start.lacks_colon() != end.lacks_colon() {
        return Err(HoursError::Unreadable);
    }
    match (start.half, end.half) {
        (None, None) => bare_span(start, end, next_day, twelve),
        (None, Some(_)) if start.borrows() => {
            close(nearest(start, |from| forward(from, to)), to, next_day, true, twelve)
        }
        (Some(_), None) if end.borrows() => {
            close(from, nearest(end, |to| forward(from, to)), next_day, true, twelve)
        }
        _ => close(from, to, next_day, true, twelve),
    }
}

/// Two times without am or pm.
fn bare_span(start: &Clock, end: &Clock, next_day: bool, twelve: bool) -> Result<Hours, HoursError> {
    let (from, to) = (start.minutes(), end.minutes());
    let marked = start.mark.is_some() || end.mark.is_some();
    let sure = start.is_24_hours() || end.is_24_hours();
    let to_the_minute = start.minute.is_some() && end.minute.is_some();
    let noon_to_one = start.hour == 12 && (1..12).contains(&end.hour) && !end.zero && !next_day;
    let small_hours = start.hour < 6 || !to_the_minute;
    if noon_to_one || (!sure && small_hours) {
        let reading = |half| {
            let from = start.minutes_in(half);
            Hours::between(from, nearest(end, |to| forward(from, to))).spelled(twelve && !marked)
        };
        let by_day = if (6..12).contains(&start.hour) { [Half::Am, Half::Pm] } else { [Half::Pm, Half::Am] };
        return Err(HoursError::Ambiguous { reading: either(&by_day.map(reading)) });
    }
    let tells = to_the_minute || marked;
    close(from, to, next_day, tells && from >= NOON, twelve && !sure)
}

/// Minutes of the day to hours. Going over midnight takes `crossing`, or that the text says `next day`.
fn close(from: u16, to: u16, next_day: bool, crossing: bool, twelve: bool) -> Result<Hours, HoursError> {
    let hours = Hours::between(from, to);
    let later = || Hours::between(from, (to + NOON) % DAY).spelled(twelve);
    match hours {
        Hours::AllDay if to == DAY => Ok(hours),
        Hours::AllDay => Err(HoursError::NoLength { reading: either(&[later(), Hours::AllDay.to_string()]) }),
        Hours::Span { next_day: false, .. } if next_day => Err(HoursError::Unreadable),
        Hours::Span { next_day: true, end, .. } if !(crossing || next_day || end == Time::midnight()) => {
            let over = (from >= NOON).then(|| hours.spelled(twelve));
            let by_day = (to < NOON && to + NOON > from).then(later);
            Err(HoursError::EndsBeforeStart {
                reading: either(&by_day.into_iter().chain(over).collect::<Vec<_>>()),
            })
        }
        _ => Ok(hours),
    }
}

impl Hours {
    /// The span between two minutes of the day, over midnight where need be.
    fn between(from: u16, to: u16) -> Hours {
        match to % DAY {
            to if to == from => Hours::AllDay,
            to => Hours::Span { start: time(from), end: time(to), next_day: to < from },
        }
    }
}

/// Which half of the day makes `length` shortest.
fn nearest(clock: &Clock, length: impl Fn(u16) -> u16) -> u16 {
    let (am, pm) = (clock.minutes_in(Half::Am), clock.minutes_in(Half::Pm));
    if length(am) <= length(pm) { am } else { pm }
}

/// Minutes from one minute of the day to the next that `to` names: 1 to 1440.
pub(super) fn forward(from: u16, to: u16) -> u16 {
    (to % DAY + DAY - from % DAY - 1) % DAY + 1
}

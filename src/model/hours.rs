//! Hours of a day, and days of a week.

use jiff::civil::{Time, Weekday};

use super::DateRange;

/// When something happens on a day, in civil time; the zone is that of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hours {
    /// From one clock time to another.
    Span {
        /// The first minute.
        start: Time,
        /// The first minute after; `00:00` with `next_day` is the midnight that follows.
        end: Time,
        /// Whether `end` is on the next day.
        next_day: bool,
    },
    /// From a clock time on; no end is known.
    From(Time),
    /// Until a clock time; no start is known.
    Until(Time),
    /// A single clock time.
    At(Time),
    /// From midnight to midnight.
    AllDay,
}

/// On which days a shift stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Days {
    /// Every day.
    Every,
    /// Some days of each week.
    Weekdays(WeekdaySet),
    /// Certain days, as they were written.
    Dates(Vec<DateRange>),
}

/// A set of days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct WeekdaySet(u8);

impl WeekdaySet {
    /// No day.
    pub const NONE: WeekdaySet = WeekdaySet(0);

    /// The same days and one more.
    #[must_use]
    pub fn with(self, day: Weekday) -> WeekdaySet {
        WeekdaySet(self.0 | 1 << weekday_number(day))
    }

    /// The same days and those from `first` to `last`, both included, past Sunday where needed.
    #[must_use]
    pub fn with_range(self, first: Weekday, last: Weekday) -> WeekdaySet {
        let (from, to) = (weekday_number(first), weekday_number(last));
        let length = (to + 7 - from) % 7 + 1;
        WeekdaySet((0..length).fold(self.0, |days, step| days | 1 << ((from + step) % 7)))
    }

    /// Whether a day is among them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & 1 << weekday_number(day) != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The days, from Monday on.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        (1..=7)
            .filter_map(|number| Weekday::from_monday_one_offset(number).ok())
            .filter(move |day| self.contains(*day))
    }
}

/// A day of the week counted from Monday, 0.
pub fn weekday_number(day: Weekday) -> u8 {
    u8::try_from(day.to_monday_zero_offset()).unwrap_or(0)
}

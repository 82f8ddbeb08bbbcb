//! Hours of a day, and days of a week.

use std::fmt;

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

/// A set of weekdays, in the order of the week from Monday.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct WeekdaySet(u8);

impl WeekdaySet {
    /// The seven days.
    pub const ALL: WeekdaySet = WeekdaySet(0b111_1111);
    /// Monday to Friday.
    pub const WORK: WeekdaySet = WeekdaySet(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: WeekdaySet = WeekdaySet(0b110_0000);

    /// The days from `first` to `last`, both included, through the weekend where need be: `fri-mon` has four.
    #[must_use]
    pub fn range(first: Weekday, last: Weekday) -> WeekdaySet {
        (0..=first.until(last)).map(|days| first.wrapping_add(days)).collect()
    }

    /// Whether the day is in the set.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(day) != 0
    }

    /// The days from Monday to Sunday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        (0..7).map(|days| Weekday::Monday.wrapping_add(days)).filter(move |day| self.contains(*day))
    }

    /// How many days.
    #[must_use]
    pub fn len(self) -> usize {
        self.iter().count()
    }

    /// Whether there is no day.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The days of both.
    #[must_use]
    pub fn union(self, other: WeekdaySet) -> WeekdaySet {
        WeekdaySet(self.0 | other.0)
    }
}

fn bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

impl FromIterator<Weekday> for WeekdaySet {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> WeekdaySet {
        WeekdaySet(days.into_iter().fold(0, |set, day| set | bit(day)))
    }
}

impl fmt::Debug for WeekdaySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

//! Points and stretches of the calendar, as precise as they were written.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// A year, a month, a day, or a clock time on a day. Civil: the zone is that of whoever says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A whole year.
    Year(i16),
    /// A year and a month, 1 to 12.
    Month(i16, i8),
    /// A day.
    Day(Date),
    /// A clock time on a day.
    Moment(DateTime),
}

impl When {
    /// As precise as it is written: `2024`, `2024-10`, `2024-10-24`; of a moment the day.
    pub fn iso(self) -> String {
        match self {
            When::Year(year) => format!("{year:04}"),
            When::Month(year, month) => format!("{year:04}-{month:02}"),
            When::Day(day) => day.to_string(),
            When::Moment(moment) => moment.date().to_string(),
        }
    }

    /// The first civil moment.
    pub fn first(self) -> DateTime {
        match self {
            When::Year(year) => first_of(year, 1),
            When::Month(year, month) => first_of(year, month),
            When::Day(day) => day.to_datetime(jiff::civil::Time::midnight()),
            When::Moment(moment) => moment,
        }
    }

    /// The last day that it covers.
    pub fn last_day(self) -> Date {
        match self {
            When::Year(year) => first_of(year, 12).date().last_of_month(),
            When::Month(year, month) => first_of(year, month).date().last_of_month(),
            When::Day(day) => day,
            When::Moment(moment) => moment.date(),
        }
    }

    /// The instant at which it begins in a zone. A clock time that a DST gap leaves out counts as the one after the gap.
    pub fn begins(self, zone: &TimeZone) -> Timestamp {
        instant(self.first(), zone)
    }

    /// The first instant after it in a zone: a day includes its whole day, a moment ends at itself.
    pub fn ends(self, zone: &TimeZone) -> Timestamp {
        match self {
            When::Moment(moment) => instant(moment, zone),
            day => {
                let next = day.last_day().tomorrow().unwrap_or(Date::MAX);
                instant(next.to_datetime(jiff::civil::Time::midnight()), zone)
            }
        }
    }
}

fn first_of(year: i16, month: i8) -> DateTime {
    DateTime::new(year, month, 1, 0, 0, 0, 0).unwrap_or(DateTime::MIN)
}

fn instant(civil: DateTime, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(civil).unwrap_or(Timestamp::MAX)
}

/// Days from a first to a last one, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateRange {
    /// The first day.
    pub first: Date,
    /// The last day, not before the first.
    pub last: Date,
}

impl DateRange {
    /// A single day.
    pub fn day(day: Date) -> DateRange {
        DateRange { first: day, last: day }
    }

    /// Whether a day is among them.
    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// How many days, 1 or more.
    pub fn length(self) -> i64 {
        self.last.duration_since(self.first).as_hours() / 24 + 1
    }

    /// The days, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.first), move |day| day.tomorrow().ok())
            .take_while(move |day| *day <= self.last)
    }
}

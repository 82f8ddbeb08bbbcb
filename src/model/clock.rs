//! The moment as of which a site holds. It can be asked, but not looked at: each answer is remembered as the stretch of
//! time in which it would be the same, so that whatever depends on time says by itself until when it holds.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::When;

/// From when on, and until when, something holds. The end is the first instant at which it may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    from: i64,
    until: i64,
}

/// The moment as of which a site holds.
#[derive(Debug)]
pub struct Clock {
    now: Timestamp,
    from: AtomicI64,
    until: AtomicI64,
}

impl Term {
    /// For ever.
    pub const ALWAYS: Term = Term { from: i64::MIN, until: i64::MAX };

    /// Whether it holds at a moment.
    pub fn contains(self, moment: Timestamp) -> bool {
        let moment = nanoseconds(moment);
        self.from <= moment && (moment < self.until || self.until == i64::MAX)
    }

    /// The first instant at which it may not hold; `None` where it always will.
    pub fn until(self) -> Option<Timestamp> {
        (self.until < i64::MAX)
            .then(|| Timestamp::from_nanosecond(self.until.into()).unwrap_or(Timestamp::MAX))
    }
}

impl Clock {
    /// A clock that nobody has asked yet.
    pub fn new(now: Timestamp) -> Clock {
        Clock::within(now, Term::ALWAYS)
    }

    /// A clock whose answers so far hold for a term.
    pub fn within(now: Timestamp, term: Term) -> Clock {
        Clock { now, from: AtomicI64::new(term.from), until: AtomicI64::new(term.until) }
    }

    /// Whether an instant has come.
    pub fn has_come(&self, instant: Timestamp) -> bool {
        let has = instant <= self.now;
        let instant = nanoseconds(instant);
        // Most answers hold for longer than earlier ones; to look is cheaper than to write.
        if has && instant > self.from.load(Ordering::Relaxed) {
            self.from.fetch_max(instant, Ordering::Relaxed);
        } else if !has && instant < self.until.load(Ordering::Relaxed) {
            self.until.fetch_min(instant, Ordering::Relaxed);
        }
        has
    }

    /// Whether a day has begun in a zone.
    pub fn has_day_come(&self, day: Date, zone: &TimeZone) -> bool {
        self.has_come(When::Day(day).begins(zone))
    }

    /// Whether a day is over in a zone.
    pub fn is_day_over(&self, day: Date, zone: &TimeZone) -> bool {
        self.has_come(When::Day(day).ends(zone))
    }

    /// Whether it is a day in a zone.
    pub fn is_day(&self, day: Date, zone: &TimeZone) -> bool {
        self.has_day_come(day, zone) && !self.is_day_over(day, zone)
    }

    /// The day that it is in a zone. Ask for it only where another answer is needed each day: the others hold longer.
    pub fn today(&self, zone: &TimeZone) -> Date {
        let today = zone.to_datetime(self.now).date();
        self.is_day(today, zone);
        today
    }

    /// The year that it is in a zone.
    pub fn year(&self, zone: &TimeZone) -> i16 {
        let year = zone.to_datetime(self.now).year();
        self.has_come(When::Year(year).begins(zone));
        self.has_come(When::Year(year).ends(zone));
        year
    }

    /// How long all answers so far hold.
    pub fn term(&self) -> Term {
        Term { from: self.from.load(Ordering::Relaxed), until: self.until.load(Ordering::Relaxed) }
    }

    /// Takes over what holds for a term.
    pub fn narrow(&self, term: Term) {
        self.from.fetch_max(term.from, Ordering::Relaxed);
        self.until.fetch_min(term.until, Ordering::Relaxed);
    }

    /// How long the answers hold that `make` asks for; they count here, too.
    pub(super) fn watch<T>(&self, make: impl FnOnce() -> T) -> (T, Term) {
        let before = self.term();
        self.from.store(i64::MIN, Ordering::Relaxed);
        self.until.store(i64::MAX, Ordering::Relaxed);
        let made = make();
        let term = self.term();
        self.narrow(before);
        (made, term)
    }
}

/// Nanoseconds since 1970; what is before 1678 or after 2261 is never.
fn nanoseconds(instant: Timestamp) -> i64 {
    let clamped = instant.as_nanosecond().clamp(i64::MIN.into(), i64::MAX.into());
    i64::try_from(clamped).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn answers_say_how_long_they_hold() {
        let clock = Clock::new(at("2024-10-22T12:00:00Z"));
        assert_eq!((clock.term(), clock.term().until()), (Term::ALWAYS, None));
        assert!(clock.has_come(at("2024-10-22T12:00:00Z")) && clock.has_come(at("2024-10-01T00:00:00Z")));
        assert!(!clock.has_come(at("2024-12-01T00:00:00Z")) && !clock.has_come(at("2024-11-01T00:00:00Z")));
        let term = clock.term();
        assert_eq!(term.until(), Some(at("2024-11-01T00:00:00Z")));
        assert!(term.contains(at("2024-10-22T12:00:00Z")) && term.contains(at("2024-10-31T23:59:59.9Z")));
        assert!(!term.contains(at("2024-10-22T11:59:59Z")) && !term.contains(at("2024-11-01T00:00:00Z")));
        let zone = TimeZone::get("America/Los_Angeles").unwrap();
        let (today, narrower) = clock.watch(|| clock.today(&zone));
        assert_eq!(today, jiff::civil::date(2024, 10, 22));
        assert_eq!(narrower.until(), Some(at("2024-10-23T07:00:00Z")));
        assert!(
            narrower.contains(at("2024-10-22T07:00:00Z")) && !narrower.contains(at("2024-10-22T06:59:59Z"))
        );
        assert!(!clock.term().contains(at("2024-10-22T11:59:59Z")), "what was asked before still counts");
        assert_eq!(clock.term().until(), narrower.until());
    }

    #[test]
    fn what_never_comes_never_ends_a_term() {
        let clock = Clock::new(at("2024-10-22T12:00:00Z"));
        assert!(!clock.has_come(Timestamp::MAX) && clock.has_come(Timestamp::MIN));
        assert_eq!(clock.term(), Term::ALWAYS);
        assert!(Term::ALWAYS.contains(Timestamp::MAX) && Term::ALWAYS.contains(Timestamp::MIN));
    }
}

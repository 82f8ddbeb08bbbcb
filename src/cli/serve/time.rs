//! Which moment the preview shows: the clock's, the one that the command named, or one that somebody travelled to.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::moment;
use crate::serve::Moment;

/// The preview's place in time.
pub(super) struct Time {
    /// The moment that the command named; without one, the clock is followed.
    named: Option<Timestamp>,
    /// Where somebody travelled to.
    travelled: Option<Timestamp>,
}

impl Time {
    /// At the moment that the command named, or with the clock.
    pub(super) fn new(named: Option<Timestamp>) -> Time {
        Time { named, travelled: None }
    }

    /// The moment that holds now.
    pub(super) fn moment(&self) -> Timestamp {
        self.travelled.or(self.named).unwrap_or_else(Timestamp::now)
    }

    /// How long it is until a moment; `None` while the clock is not followed.
    pub(super) fn until(&self, moment: Timestamp) -> Option<Duration> {
        if self.travelled.or(self.named).is_some() {
            return None;
        }
        let left = moment.as_millisecond() - Timestamp::now().as_millisecond();
        // A moment longer, so that it is over when we wake.
        Some(Duration::from_millis(u64::try_from(left).unwrap_or(0) + 1))
    }

    /// Goes to a moment that was typed, in the campaign's zone; back where nothing was.
    pub(super) fn travel(&mut self, to: &str, zone: &TimeZone) -> Result<(), String> {
        self.travelled = if to.trim().is_empty() {
            None
        } else {
            let read = moment::read(to.trim(), zone);
            Some(read.map_err(|failure| failure.says.trim_start_matches("--as-of: ").to_owned())?)
        };
        Ok(())
    }

    /// What is printed about it.
    pub(super) fn told(&self, zone: &TimeZone) -> String {
        let moment = text(self.moment(), zone);
        if self.travelled.or(self.named).is_some() { moment } else { format!("now, {moment}") }
    }

    /// What the bar says about it.
    pub(super) fn shown(&self, zone: &TimeZone, next: Option<Timestamp>) -> Moment {
        let moment = self.moment();
        Moment {
            field: field(moment, zone),
            text: text(moment, zone),
            travelled: self.travelled.is_some(),
            home: self.named.map_or_else(|| "now".to_owned(), |named| text(named, zone)),
            zone: zone.iana_name().unwrap_or("UTC").to_owned(),
            next: next.map(|next| (field(next, zone), text(next, zone))),
        }
    }
}

/// `2024-10-24T18:00:00`, as a field for date and time takes it.
fn field(moment: Timestamp, zone: &TimeZone) -> String {
    let civil = moment.to_zoned_datetime(zone.clone());
    let format = if civil.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    civil.strftime(format).to_string()
}

/// `Thu 24 Oct 2024, 18:00 PDT`
pub(super) fn text(moment: Timestamp, zone: &TimeZone) -> String {
    moment.to_zoned_datetime(zone.clone()).strftime("%a %-d %b %Y, %H:%M %Z").to_string()
}

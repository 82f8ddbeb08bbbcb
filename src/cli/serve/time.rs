//! Which moment the preview shows: the clock's, the one that the command named, or one that somebody travelled to.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::{Failure, moment};
use crate::serve::Moment;

/// The preview's place in time.
pub(super) struct Time {
    /// The moment that the command named; without one, the clock is followed.
    named: Option<Chosen>,
    /// Where somebody travelled to.
    travelled: Option<Chosen>,
}

/// A moment that was chosen.
pub(super) struct Chosen {
    /// As it was typed: which moment that is depends on the campaign's zone, and that may be mended while we run.
    typed: Option<String>,
    at: Timestamp,
}

impl Chosen {
    /// The moment that the command or its environment names, in the campaign's zone.
    pub(super) fn by_command(as_of: Option<&str>, zone: &TimeZone) -> Result<Option<Chosen>, Failure> {
        if !moment::is_named(as_of) {
            return Ok(None);
        }
        Ok(Some(Chosen { typed: as_of.map(str::to_owned), at: moment::moment(as_of, zone)? }))
    }

    /// Reads it in another zone.
    fn read_again(&mut self, zone: &TimeZone) {
        if let Some(Ok(at)) = self.typed.as_deref().map(|typed| moment::read(typed, zone)) {
            self.at = at;
        }
    }
}

impl Time {
    /// At the moment that the command named, or with the clock.
    pub(super) fn new(named: Option<Chosen>) -> Time {
        Time { named, travelled: None }
    }

    fn chosen(&self) -> Option<Timestamp> {
        self.travelled.as_ref().or(self.named.as_ref()).map(|chosen| chosen.at)
    }

    /// The moment that holds now.
    pub(super) fn moment(&self) -> Timestamp {
        self.chosen().unwrap_or_else(Timestamp::now)
    }

    /// How long it is until a moment; `None` while the clock is not followed.
    pub(super) fn until(&self, moment: Timestamp) -> Option<Duration> {
        if self.chosen().is_some() {
            return None;
        }
        let left = moment.as_millisecond() - Timestamp::now().as_millisecond();
        // A moment longer, so that it is over when we wake.
        Some(Duration::from_millis(u64::try_from(left).unwrap_or(0) + 1))
    }

    /// Goes to a moment that was typed, in the campaign's zone; back where nothing was.
    pub(super) fn travel(&mut self, to: &str, zone: &TimeZone) -> Result<(), String> {
        let to = to.trim();
        self.travelled = if to.is_empty() {
            None
        } else {
            let read = moment::read(to, zone);
            let at = read.map_err(|failure| failure.says.trim_start_matches("--as-of: ").to_owned())?;
            Some(Chosen { typed: Some(to.to_owned()), at })
        };
        Ok(())
    }

    /// Reads what was typed in the zone that the campaign has now, and says whether that leads to another moment.
    pub(super) fn read_again(&mut self, zone: &TimeZone) -> bool {
        let before = self.chosen();
        for chosen in [&mut self.named, &mut self.travelled].into_iter().flatten() {
            chosen.read_again(zone);
        }
        self.chosen() != before
    }

    /// What is printed about it.
    pub(super) fn told(&self, zone: &TimeZone) -> String {
        let moment = text(self.moment(), zone);
        if self.chosen().is_some() { moment } else { format!("now, {moment}") }
    }

    /// What the bar says about it.
    pub(super) fn shown(&self, zone: &TimeZone, next: Option<Timestamp>) -> Moment {
        let moment = self.moment();
        Moment {
            field: field(moment, zone),
            text: text(moment, zone),
            travelled: self.travelled.is_some(),
            home: self.named.as_ref().map_or_else(|| "now".to_owned(), |named| text(named.at, zone)),
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

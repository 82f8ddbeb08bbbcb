//! Time zones of a calendar (RFC 5545 §3.6.5), from the real transitions of each.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::lines::Lines;

/// How many years of transitions follow the last event of a rule that has no end.
const YEARS_AHEAD: i64 = 10;

/// The zones that a calendar names, each with the stretch of time for which it needs them.
#[derive(Debug, Default)]
pub(super) struct Zones(BTreeMap<String, (TimeZone, Timestamp, Timestamp)>);

impl Zones {
    /// Notes that a zone is needed for an instant.
    pub(super) fn need(&mut self, name: &str, zone: &TimeZone, at: Timestamp) {
        match self.0.get_mut(name) {
            Some((_, from, to)) => (*from, *to) = ((*from).min(at), (*to).max(at)),
            None => {
                self.0.insert(name.to_owned(), (zone.clone(), at, at));
            }
        }
    }

    /// Notes that a zone is needed from an instant on, without an end.
    pub(super) fn need_from(&mut self, name: &str, zone: &TimeZone, at: Timestamp) {
        self.need(name, zone, at);
        let later = zone.to_datetime(at).checked_add(YEARS_AHEAD.years()).ok();
        if let Some(later) = later.and_then(|civil| zone.to_timestamp(civil).ok()) {
            self.need(name, zone, later);
        }
    }

    /// Notes what others need.
    pub(super) fn extend(&mut self, others: &Zones) {
        for (name, (zone, from, to)) in &others.0 {
            self.need(name, zone, *from);
            self.need(name, zone, *to);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The `VTIMEZONE` components, by name.
    pub(super) fn write(&self, lines: &mut Lines) {
        for (name, (zone, from, to)) in &self.0 {
            lines.component("VTIMEZONE", |lines| {
                lines.raw("TZID", name);
                observances(zone, *from, *to).iter().for_each(|observance| observance.write(lines));
            });
        }
    }
}

/// What the clocks of a zone show, and the civil moments, by the clocks before, at which they begin to do so.
#[derive(Debug, PartialEq, Eq)]
struct Observance {
    daylight: bool,
    before: i32,
    after: i32,
    name: String,
    onsets: Vec<DateTime>,
}

/// The observances of a stretch of time, the one that holds at its beginning first. Onsets of the same kind are taken
/// together.
fn observances(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Vec<Observance> {
    // Two transitions before, for clients that want an observance of each kind wherever clocks change.
    let opening = zone.preceding(from).take(2).last();
    let opening = opening.map_or(Timestamp::UNIX_EPOCH.min(from), |opening| opening.timestamp());
    let before = zone.to_offset_info(opening);
    let before = (before.offset().seconds(), before.abbreviation().to_owned(), before.dst().is_dst());
    let mut all = vec![Observance {
        daylight: before.2,
        before: before.0,
        after: before.0,
        name: before.1,
        onsets: vec![zone.to_datetime(opening)],
    }];
    let mut offset = before.0;
    for transition in zone.following(opening).take_while(|transition| transition.timestamp() <= to) {
        let clock = jiff::tz::Offset::from_seconds(offset)
            .map_or(DateTime::ZERO, |offset| offset.to_datetime(transition.timestamp()));
        let next = Observance {
            daylight: transition.dst().is_dst(),
            before: offset,
            after: transition.offset().seconds(),
            name: transition.abbreviation().to_owned(),
            onsets: vec![clock],
        };
        offset = next.after;
        match all.iter_mut().find(|other| other.is_like(&next)) {
            Some(other) => other.onsets.extend(next.onsets),
            None => all.push(next),
        }
    }
    all
}

impl Observance {
    fn is_like(&self, other: &Observance) -> bool {
        (self.daylight, self.before, self.after, &self.name)
            == (other.daylight, other.before, other.after, &other.name)
    }

    fn write(&self, lines: &mut Lines) {
        let Some((first, rest)) = self.onsets.split_first() else { return };
        lines.component(if self.daylight { "DAYLIGHT" } else { "STANDARD" }, |lines| {
            lines.times("DTSTART", [*first]);
            if !rest.is_empty() {
                lines.times("RDATE", rest.iter().copied());
            }
            lines.raw("TZOFFSETFROM", &offset(self.before));
            lines.raw("TZOFFSETTO", &offset(self.after));
            lines.text("TZNAME", &self.name);
        });
    }
}

/// An offset (RFC 5545 §3.3.14), with seconds only where it has any.
fn offset(seconds: i32) -> String {
    let (sign, all) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let rest = if all.is_multiple_of(60) { String::new() } else { format!("{:02}", all % 60) };
    format!("{sign}{:02}{:02}{rest}", all / 3600, all / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str, from: &str, to: &str) -> Vec<(bool, String, String, usize)> {
        let all = observances(&TimeZone::get(name).unwrap(), from.parse().unwrap(), to.parse().unwrap());
        all.into_iter()
            .map(|one| (one.daylight, one.onsets[0].to_string(), offset(one.after), one.onsets.len()))
            .collect()
    }

    #[test]
    fn clocks_are_put_forward_and_back_when_they_are() {
        let text = |text: &str| text.to_owned();
        assert_eq!(
            zone("America/New_York", "2026-10-01T00:00:00Z", "2028-01-01T00:00:00Z"),
            [
                (false, text("2025-11-02T01:00:00"), text("-0500"), 1),
                (true, text("2026-03-08T02:00:00"), text("-0400"), 2),
                (false, text("2026-11-01T02:00:00"), text("-0500"), 2),
            ]
        );
        assert_eq!(
            zone("Australia/Lord_Howe", "2024-05-01T00:00:00Z", "2024-11-01T00:00:00Z").last(),
            Some(&(true, text("2024-10-06T02:00:00"), text("+1100"), 1))
        );
        assert_eq!(
            zone("Asia/Kolkata", "2024-05-01T00:00:00Z", "2034-11-01T00:00:00Z"),
            [
                (true, text("1942-09-01T01:00:00"), text("+0630"), 1),
                (false, text("1945-10-15T00:00:00"), text("+0530"), 1),
            ]
        );
        assert_eq!(zone("UTC", "2024-05-01T00:00:00Z", "2034-11-01T00:00:00Z").len(), 1);
    }
}

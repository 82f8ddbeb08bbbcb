//! From when to when a site takes part.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::campaign::Frame;
use crate::model::{LocationType, Stay};
use crate::parse::LocationFields;

/// Stretches of time, in order, each from its first instant to the first after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spans(Vec<(Timestamp, Timestamp)>);

impl Spans {
    /// All of time.
    fn always() -> Spans {
        Spans(vec![(Timestamp::MIN, Timestamp::MAX)])
    }

    /// When a location takes part: from its `from` to its `to`; a picket without them stands while the campaign
    /// strikes or is locked out.
    pub(super) fn of(fields: &LocationFields, frame: &Frame, zone: &TimeZone) -> Spans {
        let stay = Stay { from: fields.from, to: fields.to };
        let picket = fields.kind.unwrap_or_default() == LocationType::Picket;
        let base =
            if picket { Spans::of_strikes(frame, fields.employer.as_deref()) } else { Spans::always() };
        if stay == Stay::default() {
            return base;
        }
        let first = base.0.first().map_or(Timestamp::MIN, |(start, _)| *start);
        let last = base.0.last().map_or(Timestamp::MAX, |(_, end)| *end);
        let start = stay.from.map_or(first, |from| from.begins(zone));
        let end = stay.to.map_or(last, |to| to.ends(zone));
        Spans(vec![(start, end.max(start))])
    }

    /// The strikes and lockouts; all of time for a campaign that names none.
    fn of_strikes(frame: &Frame, employer: Option<&str>) -> Spans {
        let fits =
            |other: &Option<String>| other.is_none() || employer.is_none() || other.as_deref() == employer;
        let phases: Vec<_> = frame.phases.iter().filter(|phase| fits(&phase.employer)).collect();
        let mut spans: Vec<(Timestamp, Timestamp)> = Vec::new();
        for (index, phase) in phases.iter().enumerate() {
            if !phase.name.pickets() {
                continue;
            }
            let start = phase.from.begins(&frame.zone);
            let end = phases.get(index + 1).map_or(Timestamp::MAX, |next| next.from.begins(&frame.zone));
            match spans.last_mut() {
                Some(last) if last.1 >= start => last.1 = last.1.max(end),
                _ => spans.push((start, end)),
            }
        }
        if spans.is_empty() { Spans::always() } else { Spans(spans) }
    }

    /// The part of a stretch that lies within, where any does.
    pub(super) fn clip(&self, start: Timestamp, end: Timestamp) -> Option<(Timestamp, Timestamp)> {
        let clipped = self.0.iter().map(|span| (span.0.max(start), span.1.min(end)));
        clipped.into_iter().find(|(start, end)| start < end)
    }

    /// The first instant, where it has one.
    pub(super) fn begins(&self) -> Option<Timestamp> {
        self.0.first().map(|(start, _)| *start).filter(|start| *start != Timestamp::MIN)
    }

    /// The last instant, where it has one.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        self.0.last().map(|(_, end)| *end).filter(|end| *end != Timestamp::MAX)
    }
}

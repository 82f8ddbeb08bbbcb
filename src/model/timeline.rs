//! Timelines: dated entries in order.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Linked, Picture, Source, When};
use crate::base::DocId;

/// Entries in order of their earliest moment; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    events: Vec<LinkedEvent>,
    zone: Option<(TimeZone, String)>,
}

impl std::hash::Hash for Timeline {
    /// Everything but the zone itself, which its name stands for.
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.events, self.zone.as_ref().map(|(_, name)| name)).hash(state);
    }
}

impl Timeline {
    /// Puts entries in order: by the earliest moment, a month before its first day's entries, ties as they were
    /// written. `None` where there is no entry.
    pub fn new(mut events: Vec<LinkedEvent>, zone: Option<(TimeZone, String)>) -> Option<Timeline> {
        events.sort_by_key(|event| (event.from.first(), precision(event.from)));
        (!events.is_empty()).then_some(Timeline { events, zone })
    }

    /// The entries, earliest first.
    pub fn events(&self) -> &[LinkedEvent] {
        &self.events
    }

    /// The zone of clock times whose entry names no location; `None` is the campaign's.
    pub fn zone(&self) -> Option<&TimeZone> {
        self.zone.as_ref().map(|(zone, _)| zone)
    }

    /// The moment at which the first entry begins.
    pub fn begins(&self) -> DateTime {
        self.events.first().map_or(DateTime::MIN, |event| event.from.first())
    }
}

fn precision(when: When) -> u8 {
    match when {
        When::Year(_) => 0,
        When::Month(..) => 1,
        When::Day(_) => 2,
        When::Moment(_) => 3,
    }
}

/// An entry whose references are resolved.
pub type LinkedEvent = TimelineEvent<DocId, Picture, Linked>;

/// One entry. `R` is a name as typed or the document that it means, `P` likewise for the picture and `T` for the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TimelineEvent<R, P, T> {
    /// When it was, or began.
    pub from: When,
    /// When it ended, where it lasted.
    pub to: Option<When>,
    /// What happened, in a line.
    pub title: String,
    /// More about it.
    pub text: Option<T>,
    /// Where it is told.
    pub source: Option<Source>,
    /// The statement that goes with it.
    pub statement: Option<R>,
    /// Where it was.
    pub location: Option<R>,
    /// A picture of it.
    pub image: Option<P>,
    /// Whether the time is only roughly known.
    pub approximate: bool,
}

//! A shift or an event on one day.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Clock, ShiftHours, Speaker};
use crate::base::DocId;

/// A shift or an event on one day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Occurrence {
    /// The day on which it begins, in the place's own zone.
    pub date: Date,
    /// Its hours on paper.
    pub hours: ShiftHours,
    /// The instant of its beginning, where known.
    pub start: Option<Timestamp>,
    /// The instant of its end, where known.
    pub end: Option<Timestamp>,
    /// The first instant at which it is surely over: its end, or the end of its day.
    pub over: Timestamp,
    /// What it is called; `None` is the theme's word for a picket.
    pub title: Option<Arc<str>>,
    /// Whether it is a shift or an event.
    pub kind: OccurrenceKind,
    /// Whether it takes place.
    pub status: OccurrenceStatus,
    /// Why it changed.
    pub note: Option<Arc<str>>,
    /// Who speaks.
    pub speakers: Arc<[Speaker]>,
    /// Which shift, or which event, of its location's list it is of, from 0.
    pub line: usize,
    /// The day on which the plan has it: a day before `date` where a night shift was cut to its second half.
    pub planned: Date,
    /// Where it takes place, where a change took it from the place of its document.
    pub at: Option<DocId>,
    /// What it was before a change moved it here.
    pub origin: Option<Box<Origin>>,
    /// How many changes it went through.
    pub revision: u32,
}

/// What a moved occurrence was.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The document in whose plan it stands: its first version, in the order of the campaign's languages.
    pub document: DocId,
    /// The day on which the plan has it.
    pub planned: Date,
    /// The day on which it was to begin.
    pub date: Date,
    /// The instant at which it was to begin, where known.
    pub start: Option<Timestamp>,
}

/// What an occurrence is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OccurrenceKind {
    /// A shift.
    Shift,
    /// An event.
    Event,
}

/// Whether an occurrence takes place as planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OccurrenceStatus {
    /// It does.
    Planned,
    /// It does not.
    Cancelled,
    /// It does elsewhere, or at another time.
    Moved(Option<DocId>),
}

/// How an occurrence stands to a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It is over.
    Over,
    /// It is going on.
    Now,
    /// It is still to come, today.
    Today,
    /// It is still to come, on a later day.
    Later,
}

impl Occurrence {
    /// How it stands at the clock's moment, at a place of a zone.
    pub fn state(&self, clock: &Clock, zone: &TimeZone) -> State {
        match self.start {
            _ if clock.has_come(self.over) => State::Over,
            Some(start) if clock.has_come(start) => State::Now,
            _ if clock.has_day_come(self.date, zone) => State::Today,
            _ => State::Later,
        }
    }
}

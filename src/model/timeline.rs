//! Timelines: dated entries in order.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Linked, Picture, Source, When};
use crate::base::{DocId, OutPath, Slug};

/// Entries in order of their earliest moment; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    events: Vec<LinkedEvent>,
    anchors: Vec<String>,
    zone: Option<(TimeZone, String)>,
}

impl std::hash::Hash for Timeline {
    /// Everything but what follows from the rest: the anchors, and the zone, which its name stands for.
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.events, self.zone.as_ref().map(|(_, name)| name)).hash(state);
    }
}

impl Timeline {
    /// Where the entries of a timeline stand as JSON: beside its page.
    pub fn json_of(page: &OutPath) -> Option<OutPath> {
        OutPath::new(&format!("{}timeline.json", page.address()))
    }

    /// Puts entries in order: by the earliest moment, a month before its first day's entries, ties as they were
    /// written. `None` where there is no entry. Whether their titles are German decides on their anchors.
    pub fn new(
        mut events: Vec<LinkedEvent>,
        zone: Option<(TimeZone, String)>,
        german: bool,
    ) -> Option<Timeline> {
        events.sort_by_key(|event| order(event.from));
        let titles = events.iter().map(|event| (event.from, event.title.as_str()));
        let anchors = Timeline::anchors_of(titles, german);
        (!events.is_empty()).then_some(Timeline { events, anchors, zone })
    }

    /// The entries' anchors, in their order.
    pub fn anchors(&self) -> &[String] {
        &self.anchors
    }

    /// The anchors of entries by time and title, `2024-10-24-first-bakersfield-line`, in the order in which they are shown;
    /// with a number where one would stand twice.
    pub fn anchors_of<'t>(entries: impl IntoIterator<Item = (When, &'t str)>, german: bool) -> Vec<String> {
        let mut entries: Vec<(When, &str)> = entries.into_iter().collect();
        entries.sort_by_key(|(when, _)| order(*when));
        let mut taken = BTreeSet::new();
        let anchor = |(when, title): (When, &str)| {
            let slug = Slug::make(title, german);
            let wanted = format!("{}-{}", when.iso(), slug.as_ref().map_or("event", Slug::as_str));
            let numbered = (2..).map(|number| format!("{wanted}-{number}"));
            let free = std::iter::once(wanted.clone()).chain(numbered).find(|one| !taken.contains(one));
            let free = free.unwrap_or(wanted);
            taken.insert(free.clone());
            free
        };
        entries.into_iter().map(anchor).collect()
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

/// The place of an entry among the others.
fn order(when: When) -> (DateTime, u8) {
    let precision = match when {
        When::Year(_) => 0,
        When::Month(..) => 1,
        When::Day(_) => 2,
        When::Moment(_) => 3,
    };
    (when.first(), precision)
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

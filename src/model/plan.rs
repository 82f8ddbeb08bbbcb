//! What happens at a location, or of an event, and when.

use jiff::Timestamp;

use super::{Change, Gathering, Occurrence, Shift};
use crate::base::DocId;

/// The plan of a location or an event. It stands beside the card, so that a page that only names a place is not made
/// anew when an hour changes there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Plan {
    /// A location's shifts, shared ones first.
    pub shifts: Vec<Shift>,
    /// A location's events.
    pub events: Vec<Gathering>,
    /// Changes of plan.
    pub changes: Vec<Change<DocId>>,
    /// The instant at which the last shift is over at the latest, where one is known: the location's own end, or the
    /// strike's.
    pub ends: Option<Timestamp>,
    /// All shifts and events, day by day, in order of time.
    pub occurrences: Vec<Occurrence>,
}

impl Plan {
    /// A plan in which nothing happens.
    pub const fn none() -> Plan {
        Plan {
            shifts: Vec::new(),
            events: Vec::new(),
            changes: Vec::new(),
            ends: None,
            occurrences: Vec::new(),
        }
    }
}

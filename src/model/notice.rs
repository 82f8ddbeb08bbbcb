//! A change of plan as every page and the feeds tell it.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{ChangeStatus, DateRange, Hours};
use crate::base::OutPath;

/// A change of plan in the words of one language. It names places by their names, not by their documents, so that
/// nothing else about a place is read by whoever tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Notice {
    /// What happens.
    pub status: ChangeStatus,
    /// The event that changes; `None` where all shifts of the places do.
    pub title: Option<String>,
    /// The places that change, or the event with a page of its own; empty where all places do.
    pub places: Vec<String>,
    /// The days that change.
    pub dates: DateRange,
    /// The place to which it moves.
    pub to: Option<String>,
    /// The day to which it moves.
    pub to_date: Option<Date>,
    /// The hours to which it moves.
    pub hours: Option<Hours>,
    /// Why.
    pub note: Option<String>,
    /// The page that shows what changes.
    pub page: OutPath,
    /// The first instant at which all that it strikes, and all that it moves, is over.
    pub until: Timestamp,
    /// From when on it is told, as far as the content says: the eve of its first day, or the day on which its
    /// document was last changed.
    pub since: Timestamp,
}

//! Events: what has no lasting location of its own.

use super::{Coordinates, DateRange, ShiftHours, Speaker};
use crate::base::DocId;

/// What an event document says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Event {
    /// What happens and when.
    pub gathering: Gathering,
    /// Where.
    pub venue: Venue,
    /// Where online, also for an event that has a place.
    pub url: Option<String>,
}

/// Something that happens at a time: at a location, or as a document of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Gathering {
    /// What it is called.
    pub title: String,
    /// On which days.
    pub dates: DateRange,
    /// At what hours.
    pub hours: ShiftHours,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
}

/// Where an event takes place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Venue {
    /// At a location of the campaign.
    Location(DocId),
    /// Somewhere else.
    Place(Place),
    /// Nowhere but online, or not announced.
    None,
}

/// A place that has no page of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// What it is called.
    pub name: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// State, province or county.
    pub region: Option<String>,
    /// The postal code, as text.
    pub postal_code: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// Where on the map.
    pub coordinates: Option<Coordinates>,
}

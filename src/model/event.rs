//! Events: what has no lasting location of its own.

use std::collections::BTreeSet;

use super::{Coordinates, DateRange, Occurrence, OccurrenceStatus, Plan, ShiftHours, Speaker};
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

impl Event {
    /// The location that it names.
    pub fn location(&self) -> Option<DocId> {
        match self.venue {
            Venue::Location(id) => Some(id),
            Venue::Place(_) | Venue::None => None,
        }
    }

    /// The place without a page at which it is held by its plan; `None` where it moved away from there.
    pub fn place(&self, plan: &Plan) -> Option<&Place> {
        match &self.venue {
            Venue::Place(place) if !plan.held().any(|day| day.at.is_some()) => Some(place),
            Venue::Location(_) | Venue::Place(_) | Venue::None => None,
        }
    }

    /// The location at which one of its days takes place, or was to.
    pub fn location_of(&self, day: &Occurrence) -> Option<DocId> {
        day.at.or(self.location())
    }

    /// The location at which a day takes place, or was to; of no day in particular, the one that it names.
    pub fn location_on(&self, day: Option<&Occurrence>) -> Option<DocId> {
        day.map_or_else(|| self.location(), |day| self.location_of(day))
    }

    /// Every location at which it takes place by its plan, or was to.
    pub fn locations(&self, plan: &Plan) -> BTreeSet<DocId> {
        plan.occurrences.iter().filter_map(|day| self.location_of(day)).chain(self.location()).collect()
    }
}

impl Plan {
    /// The days on which something takes place.
    pub fn held(&self) -> impl Iterator<Item = &Occurrence> {
        self.occurrences.iter().filter(|day| day.status == OccurrenceStatus::Planned)
    }

    /// Whether an event takes place as a whole: of a series that is partly changed, each day says so.
    pub fn status(&self) -> EventStatus {
        let count =
            |wanted: fn(&Occurrence) -> bool| self.occurrences.iter().filter(|day| wanted(day)).count();
        let moved = count(|day| matches!(day.status, OccurrenceStatus::Moved(_)));
        let cancelled = count(|day| day.status == OccurrenceStatus::Cancelled);
        let as_planned = count(|day| day.status == OccurrenceStatus::Planned && day.origin.is_none());
        match (as_planned, self.held().count()) {
            (0, 0) if cancelled > 0 => EventStatus::Cancelled,
            (0, 1..) if moved > 0 => EventStatus::Moved,
            _ => EventStatus::Planned,
        }
    }
}

/// Whether an event takes place as planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventStatus {
    /// It does.
    Planned,
    /// It does not.
    Cancelled,
    /// It does at another time or place.
    Moved,
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

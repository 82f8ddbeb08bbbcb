//! Addresses in a line, in the order of their country.

use crate::model::{Coordinates, Location, Place};

/// A location's address in a line; `None` where nothing is known of it.
pub fn of_location(location: &Location) -> Option<String> {
    Address::of_location(location).line()
}

/// The same of a place that has no page; `zone` is the name of its time zone.
pub fn of_place(place: &Place, zone: &str) -> Option<String> {
    Address::of_place(place, zone).line()
}

/// The parts of an address.
#[derive(Default, Clone, Copy)]
pub(super) struct Address<'c> {
    pub(super) address: Option<&'c str>,
    pub(super) district: Option<&'c str>,
    pub(super) city: Option<&'c str>,
    pub(super) region: Option<&'c str>,
    pub(super) postal_code: Option<&'c str>,
    pub(super) country: Option<&'c str>,
    pub(super) coordinates: Option<Coordinates>,
    zone: &'c str,
}

impl<'c> Address<'c> {
    pub(super) fn of_location(location: &'c Location) -> Address<'c> {
        Address {
            address: location.address.as_deref(),
            district: location.district.as_deref(),
            city: location.city.as_deref(),
            region: location.region.as_deref(),
            postal_code: location.postal_code.as_deref(),
            country: location.country.as_deref(),
            coordinates: location.coordinates,
            zone: &location.zone_name,
        }
    }

    pub(super) fn of_place(place: &'c Place, zone: &'c str) -> Address<'c> {
        Address {
            address: place.address.as_deref(),
            district: None,
            city: place.city.as_deref(),
            region: place.region.as_deref(),
            postal_code: place.postal_code.as_deref(),
            country: place.country.as_deref(),
            coordinates: place.coordinates,
            zone,
        }
    }

    /// The name of the place's time zone, where it is known.
    pub(super) fn zone(&self) -> Option<&'c str> {
        Some(self.zone).filter(|zone| !zone.is_empty())
    }

    /// The address in a line: “9961 Sierra Ave., Fontana, CA 92335”, and on the continent of Europe “Allee 1, 08058 Zwickau”.
    pub(super) fn line(&self) -> Option<String> {
        let join = |parts: &[Option<&str>], between: &str| {
            let parts: Vec<&str> = parts.iter().flatten().copied().collect();
            (!parts.is_empty()).then(|| parts.join(between))
        };
        let continental = self.zone.starts_with("Europe/")
            && !matches!(self.zone, "Europe/London" | "Europe/Dublin" | "Europe/Belfast");
        let town = if continental {
            join(&[join(&[self.postal_code, self.city], " ").as_deref(), self.region], ", ")
        } else {
            join(&[self.city, join(&[self.region, self.postal_code], " ").as_deref()], ", ")
        };
        join(&[self.address, self.district, town.as_deref()], ", ")
    }
}

//! Places and their addresses.

use serde_json::{Value, json};

use crate::model::{Card, Coordinates, Location, LocationType, Place};
use crate::output::json::degrees;
use crate::output::view::View;

/// Where an event takes place, and in what way people attend.
pub(super) struct Where {
    /// One place or online address, or both.
    pub(super) location: Value,
    /// How people attend: <https://schema.org/EventAttendanceModeEnumeration>.
    pub(super) mode: &'static str,
}

impl Where {
    /// At a place, online, or both. A place that is not announced yet says so: an event without any is invalid.
    pub(super) fn new(place: Option<Value>, online: Option<&str>, view: &View<'_>) -> Where {
        let online = online.map(|url| json!({ "@type": "VirtualLocation", "url": url }));
        match (place, online) {
            (Some(place), Some(online)) => Where {
                location: json!([place, online]),
                mode: "https://schema.org/MixedEventAttendanceMode",
            },
            (None, Some(online)) => {
                Where { location: online, mode: "https://schema.org/OnlineEventAttendanceMode" }
            }
            (Some(place), None) => {
                Where { location: place, mode: "https://schema.org/OfflineEventAttendanceMode" }
            }
            (None, None) => {
                let open = view.word("place_open");
                let location = json!({ "@type": "Place", "name": open, "address": open });
                Where { location, mode: "https://schema.org/OfflineEventAttendanceMode" }
            }
        }
    }
}

/// A location that one can go to; `None` where it is online only.
pub(super) fn of_location(card: &Card, location: &Location, view: &View<'_>) -> Option<Value> {
    let address = Address {
        street: location.address.as_deref(),
        district: location.district.as_deref(),
        city: location.city.as_deref(),
        region: location.region.as_deref(),
        postal_code: location.postal_code.as_deref(),
        country: location.country.as_deref(),
    };
    let otherwise = location.entrances.first().map_or(card.title.as_str(), String::as_str);
    (location.kind != LocationType::Online).then(|| {
        json!({
            "@type": "Place",
            "name": card.title,
            "url": view.url(&card.route),
            "address": address.value(otherwise),
            "geo": location.coordinates.map(geo),
        })
    })
}

/// A place without a page of its own; `None` where nothing is known of it.
pub(super) fn of_place(place: &Place) -> Option<Value> {
    let address = Address {
        street: place.address.as_deref(),
        district: None,
        city: place.city.as_deref(),
        region: place.region.as_deref(),
        postal_code: place.postal_code.as_deref(),
        country: place.country.as_deref(),
    };
    let name = place.name.as_deref().or(address.street).or(address.city)?;
    Some(json!({
        "@type": "Place",
        "name": name,
        "address": address.value(name),
        "geo": place.coordinates.map(geo),
    }))
}

struct Address<'a> {
    street: Option<&'a str>,
    district: Option<&'a str>,
    city: Option<&'a str>,
    region: Option<&'a str>,
    postal_code: Option<&'a str>,
    country: Option<&'a str>,
}

impl Address<'_> {
    /// A postal address; plain text where neither street nor city is known, which `PostalAddress` needs.
    fn value(&self, otherwise: &str) -> Value {
        if self.street.is_none() && self.city.is_none() {
            let known = [Some(otherwise), self.district, self.region, self.postal_code, self.country];
            return known.into_iter().flatten().collect::<Vec<_>>().join(", ").into();
        }
        json!({
            "@type": "PostalAddress",
            "streetAddress": self.street,
            "addressLocality": self.city.or(self.district),
            "addressRegion": self.region,
            "postalCode": self.postal_code,
            "addressCountry": self.country,
        })
    }
}

fn geo(coordinates: Coordinates) -> Value {
    let (latitude, longitude) = degrees(coordinates);
    json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude })
}

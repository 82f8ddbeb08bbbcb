//! Places and their addresses.

use serde::Serialize;

use super::parts::Reference;
use crate::model::{self, Card, Coordinates, Location, LocationType};
use crate::output::json::degrees;
use crate::output::view::View;

/// Where an event takes place, and in what way people attend.
pub(super) struct Where<'a> {
    /// One place or online address, or both.
    pub(super) location: At<'a>,
    /// How people attend: <https://schema.org/EventAttendanceModeEnumeration>.
    pub(super) mode: &'static str,
}

/// The value of `location`.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum At<'a> {
    /// A place, or one that is told elsewhere.
    Place(Spot<'a>),
    /// An address of the net.
    Online(VirtualLocation<'a>),
    /// Both.
    Both(Spot<'a>, VirtualLocation<'a>),
}

/// A place, or one that is told elsewhere.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Spot<'a> {
    Told(Reference),
    Whole(Box<Place<'a>>),
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct VirtualLocation<'a> {
    url: &'a str,
}

/// A place. An id stands last: it is only for those that several events point at.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct Place<'a> {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    address: Address<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<GeoCoordinates>,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<&'static str>,
}

impl Place<'_> {
    pub(super) fn with_id(self, id: &'static str) -> Self {
        Place { id: Some(id), ..self }
    }
}

impl<'a> Where<'a> {
    /// At a place, online, or both. A place that is not announced yet says so: an event without any is invalid.
    pub(super) fn new(place: Option<Spot<'a>>, online: Option<&'a str>, view: &View<'_>) -> Where<'a> {
        let online = online.map(|url| VirtualLocation { url });
        let offline = "https://schema.org/OfflineEventAttendanceMode";
        let (location, mode) = match (place, online) {
            (Some(place), Some(online)) => {
                (At::Both(place, online), "https://schema.org/MixedEventAttendanceMode")
            }
            (None, Some(online)) => (At::Online(online), "https://schema.org/OnlineEventAttendanceMode"),
            (Some(place), None) => (At::Place(place), offline),
            (None, None) => {
                let open = view.word("place_open");
                let address = Address::Line(open.clone());
                let place = Place { name: open, url: None, address, geo: None, id: None };
                (At::Place(Spot::Whole(Box::new(place))), offline)
            }
        };
        Where { location, mode }
    }
}

/// A location that one can go to; `None` where it is online only.
pub(super) fn of_location<'a>(card: &'a Card, location: &'a Location, view: &View<'_>) -> Option<Place<'a>> {
    let known = Known {
        street: location.address.as_deref(),
        district: location.district.as_deref(),
        city: location.city.as_deref(),
        region: location.region.as_deref(),
        postal_code: location.postal_code.as_deref(),
        country: location.country.as_deref(),
    };
    let otherwise = location.entrances.first().map_or(card.title.as_str(), String::as_str);
    (location.kind != LocationType::Online).then(|| Place {
        name: card.title.clone(),
        url: Some(view.url(&card.route)),
        address: known.address(otherwise),
        geo: location.coordinates.map(geo),
        id: None,
    })
}

/// A place without a page of its own; `None` where nothing is known of it.
pub(super) fn of_place(place: &model::Place) -> Option<Place<'_>> {
    let known = Known {
        street: place.address.as_deref(),
        district: None,
        city: place.city.as_deref(),
        region: place.region.as_deref(),
        postal_code: place.postal_code.as_deref(),
        country: place.country.as_deref(),
    };
    let name = place.name.as_deref().or(known.street).or(known.city)?;
    Some(Place {
        name: name.to_owned(),
        url: None,
        address: known.address(name),
        geo: place.coordinates.map(geo),
        id: None,
    })
}

/// What is known of an address.
struct Known<'a> {
    street: Option<&'a str>,
    district: Option<&'a str>,
    city: Option<&'a str>,
    region: Option<&'a str>,
    postal_code: Option<&'a str>,
    country: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Address<'a> {
    Postal(PostalAddress<'a>),
    Line(String),
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct PostalAddress<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    street_address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_locality: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_country: Option<&'a str>,
}

impl<'a> Known<'a> {
    /// A postal address; plain text where neither street nor city is known, which `PostalAddress` needs.
    fn address(self, otherwise: &'a str) -> Address<'a> {
        if self.street.is_none() && self.city.is_none() {
            let known = [Some(otherwise), self.district, self.region, self.postal_code, self.country];
            return Address::Line(known.into_iter().flatten().collect::<Vec<_>>().join(", "));
        }
        Address::Postal(PostalAddress {
            street_address: self.street,
            address_locality: self.city.or(self.district),
            address_region: self.region,
            postal_code: self.postal_code,
            address_country: self.country,
        })
    }
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct GeoCoordinates {
    latitude: f64,
    longitude: f64,
}

fn geo(coordinates: Coordinates) -> GeoCoordinates {
    let (latitude, longitude) = degrees(coordinates);
    GeoCoordinates { latitude, longitude }
}

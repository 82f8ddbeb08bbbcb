//! Where the events of a calendar take place.

use jiff::tz::TimeZone;

use crate::model::{Card, Coordinates, Details, Event, Location, LocationType, Venue};
use crate::output::view::View;

/// Where a document's occurrences take place.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) zone: TimeZone,
    /// The IANA name of that zone.
    pub(super) zone_name: String,
    pub(super) name: Option<String>,
    address: Option<String>,
    online: Option<String>,
    pub(super) coordinates: Option<Coordinates>,
    /// What it is: “Picket”.
    pub(super) label: String,
    /// The page that tells of it.
    pub(super) page: String,
    /// Whether the document is an event with a page of its own, whose page stays where it is when it moves.
    pub(super) is_event: bool,
    /// What those who come should know, a line each.
    pub(super) practical: Vec<String>,
}

impl Spot {
    /// The spot of a location or an event; `None` for any other document.
    pub(super) fn of_document(card: &Card, view: &View<'_>) -> Option<Spot> {
        match &card.details {
            Details::Location(location) => Some(Spot::of_location(card, location, view)),
            Details::Event(event) => Some(Spot::of_event(card, event, view)),
            _ => None,
        }
    }

    fn of_location(card: &Card, location: &Location, view: &View<'_>) -> Spot {
        let word =
            LocationType::ALL.iter().find(|(_, kind)| *kind == location.kind).map_or("", |(word, _)| word);
        let practical = &location.practical;
        let lines = [
            ("meet_at", &practical.meet_at),
            ("bring", &practical.bring),
            ("parking", &practical.parking),
            ("transit", &practical.transit),
            ("access", &practical.access),
        ];
        let line =
            |(word, text): (&str, &Option<String>)| Some(format!("{}: {}", view.word(word), text.as_ref()?));
        let entrances = location.entrances.join("; ");
        let entrances = (!entrances.is_empty()).then(|| format!("{} {entrances}", view.word("entrances")));
        Spot {
            zone: location.zone.clone(),
            zone_name: location.zone_name.clone(),
            name: Some(card.title.clone()),
            address: view.address(location),
            online: location.url.clone(),
            coordinates: location.coordinates.filter(|_| location.kind != LocationType::Online),
            label: view.word(&format!("type_{word}")),
            page: view.url(&card.route),
            is_event: false,
            practical: entrances.into_iter().chain(lines.into_iter().filter_map(line)).collect(),
        }
    }

    fn of_event(card: &Card, event: &Event, view: &View<'_>) -> Spot {
        let nowhere = Spot {
            zone: view.campaign.zone.clone(),
            zone_name: view.campaign.zone_name.clone(),
            name: None,
            address: None,
            online: event.url.clone(),
            coordinates: None,
            label: view.word("event"),
            page: view.url(&card.route),
            is_event: true,
            practical: Vec::new(),
        };
        match &event.venue {
            Venue::Location(id) => {
                let there = view.reader.card(view.reader.version(*id, view.language));
                match there.map(|card| (card, &card.details)) {
                    Some((card, Details::Location(location))) => {
                        nowhere.at(Spot::of_location(card, location, view))
                    }
                    _ => nowhere,
                }
            }
            Venue::Place(place) => Spot {
                name: place.name.clone(),
                address: view.place_address(place),
                coordinates: place.coordinates,
                ..nowhere
            },
            Venue::None => nowhere,
        }
    }

    /// The same event at another place.
    pub(super) fn at(&self, place: Spot) -> Spot {
        Spot {
            online: self.online.clone().or(place.online),
            label: self.label.clone(),
            page: self.page.clone(),
            is_event: self.is_event,
            ..place
        }
    }

    /// The place in a line: its name and address, else where online it is, else that it will be announced.
    pub(super) fn line(&self, view: &View<'_>) -> String {
        let parts: Vec<&str> =
            [&self.name, &self.address].into_iter().flatten().map(String::as_str).collect();
        match (parts.is_empty() || self.address.is_none() && self.coordinates.is_none(), &self.online) {
            (true, Some(online)) => online.clone(),
            _ if parts.is_empty() => view.word("place_open"),
            _ => parts.join(", "),
        }
    }
}

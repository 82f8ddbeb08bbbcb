//! `locations.geojson` (RFC 7946): the campaign's map, for whoever draws one.

use serde_json::{Value, json};

use super::json::{compact, degrees, file};
use super::time::rfc3339;
use super::view::View;
use crate::base::OutPath;
use crate::model::{
    Card, Details, Kind, Location, LocationStatus, LocationType, Occurrence, OccurrenceStatus,
};

/// All locations that have a place on the map, in the default language.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let locations = view.reader.of_kind(view.language, Kind::Location).iter();
    let features: Vec<Value> =
        locations.filter_map(|id| view.reader.card(*id)).filter_map(|card| feature(card, view)).collect();
    file(&json!({ "type": "FeatureCollection", "features": features }))
}

fn feature(card: &Card, view: &View<'_>) -> Option<Value> {
    let Details::Location(location) = &card.details else { return None };
    let (latitude, longitude) = degrees(location.coordinates?);
    let properties = compact(json!({
        "name": card.title,
        "url": view.url(&card.route),
        "address": location.address,
        "city": location.city,
        "region": location.region,
        "type": word_of(&LocationType::ALL, location.kind),
        "status": word_of(&LocationStatus::ALL, location.status),
        "next": next(card, location, view),
    }));
    Some(json!({
        "type": "Feature",
        "id": card.slug.as_str(),
        "geometry": { "type": "Point", "coordinates": [longitude, latitude] },
        "properties": properties,
    }))
}

/// The occurrence that goes on or comes next at the site's moment, cancelled and moved ones left aside.
fn next(card: &Card, location: &Location, view: &View<'_>) -> Option<Value> {
    let clock = view.reader.clock();
    let stands = |next: &&Occurrence| next.status == OccurrenceStatus::Planned && !clock.has_come(next.over);
    let next = view.reader.plan(card.id).occurrences.iter().find(stands)?;
    Some(json!({
        "date": next.date.to_string(),
        "start": next.start.map(|start| rfc3339(start, &location.zone)),
        "end": next.end.map(|end| rfc3339(end, &location.zone)),
        "title": next.title.as_deref().map_or_else(|| view.word("type_picket"), str::to_owned),
        "label": view.hours(next),
    }))
}

fn word_of<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> Option<&'static str> {
    words.iter().find(|(_, other)| *other == value).map(|(word, _)| *word)
}

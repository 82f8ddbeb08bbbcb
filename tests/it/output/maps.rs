//! `locations.geojson`.

use handbill::model::{LocationStatus, OccurrenceStatus, Route};
use jiff::civil::date;
use serde_json::{Value, json};

use super::sites::{add, add_planned, at, change, picket, relocate, replan, shift, site};
use super::{term, text};

#[test]
fn a_location_has_its_pin_and_its_next_shift() {
    let mut site = site();
    let days = [21, 22, 23, 24].map(|day| shift(date(2024, 10, day)));
    let id = add_planned(&mut site, picket("fontana", "Fontana"), days.to_vec());
    site.moment = at("2024-10-22T14:00:00-07:00");
    replan(&mut site, id, |plan| plan.occurrences[2].status = OccurrenceStatus::Cancelled);
    let map: Value = serde_json::from_str(&text(&site, "locations.geojson", &Route::GeoJson)).unwrap();
    assert_eq!(
        map,
        json!({
            "type": "FeatureCollection",
            "features": [{
                "type": "Feature",
                "id": "fontana",
                "geometry": { "type": "Point", "coordinates": [-117.4343, 34.072_612] },
                "properties": {
                    "name": "Fontana",
                    "url": "https://union.example/locations/fontana/",
                    "address": "9961 Sierra Ave",
                    "city": "Fontana",
                    "region": "CA",
                    "type": "picket",
                    "status": "active",
                    "next": {
                        "date": "2024-10-24",
                        "start": "2024-10-24T06:00:00-07:00",
                        "end": "2024-10-24T14:00:00-07:00",
                        "title": "[type_picket]",
                        "label": "06:00:00-14:00:00",
                    },
                },
            }],
        })
    );
}

#[test]
fn what_has_no_place_has_no_pin() {
    let mut site = site();
    let nowhere = add(&mut site, picket("nowhere", "Nowhere"));
    relocate(&mut site, nowhere, |location| location.coordinates = None);
    let exempt = add(&mut site, picket("exempt", "Exempt"));
    relocate(&mut site, exempt, |location| location.status = LocationStatus::Exempt);
    change(&mut site, exempt, |card| card.title = "\"Gate\" <2>".to_owned());
    let map: Value = serde_json::from_str(&text(&site, "locations.geojson", &Route::GeoJson)).unwrap();
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), 1);
    assert_eq!(features[0]["properties"]["name"], "\"Gate\" <2>");
    assert_eq!(features[0]["properties"]["status"], "exempt");
    assert!(features[0]["properties"].get("next").is_none());
}

#[test]
fn the_map_holds_until_the_next_shift_is_over() {
    let mut site = site();
    add_planned(&mut site, picket("fontana", "Fontana"), vec![shift(date(2024, 10, 24))]);
    let term = term(&site, "locations.geojson", &Route::GeoJson);
    assert_eq!(term.until(), Some(at("2024-10-24T14:00:00-07:00")));
}

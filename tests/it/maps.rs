//! The map on the page of all places: its weight, its numbers, and what stands in the list without a pin.

use handbill::base::{File, Tree};

use super::support::{self, at};

/// Where places lie close together, with what is around.
const UNITED_STATES: [(&str, f64, f64); 8] = [
    ("CA", 34.05, -118.25),
    ("CA", 37.80, -122.25),
    ("WA", 47.60, -122.33),
    ("IL", 41.88, -87.63),
    ("NY", 40.71, -74.00),
    ("TX", 29.76, -95.37),
    ("HI", 21.31, -157.86),
    ("AK", 61.22, -149.90),
];
const GERMANY: [(&str, f64, f64); 5] = [
    ("Berlin", 52.52, 13.40),
    ("Bayern", 48.14, 11.58),
    ("NRW", 50.94, 6.96),
    ("Hamburg", 53.55, 10.0),
    ("Sachsen", 51.34, 12.37),
];
const PACIFIC: [(&str, f64, f64); 5] = [
    ("Auckland", -36.85, 174.76),
    ("Wellington", -41.29, 174.78),
    ("Fiji", -18.14, 178.44),
    ("Fiji", -16.98, -179.95),
    ("Fiji", -16.43, 179.37),
];

/// A campaign of so many places, spread around some cities without chance.
fn campaign(cities: &[(&str, f64, f64)], count: usize) -> Tree {
    let mut tree = support::tree(&[
        (
            "content/campaign.yaml",
            "title: Maps\nbase_url: https://union.example/\ntime_zone: UTC\nunion: { name: Union }\n",
        ),
        ("content/index.md", "---\ntitle: All places\n---\n"),
    ]);
    for index in 0..count {
        let (region, latitude, longitude) = cities[index % cities.len()];
        let turn = f64::from(u32::try_from(index).unwrap()) * 2.4;
        let away = 0.25 * turn.sqrt();
        let longitude = (longitude + away * turn.cos() + 180.0).rem_euclid(360.0) - 180.0;
        let latitude = latitude + away * turn.sin() * 0.4;
        let text = format!(
            "---\nname: Place {index:03}\nregion: {region}\ntype: hall\ncoordinates: {latitude:.4}, {longitude:.4}\n---\n"
        );
        let path = support::source(&format!("content/locations/place-{index:03}.md"));
        tree.insert(path, File::new(text.into_bytes()));
    }
    tree
}

fn page(tree: &Tree) -> String {
    let built = support::build(tree, at("2026-11-24T12:00:00Z"));
    assert!(!built.outputs.is_empty(), "{}", built.report);
    built.text("locations/index.html").to_owned()
}

/// The drawing of a page.
fn drawing(page: &str) -> &str {
    let start = page.find("<svg viewBox").expect("a map");
    &page[start..start + page[start..].find("</svg>").unwrap() + "</svg>".len()]
}

/// The numbers that labels bear, in order: of `3–5`, all three.
fn numbers(drawing: &str) -> Vec<usize> {
    let labels = drawing.split("class=\"numbers\"").nth(1).unwrap().split("</g>").next().unwrap();
    let texts = labels.split("</text>").filter_map(|text| text.rsplit_once('>').map(|(_, text)| text));
    let all = texts.filter(|text| !text.is_empty()).flat_map(|text| match text.split_once('–') {
        Some((first, last)) => (first.parse().unwrap()..=last.parse().unwrap()).collect::<Vec<usize>>(),
        None => text.split(", ").map(|number| number.parse().unwrap()).collect(),
    });
    let mut all: Vec<usize> = all.collect();
    all.sort_unstable();
    all
}

#[test]
fn every_place_has_its_number_and_no_map_weighs_much() {
    for (name, cities) in [("US", &UNITED_STATES[..]), ("Germany", &GERMANY), ("the Pacific", &PACIFIC)] {
        for count in [1, 5, 60, 200] {
            let page = page(&campaign(cities, count));
            let drawing = drawing(&page);
            assert!(drawing.len() < 30_000, "{count} places in {name}: {} bytes", drawing.len());
            assert_eq!(numbers(drawing), (1..=count).collect::<Vec<_>>(), "{count} places in {name}");
            assert!(drawing.contains("role=\"img\" aria-labelledby=\"_map-title _map-text\""));
            assert!(!drawing.contains("style=") && !drawing.contains("NaN") && !drawing.contains("inf"));
            let listed: Vec<usize> = page
                .split("class=\"number\">")
                .skip(1)
                .map(|rest| rest.split('<').next().unwrap().parse().unwrap())
                .collect();
            assert_eq!(listed, (1..=count).collect::<Vec<_>>(), "{count} places in {name}");
        }
    }
}

#[test]
fn fiji_is_beside_new_zealand() {
    let page = page(&campaign(&PACIFIC, 5));
    let drawing = drawing(&page);
    // Places that lie some degrees apart on both sides of the antimeridian have a map of the Pacific, with a scale.
    assert!(drawing.contains("class=\"scale\"") && drawing.contains("Nouméa"));
    assert!(!drawing.contains("Moscow") && !drawing.contains("London"));
}

#[test]
fn a_place_without_coordinates_is_in_the_list_without_a_pin() {
    let mut tree = campaign(&GERMANY, 3);
    for (name, text) in [
        ("hall", "name: A hall\nregion: AAA\ntype: hall"),
        ("call", "name: A call\nregion: AAB\ntype: online\nurl: https://union.example/call"),
    ] {
        let path = support::source(&format!("content/locations/{name}.md"));
        tree.insert(path, File::new(format!("---\n{text}\n---\n").into_bytes()));
    }
    let with = page(&tree);
    assert_eq!(numbers(drawing(&with)), [3, 4, 5]);
    assert!(drawing(&with).contains("<desc id=\"_map-text\">3 places."));
    assert_eq!(with.matches("Not on the map").count(), 1, "online places have no place on it");
    for file in ["place-000", "place-001", "place-002"] {
        tree.remove(&support::source(&format!("content/locations/{file}.md")));
    }
    let without = page(&tree);
    assert!(!without.contains("<svg viewBox") && !without.contains("Not on the map"));
    assert!(without.contains("A hall"));
}

//! The one script of the default theme: small, checked by the browser, and never what a page needs to be read.

use handbill::base::integrity;
use handbill::theme::embedded;

use crate::support::{at, build, tree};

/// The most bytes of the script.
const MOST: usize = 3000;

const CAMPAIGN: &str = "title: Care\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
    union: { name: Nurses }\nphases:\n  - { phase: strike, from: 2024-10-21 06:00 }\n";
const PLACE: &str = "---\nname: Fontana\ncoordinates: 34.0726, -117.4343\n\
    shifts: [ { days: every day, hours: 6am-2pm } ]\n---\n";

fn script() -> &'static str {
    let (_, bytes) = embedded::FILES.iter().find(|(path, _)| *path == "static/now.js").unwrap();
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn the_script_is_small_and_reaches_nothing() {
    let script = script();
    assert!(script.len() < MOST, "it has {} bytes", script.len());
    let reaches = [
        "fetch(",
        "XMLHttpRequest",
        "import",
        "eval(",
        "Function(",
        "innerHTML",
        "cookie",
        "Storage",
        "http",
    ];
    for word in reaches {
        assert!(!script.contains(word), "it names {word}");
    }
}

#[test]
fn pages_load_it_with_its_digest_until_the_site_is_a_record() {
    let files = |phases: &str| {
        let campaign = format!("{CAMPAIGN}{phases}");
        let files = [
            ("content/campaign.yaml", campaign.as_str()),
            ("content/index.md", "---\ntitle: Home\n---\nWelcome.\n"),
            ("content/locations/fontana.md", PLACE),
        ];
        build(&tree(&files), at("2024-10-24T06:30:00-07:00"))
    };
    let built = files("");
    let (path, bytes) =
        built.outputs.iter().find(|(path, _)| path.as_str().starts_with("assets/now.")).unwrap();
    assert_eq!(bytes, script().as_bytes());
    let digest = integrity(bytes);
    let element = format!("<script src=\"/{path}\" integrity=\"{digest}\" defer></script>");
    for page in ["index.html", "locations/index.html", "locations/fontana/index.html"] {
        let html = built.text(page);
        assert!(html.contains(&element), "{page} lacks {element}");
        assert!(html.contains("data-zone=\"America/Los_Angeles\" data-as-of=\"2024-10-24T06:30:00-07:00\""));
    }
    let record = files("  - { phase: settled, from: 2024-10-24 }\n");
    for (path, bytes) in record.outputs.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        assert!(!html.contains("<script src"), "{path} of a record counts on");
    }
}

#[test]
fn without_a_script_a_page_says_what_is_on_as_of_its_build() {
    let files = [
        ("content/campaign.yaml", CAMPAIGN),
        ("content/index.md", "---\ntitle: Home\n---\nWelcome.\n"),
        ("content/locations/fontana.md", PLACE),
    ];
    let built = build(&tree(&files), at("2024-10-24T06:30:00-07:00"));
    let home = built.text("index.html");
    assert!(home.contains("data-text=\"Strike day {n}\">Strike day 4</p>"), "{home}");
    let group = "data-start=\"2024-10-24T06:00:00-07:00\" data-over=\"2024-10-24T14:00:00-07:00\">";
    let group = home.split(group).nth(1).unwrap();
    assert!(group.split("</h3>").next().unwrap().contains("<strong class=\"now\">Now</strong>"), "{group}");
    assert!(home.contains("data-now=\"Today\" data-next=\"Next\">Today</strong>"), "{home}");
    let locations = built.text("locations/index.html");
    assert!(locations.contains("id=\"_week-today\" checked>"), "{locations}");
    assert_eq!(locations.matches("data-away=\"6\"").count(), 2, "a column for each of seven days");
}

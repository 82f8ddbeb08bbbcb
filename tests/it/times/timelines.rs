//! Timelines: as data for others, embedded, and counted in days.

use serde_json::{Value, json};

use crate::support::{Built, at, build, tree};

const CAMPAIGN: &str = "title: Care\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
    union: { name: Nurses }\n";
const STRIKE: &str = "---\ntitle: The strike\nevents:\n\
    \x20 - { date: 2024-09-30, title: The contract expires, source: { title: Us, url: https://us.example/ } }\n\
    \x20 - { date: 2024-10-27, title: The vote closes, text: \"See [[about]].\", location: reno }\n\
    \x20 - { date: 2024-10-29 19:00, title: Talks, location: reno }\n\
    \x20 - { date: 2023, title: A year, approximate: true }\n\
    \x20 - { date: { from: 2023-10, to: 2023-11 }, title: Two months }\n---\nIn order.\n";
const RENO: &str = "---\nname: Reno\ntime_zone: America/Denver\ncoordinates: 39.5, -119.8\n---\n";

fn site() -> Built {
    build(
        &tree(&[
            ("content/campaign.yaml", CAMPAIGN),
            ("content/index.md", "---\ntitle: Home\n---\nWelcome.\n"),
            ("content/about.md", "---\ntitle: About\n---\n![[strike]]\n"),
            ("content/locations/reno.md", RENO),
            ("content/timelines/strike.md", STRIKE),
        ]),
        at("2024-10-24T05:40:00-07:00"),
    )
}

#[test]
fn entries_are_there_as_data() {
    let built = site();
    let data: Value = serde_json::from_str(built.text("timelines/strike/timeline.json")).unwrap();
    let events = data["events"].as_array().unwrap();
    let dates: Vec<&Value> = events.iter().map(|event| &event["date"]).collect();
    assert_eq!(dates, ["2023", "2023-10", "2024-09-30", "2024-10-27", "2024-10-29T19:00:00-06:00"]);
    let precisions: Vec<&Value> = events.iter().map(|event| &event["precision"]).collect();
    assert_eq!(precisions, ["year", "month", "day", "day", "moment"]);
    assert_eq!((&events[0]["approximate"], &events[1]["end"]), (&json!(true), &json!("2023-11")));
    assert_eq!(events[2]["source"]["url"], "https://us.example/");
    let vote = &events[3];
    assert_eq!(vote["html"], "<p>See <a href=\"https://union.example/about/\">About</a>.</p>\n");
    assert_eq!(vote["location"]["url"], "https://union.example/locations/reno/");
    let anchor = vote["url"].as_str().unwrap().split('#').nth(1).unwrap().to_owned();
    assert!(built.text("timelines/strike/index.html").contains(&format!("id=\"{anchor}\"")));
}

#[test]
fn days_are_counted_where_a_single_day_is_meant() {
    let built = site();
    for page in ["timelines/strike/index.html", "about/index.html"] {
        let html = built.text(page);
        assert!(html.contains("data-ago=\"2024-09-30\" data-n=\"-24\">24 days ago</span>"), "{page}");
        assert!(html.contains("data-ago=\"2024-10-27\" data-n=\"3\">in 3 days</span>"), "{page}");
        assert_eq!(html.matches("data-ago").count(), 3, "{page} counts a month or a year in days");
        assert!(html.contains("<ol class=\"timeline\">") && html.contains("https://us.example/"), "{page}");
    }
    let home = built.text("index.html");
    assert!(home.contains("Dates ahead") && home.contains("The vote closes"), "{home}");
}

//! Changes of plan, and what follows from them.

use handbill::diagnostics::stops;
use serde_json::Value;

use crate::support::{Built, at, build, tree};

const CAMPAIGN: &str = "title: Care\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
    languages: [en, es]\nunion: { name: Nurses }\nphases: [ { phase: strike, from: 2024-10-21 06:00 } ]\n";
const HOME: &str = "---\ntitle: Home\n---\nWelcome.\n";
const FONTANA: &str = "---\nname: Fontana\ncoordinates: 34.0726, -117.4343\n\
    shifts: [ { days: 2024-10-21 to 2024-10-26, hours: 6am-2pm } ]\n";
const ANAHEIM: &str = "---\nname: Anaheim\ncoordinates: 33.8530, -117.8432\n\
    shifts: [ { days: 2024-10-21, hours: 6am-2pm } ]\n";

/// A site of two places, with more lines for each, at noon of October 22.
fn site(campaign: &str, fontana: &str, anaheim: &str, more: &[(&str, &str)]) -> Built {
    let files = [
        ("content/campaign.yaml", format!("{CAMPAIGN}{campaign}")),
        ("content/index.md", HOME.to_owned()),
        ("content/index.es.md", HOME.to_owned()),
        ("content/about.md", "---\ntitle: About\n---\nWe.\n".to_owned()),
        ("content/locations/fontana.md", format!("{FONTANA}{fontana}---\n")),
        ("content/locations/anaheim.md", format!("{ANAHEIM}{anaheim}---\n")),
    ];
    let files = files.iter().map(|(path, text)| (*path, text.as_str()));
    let files: Vec<(&str, &str)> = files.chain(more.iter().copied()).collect();
    let built = build(&tree(&files), at("2024-10-22T12:00:00-07:00"));
    assert!(!stops(&built.findings), "{}", built.report);
    built
}

/// The events of a page's structured data that begin on a day.
fn events(built: &Built, page: &str, start: &str) -> Vec<Value> {
    let html = built.text(page);
    let json = html.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    let data: Value = serde_json::from_str(json.split("</script>").next().unwrap()).unwrap();
    let nodes = data["@graph"].as_array().unwrap().clone();
    let begins = |node: &Value| node["startDate"].as_str().is_some_and(|date| date.starts_with(start));
    nodes.into_iter().filter(begins).collect()
}

/// The components of a calendar that hold all of some lines.
fn holding<'b>(built: &'b Built, path: &str, lines: &[&str]) -> Vec<&'b str> {
    let text = built.text(path);
    let components = text.split("BEGIN:VEVENT").skip(1);
    components.filter(|one| lines.iter().all(|line| one.contains(line))).collect()
}

#[test]
fn what_is_cancelled_is_told_on_every_page_until_it_is_over() {
    let change = "changes: [ { date: 2024-10-23, status: cancelled, note: Smoke } ]\n";
    let built = site("", change, "", &[]);
    for page in ["index.html", "about/index.html", "es/index.html", "404.html"] {
        let html = built.text(page);
        assert!(html.contains("data-until=\"2024-10-23T14:00:00-07:00\""), "{page} has no bar");
        assert!(html.contains("Smoke"), "{page} does not say why");
    }
    assert!(built.text("about/index.html").contains("Cancelled: Fontana, Wednesday, Oct 23"));
    assert!(built.text("es/index.html").contains("Cancelado: Fontana, miércoles"));
    let place = built.text("locations/fontana/index.html");
    assert!(place.contains("<s class=\"hours struck\">6 a.m.–2 p.m.</s>"));
    let told = &events(&built, "locations/fontana/index.html", "2024-10-23")[0];
    assert_eq!(told["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(told["description"], "Smoke");
    for calendar in ["calendar.ics", "locations/fontana/calendar.ics"] {
        let lines =
            ["RECURRENCE-ID;TZID=America/Los_Angeles:20241023T060000", "STATUS:CANCELLED", "SEQUENCE:1"];
        assert_eq!(holding(&built, calendar, &lines).len(), 1, "{calendar}");
    }
    let id = "https://union.example/locations/fontana/#cancelled-2024-10-23-fontana";
    let atom = built.text("atom.xml");
    assert!(atom.contains(&format!("<id>{id}</id>")) && atom.contains("Smoke"), "{atom}");
    assert!(atom.contains("<updated>2024-10-22T00:00:00-07:00</updated>"), "it is told on the eve");
    let feed: Value = serde_json::from_str(built.text("feed.json")).unwrap();
    assert_eq!(feed["items"][0]["id"], id);
    assert_eq!(feed["items"][0]["title"], "Cancelled: Fontana, Wednesday, October 23, 2024");

    let past = site("", &change.replace("10-23", "10-21"), "", &[]);
    assert!(!past.text("about/index.html").contains("data-until"), "the bar stays for ever");
    assert!(past.text("atom.xml").contains("#cancelled-2024-10-21-fontana"), "the feed forgets");
}

#[test]
fn what_moves_is_struck_here_and_stands_there() {
    let change = "changes: [ { date: 2024-10-23, status: moved, to: anaheim, to_date: 2024-10-24, \
        hours: 7am-3pm, note: Permit } ]\n";
    let built = site("", change, "", &[]);
    assert!(built.text("about/index.html").contains("Moved: Fontana, Wednesday, Oct 23"));
    assert!(built.text("about/index.html").contains("Now Thursday, Oct 24, 7 a.m.–3 p.m., Anaheim"));
    assert!(
        built.text("locations/fontana/index.html").contains("<s class=\"hours struck\">6 a.m.–2 p.m.</s>")
    );
    assert!(built.text("locations/anaheim/index.html").contains("7 a.m.–3 p.m."));
    let told = &events(&built, "locations/anaheim/index.html", "2024-10-24T07:00")[0];
    assert_eq!(told["eventStatus"], "https://schema.org/EventRescheduled");
    assert_eq!(told["previousStartDate"], "2024-10-23T06:00:00-07:00");
    let lines = [
        "UID:locations-fontana-2024-10-21@union.example",
        "RECURRENCE-ID;TZID=America/Los_Angeles:20241023T060000",
        "DTSTART;TZID=America/Los_Angeles:20241024T070000",
        "LOCATION:Anaheim",
        "URL:https://union.example/locations/anaheim/",
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
    ];
    for path in ["calendar.ics", "locations/fontana/calendar.ics", "locations/anaheim/calendar.ics"] {
        assert_eq!(holding(&built, path, &lines).len(), 1, "{path}:\n{}", built.text(path));
    }
}

#[test]
fn what_moves_to_a_day_that_is_cancelled_there_is_cancelled() {
    let moved = "changes: [ { date: 2024-10-23, status: moved, to: anaheim, to_date: 2024-10-25 } ]\n";
    let smoke = "changes: [ { locations: all, date: 2024-10-25, status: cancelled, note: Smoke } ]\n";
    let built = site(smoke, moved, "", &[]);
    let told = &events(&built, "locations/anaheim/index.html", "2024-10-25")[0];
    assert_eq!(told["eventStatus"], "https://schema.org/EventCancelled");
    let lines = ["20241023T060000", "20241025T060000", "STATUS:CANCELLED", "SEQUENCE:2"];
    assert_eq!(holding(&built, "locations/anaheim/calendar.ics", &lines).len(), 1);
    assert!(built.text("index.html").contains("Cancelled: all places, Friday, Oct 25"));
}

#[test]
fn the_order_of_changes_does_not_save_what_one_of_them_cancels() {
    let moved = "{ date: 2024-10-23, status: moved, to_date: 2024-10-30 }";
    let cancelled = "{ date: 2024-10-30, status: cancelled, note: Smoke }";
    for changes in [[moved, cancelled], [cancelled, moved]] {
        let built = site("", &format!("changes: [ {} ]\n", changes.join(", ")), "", &[]);
        let told = &events(&built, "locations/fontana/index.html", "2024-10-30")[0];
        assert_eq!(told["eventStatus"], "https://schema.org/EventCancelled", "{changes:?}");
    }
}

#[test]
fn an_event_that_moves_takes_its_page_along() {
    let rally = "---\ntitle: Rally\ndate: 2024-10-23\nhours: 5pm-6pm\nlocation: fontana\n\
        changes: [ { date: 2024-10-23, status: moved, to: anaheim, hours: 6pm-7pm } ]\n---\n";
    let built = site("", "", "", &[("content/events/rally.md", rally)]);
    let page = built.text("events/rally/index.html");
    assert!(page.contains("<s class=\"hours struck\">5–6 p.m.</s>") && page.contains("6–7 p.m."), "{page}");
    let told = &events(&built, "events/rally/index.html", "2024-10-23T18:00")[0];
    assert_eq!(told["location"]["name"], "Anaheim");
    assert_eq!(told["eventStatus"], "https://schema.org/EventRescheduled");
    let lines = ["UID:events-rally-event@", "20241023T180000", "LOCATION:Anaheim", "/events/rally/"];
    assert_eq!(holding(&built, "calendar.ics", &lines).len(), 1);
}

#[test]
fn a_translation_strikes_the_event_that_the_original_names() {
    let events = "events: [ { title: Rally, date: 2024-10-23, hours: 12pm-1pm } ]\n\
        changes: [ { date: 2024-10-23, title: Rally, status: cancelled } ]\n";
    let spanish =
        "---\nname: Fontana\nevents: [ { title: Mitin, date: 2024-10-23, hours: 12pm-1pm } ]\n---\n";
    let built = site("", events, "", &[("content/locations/fontana.es.md", spanish)]);
    let told = events_titled(&built, "es/locations/fontana/index.html", "Mitin");
    assert_eq!(told["eventStatus"], "https://schema.org/EventCancelled");
}

fn events_titled(built: &Built, page: &str, title: &str) -> Value {
    events(built, page, "2024").into_iter().find(|event| event["name"] == title).unwrap()
}

#[test]
fn a_hall_without_a_beginning_may_change_on_any_day() {
    let hall = "---\nname: Hall\ntype: hall\nshifts: [ { days: every day, hours: 9am-5pm } ]\n\
        changes: [ { date: 2024-10-01, status: cancelled }, { date: 2025-03-01, status: cancelled } ]\n---\n";
    let built = site("", "", "", &[("content/locations/hall.md", hall)]);
    let calendar = built.text("locations/hall/calendar.ics");
    assert!(calendar.contains("RRULE:FREQ=DAILY\r\n"), "a rule without an end: {calendar}");
    assert_eq!(holding(&built, "locations/hall/calendar.ics", &["STATUS:CANCELLED"]).len(), 2);
}

//! Random campaigns without mistakes, in which something begins and ends at many moments, and in which much is unpublished.

use handbill::base::Tree;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::support::{Random, tree};

/// The first of the days around which everything happens.
pub(crate) const FIRST: Date = date(2024, 10, 15);
/// The zone of the campaign.
pub(crate) const ZONE: &str = "America/Los_Angeles";
const ZONES: [&str; 4] = ["America/New_York", "Pacific/Honolulu", "Europe/Berlin", "Asia/Kolkata"];
const HOURS: [&str; 6] = ["6am-2pm", "10pm-6am", "18:00-24:00", "from 10am", "noon", "round the clock"];
const DAYS: [&str; 3] = ["mon-fri", "every day", "[tue, sat]"];
const TAGS: [&str; 3] = ["pay", "staffing", "vote"];

/// Words of which texts are made. No title and no ten of them in a row stand in a theme.
const WORDS: [&str; 40] = [
    "wages",
    "nurses",
    "ward",
    "night",
    "board",
    "offer",
    "members",
    "bargain",
    "clinic",
    "pension",
    "strike",
    "hours",
    "patients",
    "refuse",
    "demand",
    "honest",
    "chart",
    "corridor",
    "Monday",
    "whistle",
    "banner",
    "coffee",
    "solidarity",
    "lockers",
    "contract",
    "ballot",
    "steward",
    "grievance",
    "schedule",
    "overtime",
    "uniforms",
    "bus",
    "parking",
    "rain",
    "drums",
    "supper",
    "picket",
    "promise",
    "letter",
    "window",
];

/// How many random campaigns are looked at: `CAMPAIGNS=300 cargo test campaigns`, as `.ci/run` does.
pub(crate) fn seeds() -> u64 {
    std::env::var("CAMPAIGNS").map_or(60, |campaigns| campaigns.parse().unwrap())
}

/// A few words.
pub(crate) fn words(random: &mut Random, count: usize) -> String {
    (0..count).map(|_| random.of(&WORDS)).collect::<Vec<_>>().join(" ")
}

/// A day within a month of the first.
pub(crate) fn day(random: &mut Random) -> Date {
    FIRST.checked_add(i64::try_from(random.below(40)).unwrap().days()).unwrap()
}

/// A day, or a minute of one.
fn moment(random: &mut Random) -> String {
    let day = day(random);
    if random.one_in(2) {
        return day.to_string();
    }
    format!("{day} {:02}:{:02}", random.below(24), 7 * random.below(8))
}

/// Some moment of those weeks.
pub(crate) fn some_moment(random: &mut Random) -> Timestamp {
    let minutes = i64::try_from(random.below(45 * 24 * 60)).unwrap();
    let from = TimeZone::get(ZONE).unwrap().to_timestamp(FIRST.at(0, 0, 0, 0)).unwrap();
    from.checked_add((minutes - 3 * 24 * 60).minutes()).unwrap()
}

/// A campaign.
pub(crate) fn campaign(random: &mut Random) -> Tree {
    let mut files = vec![
        ("content/campaign.yaml".to_owned(), settings(random)),
        ("content/index.md".to_owned(), document(random, "title", "")),
        ("content/index.es.md".to_owned(), "---\ntitle: Portada\n---\nBienvenidas.\n".to_owned()),
    ];
    for number in 0..=random.below(4) {
        let front = format!("date: {}\n{}", day(random), visibility(random));
        files.push((format!("content/statements/s{number}.md"), document(random, "title", &front)));
        if random.one_in(4) {
            let front = visibility(random);
            files.push((format!("content/statements/s{number}.es.md"), document(random, "title", &front)));
        }
    }
    for number in 0..random.below(4) {
        let front = location(random) + &visibility(random);
        files.push((format!("content/locations/l{number}.md"), document(random, "name", &front)));
    }
    for number in 0..random.below(3) {
        let front = format!("date: {}\nhours: {}\n{}", day(random), random.of(&HOURS), visibility(random));
        files.push((format!("content/events/e{number}.md"), document(random, "title", &front)));
    }
    if random.one_in(2) {
        let front = timeline(random) + &visibility(random);
        files.push(("content/timelines/t.md".to_owned(), document(random, "title", &front)));
    }
    if random.one_in(2) {
        let front = visibility(random);
        files.push(("content/about.md".to_owned(), document(random, "title", &front)));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    tree(&files)
}

fn settings(random: &mut Random) -> String {
    let mut text = format!(
        "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: {ZONE}\nlanguages: [en, es]\n\
         union: {{ name: United Nurses }}\n"
    );
    let mut from = day(random);
    for phase in ["bargaining", "strike", "settled"] {
        if random.one_in(2) {
            let is_first = !text.contains("phases:");
            text += if is_first { "phases:\n" } else { "" };
            text += &format!("  - {{ phase: {phase}, from: {from} {:02}:00 }}\n", random.below(24));
            from = from.checked_add(i64::try_from(1 + random.below(12)).unwrap().days()).unwrap();
        }
    }
    if random.one_in(3) {
        text +=
            &format!("action: {{ label: Sign, url: https://sign.example/, until: {} }}\n", moment(random));
    }
    if random.one_in(3) {
        let first = day(random);
        let last = first.checked_add(i64::try_from(random.below(9)).unwrap().days()).unwrap();
        text += &format!("alert: {{ text: Smoke today, from: {first} 05:00, until: {last} }}\n");
    }
    text
}

/// Perhaps a draft, an embargo or an end.
fn visibility(random: &mut Random) -> String {
    match random.below(6) {
        0 => "draft: true\n".to_owned(),
        1 => format!("publish: {}\n", moment(random)),
        2 => format!("expires: {}\n", moment(random)),
        _ => String::new(),
    }
}

fn location(random: &mut Random) -> String {
    let mut text = "coordinates: 34.0726, -117.4343\nshifts:\n".to_owned();
    for _ in 0..=random.below(2) {
        let (first, hours) = (day(random), random.of(&HOURS));
        let last = first.checked_add(i64::try_from(random.below(12)).unwrap().days()).unwrap();
        if random.one_in(2) {
            text += &format!("  - {{ days: {first} to {last}, hours: {hours} }}\n");
        } else {
            let days = random.of(&DAYS);
            text += &format!("  - {{ days: {days}, from: {first}, to: {last}, hours: {hours} }}\n");
        }
    }
    if random.one_in(2) {
        text += &format!("time_zone: {}\n", random.of(&ZONES));
    }
    text
}

fn timeline(random: &mut Random) -> String {
    let mut text = "events:\n".to_owned();
    for _ in 0..=random.below(3) {
        text += &format!("  - {{ date: {}, title: {} }}\n", moment(random), words(random, 5));
    }
    text
}

fn document(random: &mut Random, key: &str, front: &str) -> String {
    let mut text = format!("---\n{key}: {}\n{front}", words(random, 6));
    if random.one_in(3) {
        text += &format!("tags: [{}]\n", random.of(&TAGS));
    }
    if random.one_in(3) {
        text += &format!("summary: {}.\n", words(random, 12));
    }
    let (one, other) = (words(random, 30), words(random, 15));
    format!("{text}---\n{one}.\n\n- {other}\n")
}

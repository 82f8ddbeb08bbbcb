//! Whatever shifts and changes there are, all outputs tell the same: the home page, each place's page, the table of all
//! places, the calendar and the structured data.

use std::collections::{BTreeMap, BTreeSet};

use handbill::diagnostics::stops;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Built, at, build, tree};

const CAMPAIGN: &str = "title: Care\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
    union: { name: Nurses }\n";
const PLACES: [&str; 3] = ["fontana", "anaheim", "reno"];
/// Hours as they are typed, as they are shown, and the minute of the day at which they begin.
const HOURS: [(&str, &str, &str); 5] = [
    ("6am-2pm", "6 a.m.–2 p.m.", "06:00"),
    ("7:30am-11:30am", "7:30–11:30 a.m.", "07:30"),
    ("18:00-24:00", "6 p.m.–midnight", "18:00"),
    ("10pm-6am", "10 p.m.–6 a.m.", "22:00"),
    ("0:00-6:00", "midnight–6 a.m.", "00:00"),
];
/// The week that is compared; all is built as of its first day's small hours.
const FIRST: Date = date(2024, 10, 30);
const MOMENT: &str = "2024-10-30T00:00:00-07:00";

/// A place's name, a day, and the time at which something begins there.
type Fact = (String, String, String);

/// What an output tells of the week.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    planned: BTreeSet<Fact>,
    cancelled: BTreeSet<Fact>,
    moved: BTreeSet<Fact>,
}

fn week() -> impl Iterator<Item = Date> {
    (0..7).map(|days| FIRST.checked_add(days.days()).unwrap())
}

fn in_week(day: &str) -> bool {
    week().any(|other| other.to_string() == day)
}

/// The time at which hours begin, by the words that show them.
fn begins(shown: &str) -> String {
    let (_, _, time) =
        HOURS.iter().find(|(_, words, _)| *words == shown).unwrap_or_else(|| panic!("{shown}"));
    (*time).to_owned()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split_once(after).map(|(inside, _)| inside)
}

/// The days of a place's own page.
fn of_page(built: &Built, place: &str, told: &mut Told) {
    let html = built.text(&format!("locations/{place}/index.html"));
    for table in html.split("<table class=\"days\"").skip(1) {
        for row in table.split("</table>").next().unwrap().split("<tr").skip(2) {
            let day = between(row, "datetime=\"", "\"").unwrap().to_owned();
            for one in row.split("<li class=\"occurrence").skip(1).filter(|_| in_week(&day)) {
                let struck = one.contains("<s class=\"hours struck\">");
                let before = if struck { "<s class=\"hours struck\">" } else { "<span class=\"hours\">" };
                let fact = (place.to_owned(), day.clone(), begins(between(one, before, "<").unwrap()));
                match (struck, one.contains(">Cancelled<")) {
                    (false, _) => told.planned.insert(fact),
                    (true, true) => told.cancelled.insert(fact),
                    (true, false) => told.moved.insert(fact),
                };
            }
        }
    }
}

/// The structured data of a place's page. What moved away is told where it is now.
fn of_data(built: &Built, place: &str, told: &mut Told) {
    let html = built.text(&format!("locations/{place}/index.html"));
    let json = between(html, "<script type=\"application/ld+json\">", "</script>").unwrap();
    let data: Value = serde_json::from_str(json).unwrap();
    for node in data["@graph"].as_array().unwrap().iter().filter(|node| node["@type"] == "Event") {
        let start = node["startDate"].as_str().unwrap();
        let fact = (place.to_owned(), start[..10].to_owned(), start[11..16].to_owned());
        if in_week(&fact.1) {
            let cancelled = node["eventStatus"] == "https://schema.org/EventCancelled";
            if cancelled { &mut told.cancelled } else { &mut told.planned }.insert(fact);
        }
    }
}

fn local(text: &str) -> DateTime {
    DateTime::strptime("%Y%m%dT%H%M%S", text).unwrap()
}

/// The calendar of the campaign, its rules expanded.
fn of_calendar(built: &Built, told: &mut Told) {
    let text = built.text("calendar.ics").replace("\r\n ", "");
    let mut standing: BTreeMap<(String, DateTime), (bool, Fact)> = BTreeMap::new();
    let mut instead = Vec::new();
    for event in text.split("BEGIN:VEVENT").skip(1) {
        let line = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)?.split_once(':'));
        let value = |name: &str| line(name).map(|(_, value)| value.to_owned());
        let (uid, start) = (value("UID").unwrap(), local(&value("DTSTART").unwrap()));
        let place = value("URL").unwrap();
        let place = place.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
        let cancelled = value("STATUS").unwrap() == "CANCELLED";
        let told = |start: DateTime| {
            (cancelled, (place.clone(), start.date().to_string(), start.strftime("%H:%M").to_string()))
        };
        match (value("RECURRENCE-ID"), value("RRULE")) {
            (Some(id), _) => instead.push(((uid, local(&id)), told(start))),
            (None, None) => instead.push(((uid, start), told(start))),
            (None, Some(rule)) => {
                let except = value("EXDATE").unwrap_or_default();
                for day in expanded(start, &rule).filter(|day| !except.contains(&written(*day))) {
                    standing.insert((uid.clone(), day), told(day));
                }
            }
        }
    }
    standing.extend(instead);
    for (cancelled, fact) in standing.into_values().filter(|(_, fact)| in_week(&fact.1)) {
        if cancelled { &mut told.cancelled } else { &mut told.planned }.insert(fact);
    }
}

fn written(day: DateTime) -> String {
    day.strftime("%Y%m%dT%H%M%S").to_string()
}

/// The days of a rule until its end, or until the week is over.
fn expanded(start: DateTime, rule: &str) -> impl Iterator<Item = DateTime> {
    let part = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)).map(str::to_owned);
    let zone = TimeZone::get("America/Los_Angeles").unwrap();
    let until = part("UNTIL=").map(|until| {
        let utc = TimeZone::UTC.to_timestamp(local(until.trim_end_matches('Z'))).unwrap();
        zone.to_datetime(utc)
    });
    let last = until.unwrap_or_else(|| FIRST.checked_add(7.days()).unwrap().at(0, 0, 0, 0));
    let days = part("BYDAY=");
    let named = move |day: DateTime| {
        let name = day.strftime("%A").to_string().to_uppercase();
        days.as_ref().is_none_or(|days| days.split(',').any(|day| day == &name[..2]))
    };
    let all = std::iter::successors(Some(start), |day| day.checked_add(1.day()).ok());
    all.take_while(move |day| *day <= last).filter(move |day| named(*day))
}

/// The cells of the table of all places: whether anything stands, and how many are struck.
fn table(built: &Built) -> BTreeMap<(String, String), (bool, usize)> {
    let html = built.text("locations/index.html");
    let mut cells = BTreeMap::new();
    let Some(rows) = between(html, "<tbody>", "</tbody>") else { return cells };
    for row in rows.split("<tr").skip(1) {
        let place = between(row, "href=\"/locations/", "/").unwrap();
        for cell in row.split("<td ").skip(1) {
            let day = between(cell, "data-date=\"", "\"").unwrap().to_owned();
            let stands = cell.contains("<span class=\"hours\">");
            cells.insert((place.to_owned(), day), (stands, cell.matches("<s class").count()));
        }
    }
    cells
}

/// What the home page says of its first day.
fn home(built: &Built) -> (String, BTreeSet<(String, String)>) {
    let html = built.text("index.html");
    let Some(board) = html.split("<div class=\"board-of\"").nth(1) else { return Default::default() };
    let day = between(board, "data-day=\"", "\"").unwrap().to_owned();
    let mut places = BTreeSet::new();
    let mut first = BTreeSet::new();
    for (index, group) in board.split("<div class=\"group").skip(1).enumerate() {
        let hours = begins(between(group, "<span class=\"hours\">", "<").unwrap());
        let here = group.split("<li class=\"place").skip(1);
        let mut named: BTreeSet<String> =
            here.map(|item| between(item, "href=\"/locations/", "/").unwrap().to_owned()).collect();
        if index == 0 {
            first.clone_from(&named);
        }
        if named.is_empty() && group.contains("is-same") {
            named.clone_from(&first);
        }
        places.extend(named.into_iter().map(|place| (place, hours.clone())));
    }
    (day, places)
}

fn shift() -> impl Strategy<Value = String> {
    let hours = 0..HOURS.len();
    let days = prop::sample::select(&["mon-fri", "every day", "[tue, thu, sat]"]);
    let weekly = (days, hours.clone(), 0i64..5).prop_map(|(days, hours, from)| {
        let from = FIRST.checked_add((from - 7).days()).unwrap();
        format!("{{ days: {days}, from: {from}, to: 2024-11-20, hours: {} }}", HOURS[hours].0)
    });
    let dated = (0i64..7, 0i64..4, hours).prop_map(|(first, length, hours)| {
        let first = FIRST.checked_add(first.days()).unwrap();
        let last = first.checked_add(length.days()).unwrap();
        format!("{{ days: {first} to {last}, hours: {} }}", HOURS[hours].0)
    });
    prop_oneof![weekly, dated]
}

fn change() -> impl Strategy<Value = String> {
    let to = prop::option::of(prop::sample::select(&PLACES[..]));
    let day = prop::option::of(0i64..7);
    let hours = prop::option::of(0..HOURS.len());
    (0i64..7, any::<bool>(), to, day, hours).prop_map(|(date, cancelled, to, day, hours)| {
        let on = |days: i64| FIRST.checked_add(days.days()).unwrap();
        let mut text = format!("date: {}", on(date));
        if cancelled || (to.is_none() && day.is_none() && hours.is_none()) {
            return format!("{{ {text}, status: cancelled, note: Smoke }}");
        }
        text += ", status: moved";
        text += &to.map_or_else(String::new, |to| format!(", to: {to}"));
        text += &day.map_or_else(String::new, |day| format!(", to_date: {}", on(day)));
        text += &hours.map_or_else(String::new, |hours| format!(", hours: {}", HOURS[hours].0));
        format!("{{ {text} }}")
    })
}

fn place() -> impl Strategy<Value = String> {
    let shifts = prop::collection::vec(shift(), 1..3);
    (shifts, prop::collection::vec(change(), 0..3)).prop_map(|(shifts, changes)| {
        let changes = changes.join(", ");
        format!("shifts: [ {} ]\nchanges: [ {changes} ]\n", shifts.join(", "))
    })
}

fn agree(places: &[String]) -> Result<(), TestCaseError> {
    let mut files = vec![
        ("content/campaign.yaml".to_owned(), CAMPAIGN.to_owned()),
        ("content/index.md".to_owned(), "---\ntitle: Home\n---\nWelcome.\n".to_owned()),
    ];
    for (name, front) in PLACES.iter().zip(places) {
        let head = format!("---\nname: {name}\ncoordinates: 34.0726, -117.4343\n");
        files.push((format!("content/locations/{name}.md"), format!("{head}{front}---\n")));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let built = build(&tree(&files), at(MOMENT));
    // A change on a day without a shift is an error, and rightly so.
    prop_assume!(!stops(&built.findings));
    let (mut page, mut data, mut calendar) = (Told::default(), Told::default(), Told::default());
    for place in PLACES {
        of_page(&built, place, &mut page);
        of_data(&built, place, &mut data);
    }
    of_calendar(&built, &mut calendar);
    let (table, (day, board)) = (table(&built), home(&built));
    prop_assert_eq!((&page.planned, &page.cancelled), (&data.planned, &data.cancelled), "structured data");
    prop_assert_eq!((&page.planned, &page.cancelled), (&calendar.planned, &calendar.cancelled), "calendar");
    for place in PLACES {
        for date in week() {
            let of = |facts: &BTreeSet<Fact>| {
                facts.iter().filter(|fact| (fact.0.as_str(), &fact.1) == (place, &date.to_string())).count()
            };
            let wanted = (of(&page.planned) > 0, of(&page.cancelled) + of(&page.moved));
            let cell = table.get(&(place.to_owned(), date.to_string())).copied().unwrap_or_default();
            prop_assert_eq!((cell.0, cell.1 > 0), (wanted.0, wanted.1 > 0), "table: {} on {}", place, date);
        }
    }
    let all = page.planned.iter().chain(&page.cancelled).chain(&page.moved);
    let of_day: BTreeSet<(String, String)> =
        all.filter(|fact| fact.1 == day).map(|fact| (fact.0.clone(), fact.2.clone())).collect();
    prop_assert!(
        board.is_superset(&of_day) && (board.len() == of_day.len() || day == FIRST.to_string()),
        "home on {day}: {board:?} {of_day:?}"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn all_outputs_tell_the_same(places in prop::collection::vec(place(), 3)) {
        agree(&places)?;
    }
}

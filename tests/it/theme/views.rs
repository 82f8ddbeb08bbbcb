//! What pages say, as of different moments.

use std::sync::Arc;

use handbill::base::{DocId, OutPath, Tree};
use handbill::model::{
    Details, Kind, Linked, Listing, OccurrenceStatus, Page, Piece, Reader, Resolved, ShiftHours, Site,
};
use handbill::theme::{Session, Theme};
use jiff::civil::{DateTime, date, time};

use super::site::*;
use super::{EN, ES, document, list, morning, page};

fn theme() -> Theme {
    theme_of(&Tree::default())
}

fn shown(id: usize, now: DateTime) -> String {
    let theme = theme();
    page(&site(&theme, now), &theme, &document(id))
}

/// The text of an HTML page without its tags, each run of white space one space. What is hidden until a script shows it
/// is left out.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    // The element that hides, and how deep it is nested in elements of its own name.
    let mut hidden: Option<(&str, usize)> = None;
    for part in html.split('<') {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        hidden = match hidden {
            None => tag.ends_with(" hidden").then_some((name, 1)),
            Some((of, depth)) if of == name => {
                let depth = if tag.starts_with('/') { depth - 1 } else { depth + 1 };
                (depth > 0).then_some((of, depth))
            }
            inside => inside,
        };
        if hidden.is_none() {
            text.push_str(words);
            text.push(' ');
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_says(html: &str, words: &[&str]) {
    let text = text_of(html);
    for word in words {
        assert!(text.contains(word), "“{word}” is not in:\n{text}");
    }
}

fn change(site: &mut Site, id: usize, change: impl FnOnce(&mut handbill::model::Document)) {
    change(site.documents[id].as_mut().unwrap());
}

#[test]
fn the_board_shows_the_first_day_that_is_not_over() {
    assert_says(
        &shown(HOME, morning()),
        &["Strike day 4", "Today Thursday", "6 a.m.–2 p.m. Picket 2 places"],
    );
    let noon = shown(HOME, date(2024, 10, 24).at(12, 30, 0, 0));
    assert_says(&noon, &["6 a.m.–2 p.m. Now Picket", "noon–1 p.m. Now Rally"]);
    let evening = shown(HOME, date(2024, 10, 24).at(20, 0, 0, 0));
    assert_says(&evening, &["Friday", "Moved to Anaheim Medical Center The street is closed"]);
    let after = shown(HOME, date(2024, 10, 26).at(8, 0, 0, 0));
    assert_says(&after, &["No picket or event is announced at the moment."]);
}

#[test]
fn a_night_that_goes_on_is_today() {
    let theme = theme();
    let mut site = site(&theme, date(2024, 10, 24).at(2, 0, 0, 0));
    let night = ShiftHours::Known(span(time(22, 0, 0, 0), time(6, 0, 0, 0)));
    change(&mut site, FONTANA, |fontana| {
        Arc::make_mut(&mut fontana.plan).occurrences = vec![occurrence(date(2024, 10, 23), &night)];
    });
    assert_says(&page(&site, &theme, &document(FONTANA)), &["10 p.m.–6 a.m. Picket Now"]);
    assert_says(&page(&site, &theme, &list(EN, Kind::Location)), &["Today 10 p.m.–6 a.m."]);
    let home = text_of(&page(&site, &theme, &document(HOME)));
    let [today, night, line] =
        ["Today Thursday", "10 p.m.–6 a.m. Now", "6 a.m.–2 p.m. Picket"].map(|words| home.find(words));
    assert!(today.is_some() && today < night && night < line, "{home}");
}

#[test]
fn what_is_over_stands_below_what_is_ahead() {
    let home = text_of(&shown(HOME, date(2024, 10, 24).at(11, 0, 0, 0)));
    assert!(home.contains("6 a.m.–2 p.m. Now"), "{home}");
    let theme = theme();
    let mut site = site(&theme, date(2024, 10, 24).at(15, 0, 0, 0));
    let evening = ShiftHours::Known(span(time(17, 0, 0, 0), time(19, 0, 0, 0)));
    change(&mut site, FONTANA, |fontana| {
        Arc::make_mut(&mut fontana.plan).occurrences.push(occurrence(date(2024, 10, 24), &evening));
    });
    let home = text_of(&page(&site, &theme, &document(HOME)));
    assert!(home.find("5–7 p.m. Picket") < home.find("6 a.m.–2 p.m. Over"), "{home}");
}

#[test]
fn a_rally_within_a_line_does_not_lengthen_its_hours() {
    let theme = theme();
    let mut site = site(&theme, morning());
    let hours = |from, to| ShiftHours::Known(span(time(from, 0, 0, 0), time(to, 0, 0, 0)));
    change(&mut site, FONTANA, |fontana| {
        Arc::make_mut(&mut fontana.plan).occurrences = [hours(6, 14), hours(12, 13), hours(17, 18)]
            .iter()
            .map(|hours| occurrence(date(2024, 10, 24), hours))
            .collect();
    });
    assert_says(&page(&site, &theme, &list(EN, Kind::Location)), &["Today 6 a.m.–2 p.m., 5–6 p.m."]);
}

#[test]
fn turns_that_follow_upon_each_other_read_as_one() {
    let theme = theme();
    let mut site = site(&theme, morning());
    let turns = [(0, 6), (6, 12), (12, 18), (18, 0)];
    change(&mut site, FONTANA, |fontana| {
        let hours = |(from, to)| ShiftHours::Known(span(time(from, 0, 0, 0), time(to, 0, 0, 0)));
        Arc::make_mut(&mut fontana.plan).occurrences =
            turns.iter().map(|turn| occurrence(date(2024, 10, 24), &hours(*turn))).collect();
    });
    assert_says(&page(&site, &theme, &list(EN, Kind::Location)), &["Today round the clock"]);
    assert_says(&page(&site, &theme, &list(ES, Kind::Location)), &["Hoy las 24 horas"]);
}

#[test]
fn what_is_cancelled_is_said_everywhere() {
    let theme = theme();
    let mut site = site(&theme, morning());
    change(&mut site, FONTANA, |fontana| {
        for one in Arc::make_mut(&mut fontana.plan)
            .occurrences
            .iter_mut()
            .filter(|one| one.date == date(2024, 10, 24))
        {
            one.status = OccurrenceStatus::Cancelled;
            one.note = Some("Smoke".into());
        }
    });
    assert_says(&page(&site, &theme, &list(EN, Kind::Location)), &["Today Cancelled"]);
    assert_says(&page(&site, &theme, &document(FONTANA)), &["Picket Cancelled Smoke"]);
    assert_says(&page(&site, &theme, &document(HOME)), &["Cancelled Smoke"]);
}

#[test]
fn two_places_that_move_to_each_other_end() {
    let theme = theme();
    let mut site = site(&theme, morning());
    for (id, other) in [(FONTANA, ANAHEIM), (ANAHEIM, FONTANA)] {
        change(&mut site, id, |document| {
            for one in &mut Arc::make_mut(&mut document.plan).occurrences {
                one.status = OccurrenceStatus::Moved(Some(DocId::new(other)));
            }
        });
    }
    assert_says(&page(&site, &theme, &document(HOME)), &["Moved to Fontana Medical Center"]);
    assert_says(&page(&site, &theme, &document(ANAHEIM)), &["Moved to Fontana Medical Center"]);
}

#[test]
fn a_place_in_another_zone_keeps_its_own_day() {
    let theme = theme();
    let mut site = site(&theme, date(2024, 10, 24).at(22, 30, 0, 0));
    change(&mut site, FONTANA, |fontana| {
        let Details::Location(location) = &mut fontana.card.details else { panic!("a location") };
        location.zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
        location.zone_name = "America/New_York".to_owned();
    });
    // It is half past one on the 25th there.
    let html = page(&site, &theme, &document(FONTANA));
    assert_says(&html, &["Hours here are Eastern Time.", "Friday, Oct 25 Today"]);
}

#[test]
fn a_list_in_another_language_marks_what_it_borrows() {
    let theme = theme();
    let site = site(&theme, morning());
    let html = page(&site, &theme, &list(ES, Kind::Statement));
    assert!(html.contains("<a href=\"/campaign/es/statements/huelga/\">Empieza la huelga</a>"), "{html}");
    assert!(html.contains("href=\"/campaign/statements/kaiser/\" lang=\"en\""), "{html}");
    assert_says(&html, &["9 de octubre de 2024", "Solo en inglés"]);
}

#[test]
fn long_lists_go_on_over_pages() {
    let theme = theme();
    let mut site = site(&theme, morning());
    super::grow(&mut site, 1_000);
    let at = |number| Page::List(EN, Listing::Kind { kind: Kind::Statement, number });
    let html = page(&site, &theme, &at(10));
    let navigation = html.split("<nav class=\"pagination\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let linked: Vec<&str> = navigation
        .split("/campaign/statements/page/")
        .skip(1)
        .filter_map(|rest| rest.split('/').next())
        .collect();
    assert_eq!(linked, ["9", "7", "8", "9", "10", "11", "12", "13", "21", "11"]);
    assert_says(&html, &["Statements, page 10"]);
    assert!(page(&site, &theme, &at(1)).contains("href=\"/campaign/statements/page/2/\""));
}

#[test]
fn statements_know_the_next_and_the_last() {
    let html = shown(KAISER, morning());
    assert_says(&html, &["Newer The strike begins &amp; goes on"]);
    assert!(!text_of(&html).contains("Older"), "{html}");
}

#[test]
fn the_first_picture_of_a_page_is_not_lazy() {
    let theme = theme();
    let mut site = site(&theme, morning());
    let lazy = |html: &str| html.matches("loading=\"lazy\"").count();
    let body = |html: &str| {
        lazy(html.split("<div class=\"prose\">").nth(1).unwrap().split("<section").next().unwrap())
    };
    let with = page(&site, &theme, &document(STRIKE));
    change(&mut site, STRIKE, |strike| strike.card.image = None);
    let without = page(&site, &theme, &document(STRIKE));
    assert_eq!((body(&with), body(&without)), (2, 1));
}

#[test]
fn prose_for_feeds_has_full_addresses() {
    let theme = theme();
    let site = site(&theme, morning());
    let session = Session::new(&site, &theme);
    let reader = Reader::new(&site);
    let prose = reader.prose(DocId::new(STRIKE)).unwrap();
    let html = session.prose(&prose.body, Some(DocId::new(STRIKE)), EN, &reader, true);
    for relative in ["href=\"/", "src=\"/", "href=\"#", "loading="] {
        assert!(!html.contains(relative), "{relative} in {html}");
    }
    assert!(html.contains("href=\"https://union.example/campaign/statements/strike/#why\""), "{html}");
    let alone =
        handbill::theme::prose::render(&prose.body, Some(DocId::new(STRIKE)), EN, &reader, &theme, true);
    assert_eq!(html, alone);
}

#[test]
fn texts_are_escaped_wherever_they_go() {
    let theme = theme();
    let mut site = site(&theme, morning());
    let evil = "\"><script>alert(1)</script>";
    change(&mut site, FONTANA, |fontana| {
        fontana.card.title = evil.to_owned();
        fontana.card.summary = Some(evil.to_owned());
        let Details::Location(location) = &mut fontana.card.details else { panic!("a location") };
        location.address = Some(evil.to_owned());
        location.practical.parking = Some(evil.to_owned());
        Arc::make_mut(&mut fontana.plan).occurrences[3].note = Some(evil.into());
    });
    let mut picture = picture();
    picture.alt = evil.to_owned();
    picture.caption = Some(evil.to_owned());
    change(&mut site, ABOUT, |about| {
        let pieces = vec![Piece::Figure(0), Piece::Title(1), Piece::Embed(1)];
        let meanings = vec![Resolved::Picture(picture), Resolved::Document(DocId::new(FONTANA), None)];
        about.prose.body = Linked { ..linked(pieces, meanings) };
    });
    for one in super::pages() {
        let html = page(&site, &theme, &one);
        assert!(!html.contains("<script>"), "{one:?}");
        assert!(!html.contains("\"\"><"), "{one:?}");
    }
}

#[test]
fn a_file_of_the_site_stands_before_the_themes() {
    let theme = theme();
    let mut site = site(&theme, morning());
    for name in ["card.png", "icon.svg"] {
        let bytes: std::sync::Arc<[u8]> = (*b"own").into();
        site.statics
            .insert(OutPath::new(name).unwrap(), (path("static/x"), handbill::base::File::new(bytes)));
    }
    let html = page(&site, &theme, &document(ABOUT));
    assert!(html.contains("content=\"https://union.example/campaign/card.png\""), "{html}");
    assert!(html.contains("href=\"/campaign/icon.svg\""), "{html}");
}

#[test]
fn a_draft_is_kept_from_search_engines() {
    let theme = theme();
    let mut site = site(&theme, morning());
    change(&mut site, ABOUT, |about| about.card.unpublished = true);
    assert!(page(&site, &theme, &document(ABOUT)).contains("<meta name=\"robots\" content=\"noindex\">"));
}

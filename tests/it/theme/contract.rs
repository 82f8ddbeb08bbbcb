//! The contract: exactly these fields are always there, for every kind of page. Templates that print the names of
//! what they see are put in the place of the theme's own.

use std::collections::BTreeSet;

use handbill::base::{DocId, Tree};
use handbill::model::{Kind, Listing, Page, Print, Reader, SignSize, ThemeSettings};
use handbill::theme::{Session, Theme};

use super::site::*;
use super::{EN, document, list, morning};

const COMMON: &str = "kind title heading head_title description url absolute language breadcrumbs alternates \
    x_default social json_ld og_type noindex published_iso modified_iso summary key_points body body_language image \
    tags updated sources";
const STATEMENT: &str = "date type type_label issuer source dateline speakers locations timeline corrections contact \
    boilerplate release_line text_url share newer older";
const LOCATION: &str = "type type_label status address city region district postal_code address_line country \
    coordinates entrances meet_at parking transit access bring joins leaves employer local online_url directions calendar time_zone board today \
    next upcoming paper past shifts statements time_zone_note flyer";
const EVENT: &str = "occurrences when place address_line location directions calendar online_url speakers status note time_zone_note";
const CARD: &str = "kind title url language fallback summary date image tags type type_label issuer address city region \
    district postal_code address_line coordinates status time_zone today hours_today next events";
const OCCURRENCE: &str =
    "title kind date hours start_iso end_iso over_iso status note moved_to state speakers location url place";
const TIMELINE_EVENT: &str =
    "date date_text title text_html source statement location image approximate future days ago id";
const DATE: &str = "iso long medium short weekday year";

/// Holds that expressions have exactly these names on a page.
fn hold(page: &Page, template: &str, cases: &[(&str, &[&str])]) {
    let print = |(expression, _): &(&str, _)| {
        format!("{{% for name, value in {expression} %}}{{{{ name }}}} {{% endfor %}}")
    };
    let text: Vec<String> = cases.iter().map(print).collect();
    let printed = printed(page, template, &text.join("|"));
    for ((expression, names), found) in cases.iter().zip(printed.split('|')) {
        assert_eq!(words(&[found]), words(names), "{template}: {expression}");
    }
}

fn printed(page: &Page, template: &str, text: &str) -> String {
    let file = format!("themes/mine/templates/{template}.html");
    let tree: Tree = [(file.as_str(), text)].into_iter().collect();
    let settings = ThemeSettings { name: "mine".to_owned(), ..ThemeSettings::default() };
    let loaded = Theme::load(&tree, &settings, &languages(), &named());
    assert_eq!(loaded.findings, [], "{text}");
    let theme = loaded.value.unwrap();
    let site = site(&theme, morning());
    let rendered = Session::new(&site, &theme).page(page, &Reader::new(&site), &|| "{}".to_owned());
    assert_eq!(rendered.findings, [], "{text}");
    rendered.value
}

fn words(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned).collect()
}

#[test]
fn every_kind_of_page_has_its_fields() {
    let kinds: [(Page, &str, &str); 13] = [
        (document(HOME), "home", ""),
        (document(STRIKE), "statement", STATEMENT),
        (document(FONTANA), "location", LOCATION),
        (document(RALLY), "event", EVENT),
        (document(TIMELINE), "timeline", "events json_url"),
        (document(ABOUT), "page", ""),
        (list(EN, Kind::Statement), "statements", ""),
        (list(EN, Kind::Location), "locations", "prints"),
        (Page::Print(Print::Flyer(DocId::new(FONTANA))), "flyer", "short"),
        (Page::Print(Print::Schedule(EN)), "schedule", "short"),
        (Page::Print(Print::Signs(EN, SignSize::Small)), "signs", "sheet signs"),
        (Page::List(EN, Listing::Tag { tag: slug("strike"), number: 1 }), "tag", ""),
        (Page::NotFound(EN), "not_found", ""),
    ];
    for (page, template, own) in kinds {
        // A flyer says what the page of its location says.
        let of_place = if template == "flyer" { LOCATION } else { "" };
        hold(&page, template, &[("page", &[COMMON, own, of_place])]);
    }
}

#[test]
fn what_every_page_sees_has_its_fields() {
    let cases: &[(&str, &[&str])] = &[
        ("language", &["code name direction home"]),
        (
            "campaign",
            &[
                "title tagline url unions employers press spokespeople phase record policy action alerts time_zone as_of logo",
            ],
        ),
        ("campaign.unions[0]", &["name short local url about logo"]),
        ("campaign.employers[0]", &["name short"]),
        ("campaign.press", &["name role phone phone_url email email_url"]),
        ("campaign.phase", &["name label since day days ago"]),
        ("campaign.action", &["title url external"]),
        ("campaign.alerts[0]", &["text url external"]),
        ("campaign.time_zone", &["name label"]),
        ("campaign.as_of", &["iso text date time"]),
        ("campaign.as_of.date", &[DATE]),
        ("menu[0]", &["title url external"]),
        ("feeds", &["atom json manifest calendar"]),
        ("page.social", &["url alt width height"]),
        ("recent[0]", &[CARD]),
        ("recent[0].image", &["url srcset largest absolute alt credit caption width height colour tone"]),
        ("recent[0].issuer", &["name side"]),
        ("recent[0].date", &[DATE]),
        ("statements[0]", &[CARD]),
        ("locations[0]", &[CARD]),
        ("locations[0].coordinates", &["latitude longitude text"]),
        ("locations[0].next", &[OCCURRENCE]),
        ("regions[0]", &["name first locations"]),
        ("timelines[0]", &[CARD]),
        ("timelines[0].events[0]", &[TIMELINE_EVENT]),
        ("timelines[0].events[0].date", &[DATE]),
        ("timelines[0].events[1].statement", &[CARD]),
        ("events[0]", &[CARD]),
        ("events[0].next.location", &[CARD]),
        ("next_up", &["date is_today groups over_iso later following"]),
        ("next_up.groups[0]", &["hours title state start_iso over_iso items"]),
        ("next_up.following[0]", &["date is_today groups over_iso"]),
        (
            "map",
            &[
                "places width height land lakes countries states counties size tall pins quiet_pins lines dots dot labels \
               towns town_dots town_size scale",
            ],
        ),
        ("map.labels[0]", &["text x y"]),
        ("map.towns[0]", &["name x y anchor"]),
        ("map.scale", &["kilometres miles kilometres_end miles_end path y"]),
        ("week", &["days rows runs is_today"]),
        ("week.days[0]", &["date away"]),
        ("week.rows[0]", &["location cells runs is_on"]),
        ("week.rows[0].runs[0]", &["first last hours changed"]),
        ("week.rows[0].cells[0]", &["hours start_iso over_iso changed"]),
        ("next_up.groups[0].items[0]", &[OCCURRENCE]),
        ("next_up.groups[0].items[0].location", &[CARD]),
    ];
    hold(&document(HOME), "home", cases);
}

#[test]
fn what_single_kinds_see_has_its_fields() {
    let card: &[&str] = &[CARD];
    let occurrence: &[&str] = &[OCCURRENCE];
    let statements = [
        ("list", &["items number of newer older pages years all_url year tag"][..]),
        ("list.pages[0]", &["number url current"]),
        ("list.years[0]", &["year url current"]),
    ];
    hold(&list(EN, Kind::Statement), "statements", &statements);
    let statement = [
        ("page.alternates[0]", &["code name url absolute current"][..]),
        ("page.speakers[0]", &["name role side quote"]),
        ("page.corrections[0]", &["date text_html"]),
        ("page.boilerplate[0]", &["name about"]),
        ("page.contact", &["name role phone phone_url email email_url"]),
        ("page.locations[0]", card),
        ("page.older", card),
    ];
    hold(&document(STRIKE), "statement", &statement);
    let location = [
        ("page.today[0]", occurrence),
        ("page.upcoming[0]", &["date is_today over_iso occurrences"]),
        ("page.board[0]", &["date is_today over_iso occurrences"]),
        ("page.past[0].occurrences[0]", occurrence),
        ("page.upcoming[1].occurrences[0].moved_to", card),
        ("page.paper", &["days lines"]),
        ("page.shifts[0]", &["label days hours span except"]),
        ("page.directions[0]", &["title url external"]),
    ];
    hold(&document(FONTANA), "location", &location);
    let short = [("page.short", &["text url qr"][..]), ("page.short.qr", &["path size"])];
    hold(&Page::Print(Print::Flyer(DocId::new(FONTANA))), "flyer", &short);
    let signs = [
        ("page.sheet", &["name width height margin code"][..]),
        ("page.signs[0]", &["text lines size short short_size"]),
        ("page.signs[0].lines[0]", &["text y"]),
    ];
    hold(&Page::Print(Print::Signs(EN, SignSize::Small)), "signs", &signs);
    hold(&list(EN, Kind::Location), "locations", &[("page.prints[0]", &["title url external"])]);
    hold(&document(RALLY), "event", &[("page.occurrences[0]", occurrence)]);
    hold(&document(TIMELINE), "timeline", &[("page.events[0]", &[TIMELINE_EVENT])]);
}

#[test]
fn a_template_depends_on_what_it_names_alone() {
    let theme = theme_of(&Tree::default());
    let site = site(&theme, morning());
    let session = Session::new(&site, &theme);
    let facts = |page: &Page| {
        let reader = Reader::new(&site);
        session.page(page, &reader, &String::new);
        reader.facts().iter().map(|fact| format!("{fact:?}")).collect::<Vec<_>>()
    };
    let about = facts(&document(ABOUT));
    assert!(!about.iter().any(|fact| fact.starts_with("List(")), "{about:#?}");
    assert!(about.contains(&format!("Prose({:?})", DocId::new(ABOUT))), "{about:#?}");
    let again = facts(&document(ABOUT));
    assert_eq!(about, again, "views that are shared are read by each page anew");
    let home = facts(&document(HOME));
    assert!(home.contains(&format!("Card({:?})", DocId::new(FONTANA))), "{home:#?}");
    let fresh = Session::new(&site, &theme);
    let reader = Reader::new(&site);
    fresh.page(&document(HOME), &reader, &String::new);
    let alone: Vec<String> = reader.facts().iter().map(|fact| format!("{fact:?}")).collect();
    assert_eq!(home, alone);
}

#[test]
fn the_order_of_renders_changes_nothing() {
    let theme = theme_of(&Tree::default());
    let site = site(&theme, morning());
    let render = |pages: &[Page]| {
        let session = Session::new(&site, &theme);
        let html =
            |page: &Page| (format!("{page:?}"), session.page(page, &Reader::new(&site), &String::new).value);
        let mut all: Vec<(String, String)> = pages.iter().map(html).collect();
        all.sort();
        all
    };
    let mut pages = super::pages();
    let forward = render(&pages);
    pages.reverse();
    assert_eq!(forward, render(&pages));
}

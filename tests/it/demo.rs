//! The repository's own campaign, at moments that matter: nothing is wrong, every link leads somewhere, no third party
//! is asked, what is embargoed is nowhere, and what people come for stands on the first page.

use std::collections::BTreeSet;

use handbill::base::url::BaseUrl;
use handbill::base::{File, OutPath, Tree};
use handbill::diagnostics::stops;
use handbill::engine::{Engine, Settings};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::links::{Named, every_link_resolves, named, pages};
use super::support::{self, Built, finish};

/// Before the strike's second day, on the morning of the five picket lines, after the agreement, and years later.
const MOMENTS: [&str; 4] = ["2024-10-22T00:00", "2024-10-24T05:40", "2025-05-10T00:00", "2026-11-24T00:00"];
const HOST: &str = "https://care-cant-wait.example/";

fn demo() -> Tree {
    support::folder(&support::root())
}

/// A clock time in Los Angeles.
fn moment(text: &str) -> Timestamp {
    let civil: DateTime = text.replace(' ', "T").parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    TimeZone::get("America/Los_Angeles").unwrap().to_timestamp(civil).unwrap()
}

fn built(text: &str, base: Option<&str>) -> Built {
    let base = base.map(|base| BaseUrl::parse(base).unwrap());
    finish(&support::undrawn(Engine::new(demo(), Settings { moment: moment(text), base, drafts: false })))
}

#[test]
fn nothing_is_wrong_at_any_moment() {
    for text in MOMENTS {
        let built = built(text, None);
        assert!(!stops(&built.findings), "as of {text}:\n{}", built.report);
        assert!(built.outputs.len() > 40, "as of {text} there are only {} outputs", built.outputs.len());
    }
}

/// The second theme of the repository holds the contract: a whole site, with few templates.
#[test]
fn another_theme_shows_the_same_campaign() {
    let mut tree = demo();
    let campaign = support::source("content/campaign.yaml");
    let text = tree.text(&campaign).unwrap().replace("\ntheme: picket\n", "\ntheme: handout\n");
    tree.insert(campaign, File::new(text.into_bytes()));
    for text in MOMENTS {
        let settings = Settings { moment: moment(text), base: None, drafts: false };
        let built = finish(&support::undrawn(Engine::new(tree.clone(), settings)));
        assert!(!stops(&built.findings), "as of {text}:\n{}", built.report);
        every_link_resolves(&built.outputs, HOST);
        assert!(!built.text("index.html").contains("masthead"), "that is the default theme's");
    }
    let templates = support::files(&support::root().join("themes/handout/templates"));
    let lines: usize =
        templates.iter().map(|path| std::fs::read_to_string(path).unwrap().lines().count()).sum();
    assert!((50..=150).contains(&lines), "{lines} lines of templates");
}

#[test]
fn the_press_finds_releases_figures_pictures_and_whom_to_ask() {
    let built = built(MOMENTS[1], None);
    let html = built.text("press/index.html");
    for part in [
        "<h2 id=\"_key-points\">Key figures</h2>",
        "<h2 id=\"_releases\">Releases and advisories</h2>",
        "Mental health workers at Kaiser begin an open-ended strike</a>",
        "mailto:press@care-cant-wait.example",
        " download>Download, ",
    ] {
        assert!(html.contains(part), "no {part}");
    }
    let shown = html.split("id=\"_releases\"").nth(1).unwrap().split("id=\"_photos\"").next().unwrap();
    assert!(!shown.contains("the union wants to strike"), "the employer's words are no release of ours");
}

#[test]
fn every_link_leads_to_an_output_and_every_anchor_to_an_id() {
    for text in MOMENTS {
        every_link_resolves(&built(text, None).outputs, HOST);
    }
    // The same site below a folder of a host.
    let base = "https://union.example/campaigns/care/";
    every_link_resolves(&built(MOMENTS[1], Some(base)).outputs, base);
}

#[test]
fn no_page_loads_anything_from_elsewhere() {
    for text in MOMENTS {
        let outputs = built(text, None).outputs;
        for (path, html) in pages(&outputs) {
            for Named { element, attribute, url } in named(html) {
                let link = element == "a" || (element == "link" && attribute == "href");
                let elsewhere = url.contains("//") && !url.starts_with(HOST);
                assert!(link || !elsewhere, "{path}: <{element} {attribute}=\"{url}\"> asks a third party");
            }
            for link in html.split("<link ").skip(1) {
                let link = link.split('>').next().unwrap();
                let loads =
                    ["stylesheet", "icon", "preload", "manifest", "prefetch", "preconnect", "dns-prefetch"]
                        .iter()
                        .any(|rel| link.contains(&format!("rel=\"{rel}")));
                let elsewhere = link.contains("://") && !link.contains(HOST);
                assert!(!(loads && elsewhere), "{path}: <link {link}> asks a third party");
            }
            assert!(!html.contains(" style=\""), "{path} has a style in an attribute, which the CSP forbids");
            for event in [" onclick=", " onload=", " onerror="] {
                assert!(!html.contains(event), "{path} has a script in an attribute");
            }
        }
        for (path, bytes) in outputs.iter().filter(|(path, _)| path.as_str().ends_with(".css")) {
            let css = std::str::from_utf8(bytes).unwrap();
            assert!(
                !css.contains("://") && !css.contains("@import"),
                "{path} loads something from elsewhere"
            );
        }
    }
}

#[test]
fn every_output_has_one_address_and_every_page_one_title() {
    let outputs = built(MOMENTS[1], None).outputs;
    let mut titles = BTreeSet::new();
    for (path, html) in pages(&outputs) {
        if html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        assert_eq!(html.matches("<h1").count(), 1, "{path} has not one first heading");
        let title = html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(titles.insert(title.to_owned()), "{path}: another page has the title “{title}”, too");
        assert!(html.contains("<html lang=\""), "{path} does not say its language");
        let mut ids = BTreeSet::new();
        for id in html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(ids.insert(id), "{path} has the id “{id}” twice");
        }
    }
}

/// What the demo holds back until a moment: the title and the address of every document with an embargo.
fn held_back() -> Vec<(String, String, Timestamp)> {
    let tree = demo();
    let mut held = Vec::new();
    for (path, file) in tree.below("content").filter(|(path, _)| path.extension() == "md") {
        let text = file.text().unwrap();
        let front = text.split("\n---").next().unwrap();
        let field = |key: &str| {
            let line = front.lines().find_map(|line| line.strip_prefix(key))?;
            Some(line.trim().trim_matches(['"', '\'']).to_owned())
        };
        let Some(publish) = field("publish:") else { continue };
        let name = path.name().trim_end_matches(".md");
        let slug = match name.get(..11) {
            Some(date) if date.ends_with('-') && date.starts_with("20") => &name[11..],
            _ => name,
        };
        let title = field("title:").or_else(|| field("name:")).unwrap();
        let folder = path.folder().strip_prefix("content").unwrap().trim_matches('/').to_owned();
        let address = if folder.is_empty() { format!("/{slug}/") } else { format!("/{folder}/{slug}/") };
        held.push((title, address, moment(&publish)));
    }
    held
}

#[test]
fn what_is_embargoed_is_nowhere() {
    let held = held_back();
    assert!(held.len() > 10, "only {} documents have an embargo", held.len());
    let mut kept = 0;
    for text in MOMENTS {
        let outputs = built(text, None).outputs;
        for (title, address, publish) in &held {
            let early = moment(text) < *publish;
            let page = support::out(&format!("{}index.html", address.trim_start_matches('/')));
            if early {
                kept += 1;
                assert!(!outputs.contains_key(&page), "as of {text} there is {page}");
                let escaped = title.replace('&', "&amp;").replace('\'', "&#x27;").replace('"', "&quot;");
                for (path, bytes) in &outputs {
                    let all = String::from_utf8_lossy(bytes);
                    for trace in [title.as_str(), &escaped, address] {
                        assert!(!all.contains(trace), "as of {text}, {path} tells of “{trace}”");
                    }
                }
            }
        }
    }
    assert!(kept > 20, "the moments are too late to hold anything back");
}

#[test]
fn what_was_embargoed_is_there_afterwards() {
    let outputs = built(MOMENTS[3], None).outputs;
    let mut shown = 0;
    for (title, address, _) in held_back() {
        let page = support::out(&format!("{}index.html", address.trim_start_matches('/')));
        shown += usize::from(outputs.contains_key(&page));
        assert!(outputs.contains_key(&page) || address.contains("hardship"), "“{title}” is missing");
    }
    assert!(shown > 10);
}

#[test]
fn at_twenty_to_six_the_first_page_says_where_to_go() {
    let built = built("2024-10-24T05:40", None);
    let home = built.text("index.html");
    for place in ["Bakersfield", "West Los Angeles", "San Diego", "Fontana", "Anaheim"] {
        assert!(home.contains(place), "the home page does not name {place}");
    }
    assert!(home.contains("6 a.m.") || home.contains("6\u{a0}a.m."), "the home page does not say when");
    assert!(!home.contains("Day 4"), "the update of that evening is out too early");
    let spanish = built.text("es/index.html");
    assert!(spanish.contains("lang=\"es\"") && spanish.contains("Bakersfield"));
}

#[test]
fn after_the_settlement_the_record_holds() {
    for text in ["2025-05-10T00:00", "2026-11-24T00:00"] {
        let built = built(text, None);
        let home = built.text("index.html");
        assert!(home.contains("This campaign is settled"), "as of {text} the home page is no record");
        assert!(!home.contains("Walk a shift, or help from home"), "as of {text} the action is still there");
        // Nothing that was published is gone: addresses in the press keep working.
        let before: BTreeSet<OutPath> = self::built("2024-10-24T05:40", None).outputs.into_keys().collect();
        let lost: Vec<&OutPath> = before
            .iter()
            .filter(|path| path.as_str().ends_with(".html") && !built.outputs.contains_key(path))
            .collect();
        assert!(lost.is_empty(), "as of {text} these pages are gone: {lost:?}");
    }
}

#[test]
fn what_is_left_out_is_not_made_and_nothing_leads_there() {
    let beside = ["/calendar.ics", "card.png", "/flyer/index.html", "/index.txt", "/timeline.json"];
    // The calendar of the whole campaign stays.
    let stays = ["calendar.ics", "es/calendar.ics"];
    let is_beside = |path: &OutPath| {
        !stays.contains(&path.as_str()) && beside.iter().any(|end| path.as_str().ends_with(end))
    };
    let whole = built("2024-10-24T05:40", None);
    let mut tree = demo();
    let campaign = support::source("content/campaign.yaml");
    let text = tree.text(&campaign).unwrap().to_owned();
    let more = "\nleave_out: [calendars, cards, flyers, texts, timelines]\n";
    tree.insert(campaign, File::new((text + more).into_bytes()));
    let settings = Settings { moment: moment("2024-10-24T05:40"), base: None, drafts: false };
    let without = finish(&support::undrawn(Engine::new(tree, settings)));
    assert!(!stops(&without.findings), "{}", without.report);
    for end in beside {
        assert!(whole.outputs.keys().any(|path| path.as_str().ends_with(end)), "the demo has no {end}");
    }
    let expected: BTreeSet<&OutPath> = whole.outputs.keys().filter(|path| !is_beside(path)).collect();
    assert_eq!(without.outputs.keys().collect::<BTreeSet<_>>(), expected);
    every_link_resolves(&without.outputs, HOST);
}

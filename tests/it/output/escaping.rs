//! Content is data: whatever a title says, every output stays well-formed and says just that.

use handbill::base::OutPath;
use handbill::model::{Destination, Kind, Page, Reader, Redirect, Route, Site};
use handbill::output::json_ld;
use jiff::civil::date;
use proptest::prelude::*;
use quick_xml::events::Event;
use serde_json::Value;

use super::sites::{Fake, add, add_planned, change, picket, release, shift, site};
use super::{ENGLISH, text};

/// Texts that broke somebody's generator, and any others.
fn hostile() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "<![CDATA[",
        "&amp; &lt; &#0; &",
        "a\u{0}b\u{8}c\u{b}\u{c}\u{1b}\u{fffe}\u{ffff}",
        "\"double\" 'single' `back`",
        "\u{2028}\u{2029}\u{85}",
        "✊🏽 👩‍👩‍👧",
        "\u{202e}אבג\u{202c} العربية",
        "{{ title }} {% raw %}",
        "line\r\nbreak\ttab",
        "C:\\path\\",
    ]);
    prop_oneof![known.prop_map(str::to_owned), ".{0,40}", (known_part(), ".{0,9}").prop_map(|(a, b)| a + &b)]
}

fn known_part() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec!["<", ">", "&", "\"", "'", "]]>", "\u{1}", "\n", "é"]),
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

fn said(title: &str) -> Site {
    let mut site = site();
    title.clone_into(&mut site.campaign.texts[0].title);
    site.campaign.texts[0].unions[0].url = Some(format!("https://nurses.example/?{title}"));
    let id = add(&mut site, release("strike", title, date(2024, 10, 21)));
    change(&mut site, id, |card| card.summary = Some(title.to_owned()));
    add_planned(&mut site, picket("fontana", title), vec![shift(date(2024, 10, 24))]);
    site
}

/// All text of the elements of a name; fails where the document is not well-formed.
fn texts_of(xml: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut found, mut open) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                start.attributes().for_each(|attribute| drop(attribute.unwrap()));
                let tag = start.name().as_ref().to_owned();
                if tag == name {
                    found.push(String::new());
                }
                open.push(tag);
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) if open.last().is_some_and(|tag| tag == name) => {
                found.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(reference) if open.last().is_some_and(|tag| tag == name) => {
                let reference = format!("&{};", &*reference);
                found.last_mut().unwrap().push_str(&quick_xml::escape::unescape(&reference).unwrap());
            }
            Event::Eof => return if open.is_empty() { found } else { panic!("{open:?} are open") },
            _ => {}
        }
    }
}

/// Whether XML cannot carry a character (XML 1.0 §2.2).
fn illegal(c: char) -> bool {
    c.is_ascii_control() && !"\t\n\r\u{7f}".contains(c) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Whether a word of `_redirects` has a `:name` that a host would replace.
fn is_pattern(word: &str) -> bool {
    let names = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    word.trim_start_matches("https:").split(':').skip(1).any(names)
}

/// What XML can carry of a text.
fn carried(text: &str) -> String {
    text.chars().filter(|c| !illegal(*c)).collect()
}

/// Whether a regular expression without anything but escaped letters is of a text; a dot is of any letter.
fn means(pattern: &str, text: &str) -> bool {
    let mut letters = pattern.chars();
    let is_next = |letter: char| match letters.next() {
        Some('\\') => letters.next() == Some(letter),
        Some('.') => letter.is_control(),
        Some(plain) => plain == letter && !"+*?()[]{}^$|#".contains(plain),
        None => false,
    };
    text.chars().all(is_next) && letters.next().is_none()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..Default::default() })]

    #[test]
    fn atom_stays_well_formed(title in hostile()) {
        let atom = text(&said(&title), "atom.xml", &Route::Atom(ENGLISH));
        let titles = texts_of(&atom, "title");
        prop_assert_eq!(titles.len(), 2);
        prop_assert_eq!(&titles[1], &carried(&title));
        prop_assert!(!atom.chars().any(illegal));
    }

    #[test]
    fn json_says_what_was_typed(title in hostile()) {
        let site = said(&title);
        let feed: Value = serde_json::from_str(&text(&site, "feed.json", &Route::JsonFeed(ENGLISH))).unwrap();
        prop_assert_eq!(&feed["items"][0]["title"], &Value::from(title.as_str()));
        let map: Value = serde_json::from_str(&text(&site, "locations.geojson", &Route::GeoJson)).unwrap();
        prop_assert_eq!(&map["features"][0]["properties"]["name"], &Value::from(title.as_str()));
    }

    #[test]
    fn structured_data_cannot_leave_its_script(title in hostile()) {
        let site = said(&title);
        for id in site.lists[0].of(Kind::Statement).iter().chain(site.lists[0].of(Kind::Location)) {
            let json = json_ld::page(&Page::Document(*id), &Reader::new(&site), &Fake);
            let open = json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']);
            prop_assert!(!open, "{json}");
            let data: Value = serde_json::from_str(&json).unwrap();
            let node = &data["@graph"][0];
            let name = node.get("headline").or(node.get("name"));
            prop_assert_eq!(name, Some(&Value::from(title.as_str())));
        }
    }

    #[test]
    fn a_redirect_is_one_line_without_patterns(from in "[^/\\\\\0]{1,20}", to in hostile()) {
        prop_assume!(from != "." && from != "..");
        let mut site = site();
        for to in [Destination::Elsewhere(format!("https://x.example/{to}")), Destination::Address(to)] {
            let out = OutPath::page(&from).unwrap();
            site.redirects = vec![Redirect { out, to, language: ENGLISH, is_short: true }];
            let file = text(&site, "_redirects", &Route::Redirects);
            let words: Vec<&str> = file.split_whitespace().collect();
            prop_assert!(file.lines().count() <= 1 && file.is_ascii() && !file.contains('*'), "{file}");
            prop_assert!(words.is_empty() || words.len() == 3 && words[2] == "301", "{file}");
            prop_assert!(!words.iter().any(|word| is_pattern(word)), "{file}");
            // What Apache could take for more than an address is left to the stub.
            let apache = text(&site, ".htaccess", &Route::Htaccess);
            let rules: Vec<&str> = apache.lines().skip(3).take_while(|line| *line != "</IfModule>").collect();
            prop_assert!(rules.len() <= file.lines().count(), "{apache}");
            prop_assert_eq!(apache.lines().nth(4 + rules.len()), Some("<IfModule mod_mime.c>"), "{}", apache);
            for rule in rules {
                let bare = rule.replace("\\\\", "").replace("\\\"", "");
                let parts: Vec<&str> = bare.split('"').collect();
                prop_assert!(parts.len() == 5 && parts[0] == "  RedirectMatch 301 " && parts[2] == " ", "{rule}");
                prop_assert!(!parts[3].contains(['$', '\\']) && !parts[3].contains("%{"), "{rule}");
                let pattern = rule.split_once('"').unwrap().1.rsplit_once("\" \"").unwrap().0;
                // As Apache reads what stands in quotes.
                let pattern = pattern.replace("\\\"", "\"").replace("\\\\", "\\");
let plain = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix("/?$")).unwrap();
                prop_assert!(means(plain, &format!("/{from}")), "{rule}");
            }
        }
    }
}

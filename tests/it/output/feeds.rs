//! Both feeds.

use handbill::base::Slug;
use handbill::model::{
    Correction, Details, Fact, Issuer, Linked, ListId, Route, Side, Site, Source, Tag, Term,
};
use jiff::civil::date;
use serde_json::{Value, json};

use super::sites::{add, at, card, change, release, site, statement, with_spanish};
use super::{ENGLISH, SPANISH, rendered, term, text};

const ATOM: &str = r##"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>https://union.example/atom.xml</id>
  <title>Care can&apos;t wait</title>
  <subtitle>Safe staffing &amp; fair pay</subtitle>
  <updated>2024-10-23T00:00:00-07:00</updated>
  <link rel="self" type="application/atom+xml" href="https://union.example/atom.xml"/>
  <link rel="alternate" type="text/html" href="https://union.example/"/>
  <icon>https://union.example/assets/icon-192.png</icon>
  <author>
    <name>United Nurses</name>
    <uri>https://nurses.example/</uri>
  </author>
  <entry xml:lang="en">
    <id>https://union.example/statements/strike/</id>
    <title>Nurses walk out</title>
    <published>2024-10-21T06:00:00-07:00</published>
    <updated>2024-10-23T00:00:00-07:00</updated>
    <author>
      <name>United Nurses</name>
      <uri>https://nurses.example/</uri>
    </author>
    <link rel="alternate" type="text/html" href="https://union.example/statements/strike/"/>
    <category term="strike" label="Strike"/>
    <summary>At six in the morning.</summary>
    <content type="html">&lt;p&gt;&lt;/p&gt;</content>
  </entry>
  <entry xml:lang="en">
    <id>https://union.example/statements/offer/</id>
    <title>Our offer</title>
    <published>2024-10-20T00:00:00-07:00</published>
    <updated>2024-10-20T00:00:00-07:00</updated>
    <author>
      <name>Acme Health</name>
    </author>
    <link rel="alternate" type="text/html" href="https://union.example/statements/offer/"/>
    <link rel="via" href="https://acme.example/?a=1&amp;b=2"/>
    <content type="html">&lt;p&gt;&lt;/p&gt;</content>
  </entry>
</feed>
"##;

fn campaign() -> Site {
    let mut site = site();
    let strike = add(&mut site, release("strike", "Nurses walk out", date(2024, 10, 21)));
    change(&mut site, strike, |card| {
        card.summary = Some("At six in the morning.".to_owned());
        card.published = Some(at("2024-10-21T13:00:00Z"));
        card.tags = vec![Tag { slug: Slug::parse("strike").unwrap(), name: "Strike".to_owned() }];
        if let Details::Statement(statement) = &mut card.details {
            statement.corrections = vec![Correction { date: date(2024, 10, 23), text: Linked::default() }];
        }
    });
    let mut theirs = statement(date(2024, 10, 20));
    theirs.issuer = Some(Issuer { name: "Acme Health".to_owned(), side: Side::Employer });
    theirs.source =
        Some(Source { title: "Acme".to_owned(), url: "https://acme.example/?a=1&b=2".to_owned() });
    add(&mut site, card(ENGLISH, "offer", "Our offer", Details::Statement(Box::new(theirs))));
    site
}

#[test]
fn atom_names_each_issuer_and_its_updated_is_the_newest_entrys() {
    assert_eq!(text(&campaign(), "atom.xml", &Route::Atom(ENGLISH)), ATOM);
}

#[test]
fn json_feed_says_the_same() {
    let feed: Value =
        serde_json::from_str(&text(&campaign(), "feed.json", &Route::JsonFeed(ENGLISH))).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["home_page_url"], "https://union.example/");
    assert_eq!(feed["feed_url"], "https://union.example/feed.json");
    assert_eq!(
        feed["items"][1],
        json!({
            "id": "https://union.example/statements/offer/",
            "url": "https://union.example/statements/offer/",
            "external_url": "https://acme.example/?a=1&b=2",
            "title": "Our offer",
            "content_html": "<p></p>",
            "date_published": "2024-10-20T00:00:00-07:00",
            "date_modified": "2024-10-20T00:00:00-07:00",
            "authors": [{ "name": "Acme Health" }],
            "language": "en",
        })
    );
    assert_eq!(feed["items"][0]["date_modified"], "2024-10-23T00:00:00-07:00");
    assert_eq!(feed["items"][0]["authors"][0]["url"], "https://nurses.example/");
}

#[test]
fn an_entry_changed_before_it_was_published_counts_as_published() {
    let mut site = site();
    let id = add(&mut site, release("strike", "Strike", date(2024, 10, 21)));
    change(&mut site, id, |card| card.updated = Some(date(2024, 10, 1)));
    let atom = text(&site, "atom.xml", &Route::Atom(ENGLISH));
    assert!(!atom.contains("2024-10-01"), "{atom}");
}

#[test]
fn a_feed_carries_thirty_statements_and_no_draft() {
    let mut site = site();
    for number in 0..40 {
        let id = add(&mut site, release(&format!("s{number}"), &format!("S{number}"), date(2024, 10, 21)));
        change(&mut site, id, |card| card.unpublished = number == 7);
    }
    let atom = text(&site, "atom.xml", &Route::Atom(ENGLISH));
    assert_eq!(atom.matches("<entry").count(), 29);
    assert!(!atom.contains("/s7/"));
}

#[test]
fn a_feed_of_another_language_marks_what_is_not_translated() {
    let mut site = with_spanish(site());
    let id = add(&mut site, release("strike", "Strike", date(2024, 10, 21)));
    site.lists[1].statements.push(id);
    let atom = text(&site, "es/atom.xml", &Route::Atom(SPANISH));
    assert!(atom.contains(r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es">"#), "{atom}");
    assert!(atom.contains(r#"<entry xml:lang="en">"#), "{atom}");
    assert!(atom.contains(r#"href="https://union.example/es/atom.xml""#), "{atom}");
    assert!(atom.contains(r#"type="text/html" href="https://union.example/es/""#), "{atom}");
}

#[test]
fn an_empty_feed_is_valid_and_has_no_clock() {
    let atom = text(&site(), "atom.xml", &Route::Atom(ENGLISH));
    assert!(atom.contains("<updated>1969-12-31T16:00:00-08:00</updated>"), "{atom}");
    let feed: Value = serde_json::from_str(&text(&site(), "feed.json", &Route::JsonFeed(ENGLISH))).unwrap();
    assert_eq!(feed["items"], json!([]));
}

#[test]
fn a_feed_depends_on_its_statements_and_not_on_the_moment() {
    let site = campaign();
    let (_, facts) = rendered(&site, "atom.xml", &Route::Atom(ENGLISH));
    assert!(facts.contains(&Fact::List(ListId::Newest(ENGLISH, 30))));
    assert!(!facts.contains(&Fact::Stamp) && !facts.contains(&Fact::Routes), "{facts:?}");
    assert_eq!(term(&site, "atom.xml", &Route::Atom(ENGLISH)), Term::ALWAYS);
}

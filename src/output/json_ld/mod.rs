//! Structured data for search engines and map services: schema.org in JSON-LD, one block for each page.

mod events;
mod graph;
mod parts;
mod places;

use serde::Serialize;

use graph::Graph;
use parts::{BreadcrumbList, Image, Reference, Speakers};

use super::Presenter;
use super::authors;
use super::time::{of_statement, rfc3339};
use super::view::{View, description};
use crate::model::{Card, Details, Kind, Listing, Page, Reader, Statement};

/// The JSON of a page's `<script type="application/ld+json">`, safe inside it as it is; empty where there is
/// nothing to say.
pub fn page(page: &Page, reader: &Reader<'_>, presenter: &dyn Presenter) -> String {
    let mut graph = Graph::new();
    match page {
        Page::Document(id) => match reader.card(*id) {
            Some(card) => document(card, &View::new(card.language, reader, presenter), &mut graph),
            None => return String::new(),
        },
        Page::List(language, listing) => {
            list(listing, &View::new(*language, reader, presenter), &mut graph);
        }
        Page::NotFound(_) | Page::Print(_) => return String::new(),
    }
    script_safe(&graph.finish())
}

/// JSON that can end no script, open no comment and hold no entity (HTML §4.12.1.3): these characters stand in
/// JSON only inside strings, where an escape means the same.
fn script_safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut from = 0;
    for (at, byte) in json.bytes().enumerate() {
        let (length, escape) = match byte {
            b'<' => (1, "\\u003c"),
            b'>' => (1, "\\u003e"),
            b'&' => (1, "\\u0026"),
            0xe2 if json[at..].starts_with('\u{2028}') => (3, "\\u2028"),
            0xe2 if json[at..].starts_with('\u{2029}') => (3, "\\u2029"),
            _ => continue,
        };
        safe.push_str(&json[from..at]);
        safe.push_str(escape);
        from = at + length;
    }
    safe.push_str(&json[from..]);
    safe
}

fn document(card: &Card, view: &View<'_>, graph: &mut Graph) {
    match &card.details {
        Details::Home => graph.add(&home(card, view)),
        Details::Statement(statement) => graph.add(&article(card, statement, view)),
        Details::Location(location) => events::of_location(card, location, view, graph),
        Details::Event(event) => events::of_event(card, event, view, graph),
        Details::Timeline(_) | Details::Page => graph.add(&web_page(card, view)),
    }
    if card.kind() != Kind::Home {
        graph.add(&trail(card, view));
    }
    if !matches!(card.kind(), Kind::Timeline | Kind::Page) {
        parts::unions(view).for_each(|union| graph.add(&union));
    }
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct WebSite<'a> {
    #[serde(rename = "@id")]
    id: String,
    url: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    in_language: &'a str,
    publisher: Speakers<'a>,
}

fn home<'a>(card: &Card, view: &View<'a>) -> WebSite<'a> {
    WebSite {
        id: view.home(),
        url: view.home(),
        name: &view.texts.title,
        description: view.texts.tagline.clone().or_else(|| description(card)),
        in_language: view.tag(view.language),
        publisher: Speakers::of(&authors::unions(view.texts)),
    }
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct NewsArticle<'a> {
    url: String,
    main_entity_of_page: String,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    in_language: &'a str,
    date_published: String,
    date_modified: String,
    author: Speakers<'a>,
    publisher: Speakers<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Image<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<&'a str>,
}

fn article<'a>(card: &'a Card, statement: &'a Statement, view: &View<'a>) -> NewsArticle<'a> {
    let dates = of_statement(card, statement, &view.campaign.zone);
    let url = view.url(&card.route);
    NewsArticle {
        url: url.clone(),
        main_entity_of_page: url,
        headline: &card.title,
        description: description(card),
        in_language: view.tag(card.language),
        date_published: rfc3339(dates.published, &view.campaign.zone),
        date_modified: rfc3339(dates.updated, &view.campaign.zone),
        author: Speakers::of(&authors::of(statement, view.texts)),
        publisher: Speakers::of(&authors::unions(view.texts)),
        image: parts::image(card, view),
        is_based_on: statement.source.as_ref().map(|source| source.url.as_str()),
    }
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct WebPage<'a> {
    url: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    is_part_of: Reference,
}

fn web_page<'a>(card: &'a Card, view: &View<'a>) -> WebPage<'a> {
    WebPage {
        url: view.url(&card.route),
        name: &card.title,
        description: description(card),
        in_language: view.tag(card.language),
        date_modified: card.updated.map(|day| day.to_string()),
        is_part_of: Reference { id: view.home() },
    }
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct CollectionPage<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    name: String,
    in_language: &'a str,
    is_part_of: Reference,
}

fn list(listing: &Listing, view: &View<'_>, graph: &mut Graph) {
    let url = list_url(listing, view);
    let of_kind = |kind: Kind| view.word(kind.list_word());
    let (name, trail) = match listing {
        Listing::Kind { kind, .. } => (of_kind(*kind), vec![(of_kind(*kind), url.clone())]),
        Listing::Year { year, .. } => {
            let statements = Listing::Kind { kind: Kind::Statement, number: 1 };
            let above = (of_kind(Kind::Statement), list_url(&statements, view));
            let name = view.word("year_title").replace("{year}", &year.to_string());
            (name, vec![above, (year.to_string(), url.clone())])
        }
        Listing::Tag { tag, .. } => {
            let name = view.reader.tag_name(view.language, tag).to_owned();
            (name.clone(), vec![(name, url.clone())])
        }
    };
    graph.add(&CollectionPage {
        url,
        name,
        in_language: view.tag(view.language),
        is_part_of: Reference { id: view.home() },
    });
    graph.add(&parts::breadcrumbs(trail, view));
}

fn list_url(listing: &Listing, view: &View<'_>) -> Option<String> {
    listing.out(view.campaign, view.language).map(|path| view.url(&path))
}

/// The way from the home page to a document: through the list of its kind, where it has one.
fn trail(card: &Card, view: &View<'_>) -> BreadcrumbList {
    let kind = card.kind();
    let list = Kind::LISTED
        .contains(&kind)
        .then(|| (view.word(kind.list_word()), list_url(&Listing::Kind { kind, number: 1 }, view)));
    let own = (card.title.clone(), Some(view.url(&card.route)));
    parts::breadcrumbs(list.into_iter().chain([own]), view)
}

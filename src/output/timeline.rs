//! `timeline.json`: the entries of a timeline for others who tell the same story.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::Presenter;
use super::json::{compact, file};
use super::time::rfc3339;
use super::view::{View, description};
use crate::base::DocId;
use crate::model::{Card, Details, LinkedEvent, Reader, Timeline, When};

/// A timeline in its language.
pub(super) fn render(id: DocId, reader: &Reader<'_>, presenter: &dyn Presenter) -> Vec<u8> {
    let Some(card) = reader.card(id) else { return Vec::new() };
    let Details::Timeline(timeline) = &card.details else { return Vec::new() };
    let view = &View::new(card.language, reader, presenter);
    let entries = timeline.events().iter().zip(timeline.anchors());
    let entries: Vec<Value> =
        entries.map(|(event, anchor)| entry(card, timeline, event, anchor, view)).collect();
    file(&compact(json!({
        "title": card.title,
        "url": view.url(&card.route),
        "description": description(card),
        "language": view.tag(card.language),
        "events": entries,
    })))
}

fn entry(card: &Card, timeline: &Timeline, event: &LinkedEvent, anchor: &str, view: &View<'_>) -> Value {
    let page = |id: DocId| {
        let (title, page) = view.reader.link(view.reader.version(id, view.language))?;
        Some((title, view.url(page)))
    };
    let link =
        |id: Option<DocId>| id.and_then(page).map(|(title, url)| json!({ "title": title, "url": url }));
    let zone = zone(timeline, event, view);
    json!({
        "date": written(event.from, zone),
        "end": event.to.map(|to| written(to, zone)),
        "precision": precision(event.from),
        "approximate": event.approximate.then_some(true),
        "title": event.title,
        "url": format!("{}#{anchor}", view.url(&card.route)),
        "html": event.text.as_ref().map(|text| view.text(text, card)),
        "source": event.source.as_ref().map(|source| json!({ "title": source.title, "url": source.url })),
        "statement": link(event.statement),
        "location": link(event.location),
        "image": event.image.as_ref().map(|image| json!({
            "url": view.picture(image),
            "alt": image.alt,
            "credit": image.credit,
            "caption": image.caption,
        })),
    })
}

/// The zone of an entry's clock times: its location's, else the timeline's, else the campaign's.
fn zone<'a>(timeline: &'a Timeline, event: &LinkedEvent, view: &View<'a>) -> &'a TimeZone {
    let card = event.location.and_then(|id| view.reader.card(id));
    match card.map(|card| &card.details) {
        Some(Details::Location(location)) => &location.zone,
        _ => timeline.zone().unwrap_or(&view.campaign.zone),
    }
}

/// `2023`, `2023-10`, `2023-10-12`, or a moment with its offset (ISO 8601).
fn written(when: When, zone: &TimeZone) -> String {
    match when {
        When::Moment(_) => rfc3339(when.begins(zone), zone),
        coarser => coarser.to_string(),
    }
}

fn precision(when: When) -> &'static str {
    match when {
        When::Year(_) => "year",
        When::Month(..) => "month",
        When::Day(_) => "day",
        When::Moment(_) => "moment",
    }
}

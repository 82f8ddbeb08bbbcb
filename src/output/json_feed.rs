//! The JSON feed of a language (JSON Feed 1.1, <https://www.jsonfeed.org/version/1.1/>).

use serde_json::{Value, json};

use super::authors::{self, Author};
use super::feed::{Entry, entries};
use super::json::{compact, file};
use super::time::rfc3339;
use super::view::View;
use crate::base::OutPath;

/// The newest statements as a JSON feed.
pub(super) fn render(path: &OutPath, view: &View<'_>) -> Vec<u8> {
    let mut feed = compact(json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.texts.title,
        "home_page_url": view.home(),
        "feed_url": view.url(path),
        "description": view.texts.tagline,
        "icon": view.asset("icon-512.png"),
        "favicon": view.asset("icon-192.png"),
        "authors": people(&authors::unions(view.texts)),
        "language": view.tag(view.language),
    }));
    // Added last because it must be there even when it is empty.
    feed["items"] = entries(view).iter().map(|entry| item(entry, view)).collect();
    file(&feed)
}

fn item(entry: &Entry<'_>, view: &View<'_>) -> Value {
    let zone = &view.campaign.zone;
    let tags: Vec<&str> = entry.tags.iter().map(|tag| tag.name.as_str()).collect();
    compact(json!({
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.source,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "image": entry.image.map(|image| view.picture(image)),
        "date_published": rfc3339(entry.dates.published, zone),
        "date_modified": rfc3339(entry.dates.updated, zone),
        "authors": people(&entry.authors),
        "tags": tags,
        "language": view.tag(entry.language),
    }))
}

fn people(authors: &[Author<'_>]) -> Vec<Value> {
    authors.iter().map(|author| json!({ "name": author.name, "url": author.url })).collect()
}

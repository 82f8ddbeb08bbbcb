//! The Atom feed of a language (RFC 4287).

use jiff::Timestamp;

use super::authors::{self, Author};
use super::feed::{Entry, entries};
use super::time::rfc3339;
use super::view::View;
use super::xml::Xml;
use crate::base::OutPath;

/// The newest statements as an Atom feed. Its `updated` is its newest entry's, so that the same content gives the
/// same bytes at any time.
pub(super) fn render(path: &OutPath, view: &View<'_>) -> Vec<u8> {
    let language = view.tag(view.language);
    let root = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", language)];
    let entries = entries(view);
    Xml::document("feed", &root, |xml| {
        head(xml, &view.url(path), &entries, view);
        entries.iter().for_each(|entry| write_entry(xml, entry, view));
    })
}

fn head(xml: &mut Xml, own_url: &str, entries: &[Entry<'_>], view: &View<'_>) {
    // An empty feed needs a moment too (RFC 4287 §4.1.1), and must not take it from the clock.
    let updated = entries.iter().map(|entry| entry.dates.updated).max().unwrap_or(Timestamp::UNIX_EPOCH);
    xml.text("id", &[], own_url);
    xml.text("title", &[], &view.texts.title);
    if let Some(tagline) = &view.texts.tagline {
        xml.text("subtitle", &[], tagline);
    }
    xml.text("updated", &[], &rfc3339(updated, &view.campaign.zone));
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", own_url)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &view.home())]);
    if let Some(icon) = view.asset("icon-192.png") {
        xml.text("icon", &[], &icon);
    }
    authors::unions(view.texts).iter().for_each(|author| write_author(xml, author));
}

fn write_entry(xml: &mut Xml, entry: &Entry<'_>, view: &View<'_>) {
    let zone = &view.campaign.zone;
    xml.element("entry", &[("xml:lang", view.tag(entry.language))], |xml| {
        xml.text("id", &[], &entry.id);
        xml.text("title", &[], &entry.title);
        xml.text("published", &[], &rfc3339(entry.dates.published, zone));
        xml.text("updated", &[], &rfc3339(entry.dates.updated, zone));
        entry.authors.iter().for_each(|author| write_author(xml, author));
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
        if let Some(source) = entry.source {
            xml.empty("link", &[("rel", "via"), ("href", source)]);
        }
        for tag in entry.tags {
            xml.empty("category", &[("term", tag.slug.as_str()), ("label", &tag.name)]);
        }
        if let Some(summary) = &entry.summary {
            xml.text("summary", &[], summary);
        }
        xml.text("content", &[("type", "html")], &entry.content);
    });
}

fn write_author(xml: &mut Xml, author: &Author<'_>) {
    xml.element("author", &[], |xml| {
        xml.text("name", &[], author.name);
        if let Some(url) = author.url {
            xml.text("uri", &[], url);
        }
    });
}

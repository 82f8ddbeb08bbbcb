//! Calendars to subscribe to (RFC 5545): one of the campaign in each language, one of each location and event.

mod entries;
mod lines;
mod places;
mod series;
mod zones;

use std::collections::BTreeSet;

use entries::Entry;
use lines::Lines;
use places::Spot;
use zones::Zones;

use super::Presenter;
use super::view::View;
use crate::base::{DocId, OutPath};
use crate::model::{Card, Details, Kind, Reader};

/// How often subscribers look again.
const REFRESH: &str = "PT1H";

/// Everything that happens in the campaign. Drafts and embargoed documents stay out even where they are shown: a
/// calendar would keep them.
pub(super) fn of_campaign(path: &OutPath, view: &View<'_>) -> Vec<u8> {
    let kinds = [Kind::Location, Kind::Event];
    let ids = kinds.into_iter().flat_map(|kind| view.reader.of_kind(view.language, kind));
    let cards = ids.filter_map(|id| view.reader.card(*id)).filter(|card| !card.unpublished);
    let entries: Vec<Entry> = cards.flat_map(|card| entries::of_document(card, view)).collect();
    let title = view.word("calendar_title").replace("{campaign}", &view.texts.title);
    file(&title, &view.url(path), &entries, None, view)
}

/// What happens at a location, whatever document tells of it; or the days of an event.
pub(super) fn of_document(
    path: &OutPath,
    id: DocId,
    reader: &Reader<'_>,
    presenter: &dyn Presenter,
) -> Vec<u8> {
    let Some(card) = reader.card(id) else { return Vec::new() };
    let view = &View::new(card.language, reader, presenter);
    let mut entries = entries::of_document(card, view);
    if matches!(card.details, Details::Location(_)) {
        entries.extend(here(card, view));
    }
    let title = format!("{}: {}", card.title, view.texts.title);
    file(&title, &view.url(path), &entries, Spot::of_document(card, view).as_ref(), view)
}

/// What other documents have at a location: events with a page of their own, and what was moved here.
fn here(card: &Card, view: &View<'_>) -> Vec<Entry> {
    let origins = view.reader.plan(card.id).occurrences.iter().filter_map(|one| one.origin.as_ref());
    let origins = origins.filter(|origin| !card.versions.contains(&Some(origin.document)));
    let origins: BTreeSet<DocId> =
        origins.map(|origin| view.reader.version(origin.document, view.language)).collect();
    let published = |id: &DocId| view.reader.card(*id).filter(|card| !card.unpublished);
    let moved = origins.iter().filter_map(published).flat_map(|other| entries::of_document(other, view));
    let moved = moved.filter(|entry| entry.moved_to == Some(card.id));
    let events = &view.reader.at_location(view.language, card.id).events;
    let events = events.iter().filter_map(published).flat_map(|event| entries::of_document(event, view));
    moved.chain(events).collect()
}

fn file(title: &str, url: &str, entries: &[Entry], spot: Option<&Spot>, view: &View<'_>) -> Vec<u8> {
    let mut zones = Zones::default();
    entries.iter().for_each(|entry| zones.extend(entry.zones()));
    let (zone, name) =
        spot.map_or((&view.campaign.zone, &view.campaign.zone_name), |spot| (&spot.zone, &spot.zone_name));
    if zones.is_empty() {
        // A calendar holds one component at least (RFC 5545 §3.6), and subscribers of one that has become empty must
        // be told so.
        zones.need(name, zone, jiff::Timestamp::UNIX_EPOCH);
    }
    let mut lines = Lines::default();
    lines.component("VCALENDAR", |lines| {
        lines.raw("VERSION", "2.0");
        lines.text("PRODID", "-//Handbill//Handbill//EN");
        lines.raw("CALSCALE", "GREGORIAN");
        lines.text("NAME", title);
        lines.text("X-WR-CALNAME", title);
        lines.text("X-WR-TIMEZONE", name);
        lines.raw("SOURCE;VALUE=URI", url);
        lines.raw("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        lines.raw("X-PUBLISHED-TTL", REFRESH);
        zones.write(lines);
        entries.iter().for_each(|entry| lines.append(&entry.lines));
    });
    lines.into_bytes()
}

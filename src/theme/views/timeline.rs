//! Timelines as templates see them.

use jiff::tz::TimeZone;
use tera::Value;

use super::value::{Fields, fields, html, list, record};
use super::{Scene, dates, links};
use crate::base::DocId;
use crate::model::{Card, Details, LinkedEvent, Timeline};
use crate::theme::prose::{Prose, Urls};

/// The fields of a timeline's page.
pub(super) fn fields(scene: &Scene<'_>, card: &Card, timeline: &Timeline) -> Fields {
    fields![scene; ("events", events(scene, card, timeline))]
}

/// The events of a timeline, earliest first. Cards within them are plain ones.
pub(super) fn events(scene: &Scene<'_>, card: &Card, timeline: &Timeline) -> Value {
    let entries = timeline.events().iter().zip(timeline.anchors());
    list(entries.map(|(event, anchor)| one(scene, card, timeline, event, anchor)))
}

fn one(scene: &Scene<'_>, card: &Card, timeline: &Timeline, event: &LinkedEvent, anchor: &str) -> Value {
    let (moment, _) = scene.reader.moment();
    let location = event.location.map(|id| scene.version(id));
    let zone = location.and_then(|id| zone(scene, id)).or(timeline.zone()).unwrap_or(&scene.campaign.zone);
    let (date, date_text) = dates::when(scene.words, event.from, event.to);
    let text = event
        .text
        .as_ref()
        .map(|text| html(&Prose::new(*scene, Some(card.id), Urls::Elsewhere).render(text)));
    let plain = |id: Option<DocId>| id.map_or_else(Value::none, |id| scene.plain_card(scene.version(id)));
    record([
        ("date", date),
        ("date_text", date_text.into()),
        ("title", event.title.as_str().into()),
        ("text_html", text.into()),
        ("source", event.source.as_ref().map(links::source).into()),
        ("statement", plain(event.statement)),
        ("location", plain(location)),
        ("image", scene.picture_or_none(event.image.as_ref())),
        ("approximate", event.approximate.into()),
        ("future", (event.from.begins(zone) > moment).into()),
        ("id", anchor.into()),
    ])
}

fn zone<'a>(scene: &Scene<'a>, id: DocId) -> Option<&'a TimeZone> {
    match &scene.card(id)?.details {
        Details::Location(location) => Some(&location.zone),
        _ => None,
    }
}

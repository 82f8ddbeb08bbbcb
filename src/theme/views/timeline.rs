//! Timelines as templates see them.

use jiff::tz::TimeZone;
use tera::Value;

use super::value::{Fields, fields, html, list, record};
use super::{Scene, dates, links};
use crate::base::DocId;
use crate::model::{Beside, Card, Details, LinkedEvent, Timeline, When};
use crate::theme::prose::{Prose, Urls};

/// Further away than these, days are not counted.
const MOST_COUNTED: i64 = 400;

/// The fields of a timeline's page.
pub(super) fn fields(scene: &Scene<'_>, card: &Card, timeline: &Timeline) -> Fields {
    fields![scene;
        ("events", events(scene, card, timeline)),
        ("json_url", json_url(scene, card).into()),
    ]
}

/// Where the entries stand as JSON, where they do.
fn json_url(scene: &Scene<'_>, card: &Card) -> Option<String> {
    let has = scene.campaign.has(Beside::Timelines) && !card.unpublished;
    let out = Timeline::json_of(&card.route).filter(|_| has)?;
    Some(scene.url(&out))
}

/// The events of a timeline, earliest first. Cards within them are plain ones.
pub(super) fn events(scene: &Scene<'_>, card: &Card, timeline: &Timeline) -> Value {
    let entries = timeline.events().iter().zip(timeline.anchors());
    list(entries.map(|(event, anchor)| one(scene, card, timeline, event, anchor)))
}

/// The events of single days, each with how many days it is away.
pub(super) fn counted(scene: &Scene<'_>, card: &Card, timeline: &Timeline) -> Vec<(i64, Value)> {
    let event = |(event, anchor): (&LinkedEvent, &String)| {
        let value = one(scene, card, timeline, event, anchor);
        let days = value.get_from_path("days").and_then(Value::as_i128)?;
        Some((i64::try_from(days).ok()?, value))
    };
    timeline.events().iter().zip(timeline.anchors()).filter_map(event).collect()
}

fn one(scene: &Scene<'_>, card: &Card, timeline: &Timeline, event: &LinkedEvent, anchor: &str) -> Value {
    let location = event.location.map(|id| scene.version(id));
    let zone = location.and_then(|id| zone(scene, id)).or(timeline.zone()).unwrap_or(&scene.campaign.zone);
    let (date, date_text) = dates::when(scene.words, event.from, event.to);
    let days = days(scene, event, zone);
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
        ("days", days.into()),
        ("ago", days.map(|days| scene.words.ago(days)).into()),
        ("future", (!scene.reader.clock().has_come(event.from.begins(zone))).into()),
        ("id", anchor.into()),
    ])
}

/// How many days an entry of a single day is away, of a campaign that is not yet a record.
fn days(scene: &Scene<'_>, event: &LinkedEvent, zone: &TimeZone) -> Option<i64> {
    let (_, record) = scene.reader.phase();
    let single = matches!(event.from, When::Day(_) | When::Moment(_)) && event.to.is_none();
    if record || !single || event.approximate {
        return None;
    }
    let days = super::dates::between(scene.reader.clock().today(zone), event.from.first().date());
    Some(days).filter(|days| days.abs() <= MOST_COUNTED)
}

fn zone<'a>(scene: &Scene<'a>, id: DocId) -> Option<&'a TimeZone> {
    match &scene.card(id)?.details {
        Details::Location(location) => Some(&location.zone),
        _ => None,
    }
}

//! `map`: the places of the list, each with its number there, for a template to draw.

use tera::Value;

use super::value::{list, record, text};
use super::{Scene, Shared};
use crate::model::{Details, Kind, LocationStatus};
use crate::theme::map::{Labels, Map, Named, Place, Scale};

impl Scene<'_> {
    /// `map`: the places that have coordinates; `none` where none has.
    pub(in crate::theme) fn map(&self) -> Value {
        self.shared(Shared::Map, || {
            let ids = self.reader.of_kind(self.language, Kind::Location).iter().enumerate();
            let places: Vec<Place> = ids
                .filter_map(|(index, id)| match &self.card(*id)?.details {
                    Details::Location(location) => Some(Place {
                        number: index + 1,
                        at: location.coordinates?,
                        quiet: location.status != LocationStatus::Active,
                    }),
                    _ => None,
                })
                .collect();
            Map::of(&places).map_or_else(Value::none, |map| value(&map, places.len()))
        })
    }
}

fn value(map: &Map, places: usize) -> Value {
    let base = &map.base;
    record([
        ("places", places.into()),
        ("width", whole(map.width)),
        ("height", whole(map.height)),
        ("land", base.land.as_str().into()),
        ("lakes", base.lakes.as_str().into()),
        ("countries", base.countries.as_str().into()),
        ("states", base.states.as_str().into()),
        ("counties", base.counties.as_str().into()),
        ("size", whole(map.labels.size)),
        ("tall", whole(map.labels.tall())),
        ("pins", pills(&map.labels, false).into()),
        ("quiet_pins", pills(&map.labels, true).into()),
        ("lines", lines(&map.labels).into()),
        ("dots", dots(map.labels.dots.iter().copied()).into()),
        ("dot", whole(Map::DOT * 2.0)),
        ("labels", labels(&map.labels)),
        ("towns", list(map.towns.iter().map(town))),
        ("town_dots", dots(map.towns.iter().map(|town| town.at)).into()),
        ("town_size", whole(map.town_size)),
        ("scale", map.scale.map(|one| scale(map, one)).into()),
    ])
}

#[expect(clippy::cast_possible_truncation, reason = "a map has some thousand units")]
fn units(value: f64) -> i64 {
    value.round() as i64
}

fn whole(value: f64) -> Value {
    units(value).into()
}

/// The labels as strokes with round ends: as thick as they are high.
fn pills(labels: &Labels, quiet: bool) -> String {
    let pill =
        |long: f64, (x, y): (f64, f64)| format!("M{} {}h{}", units(x - long / 2.0), units(y), units(long));
    let some = labels.all.iter().filter(|label| label.quiet == quiet);
    some.map(|label| pill(label.width - labels.tall(), label.middle)).collect()
}

/// The lines from places to their labels.
fn lines(labels: &Labels) -> String {
    let beside = labels.all.iter().filter(|label| label.is_beside());
    let line = |(x, y): (f64, f64), (to_x, to_y): (f64, f64)| {
        format!("M{} {}L{} {}", units(x), units(y), units(to_x), units(to_y))
    };
    beside.map(|label| line(label.at, label.middle)).collect()
}

fn dots(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.map(|(x, y)| format!("M{} {}h0", units(x), units(y))).collect()
}

fn labels(labels: &Labels) -> Value {
    list(labels.all.iter().map(|label| {
        record([
            ("text", label.text.as_str().into()),
            ("x", whole(label.middle.0)),
            ("y", whole(label.middle.1 + labels.size * 0.36)),
        ])
    }))
}

fn town(town: &Named) -> Value {
    record([
        ("name", text(Some(town.name))),
        ("x", whole(town.text.0)),
        ("y", whole(town.text.1)),
        ("anchor", if town.before { "end" } else { "start" }.into()),
    ])
}

/// The scale as it stands below the map: two lines, and where their numbers are.
fn scale(map: &Map, scale: Scale) -> Value {
    let line = |long: f64, y: f64, tick: f64| {
        format!("M60 {}v{}h{}v{}", units(y + tick), units(-tick), units(long), units(tick))
    };
    let y = map.height - Map::FOOT / 2.0;
    record([
        ("kilometres", scale.kilometres.into()),
        ("miles", scale.miles.into()),
        ("kilometres_end", whole(60.0 + scale.kilometres_long)),
        ("miles_end", whole(60.0 + scale.miles_long)),
        ("path", (line(scale.kilometres_long, y, -20.0) + &line(scale.miles_long, y, 20.0)).into()),
        ("y", whole(y)),
    ])
}

//! The map of places: their numbers on coasts, borders and towns that come with the program. Pure; a template draws it.

mod geography;
mod labels;
mod projection;
mod trace;

use projection::{FOOT, Point, Sheet, WIDTH};

use crate::model::Coordinates;

pub(in crate::theme) use labels::Labels;
pub(in crate::theme) use trace::Base;

use labels::{DOT, Room, Spot};

/// How many towns are named at most.
const TOWNS: usize = 12;
/// The size of a town's name where numbers are no smaller, and the width of its letters in parts of that.
const TOWN_SIZE: f64 = 50.0;
const LETTER: f64 = 0.56;
/// How long the scale may be, in parts of the map's width.
const SCALE: f64 = 0.3;
/// Kilometres in a mile.
const MILE: f64 = 1.609_344;

/// A place to be shown, by its number in the list of places.
#[derive(Debug, Clone, Copy)]
pub(in crate::theme) struct Place {
    /// Its number in the list.
    pub(in crate::theme) number: usize,
    /// Where it is.
    pub(in crate::theme) at: Coordinates,
    /// Whether nothing happens there: it is exempt, or closed.
    pub(in crate::theme) quiet: bool,
}

/// A map, in units of its own: it is `width` wide and `height` high.
#[derive(Debug, Clone)]
pub(in crate::theme) struct Map {
    /// Its width.
    pub(in crate::theme) width: f64,
    /// Its height.
    pub(in crate::theme) height: f64,
    /// Coasts and borders.
    pub(in crate::theme) base: Base,
    /// The places' numbers.
    pub(in crate::theme) labels: Labels,
    /// The size of the names of towns.
    pub(in crate::theme) town_size: f64,
    /// Towns for orientation.
    pub(in crate::theme) towns: Vec<Named>,
    /// How long a round number of kilometres and of miles is; `None` where that is not the same all over the map.
    pub(in crate::theme) scale: Option<Scale>,
}

/// A town on the map.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::theme) struct Named {
    /// Its name.
    pub(in crate::theme) name: &'static str,
    /// Where it is.
    pub(in crate::theme) at: Point,
    /// Where its name begins or ends, on the line of its letters.
    pub(in crate::theme) text: Point,
    /// Whether its name ends there.
    pub(in crate::theme) before: bool,
}

/// The scale: round numbers, and how long they are on the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::theme) struct Scale {
    /// So many kilometres …
    pub(in crate::theme) kilometres: u32,
    /// … are so long.
    pub(in crate::theme) kilometres_long: f64,
    /// So many miles …
    pub(in crate::theme) miles: u32,
    /// … are so long.
    pub(in crate::theme) miles_long: f64,
}

impl Map {
    /// The radius of dots.
    pub(in crate::theme) const DOT: f64 = DOT;
    /// The height of the strip below, which the scale stands in.
    pub(in crate::theme) const FOOT: f64 = FOOT;

    /// The map of some places; `None` where there are none.
    pub(in crate::theme) fn of(places: &[Place]) -> Option<Map> {
        let degrees = |place: &Place| (place.at.longitude(), place.at.latitude());
        let all: Vec<_> = places.iter().map(degrees).collect();
        let sheet = Sheet::of(&all)?;
        let spot = |place: &Place| {
            let (x, y) = sheet.point(degrees(place));
            Spot { number: place.number, at: (x.round(), y.round()), quiet: place.quiet }
        };
        let labels = labels::place(&places.iter().map(spot).collect::<Vec<_>>(), sheet.height);
        Some(Map {
            width: WIDTH,
            height: sheet.height,
            base: Base::of(&sheet),
            town_size: town_size(&labels),
            towns: towns(&sheet, &labels),
            labels,
            scale: sheet.per_kilometre().map(scale),
        })
    }
}

/// Names are no larger than numbers.
fn town_size(labels: &Labels) -> f64 {
    TOWN_SIZE.min(labels.size * 0.95).round()
}

/// The most important towns whose names have room.
fn towns(sheet: &Sheet, labels: &Labels) -> Vec<Named> {
    let mut taken: Vec<Room> = labels.all.iter().map(|label| label.room(labels.tall() + 8.0)).collect();
    taken.extend(labels.dots.iter().map(|at| Room::around(*at, DOT * 2.0, DOT * 2.0)));
    let lines: Vec<(Point, Point)> = labels.all.iter().map(|label| (label.at, label.middle)).collect();
    let mut named: Vec<Named> = Vec::new();
    let size = town_size(labels);
    for town in geography::towns(sheet.window()) {
        let (x, y) = sheet.point(town.at);
        let at = (x.round(), y.round());
        let dot = Room::around(at, DOT * 3.0, DOT * 3.0);
        let free = |room: &Room, taken: &[Room]| {
            room.is_on_paper(sheet.height - FOOT)
                && !taken.iter().any(|other| other.meets(room))
                && !lines.iter().any(|(from, to)| room.is_crossed_by(*from, *to))
        };
        if !free(&dot, &taken) {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "a name has some letters")]
        let wide = town.name.chars().count() as f64 * LETTER * size;
        let off = DOT + 12.0;
        for before in [false, true] {
            let away = if before { -off - wide / 2.0 } else { off + wide / 2.0 };
            let room = Room::around((at.0 + away, at.1), wide + 10.0, size * 1.1);
            if free(&room, &taken) {
                taken.extend([dot, room]);
                let start = at.0 + if before { -off } else { off };
                named.push(Named {
                    name: town.name,
                    at,
                    text: (start, (at.1 + size * 0.35).round()),
                    before,
                });
                break;
            }
        }
        if named.len() == TOWNS {
            break;
        }
    }
    named
}

/// The greatest round numbers of kilometres and miles that are not too long.
fn scale(per_kilometre: f64) -> Scale {
    let most = WIDTH * SCALE;
    let round = |unit: f64| {
        let fits = |number: &u32| f64::from(*number) * unit <= most;
        let steps = (0..5).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u32.pow(power)));
        steps.filter(fits).max().unwrap_or(1)
    };
    let (kilometres, miles) = (round(per_kilometre), round(per_kilometre * MILE));
    Scale {
        kilometres,
        kilometres_long: (f64::from(kilometres) * per_kilometre).round(),
        miles,
        miles_long: (f64::from(miles) * per_kilometre * MILE).round(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(places: &[(f64, f64)]) -> Map {
        let place = |(index, (latitude, longitude)): (usize, &(f64, f64))| Place {
            number: index + 1,
            at: Coordinates::new(*latitude, *longitude).unwrap(),
            quiet: false,
        };
        Map::of(&places.iter().enumerate().map(place).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_map_of_one_place_shows_what_is_around_it() {
        let map = map(&[(34.0726, -117.4343)]);
        assert_eq!(map.labels.all[0].text, "1");
        let names: Vec<&str> = map.towns.iter().map(|town| town.name).collect();
        assert!(names.contains(&"Los Angeles"), "{names:?}");
        assert!(map.base.land.len() > 100 && !map.base.counties.is_empty());
        let scale = map.scale.unwrap();
        assert_eq!((scale.kilometres, scale.miles), (50, 50));
        assert!(scale.kilometres_long > 200.0 && scale.kilometres_long <= 600.0, "{scale:?}");
    }

    #[test]
    fn a_map_of_the_world_has_no_scale() {
        let map = map(&[(47.6, -122.3), (-33.9, 151.2), (48.9, 2.3), (-26.2, 28.0)]);
        assert!(map.scale.is_none());
        assert!(map.base.land.len() > 2_000);
    }

    #[test]
    fn scales_are_round() {
        let scale = scale(0.31);
        assert_eq!((scale.kilometres, scale.miles), (1000, 1000));
        assert!(scale.miles_long <= WIDTH * SCALE);
    }
}

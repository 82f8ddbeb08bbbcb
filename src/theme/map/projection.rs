//! From the earth to paper: which projection suits what is to be seen, and which part of the earth that is.
//!
//! The functions of trigonometry are those of `libm`: the standard library's are each system's own, and may differ in the
//! last bit.

use std::f64::consts::PI;

use libm::{asin, atan2, cos, sin};

use super::geography::{Degrees, Window};

/// A place on paper: to the right, then down.
pub(super) type Point = (f64, f64);

/// Where a place of the earth is on paper, without regard to size.
#[derive(Debug, Clone, Copy)]
enum Projection {
    /// Lambert's azimuthal equal-area one, around a place: faithful near it, and nothing breaks at poles and meridians
    /// (Snyder, Map Projections: A Working Manual, 1987, page 185).
    Around(Degrees),
    /// The plate carrée around a meridian, for what is spread over half of the earth or more.
    World(f64),
}

/// The parallel along which the map of the world is true, in degrees: most of the people live near it.
const TRUE_PARALLEL: f64 = 35.0;
/// What is farther apart than this, in degrees, is shown on a map of the world.
const WIDE: f64 = 120.0;
/// The radius of the earth in kilometres (IUGG mean).
const EARTH: f64 = 6371.0088;

/// The least that a map shows, in kilometres: from border to border of a county or two, for there are no streets.
const LEAST: (f64, f64) = (240.0, 150.0);

/// The width of every map, in its own units: 1 is about half a pixel.
pub(super) const WIDTH: f64 = 2000.0;
/// The room between places and the edge.
const MARGIN: f64 = 170.0;
/// The room below for the scale.
pub(super) const FOOT: f64 = 110.0;
/// The least and the greatest height of what is between the margins.
const HEIGHT: (f64, f64) = (760.0, 1800.0);

/// The map as a sheet of paper that lies on the earth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    projection: Projection,
    /// Units of the map in a unit of the projection, an earth's radius.
    scale: f64,
    /// What lies in the middle.
    middle: Point,
    pub(super) height: f64,
}

impl Sheet {
    /// The sheet that shows all of some places; `None` where there are none.
    pub(super) fn of(places: &[Degrees]) -> Option<Sheet> {
        let (west, width) = shortest_arc(places)?;
        let south = places.iter().map(|place| place.1).reduce(f64::min)?;
        let north = places.iter().map(|place| place.1).reduce(f64::max)?;
        let middle = (west + width / 2.0, (south + north) / 2.0);
        let projection = match width > WIDE || north - south > WIDE {
            true => Projection::World(middle.0),
            false => Projection::Around(middle),
        };
        let all: Vec<Point> = places.iter().map(|place| projection.project(*place)).collect();
        let bounds = |of: fn(&Point) -> f64| {
            let least = all.iter().map(of).fold(f64::INFINITY, f64::min);
            let most = all.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            (least, most)
        };
        let ((left, right), (top, bottom)) = (bounds(|point| point.0), bounds(|point| point.1));
        let wide = (right - left).max(LEAST.0 / EARTH);
        let high = (bottom - top).max(LEAST.1 / EARTH);
        let room = WIDTH - 2.0 * MARGIN;
        let inner = (room * high / wide).clamp(HEIGHT.0, HEIGHT.1);
        Some(Sheet {
            projection,
            scale: (room / wide).min(inner / high),
            middle: ((left + right) / 2.0, (top + bottom) / 2.0),
            height: (inner + 2.0 * MARGIN + FOOT).round(),
        })
    }

    /// Where a place is on the sheet.
    pub(super) fn point(&self, place: Degrees) -> Point {
        let (x, y) = self.projection.project(place);
        let (left, top) = self.centre();
        (left + (x - self.middle.0) * self.scale, top + (y - self.middle.1) * self.scale)
    }

    fn centre(&self) -> Point {
        (WIDTH / 2.0, (self.height - FOOT) / 2.0)
    }

    fn place(&self, point: Point) -> Degrees {
        let (left, top) = self.centre();
        let x = self.middle.0 + (point.0 - left) / self.scale;
        let y = self.middle.1 + (point.1 - top) / self.scale;
        self.projection.place((x, y))
    }

    /// The part of the earth that holds all that the sheet shows, and somewhat more.
    pub(super) fn window(&self) -> Window {
        const STEPS: u32 = 24;
        let mut window = match self.projection {
            Projection::Around(at) => Window { west: at.0, east: at.0, south: at.1, north: at.1 },
            Projection::World(meridian) => {
                return Window { west: meridian - 180.0, east: meridian + 180.0, south: -90.0, north: 90.0 };
            }
        };
        for step in 0..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            let (x, y) = (part * WIDTH, part * self.height);
            for point in [(x, 0.0), (x, self.height), (0.0, y), (WIDTH, y)] {
                let (east, north) = self.place(point);
                window.west = window.west.min(east);
                window.east = window.east.max(east);
                window.south = window.south.min(north);
                window.north = window.north.max(north);
            }
        }
        for (pole, all) in [(90.0, &mut window.north), (-90.0, &mut window.south)] {
            let (x, y) = self.point((window.west, pole));
            if (0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y) {
                *all = pole;
                (window.west, window.east) = (self.meridian() - 180.0, self.meridian() + 180.0);
            }
        }
        let more = ((window.east - window.west) * 0.05, (window.north - window.south) * 0.05);
        Window {
            west: (window.west - more.0).max(self.meridian() - 180.0),
            east: (window.east + more.0).min(self.meridian() + 180.0),
            south: (window.south - more.1).max(-90.0),
            north: (window.north + more.1).min(90.0),
        }
    }

    /// The meridian of the middle, in degrees.
    fn meridian(&self) -> f64 {
        match self.projection {
            Projection::Around(at) => at.0,
            Projection::World(meridian) => meridian,
        }
    }

    /// The units of the map in a kilometre; `None` where that is another in each part of it.
    pub(super) fn per_kilometre(&self) -> Option<f64> {
        matches!(self.projection, Projection::Around(_)).then_some(self.scale / EARTH)
    }

    /// How many kilometres the map is wide, in its middle.
    pub(super) fn kilometres(&self) -> f64 {
        WIDTH * EARTH / self.scale
    }
}

impl Projection {
    fn project(self, (east, north): Degrees) -> Point {
        match self {
            Projection::Around((meridian, parallel)) => {
                let (turn, latitude, middle) =
                    ((east - meridian).to_radians(), north.to_radians(), parallel.to_radians());
                let nearness = 1.0 + sin(middle) * sin(latitude) + cos(middle) * cos(latitude) * cos(turn);
                // The place opposite has no place on paper; it is never near what is shown.
                let stretch = (2.0 / nearness.max(1e-9)).sqrt();
                let x = stretch * cos(latitude) * sin(turn);
                let y = stretch * (cos(middle) * sin(latitude) - sin(middle) * cos(latitude) * cos(turn));
                (x, -y)
            }
            Projection::World(meridian) => {
                let turn = east - meridian;
                let turn = turn - 360.0 * (turn / 360.0).round() * f64::from(u8::from(turn.abs() > 180.0));
                (turn.to_radians() * cos(TRUE_PARALLEL.to_radians()), -north.to_radians())
            }
        }
    }

    fn place(self, (x, y): Point) -> Degrees {
        let y = -y;
        match self {
            Projection::Around((meridian, parallel)) => {
                let away = (x * x + y * y).sqrt();
                if away < 1e-12 {
                    return (meridian, parallel);
                }
                let (angle, middle) = (2.0 * asin((away / 2.0).min(1.0)), parallel.to_radians());
                let latitude =
                    asin((cos(angle) * sin(middle) + y * sin(angle) * cos(middle) / away).clamp(-1.0, 1.0));
                let turn =
                    atan2(x * sin(angle), away * cos(middle) * cos(angle) - y * sin(middle) * sin(angle));
                (meridian + turn * 180.0 / PI, latitude * 180.0 / PI)
            }
            Projection::World(meridian) => {
                (meridian + x.to_degrees() / cos(TRUE_PARALLEL.to_radians()), y.to_degrees())
            }
        }
    }
}

/// The shortest arc of parallels that holds all places: its western end and its length, in degrees.
fn shortest_arc(places: &[Degrees]) -> Option<(f64, f64)> {
    let mut all: Vec<f64> = places.iter().map(|place| place.0).collect();
    all.sort_by(f64::total_cmp);
    let (first, last) = (*all.first()?, *all.last()?);
    // The widest gap is what the arc leaves out; the one across the antimeridian comes first.
    let mut arc = (first, last - first);
    let mut gap = first + 360.0 - last;
    for pair in all.windows(2) {
        if let [from, to] = pair
            && to - from > gap
        {
            gap = to - from;
            arc = (*to, 360.0 - gap);
        }
    }
    Some(arc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_both_sides_of_the_antimeridian_are_neighbours() {
        let places = [(174.8, -36.8), (178.4, -18.1), (-179.9, -16.8)];
        let (west, width) = shortest_arc(&places).unwrap();
        assert!((west - 174.8).abs() < 1e-9 && (width - 5.3).abs() < 1e-9, "{west} {width}");
        let sheet = Sheet::of(&places).unwrap();
        let points = places.map(|place| sheet.point(place));
        assert!(points[0].0 < points[1].0 && points[1].0 < points[2].0, "{points:?}");
        assert!(sheet.kilometres() < 4_000.0);
    }

    #[test]
    fn all_places_are_on_the_sheet_and_places_come_back() {
        let cases: [&[Degrees]; 5] = [
            &[(-117.4343, 34.0726)],
            &[(-122.3, 47.6), (-71.0, 42.3), (-80.2, 25.8), (-157.9, 21.3), (-149.9, 61.2)],
            &[(13.4, 52.5), (11.6, 48.1)],
            &[(-122.3, 47.6), (151.2, -33.9), (2.3, 48.9), (28.0, -26.2)],
            &[(25.7, 66.5), (-150.0, 70.2)],
        ];
        for places in cases {
            let sheet = Sheet::of(places).unwrap();
            let window = sheet.window();
            for place in places {
                let (x, y) = sheet.point(*place);
                assert!((MARGIN - 1.0..=WIDTH - MARGIN + 1.0).contains(&x), "{place:?} at {x}");
                assert!((MARGIN - 1.0..=sheet.height - MARGIN - FOOT + 1.0).contains(&y), "{place:?} at {y}");
                let (east, north) = sheet.place((x, y));
                assert!((north - place.1).abs() < 1e-6, "{place:?} came back as {east}, {north}");
                let turns = (east - place.0) / 360.0;
                assert!((turns - turns.round()).abs() < 1e-8, "{place:?} came back as {east}, {north}");
                assert!(
                    (window.west..=window.east).contains(&east)
                        && (window.south..=window.north).contains(&north)
                );
            }
        }
        assert!(Sheet::of(&[]).is_none());
    }
}

//! The base of the map: coasts, lakes, borders and towns, as `tools/geography.py` packed them. It says where they are from.

/// What that script wrote.
static PACKED: &[u8] = include_bytes!("geography.bin");

/// Units of the file in a degree.
const PER_DEGREE: f64 = 200.0;

/// What a line is of, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    /// Rings of coasts, those of holes too.
    Land,
    /// Rings of lakes.
    Lakes,
    /// Borders of countries on land.
    Countries,
    /// Borders of states and provinces.
    States,
    /// Borders of counties within one of the United States.
    Counties,
}

impl Layer {
    pub(super) const ALL: [Layer; 5] =
        [Layer::Land, Layer::Lakes, Layer::Countries, Layer::States, Layer::Counties];
}

/// Degrees: east, then north. What crosses the antimeridian goes on past 180.
pub(super) type Degrees = (f64, f64);

/// A part of the earth between meridians and parallels, in degrees. `east` is never less than `west`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

impl Window {
    /// How many turns of the earth a thing has to be moved by to be in the window, where it can be seen there.
    fn turns(self, other: Window) -> impl Iterator<Item = f64> {
        let beside = other.south > self.north || other.north < self.south;
        let seen =
            move |turn: &f64| !beside && other.west + turn <= self.east && other.east + turn >= self.west;
        [-360.0, 0.0, 360.0].into_iter().filter(seen)
    }
}

/// A town: its name, and where it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Town {
    pub(super) name: &'static str,
    pub(super) at: Degrees,
}

/// Every line that may be seen in a window, moved by whole turns so that it is in it.
pub(super) fn lines(window: Window, mut take: impl FnMut(Layer, &[Degrees])) {
    let mut packed = Packed { rest: PACKED };
    let mut points = Vec::new();
    for layer in Layer::ALL {
        for _ in 0..packed.count() {
            let line = packed.line();
            let bounds = line.bounds();
            for turn in window.turns(bounds) {
                line.unpack(turn, &mut points);
                take(layer, &points);
            }
        }
    }
}

/// The towns in a window, the most important first.
pub(super) fn towns(window: Window) -> Vec<Town> {
    let mut packed = Packed { rest: PACKED };
    for _ in Layer::ALL {
        for _ in 0..packed.count() {
            packed.line();
        }
    }
    let mut towns = Vec::new();
    for _ in 0..packed.count() {
        let (east, north) = (degrees(packed.signed()), degrees(packed.signed()));
        let name = packed.name();
        let place = Window { west: east, east, south: north, north };
        towns.extend(window.turns(place).map(|turn| Town { name, at: (east + turn, north) }));
    }
    towns
}

fn degrees(units: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "at most 360 degrees of 200 units")]
    let units = units as f64;
    units / PER_DEGREE
}

/// What is not read yet. Past the end there are zeros: the file is our own, and a test reads all of it.
struct Packed {
    rest: &'static [u8],
}

/// A line that is not unpacked yet.
struct Line {
    count: u64,
    west: i64,
    south: i64,
    width: u64,
    height: u64,
    points: Packed,
}

impl Packed {
    /// A number in LEB128.
    fn count(&mut self) -> u64 {
        let mut value = 0;
        let mut shift = 0;
        while let Some((byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if *byte < 0x80 || shift > 56 {
                break;
            }
            shift += 7;
        }
        value
    }

    /// A number that may be negative: the odd ones are.
    fn signed(&mut self) -> i64 {
        let value = self.count();
        let half = i64::try_from(value >> 1).unwrap_or_default();
        if value & 1 == 0 { half } else { -half - 1 }
    }

    fn name(&mut self) -> &'static str {
        let length = usize::try_from(self.count()).unwrap_or_default();
        let (name, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        std::str::from_utf8(name).unwrap_or_default()
    }

    /// The next line; its points are passed over.
    fn line(&mut self) -> Line {
        let count = self.count();
        let (west, south, width, height) = (self.signed(), self.signed(), self.count(), self.count());
        let line = Line { count, west, south, width, height, points: Packed { rest: self.rest } };
        for _ in 0..count * 2 {
            let end = self.rest.iter().position(|byte| *byte < 0x80).map_or(self.rest.len(), |last| last + 1);
            self.rest = &self.rest[end..];
        }
        line
    }
}

impl Line {
    fn bounds(&self) -> Window {
        let far = |from: i64, length: u64| degrees(from + i64::try_from(length).unwrap_or_default());
        Window {
            west: degrees(self.west),
            south: degrees(self.south),
            east: far(self.west, self.width),
            north: far(self.south, self.height),
        }
    }

    fn unpack(&self, turn: f64, points: &mut Vec<Degrees>) {
        let mut packed = Packed { rest: self.points.rest };
        let (mut x, mut y) = (self.west, self.south);
        points.clear();
        for _ in 0..self.count {
            x += packed.signed();
            y += packed.signed();
            points.push((degrees(x) + turn, degrees(y)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EARTH: Window = Window { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

    #[test]
    fn the_file_is_whole() {
        let mut seen = [0; Layer::ALL.len()];
        lines(Window { east: 179.0, ..EARTH }, |layer, points| {
            seen[layer as usize] += 1;
            let closed = points.first() == points.last();
            assert!(points.len() >= 2 && (closed || !matches!(layer, Layer::Land | Layer::Lakes)));
            assert!(points.iter().all(|(x, y)| x.abs() <= 561.0 && y.abs() <= 90.0), "{layer:?} {points:?}");
        });
        assert!(seen.iter().all(|lines| *lines > 100), "{seen:?}");
        let towns = towns(EARTH);
        assert!(towns.len() > 7_000 && towns.iter().all(|town| !town.name.is_empty()));
        let berlin = towns.iter().find(|town| town.name == "Berlin").unwrap();
        assert!((berlin.at.0 - 13.4).abs() < 0.1 && (berlin.at.1 - 52.5).abs() < 0.1, "{berlin:?}");
    }

    #[test]
    fn what_is_past_the_antimeridian_is_moved_there() {
        let fiji = Window { west: 176.0, south: -20.0, east: 182.0, north: -15.0 };
        let suva = towns(fiji).into_iter().find(|town| town.name == "Suva").unwrap();
        assert!((suva.at.0 - 178.4).abs() < 0.1, "{suva:?}");
        let west_of_it = Window { west: -184.0, east: -178.0, ..fiji };
        assert!(towns(west_of_it).iter().any(|town| town.name == "Suva" && town.at.0 < -181.0));
        // The island of Taveuni lies on it, and is one ring.
        let mut sewn = 0;
        lines(fiji, |layer, points| {
            let on = |beyond: fn(f64) -> bool| points.iter().any(|(east, _)| beyond(*east));
            let small = points.iter().all(|(east, _)| (178.0..182.0).contains(east));
            sewn += u32::from(
                layer == Layer::Land && small && on(|east| east < 179.95) && on(|east| east > 180.05),
            );
        });
        assert_eq!(sewn, 2);
    }
}

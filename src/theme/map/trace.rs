//! Lines of the earth as paths on the sheet: clipped to what is seen, drawn as coarsely as nobody will notice, and written
//! for the attribute `d`.

use std::fmt::Write as _;

use super::geography::{self, Degrees, Layer, Window};
use super::projection::{Point, Sheet, WIDTH};

/// How far a line may be from where it should be, in units of the map: about a pixel.
const FINE: f64 = 2.5;
/// What all paths together may weigh in bytes; the map as a whole stays below 30 kB.
const MOST: usize = 15_000;
/// How wide a map may be in kilometres so that counties, or states, are of any help in it.
const COUNTIES: f64 = 700.0;
const STATES: f64 = 6_000.0;
/// How wide or high a lake has to be, in units of the map.
const LAKE: f64 = 24.0;
/// In degrees, how long a piece of a line may be before it is bent as the projection bends it.
const STRAIGHT: f64 = 1.0;

/// The paths of the base, each for the attribute `d`; empty ones where there is nothing to draw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::theme) struct Base {
    pub(in crate::theme) land: String,
    pub(in crate::theme) lakes: String,
    pub(in crate::theme) countries: String,
    pub(in crate::theme) states: String,
    pub(in crate::theme) counties: String,
}

impl Base {
    /// The base of a sheet.
    pub(super) fn of(sheet: &Sheet) -> Base {
        let seen = Seen::on(sheet);
        let mut coarse = FINE;
        loop {
            let base = seen.drawn(coarse);
            if base.bytes() <= MOST {
                return base;
            }
            coarse *= 1.4;
        }
    }

    fn bytes(&self) -> usize {
        [&self.land, &self.lakes, &self.countries, &self.states, &self.counties].map(String::len).iter().sum()
    }
}

/// What is seen on a sheet, in full detail.
struct Seen {
    lines: Vec<(Layer, Vec<Weighed>)>,
}

/// A point of a line, and the square of how coarse a drawing may be that still needs it.
type Weighed = (Point, f64);

impl Seen {
    fn on(sheet: &Sheet) -> Seen {
        let window = sheet.window();
        let kilometres = sheet.kilometres();
        let mut lines = Vec::new();
        geography::lines(window, |layer, points| {
            let wanted = match layer {
                Layer::Counties => kilometres <= COUNTIES,
                Layer::States => kilometres <= STATES,
                Layer::Land | Layer::Lakes | Layer::Countries => true,
            };
            if !wanted {
                return;
            }
            let pieces = match layer {
                Layer::Land | Layer::Lakes => vec![ring_within(points, window)],
                Layer::Countries | Layer::States | Layer::Counties => pieces_within(points, window),
            };
            for piece in pieces.iter().filter(|piece| piece.len() > 1) {
                let line: Vec<Point> = bent(piece).map(|place| sheet.point(place)).collect();
                if is_on_paper(&line, sheet.height) {
                    lines.push((layer, weighed(&line)));
                }
            }
        });
        Seen { lines }
    }

    fn drawn(&self, coarse: f64) -> Base {
        let mut base = Base::default();
        for (layer, line) in &self.lines {
            let path = match layer {
                Layer::Land => &mut base.land,
                Layer::Lakes => &mut base.lakes,
                Layer::Countries => &mut base.countries,
                Layer::States => &mut base.states,
                Layer::Counties => &mut base.counties,
            };
            let closed = matches!(layer, Layer::Land | Layer::Lakes);
            // Of lakes only those that one knows by their shape: many small ones are but noise.
            let least = if *layer == Layer::Lakes { LAKE } else { coarse * 2.0 };
            write(&simplified(line, coarse), closed, least, path);
        }
        base
    }
}

/// Whether anything of a line may be on a sheet: the window is larger than that.
fn is_on_paper(line: &[Point], height: f64) -> bool {
    let all = |beside: fn(&Point, f64) -> bool| line.iter().all(|point| beside(point, height));
    !(all(|point, _| point.0 < 0.0)
        || all(|point, _| point.0 > WIDTH)
        || all(|point, _| point.1 < 0.0)
        || all(|point, height| point.1 > height))
}

/// A side of a window: which places are within, and where a line crosses it.
type Side = (fn(Degrees, Window) -> bool, fn(Degrees, Degrees, Window) -> Degrees);

const SIDES: [Side; 4] = [
    (|place, window| place.0 >= window.west, |from, to, window| at_east(from, to, window.west)),
    (|place, window| place.0 <= window.east, |from, to, window| at_east(from, to, window.east)),
    (|place, window| place.1 >= window.south, |from, to, window| at_north(from, to, window.south)),
    (|place, window| place.1 <= window.north, |from, to, window| at_north(from, to, window.north)),
];

fn at_east(from: Degrees, to: Degrees, east: f64) -> Degrees {
    (east, from.1 + (to.1 - from.1) * (east - from.0) / (to.0 - from.0))
}

fn at_north(from: Degrees, to: Degrees, north: f64) -> Degrees {
    (from.0 + (to.0 - from.0) * (north - from.1) / (to.1 - from.1), north)
}

/// A ring cut to a window, along whose sides it goes on (Sutherland and Hodgman, 1974).
fn ring_within(ring: &[Degrees], window: Window) -> Vec<Degrees> {
    let mut ring = ring.to_vec();
    for (within, crossing) in SIDES {
        let mut cut = Vec::with_capacity(ring.len());
        for (index, to) in ring.iter().enumerate() {
            let from = ring[index.checked_sub(1).unwrap_or(ring.len() - 1)];
            if within(from, window) != within(*to, window) {
                cut.push(crossing(from, *to, window));
            }
            if within(*to, window) {
                cut.push(*to);
            }
        }
        ring = cut;
    }
    ring
}

/// The pieces of a line that are in a window.
fn pieces_within(line: &[Degrees], window: Window) -> Vec<Vec<Degrees>> {
    let mut pieces: Vec<Vec<Degrees>> = Vec::new();
    for pair in line.windows(2) {
        let [from, to] = pair else { continue };
        let Some((from, to)) = part_within(*from, *to, window) else { continue };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&from) => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
    }
    pieces
}

fn part_within(mut from: Degrees, mut to: Degrees, window: Window) -> Option<(Degrees, Degrees)> {
    for (within, crossing) in SIDES {
        match (within(from, window), within(to, window)) {
            (true, true) => {}
            (false, false) => return None,
            (true, false) => to = crossing(from, to, window),
            (false, true) => from = crossing(from, to, window),
        }
    }
    Some((from, to))
}

/// A line with more places in it where it is long: what is straight by degrees is bent on paper.
fn bent(line: &[Degrees]) -> impl Iterator<Item = Degrees> {
    let first = line.first().copied();
    let rest = line.windows(2).flat_map(|pair| {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.0 - from.0).abs().max((to.1 - from.1).abs());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 360 degrees")]
        let steps = (length / STRAIGHT).ceil().max(1.0) as u32;
        (1..=steps).map(move |step| {
            let part = f64::from(step) / f64::from(steps);
            (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
        })
    });
    first.into_iter().chain(rest)
}

/// A line without the points that lie nearly on it (Douglas and Peucker, 1973).
fn simplified(line: &[Weighed], coarse: f64) -> Vec<Point> {
    line.iter().filter(|(_, weight)| *weight > coarse * coarse).map(|(point, _)| *point).collect()
}

/// What each point of a line weighs. A line is split at the point that is farthest from its chord, and so are its parts, as
/// long as that is farther than the drawing is coarse: a point weighs no more than those at which it was split before. What no
/// drawing needs weighs nothing.
fn weighed(line: &[Point]) -> Vec<Weighed> {
    let mut all: Vec<Weighed> = line.iter().map(|point| (*point, 0.0)).collect();
    let Some(last) = line.len().checked_sub(1) else { return all };
    (all[0].1, all[last].1) = (f64::INFINITY, f64::INFINITY);
    let mut spans = vec![(0, last, f64::INFINITY)];
    while let Some((start, end, most)) = spans.pop() {
        let (from, to) = (line[start], line[end]);
        let mut worst = (FINE * FINE, None);
        for (index, point) in line.iter().enumerate().take(end).skip(start + 1) {
            let off = distance(*point, from, to);
            if off > worst.0 {
                worst = (off, Some(index));
            }
        }
        if let (off, Some(index)) = worst {
            let weight = off.min(most);
            all[index].1 = weight;
            spans.extend([(start, index, weight), (index, end, weight)]);
        }
    }
    all
}

/// The square of how far a point is from a piece of a line.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx * dx + dy * dy;
    let (px, py) = (point.0 - from.0, point.1 - from.1);
    let along = if length > 0.0 { ((px * dx + py * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (px - along * dx, py - along * dy);
    x * x + y * y
}

/// Adds a line to a path, in whole units, each point as the way from the one before. What is neither as wide nor as high as `least` is left out.
fn write(line: &[Point], closed: bool, least: f64, path: &mut String) {
    let whole = |point: &Point| {
        #[expect(clippy::cast_possible_truncation, reason = "a map has some thousand units")]
        let whole = (point.0.round() as i32, point.1.round() as i32);
        whole
    };
    let mut points: Vec<(i32, i32)> = line.iter().map(whole).collect();
    points.dedup();
    let size = |of: fn(&(i32, i32)) -> i32| {
        let least = points.iter().map(of).min().unwrap_or_default();
        points.iter().map(of).max().unwrap_or_default() - least
    };
    let large = f64::from(size(|point| point.0).max(size(|point| point.1)));
    let (Some((x, y)), true) = (points.first().copied(), large >= least) else { return };
    let _infallible = write!(path, "M{x} {y}l");
    let (mut x, mut y) = (x, y);
    for (index, (right, down)) in points.iter().enumerate().skip(1) {
        if closed && index + 1 == points.len() && points.first() == points.last() {
            break;
        }
        let (dx, dy) = (right - x, down - y);
        let between = |value: i32, first: bool| if first || value < 0 { "" } else { " " };
        let _infallible = write!(path, "{}{dx}{}{dy}", between(dx, index == 1), between(dy, false));
        (x, y) = (*right, *down);
    }
    if closed {
        path.push('z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { west: 0.0, south: 0.0, east: 10.0, north: 10.0 };

    #[test]
    fn rings_and_lines_are_cut_at_the_window() {
        let around = [(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0), (-5.0, -5.0)];
        let cut = ring_within(&around, WINDOW);
        for corner in [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)] {
            assert!(cut.contains(&corner), "{cut:?}");
        }
        assert!(ring_within(&[(20.0, 1.0), (21.0, 1.0), (21.0, 2.0), (20.0, 1.0)], WINDOW).is_empty());
        let across = [(-5.0, 5.0), (5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)];
        let pieces = pieces_within(&across, WINDOW);
        assert_eq!(pieces, [vec![(0.0, 5.0), (5.0, 5.0), (10.0, 5.0)], vec![(10.0, 8.0), (5.0, 8.0)]]);
    }

    #[test]
    fn paths_are_short_and_right() {
        let line = [(0.0, 0.0), (50.0, 0.4), (100.0, 0.0), (100.0, 99.6), (90.0, 120.0)];
        let mut path = String::new();
        write(&simplified(&weighed(&line), 3.0), false, 4.0, &mut path);
        assert_eq!(path, "M0 0l100 0 0 100-10 20");
        let mut ring = String::new();
        write(&[(0.0, 0.0), (40.0, 0.0), (40.0, 40.0), (0.0, 0.0)], true, 4.0, &mut ring);
        assert_eq!(ring, "M0 0l40 0 0 40z");
        let mut dust = String::new();
        write(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)], true, 4.0, &mut dust);
        assert_eq!(dust, "");
    }

    #[test]
    fn a_point_is_needed_no_longer_than_the_one_before_it() {
        // Split at the highest point, after which one part is bent more than the whole was.
        let line = [(0.0, 0.0), (50.0, 10.0), (60.0, -9.0), (100.0, 0.0)];
        let left = |coarse| simplified(&weighed(&line), coarse).len();
        assert_eq!([3.0, 9.0, 11.0].map(left), [4, 4, 2]);
    }

    #[test]
    fn a_long_piece_is_bent() {
        let places: Vec<Degrees> = bent(&[(0.0, 49.0), (10.0, 49.0)]).collect();
        assert_eq!(places.len(), 11);
        assert!(places.iter().all(|place| place.1 == 49.0));
    }
}

//! Where the numbers of places stand: on their places where there is room, else beside them with a line, and never on
//! each other.

use super::projection::{FOOT, Point, WIDTH};

/// How labels may be, the best first: how large their text is, in units of the map, in parts of that how near neighbours
/// have to be to share one, and how many there may be.
const WAYS: [(f64, f64, usize); 7] = [
    (68.0, 0.8, 40),
    (56.0, 0.8, 80),
    (46.0, 0.8, 140),
    (46.0, 1.5, 140),
    (46.0, 2.5, 140),
    (38.0, 4.0, usize::MAX),
    (38.0, 8.0, usize::MAX),
];
/// Width of a digit, and height of a label, in parts of its size.
const DIGIT: f64 = 0.58;
const TALL: f64 = 1.4;
/// The radius of a dot.
pub(super) const DOT: f64 = 10.0;
/// How many directions and rings around a place are tried.
const TURNS: u32 = 24;
const RINGS: u32 = 60;

/// A place to be numbered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) number: usize,
    pub(super) at: Point,
    /// Whether nothing happens there.
    pub(super) quiet: bool,
}

/// A number, or several that follow upon each other, on the map.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::theme) struct Label {
    /// `3`, or `3–5` for places that are too near to each other to be told apart.
    pub(in crate::theme) text: String,
    /// The place.
    pub(in crate::theme) at: Point,
    /// The middle of the label.
    pub(in crate::theme) middle: Point,
    /// How long the label is; its height is that of all.
    pub(in crate::theme) width: f64,
    /// Whether nothing happens there.
    pub(in crate::theme) quiet: bool,
}

impl Label {
    /// Whether the label stands beside its place.
    pub(in crate::theme) fn is_beside(&self) -> bool {
        self.at != self.middle
    }

    pub(super) fn room(&self, height: f64) -> Room {
        Room::around(self.middle, self.width, height)
    }
}

/// All labels of a map, and how large their text is.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::theme) struct Labels {
    pub(in crate::theme) all: Vec<Label>,
    pub(in crate::theme) size: f64,
    /// Where the places are whose labels stand beside them, or share one.
    pub(in crate::theme) dots: Vec<Point>,
}

impl Labels {
    fn new(all: Vec<Label>, size: f64, spots: &[Spot]) -> Labels {
        let hidden = |at: &Point| all.iter().any(|label| label.middle == *at);
        let dots = spots.iter().map(|spot| spot.at).filter(|at| !hidden(at)).collect();
        Labels { all, size, dots }
    }

    /// The height of a label.
    pub(in crate::theme) fn tall(&self) -> f64 {
        self.size * TALL
    }
}

/// A rectangle of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Room {
    pub(super) fn around((x, y): Point, width: f64, height: f64) -> Room {
        Room {
            left: x - width / 2.0,
            top: y - height / 2.0,
            right: x + width / 2.0,
            bottom: y + height / 2.0,
        }
    }

    pub(super) fn meets(&self, other: &Room) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(super) fn is_on_paper(&self, height: f64) -> bool {
        self.left >= 8.0 && self.top >= 8.0 && self.right <= WIDTH - 8.0 && self.bottom <= height - 8.0
    }

    /// Whether a straight line goes through it (Liang and Barsky, 1984).
    pub(super) fn is_crossed_by(&self, from: Point, to: Point) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let sides = [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ];
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (way, room) in sides {
            if way == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if way < 0.0 {
                enters = enters.max(room / way);
            } else {
                leaves = leaves.min(room / way);
            }
        }
        enters < leaves
    }
}

/// Finds a place for each number. Where it is crowded, text is smaller, and neighbours share a label. Only where nothing
/// else helps may lines cross labels.
pub(super) fn place(spots: &[Spot], height: f64) -> Labels {
    for (size, reach, most) in WAYS {
        let groups = groups(spots, size * reach);
        if groups.len() <= most
            && let Some(all) =
                (Placing { size, height, groups: &groups, strict: true, all: Vec::new() }).place()
        {
            return Labels::new(all, size, spots);
        }
    }
    let (size, reach, _) = WAYS[WAYS.len() - 1];
    let groups = groups(spots, size * reach);
    let all = Placing { size, height, groups: &groups, strict: false, all: Vec::new() }.place();
    Labels::new(all.unwrap_or_default(), size, spots)
}

/// Places that follow upon each other in the list and on whose pins one more would not fit.
struct Group {
    first: usize,
    last: usize,
    at: Point,
    quiet: bool,
}

fn groups(spots: &[Spot], reach: f64) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for spot in spots {
        match groups.last_mut() {
            Some(group) if group.last + 1 == spot.number && near(group.at, spot.at, reach) => group.add(spot),
            _ => groups.push(Group { first: spot.number, last: spot.number, at: spot.at, quiet: spot.quiet }),
        }
    }
    groups
}

fn near(one: Point, other: Point, reach: f64) -> bool {
    let (dx, dy) = (one.0 - other.0, one.1 - other.1);
    dx * dx + dy * dy < reach * reach
}

impl Group {
    /// Takes the next place in; the group stands in the middle of all of its places.
    fn add(&mut self, spot: &Spot) {
        #[expect(clippy::cast_precision_loss, reason = "there are at most 100,000 places")]
        let count = (spot.number - self.first) as f64;
        let middle = |of: f64, other: f64| (of * count + other) / (count + 1.0);
        self.at = (middle(self.at.0, spot.at.0), middle(self.at.1, spot.at.1));
        self.last = spot.number;
        self.quiet &= spot.quiet;
    }

    fn text(&self) -> String {
        match self.last - self.first {
            0 => self.first.to_string(),
            1 => format!("{}, {}", self.first, self.last),
            _ => format!("{}–{}", self.first, self.last),
        }
    }
}

struct Placing<'g> {
    size: f64,
    height: f64,
    groups: &'g [Group],
    /// Whether no line may cross a label.
    strict: bool,
    all: Vec<Label>,
}

impl Placing<'_> {
    /// All labels; `None` where one finds no room.
    fn place(mut self) -> Option<Vec<Label>> {
        for (index, group) in self.groups.iter().enumerate() {
            let text = group.text();
            #[expect(clippy::cast_precision_loss, reason = "a label has a few characters")]
            let width = (text.chars().count() as f64 * DIGIT + 0.6).max(TALL) * self.size;
            let label = Label { text, at: group.at, middle: group.at, width, quiet: group.quiet };
            let found = self.candidates(&label).find(|middle| self.is_free(&label, index, *middle));
            self.all.push(Label { middle: found?, ..label });
        }
        Some(self.all)
    }

    /// Where a label might stand: on its place, then around it, the nearest first.
    fn candidates(&self, label: &Label) -> impl Iterator<Item = Point> + use<> {
        let ((x, y), tall) = (label.at, self.size * TALL);
        let wide = label.width;
        let around = (1..=RINGS).flat_map(move |ring| {
            (0..TURNS).map(move |turn| {
                let angle = f64::from(turn) * std::f64::consts::TAU / f64::from(TURNS);
                let away = f64::from(ring - 1) * tall * 0.4;
                let right = (wide / 2.0 + tall * 0.45 + away) * libm::sin(angle);
                let up = (tall * 0.95 + away) * libm::cos(angle);
                ((x + right).round(), (y - up).round())
            })
        });
        std::iter::once(label.at).chain(around)
    }

    fn is_free(&self, label: &Label, index: usize, middle: Point) -> bool {
        let tall = self.size * TALL;
        let room = Room::around(middle, label.width + 6.0, tall + 6.0);
        let beside = middle != label.at;
        let dot = |group: &Group| Room::around(group.at, DOT * 2.5, DOT * 2.5);
        let taken = |other: &Label| {
            let others = other.room(tall);
            let crossed = || {
                (beside && others.is_crossed_by(label.at, middle))
                    || (other.is_beside() && room.is_crossed_by(other.at, other.middle))
            };
            room.meets(&others) || (self.strict && crossed())
        };
        let mut others = self.groups.iter().enumerate();
        room.is_on_paper(self.height - FOOT)
            && (!self.strict
                || !others.any(|(other, group)| (beside || other != index) && room.meets(&dot(group))))
            && !self.all.iter().any(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spots(points: &[Point]) -> Vec<Spot> {
        let spot = |(index, at): (usize, &Point)| Spot { number: index + 1, at: *at, quiet: false };
        points.iter().enumerate().map(spot).collect()
    }

    fn overlapping(labels: &Labels) -> Option<(String, String)> {
        let rooms: Vec<Room> = labels.all.iter().map(|label| label.room(labels.tall())).collect();
        for (index, room) in rooms.iter().enumerate() {
            if let Some(other) = rooms[..index].iter().position(|other| other.meets(room)) {
                return Some((labels.all[other].text.clone(), labels.all[index].text.clone()));
            }
        }
        None
    }

    #[test]
    fn a_number_stands_on_its_place_where_there_is_room() {
        let labels = place(&spots(&[(300.0, 300.0), (900.0, 700.0)]), 1200.0);
        assert!(labels.all.iter().all(|label| !label.is_beside()), "{labels:?}");
        assert_eq!(labels.all[1].text, "2");
    }

    #[test]
    fn places_that_cannot_be_told_apart_share_a_label() {
        let labels = place(&spots(&[(300.0, 300.0), (310.0, 305.0), (295.0, 300.0), (900.0, 700.0)]), 1200.0);
        let texts: Vec<&str> = labels.all.iter().map(|label| label.text.as_str()).collect();
        assert_eq!(texts, ["1–3", "4"]);
    }

    #[test]
    fn near_places_stand_beside_each_other() {
        let far_in_list = [(300.0, 300.0), (1500.0, 800.0), (330.0, 300.0)];
        let labels = place(&spots(&far_in_list), 1200.0);
        assert!(labels.all.iter().filter(|label| label.is_beside()).count() >= 1, "{labels:?}");
        assert_eq!(overlapping(&labels), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        /// Two hundred places in a few crowds, as cities are.
        #[test]
        fn numbers_never_stand_on_each_other(
            centres in prop::collection::vec((400.0..1600.0, 400.0..1000.0), 1..6),
            places in prop::collection::vec((0_usize..6, -140.0..140.0, -140.0..140.0), 1..200),
        ) {
            let at = |(centre, x, y): &(usize, f64, f64)| {
                let (left, top): Point = centres[centre % centres.len()];
                (left + x, top + y)
            };
            let points: Vec<Point> = places.iter().map(at).collect();
            let labels = place(&spots(&points), 1500.0);
            prop_assert_eq!(overlapping(&labels), None);
            prop_assert!(!labels.all.is_empty() && labels.all.iter().all(|label| label.room(labels.tall()).is_on_paper(1500.0)));
        }
    }
}

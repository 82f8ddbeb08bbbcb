//! Which of its eight masks a code has: the one that the standard's rules punish least (ISO/IEC 18004 §7.8.3).
//!
//! The crate that encodes would choose the same, module by module, which takes most of its time. Here a row is a number.

use std::sync::OnceLock;

use qrcodegen::{Mask, QrCode, QrCodeEcc, Version};

/// The largest code whose rows fit into a number.
pub(super) const MOST: i32 = 64;

/// The least run of modules of one colour that is punished, and what it, a square of four, a pattern like those in the
/// corners, and every 20th more or less dark than half are punished with.
const RUN: u32 = 3;
const SQUARE: u32 = 3;
const FINDER: u32 = 40;
const UNEVEN: u32 = 10;

/// The modules of a code: dark ones are ones, the first is the least bit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Modules {
    rows: Vec<u64>,
    columns: Vec<u64>,
}

/// What tells a code with another mask from the same code with the first one. It is the same for all codes of a version: the
/// modules that say which mask it is are a linear code's.
type Differences = [Modules; 7];

static DIFFERENCES: [OnceLock<Differences>; 41] = [const { OnceLock::new() }; 41];

/// The modules with the best mask of a code that has the first one, and is no larger than [`MOST`].
pub(super) fn best(first: &QrCode) -> Modules {
    let first_mask = Modules::of(first);
    let version = first.version();
    let differences = DIFFERENCES[usize::from(version.value())].get_or_init(|| differences(version));
    let mut least = first_mask.penalty(u32::MAX);
    let mut best = None;
    for difference in differences {
        let other = first_mask.differing(difference);
        let penalty = other.penalty(least);
        if penalty < least {
            (least, best) = (penalty, Some(other));
        }
    }
    best.unwrap_or(first_mask)
}

fn differences(version: Version) -> Differences {
    let empty = |mask: u8| {
        let mask = Some(Mask::new(mask));
        QrCode::encode_segments_advanced(&[], QrCodeEcc::Low, version, version, mask, false).ok()
    };
    let modules = |mask| empty(mask).map_or_else(Modules::none, |code| Modules::of(&code));
    let first = modules(0);
    [1, 2, 3, 4, 5, 6, 7].map(|mask| first.differing(&modules(mask)))
}

impl Modules {
    fn none() -> Modules {
        Modules { rows: Vec::new(), columns: Vec::new() }
    }

    fn of(code: &QrCode) -> Modules {
        let size = code.size();
        let (mut rows, mut columns) = (Vec::new(), vec![0; usize::try_from(size).unwrap_or_default()]);
        for y in 0..size {
            let mut row = 0;
            for (x, column) in (0..size).zip(&mut columns) {
                let dark = u64::from(code.get_module(x, y));
                row |= dark << x;
                *column |= dark << y;
            }
            rows.push(row);
        }
        Modules { rows, columns }
    }

    /// Whether a module that the code has is dark.
    pub(super) fn is_dark(&self, x: i32, y: i32) -> bool {
        let row = usize::try_from(y).ok().and_then(|y| self.rows.get(y));
        row.is_some_and(|row| row >> x & 1 == 1)
    }

    /// These where others are light, and their opposites where those are dark.
    fn differing(&self, others: &Modules) -> Modules {
        let differing = |lines: &[u64], others: &[u64]| {
            lines.iter().zip(others).map(|(line, other)| line ^ other).collect()
        };
        Modules {
            rows: differing(&self.rows, &others.rows),
            columns: differing(&self.columns, &others.columns),
        }
    }

    /// What the modules are punished with; `enough` or more where it is that much.
    fn penalty(&self, enough: u32) -> u32 {
        let size = self.rows.len();
        let squares = self.rows.windows(2).map(|pair| {
            let equal = same(pair[0], size) & same(pair[1], size) & !(pair[0] ^ pair[1]);
            equal.count_ones() * SQUARE
        });
        let lines = || self.rows.iter().chain(&self.columns);
        let runs: u32 = lines().map(|line| runs(*line, size)).sum();
        let mut penalty = squares.sum::<u32>() + runs + self.unevenness() * UNEVEN;
        for line in lines() {
            if penalty >= enough {
                break;
            }
            penalty += finders(*line) * FINDER;
        }
        penalty
    }

    /// How many times five hundredths the dark modules are more or fewer than half, less what is left over.
    fn unevenness(&self) -> u32 {
        let dark: u32 = self.rows.iter().map(|row| row.count_ones()).sum();
        let all = u32::try_from(self.rows.len() * self.rows.len()).unwrap_or(u32::MAX);
        ((dark * 20).abs_diff(all * 10).div_ceil(all)).saturating_sub(1)
    }
}

/// The modules of a line that are as the next one is.
fn same(line: u64, size: usize) -> u64 {
    !(line ^ (line >> 1)) & (u64::MAX >> (65 - size))
}

/// What runs of five modules and more of a line are punished with.
fn runs(line: u64, size: usize) -> u32 {
    let same = same(line, size);
    // Where five begin. A run of five has one such place, and each module more one more.
    let fives = same & same >> 1 & same >> 2 & same >> 3;
    let runs = fives & !(fives << 1);
    fives.count_ones() + runs.count_ones() * (RUN - 1)
}

/// How often a line has dark, light, dark, light, dark, of which the middle is three times as long as each other, with light
/// beside it that is four times as long on one side and once on the other. Both ways count. What is around the code is light.
fn finders(line: u64) -> u32 {
    // Of a line of at most 61 modules, a seventh is at most 8, and four times that is the room for light before it.
    const LENGTHS: [fn(u128) -> Option<u32>; 8] = [
        finders_of::<1>,
        finders_of::<2>,
        finders_of::<3>,
        finders_of::<4>,
        finders_of::<5>,
        finders_of::<6>,
        finders_of::<7>,
        finders_of::<8>,
    ];
    let line = u128::from(line) << 32;
    LENGTHS.iter().map_while(|finders_of| finders_of(line)).sum()
}

/// The same of one length; `None` where nothing is three times as long.
fn finders_of<const LENGTH: u32>(dark: u128) -> Option<u32> {
    let middle = run(dark, 3 * LENGTH);
    if middle == 0 {
        return None;
    }
    let after = |run: u128, lengths: u32| run >> (lengths * LENGTH);
    let (dark, light, long) = (run(dark, LENGTH), run(!dark, LENGTH), run(!dark, 4 * LENGTH));
    let core = dark & after(light, 1) & after(middle, 2) & after(light, 5) & after(dark, 6);
    let core = core & light << LENGTH & after(light, 7);
    let ways = [core & long << (4 * LENGTH), core & after(long, 7)];
    Some(ways.into_iter().map(u128::count_ones).sum())
}

/// Where so many ones in a row begin.
#[inline]
fn run(bits: u128, length: u32) -> u128 {
    let (mut run, mut long) = (bits, 1);
    while long * 2 <= length {
        run &= run >> long;
        long *= 2;
    }
    run & run >> (length - long)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use qrcodegen::QrSegment;

    use super::*;

    fn encoded(text: &str, mask: Option<Mask>) -> QrCode {
        let segments = QrSegment::make_segments(text);
        let (least, most) = (Version::MIN, Version::MAX);
        QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, least, most, mask, true).unwrap()
    }

    proptest! {
        #[test]
        fn the_mask_is_the_one_that_the_crate_chooses(text in "(https://[a-z./-]{1,180}|[A-Z0-9 ]{1,90}|[0-9]{1,80}|a{1,200})") {
            let first = encoded(&text, Some(Mask::new(0)));
            prop_assert!(first.size() <= MOST);
            prop_assert_eq!(best(&first), Modules::of(&encoded(&text, None)));
        }
    }

    #[test]
    fn patterns_like_those_in_the_corners_are_found_both_ways() {
        let line = |text: &str| text.bytes().rev().fold(0, |line, byte| line << 1 | u64::from(byte == b'1'));
        for (text, found) in [
            ("000010111010000", 2),
            ("1011101", 2),
            ("10111010100", 1),
            ("1101011101011", 0),
            ("0001101011101", 1),
            ("11001111110011", 2),
            ("10111011", 0),
            ("101110100", 2),
        ] {
            assert_eq!(finders(line(text)), found, "{text}");
        }
    }
}

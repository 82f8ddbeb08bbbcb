//! QR codes as paths.

mod mask;

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// How wide the quiet zone is on each side, in modules (ISO/IEC 18004 §6.3.8).
const QUIET: i32 = 4;

/// A code: its dark modules as a path for the attribute `d`, strokes of the thickness 1, and how many modules it is wide with its quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Qr {
    pub(super) path: String,
    pub(super) size: i32,
}

/// The code of a text; `None` where that is longer than any code can hold. It can be read while up to a seventh of it is
/// torn or dirty (level M).
pub(super) fn code(text: &str) -> Option<Qr> {
    let segments = QrSegment::make_segments(text);
    let encoded = |mask| {
        let (least, most) = (Version::MIN, Version::MAX);
        QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, least, most, mask, true).ok()
    };
    let first = encoded(Some(Mask::new(0)))?;
    if first.size() > mask::MOST {
        let code = encoded(None)?;
        return Some(drawn(code.size(), |x, y| code.get_module(x, y)));
    }
    let modules = mask::best(&first);
    Some(drawn(first.size(), |x, y| modules.is_dark(x, y)))
}

/// A code of so many modules in a row.
fn drawn(size: i32, is_dark: impl Fn(i32, i32) -> bool) -> Qr {
    let mut path = String::new();
    for y in 0..size {
        // Each run of dark modules is a stroke along their middle, and begins where the last one ended.
        let (mut x, mut end) = (0, None);
        while x < size {
            if !is_dark(x, y) {
                x += 1;
                continue;
            }
            let start = x;
            while x < size && is_dark(x, y) {
                x += 1;
            }
            match end {
                None => {
                    put(&mut path, 'M', start + QUIET);
                    put(&mut path, ' ', y + QUIET);
                    path.push_str(".5");
                }
                Some(end) => {
                    put(&mut path, 'm', start - end);
                    path.push_str(" 0");
                }
            }
            put(&mut path, 'h', x - start);
            end = Some(x);
        }
    }
    Qr { path, size: size + 2 * QUIET }
}

/// Adds a letter of a path, and a number below a thousand: a code of the largest version is 177 modules wide.
fn put(path: &mut String, letter: char, number: i32) {
    path.push(letter);
    let number = number.unsigned_abs();
    for unit in [100, 10, 1] {
        if number >= unit || unit == 1 {
            path.extend(char::from_digit(number / unit % 10, 10));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_can_be_scanned_as_it_is_drawn() {
        for text in [
            "https://union.example/picket/",
            "https://union.example/es/locations/a-very-long-name-of-a-place/",
        ] {
            let code = code(text).unwrap();
            let side = usize::try_from(code.size).unwrap();
            let mut dark = vec![false; side * side];
            for row in code.path.split('M').skip(1) {
                let (start, runs) = row.split_once('h').unwrap();
                let (x, y) = start.split_once(' ').unwrap();
                let y: usize = y.strip_suffix(".5").unwrap().parse().unwrap();
                let mut x: usize = x.parse().unwrap();
                for run in runs.split('h') {
                    let (long, gap) = run.split_once('m').unwrap_or((run, "0 0"));
                    let long: usize = long.parse().unwrap();
                    (x..x + long).for_each(|x| dark[y * side + x] = true);
                    x += long + gap.strip_suffix(" 0").unwrap().parse::<usize>().unwrap();
                }
            }
            let pixel = |x: usize, y: usize| if dark[y / 4 * side + x / 4] { 0 } else { 255 };
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, pixel);
            let grids = image.detect_grids();
            assert_eq!(grids.len(), 1, "no code is seen");
            assert_eq!(grids[0].decode().unwrap().1, text);
        }
        let large = code(&"x".repeat(500)).unwrap();
        assert!(large.size > mask::MOST + 2 * QUIET && large.path.starts_with("M4 4.5h7"));
        assert!(code(&"x".repeat(5000)).is_none());
    }
}

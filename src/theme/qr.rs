//! QR codes as paths.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

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
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        // Each run of dark modules is a stroke along their middle, and begins where the last one ended.
        let (mut x, mut end) = (0, None);
        while x < code.size() {
            let long = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let long = i32::try_from(long).unwrap_or_default();
            if long > 0 {
                let _infallible = match end {
                    None => write!(path, "M{} {}.5h{long}", x + QUIET, y + QUIET),
                    Some(end) => write!(path, "m{} 0h{long}", x - end),
                };
                end = Some(x + long);
            }
            x += long + 1;
        }
    }
    Some(Qr { path, size: code.size() + 2 * QUIET })
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
        assert!(code(&"x".repeat(5000)).is_none());
    }
}

//! What a photo's first bytes tell: its size, which way is up, and whether it can be seen through.

use super::exif::Exif;
use super::kind::{self, Kind};
use crate::model::PhotoFormat;

/// What was seen of a photo.
pub(super) struct Seen {
    pub(super) format: PhotoFormat,
    /// Its size as it is stored.
    pub(super) width: u64,
    pub(super) height: u64,
    /// Which way is up: 1 to 8.
    pub(super) orientation: u8,
    /// What it is like.
    pub(super) surface: Surface,
}

/// What a photo is like, as far as the way in which it is stored tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Surface {
    /// Stored with the small losses that nobody sees in photos.
    Photo,
    /// Stored without loss.
    Opaque,
    /// The same, and something can be seen through it.
    Glass,
    /// Stored with a table of at most 256 colours.
    Drawing,
}

/// Looks at the first bytes; `None` where they do not tell all.
pub(super) fn look(head: &[u8]) -> Option<Seen> {
    see(head, false)
}

/// Looks at all bytes; `None` where it is broken.
pub(super) fn look_at_all(bytes: &[u8]) -> Option<Seen> {
    see(bytes, true)
}

fn see(bytes: &[u8], is_all: bool) -> Option<Seen> {
    let size = imagesize::blob_size(bytes).ok()?;
    let (format, turn, surface) = match kind::of(bytes)? {
        Kind::Jpeg => (PhotoFormat::Jpeg, jpeg(bytes), Surface::Photo),
        Kind::Png => {
            let (turn, surface) = png(bytes);
            (PhotoFormat::Png, turn, surface)
        }
        Kind::WebP => {
            let (turn, surface) = webp(bytes);
            (PhotoFormat::WebP, turn, surface)
        }
        Kind::Gif | Kind::Heif | Kind::Tiff | Kind::Film => return None,
    };
    let orientation = match turn {
        Turn::Known(turn) => turn,
        Turn::NotYet if is_all => 1,
        Turn::NotYet => return None,
    };
    Some(Seen { format, width: size.width as u64, height: size.height as u64, orientation, surface })
}

/// Which way is up, or that the bytes end before they say so.
enum Turn {
    Known(u8),
    NotYet,
}

fn turn(exif: &[u8]) -> Turn {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    Turn::Known(Exif::of(exif).and_then(|exif| exif.orientation()).unwrap_or(1))
}

/// Segments up to the picture itself (ITU-T T.81 §B.1).
fn jpeg(bytes: &[u8]) -> Turn {
    let mut at = 2;
    loop {
        match bytes.get(at..at + 4) {
            Some([0xff, 0xff, ..]) => at += 1,
            // The frame, or the picture, begins: what comes before it has been seen.
            Some([0xff, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xda, ..]) => {
                return Turn::Known(1);
            }
            Some(&[0xff, marker, high, low]) => {
                let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
                match bytes.get(at + 4..end) {
                    Some(segment) if marker == 0xe1 && segment.starts_with(b"Exif\0\0") => {
                        return turn(segment);
                    }
                    Some(_) => at = end,
                    None => return Turn::NotYet,
                }
            }
            _ => return Turn::NotYet,
        }
    }
}

/// Chunks up to the picture itself (PNG 3 §5.3), the first of which says what kind of colours it has (§11.2.1).
fn png(bytes: &[u8]) -> (Turn, Surface) {
    let mut surface = match bytes.get(25) {
        Some(3) => Surface::Drawing,
        Some(4 | 6) => Surface::Glass,
        _ => Surface::Opaque,
    };
    let mut found = Turn::NotYet;
    let mut at = 8;
    while let Some((length, name, data)) = chunk(bytes, at, u32::from_be_bytes) {
        match (name, data) {
            (b"IDAT" | b"IEND", _) if matches!(found, Turn::NotYet) => return (Turn::Known(1), surface),
            (b"IDAT" | b"IEND", _) => break,
            (b"eXIf", Some(data)) => found = turn(data),
            (b"tRNS", _) if surface == Surface::Opaque => surface = Surface::Glass,
            _ => {}
        }
        at += 12 + length;
    }
    (found, surface)
}

/// Chunks (RFC 9649 §2). The one that says which way is up stands last, after the picture.
fn webp(bytes: &[u8]) -> (Turn, Surface) {
    const ALPHA: u8 = 0x10;
    const EXIF: u8 = 0x08;
    let flags = match bytes.get(12..16) {
        Some(b"VP8X") => bytes.get(20).copied().unwrap_or(0),
        // Whether something can be seen through it is told further on, where nobody looks: it can be.
        Some(b"VP8L") => return (Turn::Known(1), Surface::Glass),
        Some(_) => return (Turn::Known(1), Surface::Photo),
        None => return (Turn::NotYet, Surface::Photo),
    };
    let mut surface = if flags & ALPHA == 0 { Surface::Photo } else { Surface::Glass };
    let mut found = Turn::NotYet;
    let mut at = 12;
    while let Some((length, name, data)) = chunk(bytes, at, u32::from_le_bytes) {
        match (name, data) {
            (b"VP8L", _) => surface = Surface::Glass,
            (b"EXIF", Some(data)) => found = turn(data),
            _ => {}
        }
        at += 8 + length + length % 2;
    }
    // More than the first chunk has been seen, and none says which way is up.
    let is_told = flags & EXIF == 0 && at > 30;
    (if is_told { Turn::Known(1) } else { found }, surface)
}

/// A chunk's length, its name, and its data, as far as that is there.
type Chunk<'a> = (usize, &'a [u8; 4], Option<&'a [u8]>);

/// A chunk. PNG has the length first, WebP the name.
fn chunk(bytes: &[u8], at: usize, order: fn([u8; 4]) -> u32) -> Option<Chunk<'_>> {
    let one: &[u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    let two: &[u8; 4] = bytes.get(at + 4..at.checked_add(8)?)?.try_into().ok()?;
    let is_png = bytes.starts_with(b"\x89");
    let (length, name) = if is_png { (*one, two) } else { (*two, one) };
    let length = usize::try_from(order(length)).ok()?;
    Some((length, name, bytes.get(at + 8..(at + 8).checked_add(length)?)))
}

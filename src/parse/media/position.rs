//! Whether a picture or film says where it was taken. What lies in `content/` is made anew and cannot; what is copied from
//! `static/` can.

use std::sync::Arc;

use img_parts::jpeg::Jpeg;
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

use super::exif::Exif;
use super::kind::Kind;

/// Names of chunks that hold an EXIF or XMP block as a compressed text.
const PACKED: [&[u8]; 4] = [
    b"Raw profile type exif\0",
    b"Raw profile type APP1\0",
    b"Raw profile type xmp\0",
    b"XML:com.adobe.xmp\0\x01",
];

/// Whether it says where it was taken.
pub(super) fn is_in(kind: Kind, bytes: &Arc<[u8]>) -> bool {
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    let said =
        |exif: Option<Bytes>| exif.as_deref().and_then(Exif::of).is_some_and(|exif| exif.has_position());
    let source = || Bytes::from_owner(Arc::clone(bytes));
    // XMP is text in all of them.
    let in_text = || holds(b"GPSLatitude") || holds(b"GPSCoordinates");
    match kind {
        Kind::Jpeg => said(Jpeg::from_bytes(source()).ok().and_then(|jpeg| jpeg.exif())) || in_text(),
        Kind::WebP => said(WebP::from_bytes(source()).ok().and_then(|webp| webp.exif())) || in_text(),
        Kind::Png => {
            let png = Png::from_bytes(source()).ok();
            // What is packed is taken to say it: nobody packs it who cleans photos.
            let packed = png
                .iter()
                .flat_map(Png::chunks)
                .any(|chunk| PACKED.iter().any(|name| chunk.contents().starts_with(name)));
            packed || said(png.and_then(|png| png.exif())) || in_text()
        }
        Kind::Tiff => Exif::of(bytes).is_some_and(|exif| exif.has_position()) || in_text(),
        Kind::Heif => {
            let blocks = bytes.windows(6).enumerate().filter(|(_, window)| window == b"Exif\0\0");
            let mut blocks = blocks.filter_map(|(at, _)| Exif::of(&bytes[at + 6..]));
            blocks.any(|exif| exif.has_position()) || in_text()
        }
        Kind::Film => holds(b"\xa9xyz") || holds(b"location.ISO6709") || in_text(),
        Kind::Gif => in_text(),
    }
}

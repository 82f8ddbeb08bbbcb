//! Makes pictures fit to be published: no position, no name, no device, no script.

use std::sync::Arc;

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF, ImageICC};

use super::MediaFile;
use crate::base::{File, SourcePath, asset_digest};
use crate::diagnostics::{Checked, Finding, Place, finding};
use crate::model::Dimensions;

/// Extensions of pictures that can be shown.
pub const PICTURES: [&str; 6] = ["jpg", "jpeg", "png", "webp", "gif", "svg"];

/// The most pixels of a picture: more make a reader's device run out of memory before it shows anything.
const MOST_PIXELS: u64 = 64_000_000;

/// Reads a file that content may refer to. Pictures lose all that was written into them beside the picture.
pub(super) fn parse(path: &SourcePath, file: &File) -> Checked<Option<MediaFile>> {
    let extension = path.extension();
    if !PICTURES.contains(&extension.as_str()) {
        return Checked::clean(Some(media(Arc::clone(&file.bytes), None)));
    }
    match picture(path, &extension, &file.bytes) {
        Ok((bytes, dimensions)) => Checked::clean(Some(media(bytes, Some(dimensions)))),
        // It stands there, so that nobody is told that there is no such file, but none of its bytes goes on from here.
        Err(finding) => Checked { value: Some(media(Arc::from([]), None)), findings: vec![finding] },
    }
}

fn media(bytes: Arc<[u8]>, dimensions: Option<Dimensions>) -> MediaFile {
    MediaFile { digest: asset_digest(&bytes), bytes, dimensions }
}

type Upright = (Arc<[u8]>, Dimensions);

fn picture(path: &SourcePath, extension: &str, bytes: &Arc<[u8]>) -> Result<Upright, Finding> {
    let broken = || finding::unreadable_picture(Place::file(path), path);
    if extension == "svg" {
        return svg(path, bytes);
    }
    let size = imagesize::blob_size(bytes).map_err(|_| broken())?;
    let (width, height) = (u32::try_from(size.width).ok(), u32::try_from(size.height).ok());
    let (Some(width), Some(height)) = (width, height) else { return Err(broken()) };
    if width == 0 || height == 0 {
        return Err(broken());
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(finding::too_many_pixels(path, width, height));
    }
    let source = Bytes::copy_from_slice(bytes);
    let (stripped, turned) = match extension {
        "jpg" | "jpeg" => strip_jpeg(source).ok_or_else(broken)?,
        "png" => (strip_png(source).ok_or_else(broken)?, false),
        "webp" => (strip_webp(source).ok_or_else(broken)?, false),
        _ => (source, false),
    };
    let dimensions =
        if turned { Dimensions { width: height, height: width } } else { Dimensions { width, height } };
    Ok((Arc::from(&stripped[..]), dimensions))
}

/// Keeps what a decoder needs, the colour profile, and which way is up. The latter is written anew into an EXIF
/// block that holds nothing else (Exif 3.0 §4.6.5, tag 274).
fn strip_jpeg(source: Bytes) -> Option<(Bytes, bool)> {
    let mut jpeg = Jpeg::from_bytes(source).ok()?;
    let orientation = jpeg.exif().and_then(|exif| orientation(&exif)).unwrap_or(1);
    let icc = jpeg.icc_profile();
    let kept = |segment: &JpegSegment| {
        let marker = segment.marker();
        let metadata = (markers::APP1..=markers::APP15).contains(&marker) || marker == markers::COM;
        !metadata || marker == markers::APP14
    };
    jpeg.segments_mut().retain(kept);
    jpeg.set_icc_profile(icc);
    if (2..=8).contains(&orientation) {
        jpeg.set_exif(Some(Bytes::from(upright_exif(orientation))));
    }
    Some((jpeg.encoder().bytes(), (5..=8).contains(&orientation)))
}

fn strip_png(source: Bytes) -> Option<Bytes> {
    const KEPT: [&[u8; 4]; 15] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
        b"bKGD", b"acTL", b"fcTL", b"fdAT",
    ];
    let mut png = Png::from_bytes(source).ok()?;
    png.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.kind()));
    Some(png.encoder().bytes())
}

fn strip_webp(source: Bytes) -> Option<Bytes> {
    let mut webp = WebP::from_bytes(source).ok()?;
    webp.set_exif(None);
    webp.remove_chunks_by_id(*b"XMP ");
    Some(webp.encoder().bytes())
}

/// The orientation, 1 to 8, in the first directory of an EXIF block.
fn orientation(exif: &[u8]) -> Option<u16> {
    let little = match exif.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let quad: [u8; 4] = exif.get(4..8)?.try_into().ok()?;
    let first = if little { u32::from_le_bytes(quad) } else { u32::from_be_bytes(quad) };
    let first = usize::try_from(first).ok()?;
    let entries = usize::from(short(first)?);
    (0..entries)
        .map(|index| first + 2 + index * 12)
        .find(|at| short(*at) == Some(274))
        .and_then(|at| short(at + 8))
}

/// A TIFF directory of one entry: the orientation.
fn upright_exif(orientation: u16) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend(orientation.to_le_bytes());
    exif.extend([0; 6]);
    exif
}

/// Checks a drawing, which a browser would run: no script, no event handler, nothing from elsewhere.
fn svg(path: &SourcePath, bytes: &Arc<[u8]>) -> Result<Upright, Finding> {
    let broken = || finding::unreadable_picture(Place::file(path), path);
    let text = std::str::from_utf8(bytes).map_err(|_| broken())?;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut dimensions = None;
    loop {
        use quick_xml::events::Event;
        match reader.read_event().map_err(|_| broken())? {
            Event::Eof => break,
            Event::Start(element) | Event::Empty(element) => {
                let checked = svg_element(&element).map_err(|what| finding::unsafe_svg(path, &what))?;
                dimensions = dimensions.or(checked);
            }
            Event::Text(text) if style_loads(&text) => {
                return Err(finding::unsafe_svg(path, "a style that loads something from elsewhere"));
            }
            Event::CData(text) if style_loads(&text) => {
                return Err(finding::unsafe_svg(path, "a style that loads something from elsewhere"));
            }
            Event::DocType(_) | Event::PI(_) => {
                return Err(finding::unsafe_svg(path, "a document type or instruction"));
            }
            _ => {}
        }
    }
    Ok((Arc::clone(bytes), dimensions.ok_or_else(broken)?))
}

fn style_loads(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("@import")
        || text
            .replace(' ', "")
            .replace(['"', '\''], "")
            .split("url(")
            .skip(1)
            .any(|url| !url.starts_with('#'))
}

/// The size where it is the root; an error says what is not allowed.
fn svg_element(element: &quick_xml::events::BytesStart<'_>) -> Result<Option<Dimensions>, String> {
    let name = element.local_name().as_ref().to_lowercase();
    if matches!(name.as_str(), "script" | "foreignobject" | "iframe" | "object" | "embed" | "audio" | "video")
    {
        return Err(format!("a <{name}>"));
    }
    let mut size = (None, None, None);
    for attribute in element.attributes().flatten() {
        let key = attribute.key.local_name().as_ref().to_lowercase();
        let value = attribute.value.trim().to_owned();
        if key.starts_with("on") {
            return Err(format!("the event handler “{key}”"));
        }
        if key == "href" && !value.starts_with('#') && !value.starts_with("data:image/") {
            return Err(format!("a reference to “{value}”"));
        }
        if style_loads(&value) {
            return Err("a style that loads something from elsewhere".to_owned());
        }
        match key.as_str() {
            "width" => size.0 = length(&value),
            "height" => size.1 = length(&value),
            "viewbox" => size.2 = view_box(&value),
            _ => {}
        }
    }
    if name != "svg" {
        return Ok(None);
    }
    let dimensions = size.0.zip(size.1).map(|(width, height)| Dimensions { width, height });
    Ok(dimensions.or(size.2))
}

fn length(text: &str) -> Option<u32> {
    whole(text.strip_suffix("px").unwrap_or(text).parse().ok()?)
}

fn view_box(text: &str) -> Option<Dimensions> {
    let numbers: Vec<f64> =
        text.split([' ', ',']).filter(|part| !part.is_empty()).filter_map(|part| part.parse().ok()).collect();
    let &[_, _, width, height] = numbers.as_slice() else { return None };
    Some(Dimensions { width: whole(width)?, height: whole(height)? })
}

fn whole(number: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be within 1 and 100,000"
    )]
    (1.0..=100_000.0).contains(&number).then(|| number.round() as u32)
}

/// What keeps a picture that is copied as it is from being published.
pub(super) fn check_static(path: &SourcePath, file: &File) -> Vec<Finding> {
    let extension = path.extension();
    let size = imagesize::blob_size(&file.bytes).ok().filter(|_| PICTURES.contains(&extension.as_str()));
    let size =
        size.and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
    let large = size.filter(|(width, height)| u64::from(*width) * u64::from(*height) > MOST_PIXELS);
    let large = large.map(|(width, height)| finding::too_many_pixels(path, width, height));
    let placed = holds_position(&extension, &file.bytes).then(|| finding::position_in_photo(path));
    large.into_iter().chain(placed).collect()
}

/// Whether a picture says where it was taken.
fn holds_position(extension: &str, bytes: &Arc<[u8]>) -> bool {
    let source = Bytes::copy_from_slice(bytes);
    let exif = match extension {
        "jpg" | "jpeg" => Jpeg::from_bytes(source).ok().and_then(|jpeg| jpeg.exif()),
        "png" => Png::from_bytes(source).ok().and_then(|png| png.exif()),
        "webp" => WebP::from_bytes(source).ok().and_then(|webp| webp.exif()),
        _ => return false,
    };
    let xmp = bytes.windows(11).any(|window| window == b"GPSLatitude");
    xmp || exif.is_some_and(|exif| has_gps(&exif))
}

/// Whether the first directory of an EXIF block points to a GPS directory (tag 34853).
fn has_gps(exif: &[u8]) -> bool {
    [[0x25, 0x88], [0x88, 0x25]].iter().any(|tag| exif.windows(2).any(|pair| pair == tag))
}

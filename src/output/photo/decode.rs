//! From a photo's file to its pixels.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::Flaw;
use crate::model::{GoesAs, Photo, PhotoFormat};

/// The longest side that the formats know.
const LONGEST: usize = 65_535;

/// The largest colour profile that is published along. Those of phones and cameras have some 500 bytes to 4 KiB.
const PROFILE: usize = 64 * 1024;

/// What stands in a photo's file.
pub(super) struct Decoded {
    /// Its pixels as they are stored, of 8 bits a colour: `ImageRgb8`, or `ImageRgba8` where it can be seen through.
    pub(super) pixels: DynamicImage,
    /// What its colours mean, where that is not sRGB.
    pub(super) profile: Option<Vec<u8>>,
}

/// Decodes a photo. Its size has to be what its head said, for by that it was admitted.
pub(super) fn decode(photo: &Photo, bytes: &[u8]) -> Result<Decoded, Flaw> {
    let decoded = match photo.format {
        PhotoFormat::Jpeg => jpeg(bytes),
        PhotoFormat::Png => PngDecoder::new(Cursor::new(bytes)).ok().and_then(by_image),
        PhotoFormat::WebP => WebPDecoder::new(Cursor::new(bytes)).ok().and_then(by_image),
    };
    let decoded = decoded.ok_or(Flaw::Damaged)?;
    let (width, height) = (decoded.pixels.width(), decoded.pixels.height());
    let stored = if photo.orientation >= 5 { (height, width) } else { (width, height) };
    let is_as_said = stored == (photo.dimensions.width, photo.dimensions.height);
    is_as_said.then_some(decoded).ok_or(Flaw::Damaged)
}

/// Decodes what was made of a photo.
pub(super) fn decode_print(photo: &Photo, print: &[u8]) -> Option<DynamicImage> {
    let decoded = match photo.goes_as {
        GoesAs::Jpeg => jpeg(print),
        GoesAs::Png | GoesAs::Drawing => PngDecoder::new(Cursor::new(print)).ok().and_then(by_image),
    };
    decoded.map(|decoded| decoded.pixels)
}

fn jpeg(bytes: &[u8]) -> Option<Decoded> {
    if !is_whole_jpeg(bytes) {
        return None;
    }
    let options = DecoderOptions::default()
        .set_max_width(LONGEST)
        .set_max_height(LONGEST)
        .set_use_unsafe(false)
        .set_strict_mode(false)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let data = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    let pixels = image::RgbImage::from_raw(u32::try_from(width).ok()?, u32::try_from(height).ok()?, data)?;
    Some(Decoded { pixels: pixels.into(), profile: decoder.icc_profile().and_then(published_profile) })
}

/// Whether the picture in a JPEG file has an end (ITU-T T.81 §B.1): decoders fill up with grey what is missing.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    let mut in_scan = false;
    loop {
        match bytes.get(at..at + 2) {
            Some([0xff, 0xd9]) => return in_scan,
            // Filling, and what belongs to the picture's own data.
            Some([0xff, 0xff]) => at += 1,
            Some([0xff, 0x00 | 0x01 | 0xd0..=0xd8]) => at += 2,
            Some([0xff, marker]) => {
                in_scan |= *marker == 0xda;
                let Some(&[high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([high, low])).max(2);
            }
            Some(_) => match bytes[at..].iter().position(|byte| *byte == 0xff) {
                Some(next) => at += next,
                None => return false,
            },
            None => return false,
        }
    }
}

fn by_image(mut decoder: impl ImageDecoder) -> Option<Decoded> {
    let profile = decoder.icc_profile().ok()?;
    let pixels = DynamicImage::from_decoder(decoder).ok()?;
    let pixels = match pixels.color().has_alpha() {
        true => opaque_or_not(pixels.into_rgba8()),
        false => pixels.into_rgb8().into(),
    };
    Some(Decoded { pixels, profile: profile.and_then(published_profile) })
}

/// Drops transparency that is none.
fn opaque_or_not(pixels: image::RgbaImage) -> DynamicImage {
    let pixels = DynamicImage::from(pixels);
    let is_opaque = pixels.as_bytes().chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
    if is_opaque { pixels.into_rgb8().into() } else { pixels }
}

/// A profile without date, maker, device and program. `None` for one of other colours than red, green and blue, and for
/// sRGB, which is meant where nothing is said (ICC.1:2022 §7.2).
fn published_profile(mut profile: Vec<u8>) -> Option<Vec<u8>> {
    let is_srgb = profile.windows(8).any(|window| window == b"sRGB IEC" || window == b"s\0R\0G\0B\0");
    if profile.len() < 128 || profile.len() > PROFILE || &profile[16..20] != b"RGB " || is_srgb {
        return None;
    }
    for range in [24..36, 48..56, 80..100] {
        profile[range].fill(0);
    }
    Some(profile)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_without_its_end_is_not_whole() {
        let whole = b"\xff\xd8\xff\xe1\0\x06\xff\xd9ab\xff\xda\0\x02abc\xff\0d\xff\xd0e\xff\xd9";
        assert!(is_whole_jpeg(whole));
        assert!(is_whole_jpeg(&[&whole[..], b"what phones add"].concat()));
        for end in 0..whole.len() {
            assert!(!is_whole_jpeg(&whole[..end]), "{end}");
        }
    }

    #[test]
    fn a_profile_says_nothing_of_its_maker() {
        let profile = |space: &[u8], name: &[u8]| {
            let mut profile = vec![7; 128];
            profile[16..20].copy_from_slice(space);
            [profile, name.to_vec()].concat()
        };
        let kept = published_profile(profile(b"RGB ", b"Display P3")).unwrap();
        assert_eq!((&kept[48..56], &kept[80..84]), (&[0; 8][..], &[0; 4][..]));
        assert!(kept.ends_with(b"Display P3"));
        assert_eq!(published_profile(profile(b"CMYK", b"")), None);
        assert_eq!(published_profile(profile(b"RGB ", b"sRGB IEC61966-2.1")), None);
        assert_eq!(published_profile(b"short".to_vec()), None);
    }
}

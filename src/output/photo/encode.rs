//! From pixels to the file that is published.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageEncoder};
use img_parts::png::Png;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::model::{GoesAs, Photo, PhotoFormat};

/// Where nobody sees a difference at arm's length, and a photo of 960 pixels has about 100 kB.
const QUALITY: u8 = 80;

/// A file of these pixels, with a colour profile and without anything else.
pub(super) fn encode(pixels: DynamicImage, goes_as: GoesAs, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    match goes_as {
        GoesAs::Jpeg => jpeg(&pixels.into_rgb8(), profile),
        GoesAs::Png | GoesAs::Drawing => png(&pixels, profile),
    }
}

fn jpeg(pixels: &image::RgbImage, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    // It is there roughly at once, and sharp when all of it has come; and it is a tenth smaller.
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).ok()?;
    }
    let (width, height) = (u16::try_from(pixels.width()).ok()?, u16::try_from(pixels.height()).ok()?);
    encoder.encode(pixels, width, height, ColorType::Rgb).ok()?;
    Some(file)
}

fn png(pixels: &DynamicImage, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new_with_quality(&mut file, CompressionType::Best, FilterType::Adaptive);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).ok()?;
    }
    let colours = if pixels.color().has_alpha() { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    encoder.write_image(pixels.as_bytes(), pixels.width(), pixels.height(), colours).ok()?;
    Some(file)
}

/// A PNG at its own width keeps its pixels as they are stored, which no other way stores smaller: only what is not the
/// picture is left out. Not where its colours have a profile of their own, for that is published without its maker.
pub(super) fn as_it_was(photo: &Photo, bytes: &[u8], width: u32, has_profile: bool) -> Option<Vec<u8>> {
    const KEPT: [&[u8; 4]; 6] = [b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"IDAT", b"IEND"];
    let is_png = photo.format == PhotoFormat::Png && photo.goes_as != GoesAs::Jpeg;
    let is_it = is_png && photo.orientation == 1 && photo.dimensions.width == width;
    if !is_it || has_profile {
        return None;
    }
    let mut png = Png::from_bytes(img_parts::Bytes::copy_from_slice(bytes)).ok()?;
    png.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.kind()));
    Some(png.encoder().bytes().to_vec())
}

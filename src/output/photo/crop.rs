//! The middle of a photo, as large as an area that it fills.

use image::{DynamicImage, RgbaImage};

use super::{Developer, Flaw, decode, resize};
use crate::model::Photo;

/// A photo without its edges, so that it fills an area. It is made of what is published of the photo, and so is upright and
/// without anything but the picture. What can be seen through is white.
pub fn crop(
    photo: &Photo,
    (width, height): (u32, u32),
    developer: &dyn Developer,
) -> Result<RgbaImage, Flaw> {
    let widths = photo.widths();
    let fills = |at: &&u32| photo.at(**at).width >= width && photo.at(**at).height >= height;
    let at = widths.iter().find(fills).or(widths.last()).copied().unwrap_or(photo.dimensions.width);
    let print = developer.print(photo, at)?;
    let pixels = decode::decode_print(photo, &print).ok_or(Flaw::Damaged)?;
    cropped(&pixels, width, height).map(|cropped| on_white(&cropped)).ok_or(Flaw::Damaged)
}

fn cropped(pixels: &DynamicImage, width: u32, height: u32) -> Option<DynamicImage> {
    let (own_width, own_height) = (pixels.width(), pixels.height());
    let scaled = |side: u32, by: u32, of: u32| {
        let side = u64::from(side) * u64::from(by) / u64::from(of).max(1);
        u32::try_from(side).unwrap_or(u32::MAX).max(1)
    };
    let is_wide = u64::from(own_width) * u64::from(height) > u64::from(own_height) * u64::from(width);
    let (part_width, part_height) = match is_wide {
        true => (scaled(own_height, width, height).min(own_width), own_height),
        false => (own_width, scaled(own_width, height, width).min(own_height)),
    };
    // Of a tall photo rather the upper part: heads are there, and below them there is ground.
    let (x, y) = ((own_width - part_width) / 2, (own_height - part_height) / 3);
    resize::scale(&pixels.crop_imm(x, y, part_width, part_height), width, height)
}

fn on_white(pixels: &DynamicImage) -> RgbaImage {
    let mut pixels = pixels.to_rgba8();
    for pixel in pixels.pixels_mut() {
        let alpha = u16::from(pixel.0[3]);
        let over = |part: u8| (u16::from(part) * alpha + 255 * (255 - alpha) + 127) / 255;
        for part in &mut pixel.0[..3] {
            *part = u8::try_from(over(*part)).unwrap_or(u8::MAX);
        }
        pixel.0[3] = u8::MAX;
    }
    pixels
}

//! From a photo's pixels to those of one size, upright.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::DynamicImage;
use image::metadata::Orientation;

use crate::model::{Colour, Dimensions, Photo};

/// A photo at a width, turned so that up is up.
pub(super) fn resize(pixels: &DynamicImage, photo: &Photo, width: u32) -> Option<DynamicImage> {
    let Dimensions { width, height } = photo.at(width);
    let (across, down) = if photo.orientation >= 5 { (height, width) } else { (width, height) };
    let mut sized = match (across, down) == (pixels.width(), pixels.height()) {
        true => pixels.clone(),
        false => scale(pixels, across, down)?,
    };
    sized.apply_orientation(Orientation::from_exif(photo.orientation)?);
    Some(sized)
}

pub(super) fn scale(pixels: &DynamicImage, across: u32, down: u32) -> Option<DynamicImage> {
    let has_alpha = pixels.color().has_alpha();
    let kind = if has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
    let source = ImageRef::new(pixels.width(), pixels.height(), pixels.as_bytes(), kind).ok()?;
    let mut scaled = Image::new(across, down, kind);
    // A polynomial: sines may differ in the last digit from one system to the other.
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&source, &mut scaled, &options).ok()?;
    let data = scaled.into_vec();
    Some(match has_alpha {
        true => image::RgbaImage::from_raw(across, down, data)?.into(),
        false => image::RgbImage::from_raw(across, down, data)?.into(),
    })
}

/// The mean of all pixels; `None` where something can be seen through them.
pub(super) fn colour(pixels: &DynamicImage) -> Option<Colour> {
    let DynamicImage::ImageRgb8(pixels) = pixels else { return None };
    let mut sums = [0u64; 3];
    for pixel in pixels.pixels() {
        for (sum, value) in sums.iter_mut().zip(pixel.0) {
            *sum += u64::from(value);
        }
    }
    let count = u64::from(pixels.width()) * u64::from(pixels.height());
    let mean = |sum: u64| u8::try_from((sum + count / 2) / count.max(1)).unwrap_or(u8::MAX);
    Some(Colour { rgb: sums.map(mean) })
}

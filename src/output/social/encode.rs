//! From a card's pixels to its file: a PNG of at most 256 colours, for one of all colours would be too large with a photo.

use std::collections::BTreeMap;

use color_quant::NeuQuant;
use image::imageops::{self, ColorMap};
use image::{Rgba, RgbaImage};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::layout::Area;

/// The most bytes of a card. Some networks leave out what is larger than 300 kB.
pub(super) const MOST_BYTES: usize = 290_000;

/// How many colours a photo may have, the most first: each step takes about a bit from each pixel. With the last, noise itself
/// would fit.
const OF_PHOTO: [usize; 5] = [192, 128, 64, 32, 16];

/// How many colours all else may have.
const OF_REST: usize = 60;

/// A PNG of the pixels; `photo` is where a photo stands.
pub(super) fn encode(pixels: &RgbaImage, photo: Option<Area>) -> Option<Vec<u8>> {
    let mut flat = Flat::of(pixels, photo)?;
    let Some(area) = photo else { return png(pixels, &flat.palette, &flat.indices) };
    let part = imageops::crop_imm(pixels, area.x, area.y, area.width, area.height).to_image();
    let drawn = flat.palette.len();
    for colours in OF_PHOTO {
        // Every third pixel is looked at, which finds the same colours in a third of the time.
        let palette = Palette(NeuQuant::new(3, colours, part.as_raw()));
        let mut dithered = part.clone();
        imageops::dither(&mut dithered, &palette);
        for (x, y, pixel) in dithered.enumerate_pixels() {
            let at = ((area.y + y) * pixels.width() + area.x + x) as usize;
            flat.indices[at] = u8::try_from(drawn + palette.index_of(pixel)).ok()?;
        }
        flat.palette.truncate(drawn);
        flat.palette.extend(palette.0.color_map_rgb().chunks_exact(3).map(|rgb| [rgb[0], rgb[1], rgb[2]]));
        let file = png(pixels, &flat.palette, &flat.indices)?;
        if file.len() <= MOST_BYTES {
            return Some(file);
        }
    }
    None
}

/// What is drawn: which colours there are, and which each pixel has.
struct Flat {
    palette: Vec<[u8; 3]>,
    indices: Vec<u8>,
}

impl Flat {
    fn of(pixels: &RgbaImage, photo: Option<Area>) -> Option<Flat> {
        // Letters have edges of a few shades between two colours. Where these are too many, shades that nobody could tell
        // apart are taken for one.
        (0..8).find_map(|coarse| Flat::with(pixels, photo, coarse))
    }

    fn with(pixels: &RgbaImage, photo: Option<Area>, coarse: u32) -> Option<Flat> {
        let mut known: BTreeMap<[u8; 3], u8> = BTreeMap::new();
        let mut palette: Vec<[u8; 3]> = Vec::new();
        let mut last = None;
        let mut indices = Vec::with_capacity((pixels.width() * pixels.height()) as usize);
        for (x, y, Rgba([red, green, blue, _])) in pixels.enumerate_pixels() {
            if photo.is_some_and(|area| area.holds(x, y)) {
                indices.push(0);
                continue;
            }
            let exact = [*red, *green, *blue];
            let index = match last {
                Some((colour, index)) if colour == exact => index,
                _ => {
                    let shade = exact.map(|part| part >> coarse);
                    let next = palette.len();
                    if next >= OF_REST && !known.contains_key(&shade) {
                        return None;
                    }
                    *known.entry(shade).or_insert_with(|| {
                        palette.push(exact);
                        u8::try_from(next).unwrap_or(u8::MAX)
                    })
                }
            };
            last = Some((exact, index));
            indices.push(index);
        }
        Some(Flat { palette, indices })
    }
}

/// The colours of a photo.
struct Palette(NeuQuant);

impl ColorMap for Palette {
    type Color = Rgba<u8>;

    fn index_of(&self, color: &Rgba<u8>) -> usize {
        self.0.index_of(&color.0)
    }

    fn map_color(&self, color: &mut Rgba<u8>) {
        self.0.map_pixel(&mut color.0);
    }
}

fn png(pixels: &RgbaImage, palette: &[[u8; 3]], indices: &[u8]) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::Balanced);
    // Neighbours among indices are no neighbours among colours.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(indices).ok()?;
    writer.finish().ok()?;
    Some(file)
}

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
        let mut indices = vec![0; (pixels.width() * pixels.height()) as usize];
        let width = pixels.width() as usize;
        let rows = pixels.as_raw().chunks_exact(width * 4).zip(indices.chunks_exact_mut(width));
        for (y, (row, indices)) in (0..).zip(rows) {
            let left_out = photo.filter(|area| area.rows().contains(&y)).map(|area| area.columns());
            let mut at = 0;
            while at < width {
                if let Some(columns) = left_out.as_ref().filter(|columns| columns.contains(&at)) {
                    at = columns.end;
                    continue;
                }
                let end = left_out
                    .as_ref()
                    .map_or(width, |columns| if at < columns.start { columns.start } else { width });
                let run = run(&row[at * 4..end * 4]);
                let exact = [row[at * 4], row[at * 4 + 1], row[at * 4 + 2]];
                let shade = exact.map(|part| part >> coarse);
                let index = match known.get(&shade) {
                    Some(index) => *index,
                    None if palette.len() >= OF_REST => return None,
                    None => {
                        let index = u8::try_from(palette.len()).ok()?;
                        palette.push(exact);
                        known.insert(shade, index);
                        index
                    }
                };
                indices[at..at + run].fill(index);
                at += run;
            }
        }
        Some(Flat { palette, indices })
    }
}

/// How many pixels at the beginning of a row have the colour of the first. Most of a card is in one, so that whole stretches are
/// compared at a time.
fn run(row: &[u8]) -> usize {
    const STRETCH: usize = 256;
    let first = &row[..4];
    let same = first.repeat(STRETCH / 4);
    let mut at = 0;
    while row.get(at..at + STRETCH) == Some(&same[..]) {
        at += STRETCH;
    }
    while row.get(at..at + 4) == Some(first) {
        at += 4;
    }
    at / 4
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

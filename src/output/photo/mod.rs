//! Photos as they are published: made anew from their pixels, so that nothing of the file but the picture goes out.
//!
//! The same photo gives the same bytes on every machine: decoders and encoders count in whole numbers and have one path for
//! all processors (`zune-jpeg` is built without its SIMD paths, `jpeg-encoder` too), the filter is a polynomial, and what
//! `fast_image_resize` counts with SIMD it counts in whole numbers as well, which its tests hold to one result.

mod crop;
mod darkroom;
mod decode;
mod encode;
mod resize;

use std::collections::BTreeMap;

use crate::base::SourcePath;
use crate::diagnostics::{Finding, finding};
use crate::model::{Colour, Colours, Photo};

pub use crop::crop;
pub use darkroom::{Darkroom, Patience, Proofs};

/// Why nothing can be made of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// A part of it is missing, or cannot be read.
    Damaged,
    /// It is not what it was when reading began.
    Changed,
    /// It is as it should be, and we failed.
    Failed,
}

impl Flaw {
    /// What there is to tell.
    pub fn finding(self, source: &SourcePath) -> Finding {
        match self {
            Flaw::Damaged => finding::damaged_photo(source),
            Flaw::Changed => finding::changed_meanwhile(source),
            Flaw::Failed => finding::our_bug(source, "a picture could not be made"),
        }
    }
}

/// Whoever makes what is published of photos.
pub trait Developer: Colours + Sync {
    /// A photo at one of its widths, as a file.
    fn print(&self, photo: &Photo, width: u32) -> Result<Vec<u8>, Flaw>;

    /// What else is costly to make, and of which `digest` says all that it is made of.
    fn keep(&self, digest: &str, make: &dyn Fn() -> Result<Vec<u8>, Flaw>) -> Result<Vec<u8>, Flaw>;
}

/// A photo in all its sizes.
struct Developed {
    /// Its colour as seen from far away; `None` where something can be seen through it.
    colour: Option<Colour>,
    /// The files, by their widths.
    prints: BTreeMap<u32, Vec<u8>>,
}

/// Makes all sizes of a photo.
fn develop(photo: &Photo) -> Result<Developed, Flaw> {
    let bytes = photo.file.bytes().ok_or(Flaw::Changed)?;
    let decoded = decode::decode(photo, &bytes)?;
    let mut colour = None;
    let mut prints = BTreeMap::new();
    for width in photo.widths() {
        let sized = resize::resize(&decoded.pixels, photo, width).ok_or(Flaw::Damaged)?;
        if prints.is_empty() {
            colour = resize::colour(&sized);
        }
        let print = encode::as_it_was(photo, &bytes, width, decoded.profile.is_some());
        let print = print.or_else(|| encode::encode(sized, photo.goes_as, decoded.profile.as_deref()));
        prints.insert(width, print.ok_or(Flaw::Damaged)?);
    }
    Ok(Developed { colour, prints })
}

/// Whether a photo can be developed, without doing it.
fn proof(photo: &Photo) -> Result<(), Flaw> {
    let bytes = photo.file.bytes().ok_or(Flaw::Changed)?;
    decode::decode(photo, &bytes).map(|_| ())
}

//! Pictures and files that content refers to.

use std::fmt;
use std::sync::Arc;

use crate::base::{File, OutPath, SourcePath};

/// A file below `content/` that some published document refers to, or one size of a photo.
#[derive(Debug, Clone)]
pub struct Media {
    /// Where it is read.
    pub source: SourcePath,
    /// Where it is published: its name with a digest.
    pub out: OutPath,
    /// What is published.
    pub content: Content,
}

/// What is published of a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// These bytes.
    Whole(Arc<[u8]>),
    /// A photo at a width in pixels.
    Print(Arc<Photo>, u32),
}

/// A photo as it lies in the folder. What is published of it is made anew from its pixels.
#[derive(Debug, Clone)]
pub struct Photo {
    /// Where it lies.
    pub source: SourcePath,
    /// Its bytes.
    pub file: File,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub digest: String,
    /// What it is.
    pub format: PhotoFormat,
    /// Which way is up, as EXIF counts it: 1 to 8, and 1 is upright.
    pub orientation: u8,
    /// Its size when it is upright.
    pub dimensions: Dimensions,
    /// How it is published.
    pub goes_as: GoesAs,
}

/// How a photo is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoesAs {
    /// As JPEG.
    Jpeg,
    /// As PNG: what can be seen through, and screenshots and their like, whose edges JPEG would blur.
    Png,
    /// As PNG of one size: a drawing of few colours, which is smaller as it is than at half its width.
    Drawing,
}

/// What a photo is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
}

/// The widths in which photos are published.
const WIDTHS: [u32; 4] = [480, 960, 1440, 1920];

/// The widest.
const WIDEST: u32 = WIDTHS[3];

impl Photo {
    /// How photos are made. Raise it whenever the same photo would come out otherwise, for what was published is kept by
    /// browsers for ever, and by us until then.
    pub const RECIPE: u32 = 1;

    /// The widths in which it is published, the smallest first: never wider than it is, and none that is nearly the next.
    pub fn widths(&self) -> Vec<u32> {
        let own = self.dimensions.width.min(WIDEST);
        if self.goes_as == GoesAs::Drawing {
            return vec![own];
        }
        let smaller = WIDTHS.into_iter().filter(|width| u64::from(*width) * 10 <= u64::from(own) * 9);
        smaller.chain([own]).collect()
    }

    /// Its size at a width.
    pub fn at(&self, width: u32) -> Dimensions {
        let Dimensions { width: own, height } = self.dimensions;
        let scaled = (u64::from(height) * u64::from(width) + u64::from(own) / 2) / u64::from(own).max(1);
        Dimensions { width, height: u32::try_from(scaled).unwrap_or(height).max(1) }
    }

    /// The ending of what is published.
    pub fn extension(&self) -> &'static str {
        if self.goes_as == GoesAs::Jpeg { "jpg" } else { "png" }
    }
}

/// A colour of the screen (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: [u8; 3],
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.rgb;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Whoever knows the colour of a photo as seen from far away.
pub trait Colours {
    /// The colour; `None` where it is not known, or not yet.
    fn colour(&self, photo: &Photo) -> Option<Colour>;
}

/// Width and height in CSS pixels, as it is shown upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dimensions {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// A file of the theme that is published: a style sheet, an icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// How templates call it: its path below the theme's `static/`.
    pub name: String,
    /// Where it is published, with a digest of its bytes in the name.
    pub out: OutPath,
    /// What is published.
    pub bytes: Arc<[u8]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(width: u32, height: u32) -> Photo {
        Photo {
            source: SourcePath::new("content/media/a.jpg").unwrap(),
            file: File::new(*b""),
            digest: String::new(),
            format: PhotoFormat::Jpeg,
            orientation: 1,
            dimensions: Dimensions { width, height },
            goes_as: GoesAs::Jpeg,
        }
    }

    #[test]
    fn no_size_is_wider_than_the_photo_or_nearly_the_next() {
        assert_eq!(photo(4000, 3000).widths(), [480, 960, 1440, 1920]);
        assert_eq!(photo(1920, 1).widths(), [480, 960, 1440, 1920]);
        assert_eq!(photo(1000, 1).widths(), [480, 1000]);
        assert_eq!(photo(500, 1).widths(), [500]);
        assert_eq!(photo(1, 1).widths(), [1]);
        assert_eq!(Photo { goes_as: GoesAs::Drawing, ..photo(4000, 3000) }.widths(), [1920]);
    }

    #[test]
    fn sizes_keep_their_shape_and_never_vanish() {
        let height = |photo: Photo, width| photo.at(width).height;
        assert_eq!(height(photo(4000, 3000), 480), 360);
        assert_eq!(height(photo(3000, 2001), 960), 640);
        assert_eq!(height(photo(60_000, 10), 480), 1);
        assert_eq!(height(photo(10, 60_000), 10), 60_000);
    }
}

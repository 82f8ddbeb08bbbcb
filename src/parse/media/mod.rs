//! Pictures and other files below `content/`, and the look at what is copied from `static/`.

mod exif;
mod gif;
mod kind;
mod photo;
mod position;
mod svg;

use std::sync::Arc;

use super::MediaFile;
use crate::base::{File, SourcePath, asset_digest};
use crate::diagnostics::{Checked, Finding, Place, finding};
use crate::model::{Dimensions, GoesAs, Photo};
use kind::Kind;
use photo::Surface;

/// Extensions of pictures that can be shown.
pub const PICTURES: [&str; 6] = ["jpg", "jpeg", "png", "webp", "gif", "svg"];

/// The most pixels of a picture: more make a reader's device run out of memory before it shows anything, and ours.
const MOST_PIXELS: u64 = 64_000_000;

/// As many bytes of a photo as most often tell its size and which way is up, and as nearly always do: some cameras put a
/// small picture before it.
const HEAD: usize = 16 * 1024;
const LONG_HEAD: usize = 256 * 1024;

/// Reads a file that content may refer to.
pub(super) fn parse(path: &SourcePath, file: &File) -> Checked<MediaFile> {
    match media(path, file) {
        Ok(media) => Checked::clean(media),
        // It stands there, so that nobody is told that there is no such file, but none of its bytes goes on from here.
        Err(finding) => Checked { value: MediaFile::Unfit, findings: vec![finding] },
    }
}

fn media(path: &SourcePath, file: &File) -> Result<MediaFile, Finding> {
    let extension = path.extension();
    let head = file.head(HEAD);
    let is = kind::of(&head);
    let named = Kind::named(&extension);
    if let Some(is) = is.filter(|is| Some(*is) != named && is.must_be_named(&extension)) {
        return Err(finding::mislabelled_picture(path, is.name(), is.ending()));
    }
    let whole = || file.bytes().ok_or_else(|| finding::changed_meanwhile(path));
    let broken = || finding::unreadable_picture(Place::file(path), path);
    match (is, extension.as_str()) {
        (Some(Kind::Jpeg | Kind::Png | Kind::WebP), _) => {
            let seen = match photo::look(&head).or_else(|| photo::look(&file.head(LONG_HEAD))) {
                Some(seen) => seen,
                None => photo::look_at_all(&whole()?).ok_or_else(broken)?,
            };
            let dimensions = fitting(path, seen.width, seen.height)?;
            let dimensions = if seen.orientation >= 5 { turned(dimensions) } else { dimensions };
            Ok(MediaFile::Photo(Arc::new(Photo {
                source: path.clone(),
                digest: file.digest(),
                file: file.clone(),
                format: seen.format,
                orientation: seen.orientation,
                dimensions,
                goes_as: goes_as(&seen, file.size()),
            })))
        }
        (Some(Kind::Gif), "gif") => {
            let size = imagesize::blob_size(&head).map_err(|_| broken())?;
            let dimensions = fitting(path, size.width as u64, size.height as u64)?;
            let bytes = gif::strip(&whole()?).ok_or_else(broken)?;
            Ok(whole_file(bytes.into(), Some(dimensions)))
        }
        (_, "svg") => {
            let bytes = whole()?;
            let dimensions = svg::check(path, &bytes)?;
            Ok(whole_file(bytes, Some(dimensions)))
        }
        (_, extension) if PICTURES.contains(&extension) => Err(broken()),
        _ => Ok(whole_file(whole()?, None)),
    }
}

/// How a photo is published. A large PNG that needs more than a byte for each pixel is no drawing, whoever stored it so.
fn goes_as(seen: &photo::Seen, bytes: u64) -> GoesAs {
    const LARGE: u64 = 256 * 1024;
    match seen.surface {
        Surface::Photo => GoesAs::Jpeg,
        Surface::Opaque if bytes > LARGE.max(seen.width.saturating_mul(seen.height)) => GoesAs::Jpeg,
        Surface::Opaque | Surface::Glass => GoesAs::Png,
        Surface::Drawing => GoesAs::Drawing,
    }
}

fn whole_file(bytes: Arc<[u8]>, dimensions: Option<Dimensions>) -> MediaFile {
    MediaFile::Whole { digest: asset_digest(&bytes), bytes, dimensions }
}

fn turned(dimensions: Dimensions) -> Dimensions {
    Dimensions { width: dimensions.height, height: dimensions.width }
}

/// The size of a picture, where it is one that can be unpacked.
fn fitting(path: &SourcePath, width: u64, height: u64) -> Result<Dimensions, Finding> {
    match (u32::try_from(width), u32::try_from(height)) {
        (Ok(1..), Ok(1..)) if width * height > MOST_PIXELS => {
            Err(finding::too_many_pixels(path, width, height))
        }
        (Ok(width @ 1..), Ok(height @ 1..)) => Ok(Dimensions { width, height }),
        _ => Err(finding::unreadable_picture(Place::file(path), path)),
    }
}

/// What keeps a file that is copied as it is from being published.
pub(super) fn check_static(path: &SourcePath, file: &File) -> Vec<Finding> {
    let bytes = file.bytes().unwrap_or_default();
    let kind = kind::of(&bytes);
    let size = imagesize::blob_size(&bytes).ok().filter(|_| kind.is_some());
    let large = size.map(|size| (size.width as u64, size.height as u64));
    let large = large.filter(|(width, height)| width.saturating_mul(*height) > MOST_PIXELS);
    let large = large.map(|(width, height)| finding::too_many_pixels(path, width, height));
    let placed = kind.filter(|kind| position::is_in(*kind, &bytes));
    let placed = placed.map(|_| finding::position_in_photo(path));
    large.into_iter().chain(placed).collect()
}

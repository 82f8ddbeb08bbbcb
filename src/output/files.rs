//! Files: the theme's, pictures and documents that content refers to, and those of `static/`.

use std::sync::Arc;

use super::Bytes;
use super::photo::Developer;
use crate::base::{OutPath, SourcePath};
use crate::diagnostics::{Checked, finding};
use crate::model::{Content, Photo, Reader};

/// A file of the theme.
pub(super) fn asset(path: &OutPath, index: usize, reader: &Reader<'_>) -> Checked<Bytes> {
    shared(path, reader.assets().get(index).map(|asset| Arc::clone(&asset.bytes)))
}

/// A picture or document that content refers to.
pub(super) fn media(path: &OutPath, reader: &Reader<'_>, developer: &dyn Developer) -> Checked<Bytes> {
    match reader.media(path).map(|media| &media.content) {
        Some(Content::Print(photo, width)) => print(photo, *width, developer),
        Some(Content::Whole(bytes)) => shared(path, Some(Arc::clone(bytes))),
        None => shared(path, None),
    }
}

/// A photo at a width.
pub fn print(photo: &Photo, width: u32, developer: &dyn Developer) -> Checked<Bytes> {
    match developer.print(photo, width) {
        Ok(print) => Checked::clean(Bytes::Made(print)),
        Err(flaw) => Checked { value: Bytes::default(), findings: vec![flaw.finding(&photo.source)] },
    }
}

/// A file of `static/`.
pub(super) fn copied(path: &OutPath, reader: &Reader<'_>) -> Checked<Bytes> {
    shared(path, reader.static_file(path))
}

/// The bytes, not copied. A route without them is a mistake of ours, and must not publish an empty file unseen.
fn shared(path: &OutPath, bytes: Option<Arc<[u8]>>) -> Checked<Bytes> {
    match bytes {
        Some(bytes) => Checked::clean(Bytes::Shared(bytes)),
        None => {
            let bug = |file| finding::our_bug(&file, "a file that should be published is not there");
            Checked {
                value: Bytes::default(),
                findings: SourcePath::new(path.as_str()).map(bug).into_iter().collect(),
            }
        }
    }
}

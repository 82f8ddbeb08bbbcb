//! Files that are published as they are: the theme's, pictures and documents, and those of `static/`.

use std::sync::Arc;

use super::Bytes;
use crate::base::{OutPath, SourcePath};
use crate::diagnostics::{Checked, finding};
use crate::model::Reader;

/// A file of the theme.
pub(super) fn asset(path: &OutPath, index: usize, reader: &Reader<'_>) -> Checked<Bytes> {
    shared(path, reader.assets().get(index).map(|asset| &asset.bytes))
}

/// A picture or document that content refers to.
pub(super) fn media(path: &OutPath, reader: &Reader<'_>) -> Checked<Bytes> {
    shared(path, reader.media(path).map(|media| &media.bytes))
}

/// A file of `static/`.
pub(super) fn copied(path: &OutPath, reader: &Reader<'_>) -> Checked<Bytes> {
    shared(path, reader.static_file(path))
}

/// The bytes, not copied. A route without them is a mistake of ours, and must not publish an empty file unseen.
fn shared(path: &OutPath, bytes: Option<&Arc<[u8]>>) -> Checked<Bytes> {
    match bytes {
        Some(bytes) => Checked::clean(Bytes::Shared(Arc::clone(bytes))),
        None => {
            let bug = |file| finding::our_bug(&file, "a file that should be published is not there");
            Checked {
                value: Bytes::default(),
                findings: SourcePath::new(path.as_str()).map(bug).into_iter().collect(),
            }
        }
    }
}

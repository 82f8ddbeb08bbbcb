//! Photos, whose bytes stay on the disk until they are needed: two hundred of them would fill the memory.

use std::path::PathBuf;
use std::sync::Arc;

use super::boundary::Boundary;
use super::door;
use crate::base::{SourcePath, Store, digest};

/// From this size on, bytes stay on the disk.
const LARGE: u64 = 64 * 1024;

/// A photo on the disk.
#[derive(Debug)]
pub(super) struct Stored {
    boundary: Arc<Boundary>,
    at: PathBuf,
    size: u64,
    digest: String,
}

/// Whether a file's bytes are left on the disk.
pub(super) fn is_left(path: &SourcePath, size: u64) -> bool {
    let is_photo = matches!(path.extension().as_str(), "jpg" | "jpeg" | "png" | "webp");
    is_photo && size >= LARGE && path.below("content").is_some()
}

impl Stored {
    /// A photo at its place, of so many bytes with such a digest.
    pub(super) fn new(boundary: Arc<Boundary>, at: PathBuf, size: u64, digest: String) -> Stored {
        Stored { boundary, at, size, digest }
    }

    fn read(&self, most: u64) -> Vec<u8> {
        let opened = door::open(&self.boundary, &self.at).ok();
        opened.and_then(|opened| opened.bytes(most).ok()).unwrap_or_default()
    }
}

impl Store for Stored {
    fn head(&self, most: usize) -> Vec<u8> {
        let mut bytes = self.read(most as u64);
        bytes.truncate(most);
        bytes
    }

    fn bytes(&self) -> Option<Arc<[u8]>> {
        let bytes = self.read(self.size);
        (digest(&bytes) == self.digest).then(|| bytes.into())
    }

    fn size(&self) -> u64 {
        self.size
    }

    fn digest(&self) -> &str {
        &self.digest
    }
}

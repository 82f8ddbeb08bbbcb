//! One file after the other through the door, and what each of them says: its bytes, or why they are not taken.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::boundary::Boundary;
use super::door::{self, Closed};
use super::error::words;
use super::read::{Limits, MEBIBYTE};
use super::seen::Seen;
use super::stamp::Stamp;
use super::stored::{self, Stored};
use super::walk::{self, Found};
use crate::base::{File, SourcePath, digest};
use crate::diagnostics::{Finding, finding};

/// What these files hold is text, and text is UTF-8.
const TEXT: [&str; 9] = ["md", "yaml", "yml", "html", "css", "txt", "svg", "xml", "json"];

/// What the reading threads share.
pub(super) struct Loader<'a> {
    boundary: Arc<Boundary>,
    limits: &'a Limits,
    /// The sizes of all files so far. It only grows, and is judged in the end, so the order of threads is no matter.
    total: AtomicU64,
    /// The photos that were read in earlier runs.
    seen: Option<&'a Seen>,
}

/// What was read of a file.
#[derive(Debug)]
pub(super) struct Loaded {
    /// `None` where it was deleted meanwhile, or where nothing is kept any more.
    pub(super) file: Result<Option<File>, Finding>,
    /// The file's stamp before it was read, and how many bytes it counts for.
    pub(super) stamp: Option<Stamp>,
    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "only a watch counts files anew"))]
    pub(super) size: u64,
}

impl<'a> Loader<'a> {
    /// A loader that begins with so many bytes of files that were read before.
    pub(super) fn new(boundary: &Boundary, limits: &'a Limits, total: u64) -> Loader<'a> {
        Loader { boundary: Arc::new(boundary.clone()), limits, total: AtomicU64::new(total), seen: None }
    }

    /// The same, with what is known from earlier runs.
    pub(super) fn with_seen(self, seen: &'a Seen) -> Loader<'a> {
        Loader { seen: Some(seen), ..self }
    }

    /// One file.
    pub(super) fn load(&self, found: &Found) -> Loaded {
        let path = &found.path;
        let limit = self.limits.file_bytes;
        let opened = match door::open(&self.boundary, &found.at) {
            Ok(opened) => opened,
            Err(closed) => return Loaded::not(explain(path, closed)),
        };
        if opened.size > limit {
            return Loaded::not(Some(too_large(path, opened.size, limit)));
        }
        let (size, stamp) = (opened.size, Some(opened.stamp.clone()));
        self.count(size);
        if self.is_exhausted() {
            return Loaded { size, ..Loaded::not(None) };
        }
        if let Some(file) = self.seen(found, size, &opened.stamp) {
            return Loaded { file: Ok(Some(file)), stamp, size };
        }
        let file = opened.bytes(limit).map_err(|error| finding::unreadable(path, &words(&error)));
        let file = file.and_then(|bytes| match bytes.len() as u64 > limit {
            true => Err(too_large(path, bytes.len() as u64, limit)),
            false => check_text(path, &bytes).map(|()| Some(self.file(found, bytes))),
        });
        Loaded { file, stamp, size }
    }

    fn file(&self, found: &Found, bytes: Vec<u8>) -> File {
        let size = bytes.len() as u64;
        match stored::is_left(&found.path, size) {
            true => self.stored(found, size, digest(&bytes)),
            false => File::new(bytes),
        }
    }

    fn stored(&self, found: &Found, size: u64, digest: String) -> File {
        let stored = Stored::new(Arc::clone(&self.boundary), found.at.clone(), size, digest);
        File::stored(Arc::new(stored))
    }

    /// A photo that nobody touched since it was read in an earlier run.
    fn seen(&self, found: &Found, size: u64, stamp: &Stamp) -> Option<File> {
        let digest = self.seen?.digest(&found.path, stamp)?;
        stored::is_left(&found.path, size).then(|| self.stored(found, size, digest.to_owned()))
    }

    /// Counts bytes that need not be read again.
    pub(super) fn count(&self, bytes: u64) {
        self.total.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The sizes of all files.
    pub(super) fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// Whether there are more bytes than are read: then nothing is kept.
    pub(super) fn is_exhausted(&self) -> bool {
        self.total() > self.limits.total_bytes
    }
}

impl Loaded {
    fn not(why: Option<Finding>) -> Loaded {
        Loaded { file: why.map_or(Ok(None), Err), stamp: None, size: 0 }
    }
}

fn explain(path: &SourcePath, closed: Closed) -> Option<Finding> {
    match closed {
        Closed::Trespass(trespass) => Some(walk::refused(path, trespass)),
        Closed::NotAFile => Some(finding::not_a_regular_file(path)),
        Closed::Gone => None,
        Closed::Unreadable(error) => Some(finding::unreadable(path, &words(&error))),
    }
}

fn too_large(path: &SourcePath, bytes: u64, limit: u64) -> Finding {
    finding::file_too_large(path, bytes.div_ceil(MEBIBYTE), limit / MEBIBYTE)
}

fn check_text(path: &SourcePath, bytes: &[u8]) -> Result<(), Finding> {
    if !TEXT.contains(&path.extension().as_str()) {
        return Ok(());
    }
    std::str::from_utf8(bytes).map(|_| ()).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        finding::not_utf8(path, line)
    })
}

//! The door in: the whole input, read once, in parallel, into memory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::boundary::Boundary;
use super::door::{self, Closed};
use super::error::{ReadError, words};
use super::walk::{self, FOLDERS, Found};
use crate::base::{File, SourcePath, Tree};
use crate::diagnostics::{Checked, Finding, finding, text};

/// What to read.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    /// The project's folder.
    pub root: &'a Path,
    /// The output folder: a link into it is not followed. A relative path counts from the root.
    pub output: Option<&'a Path>,
    /// How much is read.
    pub limits: Limits,
}

impl<'a> ReadOptions<'a> {
    /// Everything below a root, within the usual limits.
    pub fn new(root: &'a Path) -> ReadOptions<'a> {
        ReadOptions { root, output: None, limits: Limits::default() }
    }
}

/// How much is read at most, so that no project can exhaust the machine.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Files.
    pub files: usize,
    /// Folders; a folder that is reached by several ways counts each time.
    pub folders: usize,
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes of all files together.
    pub total_bytes: u64,
}

const MEBIBYTE: u64 = 1024 * 1024;

impl Default for Limits {
    fn default() -> Limits {
        Limits { files: 100_000, folders: 100_000, file_bytes: 64 * MEBIBYTE, total_bytes: 2048 * MEBIBYTE }
    }
}

/// What these files hold is text, and text is UTF-8.
const TEXT: [&str; 9] = ["md", "yaml", "yml", "html", "css", "txt", "svg", "xml", "json"];

/// Reads `content/`, `themes/` and `static/` below the root. Each file that cannot be read is a finding and is left
/// out; the error is for a root that is not there at all.
pub fn read(options: &ReadOptions<'_>) -> Result<Checked<Tree>, ReadError> {
    let boundary = boundary(options)?;
    let (files, mut findings) = walk::walk(&boundary, &options.limits);
    let door = Door { boundary, limits: options.limits, total: AtomicU64::new(0) };
    let loaded: Vec<Result<Option<File>, Finding>> = files.par_iter().map(|found| door.load(found)).collect();
    let mut tree = Tree::default();
    for (found, loaded) in files.into_iter().zip(loaded) {
        match loaded {
            Ok(Some(file)) => tree.insert(found.path, file),
            Ok(None) => {}
            Err(finding) => findings.push(finding),
        }
    }
    if door.is_exhausted() {
        tree = Tree::default();
        let content = SourcePath::new(FOLDERS[0]);
        let limit = options.limits.total_bytes / MEBIBYTE;
        findings.extend(content.map(|content| finding::too_much_in_all(&content, limit)));
    }
    text::sort(&mut findings);
    Ok(Checked { value: tree, findings })
}

fn boundary(options: &ReadOptions<'_>) -> Result<Boundary, ReadError> {
    let root = canonical_root(options.root)?;
    let output = options.output.and_then(|output| fs::canonicalize(root.join(output)).ok());
    Ok(Boundary::new(root, output))
}

fn canonical_root(root: &Path) -> Result<PathBuf, ReadError> {
    let path = root.to_owned();
    let real = fs::canonicalize(root).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => ReadError::Missing { path: path.clone() },
        _ => ReadError::Io { path: path.clone(), source },
    })?;
    if real.is_dir() { Ok(real) } else { Err(ReadError::NotAFolder { path }) }
}

/// What the reading threads share.
struct Door {
    boundary: Boundary,
    limits: Limits,
    /// The sizes of all files so far. It only grows, and is judged in the end, so the order of threads is no matter.
    total: AtomicU64,
}

impl Door {
    /// One file; `None` where it was deleted meanwhile, or where nothing is kept any more.
    fn load(&self, found: &Found) -> Result<Option<File>, Finding> {
        let path = &found.path;
        let limit = self.limits.file_bytes;
        let opened = match door::open(&self.boundary, &found.at) {
            Ok(opened) => opened,
            Err(closed) => return explain(path, closed).map_or(Ok(None), Err),
        };
        if opened.size > limit {
            return Err(too_large(path, opened.size, limit));
        }
        self.total.fetch_add(opened.size, Ordering::Relaxed);
        if self.is_exhausted() {
            return Ok(None);
        }
        let bytes = opened.bytes(limit).map_err(|error| finding::unreadable(path, &words(&error)))?;
        if bytes.len() as u64 > limit {
            return Err(too_large(path, bytes.len() as u64, limit));
        }
        check_text(path, &bytes)?;
        Ok(Some(File::new(bytes)))
    }

    fn is_exhausted(&self) -> bool {
        self.total.load(Ordering::Relaxed) > self.limits.total_bytes
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

//! The door in: the whole input, read once, in parallel, into memory.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::boundary::Boundary;
use super::error::ReadError;
use super::load::{Loaded, Loader};
use super::seen::Seen;
use super::stored;
use super::walk::{self, FOLDERS, Walked};
use crate::base::{SourcePath, Tree};
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
    /// Whether to remember which photos were read, so that the next run need not read those that nobody touched.
    pub remembers: bool,
}

impl<'a> ReadOptions<'a> {
    /// Everything below a root, within the usual limits.
    pub fn new(root: &'a Path) -> ReadOptions<'a> {
        ReadOptions { root, output: None, limits: Limits::default(), remembers: false }
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

/// A mebibyte in bytes.
pub(super) const MEBIBYTE: u64 = 1024 * 1024;

impl Default for Limits {
    fn default() -> Limits {
        Limits { files: 100_000, folders: 100_000, file_bytes: 64 * MEBIBYTE, total_bytes: 2048 * MEBIBYTE }
    }
}

/// Reads `content/`, `themes/` and `static/` below the root. Each file that cannot be read is a finding and is left
/// out; the error is for a root that is not there at all.
pub fn read(options: &ReadOptions<'_>) -> Result<Checked<Tree>, ReadError> {
    let boundary = boundary(options)?;
    let Walked { files, mut findings, .. } = walk::walk(&boundary, &options.limits);
    let seen = Seen::of(boundary.root());
    let loader = Loader::new(&boundary, &options.limits, 0).with_seen(&seen);
    let loaded: Vec<Loaded> = files.par_iter().map(|found| loader.load(found)).collect();
    let mut photos = BTreeMap::new();
    let mut tree = Tree::default();
    for (found, loaded) in files.into_iter().zip(loaded) {
        match loaded.file {
            Ok(Some(file)) => {
                let stamp = loaded.stamp.filter(|_| stored::is_left(&found.path, file.size()));
                photos.extend(stamp.map(|stamp| (found.path.clone(), (stamp, file.digest()))));
                tree.insert(found.path, file);
            }
            Ok(None) => {}
            Err(finding) => findings.push(finding),
        }
    }
    if loader.is_exhausted() {
        tree = Tree::default();
        findings.extend(too_much(&options.limits));
    }
    if options.remembers {
        seen.replace(boundary.root(), &photos);
    }
    text::sort(&mut findings);
    Ok(Checked { value: tree, findings })
}

/// The finding for more bytes than are read.
pub(super) fn too_much(limits: &Limits) -> Option<Finding> {
    let content = SourcePath::new(FOLDERS[0]);
    content.map(|content| finding::too_much_in_all(&content, limits.total_bytes / MEBIBYTE))
}

/// The border around what is read.
pub(super) fn boundary(options: &ReadOptions<'_>) -> Result<Boundary, ReadError> {
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

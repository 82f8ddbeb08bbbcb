//! The walk over `content/`, `themes/` and `static/`: which files there are and what they are called.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::boundary::{Boundary, Trespass};
use super::error::words;
use super::names;
use super::read::Limits;
use crate::base::SourcePath;
use crate::diagnostics::{Finding, finding};

/// The folders that are read; nothing else below the root is.
pub(super) const FOLDERS: [&str; 3] = ["content", "themes", "static"];

/// A file to read: what we call it, and where it is.
pub(super) struct Found {
    pub(super) path: SourcePath,
    pub(super) at: PathBuf,
}

/// Lists every file, in an order that depends on the names alone.
pub(super) fn walk(boundary: &Boundary, limits: &Limits) -> (Vec<Found>, Vec<Finding>) {
    let mut walk = Walk {
        boundary,
        limits,
        files: Vec::new(),
        findings: Vec::new(),
        names: BTreeMap::new(),
        folders: 0,
        full: false,
        pending: VecDeque::new(),
    };
    for folder in FOLDERS {
        walk.top(folder);
    }
    while let Some(base) = walk.pending.pop_front() {
        walk.below(&base);
    }
    (walk.files, walk.findings)
}

/// A folder to walk that holds no followed link: links start a walk of their own.
struct Base {
    /// Its canonical path.
    at: PathBuf,
    /// What we call it.
    shown: SourcePath,
    /// The canonical places of the links that led here; a link to a folder around one of them is a loop.
    came_by: Vec<PathBuf>,
}

struct Walk<'a> {
    boundary: &'a Boundary,
    limits: &'a Limits,
    files: Vec<Found>,
    findings: Vec<Finding>,
    /// Who has a name already, by folder and folded name.
    names: BTreeMap<(String, String), SourcePath>,
    folders: usize,
    full: bool,
    pending: VecDeque<Base>,
}

impl Walk<'_> {
    fn top(&mut self, folder: &str) {
        let at = self.boundary.root().join(folder);
        let Some(shown) = SourcePath::new(folder) else { return };
        match fs::symlink_metadata(&at) {
            Ok(found) if found.is_dir() => self.pending.push_back(Base { at, shown, came_by: Vec::new() }),
            Ok(found) if found.is_symlink() => self.follow(&[], shown, &at),
            Ok(_) => self.findings.push(finding::not_a_folder(&shown)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.findings.push(finding::unreadable(&shown, &words(&error))),
        }
    }

    fn below(&mut self, base: &Base) {
        let mut entries = WalkDir::new(&base.at).min_depth(1).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    let enters = self.visit(base, &entry);
                    if !enters && entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.failed(base, error),
            }
            if self.full {
                self.pending.clear();
                return;
            }
        }
    }

    /// Takes an entry in; tells whether it is a folder to enter.
    fn visit(&mut self, base: &Base, entry: &DirEntry) -> bool {
        let kind = entry.file_type();
        let folder = shown_below(base, entry.path().parent());
        let name = entry.file_name();
        if names::is_skipped(folder.as_str(), &name.to_string_lossy(), kind.is_dir()) {
            return false;
        }
        let Some(path) = self.admit(&folder, name) else { return false };
        if kind.is_dir() {
            return self.enters(&path);
        }
        if kind.is_symlink() {
            self.follow(&base.came_by, path, entry.path());
        } else if kind.is_file() {
            self.take(path, entry.path().to_owned());
        } else {
            self.findings.push(finding::not_a_regular_file(&path));
        }
        false
    }

    fn enters(&mut self, path: &SourcePath) -> bool {
        self.folders += 1;
        if self.folders > self.limits.folders && !self.full {
            self.full = true;
            self.findings.push(finding::too_many_folders(path, self.limits.folders));
        }
        !self.full
    }

    fn take(&mut self, path: SourcePath, at: PathBuf) {
        if self.files.len() < self.limits.files {
            self.files.push(Found { path, at });
        } else if !self.full {
            self.full = true;
            self.findings.push(finding::too_many_files(&path, self.limits.files));
        }
    }

    /// Gives an entry its path. `None` where it can have none: its name is not UTF-8, cannot be shown, or is another's.
    fn admit(&mut self, folder: &SourcePath, name: &OsStr) -> Option<SourcePath> {
        let Some(text) = name.to_str() else {
            let shown = join(folder, &names::presentable(&name.to_string_lossy()))?;
            self.findings.push(finding::name_not_utf8(&shown));
            return None;
        };
        let text = names::composed(text);
        let presentable = names::presentable(&text);
        let path = join(folder, &presentable)?;
        if let Some(reason) = names::why_not_portable(&text) {
            self.findings.push(finding::name_not_portable(&path, &reason));
        }
        if presentable != text {
            return None;
        }
        let key = (folder.as_str().to_owned(), names::folded(&text));
        if let Some(other) = self.names.get(&key) {
            self.findings.push(finding::names_collide(&path, other));
            return (path != *other).then_some(path);
        }
        self.names.insert(key, path.clone());
        Some(path)
    }

    /// Follows a link, if it stays inside.
    fn follow(&mut self, came_by: &[PathBuf], path: SourcePath, link: &Path) {
        let target = match fs::canonicalize(link) {
            Ok(target) => target,
            Err(error) => return self.findings.push(unfollowed(&path, &error)),
        };
        if let Err(trespass) = self.boundary.judge(&target) {
            return self.findings.push(refused(&path, trespass));
        }
        match fs::symlink_metadata(&target) {
            Ok(found) if found.is_dir() => {
                let came_by: Vec<PathBuf> = came_by.iter().cloned().chain([link.to_owned()]).collect();
                if came_by.iter().any(|link| link.starts_with(&target)) {
                    self.findings.push(finding::link_loop(&path));
                } else if self.enters(&path) {
                    self.pending.push_back(Base { at: target, shown: path, came_by });
                }
            }
            Ok(_) if path.folder().is_empty() => self.findings.push(finding::not_a_folder(&path)),
            Ok(found) if found.is_file() => self.take(path, target),
            Ok(_) => self.findings.push(finding::not_a_regular_file(&path)),
            Err(error) => self.findings.push(unfollowed(&path, &error)),
        }
    }

    /// A folder that cannot be listed, or an entry that cannot be looked at.
    fn failed(&mut self, base: &Base, error: walkdir::Error) {
        let path = shown_below(base, error.path());
        let error = io::Error::from(error);
        if error.kind() != io::ErrorKind::NotFound {
            self.findings.push(finding::unreadable(&path, &words(&error)));
        }
    }
}

/// What a place below a base is called.
fn shown_below(base: &Base, at: Option<&Path>) -> SourcePath {
    let below = at.and_then(|at| at.strip_prefix(&base.at).ok());
    let parts = below.into_iter().flat_map(Path::components);
    parts.fold(base.shown.clone(), |shown, part| {
        let name = names::presentable(&names::composed(&part.as_os_str().to_string_lossy()));
        join(&shown, &name).unwrap_or(shown)
    })
}

fn join(folder: &SourcePath, name: &str) -> Option<SourcePath> {
    SourcePath::new(&format!("{folder}/{name}"))
}

/// What there is to say of a place that may not be read.
pub(super) fn refused(path: &SourcePath, trespass: Trespass) -> Finding {
    match trespass {
        Trespass::LeavesRoot => finding::leaves_root(path),
        Trespass::Hidden => finding::link_to_hidden(path, "a hidden file or folder"),
        Trespass::Output => finding::link_to_hidden(path, "the site that was built before"),
    }
}

fn unfollowed(path: &SourcePath, error: &io::Error) -> Finding {
    if error.kind() == io::ErrorKind::NotFound {
        finding::broken_link(path)
    } else if is_loop(error) {
        finding::link_loop(path)
    } else {
        finding::unreadable(path, &words(error))
    }
}

#[cfg(unix)]
fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_loop(_: &io::Error) -> bool {
    false
}

//! The walk over `content/`, `themes/` and `static/`: which files there are and what they are called.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::{OsStr, OsString};
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

/// What a walk saw.
#[derive(Default)]
pub(super) struct Walked {
    /// Every file, in an order that depends on the names alone.
    pub(super) files: Vec<Found>,
    /// What there is to tell of names, links and folders.
    pub(super) findings: Vec<Finding>,
    /// Every folder that was listed: where it is, and what we call it.
    pub(super) folders: Vec<(PathBuf, SourcePath)>,
    /// Those of them that are not inside another one.
    pub(super) tops: Vec<PathBuf>,
    /// Who has which name.
    pub(super) names: Taken,
    /// The places that have a say in where links lead.
    pub(super) trails: BTreeSet<PathBuf>,
}

impl Walked {
    /// The folders in which something may happen that counts, each with whether all that is below counts too: for
    /// systems that can watch `whole_trees`.
    #[cfg(feature = "serve")]
    pub(super) fn places(&self, root: &Path, whole_trees: bool) -> BTreeMap<PathBuf, bool> {
        let mut places = BTreeMap::from([(root.to_owned(), false)]);
        places.extend(self.trails.iter().filter_map(|place| Some((place.parent()?.to_owned(), false))));
        if whole_trees {
            places.extend(self.tops.iter().map(|top| (top.clone(), true)));
        } else {
            places.extend(self.folders.iter().map(|(folder, _)| (folder.clone(), false)));
        }
        places
    }
}

/// Who has a name already, by folder and folded name.
#[derive(Debug, Default)]
pub(super) struct Taken(BTreeMap<(String, String), SourcePath>);

/// Lists every file.
pub(super) fn walk(boundary: &Boundary, limits: &Limits) -> Walked {
    let mut walk =
        Walk { boundary, limits, seen: Walked::default(), folders: 0, full: false, pending: VecDeque::new() };
    for folder in FOLDERS {
        walk.top(folder);
    }
    while let Some(base) = walk.pending.pop_front() {
        walk.below(&base);
    }
    walk.seen
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
    seen: Walked,
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
            Ok(_) => self.tell(finding::not_a_folder(&shown)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.tell(finding::unreadable(&shown, &words(&error))),
        }
    }

    fn below(&mut self, base: &Base) {
        self.seen.tops.push(base.at.clone());
        self.seen.folders.push((base.at.clone(), base.shown.clone()));
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
        let Some(path) = self.seen.names.admit(&folder, name, &mut self.seen.findings) else { return false };
        if kind.is_dir() {
            let enters = self.enters(&path);
            if enters {
                self.seen.folders.push((entry.path().to_owned(), path));
            }
            return enters;
        }
        if kind.is_symlink() {
            self.follow(&base.came_by, path, entry.path());
        } else if kind.is_file() {
            self.take(path, entry.path().to_owned());
        } else {
            self.tell(finding::not_a_regular_file(&path));
        }
        false
    }

    fn enters(&mut self, path: &SourcePath) -> bool {
        self.folders += 1;
        if self.folders > self.limits.folders && !self.full {
            self.full = true;
            self.tell(finding::too_many_folders(path, self.limits.folders));
        }
        !self.full
    }

    fn take(&mut self, path: SourcePath, at: PathBuf) {
        if self.seen.files.len() < self.limits.files {
            self.seen.files.push(Found { path, at });
        } else if !self.full {
            self.full = true;
            self.tell(finding::too_many_files(&path, self.limits.files));
        }
    }

    fn tell(&mut self, finding: Finding) {
        self.seen.findings.push(finding);
    }

    /// Follows a link, if it stays inside.
    fn follow(&mut self, came_by: &[PathBuf], path: SourcePath, link: &Path) {
        self.seen.trails.extend(trail(link).into_iter().filter(|place| self.boundary.judge(place).is_ok()));
        let target = match fs::canonicalize(link) {
            Ok(target) => target,
            Err(error) => return self.tell(unfollowed(&path, &error)),
        };
        if let Err(trespass) = self.boundary.judge(&target) {
            return self.tell(refused(&path, trespass));
        }
        match fs::symlink_metadata(&target) {
            Ok(found) if found.is_dir() => {
                let came_by: Vec<PathBuf> = came_by.iter().cloned().chain([link.to_owned()]).collect();
                if came_by.iter().any(|link| link.starts_with(&target)) {
                    self.tell(finding::link_loop(&path));
                } else if self.enters(&path) {
                    self.pending.push_back(Base { at: target, shown: path, came_by });
                }
            }
            Ok(_) if path.folder().is_empty() => self.tell(finding::not_a_folder(&path)),
            Ok(found) if found.is_file() => self.take(path, target),
            Ok(_) => self.tell(finding::not_a_regular_file(&path)),
            Err(error) => self.tell(unfollowed(&path, &error)),
        }
    }

    /// A folder that cannot be listed, or an entry that cannot be looked at.
    fn failed(&mut self, base: &Base, error: walkdir::Error) {
        let path = shown_below(base, error.path());
        let error = io::Error::from(error);
        if error.kind() != io::ErrorKind::NotFound {
            self.tell(finding::unreadable(&path, &words(&error)));
        }
    }
}

impl Taken {
    /// Gives an entry its path. `None` where it can have none: its name is not UTF-8, cannot be shown, or is another's.
    pub(super) fn admit(
        &mut self,
        folder: &SourcePath,
        name: &OsStr,
        findings: &mut Vec<Finding>,
    ) -> Option<SourcePath> {
        let Some(text) = name.to_str() else {
            let shown = join(folder, &names::presentable(&name.to_string_lossy()))?;
            findings.push(finding::name_not_utf8(&shown));
            return None;
        };
        let text = names::composed(text);
        let presentable = names::presentable(&text);
        let path = join(folder, &presentable)?;
        if let Some(reason) = names::why_not_portable(&text) {
            findings.push(finding::name_not_portable(&path, &reason));
        }
        if presentable != text {
            return None;
        }
        let key = (folder.as_str().to_owned(), names::folded(&text));
        if let Some(other) = self.0.get(&key) {
            findings.push(finding::names_collide(&path, other));
            return (path != *other).then_some(path);
        }
        self.0.insert(key, path.clone());
        Some(path)
    }

    /// Gives a name free.
    #[cfg(feature = "serve")]
    pub(super) fn free(&mut self, path: &SourcePath) {
        self.0.remove(&(path.folder().to_owned(), names::folded(path.name())));
    }
}

/// The most links that are followed one after the other, as Linux does.
const LONGEST_TRAIL: usize = 40;

/// Every place that has a say in where a link leads: each link on the way, and where the way ends. What stands there may be
/// anything, or nothing.
fn trail(link: &Path) -> Vec<PathBuf> {
    let mut places = Vec::new();
    let mut real = PathBuf::new();
    let mut ahead: Vec<OsString> = parts_reversed(link);
    while let Some(part) = ahead.pop() {
        if part == ".." {
            real.pop();
            continue;
        }
        real.push(&part);
        match fs::read_link(&real) {
            Ok(to) if places.len() < LONGEST_TRAIL => {
                places.push(real.clone());
                real.pop();
                ahead.extend(parts_reversed(&to));
            }
            Ok(_) => return places,
            Err(error) if error.kind() == io::ErrorKind::NotFound => break,
            Err(_) => {}
        }
    }
    places.push(real);
    places
}

/// A path's parts, the last one first. Its root is a part of its own, which replaces all before it when it is joined.
fn parts_reversed(path: &Path) -> Vec<OsString> {
    let parts: Vec<OsString> = path.components().map(|part| part.as_os_str().to_owned()).collect();
    parts.into_iter().rev().filter(|part| part != ".").collect()
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

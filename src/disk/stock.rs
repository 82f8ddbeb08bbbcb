//! What stands on the disk, as far as it is known. It is kept true in two ways: by a look at what was touched, where
//! only ordinary files are concerned, and by a look at everything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::boundary::Boundary;
use super::load::{Loaded, Loader};
use super::names;
use super::read::{Limits, too_much};
use super::stamp::{Stamp, stamp};
use super::walk::{FOLDERS, Found, Taken, Walked};
use crate::base::{Change, File, SourcePath, Tree};
use crate::diagnostics::{Finding, text};

/// How often a file has to be seen with the same stamp before the stamp is believed: a file system's clock may be
/// coarse, so a stamp that is young says little. It also ends what could go on for ever, where so many files are
/// read again that the system loses count of events, and asks for all to be read again.
const LOOKS: u8 = 3;

/// What stands on the disk: the files and what there is to tell, and from where each of them came.
pub(super) struct Stock {
    boundary: Boundary,
    limits: Limits,
    tree: Tree,
    /// What is read, by the place where it really is.
    held: BTreeMap<PathBuf, Held>,
    /// Each folder, and what we call it; more than one name where links lead there.
    folders: BTreeMap<PathBuf, Vec<SourcePath>>,
    taken: Taken,
    trails: BTreeSet<PathBuf>,
    /// What the walk told, which is about more than one file.
    structure: Vec<Finding>,
    /// What there is to tell of each file.
    told: BTreeMap<SourcePath, Finding>,
    /// How many files were found, and their bytes.
    files: usize,
    total: u64,
    exhausted: bool,
}

/// A file at its place.
struct Held {
    /// What we call it.
    paths: Vec<SourcePath>,
    stamp: Option<Stamp>,
    size: u64,
    /// How often it was seen with this stamp.
    looks: u8,
}

/// What a touched place calls for.
enum Verdict {
    Nothing,
    /// A look at everything.
    Whole,
    /// A file is to be read.
    Load(Vec<Found>),
    /// A file is gone.
    Gone,
}

impl Stock {
    /// Looks at all files of a walk. What was looked at `before` is read again only where it may have changed.
    pub(super) fn take(boundary: Boundary, limits: Limits, walked: Walked, before: Option<&Stock>) -> Stock {
        let loader = Loader::new(&boundary, &limits, 0);
        let look = |found: &Found| {
            let known = before.and_then(|before| before.held.get(&found.at));
            let reused = known.and_then(|known| before?.reuse(found, known, &loader));
            let loaded = reused.unwrap_or_else(|| loader.load(found));
            let seen = known.filter(|known| known.stamp.is_some() && known.stamp == loaded.stamp);
            (loaded, seen.map_or(0, |known| known.looks.saturating_add(1)))
        };
        let looked: Vec<(Loaded, u8)> = walked.files.par_iter().map(look).collect();
        let (total, exhausted) = (loader.total(), loader.is_exhausted());
        let mut stock = Stock {
            boundary,
            limits,
            tree: Tree::default(),
            held: BTreeMap::new(),
            folders: BTreeMap::new(),
            taken: walked.names,
            trails: walked.trails,
            structure: walked.findings,
            told: BTreeMap::new(),
            files: 0,
            total,
            exhausted,
        };
        for (at, shown) in walked.folders {
            stock.folders.entry(at).or_default().push(shown);
        }
        for (found, (loaded, looks)) in walked.files.into_iter().zip(looked) {
            stock.keep(found, loaded, looks);
        }
        if exhausted {
            stock.tree = Tree::default();
            stock.structure.extend(too_much(&limits));
        }
        stock
    }

    /// A stock of nothing, for a root that is gone.
    pub(super) fn nothing() -> Stock {
        Stock::take(Boundary::new(PathBuf::new(), None), Limits::default(), Walked::default(), None)
    }

    /// The files.
    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// All that there is to tell, in order.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = self.structure.clone();
        findings.extend(self.told.values().cloned());
        text::sort(&mut findings);
        findings
    }

    /// Whether it is the place of a file that is read.
    pub(super) fn holds(&self, at: &Path) -> bool {
        self.held.contains_key(at)
    }

    /// Looks at places that were touched, each with whether its own name, and not only what is in it, may have changed.
    /// `None` where that does not do, and everything has to be looked at.
    pub(super) fn touch(&mut self, touched: &BTreeMap<PathBuf, bool>) -> Option<Vec<Change>> {
        if self.exhausted {
            return None;
        }
        let mut to_load = Vec::new();
        let mut gone = Vec::new();
        for (at, renamed) in touched {
            match self.judge(at, *renamed) {
                Verdict::Nothing => {}
                Verdict::Whole => return None,
                Verdict::Load(found) => to_load.extend(found),
                Verdict::Gone => gone.push(at),
            }
        }
        let known = to_load.iter().filter_map(|found| Some(self.held.get(&found.at)?.size)).sum::<u64>();
        let loader = Loader::new(&self.boundary, &self.limits, self.total.saturating_sub(known));
        let loaded: Vec<Loaded> = to_load.par_iter().map(|found| loader.load(found)).collect();
        if loader.is_exhausted() {
            return None;
        }
        self.total = loader.total();
        let mut changes = Vec::new();
        for at in gone {
            changes.extend(self.drop_file(at));
        }
        for (found, loaded) in to_load.into_iter().zip(loaded) {
            let path = found.path.clone();
            let before = self.tree.get(&path).map(|file| file.fingerprint);
            self.keep(found, loaded, 0);
            let now = self.tree.get(&path).cloned();
            if before != now.as_ref().map(|file| file.fingerprint) {
                changes.push(Change { path, now });
            }
        }
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Some(changes)
    }

    /// What a touched place calls for. Wherever links, folders, or names that may collide are concerned, it is a look
    /// at everything: only the walk knows all rules.
    fn judge(&mut self, at: &Path, renamed: bool) -> Verdict {
        let kind = fs::symlink_metadata(at);
        let is_file = kind.as_ref().is_ok_and(fs::Metadata::is_file);
        if let (Some(held), true) = (self.held.get(at), is_file) {
            let found = |path: &SourcePath| Found { path: path.clone(), at: at.to_owned() };
            return Verdict::Load(held.paths.iter().map(found).collect());
        }
        if self.trails.contains(at) || self.is_top(at) {
            return Verdict::Whole;
        }
        let is_known_folder = self.folders.contains_key(at);
        if is_known_folder && !renamed && kind.as_ref().is_ok_and(fs::Metadata::is_dir) {
            return Verdict::Nothing;
        }
        let Some(shown) = at.parent().and_then(|parent| self.folders.get(parent)) else {
            return if is_known_folder || at == self.boundary.root() {
                Verdict::Whole
            } else {
                Verdict::Nothing
            };
        };
        let [shown] = shown.as_slice() else { return Verdict::Whole };
        let name = at.file_name().unwrap_or_default();
        let is_folder = is_known_folder || kind.as_ref().is_ok_and(fs::Metadata::is_dir);
        if names::is_skipped(shown.as_str(), &name.to_string_lossy(), is_folder) {
            return Verdict::Nothing;
        }
        match kind {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !is_known_folder => {
                match (self.held.contains_key(at), self.structure.is_empty()) {
                    (true, true) => Verdict::Gone,
                    (false, true) => Verdict::Nothing,
                    (_, false) => Verdict::Whole,
                }
            }
            Ok(_) if is_file => self.admit(&shown.clone(), at),
            _ => Verdict::Whole,
        }
    }

    /// Whether it is the place of `content`, `themes` or `static`.
    fn is_top(&self, at: &Path) -> bool {
        at.parent() == Some(self.boundary.root()) && FOLDERS.iter().any(|folder| at.ends_with(folder))
    }

    /// A new file, where nothing is to be told of its name.
    fn admit(&mut self, folder: &SourcePath, at: &Path) -> Verdict {
        let mut told = Vec::new();
        let path = at.file_name().and_then(|name| self.taken.admit(folder, name, &mut told));
        let has_room = self.files < self.limits.files && self.structure.is_empty();
        match path {
            Some(path) if told.is_empty() && has_room => {
                Verdict::Load(vec![Found { path, at: at.to_owned() }])
            }
            _ => Verdict::Whole,
        }
    }

    /// What is known of a file whose stamp is still that of many looks ago.
    fn reuse(&self, found: &Found, known: &Held, loader: &Loader<'_>) -> Option<Loaded> {
        let stamp =
            stamp_of(found).filter(|stamp| known.looks >= LOOKS && known.stamp.as_ref() == Some(stamp))?;
        let file: Result<Option<File>, Finding> =
            match (self.tree.get(&found.path), self.told.get(&found.path)) {
                (Some(file), _) => Ok(Some(file.clone())),
                (None, Some(told)) => Err(told.clone()),
                (None, None) => return None,
            };
        loader.count(known.size);
        Some(Loaded { file, stamp: Some(stamp), size: known.size })
    }

    /// Takes in what was read of a file.
    fn keep(&mut self, found: Found, loaded: Loaded, looks: u8) {
        let Found { path, at } = found;
        self.told.remove(&path);
        match loaded.file {
            Ok(Some(file)) => self.tree.insert(path.clone(), file),
            Ok(None) => self.tree.remove(&path),
            Err(finding) => {
                self.tree.remove(&path);
                self.told.insert(path.clone(), finding);
            }
        }
        let held =
            self.held.entry(at).or_insert_with(|| Held { paths: Vec::new(), stamp: None, size: 0, looks: 0 });
        if !held.paths.contains(&path) {
            held.paths.push(path);
            self.files += 1;
        }
        *held =
            Held { paths: std::mem::take(&mut held.paths), stamp: loaded.stamp, size: loaded.size, looks };
    }

    /// Forgets a file; gives the changes.
    fn drop_file(&mut self, at: &Path) -> Vec<Change> {
        let Some(held) = self.held.remove(at) else { return Vec::new() };
        let mut changes = Vec::new();
        for path in held.paths {
            self.files -= 1;
            self.total = self.total.saturating_sub(held.size);
            self.taken.free(&path);
            self.told.remove(&path);
            if self.tree.get(&path).is_some() {
                self.tree.remove(&path);
                changes.push(Change { path, now: None });
            }
        }
        changes
    }
}

/// The stamp of a file that was read before.
fn stamp_of(found: &Found) -> Option<Stamp> {
    fs::symlink_metadata(&found.at).ok().filter(fs::Metadata::is_file).map(|seen| stamp(&seen))
}

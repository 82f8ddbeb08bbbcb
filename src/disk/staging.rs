//! A new site in the making, until it is published or dropped.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::error::{WriteError, on};
use super::manifest::{self, Entry, MANIFEST, Manifest};
use super::place::Place;
use super::refusal::Refusal;
use super::stamp::{Stamp, stamp};
use super::survey::{Stamps, Standing};
use super::swap::{Means, Swap, sync_folder};
use super::workshop::{DRAFT, Workshop, write_new};
use crate::base::OutPath;

/// A new site in the making. Dropped without [`Staging::publish`], it is as if it had never been.
#[derive(Debug)]
pub struct Staging {
    place: Place,
    /// Whose site it is.
    of: String,
    old: Arc<Standing>,
    workshop: Workshop,
    folder: PathBuf,
    written: Mutex<Written>,
    has_failed: AtomicBool,
}

/// What a new site has so far.
#[derive(Debug, Default)]
struct Written {
    /// Every file.
    manifest: Manifest,
    /// The files that are the old site's own, by hard links, as they were when they were linked.
    linked: Stamps,
    /// The others, as they were when they were written.
    fresh: Stamps,
}

/// What was published, compared with what was there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// All files, without the manifest.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that are new.
    pub added: usize,
    /// Files whose bytes are others than before.
    pub changed: usize,
    /// Files that are no longer there.
    pub removed: usize,
    /// The pages among the removed files, where the old site was one of the same name: addresses that people may have shared.
    pub vanished: Vec<OutPath>,
    /// Where files were moved that someone changed or added in the old site while the new one was made.
    pub kept: Option<PathBuf>,
}

impl Staging {
    pub(super) fn begin(place: Place, old: Arc<Standing>, workshop: Workshop) -> Result<Staging, WriteError> {
        let folder = workshop.new_site();
        fs::create_dir(&folder).map_err(on(&folder))?;
        // In one step, for half a marker says nothing: a folder with one would be kept as if it were somebody's.
        let (draft, marker) = (workshop.file(DRAFT), folder.join(MANIFEST));
        write_new(&draft, manifest::unfinished().as_bytes()).map_err(on(&marker))?;
        fs::rename(&draft, &marker).map_err(on(&marker))?;
        Ok(Staging {
            place,
            of: String::new(),
            old,
            workshop,
            folder,
            written: Mutex::default(),
            has_failed: AtomicBool::new(false),
        })
    }

    /// Says whose site it is, so that the next one knows whether it takes pages away from the same.
    #[must_use]
    pub fn of(mut self, of: String) -> Staging {
        self.of = of;
        self
    }

    /// Takes a file over from the old site by its path alone, for files whose names say what is in them. `false` where it has to
    /// be written.
    pub fn keep(&self, path: &OutPath) -> bool {
        let Some(entry) = self.old.manifest.get(path) else { return false };
        let Some(linked) = self.link(path, entry, &self.folder.join(path.as_str())) else { return false };
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.manifest.insert(path.clone(), entry.clone());
        written.linked.insert(path.clone(), linked);
        true
    }

    /// Writes one file. Many threads may write at once; nothing is synced, which `publish` makes up for.
    pub fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<(), WriteError> {
        let result = self.try_write(path, bytes);
        if result.is_err() {
            self.has_failed.store(true, Ordering::SeqCst);
        }
        result
    }

    fn try_write(&self, path: &OutPath, bytes: &[u8]) -> Result<(), WriteError> {
        let at = self.folder.join(path.as_str());
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => {
                WriteError::Twice { path: path.clone() }
            }
            _ => on(&at)(source),
        };
        let entry = Entry::of(bytes);
        let linked = self.link(path, &entry, &at);
        let fresh = match linked {
            Some(_) => None,
            None => {
                let mut file = in_folder(&at, || File::create_new(&at)).map_err(failed)?;
                file.write_all(bytes).map_err(on(&at))?;
                Some(stamp(&file.metadata().map_err(on(&at))?))
            }
        };
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.manifest.insert(path.clone(), entry);
        written.linked.extend(linked.map(|stamp| (path.clone(), stamp)));
        written.fresh.extend(fresh.map(|stamp| (path.clone(), stamp)));
        Ok(())
    }

    /// Takes a file over from the old site, which has the same bytes: a link costs less than a file, and its time
    /// of change stays what it was, which tells `rsync` to leave it alone. `None` where the file has to be written.
    fn link(&self, path: &OutPath, entry: &Entry, at: &Path) -> Option<Stamp> {
        let known = self.old.stamps.get(path).filter(|_| self.old.manifest.get(path) == Some(entry))?;
        let old = self.place.output.join(path.as_str());
        if stamp(&fs::symlink_metadata(&old).ok()?) != *known {
            return None;
        }
        in_folder(at, || fs::hard_link(&old, at)).ok()?;
        let linked = stamp(&fs::symlink_metadata(at).ok()?);
        if linked.has_bytes_of(known) {
            return Some(linked);
        }
        // It was edited or exchanged between the look and the link.
        drop(fs::remove_file(at));
        None
    }

    /// Completes the new site and swaps it in. If this fails, the old site is as it was. A site that is the same as
    /// the old one, byte for byte, leaves the old one where it is.
    pub fn publish(self) -> Result<Published, WriteError> {
        if self.has_failed.load(Ordering::SeqCst) {
            return Err(WriteError::Incomplete);
        }
        let Written { manifest, linked, fresh } =
            std::mem::take(&mut *self.written.lock().unwrap_or_else(PoisonError::into_inner));
        self.check_linked(&linked)?;
        if linked.len() == manifest.len()
            && self.old.of == self.of
            && self.old.has(&manifest)
            && self.old.is_still_at(&self.place.output)
        {
            drop(self.workshop.remove(&self.folder, &self.old.stamps));
            self.workshop.sight(&self.place.output, &linked);
            return Ok(self.published(&manifest, None));
        }
        self.finish(&manifest::complete(&self.of, &manifest))?;
        let output = &self.place.output;
        let (aside, gone) = (self.workshop.aside(), self.workshop.gone());
        let swap = Swap { new: &self.folder, output, aside: &aside, gone: &gone };
        swap.run(Means::Exchange).map_err(|error| swap.why(error))?;
        sync_folder(&self.place.parent);
        self.workshop.settle();
        // The site is published. If its predecessor cannot be removed now, the next build tries again.
        let mut stamps = self.old.stamps.clone();
        stamps.extend(linked.clone());
        let kept = self.workshop.remove(&gone, &stamps).unwrap_or(None);
        self.workshop.sight(output, &linked.into_iter().chain(fresh).collect());
        Ok(self.published(&manifest, kept))
    }

    /// A file that was edited after it was linked has the edit in the new site as well, so that must not go out.
    fn check_linked(&self, linked: &Stamps) -> Result<(), WriteError> {
        let is_edited = |path: &OutPath, known: &Stamp| {
            let seen = fs::symlink_metadata(self.folder.join(path.as_str()));
            !seen.is_ok_and(|seen| stamp(&seen) == *known)
        };
        let linked: Vec<(&OutPath, &Stamp)> = linked.iter().collect();
        match linked.par_iter().find_first(|(path, known)| is_edited(path, known)) {
            None => Ok(()),
            Some((path, _)) => Err(WriteError::Refused {
                path: self.place.output.clone(),
                reason: Refusal::Edited(path.as_str().into()),
            }),
        }
    }

    /// What the new site is beside the old one.
    fn published(&self, new: &Manifest, kept: Option<PathBuf>) -> Published {
        let old = &self.old.manifest;
        let gone: Vec<&OutPath> = old.keys().filter(|path| !new.contains_key(path)).collect();
        let is_missed = |path: &&&OutPath| {
            !self.of.is_empty() && self.of == self.old.of && path.as_str().ends_with(".html")
        };
        Published {
            files: new.len(),
            bytes: new.values().map(|entry| entry.bytes).sum(),
            added: new.keys().filter(|path| !old.contains_key(path)).count(),
            changed: new
                .iter()
                .filter(|(path, entry)| old.get(path).is_some_and(|old| old != *entry))
                .count(),
            removed: gone.len(),
            vanished: gone.iter().filter(is_missed).map(|&path| path.clone()).collect(),
            kept,
        }
    }

    /// Writes the manifest in place of the marker that says “unfinished”, in one step.
    fn finish(&self, manifest: &str) -> Result<(), WriteError> {
        let (draft, marker) = (self.workshop.file(DRAFT), self.folder.join(MANIFEST));
        let written = write_new(&draft, manifest.as_bytes()).and_then(|file| file.sync_all());
        written.map_err(on(&draft))?;
        fs::rename(&draft, &marker).map_err(on(&marker))?;
        sync_folder(&self.folder);
        Ok(())
    }
}

/// Makes a file, and its folder where that turns out to be missing. Most folders hold one page, so to ask first would
/// be one call more for each.
pub(super) fn in_folder<T>(at: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (make(), at.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            make()
        }
        (result, _) => result,
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After an exchange that could not be followed by a rename, the old site is here, and is removed with care.
        drop(self.workshop.remove(&self.folder, &self.old.stamps));
    }
}

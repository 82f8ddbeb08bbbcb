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
    /// The files that the old site has with the same bytes, as they were when it was looked at. They are not in the new one's
    /// folder yet: where nothing else comes, they need never be.
    same: Stamps,
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
        let Some(known) = self.same(path, entry) else { return false };
        self.note(path, entry.clone(), |written| &mut written.same, known).is_ok()
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
        let entry = Entry::of(bytes);
        if let Some(known) = self.same(path, &entry) {
            return self.note(path, entry, |written| &mut written.same, known);
        }
        let fresh = create(&at, bytes).map_err(taken(path, &at))?;
        self.note(path, entry, |written| &mut written.fresh, fresh)
    }

    fn note(
        &self,
        path: &OutPath,
        entry: Entry,
        list: impl Fn(&mut Written) -> &mut Stamps,
        stamp: Stamp,
    ) -> Result<(), WriteError> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.manifest.insert(path.clone(), entry).is_some() {
            return Err(WriteError::Twice { path: path.clone() });
        }
        list(&mut written).insert(path.clone(), stamp);
        Ok(())
    }

    /// The stamp of a file of the old site that has these bytes, and that nobody has touched since it was looked at.
    fn same(&self, path: &OutPath, entry: &Entry) -> Option<Stamp> {
        let known = self.old.stamps.get(path).filter(|_| self.old.manifest.get(path) == Some(entry))?;
        is_untouched(&self.place.output, path, known).then(|| known.clone())
    }

    /// Takes a file over from the old site: a link costs less than a file, and its time of change stays what it was, which
    /// tells `rsync` to leave it alone. Where there can be no link, its bytes are copied.
    fn take(&self, path: &OutPath, known: &Stamp) -> Result<(OutPath, Taken), WriteError> {
        let (old, at) = (self.place.output.join(path.as_str()), self.folder.join(path.as_str()));
        let failed = taken(path, &at);
        let linked = in_folder(&at, || fs::hard_link(&old, &at));
        if linked.as_ref().is_err_and(is_taken) {
            return Err(WriteError::Twice { path: path.clone() });
        }
        let taken = if linked.is_ok() {
            let now = stamp(&fs::symlink_metadata(&at).map_err(on(&at))?);
            // It may have been edited or exchanged between the look and the link.
            now.has_bytes_of(known).then_some(Taken::Linked(now))
        } else {
            let bytes = fs::read(&old).map_err(on(&old))?;
            let is_same = self.old.manifest.get(path) == Some(&Entry::of(&bytes));
            is_same.then(|| create(&at, &bytes).map(Taken::Copied)).transpose().map_err(failed)?
        };
        taken.map(|taken| (path.clone(), taken)).ok_or_else(|| self.edited(path))
    }

    /// Completes the new site and swaps it in. If this fails, the old site is as it was. A site that is the same as
    /// the old one, byte for byte, leaves the old one where it is.
    pub fn publish(self) -> Result<Published, WriteError> {
        if self.has_failed.load(Ordering::SeqCst) {
            return Err(WriteError::Incomplete);
        }
        let Written { manifest, same, mut fresh } =
            std::mem::take(&mut *self.written.lock().unwrap_or_else(PoisonError::into_inner));
        if same.len() == manifest.len()
            && self.old.of == self.of
            && self.old.has(&manifest)
            && self.old.is_still_at(&self.place.output)
        {
            self.check_untouched(&self.place.output, &same)?;
            drop(self.workshop.remove(&self.folder, &self.old.stamps));
            self.workshop.sight(&self.place.output, &same);
            return Ok(self.published(&manifest, None));
        }
        let taken: Result<Vec<(OutPath, Taken)>, WriteError> =
            same.par_iter().map(|(path, known)| self.take(path, known)).collect();
        let mut linked = Stamps::new();
        for (path, taken) in taken? {
            match taken {
                Taken::Linked(stamp) => linked.insert(path, stamp),
                Taken::Copied(stamp) => fresh.insert(path, stamp),
            };
        }
        self.check_untouched(&self.folder, &linked)?;
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

    /// A file that was edited after it was linked has the edit in the new site as well, so that must not go out; nor is a site
    /// the same as before in which one was edited.
    fn check_untouched(&self, folder: &Path, known: &Stamps) -> Result<(), WriteError> {
        let touched = known.par_iter().find_first(|(path, known)| !is_untouched(folder, path, known));
        touched.map_or(Ok(()), |(path, _)| Err(self.edited(path)))
    }

    fn edited(&self, path: &OutPath) -> WriteError {
        WriteError::Refused { path: self.place.output.clone(), reason: Refusal::Edited(path.as_str().into()) }
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

/// How a file of the old site came into the new one, and how it looked then.
enum Taken {
    Linked(Stamp),
    Copied(Stamp),
}

/// Whether a file below a folder still looks as it did.
fn is_untouched(folder: &Path, path: &OutPath, known: &Stamp) -> bool {
    let seen = fs::symlink_metadata(folder.join(path.as_str()));
    seen.is_ok_and(|seen| stamp(&seen) == *known)
}

/// Writes a new file.
fn create(at: &Path, bytes: &[u8]) -> io::Result<Stamp> {
    make_folder_of_page(at)?;
    let mut file = in_folder(at, || File::create_new(at))?;
    file.write_all(bytes)?;
    Ok(stamp(&file.metadata()?))
}

/// Makes the folder of a page, which nearly always has one of its own: to find that out by failing would be one call more.
fn make_folder_of_page(at: &Path) -> io::Result<()> {
    let (Some(folder), true) = (at.parent(), at.ends_with("index.html")) else { return Ok(()) };
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir_all(folder),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

/// Whether something else stands where a file, or its folder, is to be.
fn is_taken(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory};
    matches!(error.kind(), AlreadyExists | IsADirectory | NotADirectory)
}

/// What it means that a file could not be made.
fn taken(path: &OutPath, at: &Path) -> impl Fn(io::Error) -> WriteError {
    move |source| match is_taken(&source) {
        true => WriteError::Twice { path: path.clone() },
        false => on(at)(source),
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

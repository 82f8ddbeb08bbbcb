//! Changes to single files of a site that stands, each replaced in one step, while all others stay as they are.
//!
//! What is about to be replaced is announced beside the site before the first file is touched, and the manifest follows
//! after the last: whenever that is broken off, each file is a whole one, old or new, and known as ours.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::error::{WriteError, on};
use super::manifest::{self, Entry, MANIFEST, Manifest, Marker, Whole};
use super::refusal::Refusal;
use super::staging::in_folder;
use super::survey::{as_written, read_marker};
use super::workshop::{DRAFT, Workshop, pending, write_new};
use super::write::{Listed, Output};
use crate::base::OutPath;

/// Changes to single files of a site. Dropped without [`Amendment::publish`], they never were.
#[derive(Debug)]
pub struct Amendment<'o> {
    output: &'o mut Output,
    workshop: Workshop,
    site: Arc<Listed>,
    folder: PathBuf,
    drafts: Mutex<BTreeMap<OutPath, Draft>>,
    gone: Vec<OutPath>,
    number: AtomicUsize,
}

/// A file that is to replace another one.
#[derive(Debug)]
struct Draft {
    at: PathBuf,
    entry: Entry,
}

/// What was changed in a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amended {
    /// The files that were written.
    pub written: usize,
    /// The files that were removed.
    pub removed: usize,
    /// All files that the site has now, without the manifest.
    pub files: usize,
}

impl Output {
    /// Begins to change single files. `None` where no whole site of ours stands there: then all has to be built.
    pub fn amend(&mut self) -> Result<Option<Amendment<'_>>, WriteError> {
        let workshop = Workshop::open(&self.place)?;
        let is_folder = fs::symlink_metadata(self.path()).is_ok_and(|found| found.is_dir());
        if !is_folder || !pending(&self.place).is_empty() {
            return Ok(None);
        }
        let marker = read_marker(self.path(), MANIFEST).map_err(on(self.path()))?;
        let Some(marker) = marker else { return Ok(None) };
        let site = match self.amended.take().filter(|site| site.marker == marker) {
            Some(site) => site,
            None => match manifest::parse(&marker) {
                Ok(Marker::Complete(whole)) => Arc::new(Listed { marker, whole }),
                Ok(Marker::Unfinished) | Err(_) => return Ok(None),
            },
        };
        let folder = workshop.fresh_drafts()?;
        let (drafts, number) = (Mutex::default(), AtomicUsize::new(0));
        Ok(Some(Amendment { output: self, workshop, site, folder, drafts, gone: Vec::new(), number }))
    }
}

impl Amendment<'_> {
    /// Prepares a file; one that has these bytes already stays as it is. Many threads may do so at once.
    pub fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<(), WriteError> {
        let entry = Entry::of(bytes);
        let stands = |entry: &Entry| {
            let seen = fs::symlink_metadata(self.output.path().join(path.as_str()));
            seen.is_ok_and(|seen| seen.is_file() && seen.len() == entry.bytes)
        };
        if self.site.whole.files.get(path) == Some(&entry) && stands(&entry) {
            return Ok(());
        }
        let at = self.folder.join(self.number.fetch_add(1, Ordering::Relaxed).to_string());
        let written = File::create_new(&at).and_then(|mut file| file.write_all(bytes));
        written.map_err(on(&at))?;
        self.drafts.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), Draft { at, entry });
        Ok(())
    }

    /// Has a file removed, if the site has it.
    pub fn remove(&mut self, path: &OutPath) {
        if self.site.whole.files.contains_key(path) {
            self.gone.push(path.clone());
        }
    }

    /// Puts the files in place, and removes what is gone. `None` where that cannot be done file by file, because a folder
    /// takes the place of a file: then nothing was changed, and all has to be built. A file that is not as Handbill wrote
    /// it is not touched, and nothing else either.
    pub fn publish(mut self) -> Result<Option<Amended>, WriteError> {
        let drafts = std::mem::take(self.drafts.get_mut().unwrap_or_else(PoisonError::into_inner));
        let mut files = self.site.whole.files.clone();
        self.gone.retain(|path| !drafts.contains_key(path));
        let amended = Amended { written: drafts.len(), removed: self.gone.len(), files: files.len() };
        if drafts.is_empty() && self.gone.is_empty() {
            self.output.amended = Some(Arc::clone(&self.site));
            return Ok(Some(amended));
        }
        if !self.can_be_done(&drafts)? {
            return Ok(None);
        }
        let announced: Manifest =
            drafts.iter().map(|(path, draft)| (path.clone(), draft.entry.clone())).collect();
        self.workshop.announce(&announced)?;
        drafts.par_iter().try_for_each(|(path, draft)| self.place(path, draft))?;
        self.gone.iter().try_for_each(|path| self.take_away(path))?;
        files.retain(|path, _| !self.gone.contains(path));
        files.extend(announced);
        let amended = Amended { files: files.len(), ..amended };
        self.finish(files)?;
        self.workshop.settle();
        Ok(Some(amended))
    }

    /// Whether every file to be touched is as it was written, or not there, and every folder is a folder.
    fn can_be_done(&self, drafts: &BTreeMap<OutPath, Draft>) -> Result<bool, WriteError> {
        let touched: Vec<&OutPath> = drafts.keys().chain(&self.gone).collect();
        let looked: Vec<Result<bool, WriteError>> =
            touched.par_iter().map(|path| self.is_free(path)).collect();
        looked.into_iter().try_fold(true, |all, free| Ok(all && free?))
    }

    fn is_free(&self, path: &OutPath) -> Result<bool, WriteError> {
        let output = self.output.path();
        let refuse = |reason: fn(PathBuf) -> Refusal, path: &str| {
            Err(WriteError::Refused { path: output.to_owned(), reason: reason(path.into()) })
        };
        for folder in path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]) {
            match fs::symlink_metadata(output.join(folder)) {
                Ok(found) if found.is_dir() => {}
                Ok(found) if found.is_symlink() => return refuse(Refusal::Foreign, folder),
                Ok(_) => return Ok(false),
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                Err(error) => return Err(on(&output.join(folder))(error)),
            }
        }
        let at = output.join(path.as_str());
        match fs::symlink_metadata(&at) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(on(&at)(error)),
            Ok(found) if found.is_dir() => Ok(false),
            Ok(_) => match self.site.whole.files.get(path) {
                Some(entry) if as_written(&at, entry).map_err(on(&at))?.is_some() => Ok(true),
                Some(_) => refuse(Refusal::Edited, path.as_str()),
                None => refuse(Refusal::Foreign, path.as_str()),
            },
        }
    }

    /// Puts one file in place. It may be a hard link into an older site, so it is replaced and never written into.
    fn place(&self, path: &OutPath, draft: &Draft) -> Result<(), WriteError> {
        let at = self.output.path().join(path.as_str());
        in_folder(&at, || fs::rename(&draft.at, &at)).map_err(on(&at))
    }

    /// Removes one file, and the folders that are empty then.
    fn take_away(&self, path: &OutPath) -> Result<(), WriteError> {
        let output = self.output.path();
        let at = output.join(path.as_str());
        match fs::remove_file(&at) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(on(&at)(error)),
            _ => {}
        }
        let folders =
            at.ancestors().skip(1).take_while(|folder| *folder != output && folder.starts_with(output));
        for folder in folders {
            // One that is not empty stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Writes the manifest of the site as it is now.
    fn finish(&mut self, files: Manifest) -> Result<(), WriteError> {
        let of = self.site.whole.of.clone();
        let marker = manifest::complete(&of, &files);
        let (draft, at) = (self.workshop.file(DRAFT), self.output.path().join(MANIFEST));
        let written = write_new(&draft, marker.as_bytes()).and_then(|file| file.sync_all());
        written.map_err(on(&draft))?;
        fs::rename(&draft, &at).map_err(on(&at))?;
        self.output.amended =
            Some(Arc::new(Listed { marker: marker.into_bytes(), whole: Whole { of, files } }));
        Ok(())
    }
}

impl Drop for Amendment<'_> {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

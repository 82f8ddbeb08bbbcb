//! The folder beside the output in which a new site is made: `.handbill/publish/<output's name>/`.
//!
//! It holds a lock, and at most these folders: `new` (the site that is being written; after an exchange, for a
//! moment, the old one), `aside` (the old site during two renames), `gone` (the old site, to be removed), `amend` (files
//! that are to replace single ones), `left-1`, … (what is ours and could not be removed yet) and `kept-1`, … (what was found
//! among our files and is not ours). While single files are replaced, `pending` lists them. `sighted` tells how the large files
//! of the site looked when they were written.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::{WriteError, on};
use super::manifest::{self, Manifest, Marker};
use super::place::Place;
use super::refusal::Refusal;
use super::remove::{Left, remove_ours};
use super::sighted::Sighted;
use super::survey::{Stamps, read_marker};
use super::swap::sync_folder;

/// The file that lists what is about to be replaced.
const PENDING: &str = "pending";

/// A marker before it is put in its place.
pub(super) const DRAFT: &str = "manifest";

/// How folders are called that are ours and could not be removed.
const LEFT: &str = "left-";

/// The list of what is about to be replaced before it is put in its place.
const ANNOUNCED: &str = "announced";

/// A build's own folder; no other build can have it until this is dropped or its process dies.
#[derive(Debug)]
pub(super) struct Workshop {
    folder: PathBuf,
    _lock: File,
}

impl Workshop {
    /// Opens the workshop beside an output folder, or says that another build is in it.
    pub(super) fn open(place: &Place) -> Result<Workshop, WriteError> {
        fs::create_dir_all(&place.parent).map_err(on(&place.parent))?;
        let mut folder = place.parent.clone();
        for name in [".handbill".as_ref(), "publish".as_ref(), place.name.as_os_str()] {
            folder.push(name);
            make_folder(&folder)?;
        }
        let path = folder.join("lock");
        let lock = open_lock(&path).map_err(on(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Workshop { folder, _lock: lock }),
            Err(fs::TryLockError::WouldBlock) => Err(WriteError::Busy { path: place.output.clone() }),
            Err(fs::TryLockError::Error(error)) => Err(on(&path)(error)),
        }
    }

    /// Puts an old site back that a killed build had set aside.
    pub(super) fn recover(&self, output: &Path) -> Result<(), WriteError> {
        let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
        if is_there(&self.aside()) && !is_there(output) {
            fs::rename(self.aside(), output).map_err(on(output))?;
            output.parent().map(sync_folder);
        }
        Ok(())
    }

    /// Removes what killed builds left. What they did not write is kept.
    pub(super) fn clear(&self) -> Result<(), WriteError> {
        for draft in [DRAFT, ANNOUNCED] {
            // What cannot be removed is in nobody's way.
            drop(fs::remove_file(self.file(draft)));
        }
        for folder in self.left() {
            drop(self.remove(&folder, &Stamps::default())?);
        }
        for folder in [self.new_site(), self.aside(), self.gone()] {
            self.remove(&folder, &Stamps::default())?;
            if fs::symlink_metadata(&folder).is_ok() {
                // What the system does not let go is in nobody's way there; each build tries again.
                fs::rename(&folder, self.free(LEFT)).map_err(on(&folder))?;
            }
        }
        self.clear_drafts()
    }

    /// Removes the files that were to replace single ones.
    fn clear_drafts(&self) -> Result<(), WriteError> {
        let folder = self.drafts();
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(on(&folder)(error)),
            _ => Ok(()),
        }
    }

    /// An empty folder for files that are to replace single ones.
    pub(super) fn fresh_drafts(&self) -> Result<PathBuf, WriteError> {
        self.clear_drafts()?;
        let folder = self.drafts();
        fs::create_dir(&folder).map_err(on(&folder))?;
        Ok(folder)
    }

    fn drafts(&self) -> PathBuf {
        self.folder.join("amend")
    }

    /// Notes which single files are about to be replaced, so that the folder is still known as ours where that is broken
    /// off.
    pub(super) fn announce(&self, files: &Manifest) -> Result<(), WriteError> {
        let (draft, pending) = (self.file(ANNOUNCED), self.folder.join(PENDING));
        write_new(&draft, manifest::complete("", files).as_bytes()).map_err(on(&draft))?;
        fs::rename(&draft, &pending).map_err(on(&pending))
    }

    /// Notes that no single file is about to be replaced any more.
    pub(super) fn settle(&self) {
        // If it stays, the next build looks once more at the files that it names.
        drop(fs::remove_file(self.folder.join(PENDING)));
    }

    /// Removes a folder as far as Handbill wrote it. What is not ours is moved to where the returned path says, with the rest;
    /// what is ours, and cannot be removed, stays.
    pub(super) fn remove(&self, folder: &Path, stamps: &Stamps) -> Result<Option<PathBuf>, WriteError> {
        if remove_ours(folder, stamps) != Left::Others {
            return Ok(None);
        }
        let kept = self.free("kept-");
        fs::rename(folder, &kept).map_err(on(&kept))?;
        Ok(Some(kept))
    }

    /// The first of `kept-1`, `kept-2` and so on that is not there.
    fn free(&self, name: &str) -> PathBuf {
        let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
        let found = (1..1000).map(|number| self.folder.join(format!("{name}{number}"))).find(is_free);
        found.unwrap_or_else(|| self.folder.join(name))
    }

    /// What earlier builds could not remove.
    fn left(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let is_left =
            |entry: &fs::DirEntry| entry.file_name().to_str().is_some_and(|name| name.starts_with(LEFT));
        entries.filter(is_left).map(|entry| entry.path()).collect()
    }

    /// Where a new site is made.
    pub(super) fn new_site(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// Where the old site waits during two renames.
    pub(super) fn aside(&self) -> PathBuf {
        self.folder.join("aside")
    }

    /// Where the old site is removed.
    pub(super) fn gone(&self) -> PathBuf {
        self.folder.join("gone")
    }

    /// Notes how the files of the new site look.
    pub(super) fn sight(&self, site: &Path, stamps: &Stamps) {
        Sighted::write(&self.folder, site, stamps);
    }

    /// A file of the workshop.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// The single files that were about to be replaced beside an output folder; none where nothing was broken off.
pub(super) fn pending(place: &Place) -> Manifest {
    let noted = read_marker(&place.workshop(), PENDING).ok().flatten();
    match noted.map(|bytes| manifest::parse(&bytes)) {
        Some(Ok(Marker::Complete(whole))) => whole.files,
        _ => Manifest::new(),
    }
}

/// Writes a file of the workshop. One that a killed build left is removed first, whatever it is, so that nothing is
/// written through a link.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Makes a folder where there is none. A link in its place could lead anywhere, so it is refused.
pub(super) fn make_folder(path: &Path) -> Result<(), WriteError> {
    match fs::create_dir(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(on(path)(error)),
        _ => {}
    }
    let found = fs::symlink_metadata(path).map_err(on(path))?;
    let refuse = |reason| Err(WriteError::Refused { path: path.to_owned(), reason });
    match found.is_symlink() {
        true => refuse(Refusal::Link(path.to_owned())),
        false if found.is_dir() => Ok(()),
        false => refuse(Refusal::NotAFolder),
    }
}

/// Opened without following a link, so that nothing outside is created.
#[cfg(unix)]
fn open_lock(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::from_raw_mode(0o666))?))
}

#[cfg(not(unix))]
fn open_lock(path: &Path) -> io::Result<File> {
    fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

//! The only place that deletes: files that a manifest lists and that are still as they were written, and folders
//! that are empty then.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::manifest::{self, Entry, MANIFEST, Manifest, Marker};
use super::stamp::stamp;
use super::survey::{Stamps, as_written, out_path, read_marker};
use crate::base::OutPath;

/// Removes a folder that is no longer, or not yet, a published site, as far as Handbill wrote it. Tells whether
/// anything is left. `stamps` spare the reading of files that were read before.
///
/// What is left is not an error here: the caller keeps what is the user's, and tries again with what is ours.
pub(super) fn remove_ours(folder: &Path, stamps: &Stamps) -> Left {
    match fs::symlink_metadata(folder) {
        Ok(found) if found.is_dir() => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Left::Nothing,
        Ok(_) | Err(_) => return Left::Others,
    }
    let marker = read_marker(folder, MANIFEST).ok().flatten();
    let others = match marker.map(|bytes| manifest::parse(&bytes)) {
        // A killed build's own folder: all that is in it was written by that build.
        Some(Ok(Marker::Unfinished)) => {
            drop(fs::remove_dir_all(folder));
            false
        }
        Some(Ok(Marker::Complete(whole))) => remove_listed(folder, &whole.files, stamps),
        Some(Err(_)) | None => fs::remove_dir(folder).is_err(),
    };
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Left::Nothing,
        _ if others => Left::Others,
        _ => Left::Ours,
    }
}

/// What is left of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// It is gone.
    Nothing,
    /// Files of ours, which the system did not let go.
    Ours,
    /// Something that is not ours, or no longer.
    Others,
}

/// Removes the listed files, and tells whether there are others. The marker goes last, so that a removal that is killed can be
/// taken up again.
fn remove_listed(folder: &Path, manifest: &Manifest, stamps: &Stamps) -> bool {
    let entries: Vec<walkdir::DirEntry> =
        WalkDir::new(folder).min_depth(1).contents_first(true).into_iter().flatten().collect();
    let marker = folder.join(MANIFEST);
    let is_other = |entry: &&walkdir::DirEntry| {
        if entry.file_type().is_dir() || entry.path() == marker {
            return false;
        }
        let path = entry.path().strip_prefix(folder).ok().and_then(out_path);
        let is_ours = path.is_some_and(|path| {
            entry.file_type().is_file() && is_ours(entry.path(), (&path, manifest.get(&path)), stamps)
        });
        if is_ours {
            drop(fs::remove_file(entry.path()));
        }
        !is_ours
    };
    let others = entries.par_iter().filter(is_other).count();
    for entry in entries.iter().filter(|entry| entry.file_type().is_dir()) {
        // It stays where a file is left in it.
        drop(fs::remove_dir(entry.path()));
    }
    let only_marker = fs::read_dir(folder).is_ok_and(|entries| entries.count() == 1);
    if only_marker && fs::remove_file(marker).is_ok() {
        drop(fs::remove_dir(folder));
    }
    others > 0
}

/// Whether a file is still as it was seen, or as it was written.
fn is_ours(at: &Path, (path, entry): (&OutPath, Option<&Entry>), stamps: &Stamps) -> bool {
    let known = stamps.get(path);
    let untouched =
        known.is_some() && fs::symlink_metadata(at).ok().map(|seen| stamp(&seen)).as_ref() == known;
    untouched || entry.is_some_and(|entry| matches!(as_written(at, entry), Ok(Some(_))))
}

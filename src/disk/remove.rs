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
/// What is left is not an error here: the caller keeps it for the user.
pub(super) fn remove_ours(folder: &Path, stamps: &Stamps) -> Left {
    if !fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir()) {
        return left(folder);
    }
    let marker = read_marker(folder, MANIFEST).ok().flatten();
    match marker.map(|bytes| manifest::parse(&bytes)) {
        // A killed build's own folder: all that is in it was written by that build.
        Some(Ok(Marker::Unfinished)) => drop(fs::remove_dir_all(folder)),
        Some(Ok(Marker::Complete(whole))) => remove_listed(folder, &whole.files, stamps),
        Some(Err(_)) | None => drop(fs::remove_dir(folder)),
    }
    left(folder)
}

/// Whether something is left of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// It is gone.
    Nothing,
    /// It, or something in it, is still there.
    Something,
}

fn left(folder: &Path) -> Left {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Left::Nothing,
        _ => Left::Something,
    }
}

/// The marker goes last, so that a removal that is killed can be taken up again.
fn remove_listed(folder: &Path, manifest: &Manifest, stamps: &Stamps) {
    let entries: Vec<walkdir::DirEntry> =
        WalkDir::new(folder).min_depth(1).contents_first(true).into_iter().flatten().collect();
    entries.par_iter().filter(|entry| entry.file_type().is_file()).for_each(|entry| {
        let below = entry.path().strip_prefix(folder).ok();
        let path = below.and_then(out_path);
        if path.is_some_and(|path| is_ours(entry.path(), (&path, manifest.get(&path)), stamps)) {
            drop(fs::remove_file(entry.path()));
        }
    });
    for entry in entries.iter().filter(|entry| entry.file_type().is_dir()) {
        // It stays where a file is left in it.
        drop(fs::remove_dir(entry.path()));
    }
    let marker = folder.join(MANIFEST);
    let only_marker = fs::read_dir(folder).is_ok_and(|entries| entries.count() == 1);
    if only_marker && fs::remove_file(marker).is_ok() {
        drop(fs::remove_dir(folder));
    }
}

/// Whether a file is still as it was seen, or as it was written.
fn is_ours(at: &Path, (path, entry): (&OutPath, Option<&Entry>), stamps: &Stamps) -> bool {
    let known = stamps.get(path);
    let untouched =
        known.is_some() && fs::symlink_metadata(at).ok().map(|seen| stamp(&seen)).as_ref() == known;
    untouched || entry.is_some_and(|entry| matches!(as_written(at, entry), Ok(Some(_))))
}

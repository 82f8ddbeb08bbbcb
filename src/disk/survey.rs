//! What stands in the output folder before a build: nothing, a site of ours just as it was written, or something
//! that must not be touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::error::{WriteError, on};
use super::manifest::{self, Entry, MANIFEST, Manifest, Marker, Whole};
use super::place::Place;
use super::refusal::Refusal;
use super::sighted::Sighted;
use super::stamp::{Stamp, stamp};
use crate::base::OutPath;

/// What stands in the output folder.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Whose site it is.
    pub(super) of: String,
    /// The site's files; none where there is no site yet.
    pub(super) manifest: Manifest,
    /// When each file was last seen to be as it was written.
    pub(super) stamps: Stamps,
    /// The bytes of the manifest; `None` where there is no site yet.
    pub(super) marker: Option<Vec<u8>>,
    /// Whether changes of single files were broken off, so that the manifest does not tell all.
    pub(super) is_mixed: bool,
}

impl Standing {
    /// Whether it is a site of exactly these files, all of them there.
    pub(super) fn has(&self, manifest: &Manifest) -> bool {
        let is_whole = self.marker.is_some() && !self.is_mixed;
        is_whole && self.stamps.len() == self.manifest.len() && self.manifest == *manifest
    }

    /// Whether the site in a folder is still the one that was looked at.
    pub(super) fn is_still_at(&self, output: &Path) -> bool {
        let is_folder = fs::symlink_metadata(output).is_ok_and(|found| found.is_dir());
        is_folder && self.marker.is_some() && read_marker(output, MANIFEST).ok().flatten() == self.marker
    }
}

/// The stamps of a site's files.
pub(super) type Stamps = BTreeMap<OutPath, Stamp>;

/// The marker's size that is still read. At 100,000 files it has about 20 MiB.
const LARGEST_MARKER: u64 = 256 * 1024 * 1024;

/// Looks at the output folder; refuses it where anything in it is not exactly what Handbill wrote: what its manifest
/// lists, or what was `pending` when the change of single files was broken off.
pub(super) fn survey(place: &Place, pending: &Manifest) -> Result<Standing, WriteError> {
    let output = place.output.as_path();
    let refuse = |reason| WriteError::Refused { path: output.to_owned(), reason };
    match fs::symlink_metadata(output) {
        Ok(found) if found.is_dir() => {}
        Ok(found) if found.is_symlink() => return Err(refuse(Refusal::Link(output.to_owned()))),
        Ok(_) => return Err(refuse(Refusal::NotAFolder)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Standing::default()),
        Err(error) => return Err(on(output)(error)),
    }
    let Some(marker) = read_marker(output, MANIFEST).map_err(on(&output.join(MANIFEST)))? else {
        let is_empty = fs::read_dir(output).map_err(on(output))?.next().is_none();
        return if is_empty { Ok(Standing::default()) } else { Err(refuse(Refusal::NotOurs)) };
    };
    let Whole { of, files: mut manifest } = match manifest::parse(&marker) {
        Ok(Marker::Complete(whole)) => whole,
        Ok(Marker::Unfinished) => {
            return Err(refuse(Refusal::BadManifest("it was never finished".to_owned())));
        }
        Err(why) => return Err(refuse(Refusal::BadManifest(why))),
    };
    for (path, entry) in pending {
        let is_there = as_written(&output.join(path.as_str()), entry);
        if is_there.is_ok_and(|stamp| stamp.is_some()) {
            manifest.insert(path.clone(), entry.clone());
        }
    }
    let files = listed_files(output, &manifest)?;
    let stamps = unchanged(output, &manifest, files, &Sighted::of(place))?;
    Ok(Standing { of, manifest, stamps, marker: Some(marker), is_mixed: !pending.is_empty() })
}

/// The bytes of a folder's marker by its name; `None` where it has none.
pub(super) fn read_marker(folder: &Path, name: &str) -> io::Result<Option<Vec<u8>>> {
    let path = folder.join(name);
    match fs::symlink_metadata(&path) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut bytes = Vec::new();
    File::open(&path)?.take(LARGEST_MARKER).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// The files that are there, all of them listed; refuses at the first thing, in order of names, that is not.
fn listed_files(output: &Path, manifest: &Manifest) -> Result<Vec<OutPath>, WriteError> {
    let folders = folders_of(manifest);
    let mut files = Vec::new();
    for entry in WalkDir::new(output).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(output).to_owned();
            on(&path)(error.into())
        })?;
        let below = entry.path().strip_prefix(output).unwrap_or(entry.path());
        let path = out_path(below);
        let kind = entry.file_type();
        match path {
            Some(path) if kind.is_dir() && folders.contains(path.as_str()) => {}
            Some(path) if kind.is_file() && manifest.contains_key(&path) => files.push(path),
            Some(path) if kind.is_file() && path.as_str() == MANIFEST => {}
            _ => {
                let reason = Refusal::Foreign(below.to_owned());
                return Err(WriteError::Refused { path: output.to_owned(), reason });
            }
        }
    }
    Ok(files)
}

/// A place below a site's folder as its manifest would name it.
pub(super) fn out_path(below: &Path) -> Option<OutPath> {
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    OutPath::new(&parts?.join("/"))
}

/// Every folder that a listed file is in.
fn folders_of(manifest: &Manifest) -> BTreeSet<&str> {
    let above =
        |path: &OutPath, at: usize| manifest.get_key_value(path).map(|(path, _)| &path.as_str()[..at]);
    manifest
        .keys()
        .flat_map(|path| path.as_str().match_indices('/').filter_map(move |(at, _)| above(path, at)))
        .collect()
}

/// The stamps of files that are as the manifest says; refuses at the first one, in order of paths, that is not.
fn unchanged(
    output: &Path,
    manifest: &Manifest,
    files: Vec<OutPath>,
    sighted: &Sighted,
) -> Result<Stamps, WriteError> {
    let looked: Vec<Result<(OutPath, Stamp), WriteError>> = files
        .into_par_iter()
        .map(|path| {
            let at = output.join(path.as_str());
            let look = |entry| match as_sighted(&at, &path, entry, sighted) {
                Some(stamp) => Ok(Some(stamp)),
                None => as_written(&at, entry),
            };
            match manifest.get(&path).map(look) {
                Some(Ok(Some(stamp))) => Ok((path, stamp)),
                Some(Err(error)) => Err(on(&at)(error)),
                Some(Ok(None)) | None => {
                    let reason = Refusal::Edited(PathBuf::from(path.as_str()));
                    Err(WriteError::Refused { path: output.to_owned(), reason })
                }
            }
        })
        .collect();
    looked.into_iter().collect()
}

/// The stamp of a file that was not touched since it was written, as far as its stamp tells.
fn as_sighted(at: &Path, path: &OutPath, entry: &Entry, sighted: &Sighted) -> Option<Stamp> {
    let seen = fs::symlink_metadata(at).ok().filter(fs::Metadata::is_file)?;
    let stamp = stamp(&seen);
    (seen.len() == entry.bytes && sighted.is_same(path, &stamp)).then_some(stamp)
}

/// The stamp of a file that is as it was written; `None` where it is not. Its length is compared first.
pub(super) fn as_written(at: &Path, entry: &Entry) -> io::Result<Option<Stamp>> {
    let seen = fs::symlink_metadata(at)?;
    if !seen.is_file() || seen.len() != entry.bytes {
        return Ok(None);
    }
    // The stamp is older than the digest, so that a write between the two is noticed later.
    let stamp = stamp(&seen);
    let same = manifest::digest(File::open(at)?)? == entry.sha256;
    Ok(same.then_some(stamp))
}

//! The cache in `.handbill/cache/`: what costs time to make, under a name that says what it was made of. It may be deleted at
//! any time, and whatever is wrong with it, all that it costs is time.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use super::workshop::make_folder;
use crate::base::Shelf;

/// How long the digest is that stands in front of what was put away.
const DIGEST: usize = 32;

/// Where the cache stands, below the campaign's folder.
const FOLDERS: [&str; 2] = [".handbill", "cache"];

/// The folder of photos and social cards in it.
const PICTURES: &str = "pictures";

/// The folder of a campaign's cache, which need not be there.
pub(super) fn folder(root: &Path) -> PathBuf {
    FOLDERS.iter().fold(root.to_owned(), |folder, name| folder.join(name))
}

/// Makes that folder. A link in its place, or on the way to it, is refused: it could lead anywhere.
pub(super) fn make(root: &Path) -> Option<PathBuf> {
    let mut folder = root.to_owned();
    for name in FOLDERS {
        folder.push(name);
        make_folder(&folder).ok()?;
    }
    Some(folder)
}

/// Writes a file of the cache in one step, under a name of its own until it is there as a whole.
pub(super) fn write(folder: &Path, draft: &str, name: &str, parts: &[&[u8]]) -> io::Result<()> {
    let draft = folder.join(format!("draft.{}-{draft}", std::process::id()));
    let written = fs::File::create_new(&draft)
        .and_then(|mut file| parts.iter().try_for_each(|part| file.write_all(part)));
    let put = written.and_then(|()| fs::rename(&draft, folder.join(name)));
    if put.is_err() {
        drop(fs::remove_file(&draft));
    }
    put
}

/// The cache of a campaign.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
    /// Numbers files that are being written.
    drafts: AtomicU64,
}

impl Cache {
    /// The cache of a campaign. Its folder is made when something is put into it.
    pub fn of(root: &Path) -> Cache {
        Cache { root: root.to_owned(), drafts: AtomicU64::new(0) }
    }

    fn folder(&self) -> PathBuf {
        folder(&self.root).join(PICTURES)
    }

    /// Removes what is not wanted any more; `pictures` are the beginnings of names that stay.
    pub fn keep(&self, pictures: &BTreeSet<String>) {
        for entry in fs::read_dir(self.folder()).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let picture = name.to_str().and_then(|name| name.split('.').next()).unwrap_or_default();
            if !pictures.contains(picture) {
                // What cannot be removed lies there until the next build.
                drop(fs::remove_file(entry.path()));
            }
        }
    }
}

impl Shelf for Cache {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.folder().join(name)).ok()?;
        let digest: Vec<u8> = bytes.drain(..DIGEST.min(bytes.len())).collect();
        // A machine that lost its power may have kept a name without its bytes.
        (digest == Sha256::digest(&bytes)[..]).then_some(bytes)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> bool {
        let draft = self.drafts.fetch_add(1, Ordering::Relaxed).to_string();
        let folder = make(&self.root).map(|folder| folder.join(PICTURES));
        let folder = folder.filter(|folder| make_folder(folder).is_ok());
        let digest = Sha256::digest(bytes);
        folder.is_some_and(|folder| write(&folder, &draft, name, &[&digest, bytes]).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_away_is_found_unless_it_was_damaged() {
        let root = tempfile::tempdir().unwrap();
        let cache = Cache::of(root.path());
        assert!(cache.put("a.1-480", b"photo") && cache.put("b.1-480", b""));
        assert_eq!(cache.get("a.1-480").as_deref(), Some(&b"photo"[..]));
        assert_eq!(cache.get("b.1-480").as_deref(), Some(&b""[..]));
        assert_eq!(cache.get("c.1-480"), None);
        let file = root.path().join(".handbill/cache/pictures/a.1-480");
        for damaged in [&b""[..], b"short", &[7; 40]] {
            fs::write(&file, damaged).unwrap();
            assert_eq!(cache.get("a.1-480"), None);
        }
        assert!(cache.put("a.1-480", b"photo"), "what is damaged is put right");
        cache.keep(&BTreeSet::from(["a".to_owned()]));
        assert!(cache.get("a.1-480").is_some() && cache.get("b.1-480").is_none());
        fs::remove_dir_all(root.path().join(".handbill")).unwrap();
        assert!(
            cache.get("a.1-480").is_none() && cache.put("a.1-480", b"photo"),
            "it may be deleted at any time"
        );
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(outside.path(), root.path().join(".handbill")).unwrap();
        assert!(!Cache::of(root.path()).put("a.1-480", b"photo"));
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}

//! Which photos were read before and what their digests were, so that a photo that nobody touched is not read again. As the
//! rest of the cache, it may be deleted.
//!
//! It goes by stamps, whose time of change nobody can set. A stamp that is hardly older than the list itself says little, for
//! a file system's clock may be coarse: such a photo is read once more. Where the system has no time of change, all are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::shelf;
use super::stamp::{Stamp, stamp};
use crate::base::SourcePath;

/// The list's name in the cache.
const NAME: &str = "seen";

/// The photos that were read before.
#[derive(Debug, Default)]
pub(super) struct Seen {
    photos: BTreeMap<SourcePath, Photo>,
    /// When the list was written.
    written: Option<Stamp>,
}

/// A photo's stamp when it was read, and the digest of its bytes.
pub(super) type Photo = (Stamp, String);

impl Seen {
    /// The list of a campaign; an empty one where there is none.
    pub(super) fn of(root: &Path) -> Seen {
        let file = shelf::folder(root).join(NAME);
        let (Ok(text), Ok(found)) = (fs::read_to_string(&file), fs::symlink_metadata(&file)) else {
            return Seen::default();
        };
        Seen { photos: text.lines().filter_map(line).collect(), written: Some(stamp(&found)) }
    }

    /// The digest of a photo, where nobody can have touched it since.
    pub(super) fn digest(&self, path: &SourcePath, now: &Stamp) -> Option<&str> {
        let (then, digest) = self.photos.get(path)?;
        let is_old = self.written.as_ref().is_some_and(|written| now.is_settled_before(written));
        (is_old && then == now).then_some(digest.as_str())
    }

    /// Writes the list anew, where that says anything else than before.
    pub(super) fn replace(self, root: &Path, photos: &BTreeMap<SourcePath, Photo>) {
        let is_known = photos.iter().all(|(path, (stamp, _))| self.digest(path, stamp).is_some());
        if is_known && photos.len() == self.photos.len() {
            return;
        }
        let lines = photos.iter().map(|(path, (stamp, digest))| format!("{digest} {stamp} {path}\n"));
        let text: String = lines.collect();
        if let Some(folder) = shelf::make(root) {
            // Without it, the next build reads all photos again.
            drop(shelf::write(&folder, NAME, NAME, &[text.as_bytes()]));
        }
    }
}

/// A digest, a stamp and a path.
fn line(line: &str) -> Option<(SourcePath, Photo)> {
    let (digest, rest) = line.split_once(' ')?;
    let (stamp, path) = Stamp::parse(rest)?;
    let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_digest.then_some((SourcePath::new(path)?, (stamp, digest.to_owned())))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_known_as_long_as_its_stamp_is_old_and_the_same() {
        let root = tempfile::tempdir().unwrap();
        let (path, digest) = (SourcePath::new("content/media/a photo.jpg").unwrap(), "5a".repeat(32));
        let stamp =
            |modified: i128, changed: i128| Stamp::parse(&format!("9 {modified} {changed} 7 x")).unwrap().0;
        let photos = || BTreeMap::from([(path.clone(), (stamp(5, 6), digest.clone()))]);
        Seen::of(root.path()).replace(root.path(), &photos());
        let seen = Seen::of(root.path());
        assert_eq!(seen.digest(&path, &stamp(5, 6)), Some(digest.as_str()));
        assert_eq!(seen.digest(&path, &stamp(5, 7)), None, "it was touched");
        assert_eq!(seen.digest(&path, &stamp(5, 0)), None, "the system has no time of change");
        assert_eq!(seen.digest(&SourcePath::new("content/b.jpg").unwrap(), &stamp(5, 6)), None);
        let young = Seen { written: Some(stamp(2_000_000_006, 0)), ..seen };
        assert_eq!(young.digest(&path, &stamp(5, 6)), None, "it may have been written twice in one tick");
        let file = shelf::folder(root.path()).join(NAME);
        for damaged in
            ["", "x", "5a 9 5 6 7 content/a.jpg", &format!("{digest} 9 5 6 content/media/a photo.jpg")]
        {
            fs::write(&file, damaged).unwrap();
            assert!(Seen::of(root.path()).photos.is_empty(), "{damaged}");
        }
    }
}

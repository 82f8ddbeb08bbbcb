//! How the large files of a published site looked when they were written, so that the next build need not read all of them to
//! see that they are still ours. Small files, pages among them, are always read.

use std::fs;
use std::path::Path;

use super::place::Place;
use super::stamp::{Stamp, stamp};
use super::survey::Stamps;
use super::workshop::write_new;
use crate::base::OutPath;

/// The list's name in the workshop.
const NAME: &str = "sighted";

/// From this size on, a file need not be read.
const LARGE: u64 = 16 * 1024;

/// The files of a site by their stamps.
#[derive(Debug, Default)]
pub(super) struct Sighted {
    stamps: Stamps,
    /// When the list was written.
    written: Option<Stamp>,
}

impl Sighted {
    /// The list beside an output folder; an empty one where there is none.
    pub(super) fn of(place: &Place) -> Sighted {
        let file = place.workshop().join(NAME);
        let (Ok(text), Ok(found)) = (fs::read_to_string(&file), fs::symlink_metadata(&file)) else {
            return Sighted::default();
        };
        let line = |line: &str| {
            let (stamp, path) = Stamp::parse(line)?;
            Some((OutPath::new(path)?, stamp))
        };
        Sighted { stamps: text.lines().filter_map(line).collect(), written: Some(stamp(&found)) }
    }

    /// Whether a file has the bytes that it had: nothing of its stamp changed, whose time of any change nobody can set back, and
    /// its bytes are older than the list by more than a file system's clock is coarse.
    pub(super) fn is_same(&self, path: &OutPath, now: &Stamp) -> bool {
        let is_old = self.written.as_ref().is_some_and(|written| now.is_older_than(written));
        is_old && self.stamps.get(path) == Some(now)
    }

    /// Writes the list of a site, once nothing is linked to its files or taken from their links any more, which is a change too.
    /// A file whose bytes are not those that are known of it is left out.
    pub(super) fn write(workshop: &Path, site: &Path, known: &Stamps) {
        let now =
            |path: &OutPath| fs::symlink_metadata(site.join(path.as_str())).ok().map(|found| stamp(&found));
        let large = known.iter().filter(|(_, then)| then.bytes() >= LARGE && then.changed().is_some());
        let large =
            large.filter_map(|(path, then)| Some((path, now(path).filter(|now| now.has_bytes_of(then))?)));
        let text: String = large.map(|(path, stamp)| format!("{stamp} {path}\n")).collect();
        let list = workshop.join(NAME);
        // Without it, the next build reads all files.
        drop(if text.is_empty() {
            fs::remove_file(&list)
        } else {
            write_new(&list, text.as_bytes()).map(drop)
        });
    }
}

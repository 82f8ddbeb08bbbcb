//! A file's stamp: what tells that its bytes may have changed, without reading them.

use std::fmt;
use std::fs;

/// The coarsest clock of a file system, in nanoseconds: FAT counts in steps of two seconds.
const COARSE: i128 = 2_000_000_000;

/// A file's marks that change with every write to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    /// When the bytes changed, in nanoseconds since 1970.
    modified: i128,
    /// When the bytes, or the file's links or rights, changed; 0 where the system does not tell.
    changed: i128,
    /// The file's number; 0 where it has none.
    number: u64,
}

impl Stamp {
    /// How many bytes there are.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether the bytes changed last so long before those of another file that both clocks must have moved on between the
    /// two, however coarse they are.
    pub(super) fn is_older_than(&self, other: &Stamp) -> bool {
        self.modified + COARSE < other.modified
    }

    /// When anything of the file changed, where the system tells.
    pub(super) fn changed(&self) -> Option<i128> {
        Some(self.changed).filter(|changed| *changed != 0)
    }

    /// Whether nothing at all of the file changed for so long; not where the system does not tell.
    pub(super) fn is_settled_before(&self, other: &Stamp) -> bool {
        self.is_older_than(other) && self.changed().is_some_and(|changed| changed + COARSE < other.modified)
    }

    /// A stamp as it is displayed, and what follows it after a space.
    pub(super) fn parse(text: &str) -> Option<(Stamp, &str)> {
        let mut parts = text.splitn(5, ' ');
        let stamp = Stamp {
            bytes: parts.next()?.parse().ok()?,
            modified: parts.next()?.parse().ok()?,
            changed: parts.next()?.parse().ok()?,
            number: parts.next()?.parse().ok()?,
        };
        Some((stamp, parts.next()?))
    }

    /// Whether both are of one file whose bytes nobody wrote in between, however many links were made to it. A program that sets
    /// the time of change back goes unnoticed here, not in a comparison of whole stamps.
    pub(super) fn has_bytes_of(&self, other: &Stamp) -> bool {
        (self.bytes, self.modified, self.number) == (other.bytes, other.modified, other.number)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.bytes, self.modified, self.changed, self.number)
    }
}

/// A file's stamp: length, times of change, and number.
#[cfg(unix)]
pub(super) fn stamp(seen: &fs::Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    Stamp {
        bytes: seen.len(),
        modified: nanoseconds(seen.mtime(), seen.mtime_nsec()),
        changed: nanoseconds(seen.ctime(), seen.ctime_nsec()),
        number: seen.ino(),
    }
}

/// A file's stamp: length and time of change.
#[cfg(not(unix))]
pub(super) fn stamp(seen: &fs::Metadata) -> Stamp {
    let since = |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).ok();
    let nanoseconds = seen.modified().ok().and_then(since).map_or(0, |time| time.as_nanos().cast_signed());
    Stamp { bytes: seen.len(), modified: nanoseconds, changed: 0, number: 0 }
}

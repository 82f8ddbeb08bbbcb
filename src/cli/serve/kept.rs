//! Pages and files as they were last made: to send again while they hold, and to show while something is broken.

use std::collections::BTreeMap;

use axum::body::Bytes;

use crate::base::OutPath;

/// The most bytes that are kept.
const MOST: usize = 96 * 1024 * 1024;

/// What was made, the most recently used of it.
#[derive(Default)]
pub(super) struct Kept {
    entries: BTreeMap<OutPath, Entry>,
    bytes: usize,
    /// Counts uses.
    uses: u64,
}

struct Entry {
    bytes: Bytes,
    media_type: Option<&'static str>,
    holds: bool,
    used: u64,
}

/// Bytes, and their media type where their name does not tell it.
pub(super) type Made = (Bytes, Option<&'static str>);

impl Kept {
    /// What was made at a path, if it still holds.
    pub(super) fn fresh(&mut self, path: &OutPath) -> Option<Made> {
        self.uses += 1;
        let entry = self.entries.get_mut(path).filter(|entry| entry.holds)?;
        entry.used = self.uses;
        Some((entry.bytes.clone(), entry.media_type))
    }

    /// What was last made at a path, whether it still holds or not.
    pub(super) fn last(&self, path: &OutPath) -> Option<Made> {
        self.entries.get(path).map(|entry| (entry.bytes.clone(), entry.media_type))
    }

    /// Keeps what was made; what was not used for longest goes where there is no room.
    pub(super) fn keep(&mut self, path: &OutPath, (bytes, media_type): Made) {
        self.uses += 1;
        self.bytes += bytes.len();
        let entry = Entry { bytes, media_type, holds: true, used: self.uses };
        if let Some(old) = self.entries.insert(path.clone(), entry) {
            self.bytes -= old.bytes.len();
        }
        while self.bytes > MOST {
            let oldest = self.entries.iter().min_by_key(|(_, entry)| entry.used);
            let Some(oldest) = oldest.map(|(path, _)| path.clone()) else { break };
            if let Some(gone) = self.entries.remove(&oldest) {
                self.bytes -= gone.bytes.len();
            }
        }
    }

    /// Keeps what was made without being asked for, while there is plenty of room.
    pub(super) fn keep_ahead(&mut self, path: &OutPath, made: Made) {
        if self.bytes + made.0.len() <= MOST / 2 || self.entries.contains_key(path) {
            self.keep(path, made);
        }
    }

    /// Something that a path was made from has changed.
    pub(super) fn outdate(&mut self, path: &OutPath) {
        if let Some(entry) = self.entries.get_mut(path) {
            entry.holds = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_used_goes_first_and_what_is_outdated_stays_to_be_shown() {
        let path = |name: &str| OutPath::new(name).unwrap();
        let third = Bytes::from(vec![0; MOST / 3]);
        let mut kept = Kept::default();
        for name in ["a", "b", "c"] {
            kept.keep(&path(name), (third.clone(), None));
        }
        assert!(kept.fresh(&path("a")).is_some());
        kept.keep(&path("d"), (third.clone(), None));
        assert!(kept.last(&path("b")).is_none() && kept.last(&path("a")).is_some());
        kept.keep_ahead(&path("e"), (third.clone(), None));
        assert!(kept.last(&path("e")).is_none(), "what nobody asked for took the room of what somebody did");
        kept.outdate(&path("a"));
        assert!(kept.fresh(&path("a")).is_none() && kept.last(&path("a")).is_some());
        kept.keep(&path("a"), (Bytes::new(), None));
        assert_eq!(kept.bytes, 2 * third.len());
    }
}

//! What was heard since the last look: which places were touched, and whether more is to be expected there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::bell::{Message, Progress};
use crate::disk::names;

/// Events that are answered together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    touched: BTreeMap<PathBuf, Touched>,
    /// Whether all has to be looked at.
    pub(super) is_all: bool,
    /// Why the system can no longer tell of changes.
    pub(super) deaf: Option<String>,
    is_woken: bool,
}

/// What was heard of a place.
#[derive(Debug)]
struct Touched {
    /// Whether its name may mean something else than before.
    renamed: bool,
    /// How far whoever touched it has come.
    progress: Progress,
}

impl Batch {
    pub(super) fn of(message: Message) -> Batch {
        let mut batch = Batch::default();
        batch.add(message);
        batch
    }

    pub(super) fn add(&mut self, message: Message) {
        match message {
            Message::Touched { at, renamed, progress } => {
                let touched = self.touched.entry(at).or_insert(Touched { renamed, progress });
                touched.renamed |= renamed;
                if progress != Progress::Unknown {
                    touched.progress = progress;
                }
            }
            Message::All => self.is_all = true,
            Message::Deaf(reason) => {
                self.deaf = Some(reason);
                self.is_all = true;
            }
            Message::Woken => self.is_woken = true,
        }
    }

    /// The places, each with whether its name may mean something else than before.
    pub(super) fn touched(&self) -> BTreeMap<PathBuf, bool> {
        self.touched.iter().map(|(at, touched)| (at.clone(), touched.renamed)).collect()
    }

    /// Whether there is nothing to wait for: every file that is read was written to its end, and of others nothing is
    /// left. An editor that renames a file, to write it anew under its old name, has not come to the end.
    pub(super) fn is_settled(&self, is_read: impl Fn(&Path) -> bool) -> bool {
        let settled = |(at, touched): (&PathBuf, &Touched)| match touched.progress {
            Progress::Written => is_read(at),
            Progress::Left => !is_read(at),
            Progress::Begun | Progress::Unknown => false,
        };
        let counts =
            |at: &Path| !at.file_name().is_some_and(|name| names::is_passing(&name.to_string_lossy()));
        self.is_all || self.is_woken || self.touched.iter().filter(|(at, _)| counts(at)).all(settled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(events: &[(&str, Progress)]) -> Batch {
        let mut batch = Batch::default();
        for (at, progress) in events {
            batch.add(Message::Touched { at: at.into(), renamed: false, progress: *progress });
        }
        batch
    }

    #[test]
    fn it_waits_for_what_is_not_yet_written() {
        let is_read = |at: &Path| at == Path::new("a.md");
        let settled = |events: &[(&str, Progress)]| batch(events).is_settled(is_read);
        use Progress::{Begun, Left, Unknown, Written};
        assert!(settled(&[("a.md", Begun), ("a.md", Written)]), "written in place");
        assert!(settled(&[("a.md", Written), ("a.md", Unknown)]), "and its rights set");
        assert!(!settled(&[("a.md", Written), ("a.md", Begun)]), "written once more");
        assert!(settled(&[(".t", Begun), (".t", Written), (".t", Left), ("a.md", Written)]), "renamed over");
        assert!(
            settled(&[("t", Begun), ("t", Written), ("t", Left), ("a.md", Written)]),
            "from another name"
        );
        assert!(!settled(&[("t", Begun), ("t", Written)]), "a new name may be another's in a moment");
        assert!(
            !settled(&[("4913", Begun), ("4913", Left), ("a.md", Left), ("a.md~", Written)]),
            "set aside"
        );
    }
}

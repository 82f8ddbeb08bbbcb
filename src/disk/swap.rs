//! The moment in which a new site takes the place of the old one.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::error::{WriteError, on};

/// How a site is swapped in where there is one already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// In one step, so that there is no moment without a site.
    Exchange,
    /// Two renames: the old one aside, then the new one in. [`super::workshop::Workshop::recover`] mends what a
    /// kill between them leaves.
    Renames,
}

/// The folders of a swap, all on one file system.
pub(super) struct Swap<'a> {
    /// The new site, complete.
    pub(super) new: &'a Path,
    /// Where it is to be.
    pub(super) output: &'a Path,
    /// Where the old site waits during two renames.
    pub(super) aside: &'a Path,
    /// Where the old site is to be in the end.
    pub(super) gone: &'a Path,
}

impl Swap<'_> {
    /// Swaps. If it fails, the old site is where it was, or, where the system fails even then, aside.
    pub(super) fn run(&self, means: Means) -> io::Result<()> {
        match fs::symlink_metadata(self.output) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return fs::rename(self.new, self.output);
            }
            Err(error) => return Err(error),
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(io::Error::from(io::ErrorKind::NotADirectory)),
        }
        if means == Means::Renames {
            return self.rename_twice();
        }
        match exchange(self.new, self.output) {
            // The new site is in place. If its predecessor cannot be renamed, the next build removes it.
            Ok(()) => fs::rename(self.new, self.gone).or(Ok(())),
            Err(error) if is_unsupported(&error) => self.rename_twice(),
            Err(error) => Err(error),
        }
    }

    /// What an error of the swap means for who wants to read the site.
    pub(super) fn why(&self, source: io::Error) -> WriteError {
        let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
        if is_there(self.aside) && !is_there(self.output) {
            return WriteError::Away { path: self.output.to_owned(), aside: self.aside.to_owned(), source };
        }
        on(self.output)(source)
    }

    fn rename_twice(&self) -> io::Result<()> {
        fs::rename(self.output, self.aside)?;
        if let Err(error) = fs::rename(self.new, self.output) {
            fs::rename(self.aside, self.output)?;
            return Err(error);
        }
        fs::rename(self.aside, self.gone).or(Ok(()))
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

/// An old kernel or a network file system: it says “invalid” as often as “unsupported”.
pub(super) fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Makes the names in a folder last through a loss of power, where the system can.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        // Windows cannot, and some network file systems refuse; the rename has happened all the same.
        drop(folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Swaps in a fresh folder; returns the texts that stand in `output` and `gone` then.
    fn swapped(means: Means, old: Option<&str>) -> (String, Option<String>) {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("new")).unwrap();
        fs::write(at("new/a"), "new").unwrap();
        if let Some(old) = old {
            fs::create_dir(at("output")).unwrap();
            fs::write(at("output/a"), old).unwrap();
        }
        let (new, output, aside, gone) = (at("new"), at("output"), at("aside"), at("gone"));
        Swap { new: &new, output: &output, aside: &aside, gone: &gone }.run(means).unwrap();
        assert!(!new.exists() && !aside.exists());
        (fs::read_to_string(at("output/a")).unwrap(), fs::read_to_string(at("gone/a")).ok())
    }

    #[test]
    fn both_means_end_alike() {
        for means in [Means::Exchange, Means::Renames] {
            assert_eq!(swapped(means, None), ("new".to_owned(), None));
            assert_eq!(swapped(means, Some("old")), ("new".to_owned(), Some("old".to_owned())));
        }
    }

    #[test]
    fn a_swap_that_fails_leaves_the_old_site() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("output")).unwrap();
        fs::write(at("output/a"), "old").unwrap();
        let (new, output, aside, gone) = (at("missing"), at("output"), at("aside"), at("gone"));
        let swap = Swap { new: &new, output: &output, aside: &aside, gone: &gone };
        for means in [Means::Exchange, Means::Renames] {
            assert!(swap.run(means).is_err());
            assert_eq!(fs::read_to_string(at("output/a")).unwrap(), "old");
            assert!(!aside.exists() && !gone.exists());
        }
    }
}

//! The only two ways in which a campaign's own files are written, and only when that is asked for: a correction of a
//! file, and a new one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::boundary::Boundary;
use super::error::{WriteError, on};
use super::swap::{exchange, is_unsupported, sync_folder};
use crate::base::SourcePath;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revised {
    /// It is as it was asked for.
    Done,
    /// It is not what it was when it was read, or is gone: it was left alone.
    Changed,
    /// There is something of that name: it was left alone.
    Exists,
    /// It is, or would be, outside the campaign's folder: it was left alone.
    Outside,
}

/// Puts `after` in the place of a file whose bytes are `before`, in one step. A file with any other bytes is left alone,
/// also where it changes at the last moment. Its permissions stay.
pub fn revise(root: &Path, file: &SourcePath, before: &[u8], after: &[u8]) -> Result<Revised, WriteError> {
    let path = root.join(file.as_str());
    if !path.exists() {
        return Ok(Revised::Changed);
    }
    if !is_at_home(root, &path)? {
        return Ok(Revised::Outside);
    }
    let metadata = fs::metadata(&path).map_err(on(&path))?;
    if !metadata.is_file() || fs::read(&path).map_err(on(&path))? != before {
        return Ok(Revised::Changed);
    }
    if metadata.permissions().readonly() {
        return Err(on(&path)(io::ErrorKind::PermissionDenied.into()));
    }
    let beside = beside(&path);
    let written =
        write_new(&beside, after).and_then(|()| fs::set_permissions(&beside, metadata.permissions()));
    let swapped = written.and_then(|()| swap_in(&beside, &path, before));
    // What is beside it now was either never used, or has had its time; but for an error in the middle of the swap.
    if swapped.as_ref().map_or_else(|error| error.kind() != io::ErrorKind::Interrupted, |_| true) {
        drop(fs::remove_file(&beside));
    }
    path.parent().into_iter().for_each(sync_folder);
    swapped.map_err(on(&path))
}

/// A hidden name in the same folder, which no reader and no watcher takes for content.
fn beside(real: &Path) -> PathBuf {
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    real.with_file_name(format!(".{name}.handbill-{}", std::process::id()))
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Exchanges the two, and looks at what was taken out: if somebody saved the file meanwhile, it is put back. An error of
/// the kind `Interrupted` says that the file which was there before may be beside it.
fn swap_in(new: &Path, real: &Path, before: &[u8]) -> io::Result<Revised> {
    match exchange(new, real) {
        Ok(()) => match fs::read(new) {
            Ok(taken) if taken == before => Ok(Revised::Done),
            taken => {
                exchange(new, real).map_err(|_| io::Error::from(io::ErrorKind::Interrupted))?;
                taken.map(|_| Revised::Changed)
            }
        },
        Err(error) if is_unsupported(&error) => {
            if fs::read(real)? != before {
                return Ok(Revised::Changed);
            }
            fs::rename(new, real).map(|()| Revised::Done)
        }
        Err(error) => Err(error),
    }
}

/// Makes a new file, and the folders on the way to it.
pub fn create(root: &Path, file: &SourcePath, bytes: &[u8]) -> Result<Revised, WriteError> {
    make(root, file, bytes, is_at_home)
}

/// The same for a campaign that begins: its folder is made where it is missing, and files for editors and hosts are hidden
/// ones.
pub fn establish(root: &Path, file: &SourcePath, bytes: &[u8]) -> Result<Revised, WriteError> {
    fs::create_dir_all(root).map_err(on(root))?;
    make(root, file, bytes, is_below)
}

fn make(
    root: &Path,
    file: &SourcePath,
    bytes: &[u8],
    may_be: fn(&Path, &Path) -> Result<bool, WriteError>,
) -> Result<Revised, WriteError> {
    let path = root.join(file.as_str());
    let folder = path.parent().unwrap_or(root);
    // A link on the way could lead anywhere: what there is of the folders is judged before the rest is made.
    let there = folder.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(root);
    if !may_be(root, there)? {
        return Ok(Revised::Outside);
    }
    fs::create_dir_all(folder).map_err(on(folder))?;
    match write_new(&path, bytes) {
        Ok(()) => {
            sync_folder(folder);
            Ok(Revised::Done)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Revised::Exists),
        Err(error) => {
            drop(fs::remove_file(&path));
            Err(on(&path)(error))
        }
    }
}

/// Whether a path below the root is really there, and nothing on the way is hidden.
fn is_at_home(root: &Path, path: &Path) -> Result<bool, WriteError> {
    let below = really_below(root, path)?;
    Ok(below.is_some_and(|(root, path)| Boundary::new(root, None).judge(&path).is_ok()))
}

/// Whether a path below the root is really there.
fn is_below(root: &Path, path: &Path) -> Result<bool, WriteError> {
    Ok(really_below(root, path)?.is_some())
}

/// The root and a path below it without links; `None` where a link on the way leads elsewhere.
fn really_below(root: &Path, path: &Path) -> Result<Option<(PathBuf, PathBuf)>, WriteError> {
    let real_root = fs::canonicalize(root).map_err(on(root))?;
    let real = fs::canonicalize(path).map_err(on(path))?;
    let is_there = real == real_root.join(path.strip_prefix(root).unwrap_or(path));
    Ok(is_there.then_some((real_root, real)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> SourcePath {
        SourcePath::new(path).unwrap()
    }

    #[test]
    fn a_file_is_corrected_or_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("content")).unwrap();
        fs::write(root.join("content/a.md"), "old").unwrap();
        let a = file("content/a.md");
        assert_eq!(revise(root, &a, b"other", b"new").unwrap(), Revised::Changed);
        assert_eq!(revise(root, &file("content/b.md"), b"", b"new").unwrap(), Revised::Changed);
        assert_eq!(fs::read(root.join("content/a.md")).unwrap(), b"old");
        assert_eq!(revise(root, &a, b"old", b"new").unwrap(), Revised::Done);
        assert_eq!(fs::read(root.join("content/a.md")).unwrap(), b"new");
        assert_eq!(fs::read_dir(root.join("content")).unwrap().count(), 1, "nothing is left beside it");
    }

    /// As if somebody had saved the file between the look and the swap.
    #[test]
    fn what_was_saved_at_the_last_moment_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("new"), "corrected").unwrap();
        fs::write(at("file"), "saved meanwhile").unwrap();
        assert_eq!(swap_in(&at("new"), &at("file"), b"old").unwrap(), Revised::Changed);
        assert_eq!(fs::read(at("file")).unwrap(), b"saved meanwhile");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_links_or_over_what_is_locked() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (root, outside) = (folder.path().join("root"), folder.path().join("outside"));
        fs::create_dir_all(root.join("content")).unwrap();
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("a.md"), "old").unwrap();
        symlink(outside.join("a.md"), root.join("content/a.md")).unwrap();
        symlink(&outside, root.join("content/statements")).unwrap();
        assert_eq!(revise(&root, &file("content/a.md"), b"old", b"new").unwrap(), Revised::Outside);
        assert_eq!(create(&root, &file("content/statements/b.md"), b"new").unwrap(), Revised::Outside);
        assert_eq!(fs::read(outside.join("a.md")).unwrap(), b"old");
        assert!(!outside.join("b.md").exists());
        let locked = root.join("content/locked.md");
        fs::write(&locked, "old").unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o444)).unwrap();
        assert!(revise(&root, &file("content/locked.md"), b"old", b"new").is_err());
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(revise(&root, &file("content/locked.md"), b"old", b"new").unwrap(), Revised::Done);
        assert_eq!(fs::metadata(&locked).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_new_file_takes_nobodys_place() {
        let folder = tempfile::tempdir().unwrap();
        let new = file("content/statements/a.md");
        assert_eq!(create(folder.path(), &new, b"one").unwrap(), Revised::Done);
        assert_eq!(create(folder.path(), &new, b"two").unwrap(), Revised::Exists);
        assert_eq!(fs::read(folder.path().join("content/statements/a.md")).unwrap(), b"one");
    }
}

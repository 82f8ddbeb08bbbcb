//! The one door through which files are opened. What is checked is the opened file, never its name: between a look
//! at a name and its opening, the name can come to mean something else.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::boundary::{Boundary, Trespass};
use super::stamp::{Stamp, stamp};

/// Why the door stayed closed.
#[derive(Debug)]
pub(super) enum Closed {
    /// The file is where nothing may be read.
    Trespass(Trespass),
    /// A FIFO, socket, device or folder.
    NotAFile,
    /// There is no such file: it was deleted since its folder was listed.
    Gone,
    /// The system refuses.
    Unreadable(io::Error),
}

impl From<io::Error> for Closed {
    fn from(error: io::Error) -> Closed {
        match error.kind() {
            io::ErrorKind::NotFound => Closed::Gone,
            _ if means_no_file(&error) => Closed::NotAFile,
            _ => Closed::Unreadable(error),
        }
    }
}

/// An ordinary file inside the boundary.
#[derive(Debug)]
pub(super) struct Opened {
    file: File,
    /// Its size in bytes when it was opened.
    pub(super) size: u64,
    /// Its stamp then.
    pub(super) stamp: Stamp,
}

/// Opens a file, without ever waiting for anybody.
pub(super) fn open(boundary: &Boundary, path: &Path) -> Result<Opened, Closed> {
    let file = open_at_once(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(Closed::NotAFile);
    }
    let real = real_place(path, &file, &metadata)?;
    boundary.judge(&real).map_err(Closed::Trespass)?;
    Ok(Opened { file, size: metadata.len(), stamp: stamp(&metadata) })
}

impl Opened {
    /// The bytes; at most `limit` of them and one more, however fast the file grows meanwhile.
    pub(super) fn bytes(self, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.size.min(limit)).unwrap_or(0));
        self.file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Without `NONBLOCK` the opening of a FIFO that nobody writes to would never end.
#[cfg(unix)]
fn open_at_once(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open_at_once(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// A socket or a device that nobody drives cannot even be opened.
#[cfg(unix)]
fn means_no_file(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let number = error.raw_os_error();
    [Errno::NXIO, Errno::NODEV].iter().any(|errno| number == Some(errno.raw_os_error()))
}

#[cfg(not(unix))]
fn means_no_file(_: &io::Error) -> bool {
    false
}

/// Where an opened file really is. Linux knows it of the handle itself.
#[cfg(target_os = "linux")]
fn real_place(path: &Path, file: &File, metadata: &fs::Metadata) -> io::Result<PathBuf> {
    use std::os::fd::AsRawFd;
    match fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd())) {
        Ok(real) => Ok(real),
        Err(_) => place_by_name(path, metadata),
    }
}

#[cfg(not(target_os = "linux"))]
fn real_place(path: &Path, _: &File, metadata: &fs::Metadata) -> io::Result<PathBuf> {
    place_by_name(path, metadata)
}

/// Where a name leads to now, which counts only if the opened file is what is found there.
fn place_by_name(path: &Path, opened: &fs::Metadata) -> io::Result<PathBuf> {
    let real = fs::canonicalize(path)?;
    let found = fs::symlink_metadata(&real)?;
    if super::identity::same(opened, &found) {
        Ok(real)
    } else {
        Err(io::Error::other("it was exchanged while it was read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The walk would never come here with such names: it is as if they changed after it had passed.
    #[test]
    #[cfg(unix)]
    fn the_opened_file_is_judged_and_not_its_name() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let real = fs::canonicalize(folder.path()).unwrap();
        let at = |path: &str| real.join(path);
        fs::create_dir_all(at("root/.git")).unwrap();
        for file in ["root/a", "root/.git/config", "secret"] {
            fs::write(at(file), file).unwrap();
        }
        symlink("../secret", at("root/link")).unwrap();
        symlink("..", at("root/folder")).unwrap();
        symlink(".git/config", at("root/hidden")).unwrap();
        symlink("/dev/zero", at("root/device")).unwrap();
        let boundary = Boundary::new(at("root"), None);
        let open = |path: &str| open(&boundary, &at(path));
        assert_eq!(open("root/a").unwrap().bytes(99).unwrap(), b"root/a");
        assert_eq!(open("root/a").unwrap().bytes(2).unwrap(), b"roo", "one more than the limit, never all");
        assert!(matches!(open("root/link"), Err(Closed::Trespass(Trespass::LeavesRoot))));
        assert!(matches!(open("root/folder/secret"), Err(Closed::Trespass(Trespass::LeavesRoot))));
        assert!(matches!(open("root/hidden"), Err(Closed::Trespass(Trespass::Hidden))));
        assert!(matches!(open("root/device"), Err(Closed::NotAFile)));
        assert!(matches!(open("root"), Err(Closed::NotAFile)));
        assert!(matches!(open("root/none"), Err(Closed::Gone)));
    }

    #[test]
    fn the_place_by_name_is_that_of_the_opened_file() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        fs::write(root.join("a"), "a").unwrap();
        fs::write(root.join("b"), "b").unwrap();
        let opened = fs::metadata(root.join("a")).unwrap();
        assert_eq!(place_by_name(&root.join("a"), &opened).unwrap(), root.join("a"));
        if cfg!(unix) {
            assert!(place_by_name(&root.join("b"), &opened).is_err());
        }
    }
}

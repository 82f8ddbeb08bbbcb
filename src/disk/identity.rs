//! Whether two names mean one file or folder, whatever links, mounts or capital letters lie between.

use std::fs;
use std::path::Path;

/// What tells one file from all others.
#[cfg(unix)]
pub(super) type Identity = (u64, u64);
/// What tells one file from all others.
#[cfg(not(unix))]
pub(super) type Identity = String;

/// The identity of what a path leads to; `None` where there is nothing.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

/// The identity of what a path leads to; `None` where there is nothing.
#[cfg(not(unix))]
pub(super) fn identity(path: &Path) -> Option<Identity> {
    fs::canonicalize(path).ok().map(|real| real.to_string_lossy().to_lowercase())
}

/// Whether two looks saw one file. Where the system gives files no number, it has to be believed.
#[cfg(unix)]
pub(super) fn same(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Whether two looks saw one file. Where the system gives files no number, it has to be believed.
#[cfg(not(unix))]
pub(super) fn same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

/// Whether a folder is on another file system than its parent, so that it cannot be exchanged by a rename.
#[cfg(unix)]
pub(super) fn is_mount_point(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).ok().map(|found| found.dev());
    match (device(path), path.parent().and_then(device)) {
        (Some(own), Some(parent)) => own != parent,
        _ => false,
    }
}

/// Whether a folder is on another file system than its parent, so that it cannot be exchanged by a rename.
#[cfg(not(unix))]
pub(super) fn is_mount_point(_: &Path) -> bool {
    false
}

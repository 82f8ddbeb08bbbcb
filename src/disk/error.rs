//! Why reading or writing as a whole failed, in sentences for people.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::refusal::Refusal;
use crate::base::OutPath;

/// The exit status for a command that cannot be right.
const USAGE: u8 = 2;
/// The exit status for a machine that fails.
const MACHINE: u8 = 3;

/// Why nothing could be read.
#[derive(Debug)]
pub enum ReadError {
    /// The root does not exist.
    Missing {
        /// The root.
        path: PathBuf,
    },
    /// The root is a file.
    NotAFolder {
        /// The root.
        path: PathBuf,
    },
    /// The system refuses.
    Io {
        /// What it refuses to open.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

/// Why a site could not be written. Whatever the reason, what was published before is as it was, but for [`WriteError::Away`].
#[derive(Debug)]
pub enum WriteError {
    /// The output folder may not be written.
    Refused {
        /// The folder, or what stands in the way.
        path: PathBuf,
        /// What is wrong with it.
        reason: Refusal,
    },
    /// Another build is writing to the same folder.
    Busy {
        /// The output folder.
        path: PathBuf,
    },
    /// One path was written twice, or as a file and as a folder.
    Twice {
        /// The path below the output folder.
        path: OutPath,
    },
    /// Publishing was tried although a file could not be written.
    Incomplete,
    /// Where folders cannot be exchanged: the old site was set aside, the system refused the new one its place, and then the
    /// old one too.
    Away {
        /// The output folder, which is not there.
        path: PathBuf,
        /// Where the old site is.
        aside: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The system refuses: disk full, read-only, no permission.
    Io {
        /// What it refuses to write.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

impl ReadError {
    /// What to do about it.
    pub fn cure(&self) -> Option<String> {
        match self {
            ReadError::Missing { .. } | ReadError::NotAFolder { .. } => {
                Some("name the folder that holds content/campaign.yaml: --root FOLDER".to_owned())
            }
            ReadError::Io { .. } => None,
        }
    }

    /// The command's exit status: 2 for wrong usage, 3 where the machine failed.
    pub fn exit_status(&self) -> u8 {
        match self {
            ReadError::Missing { .. } | ReadError::NotAFolder { .. } => USAGE,
            ReadError::Io { .. } => MACHINE,
        }
    }
}

impl WriteError {
    /// What to do about it.
    pub fn cure(&self) -> Option<String> {
        match self {
            WriteError::Refused { reason, .. } => Some(reason.cure()),
            WriteError::Busy { .. } => Some("wait until it is done, or stop it".to_owned()),
            WriteError::Twice { .. } | WriteError::Incomplete => None,
            WriteError::Away { .. } => {
                Some("build again, which puts it back, or move the folder yourself".to_owned())
            }
            WriteError::Io { source, .. } => cure(source.kind()).map(str::to_owned),
        }
    }

    /// The command's exit status: 2 for wrong usage, 3 where the machine failed.
    pub fn exit_status(&self) -> u8 {
        match self {
            WriteError::Refused { .. } => USAGE,
            WriteError::Busy { .. }
            | WriteError::Twice { .. }
            | WriteError::Incomplete
            | WriteError::Away { .. }
            | WriteError::Io { .. } => MACHINE,
        }
    }
}

fn cure(kind: io::ErrorKind) -> Option<&'static str> {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some("free some space, and try again"),
        io::ErrorKind::PermissionDenied => Some("check who owns the folder and whether you may write to it"),
        io::ErrorKind::ReadOnlyFilesystem => Some("choose another folder with --output"),
        _ => None,
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Missing { path } => write!(out, "there is no folder {}", path.display()),
            ReadError::NotAFolder { path } => write!(out, "{} is not a folder", path.display()),
            ReadError::Io { path, source } => {
                write!(out, "{} cannot be read: {}", path.display(), words(source))
            }
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Refused { path, reason } => {
                write!(out, "{} is not used as the output folder: {reason}", path.display())
            }
            WriteError::Busy { path } => {
                write!(out, "another build is writing to {} at this moment", path.display())
            }
            WriteError::Twice { path } => write!(out, "{path} would be written twice"),
            WriteError::Incomplete => {
                out.write_str("the site is not complete, because a file could not be written")
            }
            WriteError::Away { path, aside, source } => write!(
                out,
                "nothing stands in {} now: the old site is in {}, and the system did not let it back: {}",
                path.display(),
                aside.display(),
                words(source)
            ),
            WriteError::Io { path, source } => {
                write!(out, "{} cannot be written: {}", path.display(), words(source))
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReadError::Io { source, .. } => Some(source),
            ReadError::Missing { .. } | ReadError::NotAFolder { .. } => None,
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Io { source, .. } | WriteError::Away { source, .. } => Some(source),
            WriteError::Refused { .. }
            | WriteError::Busy { .. }
            | WriteError::Twice { .. }
            | WriteError::Incomplete => None,
        }
    }
}

/// A system's error about a path: `fs::rename(…).map_err(on(path))`.
pub(super) fn on(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |source| WriteError::Io { path: path.to_owned(), source }
}

/// What the system says, without its number: `permission denied`.
pub(super) fn words(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

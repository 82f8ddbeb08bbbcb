//! Every reason for which a folder is not written to, and what to do instead.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why an output folder is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is `/`, or a drive as a whole.
    SystemRoot,
    /// It is the project's own folder.
    Root,
    /// It holds the project.
    AroundRoot,
    /// It is the home folder, or holds it.
    Home,
    /// It is, or is inside, one of the project's folders: `content`, `themes`, `static`, `.git`, `.handbill`.
    Inside(&'static str),
    /// It, or a folder on the way to it, is a symbolic link.
    Link(PathBuf),
    /// It, or something on the way to it, is not a folder.
    NotAFolder,
    /// It is where another disk begins, so that a new site cannot be swapped in.
    MountPoint,
    /// It holds something that Handbill did not write. The path counts from the folder.
    Foreign(PathBuf),
    /// It holds a file that was changed since Handbill wrote it. The path counts from the folder.
    Edited(PathBuf),
    /// It has files, and no manifest that says that Handbill wrote them.
    NotOurs,
    /// Its manifest cannot be read.
    BadManifest(String),
}

impl Refusal {
    /// What to do about it.
    pub fn cure(&self) -> String {
        match self {
            Refusal::SystemRoot
            | Refusal::Root
            | Refusal::AroundRoot
            | Refusal::Home
            | Refusal::Inside(_)
            | Refusal::Link(_)
            | Refusal::NotAFolder => {
                "choose a folder that is only for the site, such as --output public".to_owned()
            }
            Refusal::MountPoint => "choose a folder inside it with --output".to_owned(),
            Refusal::Foreign(path) => {
                format!("move {} elsewhere; files to publish as they are belong into static/", shown(path))
            }
            Refusal::Edited(path) => {
                format!("move {} elsewhere if you want to keep it, or delete it", shown(path))
            }
            Refusal::NotOurs => {
                "choose an empty or new folder with --output, or delete this one if nothing in it is needed"
                    .to_owned()
            }
            Refusal::BadManifest(_) => "delete the folder if nothing in it is needed".to_owned(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::SystemRoot => out.write_str("it is the whole disk"),
            Refusal::Root => out.write_str("it is the project's own folder"),
            Refusal::AroundRoot => out.write_str("it holds the project"),
            Refusal::Home => out.write_str("it is or holds your home folder"),
            Refusal::Inside(name) => write!(out, "it is or is inside {name}/, which a build never changes"),
            Refusal::Link(path) => write!(out, "{} is a link", shown(path)),
            Refusal::NotAFolder => out.write_str("it is not a folder"),
            Refusal::MountPoint => {
                out.write_str("another disk begins there, so a new site cannot be swapped in at once")
            }
            Refusal::Foreign(path) => {
                write!(out, "it holds {}, which Handbill did not write", shown(path))
            }
            Refusal::Edited(path) => {
                write!(out, "{} was changed since Handbill wrote it", shown(path))
            }
            Refusal::NotOurs => out.write_str("it holds files, and nothing says that Handbill wrote them"),
            Refusal::BadManifest(why) => write!(out, "its list of files cannot be read: {why}"),
        }
    }
}

/// A path that is safe for a terminal: a name found on the disk may hold control characters.
fn shown(path: &Path) -> String {
    let safe = |character: char| if character.is_control() { '\u{fffd}' } else { character };
    path.to_string_lossy().chars().map(safe).collect()
}

//! Finds the campaign's folder.

use std::path::{Path, PathBuf};

use super::Failure;

/// The file by which a campaign's folder is known.
const MARK: &str = "content/campaign.yaml";

/// The folder that was named, else the nearest one from here upwards that holds a campaign, else this one where it has
/// at least a `content` folder: then the findings say what is missing in it. An absolute path.
pub(super) fn find(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let unread = |error| Failure {
        says: format!("the current folder cannot be read: {error}"),
        cure: None,
        status: 3,
    };
    if let Some(named) = named {
        return std::path::absolute(named).map_err(unread);
    }
    let here = std::env::current_dir().map_err(unread)?;
    if let Some(found) = here.ancestors().find(|folder| crate::disk::stands(&folder.join(MARK))) {
        return Ok(found.to_owned());
    }
    if crate::disk::stands(&here.join("content")) {
        return Ok(here);
    }
    Err(Failure::usage(
        format!("there is no campaign here: neither this folder nor one above it holds {MARK}"),
        "go to the campaign's folder, or name it with --root FOLDER",
    ))
}

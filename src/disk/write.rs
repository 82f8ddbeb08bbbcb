//! The door out: a checked output folder, from which a new site is begun.

use std::path::Path;
use std::sync::Arc;

use super::error::WriteError;
use super::manifest::Whole;
use super::place::Place;
use super::staging::Staging;
use super::survey::{Standing, survey};
use super::workshop::{Workshop, pending};

/// An output folder that may be written: the place is right, and all that stands there was written by Handbill.
#[derive(Debug, Clone)]
pub struct Output {
    pub(super) place: Place,
    standing: Arc<Standing>,
    /// The site whose single files were changed last: its marker, and what that lists.
    pub(super) amended: Option<Arc<Listed>>,
}

/// A site by its marker.
#[derive(Debug)]
pub(super) struct Listed {
    /// The marker's bytes.
    pub(super) marker: Vec<u8>,
    /// What it says.
    pub(super) whole: Whole,
}

impl Output {
    /// Checks an output folder, which need not exist; a relative path counts from `root`. Nothing is written yet, so
    /// that a wrong folder is told before a build begins.
    pub fn open(root: &Path, output: &Path, home: Option<&Path>) -> Result<Output, WriteError> {
        let place = Place::check(root, output, home)?;
        let standing = Arc::new(survey(&place, &pending(&place))?);
        Ok(Output { place, standing, amended: None })
    }

    /// Where the site will be, with no link left in the path.
    pub fn path(&self) -> &Path {
        &self.place.output
    }

    /// Begins a new site beside the old one. What killed builds left is cleared away; a build that runs at this
    /// moment makes it [`WriteError::Busy`].
    pub fn begin(&self) -> Result<Staging, WriteError> {
        let workshop = Workshop::open(&self.place)?;
        workshop.recover(&self.place.output)?;
        workshop.clear()?;
        // An empty or absent folder is looked at again, which costs nothing. What changes in the site from now on is
        // noticed when the new one is published.
        let pending = pending(&self.place);
        let standing = if pending.is_empty() && self.standing.is_still_at(self.path()) {
            Arc::clone(&self.standing)
        } else {
            Arc::new(survey(&self.place, &pending)?)
        };
        Staging::begin(self.place.clone(), standing, workshop)
    }
}

//! When the site changes next by itself, exactly: moments at which something may change are rendered and compared.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rayon::prelude::*;

use super::{Cause, Engine};
use crate::base::{Fingerprint, OutPath};

/// How many moments are looked at before it is said that nothing changes any more. A site that depends on the day at all
/// shows it somewhere at once; this is for themes of one's own that do not.
const MOST: usize = 800;

impl Engine {
    /// The next moment at which any output changes: builds from now until just before it are the same, but for the
    /// moment that pages bear, and a build at it is another. `None` where nothing more will change.
    pub fn next_change(mut self) -> Option<Timestamp> {
        self.stamp = Some(self.settings.moment);
        let paths: Vec<OutPath> = self.outputs().cloned().collect();
        let now = self.prints(&paths);
        for _ in 0..MOST {
            let moment = self.next_moment()?;
            let update = self.set_moment(moment);
            if !update.gone.is_empty() || update.stale.iter().any(|(_, why)| why.cause == Cause::New) {
                return Some(moment);
            }
            let stale: Vec<OutPath> = update.stale.into_iter().map(|(path, _)| path).collect();
            let then = self.prints(&stale);
            if then.iter().any(|(path, print)| now.get(path) != Some(print)) {
                return Some(moment);
            }
        }
        None
    }

    /// The fingerprints of outputs' bytes.
    fn prints(&self, paths: &[OutPath]) -> BTreeMap<OutPath, Option<Fingerprint>> {
        let Some(rendering) = self.rendering() else { return BTreeMap::new() };
        let print = |path: &OutPath| {
            let bytes = rendering.render(path).value;
            (path.clone(), bytes.map(|bytes| Fingerprint::of(&bytes[..])))
        };
        paths.par_iter().map(print).collect()
    }
}

//! When the site changes next by itself, exactly: moments at which something may change are rendered and compared.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use rayon::prelude::*;

use super::{Cause, Engine};
use crate::base::{Fingerprint, OutPath};
use crate::diagnostics::{Checked, Finding, settle, stops};
use crate::output::photo::Proofs;

/// How far ahead is looked. A site that counts days changes at the next one; this is for those that ask for the day and
/// never show it, and for embargoes of the next decade.
const YEARS: i64 = 10;

/// A moment at which the site becomes another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// When.
    pub moment: Timestamp,
    /// What stops publishing from then on: a text that refers to what has expired, say.
    pub errors: Vec<Finding>,
}

impl Engine {
    /// The next moment at which any output changes: builds from now until just before it are the same, but for the
    /// moment that pages bear, and a build at it is another, or fails. `None` where nothing changes in the next ten years.
    pub fn next_change(mut self) -> Option<Coming> {
        let now = self.settings.moment;
        self.stamp = Some(now);
        let end = now.checked_add((YEARS * 366 * 24).hours()).unwrap_or(Timestamp::MAX);
        let paths: Vec<OutPath> = self.outputs().cloned().collect();
        let before = self.prints(&paths);
        loop {
            let moment = self.next_moment().filter(|moment| *moment <= end)?;
            let update = self.set_moment(moment);
            let comes_or_goes =
                !update.gone.is_empty() || update.stale.iter().any(|(_, why)| why.cause == Cause::New);
            let stale: Vec<OutPath> = update.stale.into_iter().map(|(path, _)| path).collect();
            let then = self.prints(&stale);
            let is_other = |(path, now): (&OutPath, &Checked<_>)| {
                before.get(path).is_none_or(|before| before.value != now.value)
            };
            if comes_or_goes || stops(self.findings()) || then.iter().any(is_other) {
                let rendered = then.into_values().flat_map(|checked| checked.findings);
                let all = self.findings.iter().cloned().chain(rendered);
                let mut errors = all.filter(|one| stops(std::slice::from_ref(one))).collect();
                settle(&mut errors);
                return Some(Coming { moment, errors });
            }
        }
    }

    /// The fingerprints of outputs' bytes, and what was found while they were made.
    fn prints(&self, paths: &[OutPath]) -> BTreeMap<OutPath, Checked<Option<Fingerprint>>> {
        // What is made of a photo is the same at any moment.
        let proofs = Proofs(&self.darkroom);
        let Some(rendering) = self.rendering_with(Some(&self.traces), &proofs) else {
            return BTreeMap::new();
        };
        let print = |path: &OutPath| {
            let Checked { value, findings } = rendering.render(path);
            (path.clone(), Checked { value: value.map(|bytes| Fingerprint::of(&bytes[..])), findings })
        };
        paths.par_iter().map(print).collect()
    }
}

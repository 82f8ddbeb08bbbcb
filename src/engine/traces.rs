//! What each output read when it was rendered, and whether it would read the same now.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::base::{Fingerprint, OutPath};
use crate::model::Fact;

/// The facts that a render read, with their fingerprints of that moment.
pub(super) type Read = Vec<(Fact, Fingerprint)>;

/// The second cache: the facts that each output read, with their fingerprints of that moment. Right because the only
/// door to the site, `Reader`, records what is read.
///
/// Outputs share most of their facts, so each fact is kept once and looked at once, however many have read it.
#[derive(Debug, Default)]
pub(super) struct Traces {
    /// What was rendered since the last look, as it came from many threads.
    fresh: Mutex<Vec<(OutPath, Read)>>,
    facts: Vec<Fact>,
    /// Where a fact stands among them.
    at: HashMap<Fact, u32>,
    outputs: BTreeMap<OutPath, Vec<(u32, Fingerprint)>>,
}

impl Traces {
    /// Notes what an output read.
    pub(super) fn note(&self, path: OutPath, read: Read) {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).push((path, read));
    }

    /// Takes in what was noted.
    fn settle(&mut self) {
        let fresh = std::mem::take(self.fresh.get_mut().unwrap_or_else(PoisonError::into_inner));
        for (path, read) in fresh {
            let trace = read.into_iter().map(|(fact, print)| (self.number(fact), print)).collect();
            self.outputs.insert(path, trace);
        }
    }

    fn number(&mut self, fact: Fact) -> u32 {
        if let Some(number) = self.at.get(&fact) {
            return *number;
        }
        let number = u32::try_from(self.facts.len()).unwrap_or(u32::MAX);
        self.facts.push(fact.clone());
        self.at.insert(fact, number);
        number
    }

    /// Compares what each output of `paths` read with what it would read now. Traces of other outputs are forgotten.
    pub(super) fn compare<'p>(
        &mut self,
        paths: impl Iterator<Item = &'p OutPath>,
        now: impl Fn(&Fact) -> Fingerprint + Send + Sync,
    ) -> Compared {
        self.settle();
        let prints: Vec<Fingerprint> = self.facts.par_iter().map(now).collect();
        let changed = |(fact, print): &&(u32, Fingerprint)| prints.get(*fact as usize) != Some(print);
        let mut compared = Compared::default();
        let mut old = std::mem::take(&mut self.outputs).into_iter().peekable();
        let mut kept = Vec::new();
        for path in paths {
            while let Some((gone, _)) = old.next_if(|(other, _)| other < path) {
                compared.gone.push(gone);
            }
            let Some((path, trace)) = old.next_if(|(other, _)| other == path) else {
                compared.stale.push((path.clone(), None));
                continue;
            };
            if let Some((fact, _)) = trace.iter().find(changed) {
                compared.stale.push((path.clone(), self.facts.get(*fact as usize).cloned()));
            }
            kept.push((path, trace));
        }
        compared.gone.extend(old.map(|(gone, _)| gone));
        self.outputs = kept.into_iter().collect();
        compared
    }
}

/// How outputs stand to what they read.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// Outputs that would read something else, each with the first fact that changed; `None` for new ones.
    pub(super) stale: Vec<(OutPath, Option<Fact>)>,
    /// Outputs that are gone.
    pub(super) gone: Vec<OutPath>,
}

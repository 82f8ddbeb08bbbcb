//! What each output read when it was rendered, and whether it would read the same now.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::base::{Fingerprint, OutPath};
use crate::model::{Fact, Term};

/// The facts that a render read, with their fingerprints of that moment.
pub(super) type Read = Vec<(Fact, Fingerprint)>;

/// The second cache: the facts that each output read, with their fingerprints of that moment. Right because the only
/// door to the site, `Reader`, records what is read.
///
/// Outputs share most of their facts, so each fact is kept once and looked at once, however many have read it.
#[derive(Debug, Default)]
pub(super) struct Traces {
    /// What was rendered since the last look, as it came from many threads.
    fresh: Mutex<Vec<(OutPath, Read, Term)>>,
    facts: Vec<Fact>,
    /// Where a fact stands among them.
    at: HashMap<Fact, u32>,
    /// The facts' fingerprints at the last look.
    prints: Vec<Fingerprint>,
    outputs: BTreeMap<OutPath, Trace>,
}

/// What an output read.
#[derive(Debug)]
struct Trace {
    /// Which facts, in order.
    facts: Vec<u32>,
    /// Their fingerprints.
    prints: Vec<Fingerprint>,
    /// How long what was asked of the clock holds.
    term: Term,
    /// The first of the facts that was another at the last look.
    changed: Option<u32>,
    is_new: bool,
}

impl Traces {
    /// Notes what an output read.
    pub(super) fn note(&self, path: OutPath, read: Read, term: Term) {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).push((path, read, term));
    }

    /// Takes in what was noted.
    fn settle(&mut self) {
        let fresh = std::mem::take(self.fresh.get_mut().unwrap_or_else(PoisonError::into_inner));
        for (path, read, term) in fresh {
            let prints = read.iter().map(|(_, print)| *print).collect();
            let facts = read.into_iter().map(|(fact, _)| self.number(fact)).collect();
            self.outputs.insert(path, Trace { facts, prints, term, changed: None, is_new: true });
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

    /// Compares what each output of `paths`, which are in order, read with what it would read now. Traces of other
    /// outputs are forgotten.
    pub(super) fn compare<'p>(
        &mut self,
        paths: impl Iterator<Item = &'p OutPath>,
        moment: Timestamp,
        now: impl Fn(&Fact) -> Fingerprint + Send + Sync,
    ) -> Compared {
        self.settle();
        let prints: Vec<Fingerprint> = self.facts.par_iter().map(now).collect();
        let moved: Vec<bool> =
            prints.iter().enumerate().map(|(at, print)| self.prints.get(at) != Some(print)).collect();
        let traces: Vec<&mut Trace> = self.outputs.values_mut().collect();
        traces.into_par_iter().with_min_len(512).for_each(|trace| trace.look(&prints, &moved));
        self.prints = prints;
        self.sift(paths, moment)
    }

    /// The first instant after a moment at which any output that holds then may be another, where nothing else changes
    /// before.
    pub(super) fn until(&mut self, moment: Timestamp) -> Option<Timestamp> {
        self.settle();
        let terms = self.outputs.values().map(|trace| trace.term).filter(|term| term.contains(moment));
        terms.filter_map(Term::until).min()
    }

    /// Tells which outputs are stale, new or gone.
    fn sift<'p>(&mut self, paths: impl Iterator<Item = &'p OutPath>, moment: Timestamp) -> Compared {
        let mut compared = Compared::default();
        let mut known = self.outputs.iter().peekable();
        for path in paths {
            while let Some((gone, _)) = known.next_if(|(other, _)| *other < path) {
                compared.gone.push(gone.clone());
            }
            let why = match known.next_if(|(other, _)| *other == path) {
                None => Some(Cause::New),
                Some((_, trace)) => trace.cause(&self.facts, moment),
            };
            compared.stale.extend(why.map(|why| (path.clone(), why)));
        }
        compared.gone.extend(known.map(|(gone, _)| gone.clone()));
        for gone in &compared.gone {
            self.outputs.remove(gone);
        }
        compared
    }
}

impl Trace {
    /// Why the output is stale, where it is.
    fn cause(&self, facts: &[Fact], moment: Timestamp) -> Option<Cause> {
        let time = (!self.term.contains(moment)).then_some(Cause::Time);
        match self.changed.and_then(|fact| facts.get(fact as usize)) {
            // That pages bear another moment says less than that something begins or ends at it.
            Some(Fact::Stamp) if time.is_some() => time,
            Some(fact) => Some(Cause::Fact(fact.clone())),
            None => time,
        }
    }

    /// Looks at the facts again; `moved` tells which are others than at the last look, so that most outputs need not
    /// be compared in full.
    fn look(&mut self, prints: &[Fingerprint], moved: &[bool]) {
        let is = |flags: &[bool], fact: &u32| flags.get(*fact as usize).copied().unwrap_or(true);
        if self.is_new || self.facts.iter().any(|fact| is(moved, fact)) {
            let mut both = self.facts.iter().zip(&self.prints);
            let other = both.find(|(fact, print)| prints.get(**fact as usize) != Some(print));
            self.changed = other.map(|(fact, _)| *fact);
            self.is_new = false;
        }
    }
}

/// Why an output is not as it was rendered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// It was never rendered.
    New,
    /// Something that it read changed.
    Fact(Fact),
    /// Something began, ended or went by.
    Time,
}

/// How outputs stand to what they read.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// Outputs that would be others, each with the first cause.
    pub(super) stale: Vec<(OutPath, Cause)>,
    /// Outputs that are gone.
    pub(super) gone: Vec<OutPath>,
}

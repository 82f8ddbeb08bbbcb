//! What linking has to tell, kept by the part that tells it, so that a part that is linked again tells anew.

use std::collections::BTreeMap;

use crate::base::{DocId, OutPath};
use crate::diagnostics::Finding;
use crate::model::Media;

/// A part of linking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The campaign's frame, groups, names and addresses.
    Names,
    /// What the versions of a group inherit; counts groups.
    Group(usize),
    /// What is surely not what was meant; counts groups.
    Doubts(usize),
    /// A document's plan.
    Plan(DocId),
    /// A document's references.
    Document(DocId),
    /// The campaign's texts.
    Campaign,
    /// The redirects.
    Redirects,
}

/// All that linking has to tell.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeMap<Part, Vec<Finding>>);

impl Told {
    /// Replaces all that a part told.
    pub(super) fn set(&mut self, part: Part, findings: Vec<Finding>) {
        if findings.is_empty() {
            self.0.remove(&part);
        } else {
            self.0.insert(part, findings);
        }
    }

    /// Everything.
    pub(super) fn all(&self) -> impl Iterator<Item = &Finding> {
        self.0.values().flatten()
    }
}

/// What comes of resolving references, beside what they mean.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) findings: Vec<Finding>,
    /// The files that are published because of them.
    pub(super) media: BTreeMap<OutPath, Media>,
    /// Whether any leads to a heading of another document, so that it is to be looked at again when those change.
    pub(super) looks_inside: bool,
}

/// What a stage of linking found, added to the rest.
pub(super) fn tell(findings: &mut Vec<Finding>, finding: Finding) {
    findings.push(finding);
}

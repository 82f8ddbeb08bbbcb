//! What we tell people: findings as values, made by one named function each, and their renderings.

mod excerpt;
pub mod finding;
pub mod html;
pub mod nearest;
mod severity;
pub mod text;

use std::collections::BTreeMap;

use crate::base::{FieldPath, SourcePath, Span};

pub use severity::Severity;

/// A finding's stable number, shown as `HB0123`. It never changes its meaning once released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl std::fmt::Display for Code {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "HB{:04}", self.0)
    }
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// The file as a whole.
    File,
    /// A range of bytes.
    Span(Span),
    /// A value in the file's YAML; `parse::locate` turns it into a span before anything is shown.
    Field(FieldPath),
    /// A key in the file's YAML, likewise.
    Key(FieldPath),
}

/// A file and a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which file.
    pub file: SourcePath,
    /// Where in it.
    pub at: At,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &SourcePath) -> Place {
        Place { file: file.clone(), at: At::File }
    }

    /// A range of bytes in a file.
    pub fn span(file: &SourcePath, span: Span) -> Place {
        Place { file: file.clone(), at: At::Span(span) }
    }

    /// A value in a file's YAML.
    pub fn field(file: &SourcePath, field: FieldPath) -> Place {
        Place { file: file.clone(), at: At::Field(field) }
    }

    /// A key in a file's YAML.
    pub fn key(file: &SourcePath, field: FieldPath) -> Place {
        Place { file: file.clone(), at: At::Key(field) }
    }
}

/// One thing to tell: what is wrong, where, and what to type instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its stable number.
    pub code: Code,
    /// Whether it stops publishing.
    pub severity: Severity,
    /// Where it is; `None` for the command line and the machine.
    pub place: Option<Place>,
    /// What is wrong, in one line without a full stop.
    pub title: String,
    /// A few words that stand under the place in the excerpt.
    pub label: String,
    /// The cure: what to do or to type instead.
    pub help: Option<String>,
    /// Another place that has to do with it, and why.
    pub related: Option<(Place, String)>,
}

/// A stage's value and all that it found; a stage never stops at its first finding.
#[derive(Debug, Clone, Default)]
pub struct Checked<T> {
    /// The value, as whole as the findings allow.
    pub value: T,
    /// What there is to tell.
    pub findings: Vec<Finding>,
}

impl<T> Checked<T> {
    /// A value with nothing to tell.
    pub fn clean(value: T) -> Checked<T> {
        Checked { value, findings: Vec::new() }
    }
}

/// The most findings of one kind that are told of one file.
const MOST_OF_A_KIND: usize = 100;

/// Keeps a file in which the same mistake stands a thousand times from hiding those of the others: the first hundred are kept,
/// and the last of them says how many more there are. To be called on findings in order.
pub fn shorten(findings: &mut Vec<Finding>) {
    let key = |finding: &Finding| finding.place.as_ref().map(|place| (place.file.clone(), finding.code));
    let mut counts: BTreeMap<(SourcePath, Code), usize> = BTreeMap::new();
    findings.iter().filter_map(key).for_each(|key| *counts.entry(key).or_default() += 1);
    counts.retain(|_, count| *count > MOST_OF_A_KIND);
    if counts.is_empty() {
        return;
    }
    let mut seen: BTreeMap<(SourcePath, Code), usize> = BTreeMap::new();
    findings.retain_mut(|finding| {
        let Some((key, count)) = key(finding).and_then(|key| counts.get(&key).map(|count| (key, *count)))
        else {
            return true;
        };
        let seen = seen.entry(key).or_default();
        *seen += 1;
        if *seen == MOST_OF_A_KIND {
            let more = format!("this file has {} more of these", count - MOST_OF_A_KIND);
            finding.help = Some(finding.help.as_ref().map_or(more.clone(), |help| format!("{help}; {more}")));
        }
        *seen <= MOST_OF_A_KIND
    });
}

/// Whether any of them stops publishing.
pub fn stops(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

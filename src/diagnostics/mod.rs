//! What we tell people: findings as values, made by one named function each, and their renderings.

mod excerpt;
pub mod explain;
pub mod finding;
pub mod fix;
mod github;
mod gitlab;
pub mod html;
mod json;
pub mod nearest;
mod plain;
mod report;
mod sarif;
mod severity;
mod spot;
pub mod text;

use std::collections::BTreeMap;

use crate::base::{FieldPath, SourcePath, Span};

pub use report::{Format, Report};
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
    /// The corrections of its file that put it right without changing what anybody meant; empty where there are none.
    pub fix: Vec<Edit>,
}

/// A text to put in place of another one, in the file of the finding that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; a span of no length is where the text is put in.
    pub at: At,
    /// What stands there then.
    pub text: String,
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

/// Puts all findings of a run into the order in which they are told, each once, and none so often that it hides others.
pub fn settle(findings: &mut Vec<Finding>) {
    if findings.iter().any(Finding::hides_all_files) {
        findings.retain(|finding| !finding.tells_of_absent_file());
    }
    let unread = |finding: &&Finding| finding.hides_its_file();
    let unread: Vec<Place> =
        findings.iter().filter(unread).filter_map(|finding| finding.place.clone()).collect();
    let is_unread = |place: &Place| unread.iter().any(|other| other.file == place.file);
    findings
        .retain(|finding| !(finding.tells_of_absent_file() && finding.place.as_ref().is_some_and(is_unread)));
    text::sort(findings);
    findings.dedup();
    merge(findings);
    shorten(findings);
}

/// Makes one of neighbours that tell the same of the same place, such as a template that fails on every page.
fn merge(findings: &mut Vec<Finding>) {
    let mut more = 0;
    let mut merged: Vec<Finding> = Vec::with_capacity(findings.len());
    let count = |last: Option<&mut Finding>, more: usize| {
        if let (Some(last), 1..) = (last, more) {
            let others = if more == 1 { "another page".to_owned() } else { format!("{more} other pages") };
            let help = last.help.take().map(|help| format!("{help}; ")).unwrap_or_default();
            last.help = Some(format!("{help}the same happens on {others}"));
        }
    };
    for finding in findings.drain(..) {
        let same = |last: &&mut Finding| {
            last.is_of_a_page()
                && last.code == finding.code
                && last.place == finding.place
                && last.title == finding.title
        };
        if merged.last_mut().as_ref().is_some_and(same) {
            more += 1;
        } else {
            count(merged.last_mut(), std::mem::take(&mut more));
            merged.push(finding);
        }
    }
    count(merged.last_mut(), more);
    *findings = merged;
}

/// Whether any of them stops publishing.
pub fn stops(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

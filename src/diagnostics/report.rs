//! All findings of a run in one text, in the form that its reader wants.

use super::{Finding, github, gitlab, json, plain, sarif, text};
use crate::base::{SourcePath, Tree};

/// What a run found, and what it takes to show it.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The findings, in the order in which they are told.
    pub findings: &'a [Finding],
    /// The files that they speak of.
    pub tree: &'a Tree,
    /// What stands before the path of each file, so that it counts from where the reader of a machine's report stands:
    /// empty, or a folder with a slash at its end.
    pub prefix: &'a str,
    /// The one sentence that sums them up, or nothing.
    pub summary: &'a str,
}

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal, with excerpts; coloured or not.
    Text {
        /// Whether there are colours.
        styled: bool,
    },
    /// In sentences, one after the other: for a screen reader, and for whoever wants no drawings.
    Plain,
    /// For programs; the README says what it holds.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// A code quality report of GitLab.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
}

impl Report<'_> {
    /// The report as a text that ends in a line break.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Text { styled } => self.text(styled),
            Format::Plain => plain::render(self),
            Format::Json => json::render(self),
            Format::Github => github::render(self),
            Format::Gitlab => gitlab::render(self),
            Format::Sarif => sarif::render(self),
        }
    }

    fn text(&self, styled: bool) -> String {
        let mut out = String::new();
        for finding in self.findings {
            out.push_str(&text::render(finding, self.tree, styled));
            out.push_str("\n\n");
        }
        self.sum_up(&mut out);
        out
    }

    /// Adds the one sentence, where there is one.
    pub(super) fn sum_up(&self, out: &mut String) {
        if !self.summary.is_empty() {
            out.push_str(self.summary);
            out.push('\n');
        }
    }

    /// A file's path from where the reader stands.
    pub(super) fn path(&self, file: &SourcePath) -> String {
        format!("{}{file}", self.prefix)
    }
}

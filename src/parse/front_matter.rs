//! Cuts a document into front matter and text.

use std::ops::Range;

use crate::base::SourcePath;
use crate::diagnostics::{Finding, Place, finding};

/// The most bytes of a text.
const MOST_BODY: usize = 1024 * 1024;

/// Where the YAML and the text of a document stand.
pub(super) struct Parts {
    /// The bytes between the two `---` lines.
    pub(super) yaml: Range<usize>,
    /// The first byte of the text.
    pub(super) body: usize,
}

/// Finds the two `---` lines. A byte order mark in front and CRLF at the ends of lines are as good as none.
pub(super) fn split(file: &SourcePath, text: &str) -> Result<Parts, Finding> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if first.trim_end() != "---" {
        return Err(finding::no_front_matter(file));
    }
    let from = start + first.len();
    let mut at = from;
    for line in lines {
        if line.trim_end() == "---" {
            let body = at + line.len();
            if text.len() - body > MOST_BODY {
                return Err(finding::too_long(Place::span(file, body..body), "the text", "1 MiB"));
            }
            return Ok(Parts { yaml: from..at, body });
        }
        at += line.len();
    }
    Err(finding::unclosed_front_matter(Place::span(file, start..start + 3)))
}

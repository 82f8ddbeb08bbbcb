//! Markdown to HTML with holes, by our own writer over pulldown-cmark's events: content is data, so no raw HTML and
//! no address of an unknown scheme ever comes through, and everything that goes wrong is a finding with its place.

mod autolink;
mod blocks;
mod broken;
mod dates;
mod events;
mod headings;
mod links;
mod notes;
mod output;
mod pictures;
mod raw;
mod signs;
mod slips;
mod tables;
mod text;
mod writer;

use std::borrow::Cow;

use crate::base::{FieldPath, SourcePath, Span};
use crate::diagnostics::{At, Checked, Finding, Place};
use crate::model::Body;

pub(super) use text::clean;
use writer::{Shape, Writer};

/// Where Markdown stands.
#[derive(Debug, Clone)]
pub enum Origin {
    /// In a file, from this byte to its end: `Source::text` is `file_text[offset..]`. Spans count bytes of the file.
    Text {
        /// The first byte of the Markdown.
        offset: usize,
    },
    /// In a YAML value. All findings and references point at the value as a whole, because YAML's quoting and
    /// folding leave no way back to single bytes.
    Field(FieldPath),
}

/// Markdown and where it comes from.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// Which file.
    pub file: &'a SourcePath,
    /// The Markdown, and nothing else. It may begin with a byte order mark and have CRLF line ends.
    pub text: &'a str,
    /// Where in the file it stands.
    pub origin: Origin,
}

impl Source<'_> {
    /// The place of a range of `text`.
    fn at(&self, span: &Span) -> At {
        match &self.origin {
            Origin::Text { offset } => At::Span(offset + span.start..offset + span.end),
            Origin::Field(field) => At::Field(field.clone()),
        }
    }

    /// What was typed in a range of `text`.
    fn typed(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    fn place(&self, span: &Span) -> Place {
        Place { file: self.file.clone(), at: self.at(span) }
    }

    /// The same source without its first `bytes`.
    fn skip(&self, bytes: usize) -> Source<'_> {
        let origin = match &self.origin {
            Origin::Text { offset } => Origin::Text { offset: offset + bytes },
            Origin::Field(field) => Origin::Field(field.clone()),
        };
        Source { file: self.file, text: &self.text[bytes..], origin }
    }
}

/// Reads a text of many blocks. Takes time in proportion to its length, whatever it holds; the caller refuses
/// texts over 1 MiB.
pub fn parse(source: &Source<'_>) -> Checked<Body> {
    let bytes = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    write(&source.skip(bytes), Shape::Blocks)
}

/// Reads the text of a timeline's entry: blocks, but for headings and footnotes.
pub fn parse_entry(source: &Source<'_>) -> Checked<Body> {
    write(source, Shape::Entry)
}

/// Reads one line: no `<p>` around it. What needs a block of its own (a heading, list, table, picture or embed, a
/// second paragraph) is a finding, but `24. October` at the start of a YAML value is a date, because nothing else
/// can be meant there.
pub fn parse_inline(source: &Source<'_>) -> Checked<Body> {
    let trimmed = source.skip(source.text.len() - source.text.trim_start().len());
    let text = match &trimmed.origin {
        Origin::Field(_) => dates::escape(trimmed.text),
        Origin::Text { .. } => Cow::Borrowed(trimmed.text),
    };
    write(&Source { file: source.file, text: &text, origin: trimmed.origin.clone() }, Shape::Line)
}

fn write(source: &Source<'_>, shape: Shape) -> Checked<Body> {
    let read = events::read(source);
    let mut checked = Writer::new(source, &read.nodes, shape).write();
    checked.findings.extend(read.findings);
    checked.findings.sort_by_key(start);
    checked
}

/// Findings are told in the order of the text, not in that of the passes over it.
fn start(finding: &Finding) -> usize {
    match finding.place.as_ref().map(|place| &place.at) {
        Some(At::Span(span)) => span.start,
        _ => 0,
    }
}

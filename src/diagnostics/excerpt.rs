//! The lines in which a finding's place stands, for every rendering.

use super::{At, Place};
use crate::base::Tree;

/// The most bytes of lines that are shown; longer ones are no help, and take long to lay out.
pub(super) const LONGEST: usize = 4096;

/// The lines in which a place stands.
pub(super) struct Excerpt<'a> {
    /// The lines, without the last line's end.
    pub(super) text: &'a str,
    /// The number of the first of them, from 1.
    pub(super) line: usize,
    /// The place, in bytes of `text`.
    pub(super) span: std::ops::Range<usize>,
}

/// The lines around a place, and no more of the file; `None` where the file as a whole is meant or is not text.
pub(super) fn excerpt<'a>(place: &Place, tree: &'a Tree) -> Option<Excerpt<'a>> {
    let At::Span(span) = &place.at else { return None };
    let text = tree.text(&place.file)?;
    let start = text.floor_char_boundary(span.start);
    let end = text.floor_char_boundary(span.end).max(start);
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    // A byte order mark has no column: editors do not show it.
    let first = first + text[first..].len() - text[first..].trim_start_matches('\u{feff}').len();
    let last = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line = text[..first].bytes().filter(|byte| *byte == b'\n').count() + 1;
    let text = text[first..last.max(first)].trim_end_matches('\r');
    let within = |offset: usize| (offset.max(first) - first).min(text.len());
    let span = within(start)..within(end);
    Some(Excerpt { text, line, span })
}

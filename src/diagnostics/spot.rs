//! Where a finding is, as people and machines count it.

use super::{At, Edit, Finding, Place};
use crate::base::{Position, SourcePath, Span, Tree, position};

/// A place in lines and columns. Both count from 1, columns in characters; the end is the first column after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// The spot of a place; `None` where the file as a whole is meant, or is not text.
pub(super) fn of(place: &Place, tree: &Tree) -> Option<Spot> {
    within(&place.file, &place.at, tree)
}

fn within(file: &SourcePath, at: &At, tree: &Tree) -> Option<Spot> {
    let span = bytes(at)?;
    let text = tree.text(file)?;
    Some(Spot { start: position(text, span.start), end: position(text, span.end.max(span.start)) })
}

/// The bytes of a place; `None` where the file as a whole is meant.
pub(super) fn bytes(at: &At) -> Option<&Span> {
    match at {
        At::Span(span) => Some(span),
        At::File | At::Field(_) | At::Key(_) => None,
    }
}

/// The line in which a place begins, without its ending and without a byte order mark.
pub(super) fn line<'t>(place: &Place, tree: &'t Tree) -> Option<&'t str> {
    let number = of(place, tree)?.start.line;
    let line = tree.text(&place.file)?.lines().nth(number - 1)?;
    Some(line.trim_start_matches('\u{feff}').trim_end_matches('\r'))
}

/// A finding's corrections, each with its spot.
pub(super) fn edits<'f>(finding: &'f Finding, tree: &Tree) -> Vec<(Spot, &'f Edit)> {
    let Some(place) = &finding.place else { return Vec::new() };
    let spot = |edit: &'f Edit| Some((within(&place.file, &edit.at, tree)?, edit));
    finding.fix.iter().filter_map(spot).collect()
}

//! Findings as a terminal shows them, in rustc's manner.

use std::cmp::Ordering;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{At, Finding, Place, Severity};
use crate::base::{Tree, position};

/// Puts findings into the order in which they are shown: by file, line and code.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.title.cmp(&b.title)));
}

fn key(finding: &Finding) -> (Option<(&str, usize)>, u16) {
    let place = finding.place.as_ref().map(|place| (place.file.as_str(), start(&place.at)));
    (place, finding.code.0)
}

fn start(at: &At) -> usize {
    match at {
        At::Span(span) => span.start,
        At::File | At::Field(_) | At::Key(_) => 0,
    }
}

/// One finding with its excerpt. `styled` adds terminal colours.
pub fn render(finding: &Finding, tree: &Tree, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let code = finding.code.to_string();
    let mut group = Group::with_title(level.primary_title(finding.title.as_str()).id(code.as_str()));
    let related = finding.related.as_ref();
    let shown = related.filter(|(place, _)| excerpt(place, tree).is_some());
    let mut label = finding.label.as_str();
    for place in finding.place.iter().chain(shown.map(|(place, _)| place)) {
        group = match excerpt(place, tree) {
            Some(Excerpt { text, line, span }) if text.len() <= LONGEST => {
                let snippet = Snippet::source(text).line_start(line).path(place.file.as_str()).fold(true);
                let kind = AnnotationKind::Primary.span(span);
                group.element(snippet.annotation(if label.is_empty() { kind } else { kind.label(label) }))
            }
            Some(Excerpt { text, line, span }) => {
                let column = position(text, span.start).column;
                group.element(Origin::path(place.file.as_str()).line(line).char_column(column))
            }
            None => group.element(Origin::path(place.file.as_str())),
        };
        label = related.map_or("", |(_, why)| why.as_str());
    }
    if let Some((place, why)) = related.filter(|_| shown.is_none()) {
        group = group.element(Level::NOTE.message(format!("see {} ({why})", place.file)));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The most bytes of lines that are shown; longer ones are no help, and take long to lay out.
const LONGEST: usize = 4096;

/// The lines in which a place stands.
struct Excerpt<'a> {
    text: &'a str,
    /// The number of the first of them, from 1.
    line: usize,
    /// The place, in bytes of `text`.
    span: std::ops::Range<usize>,
}

/// The lines around a place, and no more of the file; `None` where the file as a whole is meant or is not text.
fn excerpt<'a>(place: &Place, tree: &'a Tree) -> Option<Excerpt<'a>> {
    let At::Span(span) = &place.at else { return None };
    let text = tree.text(&place.file)?;
    let start = floor(text, span.start);
    let end = floor(text, span.end).max(start);
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

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// `content/index.md:3:7`, as editors and terminals turn into links.
pub fn address(finding: &Finding, tree: &Tree) -> String {
    let Some(place) = &finding.place else { return String::new() };
    match (&place.at, tree.text(&place.file)) {
        (At::Span(span), Some(text)) => {
            let at = position(text, span.start);
            format!("{}:{}:{}", place.file, at.line, at.column)
        }
        _ => place.file.to_string(),
    }
}

/// The one sentence at the end: `2 errors and 1 warning`.
pub fn summary(findings: &[Finding]) -> String {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let warnings = findings.len() - errors;
    let counted = |number: usize, word: &str| match number.cmp(&1) {
        Ordering::Less => None,
        Ordering::Equal => Some(format!("1 {word}")),
        Ordering::Greater => Some(format!("{number} {word}s")),
    };
    let parts: Vec<String> =
        [counted(errors, "error"), counted(warnings, "warning")].into_iter().flatten().collect();
    parts.join(" and ")
}

//! Findings as a terminal shows them, in rustc's manner.

use std::cmp::Ordering;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, LONGEST, excerpt};
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

/// `content/index.md:3:7`, as editors and terminals turn into links.
pub(super) fn address(place: &Place, tree: &Tree) -> String {
    match (&place.at, tree.text(&place.file)) {
        (At::Span(span), Some(text)) => {
            let at = position(text, span.start);
            format!("{}:{}:{}", place.file, at.line, at.column)
        }
        _ => place.file.to_string(),
    }
}

/// How many errors and how many warnings there are.
pub fn count(findings: &[Finding]) -> (usize, usize) {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    (errors, findings.len() - errors)
}

/// The one sentence at the end: `2 errors and 1 warning`.
pub fn summary(findings: &[Finding]) -> String {
    let (errors, warnings) = count(findings);
    let counted = |number: usize, word: &str| match number.cmp(&1) {
        Ordering::Less => None,
        Ordering::Equal => Some(format!("1 {word}")),
        Ordering::Greater => Some(format!("{number} {word}s")),
    };
    let parts: Vec<String> =
        [counted(errors, "error"), counted(warnings, "warning")].into_iter().flatten().collect();
    parts.join(" and ")
}

//! Lists and groups in brackets: one too few, one too many, a colon or a comma where it does not belong.

use std::ops::Range;

use super::extent::{Flow, closing_quote};
use super::lines::{Entry, Line};
use super::mended::Patch;
use super::quotes::quoted;
use super::slips::Look;
use crate::diagnostics::finding;
use crate::parse::raw;

/// A value that begins with a bracket.
pub(super) fn look(look: &mut Look<'_, '_>, line: Line<'_>, found: &Entry, flow: Flow) {
    let start = found.value.start;
    if let Some(quote) = flow.quote {
        return unclosed_quote(look, line, quote);
    }
    let Some(end) = flow.end else {
        let spaced = look.source[start + 1..].starts_with(' ') && flow.missing.starts_with('}');
        let missing = if spaced { format!(" {}", flow.missing) } else { flow.missing };
        let patch = Patch::new(found.value.end..found.value.end, missing);
        let place = look.place(start..start + 1);
        let told = finding::unclosed_bracket(place, &look.rewritten(line, std::slice::from_ref(&patch)));
        return look.slip(told, vec![patch], false, true);
    };
    inside(look, line, start..end);
    let rest = look.source[end..].lines().next().unwrap_or("").trim_end();
    if end > line.end() || rest.trim().is_empty() || rest.trim_start().starts_with('#') {
        return;
    }
    if rest.trim().chars().all(|c| c == ']' || c == '}') {
        let patch = Patch::new(end..end + rest.len(), "");
        let place = look.place(end + rest.len() - rest.trim_start().len()..end + rest.len());
        let told = finding::bracket_too_many(place, &look.rewritten(line, std::slice::from_ref(&patch)));
        look.slip(told, vec![patch], false, true);
    } else {
        let mark = look.source[start..].chars().next().unwrap_or('[');
        look.quote(line, found, false, |place, line| finding::mark_before_text(place, mark, line));
    }
}

/// A quotation mark inside that opens a text and does not close it: it ends before the next comma or bracket.
fn unclosed_quote(look: &mut Look<'_, '_>, line: Line<'_>, quote: usize) {
    let rest = &look.source[quote..line.end().max(quote)];
    let end = quote + rest.find([',', ']', '}']).unwrap_or(rest.len());
    let patch = Patch::new(end..end, &look.source[quote..quote + 1]);
    let written = look.rewritten(line, std::slice::from_ref(&patch));
    look.slip(finding::unclosed_quote(look.place(quote..quote + 1), &written), vec![patch], false, true);
}

/// Looks for a second colon between two commas of a group.
fn inside(look: &mut Look<'_, '_>, line: Line<'_>, span: Range<usize>) {
    let source = look.source;
    let mut groups: Vec<bool> = Vec::new();
    // Where the value of the field that is read begins.
    let mut value: Option<usize> = None;
    let mut at = span.start;
    while at < span.end {
        let Some(character) = source[at..].chars().next() else { return };
        let mut next = at + character.len_utf8();
        match character {
            '{' | '[' => {
                groups.push(character == '{');
                value = None;
            }
            '}' | ']' => {
                groups.pop();
                value = None;
            }
            ',' => value = None,
            '"' | '\'' if source[..at].trim_end().ends_with(['[', '{', ',', ':']) => {
                next = closing_quote(source, at, span.end).unwrap_or(next);
            }
            ':' if groups.last() == Some(&true) && source[next..].starts_with(' ') => match value {
                None => value = Some(next + 1),
                Some(value) => return second_colon(look, line, value, at, span.end),
            },
            _ => {}
        }
        at = next;
    }
}

/// A value that begins at `value` has a colon at `colon`: a comma is missing before a field, or quotes around a text.
fn second_colon(look: &mut Look<'_, '_>, line: Line<'_>, value: usize, colon: usize, limit: usize) {
    let source = look.source;
    let word = source[value..colon].rfind(' ').map_or(value, |space| value + space + 1);
    if word > value && raw::is_field(&source[word..colon]) {
        let before = source[..word].trim_end().len();
        let patch = Patch::new(before..before, ",");
        let written = look.rewritten(line, std::slice::from_ref(&patch));
        let told = finding::no_comma(look.place(word..colon), &source[word..colon], &written);
        return look.slip(told, vec![patch], false, true);
    }
    let end = source[value..limit].find([',', '}']).map_or(limit, |end| value + end);
    let text = source[value..end].trim();
    let start = value + source[value..end].len() - source[value..end].trim_start().len();
    let span = start..start + text.len();
    let patch = Patch::new(span.clone(), quoted(text));
    let written = look.rewritten(line, std::slice::from_ref(&patch));
    look.slip(finding::colon_in_text(look.place(span), &written), vec![patch], false, true);
}

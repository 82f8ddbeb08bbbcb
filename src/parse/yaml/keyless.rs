//! Lines that should have a key and seem to have none.

use std::ops::Range;

use super::lines::{Entry, Line, is_odd};
use super::mended::Patch;
use super::slips::{Look, name_of};
use crate::diagnostics::finding;
use crate::parse::raw;

/// A full-width colon, as keyboards for Chinese and Japanese type it.
const WIDE: char = '：';

/// What keeps a line from having a key.
enum Reason {
    WideColon,
    OddSpace(char),
    NoSpace,
    NoColon,
}

/// A line that is neither a field nor an entry of a list, nor a part of the value above it.
pub(super) fn look(look: &mut Look<'_, '_>, line: Line<'_>, found: &Entry) {
    let text = look.source[found.start..line.end()].trim_end();
    let whole = found.start..found.start + text.len();
    let Some((reason, at, patch)) = reason(text, found.column == 0) else {
        if found.column == 0 {
            let told = finding::no_field(look.place(whole.clone()));
            look.slip(told, vec![Patch::new(whole, "")], false, false);
        }
        return;
    };
    let shift = |range: Range<usize>| range.start + found.start..range.end + found.start;
    let patch = Patch::new(shift(patch.span), patch.text);
    let written = look.rewritten(line, std::slice::from_ref(&patch));
    let key = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default();
    let told = match reason {
        Reason::WideColon => finding::wide_colon(look.place(shift(at)), &written),
        Reason::OddSpace(odd) => finding::odd_space(look.place(shift(at)), name_of(odd)),
        Reason::NoSpace => finding::no_space_after_colon(look.place(whole), key, &written),
        Reason::NoColon => finding::no_colon(look.place(whole), key, &written),
    };
    look.slip(told, vec![patch], false, true);
}

/// Why a text has no key, where that is, and what puts it right; `None` where it is no field at all.
fn reason(text: &str, outermost: bool) -> Option<(Reason, Range<usize>, Patch)> {
    let word = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    let (key, rest) = text.split_at(word);
    if key.is_empty() || key.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let gap = word + spaces(rest);
    let after = &text[gap..];
    if let Some(value) = after.strip_prefix(WIDE) {
        let colon = gap..gap + WIDE.len_utf8();
        let patch = Patch::new(word..colon.end + spaces(value), ": ");
        return Some((Reason::WideColon, colon, patch));
    }
    if let Some(value) = rest.strip_prefix(':') {
        let from = word + 1;
        return match value.chars().next()? {
            odd if is_odd(odd) => {
                let patch = Patch::new(from..from + spaces(value), " ");
                Some((Reason::OddSpace(odd), from..from + odd.len_utf8(), patch))
            }
            '/' => None,
            _ => {
                let plain = raw::plain(key);
                let key = if raw::is_field(&plain) { plain.as_str() } else { key };
                Some((Reason::NoSpace, from..from, Patch::new(0..from, format!("{key}: "))))
            }
        };
    }
    if after.starts_with("= ") {
        return Some((Reason::NoColon, word..gap + 1, Patch::new(word..gap + 1, ":")));
    }
    let known = outermost && raw::is_field(key) && rest.starts_with(' ') && !after.is_empty();
    known.then(|| (Reason::NoColon, word..word, Patch::new(word..word, ":")))
}

/// How many bytes of white space a text begins with, odd ones too.
fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c == ' ' || is_odd(c)).len()
}

//! How far a value reaches: to the end of its line, or over lines that stand further in.

use std::ops::Range;

use memchr::memchr2;

use super::lines::{Entry, Line, entry, lines};

/// The lines below an entry's own that may belong to its value. Brackets and quotes may go on at the margin, so for them
/// only a line with a key of its own ends it.
fn region<'s>(source: &'s str, line: Line<'_>, of: &Entry, lenient: bool) -> impl Iterator<Item = Line<'s>> {
    let least = if of.key.is_some() { of.inner } else { of.column };
    let ends = move |other: &Line<'_>| {
        let outside = !other.text.trim().is_empty() && other.column() <= least;
        outside && (!lenient || entry(*other).key.is_some())
    };
    lines(source, after(source, line)).take_while(move |other| !ends(other))
}

/// The first byte after the lines that may belong to an entry's value.
pub(super) fn limit(source: &str, line: Line<'_>, of: &Entry, lenient: bool) -> usize {
    region(source, line, of, lenient).last().map_or(line.end(), |last| last.end())
}

/// Where the next line begins.
pub(super) fn after(source: &str, line: Line<'_>) -> usize {
    source[line.end()..].find('\n').map_or(source.len(), |at| line.end() + at + 1)
}

/// The first byte after the quotation mark that closes the one at `open`.
pub(super) fn closing_quote(source: &str, open: usize, limit: usize) -> Option<usize> {
    let bytes = source.as_bytes().get(..limit)?;
    let mark = *bytes.get(open)?;
    let escape = if mark == b'"' { b'\\' } else { mark };
    let mut from = open + 1;
    loop {
        let at = from + memchr2(mark, escape, bytes.get(from..)?)?;
        let doubled = mark == b'\'' && bytes.get(at + 1) == Some(&mark);
        if bytes[at] == mark && !doubled {
            return Some(at + 1);
        }
        // What is escaped is passed over; the other bytes of a character are none of these marks.
        from = at + 2;
    }
}

/// What a list or group in brackets looks like.
pub(super) struct Flow {
    /// The first byte after its last bracket; `None` where one is missing.
    pub(super) end: Option<usize>,
    /// The brackets that are missing, in order.
    pub(super) missing: String,
    /// A quotation mark inside that is never closed.
    pub(super) quote: Option<usize>,
}

/// Reads brackets from the one at `open`. Quoted texts within are passed over.
pub(super) fn flow(source: &str, open: usize, limit: usize) -> Flow {
    let mut stack: Vec<char> = Vec::new();
    let mut at = open;
    // The last character that is no white space: a quotation mark opens a text only behind one of these.
    let mut last = ',';
    while let Some(character) = source[at..limit.max(at)].chars().next() {
        let mut next = at + character.len_utf8();
        match character {
            '[' => stack.push(']'),
            '{' => stack.push('}'),
            ']' | '}' => {
                stack.pop();
                if stack.is_empty() {
                    return Flow { end: Some(next), missing: String::new(), quote: None };
                }
            }
            '"' | '\'' if matches!(last, '[' | '{' | ',' | ':') => {
                let Some(end) = closing_quote(source, at, limit) else {
                    return Flow { end: None, missing: String::new(), quote: Some(at) };
                };
                next = end;
            }
            _ => {}
        }
        last = if character.is_whitespace() { last } else { character };
        at = next;
    }
    Flow { end: None, missing: stack.into_iter().rev().collect(), quote: None }
}

/// The whole of a plain text that goes on over several lines, without white space at its end.
pub(super) fn plain(source: &str, line: Line<'_>, of: &Entry) -> Range<usize> {
    let mut end = of.value.end;
    for other in region(source, line, of, false) {
        let text = other.text.trim();
        if text.starts_with("- ") || text.starts_with('#') || entry(other).key.is_some() {
            break;
        }
        if !text.is_empty() {
            end = other.start + other.text.trim_end().len();
        }
    }
    of.value.start..end
}

/// Whether a value begins a block of text: `|` or `>`, perhaps with marks for its last line break and its indentation.
pub(super) fn begins_block(value: &str) -> bool {
    let Some(rest) = value.strip_prefix(['|', '>']) else { return false };
    let rest = rest.trim_start_matches(|c: char| c == '-' || c == '+' || c.is_ascii_digit());
    rest.is_empty() || rest.trim_start().starts_with('#') && rest.starts_with(' ')
}

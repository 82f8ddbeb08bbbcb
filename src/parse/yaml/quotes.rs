//! Quotation marks: those that YAML needs, those that it does not know, and those that lack their other half.

use super::lines::{Entry, Line};
use super::mended::Patch;
use super::slips::Look;
use crate::diagnostics::finding;

/// A text as YAML takes it whatever it holds: in double quotes, or in single ones where it holds double ones itself.
pub(in crate::parse) fn quoted(text: &str) -> String {
    if text.contains('"') && !text.contains('\'') && !text.contains('\n') {
        return format!("'{text}'");
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A value that begins with a straight quotation mark. `end` is behind the one that closes it.
pub(super) fn straight(look: &mut Look<'_, '_>, line: Line<'_>, found: &Entry, end: Option<usize>) {
    let start = found.value.start;
    let value = &look.source[found.value.clone()];
    let Some(mark) = value.chars().next() else { return };
    let Some(end) = end else { return unclosed(look, line, found, mark) };
    let rest = look.source[end..line.end().max(end)].trim();
    if rest.is_empty() || rest.starts_with('#') {
        return;
    }
    let text = meant(value, mark, end - start);
    let patch = Patch::new(found.value.clone(), quoted(text));
    let place = look.place(found.value.clone());
    let told = finding::words_after_quote(place, &look.rewritten(line, std::slice::from_ref(&patch)));
    look.slip(told, vec![patch], false, true);
}

/// What was meant by a value that goes on behind its second quotation mark, which ends at `second`: its first and last
/// mark are YAML's where the second one opens a quotation inside, or is an apostrophe; else all of them are the text's.
fn meant(value: &str, mark: char, second: usize) -> &str {
    let closes = value.len() > second && value.ends_with(mark);
    let before = value[..second - 1].chars().next_back();
    let opens = before.is_some_and(|c| c.is_whitespace() || "(—–-".contains(c));
    let after = value[second..].chars().next();
    let apostrophe = mark == '\'' && after.is_some_and(char::is_alphabetic);
    if closes && (opens || apostrophe) { &value[1..value.len() - 1] } else { value }
}

fn unclosed(look: &mut Look<'_, '_>, line: Line<'_>, found: &Entry, mark: char) {
    let value = &look.source[found.value.clone()];
    let patch = if mark == '"' && !value.ends_with('\\') {
        Patch::new(found.value.end..found.value.end, "\"")
    } else {
        Patch::new(found.value.clone(), quoted(value))
    };
    let place = look.place(found.value.start..found.value.start + 1);
    let told = finding::unclosed_quote(place, &look.rewritten(line, std::slice::from_ref(&patch)));
    look.slip(told, vec![patch], false, true);
}

/// Fields in which curly quotation marks are words like others.
const TEXTS: [&str; 22] = [
    "title",
    "name",
    "summary",
    "tagline",
    "about",
    "quote",
    "text",
    "label",
    "caption",
    "alt",
    "credit",
    "note",
    "hours_note",
    "key_points",
    "dateline",
    "meet_at",
    "parking",
    "transit",
    "access",
    "bring",
    "role",
    "tags",
];

/// Whether a field holds words that people read.
pub(super) fn is_text(key: &str) -> bool {
    TEXTS.contains(&key)
}

/// A value that begins with a curly quotation mark.
pub(super) fn curly(look: &mut Look<'_, '_>, line: Line<'_>, found: &Entry) {
    let value = &look.source[found.value.clone()];
    let key = found.key.clone().map_or("", |key| &look.source[key]);
    let is_text = key.is_empty() || is_text(key);
    let breaks = value.contains(": ") || value.ends_with(':') || value.contains(" #");
    let Some(inner) = enclosed(value) else {
        if breaks {
            look.quote(line, found, false, finding::colon_in_text);
        } else {
            look.plain_text(line, found);
        }
        return;
    };
    let patch = Patch::new(found.value.clone(), quoted(inner));
    let written = look.rewritten(line, std::slice::from_ref(&patch));
    let place = look.place(found.value.clone());
    if is_text && !breaks {
        look.slip(finding::curly_quotes_shown(place, &written), Vec::new(), true, false);
    } else {
        look.slip(finding::curly_quotes(place, &written), vec![patch], true, true);
    }
}

/// The text between curly quotation marks that stand around the whole of it.
fn enclosed(value: &str) -> Option<&str> {
    let inner = value.strip_prefix(OPENING)?.strip_suffix(CLOSING)?;
    // “Enough,” she said, “is enough” begins and ends with one, too.
    (!inner.contains(OPENING) || !inner.contains(CLOSING)).then_some(inner)
}

const OPENING: [char; 7] = ['“', '„', '«', '»', '‘', '‚', '‹'];
const CLOSING: [char; 7] = ['”', '“', '»', '«', '’', '‘', '›'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_what_they_have_to() {
        for (text, expected) in [
            ("Day 2: x", "\"Day 2: x\""),
            ("She said \"no\": twice", "'She said \"no\": twice'"),
            ("Don't say \"no\"", "\"Don't say \\\"no\\\"\""),
            ("a\\b", "\"a\\\\b\""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn marks_of_the_text_are_told_from_those_of_yaml() {
        for (value, second, expected) in [
            ("'Don't wait'", 5, "Don't wait"),
            ("\"She said \"no\" today\"", 11, "She said \"no\" today"),
            ("\"Enough\" say nurses", 8, "\"Enough\" say nurses"),
            ("\"Enough\" and \"more\"", 8, "\"Enough\" and \"more\""),
        ] {
            assert_eq!(meant(value, value.chars().next().unwrap(), second), expected);
        }
    }

    #[test]
    fn only_marks_around_the_whole_enclose_it() {
        assert_eq!(enclosed("“Day 2”"), Some("Day 2"));
        assert_eq!(enclosed("„Tag 2“"), Some("Tag 2"));
        assert_eq!(enclosed("“Care can’t wait”"), Some("Care can’t wait"));
        assert_eq!(enclosed("“Enough,” say nurses"), None);
        assert_eq!(enclosed("“Enough,” she said, “is enough”"), None);
    }
}

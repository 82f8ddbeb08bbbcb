//! Cuts YAML into lines, keys and values, as far as that can be told without reading it as YAML.

use std::ops::Range;

/// A line without its end, and where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'s> {
    pub(super) start: usize,
    pub(super) text: &'s str,
}

impl Line<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// How many bytes of white space it begins with, odd ones too.
    pub(super) fn indent(&self) -> usize {
        let spaces = self.spaces();
        let rest = &self.text[spaces..];
        spaces + rest.len() - rest.trim_start_matches(is_space).len()
    }

    /// How far in it stands: a tab counts as two columns, for that is what it is put right to.
    pub(super) fn column(&self) -> usize {
        let spaces = self.spaces();
        spaces + self.text[spaces..].chars().take_while(|c| is_space(*c)).map(width).sum::<usize>()
    }

    /// How many plain spaces it begins with: nearly every margin is nothing else.
    fn spaces(&self) -> usize {
        self.text.bytes().take_while(|byte| *byte == b' ').count()
    }

    /// Whether it has nothing that is read.
    pub(super) fn is_idle(&self) -> bool {
        let text = &self.text[self.indent()..];
        text.is_empty() || text.starts_with('#')
    }
}

/// The lines from an offset on, which is the beginning of one.
pub(super) fn lines(source: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    source[from..].split_inclusive('\n').map(move |whole| {
        let line = Line { start, text: whole.trim_end_matches(['\n', '\r']) };
        start += whole.len();
        line
    })
}

/// How the lines of a text end.
pub(in crate::parse) fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// White space that indentation may be made of, whether YAML allows it or not.
pub(super) fn is_space(c: char) -> bool {
    c == ' ' || c == '\t' || is_odd(c)
}

/// What looks like a space, or like nothing, and is not YAML's space.
pub(super) fn is_odd(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}'
    )
}

/// How many columns a space is put right to.
pub(super) fn width(c: char) -> usize {
    match c {
        '\t' => 2,
        '\u{200b}' | '\u{2060}' | '\u{feff}' => 0,
        _ => 1,
    }
}

/// White space as it is put right.
pub(super) fn spaces(odd: &str) -> String {
    " ".repeat(odd.chars().map(width).sum())
}

/// What a line says: perhaps a dash or several, perhaps a key, perhaps a value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// How far in the first dash, key or value stands.
    pub(super) column: usize,
    /// How far in the key or the value stands; the same as `column` where there is no dash.
    pub(super) inner: usize,
    /// Where the key or the value begins.
    pub(super) start: usize,
    /// Bytes of the key.
    pub(super) key: Option<Range<usize>>,
    /// Bytes of the value, without white space around it; empty where there is none.
    pub(super) value: Range<usize>,
}

impl Entry {
    pub(super) fn is_item(&self) -> bool {
        self.inner > self.column
    }
}

/// Reads a line that is not idle.
pub(super) fn entry(line: Line<'_>) -> Entry {
    let column = line.column();
    let (mut at, mut inner) = (line.indent(), column);
    while let Some(rest) =
        line.text[at..].strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' '))
    {
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        at += 1 + spaces;
        inner += 1 + spaces;
    }
    let rest = &line.text[at..];
    let start = line.start + at;
    let (key, after) = match key_length(rest) {
        Some(length) => (Some(start..start + length), length + rest[length..].find(':').unwrap_or(0) + 1),
        None => (None, 0),
    };
    let value = rest[after..].trim_end();
    let comment = value.trim_start();
    let value = if comment == "#" || comment.starts_with("# ") { "" } else { value };
    let from = start + after + value.len() - value.trim_start_matches([' ', '\t']).len();
    let value = from..(start + after + value.len()).max(from);
    Entry { column, inner, start, key, value }
}

/// How many bytes the key takes, without what stands between it and its colon.
fn key_length(text: &str) -> Option<usize> {
    if let Some(mark @ ('"' | '\'')) = text.chars().next() {
        let end = text[1..].find(mark)? + 2;
        return text[end..]
            .trim_start()
            .starts_with(": ")
            .then_some(end)
            .or_else(|| (text[end..].trim() == ":").then_some(end));
    }
    if text.starts_with(['[', '{', '#', '&', '*', '!', '|', '>', '%', '@', '`']) {
        return None;
    }
    let colon = text.match_indices(':').map(|(at, _)| at).find(|at| {
        let after = &text[at + 1..];
        after.is_empty() || after.starts_with([' ', '\t'])
    })?;
    let key = text[..colon].trim_end_matches(' ');
    // A comment, or a flow that began before it, is no key.
    let plain = !key.is_empty() && !key.contains(" #") && !key.contains(['{', '[', '"']);
    plain.then_some(key.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (usize, usize, Option<&str>, &str) {
        let found = entry(Line { start: 0, text });
        (found.column, found.inner, found.key.map(|key| &text[key]), &text[found.value])
    }

    #[test]
    fn a_line_is_dashes_key_and_value() {
        for (text, expected) in [
            ("title: Day 2: x", (0, 0, Some("title"), "Day 2: x")),
            ("  - days: mon  ", (2, 4, Some("days"), "mon")),
            ("- - x", (0, 4, None, "x")),
            ("shifts:", (0, 0, Some("shifts"), "")),
            ("shifts: # two of them", (0, 0, Some("shifts"), "")),
            ("\"a: b\": c", (0, 0, Some("\"a: b\""), "c")),
            ("https://x.example/", (0, 0, None, "https://x.example/")),
            ("  - { days: mon }", (2, 4, None, "{ days: mon }")),
            ("\t- x", (2, 4, None, "x")),
            ("-117.4", (0, 0, None, "-117.4")),
            ("old/path : x", (0, 0, Some("old/path"), "x")),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }
}

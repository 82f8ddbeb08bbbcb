//! Cuts a document into front matter and text.

use std::ops::Range;

use super::raw;
use crate::base::SourcePath;
use crate::diagnostics::{At, Edit, Finding, Place, finding};

/// The most bytes of a text.
const MOST_BODY: usize = 1024 * 1024;

/// Where the YAML and the text of a document stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// The bytes between the two `---` lines.
    pub(super) yaml: Range<usize>,
    /// The first byte of the text.
    pub(super) body: usize,
}

/// A document's parts, and what is wrong with the lines between them.
pub(super) struct Split {
    /// `None` where it cannot be told what is what.
    pub(super) parts: Option<Parts>,
    pub(super) findings: Vec<Finding>,
}

/// Finds the two `---` lines. A byte order mark in front and CRLF at the ends of lines are as good as none. Where a line
/// is missing or mistyped and it is plain what was meant, that is told, and the document is read all the same.
pub(super) fn split(file: &SourcePath, text: &str) -> Split {
    let mut splitter = Splitter { file, text, lines: lines(text), findings: Vec::new(), told_of_end: false };
    let parts = splitter.split().filter(|parts| {
        let long = text.len() - parts.body > MOST_BODY;
        if long {
            let place = Place::span(file, parts.body..parts.body);
            splitter.findings.push(finding::too_long(place, "the text", "1 MiB"));
        }
        !long
    });
    Split { parts, findings: splitter.findings }
}

/// Bytes of each line, with its end; a byte order mark is no part of the first.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = Vec::new();
    for line in text[at..].split_inclusive('\n') {
        lines.push(at..at + line.len());
        at += line.len();
        // Front matter is short: what lies beyond is text, whatever it holds.
        if lines.len() > MOST_LINES {
            break;
        }
    }
    lines
}

/// The most lines in which the two `---` are looked for; 64 KiB of front matter have fewer.
const MOST_LINES: usize = 70_000;

struct Splitter<'t> {
    file: &'t SourcePath,
    text: &'t str,
    lines: Vec<Range<usize>>,
    findings: Vec<Finding>,
    /// Whether it is told already that there is no `---` below the fields.
    told_of_end: bool,
}

impl<'t> Splitter<'t> {
    fn split(&mut self) -> Option<Parts> {
        let first = self.open()?;
        self.close(first)
    }

    fn line(&self, index: usize) -> &'t str {
        self.lines.get(index).map_or("", |line| &self.text[line.clone()])
    }

    /// Where a line begins; the end of the text behind the last one.
    fn start(&self, index: usize) -> usize {
        self.lines
            .get(index)
            .or(self.lines.last())
            .map_or(self.text.len(), |line| if index < self.lines.len() { line.start } else { line.end })
    }

    /// A line without white space at its end.
    fn words(&self, index: usize) -> Range<usize> {
        let start = self.start(index);
        start..start + self.line(index).trim_end().len()
    }

    fn is_blank(&self, index: usize) -> bool {
        self.line(index).trim().is_empty()
    }

    /// The end of a line, as this file has it.
    fn line_end(&self) -> &'static str {
        if self.line(0).ends_with("\r\n") { "\r\n" } else { "\n" }
    }

    fn tell(&mut self, told: Finding, span: Range<usize>, text: String) {
        self.findings.push(told.corrected_by(vec![Edit { at: At::Span(span), text }]));
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::span(self.file, span)
    }

    /// Looks for the first `---`, and gives the first line after it.
    fn open(&mut self) -> Option<usize> {
        let first = (0..self.lines.len()).find(|index| !self.is_blank(*index)).unwrap_or(0);
        let words = self.words(first);
        let start = self.start(0);
        match self.line(first).trim_end() {
            "---" if first == 0 => return Some(1),
            "---" => {
                let told = finding::lines_before_fence(self.place(start..start));
                self.tell(told, start..words.start, String::new());
                return Some(first + 1);
            }
            line if is_near(line) && self.is_field(first + 1) => {
                let told = finding::fence_mistyped(self.place(words.clone()), line.trim());
                self.tell(told, start..words.end, "---".to_owned());
                return Some(first + 1);
            }
            _ => {}
        }
        if self.is_field(first) {
            return Some(self.unfenced(first, start..words.start));
        }
        let form = match self.line(first).trim_end() {
            "+++" => Some("TOML"),
            line if line.starts_with('{') => Some("JSON"),
            _ => None,
        };
        self.findings.push(match form {
            Some(form) => finding::front_matter_in_another_form(self.place(words), form),
            None => finding::no_front_matter(self.file),
        });
        None
    }

    /// Fields from the first line on, with nothing above them, and perhaps nothing below.
    fn unfenced(&mut self, first: usize, above: Range<usize>) -> usize {
        let open = Edit { at: At::Span(above.clone()), text: format!("---{}", self.line_end()) };
        let place = self.place(above.start..above.start);
        if self.closing(first).is_some() {
            self.findings.push(finding::no_first_fence(place, None).corrected_by(vec![open]));
        } else {
            let end = self.end_of_fields(first);
            let told = finding::no_first_fence(place, Some(end)).corrected_by(vec![open, self.fence_at(end)]);
            self.findings.push(told);
            self.told_of_end = true;
        }
        first
    }

    /// A line `---` in front of a line.
    fn fence_at(&self, line: usize) -> Edit {
        let at = self.start(line);
        let begins = self.text[..at].ends_with('\n');
        let before = if begins { "" } else { self.line_end() };
        Edit { at: At::Span(at..at), text: format!("{before}---{}", self.line_end()) }
    }

    /// Looks for the second `---`, from the first line of the fields on.
    fn close(&mut self, first: usize) -> Option<Parts> {
        let from = self.start(first);
        let parts = |from, close: usize, body: usize| Some(Parts { yaml: from..close, body });
        let mut close = self.closing(first);
        if let Some(second) = close
            && (first..second).all(|index| self.is_blank(index))
            && self.is_field(second + 1)
            && self.closing(second + 1).is_some()
        {
            let told = finding::fence_twice(self.place(self.words(second)));
            self.tell(told, self.start(second)..self.start(second + 1), String::new());
            let third = self.closing(second + 1)?;
            return parts(self.start(second + 1), self.start(third), self.start(third + 1));
        }
        // Where words have come between, there is a blank line.
        let all = close.filter(|close| !(first..*close).any(|index| self.is_blank(index)));
        if let Some(close) = all {
            return parts(from, self.start(close), self.start(close + 1));
        }
        let end = self.end_of_fields(first);
        if close.is_some_and(|close| end < close && self.is_prose(end..close)) {
            close = None;
        }
        if let Some(close) = close {
            return parts(from, self.start(close), self.start(close + 1));
        }
        if is_near(self.line(end).trim_end()) {
            let words = self.words(end);
            let told = finding::fence_mistyped(self.place(words.clone()), self.line(end).trim());
            self.tell(told, words, "---".to_owned());
            return parts(from, self.start(end), self.start(end + 1));
        }
        let at = self.start(end);
        if !self.told_of_end {
            let fence = self.words(first.saturating_sub(1));
            let typed = self.text[fence.clone()].trim_start().len();
            let place = self.place(fence.end - typed..fence.end);
            let told = finding::unclosed_front_matter(place, end).corrected_by(vec![self.fence_at(end)]);
            self.findings.push(told);
        }
        parts(from, at, at)
    }

    /// The line of the next `---`.
    fn closing(&self, from: usize) -> Option<usize> {
        (from..self.lines.len()).find(|index| self.line(*index).trim_end() == "---")
    }

    /// The first line that is no field, none of its lines below it, and no comment.
    fn end_of_fields(&self, first: usize) -> usize {
        let belongs = |index: &usize| {
            let line = self.line(*index);
            let deeper = line.starts_with([' ', '\t', '-', '#', ']', '}']) && !is_near(line.trim_end());
            !self.is_blank(*index) && (deeper || key(line).is_some())
        };
        (first..self.lines.len()).find(|index| !belongs(index)).unwrap_or(self.lines.len())
    }

    /// Whether lines begin with a blank one and then hold words and no field: they are text, and a `---` below them is a
    /// line across the page.
    fn is_prose(&self, range: Range<usize>) -> bool {
        let mut filled = range.clone().filter(|index| !self.is_blank(*index));
        let words = filled.next().is_some_and(|index| {
            let line = self.line(index);
            key(line).is_none() && line.starts_with(char::is_alphabetic)
        });
        self.is_blank(range.start) && words && !range.into_iter().any(|index| self.is_field(index))
    }

    /// Whether a line is a field of ours.
    fn is_field(&self, index: usize) -> bool {
        key(self.line(index)).is_some_and(|key| raw::is_field(&raw::plain(key)))
    }
}

/// The key of a line that begins with one.
fn key(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once([':', '：'])?;
    let fits =
        !key.is_empty() && key.chars().count() <= 30 && !key.starts_with([' ', '\t', '-', '#', '[', '{']);
    let plain = key.chars().all(|c| c.is_alphanumeric() || " _-/.\"'\u{a0}".contains(c));
    (fits && plain && !rest.starts_with("//")).then_some(key.trim())
}

/// Whether a line is what keyboards and word processors make of `---`.
fn is_near(line: &str) -> bool {
    let dashes = line.trim();
    let all =
        !dashes.is_empty() && dashes.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '―' | '_' | '='));
    all && dashes != "-" && dashes.chars().count() <= 10
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The YAML, the text, and the codes of what is told.
    fn cut(text: &str) -> (Option<(&str, &str)>, Vec<u16>) {
        let file = SourcePath::new("content/x.md").unwrap();
        let split = split(&file, text);
        let parts = split.parts.map(|parts| (&text[parts.yaml], &text[parts.body..]));
        (parts, split.findings.iter().map(|finding| finding.code.0).collect())
    }

    #[test]
    fn two_fences_are_found() {
        let right = Some(("title: x\n", "Words.\n"));
        for (text, codes) in [
            ("---\ntitle: x\n---\nWords.\n", &[][..]),
            ("\u{feff}---\ntitle: x\n---  \nWords.\n", &[]),
            ("\n\n---\ntitle: x\n---\nWords.\n", &[248]),
            ("----\ntitle: x\n---\nWords.\n", &[247]),
            ("—\ntitle: x\n---\nWords.\n", &[247]),
            (" ---\ntitle: x\n---\nWords.\n", &[247]),
            ("---\ntitle: x\n----\nWords.\n", &[247]),
            ("---\n---\ntitle: x\n---\nWords.\n", &[250]),
            ("title: x\n---\nWords.\n", &[249]),
            ("---\ntitle: x\nWords.\n", &[202]),
        ] {
            assert_eq!(cut(text), (right, codes.to_vec()), "{text:?}");
        }
        assert_eq!(cut("---\ntitle: x\n\nWords.\n\n---\n\nMore.\n").1, [202]);
        assert_eq!(cut("---\ntitle: x\n\n---\n\n---\n"), (Some(("title: x\n\n", "\n---\n")), vec![]));
        assert_eq!(cut("title: x\nWords.\n"), (Some(("title: x\n", "Words.\n")), vec![249]));
        assert_eq!(cut("+++\ntitle = \"x\"\n+++\nWords.\n"), (None, vec![290]));
        assert_eq!(cut("{ \"title\": \"x\" }\n"), (None, vec![290]));
        assert_eq!(cut("Words.\n"), (None, vec![201]));
        assert_eq!(cut(""), (None, vec![201]));
        assert_eq!(cut("---\n---\n"), (Some(("", "")), vec![]));
    }
}

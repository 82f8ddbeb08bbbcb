//! Corrections that change no meaning, put together for each file, and shown line by line before they are made.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Code, Finding, spot};
use crate::base::{Lines, SourcePath, Tree};

/// What is corrected in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Which file.
    pub file: SourcePath,
    /// The whole text as it is to be; nothing but what [`Correction::changes`] shows is another.
    pub after: String,
    /// What is corrected, in order.
    pub changes: Vec<Change>,
}

/// One finding's correction, as people look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The finding's code.
    pub code: Code,
    /// What is wrong.
    pub title: String,
    /// Each stretch of lines that is another then.
    pub hunks: Vec<Hunk>,
}

/// Neighbouring lines before and after a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// The number of the first of them, from 1.
    pub line: usize,
    /// As they stand.
    pub before: Vec<String>,
    /// As they are to be.
    pub after: Vec<String>,
}

/// A text in place of some bytes.
type Replacement<'f> = (Range<usize>, &'f str);

/// What is corrected in one file so far.
#[derive(Default)]
struct Accepted<'f> {
    /// Each finding, and its replacements in order.
    findings: Vec<(&'f Finding, Vec<Replacement<'f>>)>,
    /// The replaced ranges, from their beginnings to their ends.
    spans: BTreeMap<usize, usize>,
}

impl<'f> Accepted<'f> {
    /// Accepts a finding's replacements, unless one of them meets another's.
    fn accept(&mut self, finding: &'f Finding, edits: Vec<Replacement<'f>>) {
        if edits.iter().any(|(span, _)| self.meets(span)) {
            return;
        }
        for (span, _) in &edits {
            let end = self.spans.entry(span.start).or_insert(span.end);
            *end = span.end.max(*end);
        }
        self.findings.push((finding, edits));
    }

    /// Whether a range touches the same bytes as one of ours, or begins at the same point.
    fn meets(&self, span: &Range<usize>) -> bool {
        let before = self.spans.range(..=span.start).next_back();
        let after = self.spans.range(span.start..).next();
        before.is_some_and(|(start, end)| *start == span.start || *end > span.start)
            || after.is_some_and(|(start, _)| *start < span.end)
    }
}

/// All corrections that can be made at once. Where two meet, the first is made; the other has its turn when the file is
/// looked at again.
pub fn corrections(findings: &[Finding], tree: &Tree) -> Vec<Correction> {
    let mut files: BTreeMap<&SourcePath, Accepted<'_>> = BTreeMap::new();
    for finding in findings {
        let Some(place) = finding.place.as_ref().filter(|_| !finding.fix.is_empty()) else { continue };
        let Some(mut edits) = replacements(finding) else { continue };
        edits.sort_by_key(|(span, _)| (span.start, span.end));
        files.entry(&place.file).or_default().accept(finding, edits);
    }
    files.into_iter().filter_map(|(file, accepted)| correction(file, &accepted.findings, tree)).collect()
}

fn replacements(finding: &Finding) -> Option<Vec<Replacement<'_>>> {
    finding.fix.iter().map(|edit| Some((spot::bytes(&edit.at)?.clone(), edit.text.as_str()))).collect()
}

fn correction(
    file: &SourcePath,
    accepted: &[(&Finding, Vec<Replacement<'_>>)],
    tree: &Tree,
) -> Option<Correction> {
    let before = tree.text(file)?;
    let mut all: Vec<Replacement<'_>> =
        accepted.iter().flat_map(|(_, edits)| edits.iter().cloned()).collect();
    all.sort_by_key(|(span, _)| (span.start, span.end));
    let after = replaced(before, &all)?;
    let lines = Lines::of(before);
    let changes = accepted.iter().map(|(finding, edits)| Change {
        code: finding.code,
        title: finding.title.clone(),
        hunks: hunks(before, &lines, edits),
    });
    (after != before).then(|| Correction { file: file.clone(), after, changes: changes.collect() })
}

/// The text with replacements, which are in order; `None` where one of them is not of this text.
fn replaced(before: &str, edits: &[Replacement<'_>]) -> Option<String> {
    let mut after = String::with_capacity(before.len() + 64);
    let mut from = 0;
    for (span, text) in edits {
        after.push_str(before.get(from..span.start)?);
        after.push_str(text);
        from = span.end;
    }
    after.push_str(before.get(from..)?);
    Some(after)
}

/// The lines that replacements touch; those that touch the same lines are one hunk.
fn hunks(before: &str, numbers: &Lines, edits: &[Replacement<'_>]) -> Vec<Hunk> {
    let mut groups: Vec<(Range<usize>, Vec<Replacement<'_>>)> = Vec::new();
    for edit in edits {
        let lines = lines_around(before, &edit.0);
        match groups.last_mut().filter(|(last, _)| lines.start < last.end || lines == *last) {
            Some((last, group)) => {
                last.end = last.end.max(lines.end);
                group.push(edit.clone());
            }
            None => groups.push((lines, vec![edit.clone()])),
        }
    }
    let hunk = |(lines, group): (Range<usize>, Vec<Replacement<'_>>)| {
        let shifted: Vec<Replacement<'_>> = group
            .into_iter()
            .map(|(span, text)| (span.start - lines.start..span.end - lines.start, text))
            .collect();
        let old = before.get(lines.clone())?;
        let line = numbers.line(lines.start);
        Some(Hunk { line, before: shown(old), after: shown(&replaced(old, &shifted)?) })
    };
    groups.into_iter().filter_map(hunk).collect()
}

/// The whole lines around a span, with the end of the last.
fn lines_around(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    // A span that ends with a line does not touch the next one, but one of no length touches its own.
    let last =
        if span.end > span.start && text[..span.end].ends_with('\n') { span.end - 1 } else { span.end };
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    start..end
}

/// Lines in which what cannot be seen can: tabs, and spaces that are none.
fn shown(lines: &str) -> Vec<String> {
    let visible = |c: char| match c {
        '\t' => '→',
        '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' => '␣',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    lines.lines().map(|line| line.trim_start_matches('\u{feff}').chars().map(visible).collect()).collect()
}

impl Correction {
    /// The corrections of this file as a text: for each, where and what, and its lines before and after.
    pub fn shown(&self, plain: bool) -> String {
        let mut out = String::new();
        let mut line = |text: &str| {
            out.push_str(text);
            out.push('\n');
        };
        for change in &self.changes {
            let first = change.hunks.first().map_or(1, |hunk| hunk.line);
            if plain {
                line(&format!("{} in {}, line {first}: {}.", change.code, self.file, change.title));
            } else {
                line(&format!("{}:{first}: {} [{}]", self.file, change.title, change.code));
            }
            let (minus, plus) = if plain { ("It reads: ", "It will read: ") } else { ("- ", "+ ") };
            for hunk in &change.hunks {
                hunk.before.iter().for_each(|text| line(&format!("{minus}{text}")));
                hunk.after.iter().for_each(|text| line(&format!("{plus}{text}")));
            }
            line("");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{At, Edit, Place, finding};

    #[test]
    fn replacements_that_meet_wait_for_the_next_turn() {
        let text = "\u{feff}---\r\ntitle: Day 2: x\r\n\tdate: x\r\n---\r\n";
        let tree: Tree = [("content/a.md", text)].into_iter().collect();
        let file = SourcePath::new("content/a.md").unwrap();
        let told = |span: Range<usize>, text: &str| {
            let edit = Edit { at: At::Span(span.clone()), text: text.to_owned() };
            finding::tab(Place::span(&file, span)).corrected_by(vec![edit])
        };
        let start = text.find("Day").unwrap();
        let tab = text.find('\t').unwrap();
        let all = corrections(
            &[
                told(start..start + 8, "\"Day 2: x\""),
                told(start + 4..start + 5, "3"),
                told(tab..tab + 1, "  "),
            ],
            &tree,
        );
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].after, "\u{feff}---\r\ntitle: \"Day 2: x\"\r\n  date: x\r\n---\r\n");
        let hunks: Vec<&Hunk> = all[0].changes.iter().flat_map(|change| &change.hunks).collect();
        assert_eq!(hunks.len(), 2);
        assert_eq!((hunks[0].line, hunks[0].after.as_slice()), (2, &["title: \"Day 2: x\"".to_owned()][..]));
        assert_eq!((hunks[1].line, hunks[1].before.as_slice()), (3, &["→date: x".to_owned()][..]));
    }
}

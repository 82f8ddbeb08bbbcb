//! What the YAML crate and serde have to say, in words for people, and what is read instead.

use std::ops::Range;

use super::Yaml;
use super::extent::{after, flow, limit};
use super::lines::{Line, entry, lines};
use super::locate::Index;
use super::mended::{Mended, Patch};
use super::quotes::quoted;
use crate::base::{FieldPath, Step};
use crate::diagnostics::{Finding, finding};
use crate::parse::{coordinates, raw};

/// What is told, and how reading can go on.
pub(super) struct Explained {
    pub(super) told: Finding,
    /// What is put right or left out.
    pub(super) patches: Vec<Patch>,
    /// The group in which a key was left out.
    pub(super) stray: Option<FieldPath>,
}

impl Explained {
    pub(super) fn new(told: Finding, patches: Vec<Patch>) -> Explained {
        Explained { told, patches, stray: None }
    }
}

/// Whether the whole of a text is no group of fields.
pub(super) fn is_no_group(error: &Error) -> bool {
    error.path().iter().next().is_none() && error.inner().to_string().starts_with("invalid type")
}

type Error = serde_path_to_error::Error<serde_yaml::Error>;

/// Explains an error of reading `mended`, and what is sure to follow from reading on.
pub(super) fn explain(yaml: &Yaml<'_>, mended: &Mended<'_>, error: &Error) -> Vec<Explained> {
    let inner = error.inner();
    let message = inner.to_string();
    let at = inner.location().map_or(0, |at| mended.offset(at.line(), at.column()));
    let path = steps(error.path());
    let index = Index::of(mended.text());
    let of = Of { yaml, mended, index: &index, path: &path };
    if let Some(key) = quoted_after(&message, "unknown field `") {
        return of.unknown_keys(at, key, &known_keys(&message));
    }
    if let Some(key) = quoted_after(&message, "duplicate field `") {
        let at = index.duplicate().unwrap_or(at);
        let told = finding::duplicate_key(of.place(at..at + key.len()), key);
        return vec![Explained::new(told, of.without_repetitions(at))];
    }
    vec![match message.split_once(", expected ") {
        Some((_, expected)) if !path.steps().is_empty() => of.wrong_type(at, &message, expected),
        _ => of.unreadable(at),
    }]
}

/// What an explanation has at hand.
pub(super) struct Of<'o> {
    pub(super) yaml: &'o Yaml<'o>,
    pub(super) mended: &'o Mended<'o>,
    pub(super) index: &'o Index,
    pub(super) path: &'o FieldPath,
}

impl Of<'_> {
    /// The place of some bytes of the text that is read.
    pub(super) fn place(&self, span: Range<usize>) -> crate::diagnostics::Place {
        self.yaml.place(self.mended.span_of(&span))
    }

    /// A text in place of some bytes of the text that is read.
    pub(super) fn patch(&self, span: Range<usize>, text: impl Into<String>) -> Patch {
        Patch::new(self.mended.span_of(&span), text)
    }

    /// Leaves out a range, but for its line breaks: places below it must hold.
    pub(super) fn without(&self, span: Range<usize>) -> Vec<Patch> {
        let text = self.mended.text();
        let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let within = lines(text, line_start).take_while(|line| line.start < span.end);
        let part = |line: Line<'_>| line.start.max(span.start)..line.end().min(span.end).max(span.start);
        within.map(part).filter(|part| !part.is_empty()).map(|part| self.patch(part, "")).collect()
    }

    /// Leaves out a field that stands a second time, and any further times.
    fn without_repetitions(&self, at: usize) -> Vec<Patch> {
        let text = self.mended.text();
        let second = entry(line_at(text, at));
        let name = second.key.clone().filter(|key| key.start == at).map(|key| &text[key]);
        let Some(name) = name else { return self.without(field_extent(text, at)) };
        let below = lines(text, line_at(text, at).start);
        let group = below.take_while(|line| line.is_idle() || line.column() >= second.column);
        let same = group.filter_map(|line| {
            let found = entry(line);
            found.key.filter(|key| found.inner == second.inner && &text[key.clone()] == name)
        });
        same.flat_map(|key| self.without(field_extent(text, key.start))).collect()
    }

    fn wrong_type(&self, at: usize, message: &str, expected: &str) -> Explained {
        let text = self.mended.text();
        let span = self.index.locate(text, self.path, false).unwrap_or(at..at);
        let value = &text[span.clone()];
        let field = self.path.steps().iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        let field = field.unwrap_or("this");
        let expected = in_words(expected);
        let place = self.place(span.clone());
        let told = |told: Finding, correct: String| {
            let patch = self.patch(span.clone(), correct);
            Explained::new(told.corrected_by(vec![self.yaml.edit(&patch)]), vec![patch])
        };
        let is_text = expected == "a text" || expected.starts_with("one value");
        if is_text && value.contains(": ") && !value.starts_with(['{', '[', '"', '\'']) {
            let correct = quoted(value);
            return told(finding::colon_in_text(place, &correct), correct);
        }
        let inner = value.trim_matches(['[', ']']).trim();
        if is_text && field == "coordinates" && coordinates::read(inner).is_ok() {
            return told(finding::bad_coordinates(place, value, Some(inner)), inner.to_owned());
        }
        if is_text && field == "coordinates" {
            let extent = self.index.start(self.path, true).map_or(span, |key| field_extent(text, key));
            let meant = coordinates::within(&text[extent.clone()]);
            let told = finding::bad_coordinates(place, value, meant.as_deref());
            return Explained::new(told, self.without(extent));
        }
        if let (true, Some(word)) = (expected == "true or false", truth(value)) {
            return told(finding::not_true_or_false(place, field, word), word.to_owned());
        }
        let is_scalar = ["floating point", "boolean"].iter().any(|kind| message.contains(kind));
        if is_scalar && (is_text || expected.starts_with("a text or")) {
            let correct = quoted(value);
            return told(finding::number_without_quotes(place, value, &correct), correct);
        }
        let told = finding::wrong_type(place, field, &expected, &raw::example(message, value), value);
        let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let key = self.index.start(self.path, true).filter(|_| self.ends_in_key());
        let extent = match key {
            Some(key) => field_extent(text, key),
            None => entry_extent(text, line_start),
        };
        Explained::new(told, self.without(extent))
    }

    fn ends_in_key(&self) -> bool {
        matches!(self.path.steps().last(), Some(Step::Key(_)))
    }

    /// A line at which reading stops for no reason that we know. The entry around it is left out.
    fn unreadable(&self, at: usize) -> Explained {
        let text = self.mended.text();
        let at = at.min(text.len());
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        // The reader notices at the next line what is wrong with the one before.
        let blank = text[start..].lines().next().unwrap_or("").trim().is_empty();
        let start = if blank { text[..start].trim_end().rfind('\n').map_or(0, |at| at + 1) } else { start };
        let line = text[start..].lines().next().unwrap_or("").trim_end();
        let help = "check its indentation, its quotes and brackets, and that there is a space after each “:” and “-”";
        let indent = line.len() - line.trim_start().len();
        let told = finding::unreadable_line(self.place(start + indent..start + line.len()), help);
        Explained::new(told, self.without(entry_extent(text, start)))
    }
}

fn quoted_after<'m>(message: &'m str, before: &str) -> Option<&'m str> {
    message.split_once(before)?.1.split_once('`').map(|(key, _)| key)
}

fn known_keys(message: &str) -> Vec<String> {
    let listed = message.rsplit_once("expected ").map_or("", |(_, listed)| listed);
    listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn in_words(expected: &str) -> String {
    let expected = expected.split(" at line ").next().unwrap_or(expected);
    match expected {
        "a string" => "a text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        other if other.starts_with("struct ") || other == "a map" => "a group of fields".to_owned(),
        other => other.to_owned(),
    }
}

/// Yes and no in the languages that we know, and as other programs write them.
fn truth(value: &str) -> Option<&'static str> {
    match value.trim_matches(['"', '\'']).to_lowercase().as_str() {
        "yes" | "y" | "on" | "ja" | "sí" | "si" | "true" | "1" => Some("true"),
        "no" | "n" | "off" | "nein" | "false" | "0" => Some("false"),
        _ => None,
    }
}

fn steps(path: &serde_path_to_error::Path) -> FieldPath {
    use serde_path_to_error::Segment;
    let steps = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Map { key } => Some(Step::Key(key.clone())),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    FieldPath::from_steps(steps.collect())
}

/// A field with its value, from its key on: to the next comma in brackets, else to the last line that stands further in.
pub(super) fn field_extent(text: &str, key: usize) -> Range<usize> {
    let line = line_at(text, key);
    let open = text[line.start..key].rfind(['{', '[']).map(|at| line.start + at);
    let Some(open) = open.filter(|open| flow(text, *open, text.len()).end.is_none_or(|end| end > key)) else {
        let mut of = entry(line);
        of.key.get_or_insert(key..key);
        return key..limit(text, line, &of, true).max(key);
    };
    let end = flow(text, open, text.len()).end.unwrap_or(line.end());
    let mut depth = 0_usize;
    for (at, character) in text[key..end].char_indices() {
        match character {
            '[' | '{' => depth += 1,
            ']' | '}' if depth == 0 => return key..key + at,
            ']' | '}' => depth -= 1,
            ',' if depth == 0 => return key..key + at + 1,
            _ => {}
        }
    }
    key..end
}

/// The entry of a list, else the field of the outermost level, around a line.
fn entry_extent(text: &str, line_start: usize) -> Range<usize> {
    let at = line_at(text, line_start);
    let mut first = at;
    for line in lines(text, 0).take_while(|line| line.start <= line_start).filter(|line| !line.is_idle()) {
        let found = entry(line);
        if found.column == 0 || (found.is_item() && found.column <= at.column()) {
            first = line;
        }
    }
    let found = entry(first);
    let column = found.column;
    let mut end = first.end();
    for line in lines(text, after(text, first)) {
        if !line.is_idle() && line.column() <= column {
            break;
        }
        end = line.end();
    }
    first.start..end.max(at.end())
}

pub(super) fn line_at(text: &str, offset: usize) -> Line<'_> {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    lines(text, start).next().unwrap_or(Line { start, text: "" })
}

//! The only file that names the YAML crate: reads typed structs, finds all mistakes, and finds the place of a value.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::base::{FieldPath, SourcePath, Span, Step};
use crate::diagnostics::{Checked, Finding, Place, finding, nearest};

/// The most bytes of YAML in front of a text.
pub(super) const MOST_FRONT_MATTER: usize = 64 * 1024;
/// The most levels of nesting.
const MOST_LEVELS: usize = 64;
/// The most mistakes that are told of one file's structure; after that it is surely something else altogether.
const MOST_MISTAKES: usize = 50;

/// A file's YAML: the whole file, and which bytes of it are YAML.
#[derive(Clone)]
pub(super) struct Yaml<'a> {
    pub(super) file: &'a SourcePath,
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
}

impl Yaml<'_> {
    fn place(&self, span: Span) -> Place {
        Place::span(self.file, span)
    }

    /// The offset in the file of a line and column (both from 1) of the YAML.
    fn offset(&self, line: usize, column: usize) -> usize {
        let yaml = &self.text[self.range.clone()];
        let start: usize = yaml.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let within: usize = yaml[start..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        self.range.start + start + within
    }
}

/// Reads YAML into a struct whose fields are all optional. Where an entry is wrong, it is told, left out, and
/// reading goes on, so that one run tells every mistake.
pub(super) fn read<T: DeserializeOwned + Default>(yaml: &Yaml<'_>) -> Checked<T> {
    let source = &yaml.text[yaml.range.clone()];
    if let Some(finding) = refused(yaml, source) {
        return Checked { value: T::default(), findings: vec![finding] };
    }
    let mut text = source.to_owned();
    let mut findings = Vec::new();
    loop {
        if text.trim().is_empty() || only_comments(&text) {
            return Checked { value: T::default(), findings };
        }
        let deserializer = serde_yaml::Deserializer::from_str(&text);
        let error = match serde_path_to_error::deserialize::<_, T>(deserializer) {
            Ok(value) => return Checked { value, findings },
            Err(error) => error,
        };
        let (finding, line) = explain(yaml, &error);
        findings.push(finding);
        let blanked = line.and_then(|line| blank_entry(&text, line));
        match blanked {
            Some(shorter) if findings.len() < MOST_MISTAKES => text = shorter,
            _ => return Checked { value: T::default(), findings },
        }
    }
}

fn only_comments(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// Leaves out what holds a line (from 1), keeping every other line where it is: the list entry, else the top-level
/// entry. `None` where there is nothing to leave out.
fn blank_entry(text: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = line.checked_sub(1)?.min(lines.len().checked_sub(1)?);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let filled = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let top = |line: &str| filled(line) && indent(line) == 0 && !line.starts_with('-');
    let item =
        |line: &str| line.trim_start_matches(' ').starts_with("- ") && indent(line) <= indent(lines[at]);
    let first = (0..=at).rev().find(|&index| top(lines[index]) || item(lines[index]))?;
    let ends = |line: &str| {
        let outside =
            indent(line) < indent(lines[first]) || (indent(line) == indent(lines[first]) && filled(line));
        filled(line) && if top(lines[first]) { top(line) } else { outside }
    };
    let after = (first + 1..lines.len()).find(|&index| ends(lines[index])).unwrap_or(lines.len());
    let kept = lines
        .iter()
        .enumerate()
        .map(|(index, line)| if (first..after).contains(&index) { "\n" } else { line });
    Some(kept.collect())
}

/// Turns the reader's error into a finding, and says in which line it is where reading can go on without that entry.
fn explain(
    yaml: &Yaml<'_>,
    error: &serde_path_to_error::Error<serde_yaml::Error>,
) -> (Finding, Option<usize>) {
    let inner = error.inner();
    let message = inner.to_string();
    let location = inner.location();
    let line = location.as_ref().map(serde_yaml::Location::line);
    let offset = location.map_or(yaml.range.start, |at| yaml.offset(at.line(), at.column()));
    if let Some(key) = quoted_after(&message, "unknown field `") {
        let known = known_keys(&message);
        let near = nearest::nearest(key, known.iter().map(String::as_str));
        let place = yaml.place(offset..offset + key.len());
        let finding = match super::yaml_help::cut_at_comma(yaml, offset, key) {
            Some((field, value)) => finding::cut_at_comma(place, key, field, &value),
            None => finding::unknown_key(place, key, near, &known),
        };
        return (finding, line);
    }
    if let Some(key) = quoted_after(&message, "duplicate field `") {
        let offset = duplicate(yaml).unwrap_or(offset);
        let line = crate::base::position(&yaml.text[yaml.range.start..], offset - yaml.range.start).line;
        return (finding::duplicate_key(yaml.place(offset..offset + key.len()), key), Some(line));
    }
    if let Some((_, expected)) = message.split_once(", expected ") {
        let path = steps(error.path());
        let span = locate(yaml.text, &yaml.range, &path, false).unwrap_or(offset..offset);
        let field = path.steps().iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        let place = yaml.place(span);
        return (finding::wrong_type(place, field.unwrap_or("this"), &in_words(expected)), line);
    }
    (super::yaml_help::explain_syntax(yaml, offset, &message), None)
}

fn quoted_after<'m>(message: &'m str, before: &str) -> Option<&'m str> {
    message.split_once(before)?.1.split_once('`').map(|(key, _)| key)
}

fn known_keys(message: &str) -> Vec<String> {
    let listed = message.split_once("expected ").map_or("", |(_, listed)| listed);
    listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn in_words(expected: &str) -> String {
    let expected = expected.split(" at line ").next().unwrap_or(expected);
    match expected {
        "a string" => "a text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        other if other.starts_with("struct ") => "a group of fields, such as { name: … }".to_owned(),
        "a map" => "a group of fields, such as { name: … }".to_owned(),
        other => other.to_owned(),
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

/// What is refused before the YAML crate sees it: too long, too deep, anchors and aliases.
fn refused(yaml: &Yaml<'_>, source: &str) -> Option<Finding> {
    let start = yaml.range.start;
    if source.len() > MOST_FRONT_MATTER {
        return Some(finding::too_long(yaml.place(start..start), "the front matter", "64 KiB"));
    }
    let scanned = super::yaml_help::scan(source, MOST_LEVELS);
    if let Some(at) = scanned.too_deep {
        return Some(finding::nested_too_deeply(yaml.place(start + at..start + at + 1), MOST_LEVELS));
    }
    let (at, mark) = scanned.alias?;
    let value = &source[at..at + super::yaml_help::value_length(source, at)];
    let quoted = super::yaml_help::quoted(value);
    Some(finding::alias(yaml.place(start + at..start + at + value.len()), mark, &quoted))
}

/// The place of a value, or of its key, in a file's YAML. It reads the text again, with a seed that stops there:
/// findings are rare, and so no value carries its place.
pub(super) fn locate(text: &str, range: &Range<usize>, path: &FieldPath, key: bool) -> Option<Span> {
    let source = text.get(range.clone())?;
    let probe = Probe { steps: path.steps(), key };
    let error = probe.deserialize(serde_yaml::Deserializer::from_str(source)).err()?;
    let at = error.location()?;
    if !error.to_string().contains(FOUND) {
        return None;
    }
    let unused = SourcePath::new("x")?;
    let start = Yaml { file: &unused, text, range: range.clone() }.offset(at.line(), at.column());
    let length = match (key, path.steps().last()) {
        (true, Some(Step::Key(name))) => name.len(),
        _ => super::yaml_help::value_length(source, start - range.start),
    };
    Some(start..start + length)
}

/// What a probe says at its place, to be told from a real mistake in the text.
const FOUND: &str = "this is the place";

#[derive(Clone, Copy)]
struct Probe<'p> {
    steps: &'p [Step],
    key: bool,
}

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.steps.is_empty() {
            deserializer.deserialize_any(Here)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

struct Here;

impl Visitor<'_> for Here {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(FOUND)
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value on the way")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((Step::Key(wanted), rest)) = self.steps.split_first() else { return Ok(()) };
        let stop = self.key && rest.is_empty();
        while let Some(found) = map.next_key_seed(KeyProbe { wanted, stop })? {
            if found {
                return map.next_value_seed(Probe { steps: rest, key: self.key });
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Some((Step::Index(wanted), rest)) = self.steps.split_first() else { return Ok(()) };
        for _ in 0..*wanted {
            if seq.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
        }
        seq.next_element_seed(Probe { steps: rest, key: self.key }).map(|_| ())
    }
}

struct KeyProbe<'p> {
    wanted: &'p str,
    stop: bool,
}

impl<'de> DeserializeSeed<'de> for KeyProbe<'_> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyProbe<'_> {
    type Value = bool;
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }
    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<bool, E> {
        if key == self.wanted && self.stop { Err(E::custom(FOUND)) } else { Ok(key == self.wanted) }
    }
}

/// The offset in the file of the first key that stands twice in its mapping.
fn duplicate(yaml: &Yaml<'_>) -> Option<usize> {
    let source = &yaml.text[yaml.range.clone()];
    let error = Unique.deserialize(serde_yaml::Deserializer::from_str(source)).err()?;
    let at = error.location()?;
    Some(yaml.offset(at.line(), at.column()))
}

struct Unique;

impl<'de> DeserializeSeed<'de> for Unique {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = Vec::new();
        while map.next_key_seed(UniqueKey(&mut seen))?.is_some() {
            map.next_value_seed(Unique)?;
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Unique)?.is_some() {}
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

struct UniqueKey<'s>(&'s mut Vec<String>);

impl<'de> DeserializeSeed<'de> for UniqueKey<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for UniqueKey<'_> {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }
    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<(), E> {
        if self.0.iter().any(|seen| seen == key) {
            return Err(E::custom("twice"));
        }
        self.0.push(key.to_owned());
        Ok(())
    }
}

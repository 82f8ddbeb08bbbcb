//! Where values and their keys stand. The text is read a second time, with a parser that says the place of all it sees:
//! findings are rare, and so no value carries its own.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::extent::closing_quote;
use super::lines::{Line, entry};
use crate::base::{FieldPath, Step};

/// The places in one text, of all that stands before what cannot be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    nodes: Vec<Node>,
    /// The nodes within each, by their step; of several of the same key, the first.
    below: HashMap<(usize, Step), usize>,
    /// The first key that stands twice in its mapping.
    duplicate: Option<usize>,
}

/// Where something begins.
#[derive(Debug, Clone)]
struct Node {
    /// What it stands in, and how it is reached from there; `None` for the whole text.
    step: Option<(usize, Step)>,
    key: Option<usize>,
    value: usize,
}

/// A key of a group.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// The group.
    pub(super) group: usize,
    pub(super) name: String,
    /// Where it begins.
    pub(super) at: usize,
}

/// A list or a group that is open while the text is read.
struct Open {
    node: usize,
    next: Next,
}

/// What comes next in it.
enum Next {
    Item(usize),
    Key,
    Value(String, usize),
}

impl Index {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Index {
        let mut builder = Builder { index: Index::default(), open: Vec::new() };
        let mut bytes = Bytes { text, at: 0, characters: 0 };
        for next in Parser::new_from_str(text) {
            let Ok((event, span)) = next else { break };
            let at = bytes.at(&span);
            builder.event(&event, beginning(text, &event, at));
        }
        builder.index
    }

    fn node(&self, steps: &[Step]) -> Option<usize> {
        steps.iter().try_fold(0, |node, step| self.below.get(&(node, step.clone())).copied())
    }

    /// Where a value, or its key, begins.
    pub(super) fn start(&self, path: &FieldPath, key: bool) -> Option<usize> {
        let node = self.nodes.get(self.node(path.steps())?)?;
        if key { node.key } else { Some(node.value) }
    }

    /// The group at the end of some steps.
    pub(super) fn group(&self, steps: &[Step]) -> usize {
        self.node(steps).unwrap_or(0)
    }

    /// The way to a group.
    pub(super) fn path(&self, group: usize) -> FieldPath {
        let mut steps = Vec::new();
        let mut at = group;
        while let Some((outer, step)) = self.nodes.get(at).and_then(|node| node.step.as_ref()) {
            steps.push(step.clone());
            at = *outer;
        }
        steps.reverse();
        FieldPath::from_steps(steps)
    }

    /// Whether a group has a key.
    pub(super) fn stands(&self, group: usize, key: &str) -> bool {
        self.below.contains_key(&(group, Step::Key(key.to_owned())))
    }

    /// The keys of all groups that lie so many steps deep, where each step on the way there, with its depth, is `alike`.
    pub(super) fn keys_within(&self, depth: usize, alike: impl Fn(usize, &Step) -> bool) -> Vec<Key> {
        // How deep each node lies on such a way.
        let mut deep: Vec<Option<usize>> = Vec::with_capacity(self.nodes.len());
        let mut keys = Vec::new();
        for node in &self.nodes {
            let Some((group, step)) = &node.step else {
                deep.push(Some(0));
                continue;
            };
            let outer = deep[*group];
            if let (true, Step::Key(name), Some(at)) = (outer == Some(depth), step, node.key) {
                keys.push(Key { group: *group, name: name.clone(), at });
            }
            deep.push(outer.filter(|outer| *outer < depth && alike(*outer, step)).map(|outer| outer + 1));
        }
        keys
    }

    /// The place of a value, or of its key, in the text that was read.
    pub(super) fn locate(&self, text: &str, path: &FieldPath, key: bool) -> Option<Range<usize>> {
        let start = self.start(path, key)?;
        let length = match (key, path.steps().last()) {
            (true, Some(Step::Key(name))) => name.len(),
            _ => value_length(text, start),
        };
        Some(start..start + length)
    }

    /// The offset of the first key that stands twice in its mapping.
    pub(super) fn duplicate(&self) -> Option<usize> {
        self.duplicate
    }
}

/// From characters to bytes. Events come in order, so that each part of the text is walked over once.
struct Bytes<'t> {
    text: &'t str,
    at: usize,
    characters: usize,
}

impl Bytes<'_> {
    fn at(&mut self, span: &Span) -> usize {
        let wanted = span.start.index();
        if wanted < self.characters {
            (self.at, self.characters) = (0, 0);
        }
        let ahead = self.text[self.at..].chars().take(wanted - self.characters);
        let (bytes, characters) = ahead.fold((0, 0), |(bytes, count), c| (bytes + c.len_utf8(), count + 1));
        self.at += bytes;
        self.characters += characters;
        self.at
    }
}

/// Where a value begins for those who typed it: a block at its mark, and one that is empty behind its colon.
fn beginning(text: &str, event: &Event<'_>, at: usize) -> usize {
    let before = text[..at].trim_end();
    match event {
        Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => {
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            entry(Line { start, text: &before[start..] }).value.start
        }
        Event::Scalar(words, ScalarStyle::Plain, ..)
            if text[at..].starts_with(':') && !words.starts_with(':') =>
        {
            at + 1
        }
        _ => at,
    }
}

struct Builder {
    index: Index,
    open: Vec<Open>,
}

impl Builder {
    fn event(&mut self, event: &Event<'_>, at: usize) {
        match event {
            Event::Scalar(words, ..) => self.scalar(words, at),
            Event::Alias(_) => self.scalar("", at),
            Event::SequenceStart(..) => self.begin(Next::Item(0), at),
            Event::MappingStart(..) => self.begin(Next::Key, at),
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }

    fn scalar(&mut self, words: &str, at: usize) {
        match self.open.last_mut() {
            Some(Open { node, next: next @ Next::Key }) => {
                let twice = self.index.below.contains_key(&(*node, Step::Key(words.to_owned())));
                if twice {
                    self.index.duplicate.get_or_insert(at);
                }
                *next = Next::Value(words.to_owned(), at);
            }
            _ => drop(self.node(at)),
        }
    }

    fn begin(&mut self, next: Next, at: usize) {
        let node = self.node(at);
        self.open.push(Open { node, next });
    }

    /// A value that begins, in its place.
    fn node(&mut self, at: usize) -> usize {
        let new = self.index.nodes.len();
        let Some(open) = self.open.last_mut() else {
            self.index.nodes.push(Node { step: None, key: None, value: at });
            return new;
        };
        let (step, key) = match std::mem::replace(&mut open.next, Next::Key) {
            Next::Item(number) => {
                open.next = Next::Item(number + 1);
                (Step::Index(number), None)
            }
            Next::Value(words, key) => (Step::Key(words), Some(key)),
            // A list or group in place of a key is none that we know.
            Next::Key => (Step::Key(String::new()), None),
        };
        self.index.nodes.push(Node { step: Some((open.node, step.clone())), key, value: at });
        self.index.below.entry((open.node, step)).or_insert(new);
        new
    }
}

/// How many bytes a value takes, from its first byte to the end of its line or of its place in a flow list.
pub(super) fn value_length(source: &str, start: usize) -> usize {
    let rest = &source[start..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let Some(first) = line.chars().next() else { return 0 };
    if matches!(first, '"' | '\'') {
        let end = closing_quote(line, 0, line.len());
        return end.unwrap_or(line.len());
    }
    let before = &source[source[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    let within_flow = before.contains(['[', '{']) && !matches!(first, '[' | '{');
    let end = if within_flow { line.find([',', ']', '}']) } else { None };
    let value = line[..end.unwrap_or(line.len())].split(" #").next().unwrap_or(line);
    value.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_keys_stand_where_they_stand() {
        let text = "a: ñé\n護士: x\nshifts:\n  - days: mon\n    hours: \"6am\"\n  - { days: tue, hours: [1, 2] }\n\
                    c:\nd: |\n\n  text\n  - >\ne: 'x'\nf: \"\"\nbad: [\n";
        let index = Index::of(text);
        let words = |path: FieldPath, key: bool| index.locate(text, &path, key).map(|span| &text[span]);
        let shift = |number| FieldPath::of("shifts").index(number);
        for (path, key, expected) in [
            (FieldPath::of("a"), false, Some("ñé")),
            (FieldPath::of("護士"), true, Some("護士")),
            (FieldPath::of("護士"), false, Some("x")),
            (shift(0), false, Some("days: mon")),
            (shift(0).key("hours"), false, Some("\"6am\"")),
            (shift(0).key("hours"), true, Some("hours")),
            (shift(1), false, Some("{ days: tue, hours: [1, 2] }")),
            (shift(1).key("days"), false, Some("tue")),
            (shift(1).key("hours").index(1), false, Some("2")),
            (shift(2), false, None),
            (FieldPath::of("c"), false, Some("")),
            (FieldPath::of("d"), false, Some("|")),
            (FieldPath::of("f"), false, Some("\"\"")),
            (FieldPath::of("e"), false, Some("'x'")),
            (FieldPath::of("bad"), true, Some("bad")),
            (FieldPath::of("none"), true, None),
        ] {
            assert_eq!(words(path.clone(), key), expected, "{path}");
        }
        assert_eq!(index.start(&FieldPath::of("c"), false), text.find("c:").map(|at| at + 2));
        assert_eq!(index.duplicate(), None);
        let twice = "a: 1\nb: { c: 1, c: 2 }\na: 3\n";
        assert_eq!(Index::of(twice).duplicate(), twice.rfind("c:"));
    }
}

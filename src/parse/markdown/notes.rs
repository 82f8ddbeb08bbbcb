//! Footnotes: numbered by their first mark, and written after the text.

use std::collections::BTreeMap;

use memchr::memchr;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::events::Node;
use super::writer::{Paragraph, Shape, Writer};
use crate::base::Span;
use crate::diagnostics::finding;
use crate::model::Piece;

/// The longest name of a footnote, in bytes; it bounds the search for its bracket.
const LONGEST_NAME: usize = 100;

/// The definitions of a text, and what has been referred to so far.
#[derive(Default)]
pub(super) struct Notes {
    /// In the order of the text: name as it was typed, and the node.
    definitions: Vec<(String, usize)>,
    /// By name in lower case: the place in `definitions`.
    by_name: BTreeMap<String, usize>,
    /// By place in `definitions`: the note's number, counted from 1.
    numbers: BTreeMap<usize, usize>,
    /// In the order of their numbers: the place in `definitions`, and how many marks lead to it.
    order: Vec<(usize, usize)>,
    /// Whether the text is done and the notes are being written.
    pub(super) writing: bool,
}

impl Notes {
    pub(super) fn of(nodes: &[Node<'_>]) -> Notes {
        let mut notes = Notes::default();
        for (at, node) in nodes.iter().enumerate() {
            if let Event::Start(Tag::FootnoteDefinition(name)) = &node.event {
                let place = notes.definitions.len();
                notes.definitions.push((name.to_string(), at));
                notes.by_name.entry(name.to_lowercase()).or_insert(place);
            }
        }
        notes
    }

    /// Counts a mark: the note's number, and how many marks it has now. `None` where it is not defined.
    fn count(&mut self, name: &str) -> Option<(usize, usize)> {
        let definition = *self.by_name.get(&name.to_lowercase())?;
        let number = *self.numbers.entry(definition).or_insert(self.order.len() + 1);
        if number > self.order.len() {
            self.order.push((definition, 0));
        }
        let marks = self.order.get_mut(number - 1).map(|(_, marks)| {
            *marks += 1;
            *marks
        })?;
        Some((number, marks))
    }
}

impl Writer<'_> {
    pub(super) fn note_mark(&mut self, name: &str, span: &Span) {
        let place = self.source.place(span);
        if self.shape != Shape::Blocks {
            return self.findings.push(self.refused(place, "a footnote"));
        }
        if self.links > 0 {
            return self.findings.push(finding::misplaced(place, "a footnote", "a link"));
        }
        let Some((number, marks)) = self.notes.count(name) else {
            return self.findings.push(finding::undefined_reference(place, &format!("^{name}")));
        };
        self.inline("<sup class=\"footnote-ref\"><a href=\"");
        self.out.hole(Piece::Own);
        self.out.markup("fn-");
        self.out.number(number);
        self.out.markup("\" id=\"");
        self.mark_id(number, marks);
        self.out.markup("\">");
        self.out.number(number);
        self.out.markup("</a></sup>");
    }

    fn mark_id(&mut self, number: usize, mark: usize) {
        self.out.markup("fnref-");
        self.out.number(number);
        if mark > 1 {
            self.out.markup("-");
            self.out.number(mark);
        }
    }

    /// pulldown-cmark leaves `[^name]` as text where `name` is not defined; so it is looked for where it was typed.
    pub(super) fn undefined_notes(&mut self, span: &Span) {
        let text = self.source.typed(span);
        if memchr(b'[', text.as_bytes()).is_none() {
            return;
        }
        for (at, _) in text.match_indices("[^") {
            let before = self.source.typed(&(0..span.start + at));
            let escaped = before.bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1;
            let name = text[at + 2..].bytes().take(LONGEST_NAME).position(|byte| b"[]\n".contains(&byte));
            let Some(length) = name.filter(|_| !escaped) else { continue };
            let end = at + 2 + length;
            let name = &text[at + 2..end];
            if name.trim().is_empty() || !text[end..].starts_with(']') {
                continue;
            }
            let place = self.source.place(&(span.start + at..span.start + end + 1));
            self.findings.push(match self.shape {
                Shape::Blocks => finding::undefined_reference(place, &format!("^{name}")),
                Shape::Entry | Shape::Line => self.refused(place, "a footnote"),
            });
        }
    }

    /// Writes the notes that have marks, and reports those that have none.
    pub(super) fn write_notes(&mut self) {
        if self.notes.order.is_empty() {
            return self.unused_notes();
        }
        self.notes.writing = true;
        let text = self.out.take();
        let notes = self.note_bodies();
        self.out.pieces(text);
        self.out.markup("<section class=\"footnotes\"");
        self.label("footnotes");
        self.out.markup("><ol>\n");
        for (index, (pieces, in_paragraph)) in notes.into_iter().enumerate() {
            self.write_note(index + 1, pieces, in_paragraph);
        }
        self.out.markup("</ol></section>\n");
        self.unused_notes();
    }

    /// Each note's pieces, and whether its last paragraph is still open. A note may hold the first mark of another
    /// one, which is written in its turn, so the list may grow while it is walked.
    fn note_bodies(&mut self) -> Vec<(Vec<Piece>, bool)> {
        let mut bodies = Vec::new();
        while let Some(&(definition, _)) = self.notes.order.get(bodies.len()) {
            let node = self.notes.definitions[definition].1;
            let end = self.nodes[node].end;
            let last = matches!(self.nodes[end - 1].event, Event::End(TagEnd::Paragraph));
            self.run(node + 1, if last { end - 1 } else { end });
            let in_paragraph = self.paragraph == Paragraph::Open;
            self.paragraph = Paragraph::None;
            self.figures = false;
            self.open.clear();
            bodies.push((self.out.take(), in_paragraph));
        }
        bodies
    }

    fn write_note(&mut self, number: usize, pieces: Vec<Piece>, in_paragraph: bool) {
        self.out.markup("<li id=\"fn-");
        self.out.number(number);
        self.out.markup("\">");
        self.out.pieces(pieces);
        let marks = self.notes.order.get(number - 1).map_or(0, |(_, marks)| *marks);
        for mark in 1..=marks {
            self.out.markup(" <a href=\"");
            self.out.hole(Piece::Own);
            self.mark_id(number, mark);
            self.out.markup("\" class=\"footnote-back\" aria-label=\"");
            self.out.hole(Piece::WordWith("back_to_reference", number));
            self.out.markup("\">↩</a>");
        }
        self.out.markup(if in_paragraph { "</p></li>\n" } else { "</li>\n" });
    }

    fn unused_notes(&mut self) {
        for (place, (name, node)) in self.notes.definitions.iter().enumerate() {
            let start = self.nodes[*node].span.start;
            let typed = self.source.typed(&self.nodes[*node].span);
            let end = start + typed.find(']').map_or(0, |at| at + 1);
            let at = self.source.place(&(start..end));
            if self.notes.by_name.get(&name.to_lowercase()) != Some(&place) {
                self.findings.push(finding::duplicate_key(at, &format!("[^{name}]")));
            } else if !self.notes.numbers.contains_key(&place) && self.shape == Shape::Blocks {
                self.findings.push(finding::unused_footnote(at, name));
            }
        }
    }
}

//! The second pass: walks the events once and writes. Here are the state and the dispatch; each kind of block has
//! its own file. Nothing recurses: open elements are a list.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

use super::events::Node;
use super::headings::Headings;
use super::notes::Notes;
use super::output::Output;
use super::raw::Tags;
use super::signs::Signs;
use super::tables::Columns;
use super::{Source, autolink, text};
use crate::base::Span;
use crate::diagnostics::{Checked, Finding, finding};
use crate::model::{Body, Piece, Reference, Target, Typed};
use crate::parse::placeholders;

/// The longest lead, in characters: what search engines and feeds show of a description.
const LONGEST_LEAD: usize = 300;

/// What the Markdown should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A text of many blocks.
    Blocks,
    /// The text of a timeline's entry. It stands below a heading, among others of its kind and on other pages, so that
    /// it has no headings and no footnotes: their anchors would meet.
    Entry,
    /// One line within an element of the theme's.
    Line,
}

/// An element that is open.
pub(super) struct Open {
    pub(super) close: Close,
    /// What it is, where no card or figure may stand in it.
    pub(super) within: Option<&'static str>,
}

pub(super) enum Close {
    Markup(&'static str),
    Paragraph,
    Link,
}

/// A paragraph opens with its first words, so that one which holds nothing but a figure or a comment leaves no `<p>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paragraph {
    None,
    Pending,
    Open,
}

pub(super) struct Writer<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) nodes: &'a [Node<'a>],
    pub(super) shape: Shape,
    pub(super) out: Output,
    /// Whether some of the words may stand for words to come.
    pub(super) blanks: bool,
    pub(super) findings: Vec<Finding>,
    pub(super) open: Vec<Open>,
    pub(super) paragraph: Paragraph,
    /// Whether this paragraph is nothing but pictures, which are figures then.
    pub(super) figures: bool,
    /// How many `<a>` are open: one or none.
    pub(super) links: usize,
    pub(super) references: Vec<Reference>,
    pub(super) headings: Headings,
    pub(super) notes: Notes,
    pub(super) columns: Columns,
    /// How many tables there are so far: each needs a label of its own (WAI-ARIA 1.2, "region").
    pub(super) tables: usize,
    pub(super) tags: Tags,
    /// The first paragraph's words; a line's first paragraph is the line.
    pub(super) lead: String,
    /// Paragraphs at the top so far.
    pub(super) paragraphs: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(source: &'a Source<'a>, nodes: &'a [Node<'a>], shape: Shape) -> Writer<'a> {
        Writer {
            source,
            nodes,
            shape,
            out: Output::of(source.text.len()),
            blanks: placeholders::may_be_worded(source.text),
            findings: Vec::new(),
            open: Vec::new(),
            paragraph: Paragraph::None,
            figures: false,
            links: 0,
            references: Vec::new(),
            headings: Headings::default(),
            notes: Notes::of(nodes),
            columns: Columns::default(),
            tables: 0,
            tags: Tags::default(),
            lead: String::new(),
            paragraphs: 0,
        }
    }

    /// Writes everything: the text, then its footnotes.
    pub(super) fn write(mut self) -> Checked<Body> {
        self.run(0, self.nodes.len());
        self.write_notes();
        self.references.shrink_to_fit();
        let body = Body {
            pieces: self.out.take(),
            references: self.references,
            headings: self.headings.into_list(),
            lead: text::shorten(&self.lead, LONGEST_LEAD),
        };
        Checked { value: body, findings: self.findings }
    }

    /// Writes the nodes from `at` up to `end`.
    pub(super) fn run(&mut self, mut at: usize, end: usize) {
        while at < end {
            at = self.step(at);
        }
    }

    /// Writes one node, or a whole element; gives the index of what follows it.
    fn step(&mut self, at: usize) -> usize {
        let node = &self.nodes[at];
        match &node.event {
            Event::Start(tag) => return self.start(at, tag),
            Event::End(_) => self.close(),
            Event::Text(words) => self.text(words, &node.span),
            Event::Code(code) => self.code(code),
            Event::Html(html) | Event::InlineHtml(html) => self.inline_html(html, &node.span),
            Event::FootnoteReference(name) => self.note_mark(name, &node.span),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.rule(&node.span),
            Event::TaskListMarker(done) => self.task(*done),
            // Never switched on.
            Event::InlineMath(words) | Event::DisplayMath(words) => self.text(words, &node.span),
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: &'a Tag<'a>) -> usize {
        let node = &self.nodes[at];
        if self.refuse_block(tag, node) {
            return node.end + 1;
        }
        match tag {
            Tag::Paragraph => self.open_paragraph(at),
            Tag::Heading { level, id, classes, attrs } => {
                let extras = !classes.is_empty() || !attrs.is_empty();
                return self.heading(at, *level as u8, id.as_deref(), extras);
            }
            Tag::BlockQuote(kind) => self.quotation(at, *kind),
            Tag::CodeBlock(_) => return self.code_block(at),
            Tag::HtmlBlock => return self.html_block(at),
            Tag::List(first) => self.list(*first),
            Tag::Item => self.item(at),
            Tag::FootnoteDefinition(_) => return node.end + 1,
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead | Tag::TableRow | Tag::TableCell => self.table_part(at, tag),
            Tag::Emphasis => self.emphasis("<em>", "</em>"),
            Tag::Strong => self.emphasis("<strong>", "</strong>"),
            Tag::Strikethrough => self.emphasis("<del>", "</del>"),
            Tag::Link { link_type, dest_url, .. } => return self.link(at, *link_type, dest_url),
            Tag::Image { link_type, dest_url, title, .. } => {
                return self.picture(at, *link_type, dest_url, title);
            }
            // Never switched on; their words are written all the same.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.open("", "", None),
        }
        at + 1
    }

    /// Opens an element with markup of ours.
    pub(super) fn open(&mut self, open: &'static str, close: &'static str, within: Option<&'static str>) {
        self.out.markup(open);
        self.open.push(Open { close: Close::Markup(close), within });
    }

    fn emphasis(&mut self, open: &'static str, close: &'static str) {
        self.ensure_paragraph();
        self.open(open, close, Some("emphasised words"));
    }

    fn close(&mut self) {
        match self.open.pop().map(|open| open.close) {
            Some(Close::Markup(markup)) => self.out.markup(markup),
            Some(Close::Paragraph) => self.close_paragraph(),
            Some(Close::Link) => {
                self.links -= 1;
                self.out.markup("</a>");
            }
            None => {}
        }
    }

    fn text(&mut self, words: &str, span: &Span) {
        self.undefined_notes(span);
        let words = if self.paragraph == Paragraph::Pending { words.trim_start() } else { words };
        if words.is_empty() {
            return;
        }
        let signs = Signs::of(words);
        self.look(words, signs, span);
        self.ensure_paragraph();
        let words = if signs.have(Signs::CONTROL) { text::clean(words) } else { Cow::Borrowed(words) };
        if self.links > 0 {
            self.out.clean_words(&words);
        } else {
            autolink::write(&mut self.out, &words, signs);
        }
    }

    fn code(&mut self, code: &str) {
        self.inline("<code>");
        self.out.words(code);
        self.out.markup("</code>");
    }

    fn soft_break(&mut self) {
        if self.paragraph != Paragraph::Pending {
            self.out.markup("\n");
        }
    }

    /// A break before the paragraph's first words, or after a figure, breaks nothing.
    fn hard_break(&mut self) {
        if self.paragraph != Paragraph::Pending {
            self.out.markup("<br>\n");
        }
    }

    /// Markup within a line.
    pub(super) fn inline(&mut self, markup: &'static str) {
        self.ensure_paragraph();
        self.out.markup(markup);
    }

    /// Opens the paragraph that is due, if one is.
    pub(super) fn ensure_paragraph(&mut self) {
        if self.paragraph == Paragraph::Pending {
            self.out.markup("<p>");
            self.paragraph = Paragraph::Open;
        }
    }

    /// Notes a reference; gives its number.
    pub(super) fn refer(&mut self, target: Target, anchor: Option<String>, span: &Span) -> usize {
        self.references.push(Reference { target, anchor, at: Typed(self.source.at(span)) });
        self.references.len() - 1
    }

    /// The attribute `aria-label`, with a word of the theme.
    pub(super) fn label(&mut self, word: &'static str) {
        self.out.markup(" aria-label=\"");
        self.out.hole(Piece::Word(word));
        self.out.markup("\"");
    }

    pub(super) fn numbered_label(&mut self, word: &'static str, number: usize) {
        self.out.markup(" aria-label=\"");
        self.out.hole(Piece::WordWith(word, number));
        self.out.markup("\"");
    }

    pub(super) fn find(&mut self, make: fn(crate::diagnostics::Place) -> Finding, span: &Span) {
        self.findings.push(make(self.source.place(span)));
    }

    /// What is open around here that can hold no card or figure.
    pub(super) fn within(&self) -> Option<&'static str> {
        self.open.iter().rev().find_map(|open| open.within)
    }

    /// What cannot stand here is a finding, and nothing of it is written: blocks in a line, headings and footnotes in an
    /// entry.
    fn refuse_block(&mut self, tag: &Tag<'_>, node: &Node<'_>) -> bool {
        let what = match tag {
            _ if self.shape == Shape::Blocks => return false,
            Tag::Heading { .. } => "a heading",
            Tag::FootnoteDefinition(_) => "a footnote",
            _ if self.shape == Shape::Entry => return false,
            Tag::Paragraph if self.paragraphs > 0 => "a second paragraph",
            Tag::BlockQuote(_) => "a quotation",
            Tag::CodeBlock(_) => "a block of code",
            Tag::List(_) => "a list",
            Tag::Table(_) => "a table",
            Tag::Image { .. } => "a picture or card",
            _ => return false,
        };
        self.findings.push(self.refused(self.source.place(&node.span), what));
        true
    }

    /// The finding for what cannot stand here.
    pub(super) fn refused(&self, place: crate::diagnostics::Place, what: &str) -> Finding {
        match self.shape {
            Shape::Blocks | Shape::Line => finding::block_in_line(place, what),
            Shape::Entry => finding::block_in_entry(place, what),
        }
    }
}

//! The first pass: pulldown-cmark's events as a list in which every start knows its end, so that the writer can
//! look ahead and skip in one step.

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};

use super::Source;
use crate::base::Span;
use crate::diagnostics::{Finding, finding};

/// Deeper than any text that people write; what lies deeper is dropped.
const DEEPEST: usize = 64;

/// An event, where it stands in the Markdown, and the index of its end (of itself where it has none).
pub(super) struct Node<'a> {
    pub(super) event: Event<'a>,
    pub(super) span: Span,
    pub(super) end: usize,
}

/// What the first pass gives.
pub(super) struct Read<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) findings: Vec<Finding>,
}

/// Math stays off, because `$5-$7 an hour` is money; definition lists, because `: ` begins lines in plain prose;
/// smart punctuation, because it knows English only.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// Reads the Markdown: neighbouring texts are one node, and references without a definition are findings.
pub(super) fn read<'a>(source: &Source<'a>) -> Read<'a> {
    let mut broken: Vec<(Span, String)> = Vec::new();
    let mut callback = |link: BrokenLink<'_>| -> Option<(CowStr<'a>, CowStr<'a>)> {
        if !matches!(link.link_type, LinkType::Shortcut) && !link.reference.starts_with('^') {
            broken.push((link.span, link.reference.to_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(source.text, options(), Some(&mut callback));
    let mut list = List::default();
    for (event, span) in parser.into_offset_iter() {
        list.add(event, span);
    }
    list.flush();
    broken.dedup();
    let mut findings: Vec<Finding> = broken
        .into_iter()
        .map(|(span, name)| finding::undefined_reference(source.place(&span), &name))
        .collect();
    findings.extend(list.too_deep.map(|span| finding::markdown_too_deep(source.place(&span), DEEPEST)));
    Read { nodes: list.nodes, findings }
}

#[derive(Default)]
struct List<'a> {
    nodes: Vec<Node<'a>>,
    /// The starts that have no end yet, and whether each counts as a level.
    open: Vec<(usize, bool)>,
    levels: usize,
    /// How many starts below the deepest level have no end yet.
    dropping: usize,
    too_deep: Option<Span>,
    text: Option<Words<'a>>,
}

/// Texts that are neighbours.
struct Words<'a> {
    first: CowStr<'a>,
    /// All of them, where there are several.
    all: String,
    span: Span,
}

impl<'a> List<'a> {
    fn add(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(_) if self.dropping > 0 => self.dropping += 1,
            Event::End(_) if self.dropping > 0 => self.dropping -= 1,
            _ if self.dropping > 0 => {}
            Event::Start(tag) => self.start(tag, span),
            Event::End(_) => self.end(event, span),
            Event::Text(text) => self.text(text, span),
            single => self.push(single, span),
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) {
        let counts = is_level(&tag);
        if counts && self.levels == DEEPEST {
            self.too_deep.get_or_insert(span);
            self.dropping = 1;
            return;
        }
        self.levels += usize::from(counts);
        self.push(Event::Start(tag), span);
        self.open.push((self.nodes.len() - 1, counts));
    }

    fn end(&mut self, event: Event<'a>, span: Span) {
        self.push(event, span);
        let Some((start, counts)) = self.open.pop() else { return };
        self.levels -= usize::from(counts);
        let end = self.nodes.len() - 1;
        self.nodes[start].end = end;
    }

    /// Most texts come in one piece, which is kept as it is.
    fn text(&mut self, text: CowStr<'a>, span: Span) {
        let Some(words) = &mut self.text else {
            self.text = Some(Words { first: text, all: String::new(), span });
            return;
        };
        if words.all.is_empty() {
            words.all.push_str(&words.first);
        }
        words.all.push_str(&text);
        words.span.end = span.end;
    }

    fn push(&mut self, event: Event<'a>, span: Span) {
        self.flush();
        self.nodes.push(Node { event, span, end: self.nodes.len() });
    }

    fn flush(&mut self) {
        if let Some(Words { first, all, span }) = self.text.take() {
            let event = Event::Text(if all.is_empty() { first } else { all.into() });
            self.nodes.push(Node { event, span, end: self.nodes.len() });
        }
    }
}

/// What people would call a level: a list and its items are one, and a paragraph is none.
fn is_level(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Item | Tag::Paragraph | Tag::TableHead | Tag::TableRow | Tag::TableCell | Tag::HtmlBlock
    )
}

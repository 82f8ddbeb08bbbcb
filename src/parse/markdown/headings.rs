//! Headings and their anchors.

use std::collections::{BTreeMap, BTreeSet};

use super::text;
use super::writer::Writer;
use crate::base::{Slug, Span};
use crate::diagnostics::finding;
use crate::model::{Heading, Piece};

/// The headings so far.
pub(super) struct Headings {
    list: Vec<Heading>,
    plain: Taken,
    /// Where the text is German, from the first heading on of which that makes another anchor.
    german: Option<Taken>,
    level: u8,
}

/// The anchors that are taken.
#[derive(Default, Clone)]
struct Taken {
    ids: BTreeSet<String>,
    /// The last number that was given to an id that is wanted again: without it, n equal headings take n² looks.
    last: BTreeMap<String, usize>,
}

impl Default for Headings {
    fn default() -> Headings {
        // The page's title is the heading above the first one.
        Headings { list: Vec::new(), plain: Taken::default(), german: None, level: 1 }
    }
}

impl Headings {
    pub(super) fn into_list(mut self) -> Vec<Heading> {
        self.list.shrink_to_fit();
        self.list
    }

    /// The anchor, and that where the text is German, if it is another one.
    fn anchors(&mut self, given: Option<&Slug>, words: &str) -> (String, Option<String>) {
        let wanted = wanted_id(given, words, false);
        let in_german =
            Some(words).filter(|words| !words.is_ascii()).map(|words| wanted_id(given, words, true));
        let differs = in_german.as_ref().is_some_and(|in_german| *in_german != wanted);
        if differs && self.german.is_none() {
            self.german = Some(self.plain.clone());
        }
        let german = self.german.as_mut().map(|taken| taken.unique(in_german.as_ref().unwrap_or(&wanted)));
        let id = self.plain.unique(&wanted);
        let german = german.filter(|german| *german != id);
        (id, german)
    }
}

impl Taken {
    /// The wanted id, or the first of `-2`, `-3`, … that is free.
    fn unique(&mut self, wanted: &str) -> String {
        if self.ids.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let mut number = self.last.get(wanted).copied().unwrap_or(1);
        loop {
            number += 1;
            let id = format!("{wanted}-{number}");
            if self.ids.insert(id.clone()) {
                self.last.insert(wanted.to_owned(), number);
                return id;
            }
        }
    }
}

impl Writer<'_> {
    /// Opens a heading.
    pub(super) fn heading(&mut self, at: usize, typed: u8, id: Option<&str>, extras: bool) -> usize {
        let node = &self.nodes[at];
        let typed_text = self.source.typed(&node.span);
        let span = node.span.start..node.span.start + typed_text.trim_end().len();
        let words = text::words(self.nodes, at + 1..node.end);
        if extras {
            self.find(finding::heading_attributes, &span);
        }
        if words.is_empty() {
            self.find(finding::empty_heading, &span);
            return node.end + 1;
        }
        let level = self.level(typed, &words, &span);
        let given = self.given_id(id, &span);
        let (id, german_id) = self.headings.anchors(given.as_ref(), &words);
        self.open(opening(level), closing(level), Some("a heading"));
        match german_id {
            Some(_) => self.out.hole(Piece::Anchor(self.headings.list.len())),
            None => self.out.words(&id),
        }
        self.out.markup("\">");
        self.headings.list.push(Heading { level, id, german_id, text: words });
        at + 1
    }

    /// The level that is written: 2 to 6.
    fn level(&mut self, typed: u8, words: &str, span: &Span) -> u8 {
        let before = self.headings.level;
        if typed == 1 {
            self.findings.push(finding::heading_too_high(self.source.place(span), words));
        } else if typed > before + 1 {
            self.findings.push(finding::heading_skips(self.source.place(span), before, typed));
        }
        self.headings.level = typed.max(2);
        typed.max(2)
    }

    /// The anchor that is typed: `## Words {#anchor}`.
    fn given_id(&mut self, typed: Option<&str>, span: &Span) -> Option<Slug> {
        let typed = typed?;
        let given = Slug::parse(typed);
        if given.is_none() {
            let better = Slug::make(typed, false);
            let better = better.as_ref().map(Slug::as_str);
            self.findings.push(finding::bad_slug(self.source.place(span), typed, better));
        }
        given
    }
}

/// The anchor that is typed, else that of the words.
fn wanted_id(given: Option<&Slug>, words: &str, german: bool) -> String {
    let id = given.cloned().or_else(|| Slug::make(words, german));
    let id = id.map_or_else(|| "section".to_owned(), |slug| slug.to_string());
    // Footnotes have these.
    if id.starts_with("fn-") || id.starts_with("fnref-") { format!("section-{id}") } else { id }
}

fn opening(level: u8) -> &'static str {
    match level {
        2 => "<h2 id=\"",
        3 => "<h3 id=\"",
        4 => "<h4 id=\"",
        5 => "<h5 id=\"",
        _ => "<h6 id=\"",
    }
}

fn closing(level: u8) -> &'static str {
    match level {
        2 => "</h2>\n",
        3 => "</h3>\n",
        4 => "</h4>\n",
        5 => "</h5>\n",
        _ => "</h6>\n",
    }
}

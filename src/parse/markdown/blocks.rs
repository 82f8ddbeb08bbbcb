//! Paragraphs, quotations and alerts, lists, code, rules.

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::writer::{Close, Open, Paragraph, Shape, Writer};
use super::{dates, text};
use crate::base::Span;
use crate::diagnostics::{finding, nearest};
use crate::model::Piece;

/// GitHub's alerts, by the word in brackets.
const ALERTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

impl Writer<'_> {
    pub(super) fn open_paragraph(&mut self, at: usize) {
        let end = self.nodes[at].end;
        if self.open.is_empty() {
            self.paragraphs += 1;
            if self.lead.is_empty() && !self.notes.writing {
                self.lead = text::words(self.nodes, at + 1..end);
            }
        }
        if self.shape != Shape::Line {
            self.paragraph = Paragraph::Pending;
            self.figures = self.only_pictures(at + 1, end);
        }
        self.look_at_lines(at);
        self.open.push(Open { close: Close::Paragraph, within: None });
    }

    pub(super) fn close_paragraph(&mut self) {
        if self.paragraph == Paragraph::Open {
            self.out.markup("</p>\n");
        }
        self.paragraph = Paragraph::None;
        self.figures = false;
    }

    fn only_pictures(&self, mut at: usize, end: usize) -> bool {
        while at < end {
            let node = &self.nodes[at];
            match &node.event {
                Event::Start(Tag::Image { .. }) | Event::SoftBreak | Event::HardBreak => at = node.end + 1,
                Event::Text(words) if words.trim().is_empty() => at += 1,
                _ => return false,
            }
        }
        true
    }

    pub(super) fn quotation(&mut self, at: usize, kind: Option<BlockQuoteKind>) {
        let (open, word) = match kind {
            Some(BlockQuoteKind::Note) => ("<aside class=\"alert alert-note\"", "alert_note"),
            Some(BlockQuoteKind::Tip) => ("<aside class=\"alert alert-tip\"", "alert_tip"),
            Some(BlockQuoteKind::Important) => ("<aside class=\"alert alert-important\"", "alert_important"),
            Some(BlockQuoteKind::Warning) => ("<aside class=\"alert alert-warning\"", "alert_warning"),
            Some(BlockQuoteKind::Caution) => ("<aside class=\"alert alert-caution\"", "alert_caution"),
            None => {
                self.check_alert(at);
                return self.open("<blockquote>\n", "</blockquote>\n", None);
            }
        };
        self.open(open, "</aside>\n", None);
        self.label(word);
        self.out.markup("><p class=\"alert-title\">");
        self.out.hole(Piece::Word(word));
        self.out.markup("</p>\n");
    }

    /// A quotation that begins like an alert but is none.
    fn check_alert(&mut self, at: usize) {
        let Some(first) = self.nodes.get(at + 1) else { return };
        let typed = self.source.typed(&first.span);
        let Some((name, _)) = typed.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else { return };
        if name.is_empty() || name.len() > 30 || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return;
        }
        let place = self.source.place(&(first.span.start..first.span.start + name.len() + 3));
        let known = ALERTS.iter().find(|alert| alert.eq_ignore_ascii_case(name));
        self.findings.push(match known {
            Some(alert) => finding::words_after_alert(place, alert),
            None => finding::unknown_alert(place, name, nearest::nearest(name, ALERTS), &ALERTS),
        });
    }

    pub(super) fn list(&mut self, first: Option<u64>) {
        match first {
            None => self.open("<ul>\n", "</ul>\n", None),
            Some(1) => self.open("<ol>\n", "</ol>\n", None),
            Some(first) => {
                self.open("<ol start=\"", "</ol>\n", None);
                self.out.number(usize::try_from(first).unwrap_or(1));
                self.out.markup("\">\n");
            }
        }
    }

    pub(super) fn item(&mut self, at: usize) {
        let span = &self.nodes[at].span;
        let typed = self.source.typed(span);
        let indent = typed.len() - typed.trim_start().len();
        if let Some(date) = dates::at_start(typed.trim_start()) {
            let start = span.start + indent;
            let place = self.source.place(&(start..start + date.len));
            self.findings.push(finding::list_from_date(place, &date.cure));
        }
        let marker = |index: usize| {
            self.nodes.get(index).is_some_and(|node| matches!(node.event, Event::TaskListMarker(_)))
        };
        let loose =
            self.nodes.get(at + 1).is_some_and(|node| matches!(node.event, Event::Start(Tag::Paragraph)));
        let task = marker(at + 1) || (loose && marker(at + 2));
        self.open(if task { "<li class=\"task\">" } else { "<li>" }, "</li>\n", None);
    }

    /// A box of a task list. It has a name for those who cannot see it (WCAG 2.2 SC 4.1.2).
    pub(super) fn task(&mut self, done: bool) {
        self.inline("<input type=\"checkbox\" disabled");
        if done {
            self.out.markup(" checked");
        }
        self.label(if done { "task_done" } else { "task_open" });
        self.out.markup("> ");
    }

    /// Code scrolls sideways, so that the keyboard has to reach it (WCAG 2.2 SC 2.1.1).
    pub(super) fn code_block(&mut self, at: usize) -> usize {
        let end = self.nodes[at].end;
        if let Event::Start(Tag::CodeBlock(kind)) = &self.nodes[at].event {
            self.look_at_code(kind, &self.nodes[at].span);
        }
        self.out.markup("<pre tabindex=\"0\"><code>");
        for node in &self.nodes[at + 1..end] {
            if let Event::Text(code) = &node.event {
                self.out.words(code);
            }
        }
        self.out.markup("</code></pre>\n");
        end + 1
    }

    pub(super) fn rule(&mut self, span: &Span) {
        match self.shape {
            Shape::Blocks | Shape::Entry => self.out.markup("<hr>\n"),
            Shape::Line => {
                self.findings.push(finding::block_in_line(self.source.place(span), "a line across the page"));
            }
        }
    }
}

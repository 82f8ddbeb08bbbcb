//! HTML in Markdown: comments are dropped, everything else is a finding, and nothing of it is published.

use pulldown_cmark::CowStr;

use super::writer::Writer;
use crate::base::Span;
use crate::diagnostics::finding;

/// What is remembered of HTML within lines, so that `<b>words</b>` is one finding and not two.
#[derive(Default)]
pub(super) struct Tags {
    /// Where the last tag ended.
    end: usize,
    /// Opening tags whose closing one has not come yet.
    open: usize,
}

impl Writer<'_> {
    pub(super) fn inline_html(&mut self, html: &CowStr<'_>, span: &Span) {
        if html.starts_with("<!--") {
            return;
        }
        let in_run = self.tags.end == span.start && span.start > 0;
        let closes = html.starts_with("</");
        let told = in_run || (closes && self.tags.open > 0);
        if !told {
            self.find(finding::raw_html, span);
        }
        self.tags.end = span.end;
        self.tags.open = if closes { self.tags.open.saturating_sub(1) } else { self.tags.open + 1 };
    }

    /// A block of HTML goes on to the next blank line, so that it may hold Markdown, too; a comment's goes to the end
    /// of the line where the comment ends.
    pub(super) fn html_block(&mut self, at: usize) -> usize {
        let node = &self.nodes[at];
        let mut start = node.span.start;
        let end = start + self.source.typed(&node.span).trim_end().len();
        loop {
            let rest = self.source.typed(&(start..end));
            start += rest.len() - rest.trim_start().len();
            let rest = rest.trim_start();
            let Some(comment) = rest.strip_prefix("<!--") else { break };
            let Some(length) = comment_end(comment) else {
                self.find(finding::unclosed_comment, &(start..start + 4));
                return node.end + 1;
            };
            start += 4 + length;
        }
        if self.source.typed(&(start..end)).starts_with('<') {
            self.find(finding::raw_html, &(start..end));
        } else if start < end {
            self.find(finding::words_after_comment, &(start..end));
        }
        node.end + 1
    }
}

/// How many bytes after `<!--` the comment ends. `<!-->` and `<!--->` are whole comments (HTML §13.2.5.43).
fn comment_end(comment: &str) -> Option<usize> {
    if comment.starts_with('>') {
        return Some(1);
    }
    if comment.starts_with("->") {
        return Some(2);
    }
    comment.find("-->").map(|at| at + 3)
}

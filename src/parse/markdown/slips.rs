//! What people mistype in Markdown, which then stands on the page as it was typed: a link that is none, a heading or a
//! list without its space, a placeholder that nobody filled.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event};

use super::broken::broken_links;
use super::signs::Signs;
use super::writer::{Shape, Writer};
use super::{Origin, text};
use crate::base::{Span, url};
use crate::diagnostics::{At, Edit, Finding, finding};
use crate::parse::yaml::line_end;
use crate::parse::{contacts, placeholders};

/// What word processors put in front of the entries of a list.
const BULLETS: [char; 6] = ['•', '·', '◦', '▪', '‣', '●'];

impl Writer<'_> {
    /// Looks at a text that is about to be written. `span` is where it stands.
    pub(super) fn look(&mut self, words: &str, signs: Signs, span: &Span) {
        if !signs.have(Signs::SLIP) && !(self.blanks && placeholders::may_be_worded(words)) {
            return;
        }
        let typed = self.source.typed(span);
        let signs = Signs::of(typed);
        // Those of a YAML value are found where the file is read, each in its place.
        let in_text = matches!(self.source.origin, Origin::Text { .. });
        if in_text && (self.blanks || signs.have(Signs::OPEN)) {
            for found in placeholders::all(typed) {
                let place = self.source.place(&shift(&found, span.start));
                self.findings.push(finding::placeholder(place, &typed[found]));
            }
        }
        let code = if signs.have(Signs::BRACE) { code_of_templates(typed) } else { None };
        if let Some(found) = code {
            let place = self.source.place(&shift(&found, span.start));
            self.findings.push(finding::code_in_text(place, &typed[found.start..found.start + 2]));
        }
        if signs.have(Signs::STAR) {
            for found in left_over(self.source.text, span) {
                self.findings.push(finding::asterisks_shown(self.source.place(&found)));
            }
        }
        if signs.have(Signs::COLON) {
            self.look_at_urls(typed, span);
        }
        if signs.have(Signs::CLOSE) {
            self.look_at_brackets(typed, span);
        }
    }

    /// Looks for addresses of the writer's own machine.
    fn look_at_urls(&mut self, typed: &str, span: &Span) {
        for url in typed.split_whitespace().filter(|word| word.contains("://")) {
            let start = url.find("http").unwrap_or(0);
            let url = url[start..].trim_end_matches([')', '.', ',', ';', '>']);
            if self.links == 0 && url::is_private(url) {
                self.findings.push(finding::private_address(self.source.place(span), url));
            }
        }
    }

    /// Looks for links that are none.
    fn look_at_brackets(&mut self, typed: &str, span: &Span) {
        for link in broken_links(typed) {
            let place = self.source.place(&shift(&link.span, span.start));
            let told = finding::broken_link_syntax(place, link.reason, link.right.as_deref());
            let told = match link.right {
                Some(right) => self.with_edit(told, shift(&link.span, span.start), right),
                None => told,
            };
            self.findings.push(told);
        }
    }

    /// A correction of the text; in a YAML value, there is no way back to single bytes.
    fn with_edit(&self, told: Finding, span: Span, text: String) -> Finding {
        let at = self.source.at(&span);
        let exact = matches!(at, At::Span(_));
        if exact { told.corrected_by(vec![Edit { at, text }]) } else { told }
    }

    /// Looks at the beginnings of a paragraph's lines: `##Our demands`, `-one`, `• one`.
    pub(super) fn look_at_lines(&mut self, at: usize) {
        if self.shape != Shape::Blocks {
            return;
        }
        let end = self.nodes[at].end;
        let begins = |index: &usize| {
            *index == at + 1 || matches!(self.nodes[*index - 1].event, Event::SoftBreak | Event::HardBreak)
        };
        let mut bullets: Vec<Span> = Vec::new();
        let mut dashes: Vec<Span> = Vec::new();
        let mut headings: Vec<Span> = Vec::new();
        for index in (at + 1..end).filter(begins) {
            let Event::Text(words) = &self.nodes[index].event else { continue };
            let start = self.nodes[index].span.start;
            let Some(first) = words.chars().next() else { continue };
            let rest = &words[first.len_utf8()..];
            if BULLETS.contains(&first) {
                let spaces = rest.len() - rest.trim_start().len();
                bullets.push(start..start + first.len_utf8() + spaces);
            } else if first == '-' && rest.starts_with(char::is_alphabetic) {
                dashes.push(start..start + 1);
            } else if words.starts_with("##") {
                let hashes = words.len() - words.trim_start_matches('#').len();
                if hashes <= 6 && words[hashes..].starts_with(|c: char| !c.is_whitespace()) {
                    headings.push(start..start + hashes);
                }
            }
        }
        self.look_at_table(at + 1);
        // One dash may be somebody's signature.
        let lists = if dashes.len() > 1 { [bullets, dashes].concat() } else { bullets };
        self.tell_list(&lists);
        for span in headings {
            let hashes = self.source.typed(&span).to_owned();
            let told = finding::heading_without_space(self.source.place(&span), &hashes);
            self.findings.push(self.with_edit(told, span.end..span.end, " ".to_owned()));
        }
    }

    /// Lines that begin and end with `|`, in a paragraph that begins at a node.
    fn look_at_table(&mut self, first: usize) {
        let start = self.nodes[first].span.start;
        let end = self.nodes[first - 1].span.end.max(start);
        let typed = self.source.text.get(start..end).unwrap_or_default();
        if !typed.trim_start().starts_with('|') {
            return;
        }
        let lines: Vec<&str> = typed.lines().map(str::trim).collect();
        let is_row = |line: &&str| line.len() > 2 && line.starts_with('|') && line.ends_with('|');
        if lines.len() < 2 || !lines.iter().all(is_row) {
            return;
        }
        let columns = lines[0].matches('|').count() - 1;
        let line = format!("|{}", " --- |".repeat(columns));
        let head = start..start + lines[0].len();
        let told = finding::table_without_line(self.source.place(&head), &line);
        self.findings.push(self.with_edit(
            told,
            head.end..head.end,
            format!("{}{line}", line_end(self.source.text)),
        ));
    }

    /// Looks at a block of code: whether it was meant as one, and whether it ends.
    pub(super) fn look_at_code(&mut self, kind: &CodeBlockKind<'_>, span: &Span) {
        let typed = self.source.typed(span).trim_end();
        match kind {
            CodeBlockKind::Indented => self.find(finding::indented_code, span),
            CodeBlockKind::Fenced(_) => {
                let last = typed.lines().last().unwrap_or_default().trim_start_matches([' ', '>', '\t']);
                let closed = typed.contains('\n') && (last.starts_with("```") || last.starts_with("~~~"));
                if !closed {
                    let first = span.start..span.start + typed.lines().next().unwrap_or_default().len();
                    let mark = if typed.starts_with('~') { "~~~" } else { "```" };
                    self.findings.push(finding::unclosed_code(self.source.place(&first), mark));
                }
            }
        }
    }

    fn tell_list(&mut self, marks: &[Span]) {
        let Some(first) = marks.first() else { return };
        let told = finding::list_without_space(self.source.place(first), self.source.typed(first).trim_end());
        let edits = marks.iter().map(|mark| Edit { at: self.source.at(mark), text: "- ".to_owned() });
        let edits = edits.filter(|edit| matches!(edit.at, At::Span(_)));
        self.findings.push(told.corrected_by(edits.collect()));
    }

    /// Looks at the words of a link.
    pub(super) fn look_at_words(&mut self, at: usize) {
        let node = &self.nodes[at];
        let words = text::words(self.nodes, at + 1..node.end);
        let lower = words.to_lowercase();
        if VAGUE.contains(&lower.trim_matches(|c: char| !c.is_alphanumeric())) {
            self.findings.push(finding::vague_link(self.source.place(&node.span), &words));
        }
    }

    /// Looks at an address that somebody is to write to or to call.
    pub(super) fn look_at_contact(&mut self, scheme: &str, url: &str, span: &Span) {
        let rest = url.get(scheme.len() + 1..).unwrap_or_default();
        let plain = crate::base::url::decode(rest.split(['?', ';']).next().unwrap_or_default());
        let place = self.source.place(span);
        match scheme {
            "mailto" | "tel" if plain.trim().is_empty() => {
                self.findings.push(finding::empty_link(place, "address"));
            }
            "mailto" => {
                let wrong =
                    plain.split(',').map(str::trim).find_map(|one| Some((one, contacts::email(one).err()?)));
                if let Some((one, right)) = wrong {
                    self.findings.push(finding::bad_email(place, one, right.as_deref()));
                }
            }
            "tel" => {
                if let Err(right) = contacts::phone(&plain) {
                    self.findings.push(finding::bad_phone(place, &plain, right.as_deref()));
                }
            }
            _ => {}
        }
    }
}

fn shift(range: &Range<usize>, by: usize) -> Span {
    range.start + by..range.end + by
}

/// Each `**` in a part of a text that opens or closes nothing, and stands beside a word as if it did. Three and more hide
/// words.
fn left_over(text: &str, span: &Span) -> Vec<Span> {
    let typed = text.get(span.clone()).unwrap_or_default();
    let marks = typed.match_indices("**").map(|(at, mark)| span.start + at..span.start + at + mark.len());
    let stands = |mark: &Span| {
        let before = text[..mark.start].chars().next_back();
        let after = text[mark.end..].chars().next();
        let gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let whole = !matches!(before, Some('*' | '\\')) && after != Some('*');
        whole && gap(before) != gap(after)
    };
    marks.filter(stands).collect()
}

/// `{{ … }}` or `{% … %}`, which templates and shortcodes of other generators read.
fn code_of_templates(typed: &str) -> Option<Range<usize>> {
    let start = ["{{", "{%"].into_iter().filter_map(|open| typed.find(open)).min()?;
    let close = if typed[start..].starts_with("{{") { "}}" } else { "%}" };
    let end = typed[start..].find(close).map_or(typed.len(), |end| start + end + close.len());
    Some(start..end)
}

/// Words of a link that say nothing of where it leads (WCAG 2.2 SC 2.4.4), in English, Spanish and German.
const VAGUE: [&str; 36] = [
    "click here",
    "here",
    "click",
    "click this link",
    "this link",
    "link",
    "this page",
    "this",
    "read more",
    "learn more",
    "more",
    "see more",
    "more info",
    "more information",
    "see here",
    "go here",
    "tap here",
    "aquí",
    "aqui",
    "haga clic aquí",
    "haz clic aquí",
    "clic aquí",
    "pulse aquí",
    "este enlace",
    "enlace",
    "leer más",
    "ver más",
    "más información",
    "hier",
    "hier klicken",
    "klicken sie hier",
    "klick hier",
    "dieser link",
    "mehr",
    "weiterlesen",
    "mehr erfahren",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asterisks_beside_words_are_left_over() {
        for (text, count) in
            [("We **strike", 1), ("We strike** now", 1), ("2 ** 3, f**k, f*** it, \\**x", 0), ("** or", 0)]
        {
            assert_eq!(left_over(text, &(0..text.len())).len(), count, "{text}");
        }
    }
}

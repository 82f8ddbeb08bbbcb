//! Pictures and embeds: `![alt](photo.jpg "credit")`, `![[photo.jpg]]`, `![[slug]]`.

use pulldown_cmark::LinkType;

use super::links::{self, Address};
use super::text;
use super::writer::{Paragraph, Writer};
use crate::base::Span;
use crate::diagnostics::finding;
use crate::model::{Figure, Piece, Target};

/// What makes `![[name.ext]]` a picture and not a document. Which of them can be published, `link` says.
const PICTURES: [&str; 12] =
    ["jpg", "jpeg", "jpe", "png", "webp", "svg", "gif", "avif", "heic", "heif", "bmp", "tiff"];

impl Writer<'_> {
    pub(super) fn picture(&mut self, at: usize, kind: LinkType, typed: &str, title: &str) -> usize {
        let node = &self.nodes[at];
        let words = text::words(self.nodes, at + 1..node.end);
        match kind {
            LinkType::WikiLink { has_pothole } => {
                self.by_name(typed, Some(words).filter(|_| has_pothole), &node.span);
            }
            _ => self.by_path(typed, words, title, &node.span),
        }
        node.end + 1
    }

    fn by_name(&mut self, typed: &str, words: Option<String>, span: &Span) {
        let (target, anchor) = links::name(typed);
        match target {
            Target::Name(file) if is_picture(&file) => {
                // In Obsidian, `![[photo.jpg|300]]` is a width; here the theme decides on widths.
                let is_alt =
                    |words: &String| !words.is_empty() && !words.bytes().all(|b| b"0123456789x".contains(&b));
                let figure = Figure { file, by_name: true, alt: words.filter(is_alt), credit: None };
                self.show(figure, span);
            }
            Target::Name(name) if !name.is_empty() => self.embed(Target::Name(name), anchor, span),
            _ => self.findings.push(finding::empty_link(self.source.place(span), "address")),
        }
    }

    fn by_path(&mut self, typed: &str, alt: String, title: &str, span: &Span) {
        // The file's name is no alternative to the picture (WCAG 2.2, failure F30).
        if alt.is_empty() || is_picture(&alt) {
            self.findings.push(finding::picture_without_alt(self.source.place(span)));
        }
        match self.address(typed, span) {
            Some(Address::Full(url, _)) => {
                self.findings.push(finding::picture_elsewhere(self.source.place(span), &url));
            }
            Some(Address::Ours(Target::Path(file), _)) => {
                let credit = Some(text::collapse(&text::clean(title))).filter(|credit| !credit.is_empty());
                // An empty alt stays, so that nobody reports it a second time.
                self.show(Figure { file, by_name: false, alt: Some(alt), credit }, span);
            }
            Some(Address::Ours(..)) => {
                self.findings.push(finding::empty_link(self.source.place(span), "address"));
            }
            None => {}
        }
    }

    fn show(&mut self, figure: Figure, span: &Span) {
        let reference = self.refer(Target::Picture(figure), None, span);
        if self.figures {
            self.out.hole(Piece::Figure(reference));
            self.out.markup("\n");
        } else {
            self.ensure_paragraph();
            self.out.hole(Piece::Picture(reference));
        }
    }

    /// A card is a block: the paragraph around it ends before it, and another one begins with the words after it.
    fn embed(&mut self, target: Target, anchor: Option<String>, span: &Span) {
        if let Some(within) = self.within() {
            let place = self.source.place(span);
            return self.findings.push(finding::misplaced(place, "an embedded card", within));
        }
        if self.paragraph == Paragraph::Open {
            self.out.markup("</p>\n");
            self.paragraph = Paragraph::Pending;
        }
        let reference = self.refer(target, anchor, span);
        self.out.hole(Piece::Embed(reference));
        self.out.markup("\n");
    }
}

fn is_picture(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| PICTURES.contains(&extension.to_lowercase().as_str()))
}

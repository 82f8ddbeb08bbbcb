//! The pieces as they are written: HTML grows in one place until a hole ends it.

use crate::base::Html;
use crate::model::Piece;

use super::text;

pub(super) struct Output {
    pieces: Vec<Piece>,
    html: Html,
}

impl Output {
    /// Nothing yet, and room for the HTML of so many bytes of Markdown.
    pub(super) fn of(bytes: usize) -> Output {
        Output { pieces: Vec::new(), html: Html::with_capacity(bytes + bytes / 4) }
    }

    /// Markup of our own.
    pub(super) fn markup(&mut self, markup: &'static str) {
        self.html.push_markup(markup);
    }

    /// Words of the content: escaped, and without control characters.
    pub(super) fn words(&mut self, words: &str) {
        self.clean_words(&text::clean(words));
    }

    /// Words that have no control characters: escaped.
    pub(super) fn clean_words(&mut self, words: &str) {
        self.html.push_text(words);
    }

    pub(super) fn number(&mut self, number: usize) {
        self.html.push_number(number);
    }

    pub(super) fn hole(&mut self, hole: Piece) {
        self.flush();
        self.pieces.push(hole);
    }

    /// Adds what was written elsewhere.
    pub(super) fn pieces(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Html(html) => self.html.push(&html),
                hole => self.hole(hole),
            }
        }
    }

    /// The pieces so far, and a fresh start.
    pub(super) fn take(&mut self) -> Vec<Piece> {
        self.flush();
        self.pieces.shrink_to_fit();
        std::mem::take(&mut self.pieces)
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.pieces.push(Piece::Html(self.html.cut()));
        }
    }
}

//! A YAML text with its slips put right in memory, so that reading can go on, and the way back to the text as it stands.

use std::borrow::Cow;
use std::ops::Range;

/// A text in place of a range of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::parse) struct Patch {
    /// Bytes of the source.
    pub(super) span: Range<usize>,
    pub(super) text: String,
}

impl Patch {
    pub(super) fn new(span: Range<usize>, text: impl Into<String>) -> Patch {
        Patch { span, text: text.into() }
    }
}

/// A source and what was put right in it.
#[derive(Debug, Clone)]
pub(super) struct Mended<'s> {
    source: &'s str,
    /// In order, none of them within another.
    patches: Vec<Patch>,
    text: Cow<'s, str>,
    /// Where in the text each patch's own text begins.
    begin: Vec<usize>,
}

impl<'s> Mended<'s> {
    pub(super) fn new(source: &'s str) -> Mended<'s> {
        Mended { source, patches: Vec::new(), text: Cow::Borrowed(source), begin: Vec::new() }
    }

    /// The text as it is read.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Puts something right. What was put right within the same range before is given up.
    pub(super) fn patch(&mut self, patches: impl IntoIterator<Item = Patch>) {
        for patch in patches {
            let first = self.patches.partition_point(|other| other.span.end <= patch.span.start);
            let after = self.patches.partition_point(|other| other.span.start < patch.span.end);
            self.patches.splice(first..after.max(first), [patch]);
        }
        let mut text = String::with_capacity(self.source.len() + 64);
        self.begin.clear();
        let mut from = 0;
        for patch in &self.patches {
            text.push_str(&self.source[from..patch.span.start]);
            self.begin.push(text.len());
            text.push_str(&patch.text);
            from = patch.span.end;
        }
        text.push_str(&self.source[from..]);
        self.text = Cow::Owned(text);
    }

    /// Where in the source a byte of the text stands; one that was put in stands where it was put.
    pub(super) fn source_of(&self, offset: usize) -> usize {
        let before = self.begin.partition_point(|begin| *begin <= offset);
        // Of several that begin there, all but the last are empty.
        let Some(index) = before.checked_sub(1) else { return offset.min(self.source.len()) };
        let (patch, within) = (&self.patches[index], offset - self.begin[index]);
        if within < patch.text.len() {
            self.source.floor_char_boundary(patch.span.start + within.min(patch.span.len()))
        } else {
            (patch.span.end + within - patch.text.len()).min(self.source.len())
        }
    }

    /// A range of the text, in the source.
    pub(super) fn span_of(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.source_of(span.start);
        start..self.source_of(span.end).max(start)
    }

    /// The offset in the text of a line and a column, both from 1, as the reader counts them: it takes more than `\n` for
    /// the end of a line.
    pub(super) fn offset(&self, line: usize, column: usize) -> usize {
        let mut characters = self.text.char_indices().peekable();
        let mut left = line.saturating_sub(1);
        while left > 0 {
            let Some((_, character)) = characters.next() else { return self.text.len() };
            let pair = character == '\r' && characters.peek().is_some_and(|(_, next)| *next == '\n');
            let ends = matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
            left -= usize::from(ends && !pair);
        }
        characters.nth(column.saturating_sub(1)).map_or(self.text.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_knows_where_it_came_from() {
        let mut mended = Mended::new("titel: Día: 2\ndate:x\n");
        mended.patch([Patch::new(7..14, "\"Día: 2\""), Patch::new(0..5, "title"), Patch::new(20..20, " ")]);
        assert_eq!(mended.text(), "title: \"Día: 2\"\ndate: x\n");
        assert_eq!(mended.span_of(&(0..5)), 0..5);
        assert_eq!(mended.span_of(&(7..16)), 7..14);
        assert_eq!(mended.source_of(mended.text().find('x').unwrap()), 20);
        assert_eq!(mended.source_of(mended.text().len()), 22);
        assert_eq!(mended.offset(2, 7), mended.text().find('x').unwrap());
        assert_eq!(Mended::new("a\r\nb\u{2028}ñc").offset(3, 2), "a\r\nb\u{2028}ñ".len());
        mended.patch([Patch::new(0..14, "")]);
        assert_eq!(mended.text(), "\ndate: x\n");
        assert_eq!(mended.source_of(0), 14);
    }
}

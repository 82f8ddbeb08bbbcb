//! Places in a text.

use std::ops::Range;

/// A range of byte offsets into a file's text.
pub type Span = Range<usize>;

/// A line and a column, both counted from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The line and column of a byte offset. An offset past the end, or inside a character, counts as the place
/// before it. A byte order mark at the start of the text has no column.
pub fn position(text: &str, offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
    Position { line, column }
}

/// Where the lines of a text begin, for those who ask for many places in it.
#[derive(Debug, Clone)]
pub struct Lines(Vec<usize>);

impl Lines {
    /// Walks over a text once.
    pub fn of(text: &str) -> Lines {
        let begin = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Lines(std::iter::once(0).chain(begin).collect())
    }

    /// The number, from 1, of the line in which a byte stands.
    pub fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|begin| *begin <= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "\u{feff}señal\r\nB: ñx";
        assert_eq!(position(text, 3), Position { line: 1, column: 1 });
        assert_eq!(position(text, text.find('x').unwrap()), Position { line: 2, column: 5 });
        assert_eq!(position(text, 999).line, 2);
        let lines = Lines::of(text);
        assert!((0..text.len()).all(|at| lines.line(at) == position(text, at).line));
    }
}

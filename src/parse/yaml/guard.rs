//! What is refused before the YAML crate sees it, for it would take too long: deep nesting, anchors and aliases.

use memchr::{memchr_iter, memchr2, memchr2_iter};

use super::extent::begins_block;

/// What a look at the text alone shows, before it is parsed. Offsets are from the YAML's beginning.
pub(super) struct Scanned {
    /// Where flow brackets or indentation go deeper than allowed.
    pub(super) too_deep: Option<usize>,
    /// Where a value begins with `&` or `*`, and which.
    pub(super) alias: Option<(usize, char)>,
}

/// Looks for anchors, aliases and deep nesting in one pass over the lines; block scalars are skipped.
pub(super) fn scan(source: &str, levels: usize) -> Scanned {
    let mut scanned = Scanned { too_deep: None, alias: None };
    if !may_be_refused(source.as_bytes(), levels) {
        return scanned;
    }
    let mut block: Option<usize> = None;
    let mut open = 0usize;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if block.is_some_and(|outer| indent > outer || content.trim().is_empty()) {
            start += line.len();
            continue;
        }
        block = opens_block(content).then_some(indent);
        // Every level takes at least one column, and `- - -` makes two columns a level.
        if indent > levels * 8 || content.matches("- ").count() > levels {
            scanned.too_deep.get_or_insert(start);
        }
        scan_line(line, start, &mut open, levels, &mut scanned);
        start += line.len();
    }
    scanned
}

/// Whether a text has any mark of an anchor or alias, more brackets than levels, or a line that is long enough for so many
/// dashes or so deep a margin. Most texts have none of these.
fn may_be_refused(source: &[u8], levels: usize) -> bool {
    let is_deep = |line: &[u8]| {
        let dashes = || memchr_iter(b'-', line).count() > levels;
        let indent = || line.iter().take_while(|byte| **byte == b' ').count() > levels * 8;
        line.len() > levels * 2 && (dashes() || indent())
    };
    memchr2(b'&', b'*', source).is_some()
        || memchr2_iter(b'[', b'{', source).count() > levels
        || source.split(|byte| *byte == b'\n').any(is_deep)
}

/// Whether a line ends in `|` or `>`: its text follows.
fn opens_block(line: &str) -> bool {
    let value = line.rsplit_once(": ").or_else(|| line.rsplit_once("- ")).map(|(_, value)| value.trim());
    value.is_some_and(begins_block)
}

fn scan_line(line: &str, start: usize, open: &mut usize, levels: usize, scanned: &mut Scanned) {
    let mut quote: Option<char> = None;
    let mut before = ' ';
    let mut fresh = true; // whether a value may begin here
    for (at, character) in line.char_indices() {
        match (quote, character) {
            (Some(mark), _) if character == mark && !(mark == '"' && before == '\\') => quote = None,
            (Some(_), _) => {}
            (None, '#') if before.is_whitespace() => return,
            (None, '"' | '\'') if fresh => quote = Some(character),
            (None, '[' | '{') if fresh => {
                *open += 1;
                if *open > levels {
                    scanned.too_deep.get_or_insert(start + at);
                }
            }
            (None, ']' | '}') => *open = open.saturating_sub(1),
            (None, '&' | '*') if fresh => {
                let next = line[at + 1..].chars().next();
                if next.is_some_and(|next| !next.is_whitespace()) {
                    scanned.alias.get_or_insert((start + at, character));
                }
            }
            (None, _) => {}
        }
        let separator = character == ' ' && matches!(before, ':' | '-' | '?');
        fresh = match character {
            ' ' => fresh || separator,
            '[' | '{' => true,
            ',' => *open > 0,
            _ => false,
        };
        before = character;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_one_too_many_is_seen_and_no_more() {
        let deep = |text: &str| scan(text, 8).too_deep;
        for one in ["[", "{", "- "] {
            assert_eq!(deep(&format!("a: b\n{}\n", one.repeat(8))), None, "{one}");
        }
        assert_eq!(deep(&format!("a:\n{}b: c\n", " ".repeat(64))), None);
        assert_eq!(deep(&format!("a: b\n{}\n", "[".repeat(9))), Some(5 + 8));
        assert_eq!(deep(&format!("a: b\n{}\n", "- ".repeat(9))), Some(5));
        assert_eq!(deep(&format!("a:\n{}b: c\n", " ".repeat(65))), Some(3));
        assert_eq!(scan("a: &b c\n", 8).alias, Some((3, '&')));
        assert_eq!(scan("a: b\nc: *b", 8).alias, Some((8, '*')));
        assert_eq!(scan("a: Q&A * B\n", 8).alias, None);
    }
}

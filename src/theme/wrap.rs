//! Lines for e-mails: paragraphs wrapped at words, with margins.

use textwrap::core::{Word, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

/// The most characters of a line, unless an address is longer: what RFC 3676 §4.2 advises, less room for “> ”.
pub(super) const WIDTH: usize = 72;

/// A paragraph, wrapped.
pub(super) fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    wrap(text, "", "", &mut out);
    out
}

/// Adds a paragraph, wrapped, with other beginnings of its first line and of those after it. Line ends in it stay.
pub(super) fn wrap(text: &str, first: &str, rest: &str, out: &mut String) {
    #[expect(clippy::cast_precision_loss, reason = "at most 72")]
    let widths = [first, rest].map(|margin| WIDTH.saturating_sub(display_width(margin)) as f64);
    // Words have five letters and a space, more or less.
    let mut all = Vec::with_capacity(text.len() / 6 + 8);
    let mut margin = first;
    for (index, paragraph) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        all.clear();
        all.extend(words(paragraph));
        let mut from = 0;
        for (index, line) in wrap_first_fit(&all, &widths).into_iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            let whole: usize = line.iter().map(|word| word.word.len() + word.whitespace.len()).sum();
            if let Some(last) = line.last() {
                out.push_str(margin);
                out.push_str(&paragraph[from..from + whole - last.whitespace.len()]);
            }
            from += whole;
            margin = rest;
        }
    }
}

/// The words of a line, each with the spaces after it; spaces at its beginning are after an empty one.
fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = line;
    std::iter::from_fn(move || {
        // Most words are of letters that take one column each.
        let mut narrow = true;
        let end = rest.bytes().position(|byte| {
            narrow &= (b' '..=b'~').contains(&byte);
            byte == b' '
        });
        let end = end.unwrap_or(rest.len());
        let next = end + rest[end..].bytes().take_while(|byte| *byte == b' ').count();
        let (word, whitespace) = (&rest[..end], &rest[end..next]);
        rest = &rest[next..];
        let width = if narrow { word.len() } else { display_width(word) };
        (next > 0).then_some(Word { word, whitespace, penalty: "", width })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use textwrap::{Options, WordSplitter};

    use super::*;

    proptest! {
        #[test]
        fn lines_break_where_the_crate_for_it_breaks_them(
            text in "([a-z]{1,9}|[éß日🎉]{1,4}|[ ]{1,3}|\n|\u{7}|\u{1b}\\[1m){0,60}",
            margin in 0_usize..3,
        ) {
            let (first, rest) = [("", ""), ("> ", "> "), ("10. ", "    ")][margin];
            let mut lines = String::new();
            wrap(&text, first, rest, &mut lines);
            let options = Options::new(WIDTH).initial_indent(first).subsequent_indent(rest);
            let options = options.break_words(false).word_splitter(WordSplitter::NoHyphenation);
            prop_assert_eq!(lines, textwrap::fill(&text, options));
        }
    }
}

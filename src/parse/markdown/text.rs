//! Plain words: without control characters, without markup, cut to a length.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::events::Node;
use super::signs::Signs;

/// The text without control characters other than line feed and tab: they mean nothing in HTML, and some
/// (U+0000, U+008D) are errors in it.
pub(in crate::parse) fn clean(text: &str) -> Cow<'_, str> {
    let bad = |character: char| character.is_control() && character != '\n' && character != '\t';
    if !Signs::of(text).have(Signs::CONTROL) || !text.contains(bad) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.replace(bad, ""))
    }
}

/// The words of the nodes in `range`, with single spaces between them. Pictures, embeds and footnote marks have none.
pub(super) fn words(nodes: &[Node<'_>], range: Range<usize>) -> String {
    let mut all = String::new();
    let mut at = range.start;
    while let Some(node) = nodes.get(at).filter(|_| at < range.end) {
        match &node.event {
            Event::Text(text) | Event::Code(text) => all.push_str(text),
            Event::SoftBreak | Event::HardBreak => all.push(' '),
            Event::Start(Tag::Image { .. }) => at = node.end,
            _ => {}
        }
        at += 1;
    }
    collapse(&clean(&all))
}

/// White space at the ends goes, and any other becomes one space.
pub(super) fn collapse(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// At most `most` characters, cut between words, with a mark where something is missing.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let room = text[..end].char_indices().next_back().map_or(0, |(last, _)| last);
    let kept = &text[..room];
    let cut = if text[room..].starts_with(' ') { room } else { kept.rfind(' ').unwrap_or(room) };
    format!("{}…", kept[..cut].trim_end_matches([' ', ',', ';', ':', '.', '–', '-']))
}

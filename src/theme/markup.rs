//! What is read of HTML of ours: where a tag ends, its attributes, and texts without references.

use std::borrow::Cow;

/// The `>` of a tag: one within quotation marks is none.
pub(super) fn end_of_tag(html: &str) -> Option<usize> {
    let mut quote = None;
    html.bytes().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        quote.is_none() && byte == b'>'
    })
}

/// An attribute's value as it is written; double quotation marks are those that templates of ours use.
pub(super) fn attribute<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    let mut pieces = tag.split('"');
    let named = |piece: &str| {
        let before = piece.strip_suffix('=').and_then(|piece| piece.strip_suffix(name));
        before.is_some_and(|before| before.ends_with(' '))
    };
    pieces.find(|piece| named(piece))?;
    let value = pieces.next()?;
    pieces.next().map(|_| value)
}

/// Text without the references of HTML that we write, and those that a template may.
pub(super) fn unescaped(html: &str) -> Cow<'_, str> {
    if !html.contains('&') {
        return Cow::Borrowed(html);
    }
    let mut text = html.to_owned();
    for (reference, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}"), ("&amp;", "&")]
    {
        text = text.replace(reference, character);
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_what_stands_behind_its_name() {
        for (tag, value) in [
            ("a href=\"/x\"", Some("/x")),
            ("a class=\"b\" href=\"/x\" id=\"c\"", Some("/x")),
            ("a title='5\" of' href=\"/x\"", Some("/x")),
            ("a data-href=\"/y\"", None),
            ("a href=\"/x", None),
            ("a href='/x'", None),
            ("a", None),
        ] {
            assert_eq!(attribute(tag, "href"), value, "{tag}");
        }
    }
}

//! HTML text that is escaped by construction.

use std::fmt;

use memchr::{memchr2, memchr3};

/// A piece of HTML. It can be made from plain text, which escapes it, or grown from markup that stands in our
/// source (`&'static str`); there is no way to turn a run-time string into markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Html(String);

impl Html {
    /// No HTML yet.
    pub fn new() -> Html {
        Html::default()
    }

    /// No HTML yet, and room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Html {
        Html(String::with_capacity(bytes))
    }

    /// The same HTML in a place of its own that is no larger than it, and an empty start for what follows.
    pub fn cut(&mut self) -> Html {
        let cut = self.clone();
        self.0.clear();
        cut
    }

    /// Plain text, escaped for element content and for quoted attributes alike.
    pub fn text(text: &str) -> Html {
        let mut html = Html::new();
        html.push_text(text);
        html
    }

    /// Adds markup of our own.
    pub fn push_markup(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Adds plain text, escaped.
    pub fn push_text(&mut self, text: &str) {
        escape_into(&mut self.0, text);
    }

    /// Adds other HTML.
    pub fn push(&mut self, other: &Html) {
        self.0.push_str(&other.0);
    }

    /// Adds a whole number.
    pub fn push_number(&mut self, number: usize) {
        self.0.push_str(&number.to_string());
    }

    /// The HTML as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The HTML as a string.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Writes `text` with `& < > " '` replaced by references, as HTML's and XML's content and quoted attributes need.
pub fn escape_into(out: &mut String, text: &str) {
    if !has_special(text) {
        return out.push_str(text);
    }
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(reference);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Whether anything in a text needs a reference. Most texts need none.
fn has_special(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr3(b'&', b'<', b'>', bytes).is_some() || memchr2(b'"', b'\'', bytes).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_markup_is_not() {
        let mut html = Html::text("5 < 6 & \"so\" 'on' é");
        html.push_markup("<br>");
        assert_eq!(html.as_str(), "5 &lt; 6 &amp; &quot;so&quot; &#39;on&#39; é<br>");
    }
}

//! XML that is well-formed by construction: closed elements, escaped text, no illegal characters.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Writes an XML document into memory.
pub(super) struct Xml(Writer<Vec<u8>>);

/// The names and values of an element's attributes.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A document in UTF-8 whose root element is filled by `fill`.
    pub(super) fn document(name: &str, attributes: Attributes<'_>, fill: impl FnOnce(&mut Xml)) -> Vec<u8> {
        let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.element(name, attributes, fill);
        let mut bytes = xml.0.into_inner();
        bytes.push(b'\n');
        bytes
    }

    /// An element with others inside.
    pub(super) fn element(&mut self, name: &str, attributes: Attributes<'_>, fill: impl FnOnce(&mut Xml)) {
        self.write(Event::Start(start(name, attributes)));
        fill(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing inside.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// An element with text inside.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        let text = legal(text);
        self.element(name, attributes, |xml| xml.write(Event::Text(BytesText::new(&text))));
    }

    fn write(&mut self, event: Event<'_>) {
        let _infallible = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, &*legal(value)));
    }
    start
}

/// The text without the characters that XML 1.0 does not allow (§2.2, production `Char`); not even a reference
/// may stand for them.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    let fits = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(fits) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| fits(*c)).collect())
    }
}

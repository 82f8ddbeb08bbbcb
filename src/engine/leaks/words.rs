//! The words of a text, of an HTML page or of data, one after the other: what is compared when leaks are looked for.

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// HTML and XML.
    Markup,
    /// JSON and scripts, whose texts stand in double quotes.
    Data,
    /// Lines.
    Plain,
}

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// In the text of a page.
    Text,
    /// In the text of a drawing: the map names towns, whatever a location is called.
    Drawn,
    /// In an attribute that is read to people: `alt`, `title`, `aria-label`.
    Value,
    /// In any other attribute, in data or in lines.
    Code,
}

/// What comes to an end between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// A stretch that stands for itself, such as a line or what is bold; a sentence may go on.
    Stretch,
    /// A sentence too.
    Sentence,
}

/// A word, without regard to capital letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Its digest.
    pub(super) hash: u64,
    /// Its first byte.
    pub(super) from: usize,
    /// The byte after its last.
    pub(super) to: usize,
    /// Whether it is more than a number or a single letter.
    pub(super) is_telling: bool,
}

/// Who is told of words.
pub(super) trait Ear {
    /// A word stands there.
    fn word(&mut self, stream: Stream, word: Word);
    /// Something ends there.
    fn ends(&mut self, stream: Stream, end: End);
}

/// Tells all words of a text.
pub(super) fn tell(text: &str, form: Form, ear: &mut impl Ear) {
    let mut teller = Teller { text, ear };
    let all = (0, text.len());
    match form {
        Form::Markup => teller.markup(),
        Form::Data => teller.stretch(all, Stream::Code, Form::Data),
        Form::Plain => teller.stretch(all, Stream::Code, Form::Plain),
    }
    for stream in [Stream::Text, Stream::Code] {
        teller.ear.ends(stream, End::Sentence);
    }
}

/// Elements within a sentence.
const INLINE: [&str; 16] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong", "sub",
    "sup",
];

struct Teller<'t, E> {
    text: &'t str,
    ear: &'t mut E,
}

impl<E: Ear> Teller<'_, E> {
    fn markup(&mut self) {
        let (mut at, mut stream) = (0, Stream::Text);
        while let Some(open) = self.text[at..].find('<').map(|offset| at + offset) {
            self.stretch((at, open), stream, Form::Markup);
            if self.text[open..].starts_with("<!--") {
                let end = self.find(open, "-->");
                self.ear.ends(stream, End::Sentence);
                self.stretch((open, end), Stream::Text, Form::Markup);
                self.ear.ends(Stream::Text, End::Sentence);
                at = end;
                continue;
            }
            let end = self.tag(open + 1);
            let name = name(&self.text[open + 1..end]);
            let inline = INLINE.contains(&name.trim_start_matches('/'));
            self.ear.ends(stream, if inline { End::Stretch } else { End::Sentence });
            at = end;
            match name {
                "svg" => stream = Stream::Drawn,
                "/svg" => stream = Stream::Text,
                "script" | "style" => {
                    let close = self.find(at, if name == "script" { "</script" } else { "</style" });
                    self.stretch((at, close), Stream::Code, Form::Data);
                    self.ear.ends(Stream::Code, End::Sentence);
                    at = close;
                }
                _ => {}
            }
        }
        self.stretch((at, self.text.len()), stream, Form::Markup);
    }

    fn find(&self, from: usize, what: &str) -> usize {
        self.text[from..].find(what).map_or(self.text.len(), |offset| from + offset)
    }

    /// The values of a tag's attributes. Gives the byte after its `>`.
    fn tag(&mut self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut at, mut word) = (from, from);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'>' => return at + 1,
                b'"' | b'\'' => {
                    let close = bytes[at + 1..].iter().position(|other| other == byte);
                    let close = close.map_or(bytes.len(), |offset| at + 1 + offset);
                    let stream = match self.text[word..at].trim_end_matches('=') {
                        "alt" | "title" | "aria-label" => Stream::Value,
                        _ => Stream::Code,
                    };
                    self.stretch((at + 1, close), stream, Form::Markup);
                    self.ear.ends(stream, End::Sentence);
                    at = close;
                }
                b' ' | b'\n' | b'\t' => word = at + 1,
                _ => {}
            }
            at += 1;
        }
        bytes.len()
    }

    /// The words of a stretch without tags.
    fn stretch(&mut self, (from, to): (usize, usize), stream: Stream, form: Form) {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < to {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() || byte >= 0x80 {
                at = self.word(at, to, stream);
                continue;
            }
            at += 1;
            match (byte, form) {
                (b'&', Form::Markup) => at += entity(&bytes[at..to]),
                (b'\\', Form::Data | Form::Plain) => at += escape(&bytes[at..to]),
                (b'"', Form::Data) => self.ear.ends(stream, End::Sentence),
                (b'\n', Form::Plain) => self.ear.ends(stream, End::Stretch),
                _ => {}
            }
        }
    }

    /// The word that begins at a byte, or the sign that is none. Gives the byte after it.
    fn word(&mut self, from: usize, end: usize, stream: Stream) -> usize {
        let mut digest = Digest::default();
        let (mut to, mut letters) = (from, 0);
        let bytes = self.text.as_bytes();
        while to < end {
            let byte = bytes[to];
            if byte.is_ascii_alphanumeric() {
                digest.add(byte.to_ascii_lowercase());
                letters += usize::from(byte.is_ascii_alphabetic());
                to += 1;
            } else if byte < 0x80 {
                break;
            } else {
                let Some(letter) = self.text[to..].chars().next() else { break };
                if !letter.is_alphanumeric() {
                    break;
                }
                let mut buffer = [0; 4];
                for small in letter.to_lowercase() {
                    small.encode_utf8(&mut buffer).bytes().for_each(|byte| digest.add(byte));
                }
                letters += 2;
                to += letter.len_utf8();
            }
        }
        if to == from {
            // A sign that is not of ASCII.
            return from + self.text[from..].chars().next().map_or(1, char::len_utf8);
        }
        let all_letters = !bytes[from..to].iter().any(u8::is_ascii_digit);
        let word = Word { hash: digest.finish(), from, to, is_telling: all_letters && letters > 1 };
        self.ear.word(stream, word);
        to
    }
}

/// The name of an element, of what stands after `<`.
fn name(tag: &str) -> &str {
    let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || c == '/')).unwrap_or(tag.len());
    let end = if end > 1 { tag[..end].trim_end_matches('/').len() } else { end };
    &tag[..end]
}

/// The length of an entity after its `&`; 0 where it is none.
fn entity(bytes: &[u8]) -> usize {
    let length = bytes.iter().take(12).position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'#'));
    length.filter(|length| *length > 1 && bytes[*length] == b';').map_or(0, |length| length + 1)
}

/// The length of an escape after its backslash, where a letter of it would join a word.
fn escape(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(b'u') => 5.min(bytes.len()),
        Some(byte) if byte.is_ascii() => 1,
        _ => 0,
    }
}

/// FNV-1a, mixed at the end.
pub(super) struct Digest(u64);

impl Default for Digest {
    fn default() -> Digest {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    fn finish(&self) -> u64 {
        (self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Heard(String, &'static str);

    impl Ear for Heard {
        fn word(&mut self, _: Stream, word: Word) {
            self.0 += &self.1[word.from..word.to];
            self.0.push(' ');
        }
        fn ends(&mut self, _: Stream, end: End) {
            self.0.push_str(if end == End::Sentence { ". " } else { "| " });
        }
    }

    fn heard(text: &'static str, form: Form) -> String {
        let mut ear = Heard(String::new(), text);
        tell(text, form, &mut ear);
        ear.0.trim_end_matches(['.', ' ']).to_owned()
    }

    #[test]
    fn words_are_told_with_what_ends_between_them() {
        assert_eq!(heard("<p>We <b>won&#39;t</b> go</p>", Form::Markup), ". We | won t | go");
        assert_eq!(heard("a<img alt=\"x y\" src='/s/t.png'>b", Form::Markup), "a x y . s t png . . b");
        assert_eq!(heard("<script>{\"a\": \"b\\nc\"}</script>d", Form::Markup), ". . a . . b c . . . d");
        assert_eq!(heard("one\ntwo – drei, señora", Form::Plain), "one | two drei señora");
        assert_eq!(heard("<br/>x<!-- y --> z & u", Form::Markup), ". x . y . z u");
    }
}

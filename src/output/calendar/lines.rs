//! Content lines of iCalendar (RFC 5545 §3.1): escaping, folding, CRLF.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::base::stamp;

/// The longest line in octets, without its line end (RFC 5545 §3.1).
const LONGEST: usize = 75;

/// A component that is being written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lines(String);

impl Lines {
    /// A line whose value has no text to escape. `name` holds the parameters: `DTSTART;VALUE=DATE`.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        self.line(|out| {
            out.extend([name, ":"]);
            plain(value, out);
        });
    }

    /// A line of text (RFC 5545 §3.3.11).
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.line(|out| {
            out.extend([name, ":"]);
            escaped(value, out);
        });
    }

    /// A line of clock times in a zone, by its name: `DTSTART;TZID=Europe/Berlin:20241024T054000`.
    pub(super) fn zoned(&mut self, name: &str, zone: &str, times: impl IntoIterator<Item = DateTime>) {
        self.line(|out| {
            out.extend([name, ";TZID=", zone, ":"]);
            list(times, out);
        });
    }

    /// A line of clock times.
    pub(super) fn times(&mut self, name: &str, times: impl IntoIterator<Item = DateTime>) {
        self.line(|out| {
            out.extend([name, ":"]);
            list(times, out);
        });
    }

    /// A component with what `inside` writes.
    pub(super) fn component(&mut self, name: &str, inside: impl FnOnce(&mut Lines)) {
        self.raw("BEGIN", name);
        inside(self);
        self.raw("END", name);
    }

    /// Lines that are written already.
    pub(super) fn append(&mut self, lines: &Lines) {
        self.0.push_str(&lines.0);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// A line that `write` adds to what there is, and where it is long, its folds.
    fn line(&mut self, write: impl FnOnce(&mut String)) {
        let start = self.0.len();
        write(&mut self.0);
        if self.0.len() - start > LONGEST {
            let line = self.0.split_off(start);
            fold(&line, &mut self.0);
        }
        self.0.push_str("\r\n");
    }
}

/// Adds a line, broken between characters into pieces of at most [`LONGEST`] octets.
fn fold(mut line: &str, out: &mut String) {
    let mut room = LONGEST;
    while line.len() > room {
        let (piece, rest) = line.split_at(line.floor_char_boundary(room));
        out.extend([piece, "\r\n "]);
        (line, room) = (rest, LONGEST - 1);
    }
    out.push_str(line);
}

fn list(times: impl IntoIterator<Item = DateTime>, out: &mut String) {
    for (index, time) in times.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        stamp::basic(time, out);
    }
}

/// Adds a text, escaped.
fn escaped(text: &str, out: &mut String) {
    let special = |byte| matches!(byte, b'\\' | b';' | b',') || may_control(byte);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(special) {
        out.push_str(&rest[..at]);
        let mut characters = rest[at..].chars();
        match characters.next() {
            Some(character @ ('\\' | ';' | ',')) => out.extend(['\\', character]),
            Some('\n') => out.push_str("\\n"),
            other => out.extend(other.filter(|character| may_stand(*character))),
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

/// Adds a text without control characters, of which a line may hold none but the tab (RFC 5545 §3.1).
fn plain(text: &str, out: &mut String) {
    match text.bytes().any(may_control) {
        true => out.extend(text.chars().filter(|character| may_stand(*character))),
        false => out.push_str(text),
    }
}

/// Whether a control character may begin with a byte: those past the first 128 characters do with 0xc2.
fn may_control(byte: u8) -> bool {
    matches!(byte, 0..0x20 | 0x7f | 0xc2)
}

fn may_stand(character: char) -> bool {
    !character.is_control() || character == '\t'
}

/// A parameter's value in quotes, which may hold anything but quotes and control characters (RFC 5545 §3.1).
pub(super) fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    plain(value, &mut out);
    format!("\"{}\"", out.replace('"', "'"))
}

/// An instant (RFC 5545 §3.3.5, form 2).
pub(super) fn utc(at: Timestamp) -> String {
    let mut text = String::with_capacity("20241024T054000Z".len());
    stamp::basic(Offset::UTC.to_datetime(at), &mut text);
    text.push('Z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Lines)) -> String {
        let mut lines = Lines::default();
        write(&mut lines);
        lines.0
    }

    #[test]
    fn text_is_escaped_and_holds_no_line_of_its_own() {
        let text =
            written(|lines| lines.text("SUMMARY", "a;b,c\\d\r\nEND:VEVENT\u{7}\t\u{85}\"e\u{a0}·\u{9f}\""));
        assert_eq!(text, "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\t\"e\u{a0}·\"\r\n");
        assert_eq!(
            written(|lines| lines.raw("URL", "https://x/\r\nA:b\u{7f}\u{80}é")),
            "URL:https://x/A:bé\r\n"
        );
        assert_eq!(quoted("The \"Local\"; 12"), "\"The 'Local'; 12\"");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let value = "ñ日🎉a".repeat(60);
        let text = written(|lines| lines.text("SUMMARY", &value));
        let lines: Vec<&str> = text.strip_suffix("\r\n").unwrap().split("\r\n").collect();
        assert!(lines.len() > 7 && lines.iter().all(|line| line.len() <= LONGEST), "{lines:?}");
        assert!(lines.iter().skip(1).all(|line| line.starts_with(' ')));
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
        let exact = "x".repeat(LONGEST - "SUMMARY:".len());
        assert_eq!(written(|lines| lines.text("SUMMARY", &exact)), format!("SUMMARY:{exact}\r\n"));
    }
}

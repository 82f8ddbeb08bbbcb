//! Content lines of iCalendar (RFC 5545 §3.1): escaping, folding, CRLF.

/// The longest line in octets, without its line end (RFC 5545 §3.1).
const LONGEST: usize = 75;

/// A component that is being written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lines(String);

impl Lines {
    /// A line whose value has no text to escape. `name` holds the parameters: `DTSTART;TZID=Europe/Berlin`.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", plain(value)));
    }

    /// A line of text (RFC 5545 §3.3.11).
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escaped(value)));
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

    /// Writes a line, broken between characters into pieces of at most [`LONGEST`] octets.
    fn fold(&mut self, line: &str) {
        let mut room = LONGEST;
        for character in line.chars() {
            if character.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LONGEST - 1;
            }
            self.0.push(character);
            room -= character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
    plain(&out)
}

/// Without control characters, of which a line may hold none but the tab (RFC 5545 §3.1).
fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() || *character == '\t').collect()
}

/// A parameter's value in quotes, which may hold anything but quotes and control characters (RFC 5545 §3.1).
pub(super) fn quoted(value: &str) -> String {
    format!("\"{}\"", plain(value).replace('"', "'"))
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
        let text = written(|lines| lines.text("SUMMARY", "a;b,c\\d\r\nEND:VEVENT\u{7}\t\"e\""));
        assert_eq!(text, "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\t\"e\"\r\n");
        assert_eq!(written(|lines| lines.raw("URL", "https://x/\r\nA:b")), "URL:https://x/A:b\r\n");
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

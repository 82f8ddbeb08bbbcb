//! What people slip on in YAML, seen from the lines alone, each with what they meant. Some of it YAML reads without a
//! word, as something else; the rest it cannot read, and says so in words that help nobody.

use std::ops::Range;

use super::extent::{self, begins_block, closing_quote, plain};
use super::lines::{Entry, Line, entry, is_odd, lines, spaces};
use super::mended::Patch;
use super::{Yaml, braces, keyless, margins, quotes, rows};
use crate::diagnostics::{Edit, Finding, Place, finding};

/// A slip: what is told of it, and what is read in its place.
pub(super) struct Slip {
    pub(super) finding: Finding,
    pub(super) patches: Vec<Patch>,
    /// Whether YAML reads the line as something else, without a word.
    pub(super) silent: bool,
}

/// A line that was looked at, for those that come after it.
pub(super) struct Seen<'s> {
    pub(super) line: Line<'s>,
    pub(super) entry: Entry,
}

/// Looks at lines one after the other.
pub(super) struct Look<'y, 's> {
    yaml: &'y Yaml<'s>,
    pub(super) source: &'s str,
    pub(super) slips: Vec<Slip>,
    pub(super) seen: Vec<Seen<'s>>,
    /// Lines before this offset belong to a value that was looked at.
    pub(super) skip: usize,
    /// The slip of fields that begin with a dash, while they go on.
    pub(super) dashed: Option<usize>,
    /// How many bytes may still be looked at ahead of the line that is read. Where brackets and quotes close, next to
    /// none are: a text in which none of them does must not be read again from each.
    ahead: usize,
}

/// How often, on the average, a byte is looked at ahead.
const MOST_AHEAD: usize = 8;

/// All slips of a text, in no order. Most texts have none.
pub(super) fn look(yaml: &Yaml<'_>) -> Vec<Slip> {
    let source = &yaml.text[yaml.range.clone()];
    let mut look = Look {
        yaml,
        source,
        slips: Vec::new(),
        seen: Vec::new(),
        skip: 0,
        dashed: None,
        ahead: MOST_AHEAD * source.len(),
    };
    for line in lines(source, 0) {
        if line.start >= look.skip && !line.is_idle() {
            look.line(line);
        }
    }
    margins::odd(&mut look);
    margins::levels(&mut look);
    look.slips
}

impl<'s> Look<'_, 's> {
    fn line(&mut self, line: Line<'s>) {
        let mut found = entry(line);
        let begins_list = self.awaits(found.column + 1);
        if begins_list && (margins::crammed(self, line, &found) || margins::marked(self, line, &found)) {
            return;
        }
        margins::dashed(self, &mut found, line);
        match &found.key {
            Some(key) => {
                self.key(key.clone());
                self.value(line, &found);
            }
            None if found.is_item() || self.awaits(found.column) => self.value(line, &found),
            None => keyless::look(self, line, &found),
        }
        self.seen.push(Seen { line, entry: found });
    }

    /// Whether the value of the key above may begin before a column.
    fn awaits(&self, column: usize) -> bool {
        let above = self.seen.last().map(|seen| &seen.entry);
        above.is_some_and(|above| above.key.is_some() && above.value.is_empty() && above.inner < column)
    }

    /// A key with characters that cannot be seen.
    fn key(&mut self, key: Range<usize>) {
        let typed = &self.source[key.clone()];
        if typed.is_ascii() {
            return;
        }
        let Some((at, odd)) = typed.char_indices().find(|(_, c)| is_odd(*c)) else { return };
        let plain = typed.replace(is_odd, " ").trim().to_owned();
        let place = self.place(key.start + at..key.start + at + odd.len_utf8());
        let finding = finding::odd_space(place, name_of(odd));
        self.slip(finding, vec![Patch::new(key, plain)], true, true);
    }

    fn value(&mut self, line: Line<'_>, found: &Entry) {
        let value = &self.source[found.value.clone()];
        let Some(first) = value.chars().next() else { return };
        let next = value[first.len_utf8()..].chars().next();
        let apart = next.is_none_or(char::is_whitespace);
        match first {
            '"' | '\'' => {
                let mut end = closing_quote(self.source, found.value.start, line.end());
                if end.is_none() {
                    let limit = self.limit(line, found, true);
                    end = closing_quote(self.source, found.value.start, limit);
                }
                self.skip = end.unwrap_or(self.skip);
                quotes::straight(self, line, found, end);
            }
            '“' | '”' | '„' | '«' | '»' | '‘' | '‚' | '‹' | '›' => {
                quotes::curly(self, line, found);
            }
            '[' | '{' => {
                let mut flow = extent::flow(self.source, found.value.start, line.end());
                if flow.end.is_none() {
                    let limit = self.limit(line, found, true);
                    flow = extent::flow(self.source, found.value.start, limit);
                }
                self.skip = flow.end.unwrap_or(self.skip);
                braces::look(self, line, found, flow);
            }
            '|' | '>' if begins_block(value) => self.block(line, found),
            '#' if !apart => self.hash(line, found, found.value.clone()),
            '#' => {}
            '!' if !apart => self.quote(line, found, true, finding::tag),
            '&' | '*' => {
                let make = |place, line: &str| finding::reference(place, first, line);
                self.quote(line, found, true, make);
            }
            '@' | '`' | '%' | ',' | ']' | '}' | '|' | '>' | '!' => self.mark(line, found, first),
            '-' | '?' | ':' if apart => self.mark(line, found, first),
            _ => self.plain_text(line, found),
        }
    }

    /// The first byte after the lines that may belong to an entry's value, as long as there is time to look.
    pub(super) fn limit(&mut self, line: Line<'_>, found: &Entry, lenient: bool) -> usize {
        if self.ahead == 0 {
            return line.end();
        }
        let limit = extent::limit(self.source, line, found, lenient);
        self.ahead = self.ahead.saturating_sub(limit - line.end());
        limit
    }

    /// A block of text, which stands further in than its key; where none does, the lines without a key are meant.
    fn block(&mut self, line: Line<'_>, found: &Entry) {
        self.skip = self.limit(line, found, false);
        if self.skip > line.end() && !self.source[line.end()..self.skip].trim().is_empty() {
            return;
        }
        let to = found.inner + 2;
        let below = lines(self.source, extent::after(self.source, line));
        let meant = below.take_while(|other| other.is_idle() || is_words(*other));
        let words: Vec<Line<'_>> = meant.filter(|other| !other.is_idle()).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        self.skip = last.end();
        let margin = |line: &Line<'_>| line.start..line.start + line.indent();
        let patches = words.iter().map(|line| Patch::new(margin(line), " ".repeat(to))).collect();
        let told = finding::out_of_line(self.place(first.start + first.indent()..first.end()), false, to);
        self.slip(told, patches, false, true);
    }

    fn mark(&mut self, line: Line<'_>, found: &Entry, mark: char) {
        self.quote(line, found, false, |place, line| finding::mark_before_text(place, mark, line));
    }

    /// A text without quotes: it may hold a colon or a `#` that it must not.
    pub(super) fn plain_text(&mut self, line: Line<'_>, found: &Entry) {
        let whole = plain(self.source, line, found);
        self.skip = whole.end;
        let text = &self.source[whole.clone()];
        let comment = text.match_indices('#').map(|(at, _)| at).find(|at| text[..*at].ends_with([' ', '\t']));
        if let Some(at) = comment {
            let words = &text[at + 1..];
            let is_word = words.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            // `Local # 5` means the number.
            let key = found.key.clone().map_or("", |key| &self.source[key]);
            let is_number = quotes::is_text(key)
                && words.len() < 8
                && words.trim().bytes().all(|byte| byte.is_ascii_digit());
            if (is_word || is_number) && !words.trim().is_empty() && !text.contains('\n') {
                return self.hash(line, found, whole.start + at..whole.end);
            }
        }
        let text = text[..comment.unwrap_or(text.len())].trim_end();
        if text.contains(": ") || text.contains(":\n") || text.ends_with(':') {
            let span = whole.start..whole.start + text.len();
            if rows::look(self, found, span.clone()) {
                return;
            }
            self.quote_span(line, span, false, finding::colon_in_text);
        }
    }

    /// ` #word`, or a value that begins so. `lost` is what YAML takes for a comment.
    fn hash(&mut self, line: Line<'_>, found: &Entry, lost: Range<usize>) {
        let whole = found.value.start..lost.end;
        let patch = Patch::new(whole.clone(), quotes::quoted(&self.source[whole]));
        let told =
            finding::hash_in_text(self.place(lost), &self.rewritten(line, std::slice::from_ref(&patch)));
        self.slip(told, vec![patch], true, true);
    }

    /// Puts a whole value between quotation marks.
    pub(super) fn quote(
        &mut self,
        line: Line<'_>,
        found: &Entry,
        silent: bool,
        make: impl Fn(Place, &str) -> Finding,
    ) {
        let whole = plain(self.source, line, found);
        self.skip = self.skip.max(whole.end);
        self.quote_span(line, whole, silent, make);
    }

    fn quote_span(
        &mut self,
        line: Line<'_>,
        span: Range<usize>,
        silent: bool,
        make: impl Fn(Place, &str) -> Finding,
    ) {
        let patch = Patch::new(span.clone(), quotes::quoted(&self.source[span.clone()]));
        let written = self.rewritten(line, std::slice::from_ref(&patch));
        let told = make(self.place(span), &written);
        self.slip(told, vec![patch], silent, true);
    }

    /// Notes a slip. `certain` says that what is put in its place is what was meant, whatever it is.
    pub(super) fn slip(&mut self, told: Finding, patches: Vec<Patch>, silent: bool, certain: bool) {
        let fix = if certain { patches.iter().map(|patch| self.edit(patch)).collect() } else { Vec::new() };
        self.slips.push(Slip { finding: told.corrected_by(fix), patches, silent });
    }

    /// Adds to a slip what else has to be put right with it.
    pub(super) fn extend(&mut self, slip: usize, patch: Patch) {
        let edit = self.edit(&patch);
        if let Some(slip) = self.slips.get_mut(slip) {
            slip.finding.fix.push(edit);
            slip.patches.push(patch);
        }
    }

    fn edit(&self, patch: &Patch) -> Edit {
        self.yaml.edit(patch)
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        self.yaml.place(span)
    }

    /// A line as it is to be written, without the white space in front.
    pub(super) fn rewritten(&self, line: Line<'_>, patches: &[Patch]) -> String {
        let end = patches.iter().map(|patch| patch.span.end).max().unwrap_or(0).max(line.end());
        let mut text = String::new();
        let mut from = line.start;
        for patch in patches {
            text.push_str(&self.source[from..patch.span.start.max(from)]);
            text.push_str(&patch.text);
            from = patch.span.end;
        }
        text.push_str(&self.source[from..end]);
        let words: Vec<&str> = text.lines().map(str::trim).collect();
        words.join(" ")
    }
}

/// Whether a line is neither a field nor an entry of a list.
fn is_words(line: Line<'_>) -> bool {
    let found = entry(line);
    found.key.is_none() && !found.is_item()
}

/// What an odd space is called.
pub(super) fn name_of(odd: char) -> &'static str {
    match odd {
        '\u{a0}' | '\u{202f}' => "a no-break space",
        '\u{3000}' => "a full-width space",
        _ if spaces(&odd.to_string()).is_empty() => "a character without width",
        _ => "a space that is none to a computer",
    }
}

//! What YAML takes for its own, and what to type instead.

use super::yaml::Yaml;
use crate::diagnostics::{Finding, Place, finding};

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
        block = begins_block(content).then_some(indent);
        // Every level takes at least one column, and `- - -` makes two columns a level.
        if indent > levels * 8 || content.matches("- ").count() > levels {
            scanned.too_deep.get_or_insert(start);
        }
        scan_line(line, start, &mut open, levels, &mut scanned);
        start += line.len();
    }
    scanned
}

/// Whether a line ends in `|` or `>` (with a mark for the last line break or the indentation): its text follows.
fn begins_block(line: &str) -> bool {
    let line = line.trim_end();
    let before = line.trim_end_matches(|c: char| c == '-' || c == '+' || c.is_ascii_digit());
    [": |", ": >", "- |", "- >"].iter().any(|end| before.ends_with(end))
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

/// How many bytes a value takes, from its first byte to the end of its line or of its place in a flow list.
pub(super) fn value_length(source: &str, start: usize) -> usize {
    let rest = &source[start..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let Some(first) = line.chars().next() else { return 0 };
    if matches!(first, '"' | '\'') {
        return line[1..].find(first).map_or(line.len(), |end| end + 2);
    }
    let before = &source[source[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    let within_flow = before.contains(['[', '{']) && !matches!(first, '[' | '{');
    let end = if within_flow { line.find([',', ']', '}']) } else { None };
    let value = line[..end.unwrap_or(line.len())].split(" #").next().unwrap_or(line);
    value.trim_end().len()
}

/// Explains text that is not YAML at all, as far as it can be told from the line.
pub(super) fn explain_syntax(yaml: &Yaml<'_>, offset: usize, message: &str) -> Finding {
    let source = &yaml.text[..yaml.range.end];
    let offset = offset.clamp(yaml.range.start, yaml.range.end);
    let start = source[..offset].rfind('\n').map_or(yaml.range.start, |at| at + 1).max(yaml.range.start);
    let line = source[start..].lines().next().unwrap_or("");
    let whole = || Place::span(yaml.file, start..start + line.trim_end().len());
    if let Some(tab) = tab_of_indentation(yaml) {
        let place = Place::span(yaml.file, tab..tab + 1);
        return finding::yaml_syntax(
            place,
            "a line begins with a tab, which YAML does not allow",
            "this tab",
            Some("delete the tab, and type two spaces for each step".to_owned()),
        );
    }
    if let Some((opened, mark)) = unclosed_quote(yaml) {
        let place = Place::span(yaml.file, opened..opened + 1);
        let help = format!("add {mark} at the end of the text");
        return finding::yaml_syntax(
            place,
            "a quotation mark is opened but never closed",
            "opened here",
            Some(help),
        );
    }
    if let Some((key, value)) = entry(line) {
        let quoted = format!("{key}: \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        let at = start + line.len() - line.trim_start_matches([' ', '-']).len() + key.len();
        let at = at + line[at - start..].find(value).unwrap_or(0);
        let place = Place::span(yaml.file, at..at + value.len());
        let title = match value.chars().next() {
            Some(first) if "@`%!&*|>[]{},".contains(first) => {
                format!("a text that begins with “{first}” needs quotes")
            }
            _ if value.contains(": ") || value.ends_with(':') => {
                "a text with a colon needs quotes".to_owned()
            }
            _ => "this text cannot be read as it stands".to_owned(),
        };
        return finding::yaml_syntax(place, &title, "this text", Some(format!("write: {quoted}")));
    }
    let short = message.split(" at line ").next().unwrap_or(message);
    let help = "check the indentation, and that there is a space after each “:” and “-”";
    finding::yaml_syntax(
        whole(),
        &format!("this line cannot be read: {short}"),
        "here",
        Some(help.to_owned()),
    )
}

/// A line's key and value, where it has both.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim_start_matches([' ', '-']).split_once(": ")?;
    let simple = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (simple && !value.trim().is_empty()).then(|| (key, value.trim()))
}

fn tab_of_indentation(yaml: &Yaml<'_>) -> Option<usize> {
    let mut start = yaml.range.start;
    for line in yaml.text[yaml.range.clone()].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// A value that begins with a quotation mark that no later line closes.
fn unclosed_quote(yaml: &Yaml<'_>) -> Option<(usize, char)> {
    let mut start = yaml.range.start;
    for line in yaml.text[yaml.range.clone()].split_inclusive('\n') {
        if let Some((_, value)) = entry(line)
            && let Some(mark @ ('"' | '\'')) = value.chars().next()
        {
            let from = start + line.find(value).unwrap_or(0);
            if !yaml.text[from + 1..yaml.range.end].contains(mark) {
                return Some((from, mark));
            }
        }
        start += line.len();
    }
    None
}

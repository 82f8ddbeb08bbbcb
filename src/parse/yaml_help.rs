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
    if let Some(finding) = misshapen(yaml, offset) {
        return finding;
    }
    if let Some((key, value)) = entry(line) {
        let quoted = format!("{key}: {}", quoted(value));
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

/// The field and whole value of which a “key” is only the part after a comma, as in `{ address: 1 Main St, Suite 5 }`.
pub(super) fn cut_at_comma<'y>(yaml: &Yaml<'y>, offset: usize, key: &str) -> Option<(&'y str, String)> {
    let end = offset + key.len();
    let after = yaml.text.get(end..yaml.range.end)?;
    if !after.trim_start().starts_with([',', '}']) {
        return None;
    }
    let line = yaml.text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let (before, value) = yaml.text.get(line..offset)?.rsplit_once(": ")?;
    let field = before.rsplit(['{', ',', ' ']).next().filter(|field| !field.is_empty())?;
    let rest = &after[..after.find('}')?];
    let pieces = rest.split(',').skip(1).take_while(|piece| !piece.contains(':'));
    let whole = pieces.fold(format!("{value}{key}"), |whole, piece| format!("{whole},{piece}"));
    Some((field, quoted(whole.trim())))
}

/// A text as YAML takes it whatever it holds: in double quotes, or in single ones where it holds double ones itself.
pub(super) fn quoted(text: &str) -> String {
    if text.contains('"') && !text.contains('\'') {
        return format!("'{text}'");
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What is wrong with the shape of the lines up to the one at which reading stopped: no space after a key, a bracket that is
/// not closed, a line that stands further in than the one above it.
fn misshapen(yaml: &Yaml<'_>, offset: usize) -> Option<Finding> {
    let mut start = yaml.range.start;
    let mut above: Option<(usize, &str)> = None;
    for line in yaml.text[yaml.range.clone()].split_inclusive('\n') {
        if start > offset {
            return None;
        }
        let content = line.trim_end();
        let inner = content.trim_start_matches([' ', '-']);
        let indent = content.len() - inner.len();
        let at = start + indent;
        let here = |length: usize| Place::span(yaml.file, at..at + length);
        if let Some((key, value)) = crammed(inner) {
            let (title, help) =
                (format!("there is no space after “{key}:”"), format!("write: {key}: {value}"));
            return Some(finding::yaml_syntax(here(inner.len()), &title, "this line", Some(help)));
        }
        if let Some((key, value)) = entry(inner)
            && let Some(open @ ('[' | '{')) = value.chars().next()
            && next_is_key(&yaml.text[start + line.len()..yaml.range.end])
        {
            let close = if open == '[' { ']' } else { '}' };
            if value.matches(open).count() > value.matches(close).count() {
                let at = at + key.len() + inner[key.len()..].find(open).unwrap_or(0);
                let place = Place::span(yaml.file, at..at + value.len());
                let help = format!("write: {key}: {value}{close}");
                let title = "a bracket is opened but never closed";
                return Some(finding::yaml_syntax(place, title, "this list", Some(help)));
            }
        }
        if let (Some((outer, before)), Some((key, value))) = (above, entry(inner))
            && indent > outer
            && entry(before).is_some()
            && !content.trim_start().starts_with('-')
        {
            let title = "this line stands further in than the one above it";
            let help = format!("delete the spaces in front: {key}: {value}");
            return Some(finding::yaml_syntax(here(inner.len()), title, "this line", Some(help)));
        }
        if !inner.is_empty() && !inner.starts_with('#') {
            above = Some((indent, inner));
        }
        start += line.len();
    }
    None
}

/// `date:2024-10-22`: a key and its value without the space that makes them so. `https://…` is none.
fn crammed(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let simple = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (simple && !value.is_empty() && !value.starts_with([' ', '/'])).then_some((key, value))
}

/// Whether the next line begins a field: then a bracket of the line before is not closed on a later one.
fn next_is_key(rest: &str) -> bool {
    let next = rest.lines().next().unwrap_or("");
    next.is_empty() || (!next.starts_with([' ', ']', '}']) && entry(next).is_some())
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

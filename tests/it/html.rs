//! Reads HTML as plainly as can be, to hold that it is well formed: every tag is closed in its turn, every attribute is
//! quoted, no id stands twice, and nothing but the theme's own words makes a tag or an attribute.

use std::collections::BTreeSet;

const VOID: [&str; 9] = ["area", "br", "col", "hr", "img", "input", "link", "meta", "source"];

/// Fails where a page is not well formed, or has an attribute that would run something.
pub(crate) fn check(page: &str, html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    let mut rest = html.strip_prefix("<!DOCTYPE html>").unwrap_or_else(|| panic!("{page} has no doctype"));
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "{page}: a bare “>” in “{}”", short(&rest[..at]));
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!--") {
            rest = after.split_once("-->").unwrap_or_else(|| panic!("{page}: an open comment")).1;
        } else if let Some(after) = rest.strip_prefix('/') {
            let (name, after) = after.split_once('>').unwrap_or_else(|| panic!("{page}: an open tag"));
            assert_eq!(open.pop(), Some(name), "{page}: </{name}> closes nothing, after “{}”", short(after));
            rest = after;
        } else {
            let starts = rest.starts_with(|c: char| c.is_ascii_alphabetic());
            assert!(starts, "{page}: a bare “<” before “{}”", short(rest));
            let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap();
            let name = &rest[..end];
            let closed;
            (rest, closed) = attributes(page, name, &rest[end..], &mut ids);
            if name == "script" || name == "style" {
                let end = format!("</{name}>");
                let (body, after) =
                    rest.split_once(&end).unwrap_or_else(|| panic!("{page}: an open <{name}>"));
                assert!(!body.contains("<!--") && !body.contains("<script"), "{page}: “{}”", short(body));
                rest = after;
            } else if !closed && !VOID.contains(&name) {
                open.push(name);
            }
        }
    }
    assert!(open.is_empty(), "{page}: {open:?} are never closed");
}

/// Reads the attributes of a tag up to its end, and gives what follows and whether the tag closes itself.
fn attributes<'h>(page: &str, element: &str, text: &'h str, ids: &mut BTreeSet<&'h str>) -> (&'h str, bool) {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return (after, true);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (after, false);
        }
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'))).unwrap_or(0);
        assert!(end > 0, "{page}: <{element} has an attribute without a name at “{}”", short(rest));
        let name = &rest[..end];
        assert!(!name.starts_with("on"), "{page}: <{element} {name}> would run something");
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix("=\"") {
            let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("{page}: an open value"));
            assert!(!value.contains('<'), "{page}: a “<” in {name}=\"{}\"", short(value));
            assert!(name != "id" || ids.insert(value), "{page}: the id “{value}” stands twice");
            let lower = value.trim_start().to_lowercase();
            assert!(
                !lower.starts_with("javascript:") && !lower.starts_with("data:"),
                "{page}: {name}=\"{value}\""
            );
            rest = after;
        } else {
            assert!(!rest.starts_with('='), "{page}: {name} has a value without quotation marks");
        }
    }
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

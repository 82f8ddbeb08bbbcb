//! Links that Markdown does not read as such, because a bracket or a space is not where it should be.

use std::ops::Range;

/// A link that Markdown does not read as one.
pub(super) struct Broken {
    pub(super) span: Range<usize>,
    pub(super) reason: &'static str,
    pub(super) right: Option<String>,
}

/// The most bytes between two brackets that belong together: so the search for the other one takes no time.
const LONGEST: usize = 1000;

pub(super) fn broken_links(typed: &str) -> Vec<Broken> {
    let mut found = Vec::new();
    for (at, _) in typed.match_indices(']') {
        let from = typed.floor_char_boundary(at.saturating_sub(LONGEST));
        let open = typed[from..at].rfind('[').map(|open| from + open);
        let Some(open) = open.filter(|open| !typed[..*open].ends_with('\\')) else { continue };
        let after = &typed[at + 1..];
        let words = &typed[open + 1..at];
        if let Some(address) = parenthesis(after.trim_start_matches(' ')) {
            let gap = after.len() - after.trim_start_matches(' ').len();
            let end = at + 1 + gap + address.len() + 2;
            // The `!` of a picture belongs to it.
            let start = open - usize::from(typed[..open].ends_with('!'));
            found.extend(unread(&typed[start..end], words, address, gap).map(|(reason, right)| Broken {
                span: start..end,
                reason,
                right,
            }));
        } else if typed[..open].ends_with(')') && is_address(words) {
            let from = typed.floor_char_boundary(open.saturating_sub(LONGEST));
            let Some(round) = typed[from..open].rfind('(').map(|round| from + round) else { continue };
            let right = format!("[{}]({words})", &typed[round + 1..open - 1]);
            found.push(Broken {
                span: round..at + 1,
                reason: "its brackets are the wrong way round",
                right: Some(right),
            });
        } else if typed[..open].ends_with('[') && !after.starts_with(']') && is_name(words) {
            let right = format!("[[{words}]]");
            found.push(Broken {
                span: open - 1..at + 1,
                reason: "it has two brackets in front and one behind",
                right: Some(right),
            });
        } else if after.starts_with(']') && !typed[..open].ends_with('[') && is_name(words) {
            let right = format!("[[{words}]]");
            found.push(Broken {
                span: open..at + 2,
                reason: "it has one bracket in front and two behind",
                right: Some(right),
            });
        }
    }
    found
}

/// What stands in the parentheses at the beginning of a text.
fn parenthesis(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?;
    let inner = &inner[..inner.floor_char_boundary(LONGEST)];
    inner.find(')').map(|end| &inner[..end]).filter(|inner| !inner.contains('\n'))
}

/// Why `[words](address)` is no link, and what it should be; `None` where it is only words.
fn unread(typed: &str, words: &str, address: &str, gap: usize) -> Option<(&'static str, Option<String>)> {
    let (target, rest) = address.trim().split_once([' ', '\u{a0}']).unwrap_or((address.trim(), ""));
    if !is_address(target) || words.is_empty() {
        return None;
    }
    let mark = if typed.starts_with('!') { "!" } else { "" };
    let curly = ['“', '”', '„'];
    if !rest.is_empty() && rest.trim().starts_with(curly) {
        let title = rest.trim().trim_matches(curly);
        return Some((
            "its quotation marks are curly",
            Some(format!("{mark}[{words}]({target} \"{title}\")")),
        ));
    }
    if gap > 0 {
        return Some(("there is a space between its brackets", Some(format!("{mark}[{words}]({address})"))));
    }
    let spaced = !rest.is_empty() && !rest.contains(['"', '\'', '<']);
    spaced.then(|| ("its address has a space", Some(format!("{mark}[{words}](<{}>)", address.trim()))))
}

/// Whether a text looks like an address.
fn is_address(text: &str) -> bool {
    let begins = ["http://", "https://", "www.", "mailto:", "tel:", "/", "../", "./"];
    let ends = [".md", ".pdf", ".jpg", ".jpeg", ".png", ".webp", ".svg"];
    !text.contains(' ')
        && (begins.iter().any(|begin| text.starts_with(begin))
            || ends.iter().any(|end| text.to_lowercase().ends_with(end)))
}

/// Whether a text looks like the name of a document.
fn is_name(text: &str) -> bool {
    let name = text.split('|').next().unwrap_or_default();
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/#._".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_are_none_are_put_right() {
        let right = |typed: &str| {
            let found = broken_links(typed);
            found.into_iter().map(|link| link.right.unwrap_or_default()).collect::<Vec<_>>().join(" ")
        };
        for (typed, expected) in [
            ("see [our plan] (https://a.example/x).", "[our plan](https://a.example/x)"),
            ("(our plan)[https://a.example]", "[our plan](https://a.example)"),
            ("[plan](https://a.example/b c)", "[plan](<https://a.example/b c>)"),
            ("![alt](media/x.jpg “Maria”)", "![alt](media/x.jpg \"Maria\")"),
            ("come to [[fontana]", "[[fontana]]"),
            ("come to [fontana]]", "[[fontana]]"),
            ("we [the nurses] (all of us) walk", ""),
            ("a [sic] (see below)", ""),
            ("list[0] and f(x)[y]", ""),
            ("\\[plan] (https://a.example)", ""),
        ] {
            assert_eq!(right(typed), expected, "{typed}");
        }
    }
}

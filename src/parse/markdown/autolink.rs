//! Bare URLs and e-mail addresses in text, as in GFM §6.9 (autolinks), but for two rules: `www.` leads to https, and
//! a mail's last label is a word, so that “6@7.30” stays text.

use memchr::memchr_iter;

use super::output::Output;
use super::signs::Signs;
use crate::base::url;

/// Writes a text that has no control characters with its URLs and addresses as links. Each byte is looked at a bounded
/// number of times.
pub(super) fn write(out: &mut Output, text: &str, signs: Signs) {
    if !may_link(text.as_bytes(), signs) {
        out.clean_words(text);
        return;
    }
    let mut plain = 0;
    let mut at = 0;
    while let Some(step) = text.as_bytes()[at..].iter().position(|byte| b"hHwW@".contains(byte)) {
        let here = at + step;
        let found = if text[here..].starts_with('@') { mail(text, plain, here) } else { web(text, here) };
        match found {
            Found::Nothing { next } => at = next,
            Found::Link { start, end, prefix } => {
                out.clean_words(&text[plain..start]);
                link(out, prefix, &text[start..end]);
                plain = end;
                at = end;
            }
        }
    }
    out.clean_words(&text[plain..]);
}

/// Whether there is anything that every link has: `@`, `:` or `w.`. Most texts have none, and are done with here.
fn may_link(text: &[u8], signs: Signs) -> bool {
    let is_w = |at: usize| at.checked_sub(1).is_some_and(|before| text[before] | 0x20 == b'w');
    signs.have(Signs::LINK) || signs.have(Signs::DOT) && memchr_iter(b'.', text).any(is_w)
}

enum Found {
    /// No link before `next`, which is where to go on.
    Nothing { next: usize },
    /// A link, and what its URL needs in front.
    Link { start: usize, end: usize, prefix: &'static str },
}

fn link(out: &mut Output, prefix: &'static str, shown: &str) {
    out.markup("<a href=\"");
    out.markup(prefix);
    out.words(&url::encode_url(shown));
    out.markup(if prefix == "mailto:" { "\">" } else { "\" rel=\"noopener external\">" });
    out.words(shown);
    out.markup("</a>");
}

fn web(text: &str, start: usize) -> Found {
    let starts = |prefix: &str| {
        text.as_bytes()[start..]
            .get(..prefix.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    let (skip, prefix) = match () {
        () if starts("https://") => (8, ""),
        () if starts("http://") => (7, ""),
        () if starts("www.") => (4, "https://"),
        () => return Found::Nothing { next: start + 1 },
    };
    let before = text[..start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || "/.-@:=&%#+_".contains(c)) {
        return Found::Nothing { next: start + 1 };
    }
    let domain = domain(&text[start + skip..]);
    let end = start + skip + domain.len();
    if !is_domain(domain) {
        return Found::Nothing { next: end };
    }
    let rest = if text[end..].starts_with(['/', '?', '#', ':']) { path(&text[end..]) } else { "" };
    Found::Link { start, end: end + rest.len(), prefix }
}

/// What looks like a domain at the start of the text: without dots, hyphens or `_` at its end.
fn domain(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', '-', '_'])
}

/// At least two labels, none empty, and no `_` in the last two.
fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty())
        && !labels[labels.len() - 2..].iter().any(|label| label.contains('_'))
}

/// The rest of a URL: up to white space or `<`, without the punctuation that belongs to the sentence around it.
fn path(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len());
    let mut path = &text[..end];
    let count = |wanted: char| path.chars().filter(|c| *c == wanted).count();
    let mut extra_round = count(')').saturating_sub(count('('));
    let mut extra_square = count(']').saturating_sub(count('['));
    while let Some(last) = path.chars().next_back() {
        let extra = match last {
            ')' => &mut extra_round,
            ']' => &mut extra_square,
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '"' | '>' | '|' => &mut 1,
            '“' | '”' | '„' | '‘' | '’' | '»' | '«' | '…' | '–' | '—' => &mut 1,
            _ => break,
        };
        if *extra == 0 {
            break;
        }
        *extra -= 1;
        path = &path[..path.len() - last.len_utf8()];
    }
    path
}

/// An address around the `@` at `at`; what stands before `floor` is written already.
fn mail(text: &str, floor: usize, at: usize) -> Found {
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
    let local = text[floor..at].trim_end_matches(is_local).len();
    let local = &text[floor + local..at];
    let local = local.trim_start_matches(['.', '-', '+', '_']);
    let domain = domain(&text[at + 1..]);
    let end = at + 1 + domain.len();
    let top = domain.rsplit('.').next().unwrap_or_default();
    let named = top.len() >= 2 && top.starts_with(char::is_alphabetic);
    if local.is_empty() || !named || !domain.is_ascii() || !is_domain(domain) {
        return Found::Nothing { next: end };
    }
    Found::Link { start: at - local.len(), end, prefix: "mailto:" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Piece;

    fn linked(text: &str) -> String {
        let mut out = Output::of(text.len());
        write(&mut out, text, Signs::of(text));
        let html = out.take().into_iter().map(|piece| match piece {
            Piece::Html(html) => html.into_string(),
            other => format!("{other:?}"),
        });
        html.collect::<String>().replace(" rel=\"noopener external\"", "")
    }

    #[test]
    fn the_sentence_keeps_its_punctuation() {
        for (text, expected) in [
            ("see https://a.example/x.", "see <a href=\"https://a.example/x\">https://a.example/x</a>."),
            ("(www.a.example/b_(c))", "(<a href=\"https://www.a.example/b_(c)\">www.a.example/b_(c)</a>)"),
            ("„https://a.example“", "„<a href=\"https://a.example\">https://a.example</a>“"),
            ("ana.lopez@a.example.", "<a href=\"mailto:ana.lopez@a.example\">ana.lopez@a.example</a>."),
            (
                "https://a.example/?q=\"x",
                "<a href=\"https://a.example/?q=%22x\">https://a.example/?q=&quot;x</a>",
            ),
        ] {
            assert_eq!(linked(text), expected, "{text}");
        }
    }

    #[test]
    fn other_words_stay_words() {
        for text in
            ["picket@6.30", "https://x", "www.", "awww.a.example", "a@", "@a.example", "http://_.a_b.c_d"]
        {
            assert_eq!(linked(text), text);
        }
    }
}

//! Words that stand for words which are still to come: `[LINK]`, lorem ipsum, and what is written in capitals for them.

use std::ops::Range;

use memchr::{memchr, memchr2_iter, memchr3_iter};

/// Whether a text may hold any: most texts hold none, and are done with here.
pub(super) fn may_stand_in(text: &str) -> bool {
    memchr(b'[', text.as_bytes()).is_some() || may_be_worded(text)
}

/// Whether a text may hold one that is not in brackets.
pub(super) fn may_be_worded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shouted = |at: usize| {
        matches!(bytes[at..], [b'T', b'O' | b'B' | b'K', ..] | [b'X', b'X', ..] | [b'F', b'I', ..])
    };
    let ipsum = |at: usize| bytes[at..].get(..4).is_some_and(|end| end.eq_ignore_ascii_case(b"psum"));
    memchr3_iter(b'T', b'X', b'F', bytes).any(shouted) || memchr2_iter(b'p', b'P', bytes).any(ipsum)
}

/// All of them, by their bytes.
pub(super) fn all(text: &str) -> Vec<Range<usize>> {
    if !may_stand_in(text) {
        return Vec::new();
    }
    let mut found = words(text);
    found.extend(brackets(text));
    found.extend(lorem(text));
    found.sort_by_key(|range| range.start);
    found.dedup_by(|later, first| later.start < first.end);
    found
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let start = from;
        from = start + word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        let (before, after) = (&text[..start], &text[start + word.len()..]);
        let stands = match word {
            "FIXME" | "TBD" | "TKTK" => true,
            "TODO" => !is_spanish(before, after),
            _ => word.len() >= 3 && word.bytes().all(|byte| byte == b'X') && !is_numeral(before, after),
        };
        if stands && !before.ends_with('\\') {
            found.push(start..start + word.len());
        }
    }
    found
}

/// The first of them is a word of Spanish, and in capitals in headlines and on signs: all, everything.
fn is_spanish(before: &str, after: &str) -> bool {
    const FOLLOWERS: &str = " el la los las lo un una este esta esto ese esa eso nuestro nuestra su sus mi por para y o u \
        es se al a de del que en con está son ha lo cuanto aquel aquello empleado trabajador personal ";
    if after.starts_with([':', ']', ')']) {
        return false;
    }
    let next = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let last = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let shouted = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let follows = !next.is_empty() && FOLLOWERS.contains(&format!(" {} ", next.to_lowercase()));
    follows || shouted(next) || shouted(last) || before.ends_with('¡') || before.ends_with('¿')
}

/// Behind “Article”, three of them are the number thirty.
fn is_numeral(before: &str, after: &str) -> bool {
    const PARTS: &str = " article articles title section chapter part appendix annex exhibit schedule volume bowl local \
        artículo capítulo título parte anexo artikel kapitel abschnitt teil anlage band ";
    let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let last = last.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    !last.is_empty() && PARTS.contains(&format!(" {last} ")) && !after.starts_with('-')
}

/// What people write in brackets for what they do not have yet.
const BLANKS: [&str; 44] = [
    "LINK", "URL", "NAME", "DATE", "DAY", "TIME", "TITLE", "HEADLINE", "PLACE", "LOCATION", "CITY",
    "ADDRESS", "QUOTE", "NUMBER", "AMOUNT", "PHONE", "EMAIL", "E-MAIL", "PHOTO", "IMAGE", "PICTURE",
    "CAPTION", "CREDIT", "SOURCE", "TEXT", "SUMMARY", "TK", "TBA", "X", "XX", "ENLACE", "NOMBRE", "FECHA",
    "HORA", "LUGAR", "CITA", "TÍTULO", "FOTO", "DATUM", "ORT", "UHRZEIT", "ZITAT", "TITEL", "BILD",
];

/// The most bytes of a placeholder in brackets: so the search for the second one takes no time.
const LONGEST_BLANK: usize = 80;

fn brackets(text: &str) -> Vec<Range<usize>> {
    let opens = text.match_indices('[').map(|(at, _)| at);
    let closed = opens.filter_map(|at| {
        let length = text.as_bytes()[at..].iter().take(LONGEST_BLANK).position(|byte| *byte == b']')?;
        let after = &text[at + length + 1..];
        let words = &text[at + 1..at + length];
        let lower = words.to_lowercase();
        let blank = BLANKS.contains(&words)
            || words
                .split(' ')
                .next()
                .is_some_and(|first| BLANKS.contains(&first) && words.to_uppercase() == words)
            || ["insert ", "your ", "add ", "name of "].iter().any(|verb| lower.starts_with(verb));
        let link = after.starts_with(['(', '[', ':']) || text[..at].ends_with(['[', '\\', '!']);
        (blank && !link).then_some(at..at + length + 1)
    });
    closed.collect()
}

fn lorem(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices("lorem ipsum").map(|(at, words)| at..at + words.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        all(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_stands_for_words_to_come_is_found() {
        for (text, expected) in [
            ("TODO: add the quote", "TODO"),
            ("Day 4 (TODO)", "TODO"),
            ("TODO add the quote", "TODO"),
            ("The vote is TBD.", "TBD"),
            ("Call XXX-XXX-XXXX", "XXX XXX XXXX"),
            ("see [LINK] and [INSERT QUOTE HERE]", "[LINK] [INSERT QUOTE HERE]"),
            ("[NAME OF NURSE], a nurse", "[NAME OF NURSE]"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("LOREM IPSUM", "LOREM IPSUM"),
            ("el [LUGAR] por decidir", "[LUGAR]"),
        ] {
            assert_eq!(found(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn words_that_are_meant_are_not() {
        for text in [
            "¡TODO O NADA!",
            "LUCHAMOS POR TODO",
            "TODO el personal",
            "Article XXX of the contract",
            "we at [NUHW] will",
            "“They [the managers] left”",
            "[LINK](https://a.example)",
            "[[link]] and [x]",
            "\\[LINK\\]",
            "TBA",
            "a todo, an ipsum",
            "XX and XXL",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}

//! Slugs: the part of an address that names a document.

use std::fmt;
use std::sync::Arc;

/// Lower-case `a`-`z`, `0`-`9` and single `-` between them; never empty, at most 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Arc<str>);

/// The longest slug, in characters: it leaves room in a file name for an extension on every system.
const LONGEST: usize = 100;

impl Slug {
    /// Takes a slug that is written as one; `None` where it has other characters.
    pub fn parse(text: &str) -> Option<Slug> {
        Slug::make(text, false).filter(|slug| slug.as_str() == text)
    }

    /// Makes a slug of any text: letters are transliterated (`ñ` to `n`, `ß` to `ss`; in German `ä` to `ae`),
    /// everything else becomes `-`. `None` where nothing is left.
    pub fn make(text: &str, german: bool) -> Option<Slug> {
        let mut slug = String::with_capacity(text.len());
        for character in text.chars() {
            if character.is_ascii() {
                push_letter(&mut slug, character);
                continue;
            }
            let plain = german.then(|| german_letter(character)).flatten();
            match plain.or_else(|| deunicode::deunicode_char(character)) {
                Some(letters) if !letters.is_empty() => push(&mut slug, letters),
                _ => push(&mut slug, "-"),
            }
        }
        if slug.len() > LONGEST {
            // A word is cut only where it is all there is.
            let word = slug[..=LONGEST].rfind('-').filter(|at| *at > LONGEST / 2);
            slug.truncate(word.unwrap_or(LONGEST));
        }
        let slug = slug.trim_end_matches('-');
        (!slug.is_empty()).then(|| Slug(Arc::from(slug)))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn push(slug: &mut String, letters: &str) {
    letters.chars().for_each(|letter| push_letter(slug, letter));
}

fn push_letter(slug: &mut String, letter: char) {
    if letter.is_ascii_alphanumeric() {
        slug.push(letter.to_ascii_lowercase());
    } else if letter != '\'' && !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

fn german_letter(character: char) -> Option<&'static str> {
    Some(match character {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' => "oe",
        'ü' | 'Ü' => "ue",
        _ => return None,
    })
}

impl fmt::Display for Slug {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_a_slug() {
        let made = |text: &str, german| Slug::make(text, german).map(|slug| slug.to_string());
        assert_eq!(made("Care can't wait", false).as_deref(), Some("care-cant-wait"));
        assert_eq!(made("Größe – Straße", true).as_deref(), Some("groesse-strasse"));
        assert_eq!(made("¡Huelga mañana!", false).as_deref(), Some("huelga-manana"));
        assert_eq!(made(&"nurses ".repeat(20), false).as_deref(), Some(["nurses"; 14].join("-").as_str()));
        assert_eq!(made(&"n".repeat(120), false).as_deref(), Some("n".repeat(100).as_str()));
        assert_eq!(made("—", false), None);
        assert!(Slug::parse("west-los-angeles").is_some());
        assert!(Slug::parse("West LA").is_none());
    }
}

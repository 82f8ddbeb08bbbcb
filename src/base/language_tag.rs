//! BCP 47 language tags, as far as a campaign needs them.

use std::fmt;
use std::sync::Arc;

/// A language tag such as `en`, `es` or `pt-BR`: two or three letters, then optional script and region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(Arc<str>);

impl LanguageTag {
    /// Reads a tag; `None` where it is not of the form `ll[-Ssss][-RR]`.
    pub fn parse(text: &str) -> Option<LanguageTag> {
        let mut parts = text.split('-');
        let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
        let primary = parts.next()?;
        let primary_fits =
            (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase());
        let rest_fits = parts.all(|part| match part.len() {
            2 => letters(part) && part.bytes().all(|b| b.is_ascii_uppercase()),
            3 => part.bytes().all(|b| b.is_ascii_digit()),
            4 => letters(part),
            _ => false,
        });
        (primary_fits && rest_fits).then(|| LanguageTag(Arc::from(text)))
    }

    /// Whether it is German, in which `ä` becomes `ae` where letters have to be plain.
    pub fn is_german(&self) -> bool {
        self.0.split('-').next() == Some("de")
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_words() {
        for good in ["en", "es", "fil", "pt-BR", "zh-Hans", "zh-Hant-TW", "es-419"] {
            assert!(LanguageTag::parse(good).is_some(), "{good}");
        }
        for bad in ["", "e", "EN", "english", "en_US", "en-", "en-us", "../x"] {
            assert!(LanguageTag::parse(bad).is_none(), "{bad}");
        }
        let german = |tag| LanguageTag::parse(tag).unwrap().is_german();
        assert!(german("de") && german("de-CH") && !german("en") && !german("del"));
    }
}

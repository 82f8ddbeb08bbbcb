//! What a file `languages/<code>.yaml` of a theme may say, and how a site's own file is laid over the default one.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::base::SourcePath;
use crate::diagnostics::Checked;

/// A language file as it is read; everything may be absent.
#[derive(Debug, Clone, Default, Deserialize, Hash)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LanguageFile {
    /// The language's own name.
    pub(super) name: Option<String>,
    /// `ltr` or `rtl`.
    pub(super) direction: Option<String>,
    /// Every word of the theme.
    pub(super) words: BTreeMap<String, String>,
    /// January to December.
    pub(super) months: Vec<String>,
    /// The same, short.
    pub(super) months_short: Vec<String>,
    /// Monday to Sunday.
    pub(super) weekdays: Vec<String>,
    /// The same, short.
    pub(super) weekdays_short: Vec<String>,
    /// How dates and hours are put together.
    pub(super) formats: BTreeMap<String, Scalar>,
    /// What time zones are called, by their IANA names; others are shown by their abbreviation.
    pub(super) zones: BTreeMap<String, String>,
}

/// A format: a pattern, or the number of hours on a clock's face.
#[derive(Debug, Clone, Deserialize, Hash)]
#[serde(untagged)]
pub(super) enum Scalar {
    /// A whole number.
    Number(u8),
    /// A pattern.
    Text(String),
}

impl Scalar {
    pub(super) fn into_text(self) -> String {
        match self {
            Scalar::Number(number) => number.to_string(),
            Scalar::Text(text) => text,
        }
    }
}

/// Reads a language file; what is wrong in it is told, and left out.
pub(super) fn read(path: &SourcePath, text: &str) -> Checked<LanguageFile> {
    crate::parse::read_yaml(path, text)
}

impl LanguageFile {
    /// This file with another one laid over it, key by key; lists are replaced whole.
    pub(super) fn overlaid(mut self, over: LanguageFile) -> LanguageFile {
        let list = |under: Vec<String>, over: Vec<String>| if over.is_empty() { under } else { over };
        self.words.extend(over.words);
        self.formats.extend(over.formats);
        self.zones.extend(over.zones);
        LanguageFile {
            name: over.name.or(self.name),
            direction: over.direction.or(self.direction),
            months: list(self.months, over.months),
            months_short: list(self.months_short, over.months_short),
            weekdays: list(self.weekdays, over.weekdays),
            weekdays_short: list(self.weekdays_short, over.weekdays_short),
            ..self
        }
    }
}

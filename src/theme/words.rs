//! The words of one language: what templates and we ourselves say in it. How dates and hours read is in `format`.

use std::collections::BTreeMap;

use tera::value::Key;
use tera::{Map, Value};

use super::language_file::{LanguageFile, Scalar};
use crate::base::Fingerprint;

/// The words, names and formats of one language.
#[derive(Debug, Clone)]
pub struct Words {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) direction: String,
    pub(super) words: BTreeMap<String, String>,
    pub(super) months: Vec<String>,
    pub(super) months_short: Vec<String>,
    pub(super) weekdays: Vec<String>,
    pub(super) weekdays_short: Vec<String>,
    pub(super) formats: BTreeMap<String, String>,
    pub(super) zones: BTreeMap<String, String>,
    pub(super) value: Value,
    pub(super) print: Fingerprint,
}

/// The formats that a language must have, and those that it may have with what holds where it has none.
pub(super) const FORMATS: [&str; 16] = [
    "date_long",
    "date_medium",
    "date_short",
    "month",
    "range_same_month",
    "range_same_year",
    "range",
    "moment",
    "clock",
    "am",
    "pm",
    "noon",
    "midnight",
    "time_12",
    "time_24",
    "span",
];

/// Formats that a language may leave out.
pub(super) const OPTIONAL_FORMATS: [(&str, &str); 2] = [("list_and", ""), ("at", "{time}")];

impl Words {
    /// The words of a language file, whole but for what it lacks.
    pub(super) fn new(code: &str, file: LanguageFile) -> Words {
        let print = Fingerprint::of(&(code, &file));
        let map: Map = file
            .words
            .iter()
            .map(|(key, word)| (Key::from(key.clone()), Value::from(word.as_str())))
            .collect();
        let optional = OPTIONAL_FORMATS.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned()));
        let mut formats: BTreeMap<String, String> = optional.collect();
        formats.extend(file.formats.into_iter().map(|(key, format)| (key, Scalar::into_text(format))));
        Words {
            code: code.to_owned(),
            name: file.name.unwrap_or_else(|| code.to_owned()),
            direction: file.direction.unwrap_or_else(|| "ltr".to_owned()),
            words: file.words,
            months: file.months,
            months_short: file.months_short,
            weekdays: file.weekdays,
            weekdays_short: file.weekdays_short,
            formats,
            zones: file.zones,
            value: Value::from(map),
            print,
        }
    }

    /// The language's tag: `en`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The language's own name: `English`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> &str {
        &self.direction
    }

    /// A word, as it stands; a key without a word stands for itself (a finding tells of it at load).
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// A word with its `{name}`s replaced.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    pub(super) fn format(&self, key: &str) -> &str {
        self.formats.get(key).map_or("", String::as_str)
    }
}

/// A pattern with each `{name}` replaced by its value; a name without a value stays as it stands.
pub fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, name, after)) = next_hole(rest) {
        out.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands before the next `{name}`, the name, and what stands after it.
pub(super) fn next_hole(text: &str) -> Option<(&str, &str, &str)> {
    let (before, opened) = text.split_once('{')?;
    let (name, after) = opened.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_and_unknown_ones_stay() {
        assert_eq!(fill("Strike day {n} of {m}, {x}", &[("n", "4"), ("m", "9")]), "Strike day 4 of 9, {x}");
        assert_eq!(fill("{n}", &[("n", "{n}")]), "{n}");
        assert_eq!(fill("50 % {", &[]), "50 % {");
    }
}

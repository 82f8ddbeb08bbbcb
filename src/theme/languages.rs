//! The words of the campaign's languages: the site's files over the default theme's, and what they lack.

use std::collections::BTreeMap;

use super::embedded;
use super::language_file::{LanguageFile, read};
use super::templates::Source;
use super::words::{FORMATS, OPTIONAL_FORMATS, Words, next_hole};
use crate::base::{FieldPath, LanguageTag, SourcePath};
use crate::diagnostics::{Checked, Finding, Place, finding, nearest};

/// The language whose file has every word.
const REFERENCE: &str = "en";

/// Loads the words of `languages`, the site's own files laid over the default theme's; `named` is a place in campaign.yaml.
pub(super) fn load(
    own: &BTreeMap<String, Source>,
    languages: &[LanguageTag],
    named: &Place,
) -> Checked<Vec<Words>> {
    let mut findings = Vec::new();
    let all_codes = languages.iter().flat_map(|language| codes(language.as_str())).chain([REFERENCE]);
    let default: BTreeMap<&str, LanguageFile> =
        all_codes.filter_map(|code| Some((code, default_file(code)?))).collect();
    let reference = default.get(REFERENCE).cloned().unwrap_or_default();
    let mut read_own: BTreeMap<&str, LanguageFile> = BTreeMap::new();
    for (code, source) in own {
        let mut file = read(&source.path, &source.text);
        findings.append(&mut file.findings);
        findings.extend(mistakes(&file.value, &source.path));
        findings.extend(placeholders(&file.value, &reference, &source.path));
        read_own.insert(code, file.value);
    }
    let mut all = Vec::new();
    for (index, language) in languages.iter().enumerate() {
        let code = language.as_str();
        let layers = codes(code)
            .into_iter()
            .rev()
            .flat_map(|code| default.get(code).into_iter().chain(read_own.get(code)).cloned());
        let file = layers.reduce(LanguageFile::overlaid);
        match &file {
            None => {
                let place = Place::field(&named.file, FieldPath::of("languages").index(index));
                findings.push(finding::language_without_words(place, code));
            }
            Some(file) => findings.extend(lacks(file, &reference, code, own)),
        }
        all.push(Words::new(code, reference.clone().overlaid(file.unwrap_or_default())));
    }
    if all.is_empty() {
        all.push(Words::new(REFERENCE, reference));
    }
    Checked { value: all, findings }
}

/// The files that hold for a language, the nearest first: `pt-BR`, then `pt`.
fn codes(code: &str) -> Vec<&str> {
    let mut codes = vec![code];
    codes.extend(code.split_once('-').map(|(primary, _)| primary));
    codes
}

fn default_file(code: &str) -> Option<LanguageFile> {
    let path = format!("languages/{code}.yaml");
    let text = std::str::from_utf8(embedded::file(&path)?).ok()?;
    let path = SourcePath::new(&format!("themes/{}/{path}", embedded::NAME))?;
    Some(read(&path, text).value)
}

/// What is wrong in a site's language file.
fn mistakes(file: &LanguageFile, path: &SourcePath) -> Vec<Finding> {
    let mut findings = Vec::new();
    let lists = [
        ("months", &file.months, 12, "a list of twelve names, from January to December"),
        ("months_short", &file.months_short, 12, "a list of twelve names, from January to December"),
        ("weekdays", &file.weekdays, 7, "a list of seven names, from Monday to Sunday"),
        ("weekdays_short", &file.weekdays_short, 7, "a list of seven names, from Monday to Sunday"),
    ];
    for (field, list, length, expected) in lists {
        if !list.is_empty() && list.len() != length {
            findings.push(finding::wrong_type(
                Place::field(path, FieldPath::of(field)),
                field,
                expected,
                "",
                "",
            ));
        }
    }
    let known: Vec<&str> = FORMATS.into_iter().chain(OPTIONAL_FORMATS.map(|(key, _)| key)).collect();
    for key in file.formats.keys().filter(|key| !known.contains(&key.as_str())) {
        let place = Place::key(path, FieldPath::of("formats").key(key));
        let listed: Vec<String> = known.iter().map(|key| (*key).to_owned()).collect();
        findings.push(finding::unknown_key(
            place,
            key,
            nearest::nearest(key, known.iter().copied()),
            &listed,
        ));
    }
    if let Some(direction) = file.direction.as_deref().filter(|text| !matches!(*text, "ltr" | "rtl")) {
        let place = Place::field(path, FieldPath::of("direction"));
        findings.push(finding::unknown_choice(place, "direction", direction, None, &["ltr", "rtl"]));
    }
    findings
}

/// Words of a site's file that ask for a value which they are never given.
fn placeholders(file: &LanguageFile, reference: &LanguageFile, path: &SourcePath) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, word) in &file.words {
        let Some(given) = reference.words.get(key).map(|word| holes(word)) else { continue };
        for hole in holes(word).into_iter().filter(|hole| !given.contains(hole)) {
            let place = Place::field(path, FieldPath::of("words").key(key));
            findings.push(finding::unknown_placeholder(place, key, hole, &given));
        }
    }
    findings
}

fn holes(word: &str) -> Vec<&str> {
    std::iter::successors(next_hole(word), |(_, _, after)| next_hole(after))
        .map(|(_, name, _)| name)
        .collect()
}

/// What a language lacks, in one finding. Names of other languages may be absent.
fn lacks(
    file: &LanguageFile,
    reference: &LanguageFile,
    code: &str,
    own: &BTreeMap<String, Source>,
) -> Option<Finding> {
    let words = reference.words.keys().filter(|key| !key.starts_with("language_"));
    let mut missing: Vec<String> = words.filter(|key| !file.words.contains_key(*key)).cloned().collect();
    let formats = FORMATS.iter().filter(|key| !file.formats.contains_key(**key));
    missing.extend(formats.map(|key| format!("formats.{key}")));
    let lists = [
        ("months", &file.months),
        ("months_short", &file.months_short),
        ("weekdays", &file.weekdays),
        ("weekdays_short", &file.weekdays_short),
    ];
    missing.extend(lists.iter().filter(|(_, list)| list.is_empty()).map(|(key, _)| (*key).to_owned()));
    self::missing(code, &missing, own)
}

/// The finding for words that a language lacks; `None` where it lacks none, or has no file at all.
pub(super) fn missing(code: &str, missing: &[String], own: &BTreeMap<String, Source>) -> Option<Finding> {
    let place = Place::key(&own_or_default(code, own)?, FieldPath::of("words"));
    match missing {
        [] => None,
        [one] => Some(finding::missing_word(place, code, one)),
        several => Some(finding::missing_words(place, code, several)),
    }
}

/// The file in which a language's words stand: the site's own, else the default theme's.
fn own_or_default(code: &str, own: &BTreeMap<String, Source>) -> Option<SourcePath> {
    let codes = codes(code);
    let found = codes.iter().find_map(|code| own.get(*code)).map(|source| source.path.clone());
    let default = codes.iter().find(|code| embedded::file(&format!("languages/{code}.yaml")).is_some());
    found.or_else(|| SourcePath::new(&format!("themes/{}/languages/{}.yaml", embedded::NAME, default?)))
}

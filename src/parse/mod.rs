//! One file at a time, pure: bytes to a typed document whose references are still words.

mod campaign;
pub mod dates;
pub mod days;
mod doc;
mod document;
mod front_matter;
mod gather;
pub mod hours;
mod kinds;
pub mod markdown;
mod media;
mod raw;
mod words;
mod yaml;
mod yaml_help;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::base::{File, LanguageTag, SourcePath, Tree};
use crate::diagnostics::{At, Checked, Finding, Place, finding};

pub use doc::{
    ActionField, AlertField, CampaignChange, CampaignDoc, Common, Doc, Entry, EventFields, Fields,
    ImageField, LocationFields, MediaFile, MediaWords, Parsed, StatementFields, ThemeField, TimelineFields,
};
pub use media::PICTURES;

/// Reads one file of the tree. `None` for files that are none of ours, and for those that cannot be read: then the
/// findings say why. A panic becomes a finding too, so that one file never takes the others down.
pub fn parse(path: &SourcePath, file: &File) -> Checked<Option<Parsed>> {
    let parsed = catch_unwind(AssertUnwindSafe(|| parse_file(path, file)));
    parsed.unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<&str>().copied().map(str::to_owned);
        let what = what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        Checked { value: None, findings: vec![finding::our_bug(path, &what)] }
    })
}

fn parse_file(path: &SourcePath, file: &File) -> Checked<Option<Parsed>> {
    if path.below("static").is_some() {
        let told =
            media::holds_position(&path.extension(), &file.bytes).then(|| finding::position_in_photo(path));
        return Checked { value: None, findings: told.into_iter().collect() };
    }
    let Some(below) = path.below("content") else { return Checked::clean(None) };
    let extension = path.extension();
    match (extension.as_str(), file.text()) {
        ("md", Some(text)) => {
            let checked = document::parse(path, file, text);
            let value = checked.value.map(|doc| Parsed::Document(Arc::new(doc)));
            Checked { value, findings: checked.findings }
        }
        ("yaml" | "yml", Some(text)) => parse_yaml(path, below, text),
        ("md" | "yaml" | "yml", None) => Checked::clean(None),
        _ => {
            let checked = media::parse(path, file);
            Checked {
                value: checked.value.map(|file| Parsed::Media(Arc::new(file))),
                findings: checked.findings,
            }
        }
    }
}

fn parse_yaml(path: &SourcePath, below: &str, text: &str) -> Checked<Option<Parsed>> {
    if path.name() == "media.yaml" {
        let checked = campaign::parse_media(path, text);
        return Checked {
            value: Some(Parsed::MediaWords(Arc::new(checked.value))),
            findings: checked.findings,
        };
    }
    let middle = below.strip_prefix("campaign.").and_then(|rest| rest.strip_suffix("yaml"));
    let language = middle.and_then(|tag| tag.strip_suffix('.')).and_then(LanguageTag::parse);
    if middle == Some("") || language.is_some() {
        let checked = campaign::parse(path, text, language);
        return Checked {
            value: Some(Parsed::Campaign(Arc::new(checked.value))),
            findings: checked.findings,
        };
    }
    Checked { value: None, findings: vec![finding::unknown_file(path)] }
}

/// Reads a YAML file into a struct whose fields are all optional, with the places of its mistakes; for a theme's files.
pub fn read_yaml<T: DeserializeOwned + Default>(file: &SourcePath, text: &str) -> Checked<T> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    yaml::read(&yaml::Yaml { file, text, range: start..text.len() })
}

/// Takes out what only follows from another mistake of the same file: a field is not absent where it cannot be read.
/// To be called before the places of findings are spans.
pub fn quiet(findings: &mut Vec<Finding>, tree: &Tree) {
    // The files of which something else is told, and whether that hides all of their fields.
    let mut others: BTreeMap<SourcePath, bool> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| !finding.tells_of_absence()) {
        if let Some(place) = &finding.place {
            *others.entry(place.file.clone()).or_default() |= finding.hides_all_fields();
        }
    }
    findings.retain(|finding| {
        let Some(place) = finding.place.as_ref().filter(|_| finding.tells_of_absence()) else { return true };
        others.get(&place.file).is_none_or(|hidden| !hidden && !stands(place, tree))
    });
}

/// Whether a top-level field has a value in its file, readable or not.
fn stands(place: &Place, tree: &Tree) -> bool {
    let At::Field(path) = &place.at else { return false };
    let Some((text, range)) = yaml_of(&place.file, tree) else { return false };
    let value = yaml::locate(text, &range, path, false);
    path.steps().len() == 1 && value.is_some_and(|span| !span.is_empty())
}

/// A file's text, and which bytes of it are YAML.
fn yaml_of<'t>(file: &SourcePath, tree: &'t Tree) -> Option<(&'t str, std::ops::Range<usize>)> {
    let text = tree.text(file)?;
    let range = if file.extension() == "md" {
        front_matter::split(file, text).ok()?.yaml
    } else {
        text.len() - text.trim_start_matches('\u{feff}').len()..text.len()
    };
    Some((text, range))
}

/// Turns fields' paths into spans, for all findings that have one. Done at the end, for only then is it known that
/// a finding is to be shown.
pub fn locate(findings: &mut [Finding], tree: &Tree) {
    for finding in findings {
        if let Some(place) = &mut finding.place {
            locate_place(place, tree);
        }
        if let Some((place, _)) = &mut finding.related {
            locate_place(place, tree);
        }
    }
}

fn locate_place(place: &mut Place, tree: &Tree) {
    let (path, key) = match &place.at {
        At::Field(path) => (path.clone(), false),
        At::Key(path) => (path.clone(), true),
        At::File | At::Span(_) => return,
    };
    place.at = At::File;
    let Some((text, range)) = yaml_of(&place.file, tree) else { return };
    // A field that is missing has no place; that of the group it belongs to is the next best, then the first line.
    let steps = path.steps();
    let found = (1..=steps.len()).rev().find_map(|length| {
        let shorter = crate::base::FieldPath::from_steps(steps[..length].to_vec());
        yaml::locate(text, &range, &shorter, key && length == steps.len())
    });
    if let Some(span) = found {
        place.at = At::Span(span);
    } else if place.file.extension() == "md" {
        let fence = text.len() - text.trim_start_matches('\u{feff}').len();
        place.at = At::Span(fence..fence + 3);
    }
}

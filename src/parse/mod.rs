//! One file at a time, pure: bytes to a typed document whose references are still words.

mod campaign;
mod conflicts;
mod contacts;
mod coordinates;
pub mod dates;
pub mod days;
mod doc;
mod document;
mod front_matter;
mod gather;
pub mod hours;
mod kinds;
mod loads;
pub mod markdown;
mod media;
mod place;
mod placeholders;
mod raw;
mod schema;
mod starter;
mod told;
mod way;
mod words;
mod yaml;
pub mod zones;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::base::{File, LanguageTag, SourcePath};
use crate::diagnostics::{Checked, finding};

pub use doc::{
    ActionField, AlertField, CampaignChange, CampaignDoc, Common, Doc, Entry, EventFields, Fields,
    ImageField, LocationFields, MediaFile, MediaWords, Parsed, SignField, StatementFields, ThemeField,
    TimelineFields,
};
pub use document::without_date;
pub use loads::Load;
pub use media::PICTURES;
pub use place::{locate, quiet};
pub use schema::{SchemaOf, schema};
pub use starter::{translatable, yaml_text};

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
        return Checked { value: loaded(path, file), findings: media::check_static(path, file) };
    }
    if path.below("themes").is_some() {
        return Checked::clean(loaded(path, file));
    }
    let Some(below) = path.below("content") else { return Checked::clean(None) };
    let extension = path.extension();
    let is_text = matches!(extension.as_str(), "md" | "yaml" | "yml");
    let conflicts = file.text().filter(|_| is_text).map(|text| conflicts::conflicts(path, text));
    if let Some(findings) = conflicts.filter(|findings| !findings.is_empty()) {
        return Checked { value: None, findings };
    }
    match (extension.as_str(), file.text()) {
        ("md", Some(text)) => {
            let checked = document::parse(path, file, text);
            let value = checked.value.map(|doc| Parsed::Document(Arc::new(doc)));
            Checked { value, findings: checked.findings }
        }
        ("yaml" | "yml", Some(text)) => parse_yaml(path, below, text),
        ("md" | "yaml" | "yml", None) => Checked::clean(None),
        ("markdown" | "mdown" | "mkd" | "mdx", _) => {
            Checked { value: None, findings: vec![finding::unknown_file(path)] }
        }
        _ => {
            let checked = media::parse(path, file);
            Checked { value: Some(Parsed::Media(Arc::new(checked.value))), findings: checked.findings }
        }
    }
}

/// What a file would load from other hosts; `None` where that is nothing.
fn loaded(path: &SourcePath, file: &File) -> Option<Parsed> {
    let loads = loads::loads(path, file.text()?);
    (!loads.is_empty()).then(|| Parsed::Loads(loads.into()))
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
    // With another ending or in capitals, it is told that the campaign is missing, and what it is called.
    let findings = if is_nearly_campaign(path) { Vec::new() } else { vec![finding::unknown_file(path)] };
    Checked { value: None, findings }
}

/// Whether a file is meant to be campaign.yaml, and has nearly its name.
pub fn is_nearly_campaign(path: &SourcePath) -> bool {
    let below = path.below("content").unwrap_or_default().to_lowercase();
    matches!(below.as_str(), "campaign.yml" | "campaign.yaml") && path.name() != "campaign.yaml"
}

/// Reads a YAML file into a struct whose fields are all optional, with the places of its mistakes; for a theme's files.
pub fn read_yaml<T: DeserializeOwned + Default>(file: &SourcePath, text: &str) -> Checked<T> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let read = yaml::read(&yaml::Yaml { file, text, range: start..text.len() });
    Checked { value: read.value, findings: read.findings }
}

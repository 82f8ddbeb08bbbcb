//! From the names of fields to places in files. Done at the end, for only then is it known that a finding is to be shown.

use std::collections::{BTreeMap, BTreeSet};

use super::raw::{self, RawCampaign, RawMedia};
use super::yaml::{Places, Yaml};
use super::{document, front_matter};
use crate::base::{FieldPath, SourcePath, Tree};
use crate::diagnostics::{At, Finding, Place, nearest};

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
    let unread = findings.iter().filter(|finding| finding.is_of_fields());
    let unread: BTreeSet<SourcePath> =
        unread.filter_map(|finding| Some(finding.place.as_ref()?.file.clone())).collect();
    findings.retain(|finding| {
        let file = finding.place.as_ref().map(|place| &place.file);
        !(finding.follows_from_fields() && file.is_some_and(|file| unread.contains(file)))
    });
    findings.retain(|finding| {
        let Some(place) = finding.place.as_ref().filter(|_| finding.tells_of_absence()) else { return true };
        others.get(&place.file).is_none_or(|hidden| !hidden && !stands(place, tree))
    });
}

/// Whether a top-level field has a value in its file, readable or not.
fn stands(place: &Place, tree: &Tree) -> bool {
    let At::Field(path) = &place.at else { return false };
    let [crate::base::Step::Key(field)] = path.steps() else { return false };
    let Some(yaml) = yaml_of(&place.file, tree) else { return false };
    let mut lines = yaml.text[yaml.range].lines().peekable();
    while let Some(line) = lines.next() {
        let Some((_, value)) = line.split_once(':').filter(|(key, _)| is_meant(key, field)) else { continue };
        let below =
            lines.peek().is_some_and(|next| next.starts_with([' ', '\t', '-']) && !next.trim().is_empty());
        if !value.trim().is_empty() || below {
            return true;
        }
    }
    false
}

/// Whether a key is a field's, or is told to be meant as it.
fn is_meant(key: &str, field: &str) -> bool {
    let key = raw::plain(key);
    key == field || raw::synonym(&key) == Some(field) || nearest::nearest(&key, [field]).is_some()
}

/// A file's YAML.
fn yaml_of<'t>(file: &'t SourcePath, tree: &'t Tree) -> Option<Yaml<'t>> {
    let text = tree.text(file)?;
    let range = if file.extension() == "md" {
        front_matter::split(file, text).parts?.yaml
    } else {
        text.len() - text.trim_start_matches('\u{feff}').len()..text.len()
    };
    Some(Yaml { file, text, range })
}

/// Turns fields' paths into spans, for all findings that have one.
pub fn locate(findings: &mut [Finding], tree: &Tree) {
    let mut files = BTreeMap::new();
    for finding in findings {
        let Some(place) = &mut finding.place else { continue };
        locate_place(place, tree, &mut files);
        for edit in &mut finding.fix {
            let mut at = Place { file: place.file.clone(), at: edit.at.clone() };
            locate_place(&mut at, tree, &mut files);
            edit.at = at.at;
        }
        // A correction without a place cannot be made.
        finding.fix.retain(|edit| matches!(edit.at, At::Span(_)));
        if let Some((place, _)) = &mut finding.related {
            locate_place(place, tree, &mut files);
        }
    }
}

/// The places of the files that findings were in so far.
type Files<'t> = BTreeMap<SourcePath, Option<Places<'t>>>;

fn locate_place<'t>(place: &mut Place, tree: &'t Tree, files: &mut Files<'t>) {
    let (path, key) = match &place.at {
        At::Field(path) => (path.clone(), false),
        At::Key(path) => (path.clone(), true),
        At::File | At::Span(_) => return,
    };
    place.at = At::File;
    let places = files.entry(place.file.clone()).or_insert_with(|| {
        let (file, _) = tree.get_key_value(&place.file)?;
        places(file, yaml_of(file, tree)?)
    });
    let Some(places) = places else { return };
    // A field that is missing has no place; that of the group it belongs to is the next best, then the first line.
    let steps = path.steps();
    let found = (1..=steps.len()).rev().find_map(|length| {
        let shorter = FieldPath::from_steps(steps[..length].to_vec());
        places.locate(&shorter, key && length == steps.len())
    });
    if let Some(span) = found {
        place.at = At::Span(span);
    } else if place.file.extension() == "md" {
        let text = tree.text(&place.file).unwrap_or_default();
        let fence = text.len() - text.trim_start_matches('\u{feff}').len();
        let end = fence + text[fence..].lines().next().unwrap_or("").trim_end().len();
        place.at = At::Span(fence..end);
    }
}

/// The places of a file, by what it is read as.
fn places<'t>(file: &'t SourcePath, yaml: Yaml<'t>) -> Option<Places<'t>> {
    Some(if file.extension() == "md" {
        document::places(yaml)
    } else if file.name() == "media.yaml" {
        Places::of::<BTreeMap<String, RawMedia>>(yaml)
    } else if file.below("content").is_some() {
        Places::of::<RawCampaign>(yaml)
    } else {
        Places::of::<serde::de::IgnoredAny>(yaml)
    })
}

//! Checks what templates name against the closed vocabulary: variables, their fields, words, and files.

use std::collections::{BTreeMap, BTreeSet};

use tera::Tera;

use super::scan::{Field, Scan};
use super::templates::{Sources, unknown_names};
use super::vocabulary::{VARIABLES, fields};
use super::words::Words;
use crate::base::SourcePath;
use crate::diagnostics::{Checked, Finding, Place, finding, nearest};

/// Finds names that no template can see. `files` are the names of what can be published; the value is those that
/// templates look up in `assets`.
pub(super) fn check(
    tera: &Tera,
    sources: &Sources,
    words: &[Words],
    files: &BTreeSet<String>,
) -> Checked<BTreeSet<String>> {
    let scans = sources.scans();
    let mut findings = unknown_variables(tera, sources, &scans);
    let mut looked_up = BTreeSet::new();
    for (name, scan) in &scans {
        let Some(source) = sources.get(name) else { continue };
        for field in scan.fields.iter().filter(|field| is_global(tera, scan, field)) {
            if field.root == "assets" && field.field.contains('.') {
                looked_up.insert(field.field.to_owned());
            }
            findings.extend(unknown_field(field, &source.path, words, files));
        }
    }
    Checked { value: looked_up, findings }
}

/// Whether a field's root is the variable of that name, and nothing that the template made itself.
fn is_global(tera: &Tera, scan: &Scan<'_>, field: &Field<'_>) -> bool {
    let Some(component) = field.component else { return !scan.locals.contains(field.root) };
    let definition = tera.get_component_definition(component);
    let arguments = definition.iter().flat_map(|definition| definition.args());
    let implicit = |argument: &tera::ComponentArg| argument.name() == field.root && argument.is_implicit();
    arguments.filter(|argument| implicit(argument)).count() > 0
}

fn unknown_field(
    field: &Field<'_>,
    path: &SourcePath,
    words: &[Words],
    files: &BTreeSet<String>,
) -> Option<Finding> {
    let known: Vec<&str> = match field.root {
        "words" => words.iter().flat_map(|words| words.words.keys().map(String::as_str)).collect(),
        "assets" => files.iter().map(String::as_str).collect(),
        root => fields(root)?.to_vec(),
    };
    let is_known = known.contains(&field.field);
    (!is_known).then(|| unknown(field, path, nearest::nearest(field.field, known.iter().copied())))
}

/// The words that templates say and that some of the languages lack, language by language.
pub(super) fn unsaid(tera: &Tera, sources: &Sources, words: &[Words]) -> Vec<(String, Vec<String>)> {
    let scans = sources.scans();
    let global = |scan: &Scan<'_>, field: &Field<'_>| field.root == "words" && is_global(tera, scan, field);
    let said: BTreeSet<&str> = scans
        .values()
        .flat_map(|scan| scan.fields.iter().filter(|field| global(scan, field)))
        .map(|field| field.field)
        // A word that no language has is a name that no template can see.
        .filter(|word| words.iter().any(|words| words.words.contains_key(*word)))
        .collect();
    let lacks = |words: &Words| {
        let missing = said.iter().filter(|word| !words.words.contains_key(**word));
        (words.code().to_owned(), missing.map(|word| (*word).to_owned()).collect::<Vec<String>>())
    };
    words.iter().map(lacks).filter(|(_, missing)| !missing.is_empty()).collect()
}

fn unknown(field: &Field<'_>, path: &SourcePath, near: Option<&str>) -> Finding {
    let full = |name: &str| format!("{}.{name}", field.root);
    let near = near.map(full);
    finding::unknown_variable(Place::span(path, field.span.clone()), &full(field.field), near.as_deref())
}

fn unknown_variables(tera: &Tera, sources: &Sources, scans: &BTreeMap<&str, Scan<'_>>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for template in sources.templates.keys() {
        for (place, name) in unknown_names(tera, sources, scans, template) {
            let near = nearest::nearest(&name, VARIABLES);
            let found = finding::unknown_variable(place, &name, near);
            // A name in a base template is in every template that extends it.
            if !findings.contains(&found) {
                findings.push(found);
            }
        }
    }
    findings
}

//! Every section of `tests/diagnostics/*.md` is a case: files, and the exact report of all that is found in them.
//!
//! What stands before a file's first section is shared by its sections; a section's file replaces a shared one of the
//! same path. `BLESS=1 cargo test diagnostics` rewrites the reports; read each as the press officer will who meets it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use handbill::base::Tree;
use handbill::diagnostics::Finding;
use rayon::prelude::*;

use super::support::{self, Section, at, bless, difference};

/// The moment at which the cases are built.
const MOMENT: &str = "2024-10-22T12:00:00-07:00";

fn cases() -> Vec<PathBuf> {
    support::files(&support::root().join("tests/diagnostics"))
}

/// Builds one section's files, and gives what is found.
fn run(shared: &Section, section: &Section) -> (Vec<Finding>, String) {
    let mut tree = Tree::default();
    support::insert(&mut tree, &shared.fences);
    support::insert(&mut tree, &section.fences);
    let built = support::build(&tree, at(MOMENT));
    (built.findings, built.report)
}

/// What one file's cases find, and how they differ from what is written.
struct Checked {
    sections: usize,
    findings: Vec<Finding>,
    wrong: Vec<String>,
}

fn check(file: &Path) -> Checked {
    let text = fs::read_to_string(file).unwrap();
    let name = file.file_name().unwrap().to_str().unwrap();
    let (shared, sections) = support::sections(&text);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut wrong = Vec::new();
    let mut all = Vec::new();
    // From the end, so that rewriting one report leaves the lines of the others where they are.
    let found: Vec<(Vec<Finding>, String)> =
        sections.par_iter().map(|section| run(&shared, section)).collect();
    for (section, (findings, report)) in sections.iter().zip(found).rev() {
        if findings.is_empty() {
            wrong.push(format!("{name}: “{}” finds nothing", section.heading));
        }
        all.extend(findings);
        let expected = section.fences.iter().find(|fence| fence.words == ["text"]);
        if bless() {
            let written = report.lines().map(str::to_owned);
            match expected {
                Some(fence) => drop(lines.splice(fence.lines.clone(), written)),
                None => {
                    let new = ["```text".to_owned()].into_iter().chain(written);
                    let new: Vec<String> = new.chain(["```".to_owned(), String::new()]).collect();
                    drop(lines.splice(section.end..section.end, new));
                }
            }
        } else {
            let expected = expected.map_or("", |fence| &fence.text);
            if expected != report {
                wrong.push(format!(
                    "{name}: “{}”, {}\n\n{report}",
                    section.heading,
                    difference(expected, &report)
                ));
            }
        }
    }
    if bless() {
        fs::write(file, lines.join("\n") + "\n").unwrap();
    }
    wrong.reverse();
    Checked { sections: sections.len(), findings: all, wrong }
}

#[test]
fn every_case_is_reported_as_written() {
    let checked: Vec<Checked> = cases().iter().map(|file| check(file)).collect();
    let wrong: Vec<&str> = checked.iter().flat_map(|file| &file.wrong).map(String::as_str).collect();
    assert!(wrong.is_empty(), "other reports than expected; BLESS=1 rewrites them\n{}", wrong.join("\n"));
    let sections: usize = checked.iter().map(|file| file.sections).sum();
    assert!(sections >= 100, "there are only {sections} cases");
    let codes: BTreeSet<u16> =
        checked.iter().flat_map(|file| &file.findings).map(|finding| finding.code.0).collect();
    assert!(codes.len() >= 60, "only {} codes have a case: {codes:?}", codes.len());
}

//! Every section of `tests/diagnostics/*.md` is a case: files, and the exact report of all that is found in them.
//!
//! What stands before a file's first section is shared by its sections; a section's file replaces a shared one of the
//! same path. `BLESS=1 cargo test diagnostics` rewrites the reports; read each as the press officer will who meets it.
//!
//! A section whose heading begins with a code is that finding's chapter, which `handbill explain` shows: its files give
//! the finding, and with those marked `right` in their place nothing is found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use handbill::base::Tree;
use handbill::diagnostics::{Checked as Read, Finding, explain, finding};
use handbill::disk::{self, Limits, ReadOptions};
use rayon::prelude::*;

use super::support::{self, Built, Fence, Section, at, bless, difference};

/// The moment at which the cases are built.
const MOMENT: &str = "2024-10-22T12:00:00-07:00";

fn cases() -> Vec<PathBuf> {
    support::files(&support::root().join("tests/diagnostics"))
}

/// What makes files that only a disk can have.
const ON_DISK: [&str; 5] = ["disk", "link", "fifo", "latin1", "rawname"];

/// Builds one section's files, the wrong ones or the right ones.
fn run(shared: &Section, section: &Section, right: bool) -> Built {
    let fences: Vec<&Fence> = shared
        .fences
        .iter()
        .chain(section.fences.iter().filter(|fence| !fence.has("right")))
        .chain(section.fences.iter().filter(|fence| right && fence.has("right")))
        .collect();
    let limited = fences.iter().any(|fence| fence.word(0) == "limits");
    if limited || fences.iter().any(|fence| ON_DISK.iter().any(|flag| fence.has(flag))) {
        return run_on_disk(&fences);
    }
    let mut tree = Tree::default();
    support::insert(&mut tree, fences);
    support::build(&tree, at(MOMENT))
}

/// Writes the files, the last one of each path, and reads them as the program does.
fn run_on_disk(fences: &[&Fence]) -> Built {
    let folder = tempfile::tempdir().unwrap();
    let mut files: BTreeMap<&str, &Fence> = BTreeMap::new();
    let mut limits = Limits::default();
    for fence in fences {
        match fence.word(0) {
            "limits" => limits = read_limits(fence),
            _ if fence.word(1).is_empty() => {}
            _ => drop(files.insert(fence.word(1), fence)),
        }
    }
    for (path, fence) in files.into_iter().filter(|(_, fence)| !fence.has("absent")) {
        let mut at = folder.path().join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        if fence.has("rawname") {
            at.as_mut_os_string().push(unreadable());
        }
        if fence.has("link") {
            std::os::unix::fs::symlink(fence.text.trim(), &at).unwrap();
        } else if fence.has("fifo") {
            rustix::fs::mkfifoat(rustix::fs::CWD, &at, rustix::fs::Mode::RUSR).unwrap();
        } else {
            fs::write(&at, fence.bytes()).unwrap();
        }
    }
    let options = ReadOptions { limits, ..ReadOptions::new(folder.path()) };
    let Read { value: tree, findings } = disk::read(&options).unwrap();
    support::build_beside(&tree, at(MOMENT), findings)
}

/// A byte that no UTF-8 has.
fn unreadable() -> &'static std::ffi::OsStr {
    std::os::unix::ffi::OsStrExt::from_bytes(b"\xff")
}

fn read_limits(fence: &Fence) -> Limits {
    let mut limits = Limits::default();
    for line in fence.text.lines() {
        let (name, number) = line.split_once('=').unwrap();
        let number: u64 = number.parse().unwrap();
        match name {
            "files" => limits.files = usize::try_from(number).unwrap(),
            "folders" => limits.folders = usize::try_from(number).unwrap(),
            "file_bytes" => limits.file_bytes = number,
            "total_bytes" => limits.total_bytes = number,
            other => panic!("there is no limit {other}"),
        }
    }
    limits
}

/// The code with which a chapter's heading begins.
fn chapter(section: &Section) -> Option<u16> {
    section.heading.strip_prefix("HB")?.get(..4)?.parse().ok()
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
    let found: Vec<Built> = sections.par_iter().map(|section| run(&shared, section, false)).collect();
    let right: Vec<Option<Built>> =
        sections.par_iter().map(|section| chapter(section).map(|_| run(&shared, section, true))).collect();
    for ((section, Built { findings, report, .. }), right) in sections.iter().zip(found).zip(right).rev() {
        if !has_example(section) {
            continue;
        }
        if findings.is_empty() {
            wrong.push(format!("{name}: “{}” finds nothing", section.heading));
        }
        if chapter(section).is_some_and(|code| findings.iter().all(|finding| finding.code.0 != code)) {
            wrong.push(format!("{name}: “{}” does not find it\n\n{report}", section.heading));
        }
        if let Some(right) = right.filter(|right| !right.findings.is_empty()) {
            wrong.push(format!("{name}: “{}” is not right\n\n{}", section.heading, right.report));
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

/// Whether a section has files at all: a chapter about what cannot be made here has none.
fn has_example(section: &Section) -> bool {
    !section.fences.is_empty()
}

/// What depends on the machine, or on a mistake of ours that is not known.
const WITHOUT_EXAMPLE: [u16; 4] = [103, 116, 127, 901];

#[test]
fn every_finding_has_its_chapter() {
    let mut chapters = BTreeMap::new();
    for file in cases() {
        let (_, sections) = support::sections(&fs::read_to_string(file).unwrap());
        for section in &sections {
            let Some(code) = chapter(section) else { continue };
            assert!(chapters.insert(code, section.heading.clone()).is_none(), "HB{code:04} has two chapters");
            let right = section.fences.iter().any(|fence| fence.has("right"));
            let exempt = WITHOUT_EXAMPLE.contains(&code);
            assert!(exempt != has_example(section) && exempt != right, "HB{code:04} lacks an example");
            let shown = explain::chapter(code).unwrap_or_else(|| panic!("HB{code:04} cannot be explained"));
            assert_eq!(format!("HB{code:04} {}", shown.title), section.heading);
        }
    }
    let codes: BTreeSet<u16> =
        super::tidy::all_finding_functions().into_iter().map(|(_, code)| code).collect();
    let chapters: BTreeSet<u16> = chapters.into_keys().collect();
    assert_eq!(codes, chapters, "each finding has a chapter, and each chapter is of a finding");
    assert!(codes.len() >= 160, "there are only {} kinds of findings", codes.len());
}

/// What a message must not hold: the machine's words for what people see otherwise.
const MACHINES: [&str; 22] = [
    "serde", "struct ", "enum ", "usize", "isize", "i32", "i64", "u8", "u16", "u32", "u64", "i128", "u128",
    "f32", "f64", "&str", "Vec<", "Option<", "Some(", "Err(", "::", "panicked",
];

/// Why a finding's words are not for people; `None` where they are.
pub(crate) fn machine_words(finding: &Finding) -> Option<String> {
    let why = finding.related.as_ref().map(|(_, why)| why.as_str());
    let texts = [Some(finding.title.as_str()), Some(finding.label.as_str()), finding.help.as_deref(), why];
    texts.into_iter().flatten().find_map(|text| {
        // What is quoted was typed by somebody, and may be anything.
        let ours: String =
            text.split('“').map(|part| part.split_once('”').map_or(part, |(_, rest)| rest)).collect();
        let word = MACHINES.into_iter().find(|word| ours.contains(word));
        let raw = ours
            .split(|c: char| !c.is_alphanumeric())
            .find(|word| word.strip_prefix("Raw").is_some_and(|rest| rest.starts_with(char::is_uppercase)));
        let escaped = ours.contains("\\u{") || ours.contains("\\\"") || ours.contains(" { at:");
        let items = text.matches('“').count();
        match (word.or(raw), items) {
            (Some(word), _) => Some(format!("“{word}” in: {text}")),
            (None, 10..) => Some(format!("a list of {items} in: {text}")),
            (None, _) if escaped => Some(format!("a dump in: {text}")),
            (None, _) => None,
        }
    })
}

#[test]
fn machine_words_are_known() {
    let place = || handbill::diagnostics::Place::file(&support::source("content/a.md"));
    let told = |message: &str| machine_words(&finding::template_failed(place(), message));
    for message in ["found usize", "expected struct RawPage", "Some(4)", "at serde::de", "RawShift is not"] {
        assert!(told(message).is_some(), "{message}");
    }
    assert!(told(&"“a” ".repeat(10)).is_some());
    assert_eq!(told("“usize” is not a field; write “Some(x)” or a structure"), None);
}

#[test]
fn every_case_is_reported_as_written() {
    let checked: Vec<Checked> = cases().iter().map(|file| check(file)).collect();
    let wrong: Vec<&str> = checked.iter().flat_map(|file| &file.wrong).map(String::as_str).collect();
    assert!(wrong.is_empty(), "other reports than expected; BLESS=1 rewrites them\n{}", wrong.join("\n"));
    let findings = checked.iter().flat_map(|file| &file.findings);
    let machine: Vec<String> = findings.filter_map(machine_words).collect();
    assert!(machine.is_empty(), "these are not words for people:\n{}", machine.join("\n"));
    let sections: usize = checked.iter().map(|file| file.sections).sum();
    assert!(sections >= 200, "there are only {sections} cases");
    let found: BTreeSet<u16> =
        checked.iter().flat_map(|file| &file.findings).map(|finding| finding.code.0).collect();
    let codes = super::tidy::all_finding_functions().into_iter().map(|(_, code)| code);
    let missing: Vec<u16> =
        codes.filter(|code| !found.contains(code) && !WITHOUT_EXAMPLE.contains(code)).collect();
    assert!(missing.is_empty(), "these codes have no case: {missing:?}");
}

//! `handbill check --fix`: corrections that change no meaning, shown line by line, and made when somebody says so.

use std::io::{BufRead, IsTerminal};

use super::site::Wanted;
use super::{Failure, report};
use crate::base::{File, Tree};
use crate::diagnostics::Finding;
use crate::diagnostics::fix::{Correction, corrections};
use crate::disk::{self, Revised};
use crate::parse;

/// How many corrections of one file are tried one by one, where all of them together make it no better.
const MOST_TRIED: usize = 50;

/// What became of the corrections of one look at the files.
pub(super) struct Fixed {
    /// Whether any file is another now, so that looking again is worth while.
    pub(super) anything: bool,
    /// What there is to say about it.
    pub(super) says: Option<String>,
}

/// Shows all corrections, asks, and makes them.
pub(super) fn fix(
    wanted: &Wanted,
    findings: &[Finding],
    tree: &Tree,
    yes: bool,
    plain: bool,
) -> Result<Fixed, Failure> {
    let all: Vec<Correction> =
        corrections(findings, tree).into_iter().filter_map(|one| sound(one, findings, tree)).collect();
    if all.is_empty() {
        return Ok(Fixed { anything: false, says: None });
    }
    for one in &all {
        report::say(one.shown(plain).trim_end_matches('\n'));
        report::say("");
    }
    let counted = counted(&all);
    if !yes {
        let stdin = std::io::stdin();
        if !stdin.is_terminal() {
            let says = format!(
                "Nothing was changed, for there is nobody to ask: handbill check --fix --yes makes {counted}."
            );
            return Ok(Fixed { anything: false, says: Some(says) });
        }
        report::ask(&format!("Make {counted}? [y/N] "));
        if !agrees(&mut stdin.lock()) {
            return Ok(Fixed { anything: false, says: Some("Nothing was changed.".to_owned()) });
        }
    }
    make(wanted, &all, tree)
}

fn make(wanted: &Wanted, all: &[Correction], tree: &Tree) -> Result<Fixed, Failure> {
    let mut done: Vec<Correction> = Vec::new();
    let mut left = Vec::new();
    for one in all {
        let before = tree.get(&one.file).and_then(File::bytes).unwrap_or_default();
        match disk::revise(&wanted.root, &one.file, &before, one.after.as_bytes())? {
            Revised::Done => done.push(one.clone()),
            Revised::Changed => {
                left.push(format!("{} was left alone, for somebody changed it meanwhile.", one.file));
            }
            Revised::Outside | Revised::Exists => {
                left.push(format!("{} was left alone, for it is reached through a link.", one.file));
            }
        }
    }
    let mut says: Vec<String> = Vec::new();
    if !done.is_empty() {
        says.push(format!("Made {}.", counted(&done)));
    }
    says.extend(left);
    Ok(Fixed { anything: !done.is_empty(), says: Some(says.join("\n")) })
}

/// `3 corrections in 2 files`.
fn counted(all: &[Correction]) -> String {
    let number = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let changes = all.iter().map(|one| one.changes.len()).sum();
    format!("{} in {}", number(changes, "correction"), number(all.len(), "file"))
}

/// A correction as far as it leaves the file better: all of it, else what can be made of it one by one. What does not is
/// a mistake of ours, and is not offered.
fn sound(all: Correction, findings: &[Finding], tree: &Tree) -> Option<Correction> {
    if is_better(&all, tree) {
        return Some(all);
    }
    let in_file = |finding: &&Finding| finding.place.as_ref().is_some_and(|place| place.file == all.file);
    let mut kept: Vec<Finding> = Vec::new();
    let mut best = None;
    for finding in findings.iter().filter(in_file).filter(|finding| !finding.fix.is_empty()).take(MOST_TRIED)
    {
        kept.push(finding.clone());
        match corrections(&kept, tree).pop().filter(|one| is_better(one, tree)) {
            Some(better) => best = Some(better),
            None => drop(kept.pop()),
        }
    }
    best
}

/// Whether a file that is corrected has fewer mistakes of its own, by as many as are corrected.
fn is_better(one: &Correction, tree: &Tree) -> bool {
    let Some(before) = tree.get(&one.file) else { return false };
    let count = |file: &File| parse::parse(&one.file, file).findings.len();
    let after = File::new(one.after.clone().into_bytes());
    count(&after) + one.changes.len() <= count(before)
}

/// Yes, in the languages that we know.
fn agrees(input: &mut dyn BufRead) -> bool {
    let mut line = String::new();
    let read = input.read_line(&mut line).is_ok();
    read && ["y", "yes", "s", "sí", "si", "j", "ja"].contains(&line.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_yes_is_one() {
        for (typed, yes) in
            [("y\n", true), ("Yes\n", true), ("ja\n", true), ("\n", false), ("n\n", false), ("", false)]
        {
            assert_eq!(agrees(&mut typed.as_bytes()), yes, "{typed:?}");
        }
    }
}

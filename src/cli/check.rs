//! `handbill check`: all that a build would tell, and nothing written.

use super::args::{Check, OUTPUT, Shared};
use super::fix::fix;
use super::report::{self, Telling};
use super::site::{Wanted, together};
use super::{DONE, FINDINGS, Failure, progress};
use crate::diagnostics::{Checked, Finding, stops, text};

/// How often the files are looked at: a correction may bring another one to light, but not for ever.
const MOST_ROUNDS: usize = 10;

/// Tells all mistakes, and whether they stop publishing.
pub(super) fn run(shared: &Shared, args: &Check) -> Result<u8, Failure> {
    let wanted = Wanted::of(shared, &args.site)?;
    let telling = Telling::of(&args.telling);
    let mut rounds = 0;
    loop {
        let Checked { value: tree, findings: read } = wanted.read(&wanted.root.join(OUTPUT), false)?;
        let (engine, ..) = wanted.engine(tree)?;
        let findings = together(read, progress::during(&engine, || engine.examine()));
        if args.fix && rounds < MOST_ROUNDS {
            rounds += 1;
            let fixed = fix(&wanted, &findings, engine.tree(), args.yes, args.telling.plain)?;
            fixed.says.iter().for_each(|says| report::say(&format!("{says}\n")));
            if fixed.anything {
                continue;
            }
        }
        let summary = summary(&findings, engine.outputs().count(), args.strict);
        report::report(telling, &findings, engine.tree(), &wanted.prefix(), &summary);
        // As in a build: the process is about to end.
        std::mem::forget(engine);
        return Ok(if stops(&findings) || (args.strict && !findings.is_empty()) { FINDINGS } else { DONE });
    }
}

/// The one sentence at the end.
fn summary(findings: &[Finding], files: usize, strict: bool) -> String {
    if findings.is_empty() {
        return format!("Nothing is wrong: {files} files can be published.");
    }
    let counted = text::summary(findings);
    let only_one = findings.len() == 1;
    match (stops(findings), strict) {
        (true, _) => {
            let until = if text::count(findings).0 == 1 { "the error is" } else { "the errors are" };
            let able = findings.iter().filter(|finding| !finding.fix.is_empty()).count();
            let by_us = match (able, findings.len()) {
                (0, _) => String::new(),
                (able, all) if able == all => "; handbill check --fix can do that".to_owned(),
                (able, _) => format!("; handbill check --fix can correct {able} of them"),
            };
            format!("{counted}: nothing can be published until {until} corrected{by_us}.")
        }
        (false, true) => format!("{counted}: with --strict, warnings stop publishing too."),
        (false, false) if only_one => format!("{counted}, which does not stop publishing."),
        (false, false) => format!("{counted}, none of which stops publishing."),
    }
}

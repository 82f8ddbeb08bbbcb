//! What is printed, and where: results to standard output, findings and failures to standard error.

use std::io::Write;

use anstream::{AutoStream, ColorChoice};

use super::Failure;
use crate::base::Tree;
use crate::diagnostics::{Finding, text};

/// Prints a line of the result. A reader that went away is no reason to fail.
pub(super) fn say(line: &str) {
    let _broken_pipe = writeln!(anstream::stdout(), "{line}");
}

/// Prints findings with their excerpts, and one sentence that sums them up. Colours go to terminals only.
pub(super) fn findings(findings: &[Finding], tree: &Tree) {
    let mut out = anstream::stderr().lock();
    let styled = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    for finding in findings {
        let _broken_pipe = writeln!(out, "{}\n", text::render(finding, tree, styled));
    }
}

/// Prints why a command failed.
pub(super) fn failure(failure: &Failure) {
    let mut err = anstream::stderr().lock();
    let _broken_pipe = writeln!(err, "error: {}", failure.says);
    if let Some(cure) = &failure.cure {
        let _broken_pipe = writeln!(err, "  help: {cure}");
    }
}

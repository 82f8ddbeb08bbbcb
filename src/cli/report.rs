//! What is printed, and where: results to standard output, findings of a build and failures to standard error.

use std::io::Write;

use anstream::{AutoStream, ColorChoice};

use super::Failure;
use super::args::{self, Form};
use crate::base::Tree;
use crate::diagnostics::{Finding, Format, Report};

/// How findings are told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Telling {
    /// To people; `true` is in sentences, without drawings.
    People(bool),
    /// To programs.
    Programs(Format),
}

impl Telling {
    pub(super) fn of(args: &args::Telling) -> Telling {
        match args.format {
            Form::Text => Telling::People(args.plain),
            Form::Json => Telling::Programs(Format::Json),
            Form::Github => Telling::Programs(Format::Github),
            Form::Gitlab => Telling::Programs(Format::Gitlab),
            Form::Sarif => Telling::Programs(Format::Sarif),
        }
    }

    /// The form of what goes to a stream.
    fn format(self, stream: &impl anstream::stream::RawStream) -> Format {
        match self {
            Telling::People(true) => Format::Plain,
            Telling::People(false) => {
                Format::Text { styled: AutoStream::choice(stream) != ColorChoice::Never }
            }
            Telling::Programs(format) => format,
        }
    }
}

/// Prints a line of the result. A reader that went away is no reason to fail.
pub(super) fn say(line: &str) {
    let _broken_pipe = writeln!(anstream::stdout(), "{line}");
}

/// Prints what is no line of words: a script, or a page for another program.
pub(super) fn bytes(made: &[u8]) {
    let _broken_pipe = std::io::stdout().lock().write_all(made);
}

/// Prints a question, after which somebody types.
pub(super) fn ask(question: &str) {
    let mut out = anstream::stdout().lock();
    let _broken_pipe = write!(out, "{question}").and_then(|()| out.flush());
}

/// Prints a whole report as the result. `prefix` stands before paths that programs read.
pub(super) fn report(telling: Telling, findings: &[Finding], tree: &Tree, prefix: &str, summary: &str) {
    let prefix = if matches!(telling, Telling::Programs(_)) { prefix } else { "" };
    let report = Report { findings, tree, prefix, summary };
    let text = report.render(telling.format(&std::io::stdout()));
    let _broken_pipe = write!(anstream::stdout().lock(), "{text}");
}

/// Prints findings that go before a result, each with its excerpt.
pub(super) fn findings(telling: Telling, findings: &[Finding], tree: &Tree) {
    let report = Report { findings, tree, prefix: "", summary: "" };
    let text = report.render(telling.format(&std::io::stderr()));
    let _broken_pipe = write!(anstream::stderr().lock(), "{text}");
}

/// Prints what somebody should know who looks at the result.
pub(super) fn warn(says: &str) {
    let _broken_pipe = writeln!(anstream::stderr(), "warning: {says}");
}

/// Prints why a command failed.
pub(super) fn failure(failure: &Failure) {
    let mut err = anstream::stderr().lock();
    let _broken_pipe = writeln!(err, "error: {}", failure.says);
    if let Some(cure) = &failure.cure {
        let _broken_pipe = writeln!(err, "  help: {cure}");
    }
}

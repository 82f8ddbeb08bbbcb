//! `handbill explain`: the chapter about a finding, or the list of all.

use super::args::Explain;
use super::{DONE, Failure, report};
use crate::diagnostics::explain::{self, Chapter, Example};

/// Prints a chapter.
pub(super) fn run(args: &Explain) -> Result<u8, Failure> {
    let Some(typed) = &args.code else {
        for (code, title) in explain::titles() {
            report::say(&format!("HB{code:04}  {title}"));
        }
        return Ok(DONE);
    };
    let code = typed.trim_start_matches(['H', 'B', 'h', 'b']).parse().ok();
    let chapter = code.and_then(explain::chapter).ok_or_else(|| {
        Failure::usage(
            format!("there is no finding {typed}"),
            "write a code such as HB0224; handbill explain lists them all",
        )
    })?;
    text(&chapter).iter().for_each(|line| report::say(line));
    Ok(DONE)
}

fn text(chapter: &Chapter) -> Vec<String> {
    let mut lines = vec![format!("HB{:04}: {}", chapter.code, chapter.title), String::new()];
    lines.extend(chapter.words.lines().map(str::to_owned));
    for (word, examples) in [("Wrong", &chapter.wrong), ("Right", &chapter.right)] {
        examples.iter().for_each(|example| show(word, example, &mut lines));
        if word == "Wrong" && !chapter.report.is_empty() {
            lines.extend([String::new(), "What is told of it:".to_owned(), String::new()]);
            lines.extend(indented(chapter.report.trim_end()));
        }
    }
    lines
}

fn show(word: &str, example: &Example, lines: &mut Vec<String>) {
    let Some(text) = &example.text else {
        lines.extend([String::new(), format!("{word}: no file {}", example.path)]);
        return;
    };
    lines.extend([String::new(), format!("{word}, in {}:", example.path), String::new()]);
    lines.extend(indented(text.trim_end_matches('\n')));
}

fn indented(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") })
}

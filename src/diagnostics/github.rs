//! Findings as annotations of GitHub Actions: workflow commands, one a line
//! (docs.github.com, "Workflow commands for GitHub Actions", "Setting an error message").

use std::fmt::Write;

use super::{Finding, Report, spot};

/// One command for each finding. The sentence that sums them up stands below them in the log.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.findings {
        out.push_str(&command(finding, report));
        out.push('\n');
    }
    out.push_str(&words(report.summary));
    out.push('\n');
    out
}

fn command(finding: &Finding, report: &Report<'_>) -> String {
    let mut command = format!("::{} ", finding.severity.name());
    if let Some(place) = &finding.place {
        add(&mut command, "file", &report.path(&place.file));
        if let Some(spot) = spot::of(place, report.tree) {
            add(&mut command, "line", &spot.start.line.to_string());
            add(&mut command, "endLine", &spot.end.line.to_string());
            // Columns over several lines are refused.
            if spot.start.line == spot.end.line {
                add(&mut command, "col", &spot.start.column.to_string());
                add(&mut command, "endColumn", &spot.end.column.to_string());
            }
        }
    }
    add(&mut command, "title", &format!("{} {}", finding.code, finding.title));
    let message = finding.help.as_deref().unwrap_or(&finding.title);
    let _never_fails = write!(command, "::{}", words(message));
    command
}

fn add(command: &mut String, name: &str, value: &str) {
    if !command.ends_with(' ') {
        command.push(',');
    }
    let _never_fails = write!(command, "{name}={}", words(value).replace(':', "%3A").replace(',', "%2C"));
}

/// What ends a command, and what begins an escape. Without this, a title could command the runner.
fn words(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

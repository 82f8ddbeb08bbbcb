//! Findings for programs. What is written here is documented in the README; a change that breaks a reader raises
//! [`VERSION`].

use serde_json::{Value, json};

use super::spot::{self, Spot};
use super::{Edit, Finding, Place, Report, Severity, stops};

/// The version of the form.
const VERSION: u32 = 1;

/// One object, on several lines.
pub(super) fn render(report: &Report<'_>) -> String {
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    let value = json!({
        "format": VERSION,
        "handbill": env!("CARGO_PKG_VERSION"),
        "findings": report.findings.iter().map(|finding| one(finding, report)).collect::<Vec<_>>(),
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "stops": stops(report.findings),
        "summary": report.summary,
    });
    format!("{value:#}\n")
}

fn one(finding: &Finding, report: &Report<'_>) -> Value {
    let related = finding.related.iter().map(|(place, why)| {
        let mut value = located(place, report);
        value["why"] = json!(why);
        value
    });
    let place = finding.place.as_ref().map(|place| located(place, report));
    json!({
        "code": finding.code.to_string(),
        "severity": finding.severity.name(),
        "title": finding.title,
        "label": finding.label,
        "help": finding.help,
        "place": place,
        "related": related.collect::<Vec<_>>(),
        "fix": spot::edits(finding, report.tree).into_iter().map(edit).collect::<Vec<_>>(),
    })
}

fn located(place: &Place, report: &Report<'_>) -> Value {
    let spot = spot::of(place, report.tree).map(range);
    json!({ "file": report.path(&place.file), "range": spot })
}

fn range(spot: Spot) -> Value {
    json!({
        "start": { "line": spot.start.line, "column": spot.start.column },
        "end": { "line": spot.end.line, "column": spot.end.column },
    })
}

fn edit((spot, edit): (Spot, &Edit)) -> Value {
    json!({ "range": range(spot), "text": edit.text })
}

//! Findings as a code quality report of GitLab (docs.gitlab.com, "Code Quality", "Code Quality report format").

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Finding, Report, Severity, spot};

/// A list, also where nothing was found: GitLab compares it with the one before.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut seen = Seen::new();
    let all: Vec<Value> = report.findings.iter().map(|finding| one(finding, report, &mut seen)).collect();
    format!("{:#}\n", Value::from(all))
}

fn one(finding: &Finding, report: &Report<'_>, seen: &mut Seen) -> Value {
    let severity = match finding.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
    };
    let line = finding.place.as_ref().and_then(|place| spot::of(place, report.tree));
    let path = finding.place.as_ref().map_or_else(|| ".".to_owned(), |place| report.path(&place.file));
    let description = match &finding.help {
        Some(help) => format!("{}: {help}", finding.title),
        None => finding.title.clone(),
    };
    json!({
        "description": description,
        "check_name": finding.code.to_string(),
        "fingerprint": fingerprint(finding, report, seen),
        "severity": severity,
        "location": { "path": path, "lines": { "begin": line.map_or(1, |spot| spot.start.line) } },
    })
}

/// How many findings there were of each kind, file and line.
pub(super) type Seen = BTreeMap<String, usize>;

/// What tells a finding from all others, whatever lines are added above it: its code, its file and the words of its
/// line; of several that have all of these, which one it is. The same in every run and version, for it is compared.
pub(super) fn fingerprint(finding: &Finding, report: &Report<'_>, seen: &mut Seen) -> String {
    let file = finding.place.as_ref().map_or("", |place| place.file.as_str());
    let line = finding.place.as_ref().and_then(|place| spot::line(place, report.tree)).unwrap_or_default();
    let mut same = format!("{}\n{file}\n{line}", finding.code);
    let nth = seen.entry(same.clone()).or_default();
    *nth += 1;
    same.push_str(&format!("\n{nth}"));
    Sha256::digest(same.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

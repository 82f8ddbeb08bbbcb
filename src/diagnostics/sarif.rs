//! Findings as SARIF (OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0").

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::gitlab::{Seen, fingerprint};
use super::spot::{self, Spot};
use super::{Code, Edit, Finding, Place, Report, explain};
use crate::base::url::encode_path;

/// A log of one run. Columns count characters (§3.14.17, `columnKind`).
pub(super) fn render(report: &Report<'_>) -> String {
    let codes: BTreeSet<Code> = report.findings.iter().map(|finding| finding.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let mut seen = Seen::new();
    let results: Vec<Value> =
        report.findings.iter().map(|finding| result(finding, &codes, report, &mut seen)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Handbill",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code, report.findings)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A kind of finding (§3.49). The first finding of the kind says what it is.
fn rule(code: Code, findings: &[Finding]) -> Value {
    let first = findings.iter().find(|finding| finding.code == code);
    let chapter = explain::chapter(code.0);
    json!({
        "id": code.to_string(),
        "shortDescription": { "text": chapter.as_ref().map_or_else(|| code.to_string(), |known| known.title.to_owned()) },
        "fullDescription": { "text": chapter.map_or_else(|| code.to_string(), |known| known.words) },
        "defaultConfiguration": { "level": first.map_or("error", |finding| finding.severity.name()) },
    })
}

fn result(finding: &Finding, codes: &[Code], report: &Report<'_>, seen: &mut Seen) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}. What to do: {help}", finding.title),
        None => finding.title.clone(),
    };
    let mut result = json!({
        "ruleId": finding.code.to_string(),
        "ruleIndex": codes.iter().position(|code| *code == finding.code),
        "level": finding.severity.name(),
        "message": { "text": text },
        "locations": finding.place.iter().map(|place| location(place, report)).collect::<Vec<_>>(),
        "partialFingerprints": { "handbill/v1": fingerprint(finding, report, seen) },
    });
    if let Some((place, why)) = &finding.related {
        let mut related = location(place, report);
        related["message"] = json!({ "text": why });
        result["relatedLocations"] = json!([related]);
    }
    let edits = spot::edits(finding, report.tree);
    if let (Some(place), false) = (&finding.place, edits.is_empty()) {
        let replacements: Vec<Value> = edits.into_iter().map(replacement).collect();
        let change = json!({ "artifactLocation": artifact(place, report), "replacements": replacements });
        result["fixes"] = json!([{ "artifactChanges": [change] }]);
    }
    result
}

fn location(place: &Place, report: &Report<'_>) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(place, report) });
    if let Some(spot) = spot::of(place, report.tree) {
        physical["region"] = region(spot);
    }
    json!({ "physicalLocation": physical })
}

/// A URI reference (§3.4.3).
fn artifact(place: &Place, report: &Report<'_>) -> Value {
    json!({ "uri": encode_path(&report.path(&place.file)) })
}

fn region(spot: Spot) -> Value {
    json!({
        "startLine": spot.start.line,
        "startColumn": spot.start.column,
        "endLine": spot.end.line,
        "endColumn": spot.end.column,
    })
}

fn replacement((spot, edit): (Spot, &Edit)) -> Value {
    json!({ "deletedRegion": region(spot), "insertedContent": { "text": edit.text } })
}

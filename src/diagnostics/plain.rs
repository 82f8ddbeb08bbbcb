//! Findings in sentences: no boxes, no carets, nothing that only makes sense to the eye.

use super::{Finding, Place, Report, Severity, spot};

/// One paragraph for each finding, and the sentence that sums them up.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.findings {
        for line in lines(finding, report) {
            out.push_str(&line);
            out.push('\n');
        }
        out.push('\n');
    }
    report.sum_up(&mut out);
    out
}

fn lines(finding: &Finding, report: &Report<'_>) -> Vec<String> {
    let kind = match finding.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    };
    let mut lines = vec![sentence(&format!("{kind} {}: {}", finding.code, finding.title))];
    if let Some(place) = &finding.place {
        lines.push(sentence(&format!("It is in {}", address(place, report))));
        let typed = spot::line(place, report.tree).map(str::trim).filter(|line| is_short(line));
        lines.extend(typed.map(|line| format!("That line reads: {line}")));
    }
    if let Some((place, why)) = &finding.related {
        let why = if why.is_empty() { "see also" } else { why };
        lines.push(sentence(&format!("See also {} ({why})", address(place, report))));
    }
    lines.extend(finding.help.as_ref().map(|help| sentence(&format!("What to do: {help}"))));
    lines
}

/// Longer lines are no help to those who have to listen to them.
fn is_short(line: &str) -> bool {
    !line.is_empty() && line.chars().nth(200).is_none()
}

fn address(place: &Place, report: &Report<'_>) -> String {
    match spot::of(place, report.tree) {
        Some(spot) => format!("{}, line {}, column {}", place.file, spot.start.line, spot.start.column),
        None => place.file.to_string(),
    }
}

/// With a full stop, unless it ends in something that is to be typed.
fn sentence(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?', '”', '"', '\'', ']', '}', '…']);
    if ends { text.to_owned() } else { format!("{text}.") }
}

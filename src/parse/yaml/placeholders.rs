//! Placeholders in front matter: in what people will read, and in no comment.

use super::Yaml;
use super::lines::lines;
use crate::diagnostics::{Finding, finding};
use crate::parse::placeholders::{all, may_stand_in};

/// Fields whose values are told of anyway where they are no values.
const TYPED: [&str; 20] = [
    "date",
    "to_date",
    "days",
    "hours",
    "from",
    "to",
    "until",
    "publish",
    "expires",
    "updated",
    "except",
    "coordinates",
    "time_zone",
    "phone",
    "email",
    "url",
    "slug",
    "status",
    "type",
    "draft",
];

/// What stands for words to come.
pub(in crate::parse) fn placeholders(yaml: &Yaml<'_>) -> Vec<Finding> {
    let source = yaml.source();
    if !may_stand_in(source) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for line in lines(source, 0) {
        let comment = line.text.find(" #").unwrap_or(line.text.len());
        if line.text.trim_start().starts_with('#') {
            continue;
        }
        let (mut seen, mut colon) = (0, None);
        for found in all(line.text).into_iter().take_while(|found| found.start <= comment) {
            let (before, word) = (&line.text[..found.start], &line.text[found.clone()]);
            colon = before[seen..].rfind(':').map(|at| seen + at).or(colon);
            seen = found.start;
            let key = colon.map_or("", |colon| key_before(&line.text[..colon]));
            let alone = before.trim_end().ends_with(':');
            // Brackets at the beginning of a value are YAML's, and that is told.
            let yamls = word.starts_with('[') && (alone || before.trim_end().ends_with('-'));
            let told = TYPED.contains(&key) && alone;
            if !yamls && !told {
                let span = line.start + found.start..line.start + found.end;
                findings.push(finding::placeholder(yaml.place(span), word));
            }
        }
    }
    findings
}

/// The last word in front of a colon.
fn key_before(text: &str) -> &str {
    text.rsplit([' ', '{', ',']).next().unwrap_or("")
}

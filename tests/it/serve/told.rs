//! The same findings everywhere: in the bar and the overlay, in reports, and in annotations.

use std::process::Command;

use serde_json::Value;

use super::{Campaign, Preview};

/// Mistakes of all stages: in a file, in a text, between documents, in the campaign, in a template.
fn mistaken() -> Campaign {
    let campaign = Campaign::new();
    campaign.put("content/campaign.yaml", &format!("{}colour: red\n", super::CAMPAIGN));
    campaign.put("content/about.md", "---\ntitle: About us\nsumary: \"<b>Nurses</b> & friends\"\n---\nWe.\n");
    campaign.put(
        "content/faq.md",
        "---\ntitle: Questions\n---\nAsk [[nobody]], or [click here](https://union.example/).\n",
    );
    campaign.put("content/statements/day-1.md", "---\ntitle: Day 1\ndate: 24/11/2026\n---\nWe strike.\n");
    campaign.put("content/locations/gate.md", "---\ntitle: \"The \\\"gate\\\"\"\n---\nCome.\n");
    let template = "{% extends \"base.html\" %}{% block main %}{{ page.title + 1 }}{% endblock main %}";
    campaign.put("themes/picket/templates/location.html", template);
    campaign
}

fn check(campaign: &Campaign, format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    // Forms for programs name files from the folder in which the command was called.
    command.args(["check", "--format", format]).current_dir(campaign.folder.path());
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn state(preview: &Preview, page: &str) -> Value {
    serde_json::from_str(&preview.get(&format!("/_handbill/state?page={page}")).body).unwrap()
}

/// What a state tells, here and elsewhere.
fn told(state: &Value) -> Vec<&Value> {
    ["here", "elsewhere"].iter().flat_map(|list| state[list].as_array().unwrap()).collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

fn file(finding: &Value) -> &str {
    finding["place"]["file"].as_str().unwrap()
}

/// What the overlay has to say of a finding that is told to programs.
fn in_overlay(finding: &Value) -> Vec<String> {
    let text = |name: &str| finding[name].as_str().unwrap_or_default();
    let level = if finding["severity"] == "error" { "Error" } else { "Warning" };
    let mut parts = vec![
        format!("<span class=\"level\">{level}</span> {}</h3>", escaped(text("title"))),
        format!("<p class=\"code\">{}</p>", text("code")),
    ];
    let place = &finding["place"];
    let start = &place["range"]["start"];
    parts.push(match start["line"].as_u64() {
        Some(line) => format!("<p class=\"place\">{}:{line}:{}</p>", file(finding), start["column"]),
        None => format!("<p class=\"place\">{}</p>", file(finding)),
    });
    if !text("help").is_empty() {
        parts.push(escaped(text("help")));
    }
    parts
}

#[test]
fn the_preview_tells_what_a_report_and_annotations_tell() {
    let campaign = mistaken();
    let report: Value = serde_json::from_str(&check(&campaign, "json")).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 7, "{report:#}");
    let preview = Preview::start(&campaign, &[]);
    // Pages that nobody looks at are rendered one after the other.
    preview.says("/_handbill/state?page=/", |answer| {
        let state: Value = serde_json::from_str(&answer.body).unwrap();
        told(&state).len() == findings.len()
    });
    for page in ["/", "/about/", "/faq/", "/locations/gate/"] {
        let state = state(&preview, page);
        let told: Vec<&str> = told(&state).iter().map(|one| one["html"].as_str().unwrap()).collect();
        assert_eq!(told.len(), findings.len(), "{page}: {state:#}");
        for finding in findings {
            let parts = in_overlay(finding);
            let same = told.iter().filter(|html| parts.iter().all(|part| html.contains(part)));
            assert_eq!(same.count(), 1, "{page}: {finding:#} in {told:#?}");
        }
    }
    let annotations = check(&campaign, "github");
    let lines: Vec<&str> = annotations.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(lines.len(), findings.len(), "{annotations}");
    for finding in findings {
        let parts = [finding["code"].as_str().unwrap(), &format!("file={}", file(finding))];
        let same = lines.iter().filter(|line| parts.iter().all(|part| line.contains(part)));
        assert_eq!(same.count(), 1, "{parts:?} in {annotations}");
    }
}

#[test]
fn the_bar_tells_apart_what_is_here_and_what_is_elsewhere() {
    let campaign = mistaken();
    let preview = Preview::start(&campaign, &[]);
    let is_told = |value: &Value, list: &str, code: &str| {
        value[list].as_array().unwrap().iter().any(|one| one["html"].as_str().unwrap().contains(code))
    };
    let state = state(&preview, "/faq/");
    assert!(
        is_told(&state, "here", "there is no document called “nobody”")
            && is_told(&state, "here", "click here")
    );
    // Every page is made of the campaign's file.
    assert!(is_told(&state, "here", "content/campaign.yaml:5:1"), "{state:#}");
    assert!(
        is_told(&state, "elsewhere", "content/about.md:3:1") && !is_told(&state, "here", "content/about.md")
    );
    let errors = state["elsewhere"].as_array().unwrap().iter().filter(|one| one["error"] == true).count();
    assert_eq!(state["elsewhere_count"][0], errors);
    assert_eq!(state["source"], "content/faq.md");
}

//! `handbill check`: what it finds, in which forms it tells it, and that it writes nothing.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::cli::{Campaign, Ran, contents};

/// A campaign with two errors and a warning, in a title, a text and a template.
fn mistaken() -> Campaign {
    let campaign = Campaign::new();
    campaign.put("content/about.md", "---\ntitle: About us: 100% union, always\n---\nWe are nurses.\n");
    campaign.put("content/locations/ñandú.md", "---\nname: Ñandú, das ist 5%\n---\nBring **water**.\n");
    campaign
        .put("content/hours.md", "---\ntitle: Hours\n---\nSeñora, see [[nobody]]\nand [x](javascript:y).\n");
    campaign
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out))
}

#[test]
fn a_campaign_without_mistakes_is_said_to_have_none() {
    let campaign = Campaign::new();
    let before = contents(campaign.folder.path());
    for arguments in [&["check"][..], &["check", "--plain"], &["check", "--strict"]] {
        let ran = campaign.run(arguments).exits_with(0);
        assert!(ran.out.starts_with("Nothing is wrong: "), "{}", ran.out);
        assert_eq!((ran.out.lines().count(), ran.err.as_str()), (1, ""));
    }
    assert_eq!(contents(campaign.folder.path()), before, "check writes nothing");
}

#[test]
fn a_check_says_what_a_build_would_and_writes_nothing() {
    let campaign = mistaken();
    let before = contents(campaign.folder.path());
    let checked = campaign.run(&["check"]).exits_with(1);
    assert_eq!(contents(campaign.folder.path()), before, "check writes nothing");
    let built = campaign.run(&["build"]).exits_with(1);
    let (report, summary) = checked.out.trim_end().rsplit_once("\n\n").unwrap();
    assert_eq!(built.err.trim_end(), report);
    assert_eq!(
        summary,
        "3 errors and 1 warning: nothing can be published until the errors are corrected; \
         handbill check --fix can correct 1 of them."
    );
}

#[test]
fn what_rendering_finds_is_told_beside_mistakes_of_content() {
    let campaign = mistaken();
    campaign.put(
        "themes/picket/templates/page.html",
        "{% extends \"base.html\" %}{% block main %}{{ page.title + 1 }}{% endblock main %}",
    );
    for command in ["check", "build"] {
        let ran = campaign.run(&[command, "--format", "json"]).exits_with(1);
        let report = json(&ran);
        let codes: Vec<&str> =
            report["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["HB0224", "HB0402", "HB0217", "HB0414", "HB0504"], "{command}");
    }
}

#[test]
fn a_template_that_fails_on_every_page_is_told_once() {
    let campaign = Campaign::new();
    campaign.put("content/more.md", "---\ntitle: More\n---\n");
    campaign.put("content/yet-more.md", "---\ntitle: Yet more\n---\n");
    campaign.put(
        "themes/picket/templates/page.html",
        "{% extends \"base.html\" %}{% block main %}{{ page.title + 1 }}{% endblock main %}",
    );
    let ran = campaign.run(&["check"]).exits_with(1);
    assert_eq!(ran.out.matches("HB0504").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("= note: see content/about.md (about/index.html was being rendered from it)"));
    assert!(ran.out.contains("; the same happens on 2 other pages"), "{}", ran.out);
}

#[test]
fn warnings_stop_where_that_is_asked_for() {
    let campaign = Campaign::new();
    campaign.put("content/locations/fontana.md", "---\nname: Fontana\n---\n");
    let ran = campaign.run(&["check"]).exits_with(0);
    assert!(ran.out.ends_with("\n\n1 warning, which does not stop publishing.\n"), "{}", ran.out);
    let ran = campaign.run(&["check", "--strict"]).exits_with(1);
    assert!(
        ran.out.ends_with("\n\n1 warning: with --strict, warnings stop publishing too.\n"),
        "{}",
        ran.out
    );
}

#[test]
fn plain_reports_are_sentences() {
    let ran = mistaken().run_with(&["check", "--plain"], &[("CLICOLOR_FORCE", "1")]).exits_with(1);
    assert!(!ran.out.contains(['|', '^', '\u{1b}', '─', '┃']), "{}", ran.out);
    let first: Vec<&str> = ran.out.lines().take(5).collect();
    assert_eq!(
        first,
        [
            "Error HB0224: a text with a colon needs quotes.",
            "It is in content/about.md, line 2, column 8.",
            "That line reads: title: About us: 100% union, always",
            "What to do: write: title: \"About us: 100% union, always\"",
            "",
        ]
    );
}

#[test]
fn json_says_what_the_readme_says() {
    let report = json(&mistaken().run(&["check", "--format", "json"]).exits_with(1));
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&report), ["format", "handbill", "findings", "errors", "warnings", "stops", "summary"]);
    assert_eq!(
        (&report["format"], &report["errors"], &report["warnings"]),
        (&1.into(), &3.into(), &1.into())
    );
    let readme = std::fs::read_to_string(super::support::root().join("README.md")).unwrap();
    let described = readme.split("\n## The check command\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let finding = &report["findings"][2];
    for key in keys(&report).into_iter().chain(keys(finding)) {
        assert!(described.contains(&format!("`{key}`")), "the README does not describe `{key}`");
    }
    assert_eq!(finding["code"], "HB0217");
    assert_eq!(finding["place"]["file"], "content/hours.md");
    assert_eq!(finding["place"]["range"]["start"], serde_json::json!({ "line": 5, "column": 5 }));
    let nobody = &report["findings"][1]["place"]["range"];
    assert_eq!(nobody["start"], serde_json::json!({ "line": 4, "column": 13 }), "columns count characters");
    assert_eq!(nobody["end"], serde_json::json!({ "line": 4, "column": 23 }));
}

#[test]
fn annotations_of_github_cannot_be_broken_out_of() {
    let ran = mistaken().run(&["check", "--format", "github"]).exits_with(1);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines[0],
        "::error file=content/about.md,line=2,endLine=2,col=8,endColumn=36,title=HB0224 a text with a colon \
         needs quotes::write: title: \"About us: 100%25 union, always\""
    );
    assert_eq!(lines.len(), 5, "{}", ran.out);
    for line in &lines[..4] {
        let (head, _) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning"].contains(&name));
        for property in properties.split(',') {
            let (name, _) = property.split_once('=').unwrap();
            assert!(["file", "line", "endLine", "col", "endColumn", "title"].contains(&name), "{property}");
        }
    }
    let named = campaign_named("a,b:c%d");
    let ran = named.run(&["check", "--format", "github"]);
    assert!(ran.out.contains("::warning file=content/locations/a%2Cb%3Ac%25d.md,line=1,"), "{}", ran.out);
}

/// A campaign with one warning, in a location's file of this name.
fn campaign_named(name: &str) -> Campaign {
    let campaign = Campaign::new();
    campaign.put(&format!("content/locations/{name}.md"), "---\nname: Fontana\n---\n");
    campaign
}

#[test]
fn reports_for_gitlab_have_a_fingerprint_that_lasts() {
    let campaign = mistaken();
    let before = json(&campaign.run(&["check", "--format", "gitlab"]).exits_with(1));
    campaign.put(
        "content/hours.md",
        "---\ntitle: Hours\n---\nA new line.\n\nSeñora, see [[nobody]]\nand [x](javascript:y).\n",
    );
    let after = json(&campaign.run(&["check", "--format", "gitlab"]).exits_with(1));
    let prints = |report: &Value| -> Vec<String> {
        report.as_array().unwrap().iter().map(|one| one["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(prints(&before), prints(&after));
    let mut unique = prints(&before);
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), 4);
    assert_eq!(
        before[1]["location"],
        serde_json::json!({ "path": "content/hours.md", "lines": { "begin": 4 } })
    );
    assert_eq!(before[1]["severity"], "major");
    assert_eq!(before[3]["severity"], "minor");
    let none = Campaign::new().run(&["check", "--format", "gitlab"]).exits_with(0);
    assert_eq!(none.out, "[]\n");
}

/// What the schema of SARIF 2.1.0 asks for, as far as it concerns what we write.
#[test]
fn sarif_is_as_its_schema_wants_it() {
    let log = json(&mistaken().run(&["check", "--format", "sarif"]).exits_with(1));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!((results.len(), rules.len()), (4, 4));
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && uri.starts_with("content/") && !uri.contains(' '), "{uri}");
        for side in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(place["region"][side].as_u64().unwrap() >= 1, "{place}");
        }
    }
    let uris: Vec<&Value> = results
        .iter()
        .map(|one| &one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        .collect();
    assert_eq!(uris[3], "content/locations/%C3%B1and%C3%BA.md");
}

#[test]
fn paths_for_programs_count_from_where_the_command_was_called() {
    let campaign = campaign_named("fontana");
    let above = campaign.folder.path().parent().unwrap();
    let name = campaign.folder.path().file_name().unwrap().to_str().unwrap();
    let run = |folder: &Path, root: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command.args(["check", "--format", "gitlab"]).current_dir(folder);
        command.args(root.iter().flat_map(|root| ["--root", root]));
        let report = json(&Ran::of(command.output().unwrap()).exits_with(0));
        report[0]["location"]["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(run(above, Some(name)), format!("{name}/content/locations/fontana.md"));
    assert_eq!(run(above, Some(&format!("./{name}/"))), format!("{name}/content/locations/fontana.md"));
    assert_eq!(run(campaign.folder.path(), None), "content/locations/fontana.md");
    assert_eq!(run(&campaign.path("content/locations"), None), "content/locations/fontana.md");
}

/// A campaign with slips in three files, which can all be corrected, and one that cannot.
fn slipped() -> Campaign {
    let campaign = Campaign::new();
    campaign.put("content/about.md", "---\ntitle: About us: nurses\n---\nWe are nurses.\n\n• one\n• two\n");
    campaign.put(
        "content/statements/day-2.md",
        "\u{feff}---\r\ntitle: “Day 2: the line”\r\nDate: 22 October 2024\r\nkey_points:\r\n\t-One\r\n\t-Two\r\n---\r\nÑandú\ttab.  \r\n",
    );
    campaign.put("content/events/vote.md", "---\ntitle: Vote\ndate: 10/11/2026\n---\n");
    campaign
}

#[test]
fn corrections_are_shown_and_made_where_somebody_says_so() {
    let campaign = slipped();
    let vote = std::fs::read(campaign.path("content/events/vote.md")).unwrap();
    let ran = campaign.run(&["check", "--fix", "--yes"]).exits_with(1);
    for shown in [
        "content/about.md:2: a text with a colon needs quotes [HB0224]\n- title: About us: nurses\n+ title: \"About us: nurses\"\n",
        "- • one\n+ - one\n- • two\n+ - two\n",
        "content/statements/day-2.md:3: “Date” is not written as fields are",
        "- →-One\n+   -One\n",
        "+ Date: 2024-10-22\n",
        "Made 7 corrections in 2 files.\n",
        "1 error: nothing can be published until the error is corrected.\n",
    ] {
        assert!(ran.out.contains(shown), "{shown} in\n{}", ran.out);
    }
    let text = |path: &str| std::fs::read_to_string(campaign.path(path)).unwrap();
    assert_eq!(
        text("content/about.md"),
        "---\ntitle: \"About us: nurses\"\n---\nWe are nurses.\n\n- one\n- two\n"
    );
    assert_eq!(
        text("content/statements/day-2.md"),
        "\u{feff}---\r\ntitle: \"Day 2: the line\"\r\ndate: 2024-10-22\r\nkey_points:\r\n  - One\r\n  - Two\r\n---\r\nÑandú\ttab.  \r\n",
        "everything else is as it was, byte for byte"
    );
    assert_eq!(std::fs::read(campaign.path("content/events/vote.md")).unwrap(), vote);
    assert_eq!(campaign.run(&["check", "--fix", "--yes"]).exits_with(1).out.matches("Made").count(), 0);
    let left = super::support::files(&campaign.path("content"));
    assert!(left.iter().all(|path| !path.to_str().unwrap().contains("handbill-")), "{left:?}");
}

#[test]
fn nothing_is_corrected_where_nobody_can_be_asked() {
    let campaign = slipped();
    let before = contents(campaign.folder.path());
    let ran = campaign.run(&["check", "--fix"]).exits_with(1);
    assert!(
        ran.out.contains(
            "Nothing was changed, for there is nobody to ask: handbill check --fix --yes makes 7 corrections in 2 files."
        ),
        "{}",
        ran.out
    );
    assert!(ran.out.ends_with("; handbill check --fix can correct 7 of them.\n"), "{}", ran.out);
    assert_eq!(contents(campaign.folder.path()), before);
    let plain = campaign.run(&["check", "--fix", "--plain"]).exits_with(1);
    assert!(
        plain.out.contains("It reads: title: About us: nurses\nIt will read: title: \"About us: nurses\"\n")
    );
    for wrong in [&["check", "--yes"][..], &["check", "--fix", "--format", "json"]] {
        campaign.run(wrong).exits_with(2);
    }
}

#[cfg(unix)]
#[test]
fn a_linked_or_locked_file_is_left_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let campaign = Campaign::new();
    campaign.put("shared/about.md", "---\ntitle: About us: nurses\n---\n");
    std::fs::remove_file(campaign.path("content/about.md")).unwrap();
    symlink("../shared/about.md", campaign.path("content/about.md")).unwrap();
    let ran = campaign.run(&["check", "--fix", "--yes"]).exits_with(1);
    assert!(
        ran.out.contains("content/about.md was left alone, for it is reached through a link."),
        "{}",
        ran.out
    );
    assert!(
        std::fs::read_to_string(campaign.path("shared/about.md")).unwrap().contains("title: About us: n")
    );
    std::fs::remove_file(campaign.path("content/about.md")).unwrap();
    campaign.put("content/about.md", "---\ntitle: About us: nurses\n---\n");
    std::fs::set_permissions(campaign.path("content/about.md"), std::fs::Permissions::from_mode(0o444))
        .unwrap();
    let ran = campaign.run(&["check", "--fix", "--yes"]).exits_with(3);
    assert!(ran.err.contains("content/about.md cannot be written"), "{}", ran.err);
}

#[test]
fn findings_are_explained() {
    let nowhere = Campaign::empty();
    let ran = nowhere.run(&["explain", "HB0224"]).exits_with(0);
    for line in [
        "HB0224: A colon in a text\n\nThe commonest mistake of all: YAML takes",
        "\n\nWrong, in content/statements/2024-10-22-day-2.md:\n\n    ---\n    title: Day 2: Bakersfield joins\n",
        "\n\nWhat is told of it:\n\n    error[HB0224]: a text with a colon needs quotes\n",
        "\n\nRight, in content/statements/2024-10-22-day-2.md:\n\n    ---\n    title: \"Day 2: Bakersfield joins\"\n",
    ] {
        assert!(ran.out.contains(line), "{line} in\n{}", ran.out);
    }
    assert_eq!(nowhere.run(&["explain", "hb224"]).exits_with(0).out, ran.out);
    let all = nowhere.run(&["explain"]).exits_with(0);
    assert!(all.out.starts_with("HB0101  A link that leads out of the campaign\n"), "{}", all.out);
    let unknown = nowhere.run(&["explain", "HB9999"]).exits_with(2);
    assert!(unknown.err.contains("there is no finding HB9999"), "{}", unknown.err);
}

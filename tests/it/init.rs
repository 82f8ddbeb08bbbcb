//! `handbill init`: from nothing to a campaign without a finding, with a README whose examples are right.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::cli::{Campaign, Ran, contents};

pub(crate) const HOSTS: [&str; 6] =
    ["github-pages", "gitlab-pages", "cloudflare-pages", "netlify", "s3", "rsync"];

/// A campaign that was just begun, in a folder that was not there.
pub(crate) fn begun(flags: &[&str]) -> (Campaign, PathBuf) {
    let outside = Campaign::empty();
    let arguments = [&["init", "union/site"], flags].concat();
    let ran = outside.run(&arguments).exits_with(0);
    assert!(ran.out.contains("Made content/campaign.yaml\n"), "{}", ran.out);
    let folder = outside.path("union/site");
    (outside, folder)
}

pub(crate) fn handbill(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    Ran::of(command.args(arguments).current_dir(folder).output().unwrap())
}

pub(crate) fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn in_each_language_and_for_each_host_nothing_is_wrong() {
    for language in ["en", "es", "de"] {
        for host in HOSTS {
            let typed = ["--language", language, "--host", host, "--title", "Ours & \"yours\": {union} #1"];
            let (_outside, folder) =
                begun(&[&typed[..], &["--union", "IG [M] *x*", "--employer", "A: B"]].concat());
            let checked = handbill(&folder, &["check", "--strict"]).exits_with(0);
            assert!(checked.out.starts_with("Nothing is wrong: "), "{}", checked.out);
            handbill(&folder, &["build"]).exits_with(0);
            let campaign = text(&folder, "content/campaign.yaml");
            assert!(campaign.contains("title: 'Ours & \"yours\": {union} #1'\n"), "{campaign}");
            assert!(campaign.contains("employer:\n  name: \"A: B\"\n"), "{campaign}");
            let readme = text(&folder, "README.md");
            assert!(
                readme.contains("a public repository\ndoes not:"),
                "{host}: an embargo is no secret there"
            );
            assert!(readme.contains("**A private "), "{host}");
            for heading in ["Add a statement", "Change a picket's hours", "What the check says"] {
                assert!(readme.contains(&format!("\n## {heading}\n")), "{readme}");
            }
            let is_made = |path: &PathBuf| {
                ["public", ".handbill"].iter().any(|made| path.starts_with(folder.join(made)))
            };
            for file in contents(&folder).into_keys().filter(|path| !is_made(path)) {
                let text = fs::read_to_string(&file).unwrap();
                let left = [
                    "{title",
                    "{union_",
                    "{date",
                    "{publishing",
                    "{version",
                    "{checkout",
                    "{deploy",
                    "{github",
                    "{private",
                    "{workflow",
                    "{readme",
                    "{gate",
                    "{about",
                    "{tomorrow",
                ];
                let left = left.iter().find(|place| text.contains(**place));
                assert!(left.is_none(), "{}: {left:?}", file.display());
            }
        }
    }
}

/// The example of a location is a draft, for it is nobody's gate; it is right all the same.
#[test]
fn the_example_of_a_gate_can_be_published() {
    for (language, gate) in [("en", "main-gate"), ("es", "puerta-principal"), ("de", "haupttor")] {
        let (_outside, folder) = begun(&["--language", language]);
        let path = format!("content/locations/{gate}.md");
        let draft = text(&folder, &path);
        let published: String =
            draft.split_inclusive('\n').filter(|line| !line.starts_with("draft")).collect();
        assert_ne!(published, draft);
        fs::write(folder.join(&path), published).unwrap();
        let checked = handbill(&folder, &["check", "--strict"]).exits_with(0);
        assert!(checked.out.starts_with("Nothing is wrong: "), "{}", checked.out);
    }
}

#[test]
fn what_is_there_stays_as_it_is() {
    let outside = Campaign::empty();
    outside.put("site/README.md", "mine\n");
    outside.put("site/.vscode/tasks.json", "{}\n");
    let ran = outside.run(&["init", "site"]).exits_with(0);
    assert_eq!(text(&outside.path("site"), "README.md"), "mine\n");
    assert_eq!(text(&outside.path("site"), ".vscode/tasks.json"), "{}\n");
    assert!(
        ran.err.contains("warning: .vscode/tasks.json was there already, and stays as it is\n"),
        "{}",
        ran.err
    );
    assert!(text(&outside.path("site"), "HANDBILL.md").contains("\n## How it is published\n"));
    assert!(ran.out.contains("\nHANDBILL.md says how "), "{}", ran.out);
    let workflow = text(&outside.path("site"), ".github/workflows/site.yml");
    assert!(!workflow.contains("README.md"), "{workflow}");
    let before = contents(&outside.path("site"));
    let again = outside.run(&["init", "site"]).exits_with(2);
    assert!(again.err.starts_with("error: there is a campaign in site already"), "{}", again.err);
    assert_eq!(contents(&outside.path("site")), before);
}

#[test]
fn what_was_not_made_is_told_with_what_it_takes() {
    let outside = Campaign::empty();
    for file in ["README.md", "HANDBILL.md", ".gitignore", ".gitlab-ci.yml"] {
        outside.put(&format!("site/{file}"), "mine\n");
    }
    let ran = outside.run(&["init", "site", "--host", "gitlab-pages"]).exits_with(0);
    assert!(!ran.out.contains("says how statements and pickets are added"), "{}", ran.out);
    for told in [
        "warning: .gitignore was there already, and stays as it is; it needs the lines /public/ /preview/ /.handbill/\n",
        "warning: .gitlab-ci.yml was there already, and stays as it is. As it is, nothing of ours publishes this campaign: to see \
         ours, call handbill init with --host gitlab-pages for another folder, and take from its .gitlab-ci.yml what yours lacks\n",
        "warning: HANDBILL.md was there already, and stays as it is, and so there is no README of ours: ",
    ] {
        assert!(ran.err.contains(told), "{told}\n{}", ran.err);
    }
    assert_eq!(text(&outside.path("site"), ".gitignore"), "mine\n");
}

#[test]
fn nothing_is_written_through_a_link() {
    let outside = Campaign::empty();
    fs::create_dir_all(outside.path("site")).unwrap();
    fs::create_dir_all(outside.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(outside.path("elsewhere"), outside.path("site/content")).unwrap();
    let ran = outside.run(&["init", "site"]).exits_with(2);
    assert!(ran.err.contains("would be outside site, for there is a link on the way to it"), "{}", ran.err);
    assert_eq!(contents(&outside.path("elsewhere")), BTreeMap::new());
}

#[test]
fn what_cannot_be_is_wrong_usage() {
    for (flag, value) in [
        ("--time-zone", "Mars"),
        ("--language", "xx"),
        ("--base-url", "nowhere"),
        ("--title", " "),
        ("--title", "Red \u{1b}[31m"),
        ("--union", "Ours\nand yours"),
        ("--employer", "\u{7}"),
        ("--host", "x"),
    ] {
        let outside = Campaign::empty();
        let ran = outside.run(&["init", "site", flag, value]).exits_with(2);
        assert!(ran.err.contains(flag) && !ran.err.contains('\u{1b}'), "{}", ran.err);
        assert!(!outside.path("site").exists(), "{flag}");
    }
}

/// Three letters are no zone: what the database of zones knows by them has no summer time.
#[test]
fn what_people_call_a_time_zone_is_told_by_its_city() {
    for (said, city) in [
        ("CST", "America/Chicago"),
        ("EST", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("MST", "America/Denver"),
    ] {
        let ran = Campaign::empty().run(&["init", "site", "--time-zone", said]).exits_with(2);
        assert!(ran.err.contains(&format!("did you mean {city}?")), "{}", ran.err);
    }
}

#[test]
fn a_file_is_no_folder() {
    let outside = Campaign::empty();
    outside.put("site", "mine\n");
    let ran = outside.run(&["init", "site"]).exits_with(2);
    assert_eq!(ran.err, "error: site is a file\n  help: name a folder; it need not be there yet\n");
}

/// The README's examples, each with the file in which it belongs.
fn examples(readme: &str) -> Vec<(String, String)> {
    let blocks = readme.split("\n```").skip(1).step_by(2);
    let yaml = blocks.filter_map(|block| block.strip_prefix("yaml "));
    yaml.map(|block| block.split_once('\n').unwrap())
        .map(|(path, text)| (path.to_owned(), format!("{text}\n")))
        .collect()
}

#[test]
fn the_examples_of_the_readme_are_right_where_they_belong() {
    for (language, phase) in [("en", "organizing"), ("es", "strike"), ("de", "strike")] {
        let (_outside, folder) = begun(&["--language", language, "--time-zone", "UTC"]);
        let readme = text(&folder, "README.md");
        let put = |path: &str, text: String| fs::write(folder.join(path), text).unwrap();
        let begins =
            text(&folder, "content/campaign.yaml").replace("phase: organizing", &format!("phase: {phase}"));
        put("content/campaign.yaml", begins);
        handbill(&folder, &["new", "statement", "Day 2 on the line"]).exits_with(0);
        let examples = examples(&readme);
        assert_eq!(examples.len(), 5, "{examples:?}");
        for (path, example) in examples {
            let now = text(&folder, &path);
            let field = |line: &str| line.split(':').next().unwrap().to_owned();
            let wanted = field(&example);
            // What an example says takes the place of what is said there, with the lines that belong to it.
            let mut left = String::new();
            let mut inside = false;
            for line in now.split_inclusive('\n').filter(|line| !line.starts_with("draft: true")) {
                inside = if inside { line.starts_with(' ') } else { field(line) == wanted };
                if !inside {
                    left.push_str(line);
                }
            }
            let made = match left.rsplit_once("\n---\n") {
                Some((fields, body)) => format!("{fields}\n{example}---\n{body}"),
                None => left + &example,
            };
            put(&path, made);
            let zone = ["check", "--strict"];
            let checked = handbill(&folder, &zone).exits_with(0);
            assert!(checked.out.starts_with("Nothing is wrong: "), "{path}: {example}{}", checked.out);
        }
        handbill(&folder, &["build"]).exits_with(0);
        let report = readme.split("\n```text\n").nth(1).unwrap().split("\n```").next().unwrap().to_owned();
        let about = report.split_once("--> ").unwrap().1.split(':').next().unwrap();
        put(about, "---\ntitel: Who we are\n---\n".to_owned());
        let checked = handbill(&folder, &["check"]).exits_with(1);
        assert!(checked.out.starts_with(&report), "{report}\n{}", checked.out);
    }
}

#[test]
fn the_settings_of_editors_are_json() {
    let (_outside, folder) = begun(&[]);
    for name in ["tasks", "settings", "extensions", "handbill-campaign", "handbill-media"] {
        let json: serde_json::Value =
            serde_json::from_str(&text(&folder, &format!(".vscode/{name}.json"))).unwrap();
        assert!(json.is_object(), "{name}");
    }
    let settings = text(&folder, ".vscode/settings.json");
    assert!(settings.contains(".vscode/handbill-campaign.json"), "{settings}");
}

//! `handbill init`: from nothing to a campaign without a finding, and to what publishes it. The steps of its workflows run here
//! as they stand, with programs in the place of those that send anything away.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;

use super::cli::{Campaign, Ran, contents};

const HOSTS: [&str; 6] = ["github-pages", "gitlab-pages", "cloudflare-pages", "netlify", "s3", "rsync"];

/// A campaign that was just begun, in a folder that was not there.
fn begun(flags: &[&str]) -> (Campaign, PathBuf) {
    let outside = Campaign::empty();
    let arguments = [&["init", "union/site"], flags].concat();
    let ran = outside.run(&arguments).exits_with(0);
    assert!(ran.out.contains("Made content/campaign.yaml\n"), "{}", ran.out);
    let folder = outside.path("union/site");
    (outside, folder)
}

fn handbill(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    Ran::of(command.args(arguments).current_dir(folder).output().unwrap())
}

fn text(folder: &Path, path: &str) -> String {
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
    assert!(ran.err.contains("warning: README.md was there already, and stays as it is\n"), "{}", ran.err);
    let before = contents(&outside.path("site"));
    let again = outside.run(&["init", "site"]).exits_with(2);
    assert!(again.err.starts_with("error: there is a campaign in site already"), "{}", again.err);
    assert_eq!(contents(&outside.path("site")), before);
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
        ("--host", "x"),
    ] {
        let outside = Campaign::empty();
        outside.run(&["init", "site", flag, value]).exits_with(2);
        assert!(!outside.path("site").exists(), "{flag}");
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

/// A workflow of GitHub.
fn workflow(host: &str) -> (Campaign, PathBuf, Value) {
    let (outside, folder) = begun(&["--host", host]);
    let yaml = serde_yaml::from_str(&text(&folder, ".github/workflows/site.yml")).unwrap();
    (outside, folder, yaml)
}

fn github() -> impl Iterator<Item = &'static str> {
    HOSTS.into_iter().filter(|host| *host != "gitlab-pages")
}

fn steps<'w>(workflow: &'w Value, job: &str) -> &'w Vec<Value> {
    workflow["jobs"][job]["steps"].as_sequence().unwrap_or_else(|| panic!("no steps in {job}"))
}

#[test]
fn proposals_get_no_rights_and_no_secrets() {
    for host in github() {
        let (_outside, folder, yaml) = workflow(host);
        let whole = text(&folder, ".github/workflows/site.yml");
        let read: Value = serde_yaml::from_str("contents: read").unwrap();
        assert_eq!(yaml["permissions"], read, "{host}");
        assert!(!whole.contains("pull_request_target"), "{host}");
        assert_eq!(yaml["jobs"]["check"]["if"], "github.event_name == 'pull_request'", "{host}");
        for job in ["check", "due"] {
            let text = serde_yaml::to_string(&yaml["jobs"][job]).unwrap();
            assert!(!text.contains("secrets.") && !text.contains("permissions"), "{host}: {text}");
        }
        let publishes = yaml["jobs"]["publish"]["if"].as_str().unwrap();
        assert!(publishes.contains("github.ref == 'refs/heads/main'"), "{host}");
        assert!(publishes.contains("github.event_name != 'pull_request'"), "{host}");
        assert!(!yaml["jobs"]["publish"]["environment"].is_null(), "{host}");
        for uses in whole.lines().filter_map(|line| line.split_once("uses: ")).map(|(_, uses)| uses) {
            let (commit, version) = uses.split_once('@').unwrap().1.split_once(" # v").unwrap();
            assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{host}: {uses}");
            assert_eq!(version.split('.').count(), 3, "{host}: {uses}");
        }
        for checkout in [&steps(&yaml, "check")[0], &steps(&yaml, "publish")[0]] {
            assert_eq!(checkout["with"]["persist-credentials"], false, "{host}");
        }
    }
}

/// What stands in the place of the programs that send a site away: each notes how it was called, and what it saw of the site.
const STAND_IN: &str =
    "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> \"$CALLED\"\nls public/index.html >> \"$CALLED\"\n";

/// Runs a script as GitHub and GitLab do, with the program and stand-ins first in the path.
fn bash(folder: &Path, script: &str, environment: &[(&str, &str)]) -> Ran {
    let bin = folder.parent().unwrap().join("bin");
    fs::create_dir_all(&bin).unwrap();
    for name in ["npx", "aws", "rsync", "cargo", "ssh"] {
        fs::write(bin.join(name), STAND_IN).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let program = Path::new(env!("CARGO_BIN_EXE_handbill")).parent().unwrap();
    let path = format!("{}:{}:{}", program.display(), bin.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder);
    command.env("PATH", path).env("GITHUB_OUTPUT", bin.join("output")).env("CALLED", bin.join("called"));
    command.env("RUNNER_TEMP", &bin).env_remove("SOURCE_DATE_EPOCH").env_remove("HANDBILL_BASE_URL");
    Ran::of(command.envs(environment.iter().copied()).output().unwrap())
}

/// The steps of a job that are scripts, each with the variables that the workflow gives it by a word.
fn scripts(workflow: &Value, job: &str) -> Vec<(String, Vec<(String, String)>)> {
    let given = |step: &Value| {
        let all = [&workflow["env"], &step["env"]].into_iter().filter_map(Value::as_mapping).flatten();
        let named = all.map(|(name, value)| {
            let value = value.as_str().unwrap();
            let given = if value.contains("${{") { "given" } else { value };
            (name.as_str().unwrap().to_owned(), given.to_owned())
        });
        named.collect()
    };
    let run = |step: &Value| {
        let script = step["run"].as_str()?.to_owned();
        assert!(!script.contains("${{"), "what others write is never part of a script: {script}");
        Some((script, given(step)))
    };
    steps(workflow, job).iter().filter_map(run).collect()
}

fn run_all(folder: &Path, scripts: &[(String, Vec<(String, String)>)]) {
    for (script, given) in scripts {
        let given: Vec<(&str, &str)> =
            given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let ran = bash(folder, script, &given);
        assert_eq!(ran.status, 0, "{script}\n{}{}", ran.out, ran.err);
    }
}

#[test]
fn the_steps_of_workflows_run_as_they_stand() {
    for host in github() {
        let (outside, folder, yaml) = workflow(host);
        let check = scripts(&yaml, "check");
        assert_eq!(check.len(), 3, "{host}");
        run_all(&folder, &check);
        assert!(folder.join("public/index.html").is_file(), "{host}");
        fs::remove_dir_all(folder.join("public")).unwrap();
        run_all(&folder, &scripts(&yaml, "publish"));
        assert!(folder.join("public/index.html").is_file(), "{host}");
        let next: i64 = text(&folder, ".handbill/next").trim().parse().unwrap_or(i64::MAX);
        assert!(next > jiff::Timestamp::now().as_second(), "{host}");
        let called = fs::read_to_string(outside.path("union/bin/called")).unwrap_or_default();
        let expected = match host {
            "cloudflare-pages" => "pages deploy public --project-name given --branch main",
            "netlify" => "deploy --prod --no-build --dir public",
            "s3" => {
                "--exclude _s3-website.json --delete\npublic/index.html\n\
                     aws s3api put-bucket-website --bucket given --website-configuration file://public/_s3-website.json\n"
            }
            "rsync" => "public/ given",
            _ => "",
        };
        assert!(called.contains(expected), "{host}: {called}");
        assert!(!outside.path("union/bin/key").exists(), "{host}: the key is left behind");
    }
}

#[test]
fn a_check_that_fails_stops_the_workflow() {
    let (_outside, folder, yaml) = workflow("github-pages");
    fs::write(folder.join("content/about.md"), "---\ntitel: Us\n---\n").unwrap();
    let check =
        scripts(&yaml, "check").into_iter().find(|(script, _)| script.contains("handbill check")).unwrap();
    let ran = bash(&folder, &check.0, &[]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("::error file=content/about.md,line=2,"), "{}", ran.out);
}

#[test]
fn a_scheduled_run_waits_for_what_comes_soon_and_leaves_what_comes_late() {
    let (outside, folder, yaml) = workflow("rsync");
    let (script, _) = scripts(&yaml, "due").remove(0);
    let now = jiff::Timestamp::now().as_second();
    fs::create_dir(folder.join(".handbill")).unwrap();
    for (next, due) in [
        (None, "true"),
        (Some(String::new()), "false"),
        (Some((now - 5).to_string()), "true"),
        (Some((now + 2).to_string()), "true"),
        (Some((now + 5000).to_string()), "false"),
    ] {
        match &next {
            Some(next) => fs::write(folder.join(".handbill/next"), next).unwrap(),
            None => assert!(!folder.join(".handbill/next").exists()),
        }
        assert_eq!(bash(&folder, &script, &[]).status, 0);
        let output = fs::read_to_string(outside.path("union/bin/output")).unwrap();
        assert_eq!(output.lines().last(), Some(format!("due={due}").as_str()), "{next:?}");
    }
    assert!(jiff::Timestamp::now().as_second() >= now + 2, "it did not wait");
}

#[test]
fn the_pipeline_of_gitlab_runs_as_it_stands() {
    let (_outside, folder) = begun(&["--host", "gitlab-pages"]);
    let yaml: Value = serde_yaml::from_str(&text(&folder, ".gitlab-ci.yml")).unwrap();
    let image = yaml["image"].as_str().unwrap();
    assert_eq!(image.split_once("@sha256:").unwrap().1.len(), 64);
    let lines = |job: &str, key: &str| {
        let lines = yaml[job][key].as_sequence().unwrap();
        lines.iter().map(|line| line.as_str().unwrap().to_owned() + "\n").collect::<String>()
    };
    let home = folder.join(".handbill");
    let given = [("HANDBILL_HOME", home.to_str().unwrap()), ("VERSION", "0")];
    let script = |job: &str| lines(".handbill", "before_script") + &lines(job, "script");
    for job in ["check", "pages"] {
        let ran = bash(&folder, &script(job), &given);
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
        assert!(folder.join("public/index.html").is_file());
    }
    assert_eq!(text(&folder, "gl-code-quality-report.json").trim(), "[]");
    // What changes only tomorrow is no work for a schedule.
    let scheduled = [&given[..], &[("CI_PIPELINE_SOURCE", "schedule")]].concat();
    let later = jiff::Timestamp::now().as_second() + 5000;
    fs::write(folder.join(".handbill/next"), later.to_string()).unwrap();
    assert_eq!(bash(&folder, &script("pages"), &scheduled).status, 75);
    assert_eq!(yaml["pages"]["allow_failure"]["exit_codes"], 75);
}

//! What publishes a campaign that `handbill init` began: the steps of its workflows run here as they stand, with programs in the
//! place of those that send anything away.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;

use super::cli::{Campaign, Ran};
use super::init::{HOSTS, begun, handbill, text};

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
        // What may start a run sees nothing of the campaign's files.
        let soon = &yaml["jobs"]["soon"];
        let text = serde_yaml::to_string(soon).unwrap();
        let starts: Value = serde_yaml::from_str("actions: write").unwrap();
        assert_eq!(soon["permissions"], starts, "{host}");
        assert!(!text.contains("secrets.") && !text.contains("uses:"), "{host}: {text}");
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
    for name in ["npx", "aws", "rsync", "cargo", "ssh", "gh"] {
        fs::write(bin.join(name), STAND_IN).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let program = Path::new(env!("CARGO_BIN_EXE_handbill")).parent().unwrap();
    let path = format!("{}:{}:{}", program.display(), bin.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder);
    command.env("PATH", path).env("GITHUB_OUTPUT", bin.join("output")).env("CALLED", bin.join("called"));
    command.env("GITHUB_STEP_SUMMARY", bin.join("summary")).env("GITHUB_REPOSITORY", "union/site");
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
        assert!(!folder.join("public").exists(), "{host}: what is looked at is not what is published");
        let preview = text(&folder, "preview/index.html");
        assert!(preview.contains("href=\"/assets/") || preview.contains("href=\"/about/"), "{preview}");
        assert!(!preview.contains("our-campaign.example"), "{preview}");
        let summary = text(&folder, "../bin/summary");
        assert!(summary.contains("`python3 -m http.server -d preview`"), "{summary}");
        run_all(&folder, &scripts(&yaml, "publish"));
        assert!(folder.join("public/index.html").is_file(), "{host}");
        let next: i64 = text(&folder, ".handbill/next").trim().parse().unwrap_or(i64::MAX);
        assert!(next > jiff::Timestamp::now().as_second(), "{host}");
        let output = text(&folder, "../bin/output");
        assert!(output.ends_with(&format!("next={}\n", text(&folder, ".handbill/next").trim())), "{output}");
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
        if host == "s3" {
            let texts = "--exclude * --include *.txt --exclude assets/* --exclude media/* \
                         --content-type text/plain; charset=utf-8 ";
            assert!(called.contains(texts), "{called}");
        }
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
        assert_eq!(bash(&folder, &script, &[("LOOK", "900")]).status, 0);
        let output = fs::read_to_string(outside.path("union/bin/output")).unwrap();
        assert_eq!(output.lines().last(), Some(format!("due={due}").as_str()), "{next:?}");
    }
    assert!(jiff::Timestamp::now().as_second() >= now + 2, "it did not wait");
}

#[test]
fn what_comes_soon_after_a_publication_is_published_at_its_minute() {
    let (outside, folder, yaml) = workflow("netlify");
    let (script, _) = scripts(&yaml, "soon").remove(0);
    let now = jiff::Timestamp::now().as_second();
    let called = || fs::read_to_string(outside.path("union/bin/called")).unwrap_or_default();
    for late in [String::new(), (now + 5000).to_string()] {
        assert_eq!(bash(&folder, &script, &[("LOOK", "900"), ("NEXT", &late)]).status, 0);
        assert_eq!(called(), "", "{late}");
    }
    handbill(&folder, &["build"]).exits_with(0);
    bash(&folder, &script, &[("LOOK", "900"), ("NEXT", &(now + 2).to_string())]).exits_with(0);
    assert!(jiff::Timestamp::now().as_second() >= now + 2, "it did not wait");
    assert!(called().starts_with("gh workflow run site.yml --repo union/site --ref main\n"), "{}", called());
}

#[test]
fn each_secret_and_variable_that_is_missing_is_named() {
    for host in github() {
        let (_outside, folder, yaml) = workflow(host);
        handbill(&folder, &["build"]).exits_with(0);
        let (script, given) = scripts(&yaml, "publish").pop().unwrap();
        let step = steps(&yaml, "publish").iter().rfind(|step| step["run"].is_string()).unwrap();
        let asked = |name: &str| step["env"][name].as_str().unwrap_or_default().to_owned();
        let needed = given.iter().filter(|(name, _)| asked(name).contains("${{") && name != "ENDPOINT");
        for (missing, _) in needed {
            let with: Vec<(&str, &str)> = given
                .iter()
                .map(|(name, value)| (name.as_str(), if name == missing { "" } else { value.as_str() }))
                .collect();
            let ran = bash(&folder, &script, &with);
            let name = asked(missing);
            let name = name.split(['.', ' ']).nth(2).unwrap();
            assert_ne!(ran.status, 0, "{host}: {missing}");
            assert!(ran.err.contains(&format!("{name}, as README.md says")), "{host}: {}", ran.err);
        }
    }
}

#[test]
fn an_example_of_an_address_is_told_where_it_is_published() {
    for (flags, told) in [(&[][..], true), (&["--base-url", "https://ours.example.org/"], false)] {
        let (_outside, folder) = begun(flags);
        let yaml: Value = serde_yaml::from_str(&text(&folder, ".github/workflows/site.yml")).unwrap();
        let build =
            scripts(&yaml, "publish").into_iter().find(|(script, _)| script.contains("handbill build"));
        let ran = bash(&folder, &build.unwrap().0, &[]).exits_with(0);
        assert_eq!(ran.out.contains("::warning file=content/campaign.yaml::“base_url” is an example"), told);
    }
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
    let look = yaml["variables"]["LOOK"].as_str().unwrap();
    let given = [("HANDBILL_HOME", home.to_str().unwrap()), ("VERSION", "0"), ("LOOK", look)];
    let script = |job: &str| lines(".handbill", "before_script") + &lines(job, "script");
    for (job, site) in [("check", "preview"), ("pages", "public")] {
        let ran = bash(&folder, &script(job), &given);
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
        assert!(folder.join(site).join("index.html").is_file());
        assert_eq!(yaml[job]["artifacts"]["reports"]["codequality"], "gl-code-quality-report.json");
        assert_eq!(text(&folder, "gl-code-quality-report.json").trim(), "[]");
        fs::remove_file(folder.join("gl-code-quality-report.json")).unwrap();
    }
    // What changes only tomorrow is no work for a schedule.
    let scheduled = [&given[..], &[("CI_PIPELINE_SOURCE", "schedule")]].concat();
    let later = jiff::Timestamp::now().as_second() + 5000;
    fs::write(folder.join(".handbill/next"), later.to_string()).unwrap();
    assert_eq!(bash(&folder, &script("pages"), &scheduled).status, 75);
    assert_eq!(yaml["pages"]["allow_failure"]["exit_codes"], 75);
    // What changes before the next run is waited for.
    let soon = jiff::Timestamp::now().as_second() + 2;
    fs::write(folder.join(".handbill/next"), soon.to_string()).unwrap();
    bash(&folder, &script("pages"), &scheduled).exits_with(0);
    assert!(jiff::Timestamp::now().as_second() >= soon, "it did not wait");
    // A mistake is in the report, and people can read it in the log.
    fs::write(folder.join("content/about.md"), "---\ntitel: Us\n---\n").unwrap();
    let ran = bash(&folder, &script("check"), &given).exits_with(1);
    assert!(ran.out.contains("error[HB0207]: “titel”"), "{}", ran.out);
    assert!(text(&folder, "gl-code-quality-report.json").contains("\"HB0207\""));
}

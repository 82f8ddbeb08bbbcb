//! The program as people meet it: what it exits with, what it prints and where, and what it never does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::support;

pub(crate) const CAMPAIGN: &str = "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
    union: { name: United Nurses }\n";

/// A campaign in a folder of its own.
pub(crate) struct Campaign {
    pub(crate) folder: TempDir,
}

impl Campaign {
    pub(crate) fn new() -> Campaign {
        Campaign::empty().begun()
    }

    pub(crate) fn begun(self) -> Campaign {
        self.put("content/campaign.yaml", CAMPAIGN);
        self.put("content/index.md", "---\ntitle: Care can't wait\n---\nWe strike.\n");
        self.put("content/about.md", "---\ntitle: About us\n---\nWe are nurses.\n");
        self
    }

    pub(crate) fn empty() -> Campaign {
        Campaign { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the program in the campaign's folder, with nothing of the tester's environment that it heeds.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    pub(crate) fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command.args(arguments).current_dir(self.folder.path());
        for name in ["SOURCE_DATE_EPOCH", "HANDBILL_BASE_URL", "NO_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        Ran::of(command.envs(environment.iter().copied()).output().unwrap())
    }

    /// Every file of the published site.
    fn published(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        contents(&self.path("public"))
    }
}

pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    support::files(folder).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// What the program did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    #[track_caller]
    pub(crate) fn exits_with(self, status: i32) -> Ran {
        assert_eq!(self.status, status, "printed:\n{}{}", self.out, self.err);
        self
    }
}

#[test]
fn a_build_that_succeeds_exits_with_0_and_says_what_it_did() {
    let campaign = Campaign::new();
    let ran = campaign.run(&["build", "--as-of", "2024-10-22"]).exits_with(0);
    assert!(
        ran.out.starts_with("Published ") && ran.out.contains(" files to public as of 2024-10-22 00:00 PDT"),
        "{}",
        ran.out
    );
    assert_eq!(ran.err, "");
    assert!(campaign.path("public/about/index.html").is_file());
    let again = campaign.run(&["build", "--as-of", "2024-10-22"]).exits_with(0);
    assert!(again.out.contains("nothing changed"), "{}", again.out);
}

#[test]
fn it_is_found_from_a_folder_below_and_by_its_name() {
    let campaign = Campaign::new();
    campaign.put("content/statements/2024-10-22-day-2.md", "---\ntitle: Day 2\ndate: 2024-10-22\n---\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    let below = command.arg("build").current_dir(campaign.path("content/statements")).output().unwrap();
    Ran::of(below).exits_with(0);
    assert!(campaign.path("public/statements/day-2/index.html").is_file());
    let (above, name) =
        (campaign.folder.path().parent().unwrap(), campaign.folder.path().file_name().unwrap());
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    let relative =
        command.args(["build", "--output", "site", "--root"]).arg(name).current_dir(above).output();
    let ran = Ran::of(relative.unwrap()).exits_with(0);
    assert!(ran.out.contains(&format!("to {}/site as of", name.to_str().unwrap())), "{}", ran.out);
    assert!(campaign.path("site/statements/day-2/index.html").is_file());
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    let named = command.args(["build", "--root"]).arg(campaign.folder.path()).current_dir(elsewhere.path());
    Ran::of(named.output().unwrap()).exits_with(0);
    assert!(
        support::files(elsewhere.path()).is_empty(),
        "something was written where the program was called"
    );
}

#[test]
fn five_mistakes_give_five_findings_in_one_run_and_the_old_site_stays() {
    let campaign = Campaign::new();
    campaign.run(&["build"]).exits_with(0);
    let before = campaign.published();
    campaign.put("content/index.md", "---\ntitle: Care can't wait\nsumary: Words\n---\n");
    campaign.put("content/about.md", "---\ntitle: About us\n---\nSee [[nobody]].\n");
    campaign
        .put("content/locations/fontana.md", "---\nname: Fontana\ncoordinates: -117.4343, 34.0726\n---\n");
    campaign.put("content/events/rally.md", "---\ntitle: Rally\ndate: 24/11/2026\n---\n");
    campaign.put("content/statements/day-2.md", "---\ntitle: Day 2: The line\ndate: 2024-10-22\n---\n");
    let ran = campaign.run(&["build"]).exits_with(1);
    for (finding, place) in [
        ("HB0207", "content/index.md:3:1"),
        ("HB0402", "content/about.md:4:5"),
        ("HB0284", "content/locations/fontana.md:3:14"),
        ("HB0251", "content/events/rally.md:3:7"),
        ("HB0224", "content/statements/day-2.md:2:8"),
    ] {
        assert_eq!(ran.err.matches(finding).count(), 1, "{finding} in\n{}", ran.err);
        assert!(ran.err.contains(place), "{place} in\n{}", ran.err);
    }
    assert_eq!(ran.err.matches("error[").count(), 5, "{}", ran.err);
    assert_eq!(ran.out, "5 errors. Nothing was published: public is as it was.\n");
    assert_eq!(campaign.published(), before);
}

#[test]
fn a_warning_does_not_stop_publishing() {
    let campaign = Campaign::new();
    campaign.put("content/locations/fontana.md", "---\nname: Fontana\n---\n");
    let ran = campaign.run(&["build"]).exits_with(0);
    assert!(ran.err.contains("warning[HB0414]"), "{}", ran.err);
    assert!(ran.out.contains("1 warning, none of which stops publishing."), "{}", ran.out);
    assert!(campaign.path("public/locations/fontana/index.html").is_file());
}

#[test]
fn a_template_that_fails_while_it_renders_stops_publishing() {
    let campaign = Campaign::new();
    campaign.run(&["build"]).exits_with(0);
    let before = campaign.published();
    campaign.put(
        "themes/picket/templates/page.html",
        "{% extends \"base.html\" %}{% block main %}{{ page.title + 1 }}{% endblock main %}",
    );
    let ran = campaign.run(&["build"]).exits_with(1);
    assert!(
        ran.err.contains("HB0504") && ran.err.contains("themes/picket/templates/page.html:1:"),
        "{}",
        ran.err
    );
    assert_eq!(campaign.published(), before);
}

#[test]
fn what_is_taken_back_is_gone_and_what_is_not_ours_stays() {
    let campaign = Campaign::new();
    campaign.run(&["build"]).exits_with(0);
    fs::remove_file(campaign.path("content/about.md")).unwrap();
    let ran = campaign.run(&["build"]).exits_with(0);
    assert!(ran.out.contains("1 removed"), "{}", ran.out);
    assert!(!campaign.path("public/about").exists());
    let sources = contents(&campaign.path("content"));
    campaign.run(&["build"]).exits_with(0);
    assert_eq!(contents(&campaign.path("content")), sources, "a source file was changed");
}

#[test]
fn folders_that_are_no_output_are_refused() {
    let campaign = Campaign::new();
    fs::create_dir(campaign.path("photos")).unwrap();
    fs::write(campaign.path("photos/line.jpg"), "x").unwrap();
    let before = contents(campaign.folder.path());
    for output in [".", "..", "content", "themes", "static", "content/media", "/", "photos", ".git"] {
        let ran = campaign.run(&["build", "--output", output]).exits_with(2);
        assert!(ran.err.starts_with("error: ") && ran.err.contains("help: "), "{output}: {}", ran.err);
        assert_eq!(ran.out, "", "{output}");
    }
    assert_eq!(contents(campaign.folder.path()), before, "a refused folder was changed");
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_to_type() {
    let campaign = Campaign::new();
    for arguments in [&["publish"][..], &["build", "--outptu", "x"], &[], &["build", "--as-of"]] {
        let ran = campaign.run(arguments).exits_with(2);
        assert!(ran.err.contains("Usage: ") || ran.err.contains("--help"), "{arguments:?}: {}", ran.err);
    }
    let ran = campaign.run(&["build", "--as-of", "24/11/2026"]).exits_with(2);
    assert_eq!(
        ran.err,
        "error: --as-of: “24/11/2026” is not written as year-month-day\n  help: write 2026-11-24\n"
    );
    let ran = campaign.run(&["build", "--base-url", "nowhere"]).exits_with(2);
    assert!(ran.err.contains("“nowhere” is not an address where a site can stand"), "{}", ran.err);
    let ran = campaign.run_with(&["build"], &[("SOURCE_DATE_EPOCH", "soon")]).exits_with(2);
    assert!(ran.err.contains("SOURCE_DATE_EPOCH is “soon”"), "{}", ran.err);
    assert!(!campaign.path("public").exists());
}

#[test]
fn a_folder_without_a_campaign_says_what_to_do() {
    let ran = Campaign::empty().run(&["build"]).exits_with(2);
    assert!(
        ran.err.contains("there is no campaign here") && ran.err.contains("--root FOLDER"),
        "{}",
        ran.err
    );
    let begun = Campaign::empty();
    begun.put("content/index.md", "---\ntitle: Home\n---\n");
    let ran = begun.run(&["build"]).exits_with(1);
    assert!(ran.err.contains("there is no content/campaign.yaml"), "{}", ran.err);
    let ran = begun.run(&["build", "--root", "nowhere"]);
    assert!(ran.status >= 2 && ran.err.contains("nowhere"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_machine_that_fails_exits_with_3() {
    use std::os::unix::fs::PermissionsExt;
    let campaign = Campaign::new();
    let locked = campaign.path("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o500)).unwrap();
    // The superuser may write everywhere, so that there is nothing to see.
    if fs::write(locked.join("probe"), "").is_err() {
        let ran = campaign.run(&["build", "--output", "locked/public"]).exits_with(3);
        assert!(ran.err.starts_with("error: "), "{}", ran.err);
    }
    // A disk that is full.
    if Path::new("/dev/full").exists() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let status = command.arg("build").current_dir(campaign.folder.path()).stdout(full).status().unwrap();
        assert_eq!(status.code(), Some(0), "a reader that went away is no reason to fail");
    }
}

#[test]
fn help_and_version_say_what_there_is() {
    let campaign = Campaign::empty();
    let version = campaign.run(&["--version"]).exits_with(0);
    assert_eq!(version.out, format!("handbill {}\n", env!("CARGO_PKG_VERSION")));
    let help = campaign.run(&["--help"]).exits_with(0);
    for word in ["build", "--root", "Exit status: 0 done; 1 findings", "NO_COLOR"] {
        assert!(help.out.contains(word), "{word} in\n{}", help.out);
    }
    let build = campaign.run(&["build", "--help"]).exits_with(0);
    for word in ["--output", "--base-url", "--as-of", "--drafts", "--timings", "SOURCE_DATE_EPOCH"] {
        assert!(build.out.contains(word), "{word} in\n{}", build.out);
    }
}

#[test]
fn colours_are_for_terminals_only() {
    let campaign = Campaign::new();
    campaign.put("content/about.md", "---\ntitle: About: us\n---\n");
    for environment in [&[][..], &[("NO_COLOR", "1")], &[("TERM", "xterm-256color")], &[("TERM", "dumb")]] {
        let ran = campaign.run_with(&["build"], environment).exits_with(1);
        assert!(!ran.err.contains('\u{1b}') && !ran.out.contains('\u{1b}'), "{environment:?}: {:?}", ran.err);
    }
    let forced = campaign.run_with(&["build"], &[("CLICOLOR_FORCE", "1")]).exits_with(1);
    assert!(forced.err.contains('\u{1b}'), "no colours where they are asked for");
    let refused = campaign.run_with(&["build"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).exits_with(1);
    assert!(!refused.err.contains('\u{1b}'), "NO_COLOR is not heeded");
}

#[test]
fn a_moment_is_taken_from_the_option_then_from_source_date_epoch() {
    let campaign = Campaign::new();
    campaign.put(
        "content/statements/day-4.md",
        "---\ntitle: Day 4\ndate: 2024-10-24\npublish: 2024-10-24 18:00\n---\n",
    );
    let page = campaign.path("public/statements/day-4/index.html");
    // 2024-10-24T12:40:00Z is 05:40 in Los Angeles, and 01:00 UTC of the next day is 18:00 there.
    let ran = campaign.run_with(&["build"], &[("SOURCE_DATE_EPOCH", "1729773600")]).exits_with(0);
    assert!(ran.out.contains("as of 2024-10-24 05:40 PDT"), "{}", ran.out);
    assert!(!page.exists());
    campaign.run_with(&["build"], &[("SOURCE_DATE_EPOCH", "1729818000")]).exits_with(0);
    assert!(page.exists());
    let early = [("SOURCE_DATE_EPOCH", "1729818000")];
    campaign.run_with(&["build", "--as-of", "2024-10-24T17:59"], &early).exits_with(0);
    assert!(!page.exists(), "--as-of does not win over SOURCE_DATE_EPOCH");
    campaign.run(&["build", "--as-of", "2024-10-25T01:00:00Z"]).exits_with(0);
    assert!(page.exists());
    campaign.run(&["build", "--as-of", "2024-10-22", "--drafts"]).exits_with(0);
    assert!(page.exists(), "--drafts shows what is embargoed");
}

#[test]
fn the_address_is_taken_from_the_option_then_from_the_environment() {
    let campaign = Campaign::new();
    let canonical = || {
        let home = fs::read_to_string(campaign.path("public/about/index.html")).unwrap();
        let link = home.split("rel=\"canonical\" href=\"").nth(1).unwrap();
        link.split('"').next().unwrap().to_owned()
    };
    campaign.run(&["build"]).exits_with(0);
    assert_eq!(canonical(), "https://union.example/about/");
    let environment = [("HANDBILL_BASE_URL", "https://preview.example/pr-7")];
    campaign.run_with(&["build"], &environment).exits_with(0);
    assert_eq!(canonical(), "https://preview.example/pr-7/about/");
    campaign.run_with(&["build", "--base-url", "https://other.example"], &environment).exits_with(0);
    assert_eq!(canonical(), "https://other.example/about/");
}

#[test]
fn timings_name_every_stage() {
    let ran = Campaign::new().run(&["build", "--timings"]).exits_with(0);
    for stage in ["read", "parse and link", "render and write", "publish"] {
        assert!(ran.out.contains(&format!(" ms  {stage}\n")), "{stage} in\n{}", ran.out);
    }
}

/// Builds as of a day, and gives what is told of pages that vanish.
fn missed(campaign: &Campaign, day: &str, more: &[&str]) -> Option<String> {
    let ran = campaign.run(&[&["build", "--as-of", day], more].concat()).exits_with(0);
    ran.out
        .lines()
        .find_map(|line| line.strip_prefix("Warning: nothing answers any more at "))
        .map(str::to_owned)
}

#[test]
fn pages_that_vanish_are_told_once_and_with_a_cure() {
    let campaign = Campaign::new();
    let build = |more: &[&str]| missed(&campaign, "2024-10-22", more);
    campaign.put("content/tagged.md", "---\ntitle: Tagged\ntags: [pay]\n---\nText.\n");
    assert_eq!(build(&[]), None);
    fs::remove_file(campaign.path("content/tagged.md")).unwrap();
    let cure = "/tagged/. Where something takes its place, write “aliases: [tagged]” there; where it was taken back, write \
                “gone: [tagged]” in content/campaign.yaml.";
    assert_eq!(build(&[]).as_deref(), Some(cure), "and nothing of its tag's page");
    assert!(!campaign.path("public/tagged").exists());
    assert_eq!(build(&[]), None, "it is told once");
    // What has the address now answers there.
    fs::remove_file(campaign.path("content/about.md")).unwrap();
    campaign.put("content/us.md", "---\ntitle: Us\naliases: [about]\n---\nText.\n");
    assert_eq!(build(&[]), None);
    // So does an address that is said to be gone.
    fs::remove_file(campaign.path("content/us.md")).unwrap();
    campaign.put("content/campaign.yaml", &format!("{CAMPAIGN}gone: [about, us]\n"));
    assert_eq!(build(&[]), None);
    let apache = fs::read_to_string(campaign.path("public/.htaccess")).unwrap();
    assert!(apache.contains("\n  RedirectMatch 410 \"^/us/?$\"\n"), "{apache}");
}

#[test]
fn pages_that_vanish_as_was_said_or_from_a_preview_are_no_surprise() {
    let campaign = Campaign::new();
    let page = |more: &str| format!("---\ntitle: Rally\naliases: [old/rally]\n{more}---\nText.\n");
    campaign.put("content/rally.md", &page("expires: 2024-10-21\n"));
    assert_eq!(missed(&campaign, "2024-10-20", &[]), None);
    assert!(campaign.path("public/rally/index.html").exists());
    assert_eq!(missed(&campaign, "2024-10-23", &[]), None, "its time is over");
    assert!(!campaign.path("public/rally").exists() && !campaign.path("public/old").exists());
    campaign.put("content/rally.md", &page("draft: true\n"));
    assert_eq!(missed(&campaign, "2024-10-23", &["--drafts"]), None);
    assert!(campaign.path("public/rally/index.html").exists());
    assert_eq!(missed(&campaign, "2024-10-23", &[]), None, "only a preview had it");
    campaign.put("content/rally.md", &page(""));
    assert_eq!(missed(&campaign, "2024-10-23", &[]), None);
    let moved = ["--base-url", "https://other.example/"];
    campaign.put("content/rally.md", &page("draft: true\n"));
    assert_eq!(missed(&campaign, "2024-10-23", &moved), None, "it is not the site that stood there");
    campaign.put("content/rally.md", &page(""));
    assert_eq!(missed(&campaign, "2024-10-23", &moved), None);
    campaign.put("content/rally.md", &page("draft: true\n"));
    let told = missed(&campaign, "2024-10-23", &moved).unwrap();
    assert!(told.starts_with("/old/rally/, /rally/. Where"), "{told}");
}

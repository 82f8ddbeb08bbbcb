//! `build --watch` as a process: what it writes after a change and what it leaves alone, and how it ends.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::cli::{CAMPAIGN, Campaign};
use super::support;

const MOMENT: &str = "2024-10-24T05:40";
/// What a change may take until it is written, on a machine that is busy with other tests.
const SOON: Duration = Duration::from_secs(20);

/// `handbill build --watch`, ended with the test.
struct Watched {
    process: Child,
    lines: Receiver<String>,
}

impl Watched {
    /// Starts it, and waits until it watches.
    fn start(campaign: &Campaign, options: &[&str]) -> Watched {
        // One pipe for both streams, so that what is said comes in its order.
        let (reader, writer) = std::io::pipe().unwrap();
        let mut process = command(campaign);
        process.arg("--watch").args(options).stdout(writer.try_clone().unwrap()).stderr(writer);
        let process = process.spawn().unwrap();
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            let lines = BufReader::new(reader).lines().map_while(Result::ok);
            lines.for_each(|line| drop(sender.send(line)));
        });
        let watched = Watched { process, lines };
        watched.until("Watching for changes. Ctrl-C ends it.");
        watched
    }

    /// What it says until a line that holds some words.
    #[track_caller]
    fn until(&self, words: &str) -> Vec<String> {
        let (start, mut said) = (Instant::now(), Vec::new());
        while let Ok(line) = self.lines.recv_timeout(SOON.saturating_sub(start.elapsed())) {
            said.push(line);
            if said.last().is_some_and(|line| line.contains(words)) {
                return said;
            }
        }
        panic!("it never said “{words}”, but\n{}", said.join("\n"));
    }

    fn interrupt(&mut self) -> Option<i32> {
        let pid = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
        self.process.wait().unwrap().code()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // It may have ended already, which is what some tests are about.
        let _ended = self.process.kill();
        let _ended = self.process.wait();
    }
}

fn command(campaign: &Campaign) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    command.arg("build").current_dir(campaign.folder.path()).env_remove("SOURCE_DATE_EPOCH");
    command
}

/// Every file of the site with its inode, which another file in its place has not.
fn inodes(campaign: &Campaign) -> BTreeMap<PathBuf, u64> {
    let public = campaign.path("public");
    let inode = |path: &Path| fs::metadata(path).unwrap().ino();
    let below = |path: PathBuf| (path.strip_prefix(&public).unwrap().to_owned(), inode(&path));
    support::files(&public).into_iter().map(below).collect()
}

fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let below = |path: PathBuf| (path.strip_prefix(folder).unwrap().to_owned(), fs::read(path).unwrap());
    support::files(folder).into_iter().map(below).collect()
}

/// The files that are others than before, or are new; then those that are gone.
fn changed(before: &BTreeMap<PathBuf, u64>, now: &BTreeMap<PathBuf, u64>) -> (Vec<String>, Vec<String>) {
    let name = |path: &PathBuf| path.to_str().unwrap().to_owned();
    let other = now.iter().filter(|(path, inode)| before.get(*path) != Some(inode));
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    (other.map(|(path, _)| name(path)).collect(), gone.map(name).collect())
}

/// The folder is what a build of its own makes of the same files.
#[track_caller]
fn equals_a_build(campaign: &Campaign, options: &[&str]) {
    let clean = command(campaign).args(["--output", "clean"]).args(options).output().unwrap();
    assert!(clean.status.success(), "{}", String::from_utf8_lossy(&clean.stderr));
    let (kept, clean) = (bytes(&campaign.path("public")), bytes(&campaign.path("clean")));
    let names = |all: &BTreeMap<PathBuf, Vec<u8>>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(&clean));
    let other: Vec<&PathBuf> =
        kept.iter().filter(|(path, bytes)| clean.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    assert!(other.is_empty(), "not as a build makes them: {other:?}");
}

#[test]
fn only_what_an_edit_touches_is_written_and_what_is_gone_is_removed() {
    let campaign = Campaign::new();
    let as_of = ["--as-of", MOMENT];
    let mut watched = Watched::start(&campaign, &["--as-of", MOMENT, "--explain"]);
    let before = inodes(&campaign);
    campaign.put("content/about.md", "---\ntitle: About us\n---\nWe are nurses. And therapists.\n");
    let said = watched.until("content/about.md: 1 of ");
    let why = "  about/: the first paragraph of content/about.md changed";
    assert!(said.iter().any(|line| line == why), "{said:?}");
    let now = inodes(&campaign);
    let manifest = handbill::disk::MANIFEST.to_owned();
    assert_eq!(changed(&before, &now), (vec![manifest.clone(), "about/index.html".to_owned()], vec![]));

    fs::remove_file(campaign.path("content/about.md")).unwrap();
    let said = watched.until(" removed in ");
    assert!(said.iter().any(|line| line == "  about/: it is gone"), "{said:?}");
    let (written, gone) = changed(&now, &inodes(&campaign));
    assert_eq!(gone, ["about/index.html"]);
    assert!(written.contains(&manifest) && written.contains(&"sitemap.xml".to_owned()), "{written:?}");
    assert!(!campaign.path("public/about").exists(), "an empty folder is left");
    watched.until("Warning: nothing answers any more at /about/. Where something takes its place");

    campaign
        .put("content/statements/2024-10-21-strike.md", "---\ntitle: Strike\ndate: 2024-10-21\n---\nNow.\n");
    watched.until("2024-10-21-strike.md: ");
    fs::rename(campaign.path("content/statements"), campaign.path("elsewhere")).unwrap();
    watched.until(" removed in ");
    fs::rename(campaign.path("elsewhere"), campaign.path("content/statements")).unwrap();
    watched.until("2024-10-21-strike.md: ");
    campaign.put(
        "themes/picket/templates/page.html",
        "{% extends \"base.html\" %}{% block main %}Ours{% endblock main %}",
    );
    watched.until("page.html: ");
    equals_a_build(&campaign, &as_of);
    assert_eq!(watched.interrupt(), Some(0));
    equals_a_build(&campaign, &as_of);
}

#[test]
fn a_mistake_leaves_the_site_as_it_was_until_it_is_mended() {
    let campaign = Campaign::new();
    let watched = Watched::start(&campaign, &["--as-of", MOMENT]);
    let before = inodes(&campaign);
    campaign.put("content/about.md", "---\ntitle: About: us\n---\nWe are nurses.\n");
    let said = watched.until("content/about.md: 1 error. Nothing was written: public is as it was.");
    assert!(said.iter().any(|line| line.contains("content/about.md:2:")), "{said:?}");
    fs::remove_file(campaign.path("content/campaign.yaml")).unwrap();
    watched.until("content/campaign.yaml: 2 errors. Nothing was written");
    assert_eq!(before, inodes(&campaign));
    campaign.put("content/campaign.yaml", CAMPAIGN);
    watched.until("content/campaign.yaml: 1 error. Nothing was written");
    campaign.put("content/about.md", "---\ntitle: \"About: us\"\n---\nWe are nurses.\n");
    watched.until("Mended. content/about.md: ");
    assert!(fs::read_to_string(campaign.path("public/about/index.html")).unwrap().contains("About: us"));
    equals_a_build(&campaign, &["--as-of", MOMENT]);
}

#[test]
fn a_page_that_goes_during_a_mistake_is_told_once_it_has_gone() {
    let campaign = Campaign::new();
    let watched = Watched::start(&campaign, &["--as-of", MOMENT]);
    campaign.put("content/us.md", "---\ntitel: Us\n---\nWe are nurses.\n");
    watched.until("Nothing was written: public is as it was.");
    fs::remove_file(campaign.path("content/about.md")).unwrap();
    watched.until("content/about.md: 1 error. Nothing was written");
    assert!(campaign.path("public/about/index.html").exists());
    campaign.put("content/us.md", "---\ntitle: Us\n---\nWe are nurses.\n");
    watched.until("Mended. content/us.md: ");
    watched.until("Warning: nothing answers any more at /about/. ");
    assert!(!campaign.path("public/about").exists());
}

#[test]
fn a_mistake_at_the_start_is_mended_while_it_watches() {
    let campaign = Campaign::new();
    campaign.put("content/about.md", "---\ntitle: About: us\n---\nWe are nurses.\n");
    let watched = Watched::start(&campaign, &["--as-of", MOMENT]);
    assert!(!campaign.path("public").exists());
    campaign.put("content/about.md", "---\ntitle: About us\n---\nWe are nurses.\n");
    watched.until("Mended. content/about.md: ");
    equals_a_build(&campaign, &["--as-of", MOMENT]);
}

#[test]
fn what_somebody_changed_in_the_output_is_never_overwritten() {
    let campaign = Campaign::new();
    let watched = Watched::start(&campaign, &["--as-of", MOMENT]);
    let page = campaign.path("public/about/index.html");
    fs::remove_file(&page).unwrap();
    fs::write(&page, "By hand.").unwrap();
    campaign.put("content/about.md", "---\ntitle: About us\n---\nOther words.\n");
    watched.until("about/index.html was changed since Handbill wrote it");
    assert_eq!(fs::read_to_string(&page).unwrap(), "By hand.");
    fs::remove_file(&page).unwrap();
    campaign.put("content/about.md", "---\ntitle: About us\n---\nThe last words.\n");
    watched.until("content/about.md: ");
    assert!(fs::read_to_string(&page).unwrap().contains("The last words."));
    equals_a_build(&campaign, &["--as-of", MOMENT]);
}

#[test]
fn the_whole_folder_may_go_and_comes_back() {
    let campaign = Campaign::new();
    let watched = Watched::start(&campaign, &["--as-of", MOMENT, "--poll"]);
    fs::remove_dir_all(campaign.path("public")).unwrap();
    campaign.put("content/about.md", "---\ntitle: About us\n---\nOther words.\n");
    watched.until("content/about.md: ");
    equals_a_build(&campaign, &["--as-of", MOMENT]);
}

#[test]
fn an_embargo_that_ends_while_it_watches_is_written_at_its_moment() {
    let campaign = Campaign::new();
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(3);
    let soon = soon.round(jiff::Unit::Second).unwrap();
    let zone = jiff::tz::TimeZone::get("America/Los_Angeles").unwrap();
    let publish = soon.to_zoned_datetime(zone).strftime("%Y-%m-%d %H:%M:%S").to_string();
    campaign
        .put("content/soon.md", &format!("---\ntitle: Soon\npublish: {publish}\n---\nNo longer secret.\n"));
    let watched = Watched::start(&campaign, &["--explain"]);
    let page = campaign.path("public/soon/index.html");
    assert!(!page.exists(), "an embargo was broken");
    let said = watched.until(" files written in ");
    assert!(jiff::Timestamp::now() >= soon, "too early");
    assert!(said.iter().any(|line| line == "  soon/: it is new"), "{said:?}");
    assert!(fs::read_to_string(page).unwrap().contains("No longer secret."));
}

/// Killed at whatever moment, it leaves whole files that a build knows as its own.
#[test]
fn killed_while_it_writes_it_leaves_a_folder_that_is_known_as_ours() {
    let campaign = Campaign::new();
    for number in 0..40 {
        campaign
            .put(&format!("content/page-{number}.md"), &format!("---\ntitle: Page {number}\n---\nWords.\n"));
    }
    let title = |round: u64| CAMPAIGN.replace("Care can't wait", &format!("Round {round}"));
    for round in 0..12 {
        let mut watched = Watched::start(&campaign, &["--as-of", MOMENT]);
        campaign.put("content/campaign.yaml", &title(round));
        std::thread::sleep(Duration::from_millis(8 * round));
        watched.process.kill().unwrap();
        watched.process.wait().unwrap();
        for (path, bytes) in bytes(&campaign.path("public")) {
            let is_page = path.extension().is_some_and(|extension| extension == "html");
            let ends = String::from_utf8_lossy(&bytes).trim_end().ends_with("</html>");
            assert!(!is_page || ends, "{} is cut off", path.display());
        }
        let built = command(&campaign).args(["--as-of", MOMENT]).output().unwrap();
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    }
    equals_a_build(&campaign, &["--as-of", MOMENT]);
}

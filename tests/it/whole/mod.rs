//! Exactly one whole site, always: whatever ends a build at whatever moment, the published folder is the old site or the new
//! one, and the next build makes of it what it should be.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod errors;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::cli::{Campaign, Ran};
use super::support::{self, Random};

/// The files of a site by their paths below its folder.
type Site = BTreeMap<PathBuf, Vec<u8>>;

/// A campaign of which two sites can be made.
struct Pair {
    campaign: Campaign,
    sites: [Site; 2],
}

impl Pair {
    fn new() -> Pair {
        let campaign = Campaign::new();
        for page in 0..12 {
            campaign
                .put(&format!("content/a/p{page}.md"), &format!("---\ntitle: Page {page}\n---\nStays.\n"));
        }
        let mut pair = Pair { campaign, sites: Default::default() };
        for which in [0, 1] {
            pair.write(which);
            pair.build().exits_with(0);
            pair.sites[which] = pair.published();
        }
        assert_ne!(pair.sites[0], pair.sites[1]);
        pair
    }

    /// Writes the files of one of the two: some pages differ, and some are in one of them only.
    fn write(&self, which: usize) {
        let here = ["one", "other"];
        self.campaign.put("content/about.md", &format!("---\ntitle: About {}\n---\nText.\n", here[which]));
        for page in 0..6 {
            self.campaign
                .put(&format!("content/{}/p{page}.md", here[which]), "---\ntitle: Some\n---\nText.\n");
        }
        let _absent = fs::remove_dir_all(self.campaign.path(&format!("content/{}", here[1 - which])));
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command.args(["build", "--as-of", "2024-10-22"]).current_dir(self.campaign.folder.path());
        command
    }

    fn build(&self) -> Ran {
        Ran::of(self.command().output().unwrap())
    }

    fn start(&self) -> Child {
        self.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn published(&self) -> Site {
        let public = self.campaign.path("public");
        let below =
            |path: PathBuf| (path.strip_prefix(&public).unwrap().to_owned(), fs::read(&path).unwrap());
        support::files(&public).into_iter().map(below).collect()
    }

    /// Which of the two sites is published.
    #[track_caller]
    fn stands(&self, what: &str) -> usize {
        let published = self.published();
        let which = self.sites.iter().position(|site| *site == published);
        which.unwrap_or_else(|| panic!("{what}: neither of the two sites, but {:?}", published.keys()))
    }

    /// The next build makes what it should, and leaves nothing behind.
    fn recovers(&self, which: usize, what: &str) {
        let ran = self.build();
        assert_eq!(ran.status, 0, "{what}: {}", ran.err);
        assert_eq!(self.stands(what), which, "{what}");
        let left = support::files(&self.campaign.path(".handbill/publish"));
        assert_eq!(left, [self.campaign.path(".handbill/publish/public/lock")], "{what}");
    }
}

#[test]
fn killed_at_a_hundred_moments_it_leaves_one_whole_site() {
    let pair = Pair::new();
    let started = Instant::now();
    pair.write(0);
    pair.build().exits_with(0);
    let whole = started.elapsed();
    let mut random = Random(0x1234_5678_9abc_def1);
    let (mut ended, mut came) = (0, 0);
    for round in 0..100 {
        let (old, new) = (round % 2, 1 - round % 2);
        assert_eq!(pair.stands("before"), old);
        pair.write(new);
        let mut child = pair.start();
        let wait = whole.as_micros() * u128::try_from(random.below(1000)).unwrap() / 900;
        std::thread::sleep(Duration::from_micros(wait.try_into().unwrap()));
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let what = format!("round {round}, after {wait} µs");
        let stands = pair.stands(&what);
        ended += usize::from(status.signal().is_none());
        came += usize::from(stands == new);
        assert!(status.signal().is_some() || stands == new, "{what}: it ended, and the old site stands");
        pair.recovers(new, &what);
    }
    assert!(ended < 60, "{ended} of 100 had ended before they were killed");
    assert!(came < 90, "{came} of 100 were published before they were killed");
}

#[test]
fn two_builds_at_once_publish_one_whole_site_each() {
    let pair = Pair::new();
    for round in 0..20 {
        let new = round % 2;
        pair.write(new);
        let (mut one, mut two) = (pair.start(), pair.start());
        let statuses = [one.wait().unwrap(), two.wait().unwrap()].map(|status| status.code().unwrap());
        // One of them may find that the other is at work.
        assert!(
            statuses.iter().all(|status| [0, 3].contains(status)) && statuses.contains(&0),
            "{statuses:?}"
        );
        assert_eq!(pair.stands("both"), new);
    }
}

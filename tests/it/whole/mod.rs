//! Exactly one whole site, always: whatever ends a build at whatever moment, the published folder is the old site or the new
//! one, the program says which, and the next build makes of it what it should be and leaves no rubbish behind.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod disks;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod errors;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod failing;
mod kills;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::cli::{Campaign, Ran};
use super::support;

/// The files of a site by their paths below its folder.
type Site = BTreeMap<PathBuf, Vec<u8>>;

/// A campaign of which two sites can be made.
struct Pair {
    campaign: Campaign,
    sites: [Site; 2],
}

impl Pair {
    /// A campaign of so many pages, half of which differ between its two sites.
    fn new(pages: usize) -> Pair {
        let campaign = Campaign { folder: folder() }.begun();
        // Large enough to be known by its stamp.
        campaign.put("static/large.txt", &"Large. ".repeat(4000));
        for page in 0..pages / 2 {
            campaign
                .put(&format!("content/a/p{page}.md"), &format!("---\ntitle: Page {page}\n---\nStays.\n"));
        }
        let mut pair = Pair { campaign, sites: Default::default() };
        for which in [1, 0] {
            pair.write(which, pages / 4);
            pair.build().exits_with(0);
            pair.sites[which] = pair.published();
        }
        assert_ne!(pair.sites[0], pair.sites[1]);
        pair
    }

    /// Writes the files of one of the two: some pages differ, and some are in one of them only.
    fn write(&self, which: usize, pages: usize) {
        let here = ["one", "other"];
        for page in 0..pages {
            let differs = format!("---\ntitle: Differs {page}\n---\nIn {}.\n", here[which]);
            self.campaign.put(&format!("content/b/p{page}.md"), &differs);
            self.campaign
                .put(&format!("content/{}/p{page}.md", here[which]), "---\ntitle: Some\n---\nText.\n");
        }
        let _absent = fs::remove_dir_all(self.campaign.path(&format!("content/{}", here[1 - which])));
    }

    /// Writes the files of one of the two, of which there are as many as before.
    fn turn_to(&self, which: usize) {
        let pages = fs::read_dir(self.campaign.path("content/b")).unwrap().count();
        self.write(which, pages);
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
        site(&self.campaign.path("public"))
    }

    /// Which of the two sites is published.
    #[track_caller]
    fn stands(&self, what: &str) -> usize {
        self.which(&self.published(), what)
    }

    /// Which of the two a site is.
    #[track_caller]
    fn which(&self, site: &Site, what: &str) -> usize {
        let which = self.sites.iter().position(|one| one == site);
        which.unwrap_or_else(|| panic!("{what}: neither of the two sites, but {:?}", site.keys()))
    }

    /// What lies beside the site.
    fn beside(&self) -> Vec<PathBuf> {
        let workshop = self.campaign.path(".handbill/publish/public");
        let mut names: Vec<PathBuf> =
            fs::read_dir(workshop).unwrap().map(|entry| entry.unwrap().file_name().into()).collect();
        names.sort();
        names
    }

    /// The next build makes what it should, and leaves nothing behind.
    #[track_caller]
    fn recovers(&self, which: usize, what: &str) {
        let ran = self.build();
        assert_eq!(ran.status, 0, "{what}: {}", ran.err);
        assert!(!ran.out.contains("were kept in"), "{what}: {}", ran.out);
        assert_eq!(self.stands(what), which, "{what}");
        assert_eq!(self.beside(), ["lock", "sighted"].map(PathBuf::from), "{what}");
    }
}

/// A folder, in memory where the system has such a disk: every build waits for its disk twice, and there are hundreds here.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

/// The files of a site in a folder; none where there is no folder.
fn site(folder: &Path) -> Site {
    if !folder.exists() {
        return Site::new();
    }
    let below = |path: PathBuf| (path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
    support::files(folder).into_iter().map(below).collect()
}

#[test]
fn two_builds_at_once_publish_one_whole_site_each() {
    let pair = Pair::new(16);
    let (mut both, mut one) = (0, 0);
    for round in 0..20 {
        let new = 1 - round % 2;
        pair.turn_to(new);
        let (mut first, mut second) = (pair.start(), pair.start());
        let statuses = [first.wait().unwrap(), second.wait().unwrap()].map(|status| status.code().unwrap());
        // One of them may find that the other is at work.
        match statuses {
            [0, 0] => both += 1,
            [0, 3] | [3, 0] => one += 1,
            other => panic!("{other:?}"),
        }
        assert_eq!(pair.stands("both"), new);
    }
    assert!(both + one == 20 && one > 0, "they never met: {both} times both published");
    pair.recovers(0, "after all");
}

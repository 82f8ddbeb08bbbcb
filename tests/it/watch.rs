//! The watcher on a real file system: whatever editors, git and people do, what it tells comes to what a fresh read
//! sees. Waiting is bounded and ends as soon as that is so.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use handbill::base::{SourcePath, Tree};
use handbill::diagnostics::Finding;
use handbill::disk::{Eyes, ReadOptions, Watch, Woken, read};

use super::support::source;

/// How long a state may take to be told; a machine that is busy with other tests is slow.
const LONGEST: Duration = Duration::from_secs(20);

/// A watched folder, and what its watcher has told.
struct Watched {
    folder: tempfile::TempDir,
    watch: Watch,
    tree: Tree,
    findings: Vec<Finding>,
    /// The files that were told to have changed, in the order in which they were.
    told: Vec<(SourcePath, Option<String>)>,
}

impl Watched {
    fn new(files: &[(&str, &str)], eyes: Eyes) -> Watched {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            write(&folder.path().join(path), text);
        }
        let (watch, read) = Watch::start(&ReadOptions::new(folder.path()), eyes).unwrap();
        Watched { folder, watch, tree: read.value, findings: read.findings, told: Vec::new() }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.at(path), text);
    }

    /// Takes in what is told next, if anything is told in time.
    fn next(&mut self, timeout: Duration) -> bool {
        match self.watch.next(Some(timeout)) {
            Woken::Changed(checked) => {
                self.findings = checked.findings;
                for change in checked.value {
                    let text = change.now.as_ref().map(|file| file.text().unwrap_or("(bytes)").to_owned());
                    match change.now {
                        Some(file) => self.tree.insert(change.path.clone(), file),
                        None => self.tree.remove(&change.path),
                    }
                    self.told.push((change.path, text));
                }
                true
            }
            Woken::TimedOut => false,
            Woken::Stopped => panic!("nobody stopped it"),
        }
    }

    /// Whether what was told is what is there.
    fn is_true(&self) -> bool {
        let Ok(fresh) = read(&ReadOptions::new(self.folder.path())) else {
            return self.tree.iter().next().is_none();
        };
        let prints = |tree: &Tree| -> Vec<_> {
            tree.iter().map(|(path, file)| (path.clone(), file.fingerprint)).collect()
        };
        prints(&fresh.value) == prints(&self.tree) && fresh.findings == self.findings
    }

    /// Listens until what was told is what is there.
    fn settle(&mut self, what: &str) {
        let began = Instant::now();
        while !self.is_true() {
            assert!(began.elapsed() < LONGEST, "{what}: what is told never becomes true: {:?}", self.told);
            self.next(Duration::from_millis(50));
        }
    }

    /// Whether nothing is told for a while.
    fn is_quiet(&mut self) -> bool {
        !self.next(Duration::from_millis(200))
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.tree.text(&source(path))
    }
}

fn write(at: &Path, text: &str) {
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    fs::write(at, text).unwrap();
}

const A: &str = "content/a.md";

fn watched() -> Watched {
    Watched::new(&[(A, "one"), ("content/b.md", "b"), ("static/kit.txt", "kit")], Eyes::Events)
}

#[test]
fn an_edit_is_told_once_and_nothing_after_it() {
    let mut watched = watched();
    assert!(watched.is_true());
    assert!(watched.is_quiet(), "reading is no change");
    watched.write(A, "two");
    watched.settle("an edit");
    assert_eq!(watched.told, [(source(A), Some("two".to_owned()))]);
    watched.write(A, "two");
    assert!(watched.is_quiet(), "the same bytes are no change");
    watched.told.clear();
    for edit in ["2wo", "tw2", "t2o"] {
        watched.write(A, edit);
        watched.settle("edits of the same size within a moment");
        assert_eq!(watched.text(A), Some(edit));
    }
}

#[test]
fn editors_save_in_many_ways() {
    let mut watched = watched();
    let a = watched.at(A);
    // vim with a backup: a probe, the old file set aside, a new one under its name, rights, and the old one deleted.
    watched.write("content/4913", "");
    fs::remove_file(watched.at("content/4913")).unwrap();
    fs::rename(&a, watched.at("content/a.md~")).unwrap();
    let mut file = fs::File::create(&a).unwrap();
    file.write_all(b"vim").unwrap();
    file.sync_all().unwrap();
    drop(file);
    fs::remove_file(watched.at("content/a.md~")).unwrap();
    watched.settle("vim");
    assert!(watched.told.iter().all(|(path, _)| *path == source(A)), "{:?}", watched.told);
    assert_eq!(watched.text(A), Some("vim"));

    // A whole new file under a hidden name, or one of its own, renamed over the old one.
    for temporary in ["content/.a.md.tmp1", "content/a.md.swp", "content/sedq7Yxa", "elsewhere.md"] {
        watched.told.clear();
        watched.write(temporary, temporary);
        fs::rename(watched.at(temporary), &a).unwrap();
        watched.settle(temporary);
        assert_eq!(watched.text(A), Some(temporary));
    }

    // In place, in pieces.
    let mut file = fs::OpenOptions::new().write(true).truncate(true).open(&a).unwrap();
    for piece in ["a ", "long ", "text"] {
        file.write_all(piece.as_bytes()).unwrap();
        file.flush().unwrap();
        std::thread::sleep(Duration::from_millis(3));
    }
    drop(file);
    watched.settle("pieces");
    assert_eq!(watched.text(A), Some("a long text"));

    // What editors leave beside it is no part of a site.
    watched.told.clear();
    for name in [".a.md.swp", "a.md~", "#a.md#", "4913", ".#a.md", "x.tmp"] {
        watched.write(&format!("content/{name}"), "left over");
    }
    assert!(watched.is_quiet(), "{:?}", watched.told);
    assert!(watched.is_true());
}

#[test]
fn files_come_and_go_and_change_their_names() {
    let mut watched = watched();
    watched.write("content/statements/new.md", "in a new folder");
    watched.settle("a file in a new folder");
    watched.write("content/statements/2.md", "in a folder that is known");
    watched.settle("a file in a known folder");
    fs::rename(watched.at("content/statements/2.md"), watched.at("content/statements/3.md")).unwrap();
    watched.settle("another name");
    assert_eq!(watched.text("content/statements/3.md"), Some("in a folder that is known"));
    fs::rename(watched.at("content/statements"), watched.at("content/letters")).unwrap();
    watched.settle("a folder's other name");
    watched.write("content/letters/3.md", "edited there");
    watched.settle("an edit in the renamed folder");
    assert_eq!(watched.text("content/letters/3.md"), Some("edited there"));
    fs::remove_dir_all(watched.at("content/letters")).unwrap();
    watched.settle("a folder is deleted");
    // A folder from elsewhere, with folders inside.
    watched.write("elsewhere/deep/er/1.md", "1");
    watched.write("elsewhere/2.md", "2");
    fs::rename(watched.at("elsewhere"), watched.at("content/moved")).unwrap();
    watched.settle("a folder is moved in");
    watched.write("content/moved/deep/er/1.md", "one");
    watched.settle("an edit in a folder that was moved in");
    fs::rename(watched.at("content/moved"), watched.at("elsewhere")).unwrap();
    watched.settle("a folder is moved out");
    assert_eq!(watched.tree.iter().count(), 3);
    watched.write("elsewhere/2.md", "not ours");
    assert!(watched.is_quiet());
    // Folders that are made faster than anybody can watch them.
    for number in 0..40 {
        watched.write(&format!("content/{}/{number}/x/{number}.md", number % 7), "deep");
    }
    watched.settle("many folders");
    assert_eq!(watched.tree.iter().count(), 43);
}

#[test]
fn git_switches_a_thousand_files() {
    let names: Vec<String> = (0..1000).map(|number| format!("content/statements/{number}.md")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "main")).collect();
    let mut watched = Watched::new(&files, Eyes::Events);
    for (number, name) in names.iter().enumerate() {
        let at = watched.at(name);
        match number % 4 {
            0 => fs::remove_file(&at).unwrap(),
            1 => {
                fs::remove_file(&at).unwrap();
                write(&at, &format!("branch {number}"));
            }
            2 => write(&watched.at(&format!("content/new/{number}/{number}.md")), "branch"),
            _ => {}
        }
    }
    watched.settle("another branch");
    assert_eq!(watched.tree.iter().count(), 1000);
    fs::remove_dir_all(watched.at("content")).unwrap();
    for name in &names {
        watched.write(name, "main");
    }
    watched.settle("and back");
    assert_eq!(watched.tree.iter().count(), 1000);
}

#[test]
fn a_storm_of_edits_ends_at_the_last_one() {
    let mut watched = watched();
    let at = watched.at("content");
    let storm = std::thread::spawn(move || {
        for round in 0..200 {
            for name in ["a", "b", "c", "d"] {
                fs::write(at.join(format!("{name}.md")), format!("{name} {round}")).unwrap();
            }
            if round % 10 == 3 {
                drop(fs::remove_file(at.join("d.md")));
            }
            if round % 50 == 7 {
                fs::create_dir_all(at.join(format!("folder-{round}"))).unwrap();
                fs::write(at.join(format!("folder-{round}/x.md")), "x").unwrap();
            }
        }
    });
    while !storm.is_finished() {
        watched.next(Duration::from_millis(5));
    }
    storm.join().unwrap();
    watched.settle("a storm");
    assert_eq!(watched.text("content/d.md"), Some("d 199"));
}

/// More events than the system, or the inbox, keeps for those who do not look.
#[test]
fn what_was_missed_is_made_up_for() {
    let mut watched = watched();
    for round in 0..30 {
        for number in 0..1000 {
            fs::write(watched.at(&format!("content/{number}.md")), format!("{round}")).unwrap();
        }
    }
    watched.settle("a flood that nobody read");
    assert_eq!(watched.text("content/999.md"), Some("29"));
    watched.write(A, "and after it");
    watched.settle("an edit after the flood");
    assert_eq!(watched.text(A), Some("and after it"));
}

#[test]
fn folders_and_the_root_are_deleted_and_restored() {
    let mut watched = watched();
    watched.write("content/campaign.yaml", "title: x");
    watched.settle("campaign.yaml");
    fs::remove_file(watched.at("content/campaign.yaml")).unwrap();
    watched.settle("campaign.yaml is deleted");
    assert_eq!(watched.text("content/campaign.yaml"), None);
    watched.write("content/campaign.yaml", "title: x");
    watched.settle("campaign.yaml is restored");
    for folder in ["content", "static"] {
        fs::remove_dir_all(watched.at(folder)).unwrap();
        watched.settle("a folder is deleted");
        fs::create_dir(watched.at(folder)).unwrap();
        watched.settle("it is restored, empty");
        watched.write(&format!("{folder}/a.md"), "again");
        watched.settle("with a file");
        watched.write(&format!("{folder}/a.md"), "and again");
        watched.settle("which is edited");
        assert_eq!(watched.text(&format!("{folder}/a.md")), Some("and again"));
    }
    watched.write("themes/own/templates/base.html", "a theme that was not there before");
    watched.settle("themes");
    fs::rename(watched.at("content"), watched.at("aside")).unwrap();
    watched.settle("content is set aside");
    fs::rename(watched.at("aside"), watched.at("content")).unwrap();
    watched.settle("and put back");
    watched.write(A, "there");
    watched.settle("an edit after that");
    assert_eq!(watched.text(A), Some("there"));
    let aside = tempfile::tempdir().unwrap();
    fs::rename(watched.folder.path(), aside.path().join("root")).unwrap();
    watched.settle("the root is gone");
    assert_eq!(watched.tree.iter().count(), 0);
    fs::rename(aside.path().join("root"), watched.folder.path()).unwrap();
    watched.settle("the root is back");
    watched.write(A, "home");
    watched.settle("an edit in it");
    assert_eq!(watched.text(A), Some("home"));
}

#[test]
fn what_is_wrong_on_the_disk_is_told_while_it_is_wrong() {
    let mut watched = watched();
    fs::write(watched.at(A), [0xff, 0xfe]).unwrap();
    watched.settle("no text");
    assert_eq!((watched.findings.len(), watched.text(A)), (1, None));
    fs::write(watched.at(A), [b'\n', 0xff]).unwrap();
    watched.settle("no text on another line");
    assert_eq!(watched.findings.len(), 1, "a finding takes the place of the one before it");
    watched.write(A, "text");
    watched.settle("text again");
    assert_eq!(watched.findings, []);
    watched.write("content/A.md", "a name that is another's");
    watched.settle("a collision");
    assert_eq!(watched.findings.len(), 1);
    watched.write(A, "edited meanwhile");
    watched.settle("an edit beside it");
    assert_eq!(watched.text(A), Some("edited meanwhile"));
    fs::remove_file(watched.at("content/A.md")).unwrap();
    watched.settle("no collision");
    assert_eq!(watched.findings, []);
    watched.write("content/con.md", "a device");
    watched.settle("a name that Windows cannot store");
    assert_eq!(watched.findings.len(), 1);
    fs::rename(watched.at("content/con.md"), watched.at("content/se\u{301}.md")).unwrap();
    watched.settle("a name as macOS stores it");
    assert_eq!(watched.text("content/sé.md"), Some("a device"));
    fs::remove_file(watched.at("content/se\u{301}.md")).unwrap();
    watched.settle("it is gone");
    assert_eq!((watched.findings.len(), watched.text("content/sé.md")), (0, None));
}

#[test]
#[cfg(unix)]
fn links_pipes_and_closed_doors() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mut watched = watched();
    let (root, folder) = (watched.at(""), watched.at("content"));
    watched.write("README.md", "at the root");
    symlink("../README.md", folder.join("about.md")).unwrap();
    watched.settle("a link");
    assert_eq!(watched.text("content/about.md"), Some("at the root"));
    watched.write("README.md", "edited at the root");
    watched.settle("an edit where the link leads");
    assert_eq!(watched.text("content/about.md"), Some("edited at the root"));
    watched.write("other.md", "not linked");
    assert!(watched.is_quiet());
    fs::remove_file(root.join("README.md")).unwrap();
    watched.settle("a link to nothing");
    assert_eq!(watched.findings.len(), 1);
    symlink("docs/real.md", root.join("README.md")).unwrap();
    watched.settle("a link to a link to nothing");
    watched.write("docs/real.md", "far away");
    watched.settle("where both lead");
    assert_eq!(watched.text("content/about.md"), Some("far away"));
    watched.write("docs/real.md", "edited far away");
    watched.settle("an edit far away");
    assert_eq!(watched.text("content/about.md"), Some("edited far away"));
    symlink("../docs", folder.join("docs")).unwrap();
    watched.settle("a link to a folder");
    watched.write("docs/second.md", "by a link");
    watched.settle("a file by a link");
    assert_eq!(watched.text("content/docs/second.md"), Some("by a link"));
    symlink("..", folder.join("loop")).unwrap();
    symlink("/etc/hostname", folder.join("out.txt")).unwrap();
    watched.settle("a loop, and a link that leaves");
    assert_eq!(watched.findings.len(), 2);
    for link in ["loop", "out.txt", "docs"] {
        fs::remove_file(folder.join(link)).unwrap();
    }
    watched.settle("no such links");
    assert_eq!(watched.findings, []);
    rustix::fs::mknodat(
        rustix::fs::CWD,
        folder.join("pipe.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o644),
        0,
    )
    .unwrap();
    watched.settle("a pipe");
    assert_eq!(watched.findings.len(), 1);
    fs::remove_file(folder.join("pipe.md")).unwrap();
    fs::set_permissions(watched.at(A), fs::Permissions::from_mode(0o000)).unwrap();
    watched.settle("a closed file");
    fs::set_permissions(watched.at(A), fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
    watched.settle("a closed folder");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    watched.settle("an open folder");
    watched.write(A, "open");
    watched.settle("an edit in it");
    assert_eq!((watched.text(A), watched.findings.len()), (Some("open"), 0));
}

#[test]
fn polling_sees_the_same() {
    let files = [(A, "one"), ("content/b.md", "b")];
    let mut watched = Watched::new(&files, Eyes::Poll(Duration::from_millis(20)));
    assert!(watched.is_quiet());
    for edit in ["two", "2wo", "tw2"] {
        watched.write(A, edit);
        watched.settle("an edit of the same size");
        assert_eq!(watched.text(A), Some(edit));
    }
    watched.write("content/deep/new.md", "new");
    fs::remove_file(watched.at("content/b.md")).unwrap();
    watched.settle("a new file, and one gone");
    fs::remove_dir_all(watched.at("content")).unwrap();
    watched.settle("all gone");
    watched.write(A, "back");
    watched.settle("back");
    assert_eq!(watched.text(A), Some("back"));
}

/// A clock as coarse as a network drive's: the time of change is the same for edits within two seconds.
#[test]
#[cfg(unix)]
fn polling_does_not_believe_young_stamps() {
    let mut watched = Watched::new(&[(A, "one")], Eyes::Poll(Duration::from_millis(20)));
    let time = fs::metadata(watched.at(A)).unwrap().modified().unwrap();
    for edit in ["two", "six", "ten"] {
        watched.write(A, edit);
        fs::File::options().write(true).open(watched.at(A)).unwrap().set_modified(time).unwrap();
        watched.settle("an edit that keeps length and time");
        assert_eq!(watched.text(A), Some(edit));
    }
}

#[test]
fn it_ends_when_it_is_told_to_and_sleeps_until_then() {
    let mut watched = watched();
    let stopper = watched.watch.stopper();
    let stopping = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        stopper.stop();
    });
    assert!(matches!(watched.watch.next(None), Woken::Stopped));
    assert!(matches!(watched.watch.next(Some(Duration::from_secs(9))), Woken::Stopped));
    stopping.join().unwrap();
    let missing = watched.at("none");
    assert!(Watch::start(&ReadOptions::new(&missing), Eyes::Events).is_err());
}

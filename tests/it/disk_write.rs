//! The door out: what is refused, what a build leaves when it ends well, badly or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use handbill::base::OutPath;
use handbill::disk::{MANIFEST, Output, Published, Staging, WriteError};
use tempfile::TempDir;

/// Runs something without root's rights to read and write everything, also in rayon's threads. Only root need drop
/// them; the kernel keeps them per thread.
pub(crate) fn as_nobody<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::spawn(move || {
        if rustix::process::geteuid().is_root() {
            rustix::thread::set_thread_uid(rustix::fs::Uid::from_raw(65_534)).unwrap();
        }
        rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap().install(run)
    });
    thread.join().unwrap()
}

pub(crate) fn project() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for folder in ["content", "themes", "static", ".git"] {
        fs::create_dir(root.path().join(folder)).unwrap();
    }
    root
}

fn out(path: &str) -> OutPath {
    OutPath::new(path).unwrap()
}

pub(crate) fn open(root: &Path) -> Result<Output, WriteError> {
    Output::open(root, Path::new("public"), None)
}

fn fill(staging: &Staging, files: &[(&str, &str)]) {
    for (path, text) in files {
        staging.write(&out(path), text.as_bytes()).unwrap();
    }
}

pub(crate) fn build(root: &Path, files: &[(&str, &str)]) -> Published {
    let staging = open(root).unwrap().begin().unwrap().of("this site".to_owned());
    fill(&staging, files);
    staging.publish().unwrap()
}

/// Every file below a folder with its text, and every empty folder.
pub(crate) fn all(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(folder).unwrap().to_owned();
        if entry.file_type().is_file() {
            found.insert(below, fs::read_to_string(entry.path()).unwrap());
        } else if fs::read_dir(entry.path()).is_ok_and(|mut entries| entries.next().is_none()) {
            found.insert(below, String::from("(an empty folder)"));
        }
    }
    found
}

pub(crate) fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = all(folder);
    assert!(found.remove(Path::new(MANIFEST)).is_some(), "a site has a manifest");
    found
}

pub(crate) fn expected(files: &[(&str, &str)]) -> BTreeMap<PathBuf, String> {
    files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect()
}

pub(crate) const OLD: &[(&str, &str)] =
    &[("a/index.html", "a"), ("b/c/index.html", "c"), ("index.html", "old")];

/// The workshop, which holds nothing but its lock between builds.
pub(crate) fn workshop(root: &Path) -> PathBuf {
    root.join(".handbill/publish/public")
}

fn assert_tidy(root: &Path) {
    assert_eq!(all(&workshop(root)), expected(&[("lock", "")]));
}

#[test]
fn a_site_is_published_and_replaced() {
    let root = project();
    let first = build(root.path(), OLD);
    assert_eq!((first.files, first.bytes, first.added, first.changed, first.removed), (3, 5, 3, 0, 0));
    assert_eq!(texts(&root.path().join("public")), expected(OLD));
    let new = [("index.html", "new"), ("a/index.html", "a"), ("d.css", "d")];
    let second = build(root.path(), &new);
    assert_eq!((second.files, second.added, second.changed, second.removed), (3, 1, 1, 1));
    assert_eq!(second.vanished, [out("b/c/index.html")]);
    assert_eq!(second.kept, None);
    assert_eq!(texts(&root.path().join("public")), expected(&new), "what is retracted is gone");
    assert_tidy(root.path());
}

#[test]
fn an_empty_folder_and_a_missing_parent_will_do() {
    let root = project();
    fs::create_dir(root.path().join("public")).unwrap();
    build(root.path(), OLD);
    assert_eq!(texts(&root.path().join("public")), expected(OLD));
    let deep = Output::open(root.path(), Path::new("build/./x/../site/"), None).unwrap();
    assert_eq!(deep.path(), fs::canonicalize(root.path()).unwrap().join("build/site"));
    let staging = deep.begin().unwrap();
    fill(&staging, OLD);
    staging.publish().unwrap();
    assert_eq!(texts(&root.path().join("build/site")), expected(OLD));
}

#[test]
fn a_missing_file_of_the_old_site_is_no_matter() {
    let root = project();
    build(root.path(), OLD);
    fs::remove_dir_all(root.path().join("public/b")).unwrap();
    fs::remove_file(root.path().join("public/index.html")).unwrap();
    build(root.path(), &[("index.html", "new")]);
    assert_eq!(texts(&root.path().join("public")), expected(&[("index.html", "new")]));
}

#[test]
fn the_manifest_depends_on_the_site_alone() {
    let (one, other) = (project(), project());
    build(one.path(), OLD);
    let backwards: Vec<(&str, &str)> = OLD.iter().rev().copied().collect();
    build(other.path(), &backwards);
    build(other.path(), &backwards);
    let manifest = |root: &TempDir| fs::read_to_string(root.path().join("public").join(MANIFEST)).unwrap();
    assert_eq!(manifest(&one), manifest(&other));
    assert!(manifest(&one).contains(
        "\"a/index.html\": {\"bytes\": 1, \"sha256\": \"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\"}"
    ));
    let json: serde_json::Value = serde_json::from_str(&manifest(&one)).unwrap();
    assert_eq!(json["files"].as_object().unwrap().len(), 3);
}

#[test]
fn many_threads_write_at_once() {
    let root = project();
    let staging = open(root.path()).unwrap().begin().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let staging = &staging;
            scope.spawn(move || {
                for page in 0..100 {
                    staging.write(&out(&format!("p/{}/{thread}-{page}.html", page % 10)), b"x").unwrap();
                }
            });
        }
    });
    assert_eq!(staging.publish().unwrap().files, 800);
    assert_eq!(texts(&root.path().join("public")).len(), 800);
    open(root.path()).unwrap();
}

#[test]
fn a_build_that_is_dropped_changes_nothing() {
    let root = project();
    build(root.path(), OLD);
    let before = all(root.path());
    let staging = open(root.path()).unwrap().begin().unwrap();
    fill(&staging, &[("index.html", "new"), ("x/y.html", "y")]);
    assert_eq!(texts(&root.path().join("public")), expected(OLD));
    drop(staging);
    assert_eq!(all(root.path()), before);
}

#[test]
fn a_path_is_written_once() {
    let root = project();
    build(root.path(), OLD);
    let pairs = [("a.html", "a.html"), ("a", "a/b"), ("a/b", "a"), (MANIFEST, MANIFEST)];
    for (one, other) in pairs {
        let staging = open(root.path()).unwrap().begin().unwrap();
        let first = staging.write(&out(one), b"1");
        let second = staging.write(&out(other), b"2").unwrap_err();
        assert!(matches!(second, WriteError::Twice { .. }), "{one} {other}: {first:?} {second:?}");
        assert!(matches!(staging.publish().unwrap_err(), WriteError::Incomplete));
        assert_eq!(texts(&root.path().join("public")), expected(OLD));
    }
    assert_tidy(root.path());
}

#[test]
fn a_write_that_the_system_refuses_publishes_nothing() {
    let root = project();
    build(root.path(), OLD);
    let staging = open(root.path()).unwrap().begin().unwrap();
    let error = staging.write(&out(&"x".repeat(300)), b"1").unwrap_err();
    assert!(matches!(error, WriteError::Io { .. }));
    assert_eq!(error.exit_status(), 3);
    assert!(staging.publish().is_err());
    assert_eq!(texts(&root.path().join("public")), expected(OLD));
    assert_tidy(root.path());
}

#[test]
fn a_folder_without_permission_is_an_error_in_words() {
    let root = project();
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let path = root.path().to_owned();
    let error = as_nobody(move || open(&path).unwrap().begin().unwrap_err());
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(error.to_string().ends_with("cannot be written: permission denied"), "{error}");
    assert_eq!((error.exit_status(), error.cure().is_some()), (3, true));
}

#[test]
fn two_builds_at_once_are_refused() {
    let root = project();
    let output = open(root.path()).unwrap();
    let first = output.begin().unwrap();
    let second = output.begin().unwrap_err();
    assert!(matches!(second, WriteError::Busy { .. }));
    assert_eq!(second.exit_status(), 3);
    assert!(second.to_string().starts_with("another build is writing to "), "{second}");
    let elsewhere = Output::open(root.path(), Path::new("preview"), None).unwrap();
    elsewhere.begin().expect("another output is another matter");
    fill(&first, OLD);
    first.publish().unwrap();
    output.begin().unwrap();
    assert_eq!(texts(&root.path().join("public")), expected(OLD));
}

/// The process that the next test kills: half a site, and then nothing for a minute.
fn wait_to_be_killed(root: &Path) {
    let staging = open(root).unwrap().begin().unwrap();
    fill(&staging, &[("index.html", "half"), ("z/index.html", "z")]);
    fs::write(root.join("ready"), "").unwrap();
    std::thread::sleep(Duration::from_secs(60));
}

#[test]
fn a_killed_build_changes_nothing() {
    if let Some(root) = std::env::var_os("HANDBILL_TEST_ROOT") {
        return wait_to_be_killed(Path::new(&root));
    }
    let root = project();
    build(root.path(), OLD);
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "disk_write::a_killed_build_changes_nothing"])
        .env("HANDBILL_TEST_ROOT", root.path())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..3000 {
        if root.path().join("ready").exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(matches!(open(root.path()).unwrap().begin(), Err(WriteError::Busy { .. })));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(workshop(root.path()).join("new/z/index.html").exists());
    assert_eq!(texts(&root.path().join("public")), expected(OLD));
    build(root.path(), &[("index.html", "new")]);
    assert_eq!(texts(&root.path().join("public")), expected(&[("index.html", "new")]));
    assert_tidy(root.path());
}

#[test]
fn a_build_killed_between_two_renames_is_mended() {
    let root = project();
    build(root.path(), OLD);
    fs::rename(root.path().join("public"), workshop(root.path()).join("aside")).unwrap();
    let staging = open(root.path()).unwrap().begin().unwrap();
    assert_eq!(texts(&root.path().join("public")), expected(OLD), "the old site is back");
    fill(&staging, &[("index.html", "new")]);
    let published = staging.publish().unwrap();
    assert_eq!((published.changed, published.removed), (1, 2));
    assert_tidy(root.path());
}

#[test]
fn a_build_killed_after_the_exchange_is_tidied() {
    for name in ["new", "gone", "aside"] {
        let root = project();
        build(root.path(), OLD);
        fs::rename(root.path().join("public"), root.path().join("old")).unwrap();
        build(root.path(), &[("index.html", "new")]);
        fs::rename(root.path().join("old"), workshop(root.path()).join(name)).unwrap();
        drop(open(root.path()).unwrap().begin().unwrap());
        assert_eq!(texts(&root.path().join("public")), expected(&[("index.html", "new")]));
        assert_tidy(root.path());
    }
}

#[test]
fn what_a_user_puts_into_the_workshop_is_kept() {
    let root = project();
    build(root.path(), OLD);
    fs::create_dir(workshop(root.path()).join("new")).unwrap();
    fs::write(workshop(root.path()).join("new/mine.txt"), "mine").unwrap();
    build(root.path(), OLD);
    assert_eq!(all(&workshop(root.path()).join("kept-1")), expected(&[("mine.txt", "mine")]));
}

#[test]
fn what_changes_in_the_old_site_during_a_build_is_kept() {
    let root = project();
    build(root.path(), OLD);
    let staging = open(root.path()).unwrap().begin().unwrap();
    let new = [("a/index.html", "a"), ("b/c/index.html", "d"), ("index.html", "new")];
    fill(&staging, &new);
    fs::write(root.path().join("public/mine.txt"), "mine").unwrap();
    fs::write(root.path().join("public/b/c/index.html"), "C").unwrap();
    let kept = staging.publish().unwrap().kept.unwrap();
    let mine = expected(&[("mine.txt", "mine"), ("b/c/index.html", "C")]);
    assert_eq!(texts(&kept), mine);
    assert_eq!(texts(&root.path().join("public")), expected(&new));
}

#[test]
fn an_edit_of_a_file_that_was_taken_over_is_not_published() {
    let root = project();
    build(root.path(), OLD);
    let staging = open(root.path()).unwrap().begin().unwrap();
    fill(&staging, &[("a/index.html", "a"), ("index.html", "new")]);
    std::thread::sleep(Duration::from_millis(20));
    fs::write(root.path().join("public/a/index.html"), "A").unwrap();
    let error = staging.publish().unwrap_err();
    assert!(error.to_string().ends_with("a/index.html was changed since Handbill wrote it"), "{error}");
    let old = expected(&[("a/index.html", "A"), ("b/c/index.html", "c"), ("index.html", "old")]);
    assert_eq!(texts(&root.path().join("public")), old);
    assert_tidy(root.path());
}

#[test]
fn an_edit_before_a_file_is_taken_over_is_not_published_either() {
    let root = project();
    build(root.path(), OLD);
    let staging = open(root.path()).unwrap().begin().unwrap();
    std::thread::sleep(Duration::from_millis(20));
    fs::write(root.path().join("public/a/index.html"), "A").unwrap();
    fill(&staging, OLD);
    let kept = staging.publish().unwrap().kept.unwrap();
    assert_eq!(texts(&kept), expected(&[("a/index.html", "A")]));
    assert_eq!(texts(&root.path().join("public")), expected(OLD));
}

#[test]
fn what_stays_the_same_is_taken_over() {
    let root = project();
    build(root.path(), OLD);
    let number = |path: &str| fs::metadata(root.path().join("public").join(path)).unwrap().ino();
    let (folder, same, other) = (number(""), number("a/index.html"), number("index.html"));
    let unchanged = build(root.path(), OLD);
    assert_eq!((unchanged.files, unchanged.added, unchanged.changed, unchanged.removed), (3, 0, 0, 0));
    assert_eq!(number(""), folder, "a site that is the same stays where it is");
    assert_tidy(root.path());
    let changed =
        build(root.path(), &[("a/index.html", "a"), ("b/c/index.html", "c"), ("index.html", "NEW")]);
    assert_eq!((changed.files, changed.changed, changed.kept), (3, 1, None));
    assert_eq!(number("a/index.html"), same);
    assert_ne!(number("index.html"), other);
    assert_eq!(fs::metadata(root.path().join("public/a/index.html")).unwrap().nlink(), 1);
    assert_tidy(root.path());
}

#[test]
fn a_site_with_a_missing_file_is_published_again() {
    let root = project();
    build(root.path(), OLD);
    fs::remove_file(root.path().join("public/a/index.html")).unwrap();
    build(root.path(), OLD);
    assert_eq!(texts(&root.path().join("public")), expected(OLD));
}

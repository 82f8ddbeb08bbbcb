//! Output folders that are refused, and links that are set as traps.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;

use handbill::disk::{MANIFEST, Output, Refusal, WriteError};

use crate::disk_write::{OLD, all, build, expected, open, project, texts, workshop};

fn reason(result: Result<Output, WriteError>) -> Refusal {
    match result {
        Err(error @ WriteError::Refused { .. }) => {
            assert_eq!(error.exit_status(), 2);
            assert!(error.cure().is_some());
            let WriteError::Refused { reason, .. } = error else { unreachable!() };
            reason
        }
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn foreign_files_and_folders_are_refused() {
    type Make = fn(&Path);
    let foreign: [(&str, Make); 5] = [
        ("a/mine.html", |at| fs::write(at, "mine").unwrap()),
        (".DS_Store", |at| fs::write(at, "").unwrap()),
        ("a/empty", |at| fs::create_dir(at).unwrap()),
        ("a/link", |at| symlink("/etc/passwd", at).unwrap()),
        ("zz", |at| symlink("/", at).unwrap()),
    ];
    for (path, make) in foreign {
        let root = project();
        build(root.path(), OLD);
        make(&root.path().join("public").join(path));
        let before = all(root.path());
        assert_eq!(reason(open(root.path())), Refusal::Foreign(path.into()));
        assert_eq!(all(root.path()), before);
    }
}

#[test]
fn the_first_foreign_file_is_named() {
    let root = project();
    build(root.path(), OLD);
    for name in ["z.txt", "b/c/foreign", "m.txt"] {
        fs::write(root.path().join("public").join(name), "").unwrap();
    }
    let error = open(root.path()).unwrap_err();
    assert!(
        error.to_string().ends_with(
            "is not used as the output folder: it holds b/c/foreign, which Handbill did not write"
        ),
        "{error}"
    );
}

#[test]
fn edited_files_are_refused() {
    for text in ["longer than it was", "C"] {
        let root = project();
        build(root.path(), OLD);
        fs::write(root.path().join("public/b/c/index.html"), text).unwrap();
        assert_eq!(reason(open(root.path())), Refusal::Edited("b/c/index.html".into()));
    }
    let root = project();
    build(root.path(), OLD);
    fs::remove_dir_all(root.path().join("public/a")).unwrap();
    symlink("b", root.path().join("public/a")).unwrap();
    assert_eq!(reason(open(root.path())), Refusal::Foreign("a".into()), "a link is nothing of ours");
}

/// Large files are not read again where their stamps are those of the time at which they were written.
#[test]
fn edited_large_files_are_refused_too() {
    let (before, after) = ("a".repeat(20_000), "b".repeat(20_000));
    let root = project();
    build(root.path(), &[("photo.jpg", &before)]);
    let file = root.path().join("public/photo.jpg");
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    // Both lists are as old as they may be in the end: what is young is always read.
    let list = root.path().join(".handbill/publish/public/sighted");
    let later = written + std::time::Duration::from_secs(60);
    fs::File::options().append(true).open(&list).unwrap().set_modified(later).unwrap();
    assert!(open(root.path()).is_ok());
    fs::write(&file, &after).unwrap();
    let edited = fs::File::options().append(true).open(&file).unwrap();
    edited.set_modified(written + std::time::Duration::from_secs(1)).unwrap();
    assert_eq!(reason(open(root.path())), Refusal::Edited("photo.jpg".into()));
    // Its time may be set back, but that is a change as well.
    edited.set_modified(written).unwrap();
    assert_eq!(reason(open(root.path())), Refusal::Edited("photo.jpg".into()));
    // So the list was believed above: this one is, though it is wrong.
    let now = fs::metadata(&file).unwrap();
    let nanoseconds = |seconds: i64, rest: i64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    let modified = nanoseconds(now.mtime(), now.mtime_nsec());
    let changed = nanoseconds(now.ctime(), now.ctime_nsec());
    fs::write(&list, format!("{} {modified} {changed} {} photo.jpg\n", now.len(), now.ino())).unwrap();
    fs::File::options().append(true).open(&list).unwrap().set_modified(later).unwrap();
    assert!(open(root.path()).is_ok());
    fs::remove_file(&list).unwrap();
    assert_eq!(reason(open(root.path())), Refusal::Edited("photo.jpg".into()));
}

/// A list is of use only where it says what is so after the build that wrote it.
#[test]
fn large_files_are_known_after_every_kind_of_build() {
    let large = "a".repeat(20_000);
    let root = project();
    let list = root.path().join(".handbill/publish/public/sighted");
    for (what, text) in [("the first", "1"), ("another", "2"), ("the same", "2"), ("another again", "3")] {
        build(root.path(), &[("photo.jpg", &large), ("index.html", text)]);
        let now = fs::metadata(root.path().join("public/photo.jpg")).unwrap();
        let line = fs::read_to_string(&list).unwrap();
        let changed = i128::from(now.ctime()) * 1_000_000_000 + i128::from(now.ctime_nsec());
        assert!(
            line.contains(&format!(" {changed} {} photo.jpg", now.ino())),
            "{what}: {line}, not {changed}"
        );
    }
}

#[test]
fn a_site_that_changes_between_the_look_and_the_beginning_is_looked_at_again() {
    let root = project();
    let output = open(root.path()).unwrap();
    fs::create_dir(root.path().join("public")).unwrap();
    fs::write(root.path().join("public/mine.txt"), "mine").unwrap();
    assert!(matches!(output.begin(), Err(WriteError::Refused { reason: Refusal::NotOurs, .. })));
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let root = project();
    fs::create_dir(root.path().join("public")).unwrap();
    fs::write(root.path().join("public/mine.txt"), "mine").unwrap();
    assert_eq!(reason(open(root.path())), Refusal::NotOurs);
    symlink("mine.txt", root.path().join("public").join(MANIFEST)).unwrap();
    assert_eq!(reason(open(root.path())), Refusal::NotOurs, "a link is no marker");
    fs::remove_file(root.path().join("public").join(MANIFEST)).unwrap();
    fs::write(root.path().join("public").join(MANIFEST), "{}").unwrap();
    assert!(matches!(reason(open(root.path())), Refusal::BadManifest(_)));
}

#[test]
fn places_that_are_no_output_are_refused() {
    let around = tempfile::tempdir().unwrap();
    let root = around.path().join("site");
    for folder in ["content/sub", "themes", "static", ".git/x", "home", "docs/deep"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    fs::write(root.join("file"), "").unwrap();
    symlink("docs", root.join("link")).unwrap();
    symlink("content", root.join("alias")).unwrap();
    let home = around.path().join("home/me");
    fs::create_dir_all(&home).unwrap();
    let refused = |output: &Path| reason(Output::open(&root, output, Some(&home)));
    let inside = Refusal::Inside;
    let real = fs::canonicalize(&root).unwrap();
    for (output, expected) in [
        (".", Refusal::Root),
        ("", Refusal::Root),
        ("docs/..", Refusal::Root),
        ("..", Refusal::AroundRoot),
        ("../..", Refusal::AroundRoot),
        ("/", Refusal::SystemRoot),
        ("content", inside("content")),
        ("content/", inside("content")),
        ("content/sub", inside("content")),
        ("content/new/deep", inside("content")),
        ("docs/../content/x", inside("content")),
        ("CONTENT", inside("content")),
        ("Static/x", inside("static")),
        ("themes", inside("themes")),
        ("static/x", inside("static")),
        (".git", inside(".git")),
        (".git/x", inside(".git")),
        (".handbill", inside(".handbill")),
        (".handbill/publish/x", inside(".handbill")),
        ("docs/.git", inside(".git")),
        ("../home/me", Refusal::Home),
        ("../home", Refusal::Home),
        ("link", Refusal::Link(real.join("link"))),
        ("link/", Refusal::Link(real.join("link"))),
        ("link/.", Refusal::Link(real.join("link"))),
        ("link/deep", Refusal::Link(real.join("link"))),
        ("alias/x", Refusal::Link(real.join("alias"))),
        ("file", Refusal::NotAFolder),
        ("file/x", Refusal::NotAFolder),
    ] {
        assert_eq!(refused(Path::new(output)), expected, "{output}");
    }
    assert_eq!(refused(&root), Refusal::Root);
    assert_eq!(refused(around.path()), Refusal::AroundRoot);
    assert!(Output::open(&root, Path::new("content-site"), Some(&home)).is_ok());
    assert!(Output::open(&root, Path::new("../home/me/site"), Some(&home)).is_ok());
    assert!(!root.join(".handbill").exists(), "a look writes nothing");
}

#[test]
fn a_content_folder_behind_a_link_is_no_output_either() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("docs/pages")).unwrap();
    symlink("docs/pages", root.path().join("content")).unwrap();
    let place = Output::open(root.path(), Path::new("docs/pages/public"), None);
    assert_eq!(reason(place), Refusal::Inside("content"));
}

#[test]
fn a_link_in_place_of_the_workshop_is_refused() {
    let root = project();
    let outside = tempfile::tempdir().unwrap();
    for path in
        [".handbill", ".handbill/publish", ".handbill/publish/public", ".handbill/publish/public/lock"]
    {
        let at = root.path().join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        symlink(outside.path().join("new"), &at).unwrap();
        assert!(open(root.path()).unwrap().begin().is_err(), "{path}");
        fs::remove_file(&at).unwrap();
        symlink(outside.path(), &at).unwrap();
        assert!(open(root.path()).unwrap().begin().is_err(), "{path}");
        fs::remove_file(&at).unwrap();
    }
    assert_eq!(all(outside.path()), expected(&[]), "nothing outside was written");
}

#[test]
fn links_in_the_workshop_lead_nowhere() {
    let root = project();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("precious.txt"), "precious").unwrap();
    build(root.path(), OLD);
    for name in ["new", "gone", "manifest"] {
        symlink(outside.path(), workshop(root.path()).join(name)).unwrap();
    }
    symlink(outside.path().join("precious.txt"), workshop(root.path()).join("aside")).unwrap();
    build(root.path(), &[("index.html", "new")]);
    assert_eq!(all(outside.path()), expected(&[("precious.txt", "precious")]));
    assert_eq!(texts(&root.path().join("public")), expected(&[("index.html", "new")]));
}

//! The door in: what is read, what is left out, and what is said of it.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use handbill::base::{SourcePath, Tree};
use handbill::diagnostics::Checked;
use handbill::disk::{Limits, ReadError, ReadOptions, read};
use rustix::fs::{CWD, Mode, mkfifoat};
use tempfile::TempDir;

/// A project `site` with a page in it, and beside it a folder `outside` with a secret.
struct Project {
    around: TempDir,
}

impl Project {
    fn new() -> Project {
        let project = Project { around: tempfile::tempdir().unwrap() };
        project.put("content/index.md", "hello");
        fs::create_dir(project.around.path().join("outside")).unwrap();
        fs::write(project.around.path().join("outside/secret.md"), "secret").unwrap();
        project
    }

    fn root(&self) -> PathBuf {
        self.around.path().join("site")
    }

    fn at(&self, path: &str) -> PathBuf {
        let at = self.root().join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        at
    }

    fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.at(path), bytes).unwrap();
    }

    fn link(&self, path: &str, target: impl AsRef<Path>) {
        symlink(target, self.at(path)).unwrap();
    }

    fn read(&self) -> Checked<Tree> {
        let read = read(&ReadOptions::new(&self.root())).unwrap();
        let secret =
            read.value.iter().any(|(_, file)| file.bytes().is_some_and(|bytes| &bytes[..] == b"secret"));
        assert!(!secret, "something outside the root was read");
        read
    }
}

fn paths(read: &Checked<Tree>) -> Vec<&str> {
    read.value.iter().map(|(path, _)| path.as_str()).collect()
}

/// Each finding as its code and the file it is about.
fn findings(read: &Checked<Tree>) -> Vec<(u16, &str)> {
    read.findings
        .iter()
        .map(|finding| (finding.code.0, finding.place.as_ref().unwrap().file.as_str()))
        .collect()
}

#[test]
fn the_three_folders_are_read_and_nothing_else_is() {
    let project = Project::new();
    project.put("static/media/a.bin", b"\xff\x00");
    project.put("static/.well-known/security.txt", "x");
    project.put("themes/mine/theme.yaml", "\u{feff}a: 1\r\n");
    for skipped in [
        "README.md",
        "public/index.html",
        ".git/config",
        "content/.hidden.md",
        "content/.git/config",
        "content/a.md~",
        "content/#a.md#",
        "content/4913",
        "content/a.swp",
        "content/a.tmp",
        "content/Thumbs.db",
        "content/desktop.ini",
        "static/.well-known/.hidden",
        "static/a/.well-known/x",
    ] {
        project.put(skipped, "skipped");
    }
    let read = project.read();
    assert_eq!(
        paths(&read),
        [
            "content/index.md",
            "static/.well-known/security.txt",
            "static/media/a.bin",
            "themes/mine/theme.yaml"
        ]
    );
    assert_eq!(findings(&read), []);
    let theme = SourcePath::new("themes/mine/theme.yaml").unwrap();
    assert_eq!(read.value.text(&theme), Some("\u{feff}a: 1\r\n"), "bytes are kept as they are");
}

#[test]
fn a_project_without_folders_is_empty_and_a_missing_one_is_an_error() {
    let empty = tempfile::tempdir().unwrap();
    let nothing = read(&ReadOptions::new(empty.path())).unwrap();
    assert!(nothing.findings.is_empty() && nothing.value.iter().next().is_none());
    let missing = read(&ReadOptions::new(&empty.path().join("none"))).unwrap_err();
    assert!(matches!(missing, ReadError::Missing { .. }));
    assert_eq!((missing.exit_status(), missing.cure().is_some()), (2, true));
    fs::write(empty.path().join("file"), "").unwrap();
    let file = read(&ReadOptions::new(&empty.path().join("file"))).unwrap_err();
    assert!(matches!(file, ReadError::NotAFolder { .. }));
}

#[test]
fn links_inside_are_followed_and_links_outside_are_not() {
    let project = Project::new();
    project.put("shared/photos/a.jpg", "photo");
    project.link("content/media", "../shared/photos");
    project.link("content/again.md", project.root().join("content/index.md"));
    project.link("content/secret.md", "../../outside/secret.md");
    project.link("content/secrets", "../../outside");
    project.link("content/passwd.txt", "/etc/passwd");
    project.link("content/over", "out");
    project.link("content/out", project.around.path());
    project.link("content/nowhere.md", "nothing.md");
    project.link("themes", "../outside");
    let read = project.read();
    assert_eq!(paths(&read), ["content/again.md", "content/index.md", "content/media/a.jpg"]);
    assert_eq!(
        findings(&read),
        [
            (121, "content/nowhere.md"),
            (101, "content/out"),
            (101, "content/over"),
            (101, "content/passwd.txt"),
            (101, "content/secret.md"),
            (101, "content/secrets"),
            (101, "themes"),
        ]
    );
}

#[test]
fn a_folder_of_the_project_may_be_a_link_that_stays_inside() {
    let project = Project::new();
    project.put("docs/site/logo.svg", "<svg/>");
    project.link("static", "docs/site");
    project.put("themes", "a file");
    let read = project.read();
    assert_eq!(paths(&read), ["content/index.md", "static/logo.svg"]);
    assert_eq!(findings(&read), [(124, "themes")]);
}

#[test]
fn links_to_hidden_files_and_to_the_output_are_not_followed() {
    let project = Project::new();
    project.put(".git/config", "secret");
    project.put("public/index.html", "secret");
    project.link("static/config.txt", "../.git/config");
    project.link("static/git", "../.git");
    project.link("static/old", "../public");
    project.link("static/old.html", "../public/index.html");
    let root = project.root();
    for output in [Path::new("public"), &root.join("public")] {
        let read = read(&ReadOptions { output: Some(output), ..ReadOptions::new(&root) }).unwrap();
        assert_eq!(paths(&read), ["content/index.md"]);
        assert_eq!(
            findings(&read),
            [(122, "static/config.txt"), (122, "static/git"), (122, "static/old"), (122, "static/old.html")]
        );
    }
}

#[test]
fn link_loops_end() {
    let project = Project::new();
    project.link("content/a/up", "..");
    project.link("content/a/self", "self");
    project.link("content/root", "..");
    project.link("content/b/to-static", "../../static/c");
    project.link("static/c/to-content", "../../content/b");
    let read = project.read();
    assert_eq!(paths(&read), ["content/index.md"]);
    assert_eq!(
        findings(&read),
        [
            (120, "content/a/self"),
            (120, "content/a/up"),
            (120, "content/b/to-static/to-content"),
            (120, "content/root"),
            (120, "static/c/to-content/to-static"),
        ]
    );
}

#[test]
fn links_that_multiply_end_at_the_limit() {
    let project = Project::new();
    for level in 0..30 {
        for way in ["x", "y"] {
            project.link(&format!("content/l{level}/{way}"), format!("../l{}", level + 1));
        }
    }
    project.put("content/l30/a.md", "a");
    let limits = Limits { folders: 500, ..Limits::default() };
    let read = read(&ReadOptions { limits, ..ReadOptions::new(&project.root()) }).unwrap();
    assert_eq!(read.findings.iter().map(|finding| finding.code.0).collect::<Vec<_>>(), [126]);
}

#[test]
fn what_is_no_file_is_a_finding_and_hangs_nobody() {
    let project = Project::new();
    mkfifoat(CWD, project.at("content/fifo.md"), Mode::RUSR | Mode::WUSR).unwrap();
    mkfifoat(CWD, project.at("shared/fifo"), Mode::RUSR | Mode::WUSR).unwrap();
    project.link("content/linked.md", "../shared/fifo");
    project.link("content/device.md", "/dev/zero");
    let _socket = std::os::unix::net::UnixListener::bind(project.at("content/socket.md")).unwrap();
    let read = project.read();
    assert_eq!(paths(&read), ["content/index.md"]);
    assert_eq!(
        findings(&read),
        [
            (101, "content/device.md"),
            (102, "content/fifo.md"),
            (102, "content/linked.md"),
            (102, "content/socket.md")
        ]
    );
}

#[test]
fn text_is_utf8() {
    let project = Project::new();
    project.put("content/latin1.md", b"one\ntwo\nse\xf1al\n");
    project.put("content/utf16.yaml", b"\xff\xfea\0");
    project.put("content/photo.jpg", b"\xff\xd8");
    let read = project.read();
    assert_eq!(paths(&read), ["content/index.md", "content/photo.jpg"]);
    assert_eq!(findings(&read), [(104, "content/latin1.md"), (104, "content/utf16.yaml")]);
    assert!(read.findings[0].title.contains("line 3"), "{}", read.findings[0].title);
}

#[test]
fn names_are_composed() {
    let project = Project::new();
    project.put("content/sen\u{303}ales/e\u{301}.md", "x");
    assert_eq!(paths(&project.read()), ["content/index.md", "content/se\u{f1}ales/\u{e9}.md"]);
}

#[test]
fn names_that_meet_on_another_system_collide() {
    let project = Project::new();
    project.put("content/Index.md", "x");
    project.put("content/e\u{301}.md", "decomposed");
    project.put("content/\u{e9}.md", "composed");
    project.put("content/Media/a.jpg", "x");
    project.put("content/media/A.jpg", "x");
    project.put("static/index.md", "elsewhere");
    let read = project.read();
    assert_eq!(
        findings(&read),
        [(107, "content/index.md"), (107, "content/media"), (107, "content/\u{e9}.md")],
        "a folder's collision is told once, not for each of its files"
    );
    assert_eq!(read.value.below("content").count(), 5);
    assert_eq!(read.value.text(&SourcePath::new("content/\u{e9}.md").unwrap()), Some("decomposed"));
}

#[test]
fn names_that_windows_cannot_store_are_findings() {
    let project = Project::new();
    for name in
        ["aux.md", "con/a.md", "a:b.md", "end.", "end ", "back\\slash.md", "bell\u{7}.md", "contact.md"]
    {
        project.put(&format!("content/{name}"), "x");
    }
    let read = project.read();
    assert_eq!(
        findings(&read),
        [
            (108, "content/a:b.md"),
            (108, "content/aux.md"),
            (108, "content/back\u{fffd}slash.md"),
            (108, "content/bell\u{fffd}.md"),
            (108, "content/con"),
            (108, "content/end "),
            (108, "content/end."),
        ]
    );
    assert!(paths(&read).contains(&"content/con/a.md"), "what follows from the name is not told again");
    assert!(!paths(&read).iter().any(|path| path.contains(['\u{7}', '\u{fffd}'])));
}

#[test]
fn names_that_are_not_utf8_are_findings() {
    let project = Project::new();
    let name = std::ffi::OsStr::from_bytes(b"se\xf1al.md");
    fs::write(project.root().join("content").join(name), "x").unwrap();
    let folder = std::ffi::OsStr::from_bytes(b"f\xf1");
    fs::create_dir(project.root().join("content").join(folder)).unwrap();
    fs::write(project.root().join("content").join(folder).join("a.md"), "x").unwrap();
    let read = project.read();
    assert_eq!(paths(&read), ["content/index.md"]);
    assert_eq!(findings(&read), [(123, "content/f\u{fffd}"), (123, "content/se\u{fffd}al.md")]);
}

#[test]
fn limits_hold() {
    let project = Project::new();
    for number in 0..4 {
        project.put(&format!("content/{number}.md"), "0123456789");
    }
    let root = project.root();
    let with = |limits| read(&ReadOptions { limits, ..ReadOptions::new(&root) }).unwrap();
    let few = with(Limits { files: 3, ..Limits::default() });
    assert_eq!(paths(&few), ["content/0.md", "content/1.md", "content/2.md"]);
    assert_eq!(findings(&few), [(106, "content/3.md")]);
    let small = with(Limits { file_bytes: 9, ..Limits::default() });
    assert_eq!(paths(&small), ["content/index.md"]);
    assert_eq!(small.findings.len(), 4);
    let total = with(Limits { total_bytes: 44, ..Limits::default() });
    assert_eq!((total.value.iter().count(), findings(&total)), (0, vec![(125, "content")]));
    assert_eq!(with(Limits { total_bytes: 45, ..Limits::default() }).value.iter().count(), 5);
}

#[test]
fn what_the_system_refuses_is_a_finding_each_and_reading_goes_on() {
    let project = Project::new();
    project.put("content/locked.md", "x");
    project.put("content/closed/a.md", "x");
    let root = project.root();
    for path in [project.around.path(), &root, &root.join("content")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    for path in ["content/locked.md", "content/closed"] {
        fs::set_permissions(root.join(path), fs::Permissions::from_mode(0o000)).unwrap();
    }
    let read = crate::disk_write::as_nobody(move || read(&ReadOptions::new(&root)).unwrap());
    fs::set_permissions(project.root().join("content/closed"), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(paths(&read), ["content/index.md"]);
    assert_eq!(findings(&read), [(103, "content/closed"), (103, "content/locked.md")]);
    assert!(read.findings[1].title.ends_with("permission denied"), "{}", read.findings[1].title);
}

#[test]
fn reading_twice_says_the_same() {
    let project = Project::new();
    for number in 0..200 {
        project.put(
            &format!("content/{}/{number}.md", number % 7),
            [b'a', if number % 3 == 0 { 0xff } else { b'b' }],
        );
    }
    let (first, second) = (project.read(), project.read());
    assert_eq!((paths(&first), &first.findings), (paths(&second), &second.findings));
    assert_eq!(first.findings.len(), 67);
}

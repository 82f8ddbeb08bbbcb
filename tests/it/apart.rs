//! What a build keeps apart from: files that are not its own, the network, other programs. And one document's mistakes of ours
//! from all others.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use handbill::base::{File, Shelf, SourcePath};
use handbill::diagnostics::Finding;
use handbill::output::photo::{Darkroom, Patience};
use image::{DynamicImage, ImageFormat};

use super::cli::{Campaign, contents};
use super::support::{self, at, source};

#[test]
fn a_build_writes_its_output_and_its_cache_and_nothing_else() {
    let around = Campaign::empty();
    let files = [
        ("union/content/campaign.yaml", super::cli::CAMPAIGN),
        ("union/content/index.md", "---\ntitle: Care can't wait\n---\nWe strike.\n"),
        ("union/static/logo.txt", "ours"),
        ("union/notes.txt", "not the site's"),
        ("elsewhere/letter.txt", "somebody else's"),
    ];
    for (path, text) in files {
        around.put(path, text);
    }
    let all = || -> BTreeMap<PathBuf, Vec<u8>> {
        let ours = ["public", ".handbill"].map(|name| around.path("union").join(name));
        let mut all = contents(around.folder.path());
        all.retain(|path, _| !ours.iter().any(|ours| path.starts_with(ours)));
        all
    };
    let before = all();
    for arguments in [
        &["build", "--root", "union"][..],
        &["build", "--root", "union", "--drafts"],
        &["check", "--root", "union"],
        &["next", "--root", "union"],
    ] {
        around.run(arguments).exits_with(0);
        assert_eq!(all(), before, "{arguments:?} wrote where it may not");
    }
    assert!(around.path("union/public/index.html").is_file());
}

/// Where the words stand that begin a connection, listen, or start a program: the preview, and what it is called by.
#[test]
fn nothing_but_the_preview_can_reach_the_network_or_start_a_program() {
    const WORDS: [&str; 9] = [
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "UnixStream",
        "tokio::net",
        "hyper::",
        "axum::",
        "process::Command",
        "open::that",
    ];
    let root = support::root().join("src");
    let mut seen = 0;
    for path in support::files(&root).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs")) {
        let text = fs::read_to_string(&path).unwrap();
        let below = path.strip_prefix(&root).unwrap();
        let preview = below.starts_with("serve") || below.starts_with("cli/serve");
        let named: Vec<&str> = WORDS.into_iter().filter(|word| text.contains(word)).collect();
        seen += named.len();
        assert!(preview || named.is_empty(), "src/{} names {named:?}", below.display());
    }
    assert!(seen > 5, "the words no longer find what the preview does: {seen}");
}

/// A shelf that fails as only a mistake of ours would.
#[derive(Debug)]
struct Broken;

impl Shelf for Broken {
    fn get(&self, _: &str) -> Option<Vec<u8>> {
        panic!("the shelf broke")
    }

    fn put(&self, _: &str, _: &[u8]) -> bool {
        false
    }
}

#[test]
fn a_panic_is_told_as_our_bug_and_all_else_is_rendered() {
    let mut photo = std::io::Cursor::new(Vec::new());
    DynamicImage::new_rgb8(300, 200).write_to(&mut photo, ImageFormat::Png).unwrap();
    let mut tree = support::tree(&[
        ("content/campaign.yaml", super::cli::CAMPAIGN),
        ("content/index.md", "---\ntitle: Care can't wait\n---\nWe strike.\n"),
        ("content/line.md", "---\ntitle: The line\n---\n![The line](line.png)\n"),
        ("content/media/media.yaml", "line.png: { alt: The line, credit: UN }\n"),
    ]);
    tree.insert(source("content/media/line.png"), File::new(photo.into_inner()));
    let darkroom = Darkroom::new(Some(Arc::new(Broken)), Patience::Waits);
    let engine = support::engine(&tree, at("2024-10-22T12:00:00-07:00")).with_darkroom(Arc::new(darkroom));
    let mut broken: Vec<Finding> = Vec::new();
    let mut whole = 0;
    let rendering = engine.rendering().unwrap();
    for path in engine.outputs() {
        let rendered = rendering.render(path);
        whole += usize::from(rendered.value.is_some());
        broken.extend(rendered.findings.into_iter().filter(|finding| finding.code.0 == 901));
    }
    let named = |finding: &Finding| finding.place.as_ref().map(|place| place.file.clone());
    assert!(!broken.is_empty(), "nothing broke");
    assert!(
        broken.iter().all(|finding| finding.help.as_ref().is_some_and(|help| help.contains("a bug of ours")))
    );
    assert!(
        broken.iter().filter_map(named).any(|file: SourcePath| file.as_str().contains("line")),
        "{broken:?}"
    );
    assert!(whole > 5, "only {whole} outputs are whole");
}

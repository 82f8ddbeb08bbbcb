//! Each stage of a build by itself, over a campaign that is made in memory: `cargo bench --bench stages`. README.md beside this
//! file says what whole builds take.
#![expect(clippy::unwrap_used, reason = "a stage that cannot begin has nothing to measure")]

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use handbill::base::{Change, File, OutPath, SourcePath, Tree};
use handbill::diagnostics::stops;
use handbill::disk::{self, Output, ReadOptions};
use handbill::engine::{Engine, Settings};
use handbill::parse;
use rayon::prelude::*;
use tempfile::TempDir;

/// The allocator of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many documents the campaign has.
const DOCUMENTS: usize = 1000;

/// Where files are read and written. All of it goes in the end and not before: where files were just deleted, making new
/// ones takes longer.
static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// The campaign with every output rendered once, as it is while somebody edits.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| rendered(campaign()));

fn main() {
    let folder = tempfile::tempdir().unwrap();
    FOLDER.set(folder.path().to_owned()).unwrap();
    divan::main();
}

/// A folder that is there, for one bench or one run of it.
fn fresh() -> PathBuf {
    TempDir::new_in(FOLDER.get().unwrap()).unwrap().keep()
}

/// Of twenty documents, fourteen are statements, five locations, one a timeline.
fn kind(number: usize) -> &'static str {
    match number % 20 {
        0 => "timelines",
        1..=5 => "locations",
        _ => "statements",
    }
}

fn document(number: usize) -> (SourcePath, String) {
    let kind = kind(number);
    let text = match kind {
        "timelines" => timeline(number),
        "locations" => location(number),
        _ => statement(number),
    };
    (SourcePath::new(&format!("content/{kind}/{}.md", slug(number))).unwrap(), text)
}

fn slug(number: usize) -> String {
    format!("document-{number}")
}

fn campaign() -> Tree {
    let mut tree = Tree::default();
    let documents = (0..DOCUMENTS).map(document);
    let rest = [
        ("content/campaign.yaml", include_str!("handbill/content/campaign.yaml")),
        ("content/index.md", include_str!("handbill/content/index.md")),
    ];
    let rest = rest.map(|(path, text)| (SourcePath::new(path).unwrap(), text.to_owned()));
    for (path, text) in documents.chain(rest) {
        tree.insert(path, File::new(text.into_bytes()));
    }
    tree
}

/// About 400 words, with what the texts of campaigns have in them.
fn statement(number: usize) -> String {
    let day = number % 28 + 1;
    let month = number / 28 % 12 + 1;
    let (place, other) = (slug(number / 20 * 20 + 1), slug(number * 7 % DOCUMENTS / 20 * 20 + 6));
    let quote = sentences(number, 2);
    let [lead, middle, end] = [8, 9, 8].map(|count| sentences(number + count, count));
    format!(
        "---\ntitle: Statement {number} on the roster\nsummary: {}\ndate: 2025-{month:02}-{day:02}\ntags: [hours, safety]\n\
         speakers:\n  - {{ name: Ada Grant, role: steward }}\nlocations: [{place}]\n---\n\n{lead}\n\n## What we ask for\n\n\
         {middle} See [the other one](/statements/{other}/) and [[{place}]].\n\n> {quote}\n\n- Two weeks' notice\n- **One** \
         roster\n- No more text messages\n\n| Where | Turnout |\n| --- | ---: |\n| Gate 1 | 91 % |\n| Gate 2 | 87 % |\n\n{end}\n",
        sentences(number, 1),
    )
}

fn location(number: usize) -> String {
    let shifts: String = ["mon", "tue", "wed", "thu", "fri"]
        .map(|day| format!("  - {{ days: {day}, hours: 06:00-{}:30 }}\n", 13 + number % 7))
        .concat();
    format!(
        "---\nname: Gate {number}\nsummary: {}\naddress: {number} Warehouse Way\ncity: Joliet\npostal_code: \"60431\"\n\
         coordinates: 41.{:04}, -88.{:04}\nshifts:\n{shifts}---\n\n{}\n\n## Getting there\n\n- By bus\n- On foot\n",
        sentences(number, 1),
        1000 + number % 9000,
        1000 + number * 3 % 9000,
        sentences(number, 8),
    )
}

fn timeline(number: usize) -> String {
    let entries: String = (1..=10)
        .map(|month| format!("  - {{ date: 2025-{month:02}-03, title: Meeting {month} }}\n"))
        .collect();
    let text = sentences(number, 12);
    format!("---\ntitle: How it came about, part {number}\nevents:\n{entries}---\n\n{text}\n")
}

/// So many sentences, others for other numbers.
fn sentences(number: usize, count: usize) -> String {
    let who = ["drivers", "packers", "stewards", "mechanics", "loaders", "clerks", "cooks"];
    let what = [
        "roster",
        "offer",
        "contract",
        "safety report",
        "petition",
        "ballot",
        "pension plan",
        "answer",
        "notice",
    ];
    let sentence = |at: usize| {
        let (who, what) = (who[(number + at) % who.len()], what[(number * 3 + at) % what.len()]);
        format!(
            "The older {who} of gate {} *waited* for the {what} in the rain before the shift.",
            (number + at * 11) % 97
        )
    };
    (0..count).map(sentence).collect::<Vec<_>>().join(" ")
}

fn settings() -> Settings {
    Settings { moment: "2026-01-01T06:00:00Z".parse().unwrap(), base: None, drafts: false }
}

/// An engine of which every output was rendered: each has its trace.
fn rendered(tree: Tree) -> Engine {
    let engine = Engine::new(tree, settings());
    assert!(!stops(engine.findings()), "{:?}", engine.findings().first());
    render_all(&engine);
    engine
}

fn render_all(engine: &Engine) -> Vec<(OutPath, Vec<u8>)> {
    let rendering = engine.rendering().unwrap();
    let paths: Vec<&OutPath> = engine.outputs().collect();
    let render = |path: &&OutPath| ((*path).clone(), rendering.render(path).value.unwrap().to_vec());
    paths.par_iter().map(render).collect()
}

/// One document from its bytes to what it says.
#[divan::bench(args = ["statement", "location", "timeline"])]
fn parse_one(bencher: Bencher<'_, '_>, kind: &str) {
    let (path, text) = match kind {
        "timeline" => document(0),
        "location" => document(1),
        _ => document(7),
    };
    let file = File::new(text.into_bytes());
    let counted = bencher.counter(ItemsCount::new(1_usize)).counter(BytesCount::new(file.size()));
    counted.bench_local(|| parse::parse(&path, &file));
}

/// All documents parsed and linked, and the theme loaded.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn parse_and_link(bencher: Bencher<'_, '_>) {
    let tree = campaign();
    let counted = bencher.counter(ItemsCount::new(DOCUMENTS));
    counted.with_inputs(|| tree.clone()).bench_local_values(|tree| Engine::new(tree, settings()));
}

/// One output after what it shares with others was made.
#[divan::bench(args = [
    "statements/document-7/index.html",
    "locations/document-1/index.html",
    "statements/index.html",
    "locations/index.html",
    "atom.xml",
    "calendar.ics",
    "locations/document-1/calendar.ics",
])]
fn render_one(bencher: Bencher<'_, '_>, path: &str) {
    let path = OutPath::new(path).unwrap();
    let rendering = ENGINE.rendering().unwrap();
    let bytes = rendering.render(&path).value.unwrap().len();
    let counted = bencher.counter(ItemsCount::new(1_usize)).counter(BytesCount::new(bytes));
    counted.bench_local(|| rendering.render(&path));
}

/// Every output on all cores, with what they share.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn render_whole_site(bencher: Bencher<'_, '_>) {
    let counted = bencher.counter(ItemsCount::new(ENGINE.outputs().count()));
    counted.bench_local(|| render_all(&ENGINE));
}

/// One statement saved, up to knowing what is stale: another text touches its page, another title lists and feeds as well.
#[divan::bench(args = ["text", "title"], sample_size = 1)]
fn apply_one_edit(bencher: Bencher<'_, '_>, what: &str) {
    let mut engine = rendered(campaign());
    let (path, text) = document(7);
    let edited = match what {
        "title" => text.replace("title: Statement", "title: Another statement"),
        _ => format!("{text}\nAnd one more paragraph.\n"),
    };
    let mut versions = [edited, text].map(|text| File::new(text.into_bytes())).into_iter().cycle();
    let save = || [Change { path: path.clone(), now: versions.next() }];
    let counted = bencher.counter(ItemsCount::new(1_usize));
    counted.with_inputs(save).bench_local_values(|changes| engine.apply(&changes));
}

/// A thousand small files into a site that is not there yet, and the swap.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn write_new(bencher: Bencher<'_, '_>) {
    let root = fresh();
    let counted = bencher.counter(ItemsCount::new(DOCUMENTS));
    counted.with_inputs(|| fresh().join("site")).bench_local_values(|site| write(&root, &site));
}

/// The same files over a site that has them already: nothing is written.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn write_unchanged(bencher: Bencher<'_, '_>) {
    let (root, site) = (fresh(), fresh().join("site"));
    write(&root, &site);
    bencher.counter(ItemsCount::new(DOCUMENTS)).bench_local(|| write(&root, &site));
}

fn write(root: &Path, site: &Path) {
    let staging = Output::open(root, site, None).unwrap().begin().unwrap().of("bench".to_owned());
    let page = sentences(0, 60);
    (0..DOCUMENTS).into_par_iter().for_each(|number| {
        let path = OutPath::page(&format!("statements/{}", slug(number))).unwrap();
        staging.write(&path, page.as_bytes()).unwrap();
    });
    staging.publish().unwrap();
}

/// All files of the campaign from the disk into memory.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn read(bencher: Bencher<'_, '_>) {
    let root = fresh();
    let tree = campaign();
    lay_out(&root, &tree);
    let counted = bencher.counter(ItemsCount::new(tree.iter().count()));
    counted.bench_local(|| disk::read(&ReadOptions::new(&root)).unwrap());
}

#[expect(clippy::disallowed_methods, reason = "files to be read, which the room for files does not make")]
fn lay_out(root: &Path, tree: &Tree) {
    for (path, file) in tree.iter() {
        std::fs::create_dir_all(root.join(path.folder())).unwrap();
        std::fs::write(root.join(path.as_str()), file.bytes().unwrap()).unwrap();
    }
}

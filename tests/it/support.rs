//! What the suites share: trees from text or a folder, a run of the engine, and its findings as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use handbill::base::{File, OutPath, Shelf, SourcePath, Tree};
use handbill::diagnostics::{Checked, Finding, stops, text};
use handbill::engine::{Engine, Settings};
use handbill::output::photo::{Darkroom, Patience};
use jiff::Timestamp;
use rayon::prelude::*;
use rustix::time::{ClockId, clock_gettime};

/// Every output's bytes, by its path.
pub(crate) type Outputs = BTreeMap<OutPath, Vec<u8>>;

/// What one run made.
pub(crate) struct Built {
    /// The outputs; none where a finding stops the run.
    pub(crate) outputs: Outputs,
    /// All findings, in the order in which they are shown.
    pub(crate) findings: Vec<Finding>,
    /// The findings as a terminal without colours shows them.
    pub(crate) report: String,
}

impl Built {
    /// An output's text.
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.outputs.get(&out(path)).unwrap_or_else(|| panic!("there is no output {path}"));
        std::str::from_utf8(bytes).unwrap()
    }
}

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Whether expectations are to be rewritten: `BLESS=1 cargo test`.
pub(crate) fn bless() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// The time that this thread has worked so far: others on the same machine are no matter to it.
pub(crate) fn cpu() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(now.tv_sec).unwrap(), u32::try_from(now.tv_nsec).unwrap())
}

/// A small generator of numbers (xorshift64*), so that a seed gives the same edits for ever.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end
    }

    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub(crate) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// A moment with its offset: `2024-10-22T12:00:00-07:00`.
pub(crate) fn at(moment: &str) -> Timestamp {
    moment.parse().unwrap_or_else(|error| panic!("{moment}: {error}"))
}

pub(crate) fn out(path: &str) -> OutPath {
    OutPath::new(path).unwrap_or_else(|| panic!("{path} is no output's path"))
}

pub(crate) fn source(path: &str) -> SourcePath {
    SourcePath::new(path).unwrap_or_else(|| panic!("{path} is no file's path"))
}

/// A tree of files by path and text.
pub(crate) fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().copied().collect()
}

/// The files of a folder that a build reads: `content`, `themes` and `static`.
pub(crate) fn folder(root: &Path) -> Tree {
    let mut tree = Tree::default();
    for part in ["content", "themes", "static"] {
        for path in files(&root.join(part)) {
            let below = path.strip_prefix(root).unwrap().to_str().unwrap();
            tree.insert(source(below), File::new(fs::read(&path).unwrap()));
        }
    }
    tree
}

/// All files below a folder, in order; none where there is no such folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// An engine over files at a moment, as `build` makes one, but that it draws no social cards: each stands there as the digest of
/// what it is made of. Photos are made once for all tests; those that ask whether one comes out the same have a darkroom of
/// their own.
pub(crate) fn engine(tree: &Tree, moment: Timestamp) -> Engine {
    undrawn(Engine::new(tree.clone(), Settings { moment, base: None, drafts: false }))
}

/// An engine that draws no cards.
pub(crate) fn undrawn(engine: Engine) -> Engine {
    static SHELF: OnceLock<Arc<Undrawn>> = OnceLock::new();
    let shelf: Arc<Undrawn> = Arc::clone(SHELF.get_or_init(Arc::default));
    engine.with_darkroom(Arc::new(Darkroom::new(Some(shelf), Patience::Waits)))
}

/// An engine with a shelf on which cards lie that were drawn, by whichever test.
pub(crate) fn drawing(engine: Engine) -> Engine {
    static SHELF: OnceLock<Arc<Memory>> = OnceLock::new();
    let shelf: Arc<Memory> = Arc::clone(SHELF.get_or_init(Arc::default));
    engine.with_darkroom(Arc::new(Darkroom::new(Some(shelf), Patience::Waits)))
}

/// A shelf on which every card lies already, as its own name. Those of photos have a dot.
#[derive(Debug, Default)]
struct Undrawn(Memory);

impl Shelf for Undrawn {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        if name.contains('.') { self.0.get(name) } else { Some(name.into()) }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> bool {
        self.0.put(name, bytes)
    }
}

/// A shelf in memory, which counts what is asked of it.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    lies: Mutex<BTreeMap<String, Vec<u8>>>,
    gets: AtomicUsize,
    puts: AtomicUsize,
}

impl Shelf for Memory {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        self.gets.fetch_add(1, Ordering::SeqCst);
        self.lies.lock().unwrap().get(name).cloned()
    }

    fn put(&self, name: &str, bytes: &[u8]) -> bool {
        self.puts.fetch_add(1, Ordering::SeqCst);
        self.lies.lock().unwrap().insert(name.to_owned(), bytes.to_vec());
        true
    }
}

impl Memory {
    /// How often something was asked for, and put there, since it was last asked.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.gets.swap(0, Ordering::SeqCst), self.puts.swap(0, Ordering::SeqCst))
    }
}

/// Builds files at a moment as `handbill build` does: all outputs, or none where a finding stops it.
pub(crate) fn build(tree: &Tree, moment: Timestamp) -> Built {
    finish(&engine(tree, moment))
}

/// The same, beside what was found when the files were read.
pub(crate) fn build_beside(tree: &Tree, moment: Timestamp, read: Vec<Finding>) -> Built {
    finish_beside(&engine(tree, moment), read)
}

/// Renders all outputs of an engine, where nothing stops that.
pub(crate) fn finish(engine: &Engine) -> Built {
    finish_beside(engine, Vec::new())
}

fn finish_beside(engine: &Engine, read: Vec<Finding>) -> Built {
    let mut findings = read;
    findings.extend(engine.findings().iter().cloned());
    handbill::diagnostics::settle(&mut findings);
    let mut outputs = Outputs::new();
    if !stops(&findings) {
        let paths: Vec<&OutPath> = engine.outputs().collect();
        let (rendered, told) = render(engine, &paths);
        outputs = rendered;
        findings.extend(told);
        handbill::diagnostics::settle(&mut findings);
        if stops(&findings) {
            outputs.clear();
        }
    } else {
        findings.extend(engine.examine());
        handbill::diagnostics::settle(&mut findings);
    }
    let report = report(&findings, engine.tree());
    Built { outputs, findings, report }
}

/// Renders some outputs of an engine in parallel, in one session.
pub(crate) fn render(engine: &Engine, paths: &[&OutPath]) -> (Outputs, Vec<Finding>) {
    let Some(rendering) = engine.rendering() else { return (Outputs::new(), Vec::new()) };
    let rendered: Vec<(OutPath, Checked<_>)> =
        paths.par_iter().map(|path| ((*path).clone(), rendering.render(path))).collect();
    let mut outputs = Outputs::new();
    let mut findings = Vec::new();
    for (path, Checked { value, findings: told }) in rendered {
        findings.extend(told);
        outputs.extend(value.map(|bytes| (path, bytes.to_vec())));
    }
    (outputs, findings)
}

/// Findings as a terminal without colours shows them, and the sentence that sums them up.
pub(crate) fn report(findings: &[Finding], tree: &Tree) -> String {
    let mut report = String::new();
    for finding in findings {
        for line in text::render(finding, tree, false).lines() {
            writeln!(report, "{}", line.trim_end()).unwrap();
        }
        report.push('\n');
    }
    writeln!(report, "{}", if findings.is_empty() { "nothing".to_owned() } else { text::summary(findings) })
        .unwrap();
    report
}

/// A fenced block of a Markdown file of cases.
#[derive(Debug, Clone)]
pub(crate) struct Fence {
    /// The words after the backticks: a language, then a path or what else the suite reads there.
    pub(crate) words: Vec<String>,
    /// What stands in the block.
    pub(crate) text: String,
    /// The lines of `text` in the file, counted from 0.
    pub(crate) lines: std::ops::Range<usize>,
}

impl Fence {
    /// The word at a place, or nothing.
    pub(crate) fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }

    /// Whether a flag stands behind the path.
    pub(crate) fn has(&self, flag: &str) -> bool {
        self.words.iter().skip(2).any(|word| word == flag)
    }

    /// The value of a flag `name=value`.
    pub(crate) fn value(&self, flag: &str) -> Option<&str> {
        self.words.iter().skip(1).find_map(|word| word.strip_prefix(flag)?.strip_prefix('='))
    }

    /// The bytes of the file that it describes: with CRLF (`crlf`), a byte order mark (`bom`), as often as it says
    /// (`repeat=N`), in an old encoding (`latin1`), or from hexadecimal digits (`hex`).
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let times = self.value("repeat").map_or(1, |times| times.parse().unwrap());
        let mut text = self.text.repeat(times);
        if self.has("crlf") {
            text = text.replace('\n', "\r\n");
        }
        if self.has("bom") {
            text.insert(0, '\u{feff}');
        }
        if self.has("latin1") {
            return text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        }
        if self.has("hex") {
            let digits: Vec<char> = text.chars().filter(char::is_ascii_hexdigit).collect();
            let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
            return digits.chunks(2).map(byte).collect();
        }
        text.into_bytes()
    }
}

/// A section of a file of cases: its heading, and its blocks.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// The words of the heading.
    pub(crate) heading: String,
    /// The blocks below it.
    pub(crate) fences: Vec<Fence>,
    /// The line after its last, counted from 0.
    pub(crate) end: usize,
}

/// Cuts a file of cases into what stands before the first `##` and its sections.
pub(crate) fn sections(text: &str) -> (Section, Vec<Section>) {
    let new = |heading: &str| Section { heading: heading.to_owned(), fences: Vec::new(), end: 0 };
    let mut all = vec![new("")];
    let mut open: Option<(usize, Fence)> = None;
    for (number, line) in text.lines().enumerate() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match &mut open {
            Some((width, fence)) if ticks == *width && line.len() == ticks => {
                fence.lines.end = number;
                let closed = open.take().map(|(_, fence)| fence);
                all.last_mut().unwrap().fences.extend(closed);
            }
            Some((_, fence)) => {
                fence.text.push_str(line);
                fence.text.push('\n');
            }
            None if ticks >= 3 => {
                let words = line[ticks..].split_whitespace().map(str::to_owned).collect();
                open = Some((ticks, Fence { words, text: String::new(), lines: number + 1..number + 1 }));
            }
            None => {
                if let Some(heading) = line.strip_prefix("## ") {
                    all.push(new(heading));
                }
            }
        }
        all.last_mut().unwrap().end = number + 1;
    }
    assert!(open.is_none(), "a block is not closed");
    let sections = all.split_off(1);
    (all.remove(0), sections)
}

/// Puts the files of fences into a tree. A path may be followed by `absent` (no such file), and by the flags of
/// [`Fence::bytes`].
pub(crate) fn insert<'f>(tree: &mut Tree, fences: impl IntoIterator<Item = &'f Fence>) {
    for fence in fences.into_iter().filter(|fence| fence.word(1).contains('/')) {
        let path = source(fence.word(1));
        if fence.has("absent") {
            tree.remove(&path);
        } else {
            tree.insert(path, File::new(fence.bytes()));
        }
    }
}

/// The first difference of two texts, for a message that can be read.
pub(crate) fn difference(expected: &str, actual: &str) -> String {
    let (mut left, mut right) = (expected.lines(), actual.lines());
    for number in 1.. {
        match (left.next(), right.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                let shown = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                return format!("line {number}\n  expected: {}\n    actual: {}", shown(a), shown(b));
            }
        }
    }
    "only in line endings".to_owned()
}

//! Much of everything: the largest front matter that is read, of whatever takes longest, within a second; and a campaign of
//! many documents, which takes as long to check as to build.

use std::fmt::Write as _;
use std::time::Duration;

use handbill::base::{File, OutPath, Tree};

use super::fuzz::{FILES, read};
use super::support::{self, at, cpu};

/// The largest front matter that is read.
const LARGE: usize = 64 * 1024;

/// What makes readers go back, or look far ahead, when it goes on and on.
const PIECES: [&str; 35] = [
    "a: \"\n",
    "a: '\n",
    "a: [\n",
    "a: {b: \n",
    "- \"x\n",
    "a: x: y\n",
    "a: #x\n",
    "a:x\n",
    "-x\n",
    "a: “x\n",
    "\ta: x\n",
    "a: !x\n",
    "a: &x\n",
    "TODO ",
    "[LINK] ",
    "[",
    "]",
    "](",
    "[[",
    "] (",
    "x\n",
    "---\n",
    "—\n",
    ": ",
    "a: |\n",
    "\u{a0}",
    "  - a: x\n",
    "title: x\n",
    "zzz: x\n",
    "\r\n",
    "#",
    "hours: 25:00\n",
    "{a: b, ",
    "a: {b: c: d}\n",
    "6am-2pm, ",
];

/// 64 KiB of each of them, in one kind of file after the other: as all of it, its fields, its text, and a value.
fn read_large(pieces: impl Iterator<Item = (usize, &'static str)>) {
    for (index, piece) in pieces {
        let text = fill(piece);
        let path = [FILES[1], FILES[3], FILES[6], FILES[7]][index % 4];
        read(path, &text);
        read(path, &format!("---\n{text}---\n"));
        read(path, &format!("---\ntitle: x\nname: x\n---\n{text}"));
        read(path, &format!("---\ntitle: \"{text}\"\n---\n"));
    }
}

fn fill(piece: &str) -> String {
    piece.repeat(LARGE / piece.len())
}

// Two tests, for two cores.
#[test]
fn large_files_take_no_time() {
    read_large(PIECES.into_iter().enumerate().step_by(2));
}

#[test]
fn other_large_files_take_no_time() {
    read_large(PIECES.into_iter().enumerate().skip(1).step_by(2));
    // This grew with each time that it was put right.
    read(FILES[3], "---\nname: x\nshifts:\n  - { days: 2024-1u: s: \"6am-10am, 2pm-6pm\" }\n---\n");
    let deep: String = (0..300).map(|level| format!("{}a: x\n", " ".repeat(level))).collect();
    read(FILES[3], &format!("---\nname: x\n{deep}---\n"));
    for field in ["days", "hours", "except"] {
        let value = fill("mon, 2024-10-22 to 2024-10-25, ");
        read(FILES[3], &format!("---\nname: x\nshifts:\n  - {{ days: mon, {field}: \"{value}\" }}\n---\n"));
        read(FILES[3], &format!("---\nname: x\nshifts:\n  - {{ days: mon, {field}: [{value}] }}\n---\n"));
    }
}

/// How many documents are checked; a build without optimisation gets fewer.
const MANY: usize = if cfg!(debug_assertions) { 120 } else { 2000 };

/// A campaign of many statements and locations, without mistakes.
fn campaign() -> Tree {
    let mut tree = support::tree(&[
        (
            "content/campaign.yaml",
            "title: Care can't wait\nbase_url: https://union.example/\ntime_zone: America/Los_Angeles\n\
             union: { name: United Nurses }\n",
        ),
        ("content/index.md", "---\ntitle: Care can't wait\n---\nWe strike for our patients.\n"),
    ]);
    for number in 0..MANY {
        let (path, mut text) = if number % 4 == 0 {
            (
                format!("content/locations/gate-{number}.md"),
                format!(
                    "---\nname: Gate {number}\ncity: Fontana\ncoordinates: 34.0726, -117.4343\nshifts:\n  \
                     - {{ days: 2024-10-21 to 2024-10-25, hours: 6am-2pm }}\n---\n"
                ),
            )
        } else {
            (
                format!("content/statements/2024-10-21-day-{number}.md"),
                format!(
                    "---\ntitle: \"Day {number}: the line\"\ndate: 2024-10-21\nlocations: [gate-0]\n---\n"
                ),
            )
        };
        for paragraph in 0..12 {
            writeln!(
                text,
                "We *walk* the line at [[gate-0]], {paragraph} hours a day, and ask for **care**.\n"
            )
            .unwrap();
        }
        tree.insert(support::source(&path), File::new(text.into_bytes()));
    }
    tree
}

/// The time of some work on a single thread, the best of three.
fn timed(work: impl Fn() + Sync) -> Duration {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let once = || {
        pool.install(|| {
            let start = cpu();
            work();
            cpu() - start
        })
    };
    (0..3).map(|_| once()).min().unwrap()
}

#[test]
fn a_check_takes_no_longer_than_a_build_that_writes_nothing() {
    let tree = campaign();
    let moment = at("2024-10-22T12:00:00-07:00");
    let built = timed(|| {
        let engine = support::engine(&tree, moment);
        let paths: Vec<&OutPath> = engine.outputs().collect();
        assert!(paths.len() > MANY);
        assert!(support::render(&engine, &paths).1.is_empty());
    });
    let checked = timed(|| assert!(support::engine(&tree, moment).examine().is_empty()));
    assert!(checked * 10 <= built * 13, "a check takes {checked:?}, a build {built:?}");
}

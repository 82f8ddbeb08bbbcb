//! The largest front matter that is read, of whatever takes longest: no run is longer than a second.

use super::fuzz::{FILES, read};

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
    let deep: String = (0..300).map(|level| format!("{}a: x\n", " ".repeat(level))).collect();
    read(FILES[3], &format!("---\nname: x\n{deep}---\n"));
    for field in ["days", "hours", "except"] {
        let value = fill("mon, 2024-10-22 to 2024-10-25, ");
        read(FILES[3], &format!("---\nname: x\nshifts:\n  - {{ days: mon, {field}: \"{value}\" }}\n---\n"));
        read(FILES[3], &format!("---\nname: x\nshifts:\n  - {{ days: mon, {field}: [{value}] }}\n---\n"));
    }
}

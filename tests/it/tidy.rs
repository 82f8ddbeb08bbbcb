//! What no compiler holds: which room may name which, how a file begins, and that nothing is left half done.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::support;

/// The rooms in order; each may name those before it. `disk` and `serve` stand aside, and `cli` may name all.
const ROOMS: [&str; 8] = ["base", "diagnostics", "model", "parse", "link", "theme", "output", "engine"];
const ASIDE: [&str; 2] = ["disk", "serve"];

/// Files that may be long: tables of data.
const LONG: [&str; 0] = [];

/// The files of `src`, by their path below it.
fn sources() -> BTreeMap<String, String> {
    let root = support::root().join("src");
    let read = |path: std::path::PathBuf| {
        let below = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        (below, fs::read_to_string(&path).unwrap())
    };
    support::files(&root)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(read)
        .collect()
}

/// A file's text without its tests, which stand at its foot.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// A line without its comment. Text literals stay, so a `//` in one cuts too much, never too little of what counts.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or(line)
}

fn may_name(room: &str, other: &str) -> bool {
    let place = |name: &str| ROOMS.iter().position(|room| *room == name);
    if room == other || room == "cli" {
        return true;
    }
    if ASIDE.contains(&room) {
        return matches!(other, "base" | "diagnostics");
    }
    match (place(room), place(other)) {
        (Some(room), Some(other)) => other < room,
        _ => false,
    }
}

/// The rooms that a text names after `crate::`, in groups such as `crate::{base, model}` too.
fn named(text: &str) -> BTreeSet<&str> {
    let word =
        |text: &'_ str| text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
    let mut rooms = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = true;
            for (index, character) in group.char_indices() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    c if c.is_whitespace() => {}
                    _ if start => {
                        rooms.insert(&group[index..index + word(&group[index..])]);
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            rooms.insert(&rest[..word(rest)]);
        }
    }
    rooms
}

#[test]
fn rooms_name_only_those_that_they_may() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some((room, _)) = path.split_once('/') else { continue };
        for other in named(without_tests(&text)) {
            if !may_name(room, other) {
                wrong.push(format!("src/{path} names crate::{other}, which {room} may not"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_has_its_place_in_the_order() {
    for path in sources().keys() {
        if let Some((room, _)) = path.split_once('/') {
            let known = ROOMS.contains(&room) || ASIDE.contains(&room) || room == "cli";
            assert!(known, "src/{room} is a new room: give it its place in tests/it/tidy.rs");
        }
    }
}

#[test]
fn names_are_read_from_paths_and_groups() {
    let text = "use crate::base::{A, B};\nuse crate::{diagnostics::{X, Y}, model};\ncrate::link::x()";
    let rooms: Vec<&str> = named(text).into_iter().collect();
    assert_eq!(rooms, ["base", "diagnostics", "link", "model"]);
    assert!(may_name("link", "parse") && !may_name("parse", "link"));
    assert!(!may_name("disk", "model") && !may_name("output", "engine") && may_name("cli", "disk"));
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "src/{path} does not begin with a line “//! …”");
        let first = text.lines().next().unwrap();
        assert!(first.len() > 15, "src/{path} says too little of what it is for: {first}");
    }
}

#[test]
fn nothing_is_left_half_done() {
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            for macro_ in ["todo!", "dbg!", "unimplemented!"] {
                let left = code(line).contains(macro_);
                assert!(!left, "src/{path}:{}: {macro_} is left", number + 1);
            }
            // A comment's words; within quotation marks they may be content that is spoken of.
            for word in ["FIXME", "TODO", "XXX"] {
                let comment = line.split_once("//").map_or("", |(_, comment)| comment);
                assert!(!comment.contains(word), "src/{path}:{}: {word} is left", number + 1);
            }
        }
    }
}

#[test]
fn files_are_short() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        let fits = lines <= 400 || LONG.contains(&path.as_str());
        assert!(fits, "src/{path} has {lines} lines, and 400 are enough: cut it in two");
    }
}

/// Every word of the theme that code asks for by name stands in the default language file: a missing one would reach
/// readers as its key.
#[test]
fn words_that_code_asks_for_exist() {
    let language = std::fs::read_to_string(support::root().join("themes/picket/languages/en.yaml")).unwrap();
    let mut asked = 0;
    for (path, text) in sources() {
        if path.starts_with("disk/") || path.starts_with("cli/") {
            continue;
        }
        let text = without_tests(&text);
        for before in
            ["words.get(\"", ".word(\"", "words.fill(\"", "MenuLabel::Word(\"", "label(\"", "Piece::Word(\""]
        {
            for (at, _) in text.match_indices(before) {
                let word = text[at + before.len()..].split('"').next().unwrap();
                asked += 1;
                assert!(language.contains(&format!("\n  {word}: ")), "src/{path} asks for the word “{word}”");
            }
        }
    }
    assert!(asked > 15, "the patterns no longer find the words: {asked}");
}

/// The folder in which every finding is made.
const FINDINGS: &str = "diagnostics/finding/";

/// The functions of that folder that make a finding, each with its code.
pub(crate) fn all_finding_functions() -> Vec<(String, u16)> {
    let files = sources().into_iter().filter(|(path, _)| path.starts_with(FINDINGS));
    files.flat_map(|(_, text)| finding_functions(&text)).collect()
}

/// The functions of a file that make a finding, each with its code.
fn finding_functions(text: &str) -> Vec<(String, u16)> {
    let mut functions = Vec::new();
    let text = without_tests(text);
    for (at, _) in text.match_indices("\npub fn ") {
        let rest = &text[at + "\npub fn ".len()..];
        let name = rest[..rest.find(['(', '<']).unwrap()].to_owned();
        let body = &rest[..rest.find("\n}").unwrap()];
        let call =
            ["error(", "warning("].iter().filter_map(|call| body.find(call).map(|at| at + call.len())).min();
        let number = &body[call.unwrap_or_else(|| panic!("{name} makes no finding"))..];
        let number: String = number.trim_start().chars().take_while(char::is_ascii_digit).collect();
        functions.push((name, number.parse().unwrap()));
    }
    functions
}

#[test]
fn every_code_has_one_finding() {
    let functions = all_finding_functions();
    assert!(functions.len() > 80, "only {} findings were read", functions.len());
    let mut codes = BTreeMap::new();
    for (name, code) in &functions {
        if let Some(other) = codes.insert(code, name) {
            panic!("HB{code:04} is both {other} and {name}");
        }
    }
}

#[test]
fn every_finding_is_made_somewhere() {
    let sources = sources();
    let functions = all_finding_functions();
    let elsewhere: Vec<&str> = sources
        .iter()
        .filter(|(path, _)| !path.starts_with(FINDINGS))
        .map(|(_, text)| without_tests(text))
        .collect();
    let called = |name: &str| {
        let call = format!("finding::{name}");
        elsewhere.iter().any(|text| {
            let longer = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            text.match_indices(&call).any(|(at, _)| !longer(&text[at + call.len()..]))
        })
    };
    let dead: Vec<&str> =
        functions.iter().map(|(name, _)| name.as_str()).filter(|name| !called(name)).collect();
    assert!(dead.is_empty(), "no stage makes these findings: {dead:?}");
}

#[test]
fn every_test_file_is_named_and_run() {
    let folder = support::root().join("tests/it");
    for path in support::files(&folder) {
        let below = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let ignored = format!("#[{}", "ignore");
        assert!(!text.contains(&ignored), "tests/it/{below} has a test that is not run");
        let (parent, name) = match below.rsplit_once('/') {
            Some((inner, "mod.rs")) => (folder.join("main.rs"), inner.to_owned()),
            Some((inner, file)) => {
                (folder.join(inner).join("mod.rs"), file.trim_end_matches(".rs").to_owned())
            }
            None if below == "main.rs" => continue,
            None => (folder.join("main.rs"), below.trim_end_matches(".rs").to_owned()),
        };
        let parent_text = fs::read_to_string(&parent).unwrap();
        let named = parent_text.lines().any(|line| line.trim() == format!("mod {name};"));
        assert!(named, "{} has no line “mod {name};”, so tests/it/{below} is not run", parent.display());
    }
}

/// SECURITY.md names tests for each of its promises, and there are such tests.
#[test]
fn every_promise_names_its_tests() {
    let security = fs::read_to_string(support::root().join("SECURITY.md")).unwrap();
    let rows = |heading: &str| -> BTreeMap<String, String> {
        let section = security.split_once(heading).unwrap().1.split("\n## ").next().unwrap();
        let row = |line: &str| {
            let (name, rest) = line.strip_prefix("| P")?.split_once(" |")?;
            Some((name.to_owned(), rest.to_owned()))
        };
        section.lines().filter_map(row).collect()
    };
    let (promised, held) = (rows("## Promises that hold\n"), rows("## Where they are held\n"));
    assert!(promised.len() > 15, "only {} promises were read", promised.len());
    assert!(promised.keys().eq(held.keys()), "{:?}, not {:?}", held.keys(), promised.keys());
    for (promise, tests) in held {
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "P{promise} names no test");
        for test in named {
            assert!(is_test(test), "P{promise} names {test}, and there is no such test");
        }
    }
}

/// Whether there is a test, by its whole name: `disk_write::a_path_is_written_once`, or `base::url::tests::…` beside the code.
fn is_test(name: &str) -> bool {
    let Some((module, function)) = name.rsplit_once("::") else { return false };
    let (folder, module) =
        module.strip_suffix("::tests").map_or(("tests/it", module), |beside| ("src", beside));
    let path = module.replace("::", "/");
    let files = [format!("{folder}/{path}.rs"), format!("{folder}/{path}/mod.rs")];
    let text = files.iter().find_map(|file| fs::read_to_string(support::root().join(file)).ok());
    let text = text.unwrap_or_default();
    let before = text.split_once(&format!(" {function}(")).map(|(before, _)| before);
    before.is_some_and(|before| before.rsplit("\n\n").next().is_some_and(|item| item.contains("#[test]")))
}

#[test]
fn tests_are_found_by_their_names() {
    assert!(
        is_test("tidy::tests_are_found_by_their_names") && is_test("base::url::tests::schemes_cannot_hide")
    );
    assert!(!is_test("tidy::is_test") && !is_test("tidy::nothing") && !is_test("nowhere::nothing"));
}

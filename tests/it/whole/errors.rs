//! Calls of the system that fail: each at a time, and all from one on, as on a full disk.

use std::path::PathBuf;
use std::process::Command;

use super::Pair;
use crate::cli::Ran;

/// `ENOSPC`, `EIO`, `EACCES`, `EROFS`, by their numbers on Linux.
const FULL: u32 = 28;
const ERRORS: [u32; 4] = [FULL, 5, 13, 30];

/// The library that makes calls fail, made of C beside this file.
fn library(folder: &std::path::Path) -> PathBuf {
    let library = folder.join("fail.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/whole/fail.c");
    let mut cc = Command::new("cc");
    let made = cc.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).status().unwrap();
    assert!(made.success());
    library
}

fn build(pair: &Pair, library: &std::path::Path, settings: &[(&str, String)]) -> Ran {
    let mut command = pair.command();
    command.env("LD_PRELOAD", library).envs(settings.iter().map(|(name, value)| (*name, value)));
    Ran::of(command.output().unwrap())
}

/// How many calls a build makes that change something.
fn calls(pair: &Pair, library: &std::path::Path) -> usize {
    let count = library.with_extension("count");
    build(pair, library, &[("FAIL_COUNT", count.to_str().unwrap().to_owned())]).exits_with(0);
    std::fs::read_to_string(count).unwrap().parse().unwrap()
}

/// Lets calls fail at some places of a build, and looks at what is left.
fn break_at(places: usize, sticks: bool, errors: &[u32]) {
    let folder = tempfile::tempdir().unwrap();
    let (pair, library) = (Pair::new(), library(folder.path()));
    pair.write(0);
    let all = calls(&pair, &library);
    assert!(all > places, "only {all} calls change anything");
    let (mut stopped, mut published) = (0, 0);
    for place in 0..places {
        let (old, new) = (place % 2, 1 - place % 2);
        assert_eq!(pair.stands("before"), old);
        pair.write(new);
        let at = 1 + place * all / places;
        let error = errors[place % errors.len()];
        let what = format!("call {at} of {all} fails with {error}");
        let mut settings = vec![("FAIL_AT", at.to_string()), ("FAIL_WITH", error.to_string())];
        if sticks {
            settings.push(("FAIL_ON", "1".to_owned()));
        }
        let ran = build(&pair, &library, &settings);
        let stands = pair.stands(&what);
        match ran.status {
            0 => assert_eq!(stands, new, "{what}: it says that it published, and the old site stands"),
            3 => {
                assert_eq!(stands, old, "{what}: it says that it failed, and the new site stands");
                assert!(ran.err.starts_with("error: "), "{what}: {}", ran.err);
            }
            status => panic!("{what}: it ends with {status}: {}{}", ran.out, ran.err),
        }
        stopped += usize::from(ran.status == 3);
        published += usize::from(ran.status == 0);
        pair.recovers(new, &what);
    }
    assert!(stopped > places / 3 && published > 0, "{stopped} stopped, {published} published");
}

#[test]
fn an_error_at_any_of_sixty_places_leaves_one_whole_site() {
    break_at(60, false, &ERRORS);
}

#[test]
fn a_disk_that_is_full_from_any_of_thirty_places_on_leaves_one_whole_site() {
    break_at(30, true, &[FULL]);
}

#[test]
fn a_disk_that_cannot_be_written_is_told_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (pair, library) = (Pair::new(), library(folder.path()));
    pair.write(0);
    let settings = [("FAIL_AT", "1"), ("FAIL_ON", "1"), ("FAIL_WITH", "30")];
    let ran = build(&pair, &library, &settings.map(|(name, value)| (name, value.to_owned()))).exits_with(3);
    assert!(ran.err.contains("read-only file system"), "{}", ran.err);
    assert!(ran.err.contains("choose another folder with --output"), "{}", ran.err);
    assert_eq!(pair.stands("read-only"), 1);
    pair.recovers(0, "read-only");
}

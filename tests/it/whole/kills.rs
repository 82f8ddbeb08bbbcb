//! A build that is killed at any moment.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::process::Child;
use std::time::{Duration, Instant};

use super::Pair;
use crate::support::Random;

/// From when on a build is to be killed.
#[derive(Clone, Copy)]
enum From {
    /// From its start.
    Start,
    /// From when it writes the new site.
    Writing,
    /// From when the new site is in place, and the old one is removed.
    Swapped,
}

/// What a build was about when it was killed, by what it left.
#[derive(Debug, Default)]
struct Phases {
    reading: usize,
    writing: usize,
    swapped: usize,
    ended: usize,
}

/// A number that another site in the output folder does not have.
fn identity(pair: &Pair) -> u64 {
    fs::symlink_metadata(pair.campaign.path("public")).map_or(0, |found| found.ino())
}

/// Waits until a build is so far, or has ended.
fn wait_for(from: From, child: &mut Child, pair: &Pair, before: u64) {
    let new = pair.campaign.path(".handbill/publish/public/new");
    let is_so_far = || match from {
        From::Start => true,
        From::Writing => new.exists(),
        From::Swapped => identity(pair) != before,
    };
    while !is_so_far() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(20));
    }
}

#[test]
fn killed_at_a_hundred_moments_it_leaves_one_whole_site() {
    let pair = Pair::new(80);
    pair.recovers(0, "before");
    let started = Instant::now();
    pair.recovers(0, "before");
    let whole = started.elapsed();
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut phases = Phases::default();
    for round in 0..100 {
        let (old, new) = (round % 2, 1 - round % 2);
        pair.turn_to(new);
        let before = identity(&pair);
        let (from, within) = match round % 4 {
            0 | 1 => (From::Start, whole),
            2 => (From::Writing, whole / 3),
            _ => (From::Swapped, whole / 100),
        };
        let mut child = pair.start();
        wait_for(from, &mut child, &pair, before);
        let wait = within.mul_f64(f64::from(u32::try_from(random.below(1000)).unwrap()) / 1000.0);
        std::thread::sleep(wait);
        child.kill().unwrap();
        let killed = child.wait().unwrap().signal().is_some();
        let what = format!("round {round}, {wait:?} in");
        let stands = pair.stands(&what);
        assert!(killed || stands == new, "{what}: it ended well, and the old site stands");
        let is_writing = pair.campaign.path(".handbill/publish/public/new").exists();
        match (killed, stands == old) {
            (false, _) => phases.ended += 1,
            (true, false) => phases.swapped += 1,
            (true, true) if is_writing => phases.writing += 1,
            (true, true) => phases.reading += 1,
        }
        pair.recovers(new, &what);
    }
    // Otherwise a machine is so slow or fast that this shows too little.
    let Phases { reading, writing, swapped, ended } = phases;
    assert!(reading > 9 && writing > 14 && swapped > 4 && ended < 50, "{phases:?}");
}

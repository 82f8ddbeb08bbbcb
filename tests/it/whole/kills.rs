//! A build that is killed at any moment.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::process::Child;
use std::time::{Duration, Instant};

use super::Pair;
use crate::support::Random;

/// The moment at which a build is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// So long after its start.
    After(Duration),
    /// When it has written a page of the new site, by the page's number.
    Written(usize),
    /// So long after the new site is in place, while the old one is removed.
    Swapped(Duration),
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

/// Waits for a moment of a build, or until it has ended.
fn wait_for(moment: Moment, child: &mut Child, pair: &Pair, before: u64) {
    let page = |number| pair.campaign.path(&format!(".handbill/publish/public/new/b/p{number}/index.html"));
    let (is_so_far, wait): (Box<dyn Fn() -> bool>, Duration) = match moment {
        Moment::After(wait) => (Box::new(|| true), wait),
        Moment::Written(number) => (Box::new(move || page(number).exists()), Duration::ZERO),
        Moment::Swapped(wait) => (Box::new(move || identity(pair) != before), wait),
    };
    while !is_so_far() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(20));
    }
    std::thread::sleep(wait);
}

#[test]
fn killed_at_a_hundred_moments_it_leaves_one_whole_site() {
    let pair = Pair::new(60);
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut phases = Phases::default();
    // How long the last whole build took; the machine may be busy with other things, now more, now less.
    let mut whole = Duration::from_millis(300);
    for round in 0..100 {
        let (old, new) = (round % 2, 1 - round % 2);
        pair.turn_to(new);
        let before = identity(&pair);
        let some = |of: Duration, random: &mut Random| of * u32::try_from(random.below(1000)).unwrap() / 1000;
        let moment = match round % 4 {
            0 | 1 => Moment::After(some(whole, &mut random)),
            2 => Moment::Written(random.below(15)),
            _ => Moment::Swapped(some(whole / 100, &mut random)),
        };
        let started = Instant::now();
        let mut child = pair.start();
        wait_for(moment, &mut child, &pair, before);
        child.kill().unwrap();
        let killed = child.wait().unwrap().signal().is_some();
        let what = format!("round {round}, {moment:?}, after {:?}", started.elapsed());
        let stands = pair.stands(&what);
        assert!(killed || stands == new, "{what}: it ended well, and the old site stands");
        let is_writing = pair.campaign.path(".handbill/publish/public/new").exists();
        match (killed, stands == old) {
            (false, _) => phases.ended += 1,
            (true, false) => phases.swapped += 1,
            (true, true) if is_writing => phases.writing += 1,
            (true, true) => phases.reading += 1,
        }
        let started = Instant::now();
        pair.recovers(new, &what);
        whole = started.elapsed();
    }
    // Otherwise this shows too little.
    let Phases { reading, writing, swapped, ended } = phases;
    assert!(reading > 9 && writing > 14 && swapped > 4 && ended < 60, "{phases:?}");
}

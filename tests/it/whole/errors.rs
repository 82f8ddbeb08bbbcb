//! Calls of the system that fail, or at which the program is killed.

use super::Pair;
use super::failing::{ERRORS, EXCHANGE, FULL, KILL, READ_ONLY, build, calls, preloaded};

/// What came of some broken builds.
#[derive(Debug, Default)]
struct Came {
    stopped: usize,
    published: usize,
}

/// Breaks a build that would make one of two sites of the other, and looks at what is left and whether the program says the
/// same.
fn break_build(
    pair: &Pair,
    (old, new): (usize, usize),
    what: &str,
    settings: &[(&str, String)],
    came: &mut Came,
) {
    assert_eq!(pair.stands(what), old, "{what}");
    pair.turn_to(new);
    let (_, ran) = build(pair, settings);
    let stands = pair.stands(what);
    match ran.status {
        0 => {
            assert_eq!(stands, new, "{what}: it says that it published, and the old site stands");
            came.published += 1;
        }
        3 => {
            assert_eq!(stands, old, "{what}: it says that it failed, and the new site stands: {}", ran.err);
            let says = "Nothing was published: public is as it was\n";
            assert!(ran.err.starts_with("error: ") && ran.err.contains(says), "{what}: {}", ran.err);
            came.stopped += 1;
        }
        status => panic!("{what}: it ends with {status}: {}{}", ran.out, ran.err),
    }
    assert!(!ran.out.contains("were kept in"), "{what}: nobody changed anything: {}", ran.out);
    pair.recovers(new, what);
}

/// Places in a list of calls: the first, one in the middle and the last of each kind, and as many others as are wanted.
fn places(calls: &[u16], wanted: usize) -> Vec<usize> {
    let mut places = std::collections::BTreeSet::new();
    let kinds: std::collections::BTreeSet<u16> = calls.iter().copied().collect();
    assert!(kinds.len() > 6, "only calls of the kinds {kinds:?}");
    for kind in kinds {
        let of: Vec<usize> = (0..calls.len()).filter(|at| calls[*at] == kind).collect();
        places.extend([of[0], of[of.len() / 2], of[of.len() - 1]]);
    }
    for number in 0..wanted {
        places.insert(number * calls.len() / wanted);
    }
    places.into_iter().map(|at| at + 1).collect()
}

#[test]
fn an_error_at_any_of_sixty_places_leaves_one_whole_site() {
    let pair = Pair::new(16);
    pair.turn_to(1);
    let all = calls(&pair, &[]);
    pair.recovers(1, "before");
    let mut came = Came::default();
    let places = places(&all, 70);
    assert!(places.len() >= 60, "only {} places", places.len());
    for (round, at) in places.iter().enumerate() {
        let error = ERRORS[round % ERRORS.len()];
        let what = format!("call {at} of {}, number {}, fails with {error}", all.len(), all[at - 1]);
        let settings = [("FAIL_AT", at.to_string()), ("FAIL_WITH", error.to_string())];
        break_build(&pair, (1 - round % 2, round % 2), &what, &settings, &mut came);
    }
    assert!(came.stopped > 20 && came.published > 5, "{came:?}");
}

#[test]
fn a_disk_that_is_full_after_any_of_thirty_bytes_leaves_one_whole_site() {
    full_after_bytes();
}

/// Lets what needs room fail from some byte on.
pub(super) fn full_after_bytes() {
    let pair = Pair::new(16);
    let mut came = Came::default();
    // What stays as it is takes no room.
    let [old, new] = &pair.sites;
    let is_new = |(path, bytes): &(&std::path::PathBuf, &Vec<u8>)| old.get(*path) != Some(bytes);
    let all: u64 = new.iter().filter(is_new).map(|(_, bytes)| bytes.len() as u64).sum();
    for round in 0..30 {
        let room = all * 5 / 4 * round / 29;
        let what = format!("the disk is full after {room} bytes of {all}");
        let settings = [("FAIL_AFTER", room.to_string()), ("FAIL_WITH", FULL.to_string())];
        let turn = usize::from(round % 2 == 0);
        break_build(&pair, (1 - turn, turn), &what, &settings, &mut came);
    }
    assert!(came.stopped > 9 && came.published > 0, "{came:?}");
}

/// Kills a build at each of the calls around the swap.
fn kill_around_the_swap(settings: &[(&str, String)], may_be_absent: bool) {
    let pair = Pair::new(16);
    pair.turn_to(1);
    let all = calls(&pair, settings);
    pair.recovers(1, "before");
    let is_swap = |call: &u16| if may_be_absent { RENAMES.contains(call) } else { *call == EXCHANGE };
    let swap = all.iter().rposition(is_swap).unwrap();
    let (mut old_stood, mut new_stood, mut none_stood) = (0, 0, 0);
    for (round, at) in (swap.saturating_sub(6)..(swap + 12).min(all.len())).enumerate() {
        let (old, new) = (1 - round % 2, round % 2);
        let what = format!("killed at call {} of {}, number {}", at + 1, all.len(), all[at]);
        pair.turn_to(new);
        let kill = [("FAIL_AT", (at + 1).to_string()), ("FAIL_WITH", KILL.to_string())];
        let (status, _) = build(&pair, &[settings, &kill].concat());
        let site = pair.published();
        if site.is_empty() && may_be_absent {
            none_stood += 1;
        } else {
            let stands = pair.which(&site, &what);
            assert!(status.is_none() || stands == new, "{what}: it ended well, and the old site stands");
            old_stood += usize::from(stands == old);
            new_stood += usize::from(stands == new);
        }
        pair.recovers(new, &what);
    }
    assert!(old_stood > 2 && new_stood > 2, "{old_stood} times the old one, {new_stood} times the new one");
    assert_eq!(none_stood > 0, may_be_absent, "between two renames there is no site");
}

/// The calls that rename.
const RENAMES: [u16; 2] = if cfg!(target_arch = "x86_64") { [82, 264] } else { [38, 276] };

#[test]
fn killed_at_any_call_of_the_swap_it_leaves_one_whole_site() {
    kill_around_the_swap(&[], false);
}

#[test]
fn where_folders_cannot_be_exchanged_the_next_build_mends_what_a_kill_leaves() {
    kill_around_the_swap(&[("FAIL_WITHOUT", EXCHANGE.to_string())], true);
}

#[test]
fn a_disk_that_cannot_be_written_is_told_and_nothing_changes() {
    read_only();
}

/// Lets everything fail that would change a disk.
pub(super) fn read_only() {
    let pair = Pair::new(16);
    pair.turn_to(1);
    let settings = [("FAIL_AT", "1"), ("FAIL_ON", "1"), ("FAIL_WITH", &READ_ONLY.to_string())];
    let (_, ran) = build(&pair, &settings.map(|(name, value)| (name, value.to_owned())));
    let ran = ran.exits_with(3);
    assert!(ran.err.contains("read-only"), "{}", ran.err);
    assert!(ran.err.contains("--output"), "{}", ran.err);
    assert_eq!(pair.stands("read-only"), 0);
    pair.recovers(1, "read-only");
}

#[test]
fn where_even_the_old_site_cannot_be_put_back_it_is_told_where_it_is() {
    let pair = Pair::new(16);
    pair.turn_to(1);
    let without = [("FAIL_WITHOUT", EXCHANGE.to_string())];
    let all = calls(&pair, &without);
    pair.recovers(1, "before");
    pair.turn_to(0);
    // The second of the two renames of the swap; the third makes room.
    let renames: Vec<usize> = (0..all.len()).filter(|at| RENAMES.contains(&all[*at])).collect();
    let second = renames[renames.len() - 2] + 1;
    let fails = [("FAIL_AT", second.to_string()), ("FAIL_ON", "1".to_owned()), ("FAIL_WITH", "5".to_owned())];
    let ran = build(&pair, &[&without[..], &fails].concat()).1.exits_with(3);
    assert!(
        ran.err.contains(".handbill/publish/public/aside, and the system did not let it back"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("help: build again") && !ran.err.contains("is as it was"), "{}", ran.err);
    assert!(!pair.campaign.path("public").exists());
    pair.recovers(0, "aside");
}

#[test]
fn a_build_opens_no_connection_and_starts_no_program() {
    let (socket, execute) = if cfg!(target_arch = "x86_64") { (41, 59) } else { (198, 221) };
    let pair = Pair::new(16);
    pair.turn_to(1);
    let all = calls(&pair, &[]);
    assert!(all.contains(&EXCHANGE), "what is called is not seen");
    assert!(!all.contains(&socket) && !all.contains(&execute), "{all:?}");
    // These calls would be seen as well.
    let starts =
        |without: u16| preloaded("sh", &["-c", "exec true"], &[("FAIL_WITHOUT", without.to_string())]);
    assert!(starts(socket).success() && !starts(execute).success());
}

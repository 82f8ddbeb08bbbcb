//! `handbill next`: builds from now until just before the moment that it names are the same, and one at it is another.

use handbill::base::Tree;
use handbill::diagnostics::stops;
use handbill::theme::rfc3339;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rayon::prelude::*;

use crate::campaigns::{ZONE, campaign, seeds, some_moment};
use crate::cli::Campaign;
use crate::support::{Outputs, Random, build, engine};

/// A build as of a moment, without the moment that its pages bear; nothing where it cannot be published.
fn at(tree: &Tree, moment: Timestamp) -> Outputs {
    let built = build(tree, moment);
    let iso = rfc3339(moment, &TimeZone::get(ZONE).unwrap());
    let without = |bytes: Vec<u8>| match String::from_utf8(bytes) {
        Ok(text) => without_moment(&text, &iso).into_bytes(),
        Err(binary) => binary.into_bytes(),
    };
    if stops(&built.findings) {
        return Outputs::new();
    }
    built.outputs.into_iter().map(|(path, bytes)| (path, without(bytes))).collect()
}

/// The moment stands in `<time datetime="…">…</time>`, in `data-as-of`, and in a sentence of what is printed.
fn without_moment(text: &str, iso: &str) -> String {
    let mut out = text.replace(&format!("data-as-of=\"{iso}\""), "");
    let borne = [
        (format!("<time datetime=\"{iso}\">"), "</time>"),
        ("<p class=\"small\">As of ".to_owned(), "</p>"),
        ("<p class=\"small\">Al ".to_owned(), "</p>"),
    ];
    for (before, after) in borne {
        let mut rest = out.as_str();
        let mut without = String::new();
        while let Some((head, tail)) = rest.split_once(before.as_str()) {
            without.push_str(head);
            rest = tail.split_once(after).map_or("", |(_, rest)| rest);
        }
        without.push_str(rest);
        out = without;
    }
    out
}

/// The first difference, for a message.
fn other(one: &Outputs, two: &Outputs) -> String {
    let paths: std::collections::BTreeSet<_> = one.keys().chain(two.keys()).collect();
    let path = paths.into_iter().find(|path| one.get(*path) != two.get(*path)).unwrap();
    let text = |outputs: &Outputs| {
        outputs.get(path).map_or_else(String::new, |bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    format!("{path}: {}", crate::support::difference(&text(one), &text(two)))
}

/// Some moments from the first of two until just before the other.
fn between(from: Timestamp, to: Timestamp, random: &mut Random) -> Vec<Timestamp> {
    let seconds = usize::try_from(to.duration_since(from).as_secs()).unwrap();
    let any = |random: &mut Random| {
        let after = i64::try_from(random.below(seconds.max(1))).unwrap();
        from.checked_add(after.seconds()).unwrap()
    };
    let last = to.checked_sub(1.nanosecond()).unwrap();
    let second = from.checked_add(1.second()).unwrap().min(last);
    vec![last, second, any(random)]
}

#[test]
fn random_campaigns_change_when_it_is_said_and_not_before() {
    let ends: Vec<bool> = (1..=seeds())
        .into_par_iter()
        .map(|seed| {
            let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let (tree, now) = (campaign(&mut random), some_moment(&mut random));
            let first = engine(&tree, now);
            assert!(!stops(first.findings()), "seed {seed}: {:?}", first.findings());
            let next = first.next_change().map(|coming| coming.moment);
            let end = next.unwrap_or_else(|| now.checked_add((9 * 365 * 24).hours()).unwrap());
            let before = at(&tree, now);
            for moment in between(now, end, &mut random) {
                let then = at(&tree, moment);
                assert!(
                    then == before,
                    "seed {seed}: {now} to {moment}, not {next:?}: {}",
                    other(&before, &then)
                );
            }
            assert!(
                next.is_none_or(|next| at(&tree, next) != before),
                "seed {seed}: nothing changes at {next:?}"
            );
            next.is_some()
        })
        .collect();
    let changing = ends.iter().filter(|changes| **changes).count();
    assert!(changing * 2 > ends.len() && changing < ends.len(), "{changing} of {} change", ends.len());
}

const NOW: (&str, &str) = ("SOURCE_DATE_EPOCH", "1729600000");

#[test]
fn it_is_said_in_three_forms() {
    let campaign = Campaign::new();
    campaign.put("content/soon.md", "---\ntitle: Soon\npublish: 2024-10-24 06:00\n---\nText.\n");
    let said = |form: &str| campaign.run_with(&["next", "--format", form], &[NOW]).exits_with(0).out;
    assert_eq!(said("iso"), "2024-10-24T06:00:00-07:00\n");
    assert_eq!(said("unix"), "1729774800\n");
    assert_eq!(
        campaign.run_with(&["next"], &[NOW]).exits_with(0).out,
        "The website changes next at 2024-10-24 06:00 PDT, in 2 days.\n"
    );
}

#[test]
fn where_nothing_changes_programs_are_told_nothing() {
    let campaign = Campaign::new();
    for form in ["iso", "unix"] {
        assert_eq!(campaign.run_with(&["next", "--format", form], &[NOW]).exits_with(0).out, "");
    }
    let said = campaign.run_with(&["next"], &[NOW]).exits_with(0).out;
    assert_eq!(said, "The website does not change any more by itself.\n");
}

#[test]
fn what_will_stop_publishing_is_told_before_it_does() {
    let campaign = Campaign::new();
    campaign.put("content/now.md", "---\ntitle: Now\nexpires: 2024-10-24\n---\nText.\n");
    campaign.put("content/then.md", "---\ntitle: Then\n---\nSee [[now]].\n");
    let ran = campaign.run_with(&["next", "--format", "iso"], &[NOW]).exits_with(0);
    assert_eq!(ran.out, "2024-10-25T00:00:00-07:00\n");
    assert!(ran.err.contains("content/then.md:4:"), "{}", ran.err);
    assert!(ran.err.contains("warning: from 2024-10-25 00:00 PDT on these stop publishing"), "{}", ran.err);
}

#[test]
fn what_cannot_be_published_has_no_next_moment() {
    let campaign = Campaign::new();
    campaign.put("content/then.md", "---\ntitle: Then\n---\nSee [[nothing]].\n");
    let ran = campaign.run_with(&["next"], &[NOW]).exits_with(1);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("error: 1 error. What cannot be published does not change."), "{}", ran.err);
}

//! The same files at the same moment give the same bytes: whatever the order, the folder, the zone of the machine, its
//! language, and the number of threads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use handbill::base::{Change, Tree};

use super::support::{self, Outputs, at, build, engine};

const MOMENT: &str = "2024-10-24T05:40:00-07:00";

fn demo() -> Tree {
    support::folder(&support::root())
}

/// Fails with the first output that differs.
fn same(left: &Outputs, right: &Outputs, what: &str) {
    let names = |outputs: &Outputs| outputs.keys().cloned().collect::<Vec<_>>();
    assert!(!left.is_empty(), "{what}: nothing was built");
    assert_eq!(names(left), names(right), "{what}: other outputs");
    for (path, bytes) in left {
        if *bytes != right[path] {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            panic!("{what}: {path} differs, {}", support::difference(&text(bytes), &text(&right[path])));
        }
    }
}

/// A fixed order that has nothing to do with the files' names.
fn shuffled(tree: &Tree) -> Vec<Change> {
    let mut changes: Vec<Change> =
        tree.iter().map(|(path, file)| Change { path: path.clone(), now: Some(file.clone()) }).collect();
    changes.sort_by_key(|change| {
        change
            .path
            .as_str()
            .bytes()
            .fold(7u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()) ^ hash >> 7)
    });
    changes
}

#[test]
fn files_may_come_in_any_order_and_bit_by_bit() {
    let tree = demo();
    let expected = build(&tree, at(MOMENT)).outputs;
    // An engine that starts with nothing numbers its documents in the order in which they come.
    let mut bit_by_bit = engine(&Tree::default(), at(MOMENT));
    let changes = shuffled(&tree);
    for some in changes.chunks(changes.len().div_ceil(5)) {
        bit_by_bit.apply(some);
    }
    same(&expected, &support::finish(&bit_by_bit).outputs, "in another order");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let tree = demo();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let alone = engine(&tree, at(MOMENT)).with_darkroom(Arc::default());
        pool.install(|| support::finish(&alone).outputs)
    };
    same(&with(1), &with(8), "with 8 threads");
}

/// Builds the demo with the program itself, in a folder of its own and under some environment.
fn by_program(root: &Path, environment: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    for (path, file) in demo().iter() {
        let path = root.join(path.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.bytes().unwrap()).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    command.args(["build", "--as-of", "2024-10-24T05:40", "--root"]).arg(root);
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("HANDBILL_BASE_URL").envs(environment.iter().copied());
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let public = root.join("public");
    let read = |path: std::path::PathBuf| {
        (path.strip_prefix(&public).unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())
    };
    support::files(&public).into_iter().map(read).collect()
}

#[test]
fn folder_zone_and_language_of_the_machine_do_not_matter() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let deeper = there.path().join("a folder/with a longer name");
    let left = by_program(here.path(), &[("TZ", "America/New_York"), ("LANG", "en_US.UTF-8")]);
    let right = by_program(
        &deeper,
        &[
            ("TZ", "Asia/Tokyo"),
            ("LANG", "de_DE.UTF-8"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("RAYON_NUM_THREADS", "1"),
        ],
    );
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (path, bytes) in &left {
        assert!(*bytes == right[path], "{path} differs");
    }
    // And they are what the engine makes in memory.
    let expected = support::finish(&support::drawing(engine(&demo(), at(MOMENT)))).outputs;
    for (path, bytes) in &expected {
        assert!(left.get(path.as_str()) == Some(bytes), "{path} is written otherwise than it was made");
    }
    let more: Vec<&String> = left.keys().filter(|path| !expected.contains_key(&support::out(path))).collect();
    assert!(more.len() <= 1, "only the list of what was written may be beside the outputs: {more:?}");
}

//! After an edit, what is rendered again is exactly what changed, and the whole equals a clean build byte for byte.
//!
//! Every section of `tests/rebuild/*.md` is a case: edits to the site that stands before the file's first section, and the
//! list of outputs that are stale and why. `BLESS=1 cargo test rebuild` rewrites the lists.

mod random;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use handbill::base::{Change, File, OutPath, Tree};
use handbill::diagnostics::stops;
use handbill::engine::{Engine, Update};
use jiff::Timestamp;

use super::links::every_link_resolves;
use super::support::{self, Outputs, Section, at, bless, difference};

/// The moment at which the cases are built.
const MOMENT: &str = "2024-10-22T12:00:00-07:00";

/// A folder that is kept up to date by an engine, as `build --watch` does it.
struct Kept {
    engine: Engine,
    tree: Tree,
    moment: Timestamp,
    /// What was written.
    written: Outputs,
    /// What is gone since the folder was last brought up to date.
    gone: BTreeSet<OutPath>,
}

impl Kept {
    fn new(tree: Tree, moment: Timestamp) -> Kept {
        let engine = support::engine(&tree, moment);
        let written = support::finish(&engine).outputs;
        Kept { engine, tree, moment, written, gone: BTreeSet::new() }
    }

    fn apply(&mut self, changes: &[Change]) -> Update {
        for Change { path, now } in changes {
            match now {
                Some(file) => self.tree.insert(path.clone(), file.clone()),
                None => self.tree.remove(path),
            }
        }
        let update = self.engine.apply(changes);
        self.bring_up_to_date(&update);
        update
    }

    fn set_moment(&mut self, moment: Timestamp) -> Update {
        self.moment = moment;
        let update = self.engine.set_moment(moment);
        self.bring_up_to_date(&update);
        update
    }

    /// Renders what is stale, keeps the rest, and drops what is gone; where a finding stops that, all stays as it is.
    fn bring_up_to_date(&mut self, update: &Update) {
        self.gone.extend(update.gone.iter().cloned());
        if stops(self.engine.findings()) {
            return;
        }
        let stale: Vec<&OutPath> = update.stale.iter().map(|(path, _)| path).collect();
        let (rendered, findings) = support::render(&self.engine, &stale);
        if stops(&findings) {
            return;
        }
        let gone = std::mem::take(&mut self.gone);
        self.written.retain(|path, _| !gone.contains(path));
        self.written.extend(rendered);
    }

    /// Fails where what was written is not what a clean build of the same files makes.
    fn equals_a_clean_build(&self, what: &str) {
        let clean = support::build(&self.tree, self.moment);
        if stops(&clean.findings) {
            let report = support::report(self.engine.findings(), &self.tree);
            if stops(self.engine.findings()) {
                assert_eq!(report, clean.report, "{what}: other findings than a clean build's");
            }
            return;
        }
        let names = |outputs: &Outputs| outputs.keys().cloned().collect::<BTreeSet<OutPath>>();
        let (kept, wanted) = (names(&self.written), names(&clean.outputs));
        let (more, less) = (kept.difference(&wanted), wanted.difference(&kept));
        let (more, less): (Vec<_>, Vec<_>) = (more.collect(), less.collect());
        assert!(more.is_empty() && less.is_empty(), "{what}: too many {more:?}, too few {less:?}");
        let campaign = self.tree.text(&support::source("content/campaign.yaml")).unwrap();
        let base = campaign.lines().find_map(|line| line.strip_prefix("base_url: ")).unwrap();
        every_link_resolves(&clean.outputs, base);
        for (path, bytes) in &clean.outputs {
            let kept = &self.written[path];
            if kept != bytes {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                panic!(
                    "{what}: {path} is not as a clean build makes it, {}",
                    difference(&text(bytes), &text(kept))
                );
            }
        }
    }

    /// The outputs that an update touches, and why.
    fn list(update: &Update) -> String {
        let mut lines: Vec<String> =
            update.stale.iter().map(|(path, why)| format!("{path}: {}", why.text)).collect();
        lines.extend(update.gone.iter().map(|path| format!("{path}: is gone")));
        // What an asset's digest is does not matter here, and changes with each edit of the default theme.
        for line in &mut lines {
            if let Some((asset, rest)) = line.strip_prefix("assets/").and_then(|line| line.split_once(": ")) {
                let named: Vec<&str> = asset.split('.').collect();
                if let [stem, _, extension] = named.as_slice() {
                    *line = format!("assets/{stem}.….{extension}: {rest}");
                }
            }
        }
        lines.sort();
        if lines.is_empty() {
            lines.push("nothing".to_owned());
        }
        lines.join("\n") + "\n"
    }
}

/// The edits of a section: whole files, `absent` ones, and `replace` blocks of `old`, `=>` and `new`.
fn edits(section: &Section, tree: &Tree) -> Vec<Change> {
    let mut edited = tree.clone();
    let mut paths = BTreeMap::new();
    for fence in section.fences.iter().filter(|fence| fence.word(1).contains('/')) {
        let path = support::source(fence.word(1));
        if fence.word(0) == "replace" {
            let (old, new) = fence.text.split_once("\n=>\n").expect("a block with old, => and new");
            let text = edited.text(&path).unwrap_or_else(|| panic!("there is no {path}"));
            assert_eq!(
                text.matches(old).count(),
                1,
                "{}: “{old}” stands not once in {path}",
                section.heading
            );
            let text = text.replace(old, new.trim_end_matches('\n'));
            edited.insert(path.clone(), File::new(text.into_bytes()));
        } else {
            support::insert(&mut edited, std::slice::from_ref(fence));
        }
        paths.insert(path, ());
    }
    paths.into_keys().map(|path| Change { now: edited.get(&path).cloned(), path }).collect()
}

#[test]
fn edits_touch_what_they_change_and_nothing_else() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for file in support::files(&support::root().join("tests/rebuild")) {
        let text = fs::read_to_string(&file).unwrap();
        let (shared, sections) = support::sections(&text);
        let mut tree = Tree::default();
        support::insert(&mut tree, &shared.fences);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for section in sections.iter().rev() {
            cases += 1;
            let mut kept = Kept::new(tree.clone(), at(MOMENT));
            assert!(!kept.written.is_empty(), "{}", support::report(kept.engine.findings(), &tree));
            let moment = section.fences.iter().find(|fence| fence.words == ["moment"]);
            let update = match moment {
                Some(fence) => kept.set_moment(at(fence.text.trim())),
                None => kept.apply(&edits(section, &tree)),
            };
            kept.equals_a_clean_build(&section.heading);
            let list = if stops(kept.engine.findings()) {
                let summary = handbill::diagnostics::text::summary(kept.engine.findings());
                format!("nothing is written: {summary}\n")
            } else {
                // What was just brought up to date is not stale again.
                assert_eq!(kept.apply(&[]), Update::default(), "{}: stale without an edit", section.heading);
                Kept::list(&update)
            };
            let expected = section.fences.iter().find(|fence| fence.words == ["text"]);
            let fence = expected.unwrap_or_else(|| panic!("{} has no list", section.heading));
            if bless() {
                lines.splice(fence.lines.clone(), list.lines().map(str::to_owned));
            } else if fence.text != list {
                wrong.push(format!("“{}”: {}\n\n{list}", section.heading, difference(&fence.text, &list)));
            }
        }
        if bless() {
            fs::write(&file, lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "other outputs than expected; BLESS=1 rewrites the lists\n{}",
        wrong.join("\n")
    );
    assert!(cases >= 15, "there are only {cases} cases");
}

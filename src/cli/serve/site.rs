//! The site that is previewed and what became of it: the engine, what was made of it, and what there is to tell.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use axum::body::Bytes;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::kept::{Kept, Made};
use super::time::Time;
use crate::base::url::{self, BaseUrl};
use crate::base::{Change, OutPath, SourcePath, Tree};
use crate::diagnostics::{Checked, Finding, stops};
use crate::engine::{Engine, Settings, Update};
use crate::output;
use crate::output::photo::Darkroom;

/// What changes with the files and with time. Whoever reads it may render.
pub(super) struct Site {
    pub(super) engine: Engine,
    /// What there is to tell of the disk.
    disk: Vec<Finding>,
    /// What a build would tell besides, which leaves drafts and their like out: that something leads to one of them.
    build: Vec<Finding>,
    pub(super) zone: TimeZone,
    pub(super) time: Time,
    /// How often something changed.
    pub(super) generation: u64,
    pub(super) saved: Saved,
    touched: Touched,
    /// The next moment at which something changes by itself, as far as it was rendered.
    pub(super) next: Option<Timestamp>,
}

/// What was saved last.
#[derive(Default)]
pub(super) struct Saved {
    /// The generation of that.
    pub(super) generation: u64,
    /// The document, where it was one.
    pub(super) document: Option<SourcePath>,
    /// All files that were saved then; none where so many changed at once that nobody can have saved them.
    pub(super) files: BTreeSet<SourcePath>,
}

/// More files than this at once are no saving, but a switch of branches or a folder that was copied.
const SAVED_AT_ONCE: usize = 8;

/// Addresses that stay what they are while what stands there changes: the files of `static/`.
#[derive(Default)]
struct Touched {
    log: VecDeque<(u64, String)>,
    /// Of changes up to this generation nothing is known any more.
    forgotten: u64,
}

/// The most addresses that are remembered.
const TOUCHED: usize = 256;

/// What was made of the site, and what came out in the making.
#[derive(Default)]
pub(super) struct Results {
    pub(super) kept: Kept,
    /// What rendering found, by output.
    pub(super) findings: BTreeMap<OutPath, Vec<Finding>>,
    /// Outputs that were not rendered since they changed.
    pub(super) waiting: BTreeSet<OutPath>,
    /// Whether something changed since it was last asked what a build would tell.
    pub(super) unchecked: bool,
    /// The file of each document's page that was shown.
    pub(super) sources: BTreeMap<OutPath, SourcePath>,
}

impl Site {
    pub(super) fn new(tree: Checked<Tree>, settings: Settings, time: Time, darkroom: Arc<Darkroom>) -> Site {
        let zone = Engine::zone(&tree.value);
        let engine = Engine::new(tree.value, settings).with_darkroom(darkroom);
        let touched = Touched::default();
        let mut site = Site {
            next: None,
            build: Vec::new(),
            engine,
            disk: tree.findings,
            zone,
            time,
            generation: 1,
            saved: Saved::default(),
            touched,
        };
        site.look_ahead();
        site
    }

    /// Takes in what changed on the disk.
    pub(super) fn apply(&mut self, changes: &[Change], disk: Vec<Finding>) -> Vec<Update> {
        self.generation += 1;
        self.disk = disk;
        // Their places are those of the old text.
        self.build.retain(|finding| {
            let file = finding.place.as_ref().map(|place| &place.file);
            !changes.iter().any(|change| Some(&change.path) == file)
        });
        let statics = changes.iter().filter_map(|change| change.path.below("static"));
        for path in statics {
            self.touched.add(self.generation, format!("/{}", url::encode_path(path)));
        }
        self.saved = Saved::of(changes, self.generation);
        let mut updates = vec![self.engine.apply(changes)];
        self.zone = self.engine.time_zone();
        if self.time.read_again(&self.zone) {
            updates.push(self.engine.set_moment(self.time.moment()));
        }
        self.look_ahead();
        updates
    }

    /// Moves on to the moment that holds now.
    pub(super) fn move_on(&mut self) -> Update {
        self.generation += 1;
        let update = self.engine.set_moment(self.time.moment());
        self.look_ahead();
        update
    }

    /// All that there is to tell but of rendering, in order.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut all = self.disk.clone();
        all.extend(self.engine.findings().iter().cloned());
        all.extend(self.engine.missing_address());
        all.extend(self.build.iter().cloned());
        all
    }

    /// What a build of now would be made of, where it would leave anything out.
    pub(super) fn as_built(&self) -> Option<(Tree, Settings)> {
        self.engine.unpublished().next()?;
        let settings =
            Settings { moment: self.engine.moment(), base: Some(BaseUrl::default()), drafts: false };
        Some((self.engine.tree().clone(), settings))
    }

    /// Takes what a build would tell; says whether anything of it is news.
    pub(super) fn take_built(&mut self, told: &[Finding]) -> bool {
        let known = self.engine.findings();
        let besides = told.iter().filter(|told| !known.iter().any(|known| is_same(known, told)));
        let besides: Vec<Finding> = besides.cloned().collect();
        let is_news = besides != self.build;
        self.build = besides;
        is_news
    }

    /// The addresses of files that changed since a generation, as far as that is known.
    pub(super) fn touched(&self, since: u64) -> Option<Vec<String>> {
        let log = &self.touched;
        let new = log.log.iter().filter(|(generation, _)| *generation > since);
        (since >= log.forgotten).then(|| new.map(|(_, address)| address.clone()).collect())
    }

    /// Looks again for the next moment at which something changes by itself: each page that was rendered may know another.
    pub(super) fn look_ahead(&mut self) {
        self.next = self.engine.next_moment();
    }

    /// Whether the file of a page can be read: where its front matter is broken, the page lacks all that stands in it.
    pub(super) fn is_readable(&self, path: &OutPath) -> bool {
        let Some(about) = self.engine.about(path) else { return true };
        let mut findings = self.engine.findings().iter().filter(|finding| finding.hides_all_fields());
        !findings.any(|finding| finding.place.as_ref().is_some_and(|place| place.file == *about.source))
    }

    /// Renders an output; `None` where there is no site.
    pub(super) fn render(&self, path: &OutPath) -> Option<Rendered> {
        let rendered = self.engine.rendering()?.render(path);
        Some(Rendered::of(rendered, self.engine.content_type(path)))
    }
}

/// Whether two findings tell of the same mistake. Their cures may differ: that of a dead link names documents that are there,
/// and a build has fewer of them than a preview.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.code == other.code && one.place == other.place && one.title == other.title
}

/// What came of rendering an output.
pub(super) struct Rendered {
    /// What was made; `None` where findings say why not.
    pub(super) made: Option<Made>,
    /// What there is to tell.
    pub(super) findings: Vec<Finding>,
}

impl Rendered {
    /// What came of it, with the media type where the output's name does not tell it.
    pub(super) fn of(rendered: Checked<Option<output::Bytes>>, media_type: Option<&'static str>) -> Rendered {
        let Checked { value, findings } = rendered;
        let bytes = value.filter(|_| !stops(&findings)).map(|bytes| match bytes {
            output::Bytes::Made(bytes) => Bytes::from(bytes),
            output::Bytes::Shared(bytes) => Bytes::from_owner(bytes),
        });
        Rendered { made: bytes.map(|bytes| (bytes, media_type)), findings }
    }
}

impl Results {
    /// Nothing was made of the site yet.
    pub(super) fn new(engine: &Engine) -> Results {
        Results { waiting: engine.outputs().cloned().collect(), unchecked: true, ..Results::default() }
    }

    /// Forgets what does not hold any more. What was made before is still kept, to be shown while something is broken.
    pub(super) fn outdate(&mut self, update: &Update) {
        self.unchecked = true;
        for path in update.stale.iter().map(|(path, _)| path).chain(&update.gone) {
            self.kept.outdate(path);
            self.findings.remove(path);
            self.waiting.remove(path);
        }
        self.waiting.extend(update.stale.iter().map(|(path, _)| path.clone()));
    }

    /// Takes the next output that is to be rendered: photos last, and not before it is known what a build would tell, for
    /// one takes as long as hundreds of pages.
    pub(super) fn next(&mut self) -> Option<OutPath> {
        let page = self.waiting.iter().find(|path| !path.as_str().starts_with("media/")).cloned();
        match page {
            Some(page) => self.waiting.take(&page),
            None if self.unchecked => None,
            None => self.waiting.pop_first(),
        }
    }

    /// Notes what rendering found.
    pub(super) fn note(&mut self, path: &OutPath, findings: Vec<Finding>) {
        self.waiting.remove(path);
        if findings.is_empty() {
            self.findings.remove(path);
        } else {
            self.findings.insert(path.clone(), findings);
        }
    }
}

impl Saved {
    fn of(changes: &[Change], generation: u64) -> Saved {
        let files: BTreeSet<SourcePath> = changes.iter().map(|change| change.path.clone()).collect();
        if files.len() > SAVED_AT_ONCE {
            return Saved { generation, ..Saved::default() };
        }
        let is_document = |path: &SourcePath| path.below("content").is_some() && path.extension() == "md";
        let mut saved = changes.iter().filter(|change| change.now.is_some() && is_document(&change.path));
        Saved { generation, document: saved.next_back().map(|change| change.path.clone()), files }
    }
}

impl Touched {
    fn add(&mut self, generation: u64, address: String) {
        self.log.push_back((generation, address));
        while self.log.len() > TOUCHED {
            self.forgotten = self.log.pop_front().map_or(0, |(generation, _)| generation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::File;

    fn change(path: &str, text: Option<&str>) -> Change {
        let now = text.map(|text| File::new(text.as_bytes()));
        Change { path: SourcePath::new(path).unwrap(), now }
    }

    #[test]
    fn what_was_saved_is_a_document_that_is_there() {
        let saved = |changes: &[Change]| Saved::of(changes, 2).document.map(|path| path.to_string());
        assert_eq!(saved(&[change("content/about.md", Some("x"))]), Some("content/about.md".to_owned()));
        assert_eq!(saved(&[change("content/about.md", None)]), None);
        assert_eq!(
            saved(&[change("content/media/media.yaml", Some("x")), change("themes/a.md", Some("x"))]),
            None
        );
        let switch: Vec<Change> = (0..20).map(|n| change(&format!("content/{n}.md"), Some("x"))).collect();
        assert!(Saved::of(&switch, 2).files.is_empty() && saved(&switch).is_none());
    }

    #[test]
    fn touched_addresses_are_known_as_long_as_there_are_not_too_many() {
        let mut touched = Touched::default();
        for generation in 1..=300 {
            touched.add(generation, format!("/{generation}"));
        }
        assert_eq!((touched.log.len(), touched.forgotten), (TOUCHED, 300 - TOUCHED as u64));
    }
}

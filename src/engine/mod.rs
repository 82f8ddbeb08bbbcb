//! The order of the stages, and the two caches. No clock, no disk, no terminal.

mod assemble;
mod rendering;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::base::url::BaseUrl;
use crate::base::{Change, DocId, Fingerprint, LanguageTag, OutPath, SourcePath, Tree};
use crate::diagnostics::{Checked, Finding};
use crate::model::{Fact, Site};
use crate::parse::{self, CampaignDoc, Parsed};
use crate::theme::Theme;

pub use rendering::Rendering;

/// What a site depends on beside its files.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The moment as of which the site holds.
    pub moment: Timestamp,
    /// Where the site will stand, where it is not as campaign.yaml says.
    pub base: Option<BaseUrl>,
    /// Whether drafts and embargoed documents are shown, as in a preview.
    pub drafts: bool,
}

/// A campaign in memory: its files, what they say, the site they make, and what each output read when it was rendered.
pub struct Engine {
    settings: Settings,
    tree: Tree,
    /// The first cache. Right because parsing is a pure function of a file's path and bytes.
    docs: BTreeMap<SourcePath, Cached>,
    /// Numbers for documents; a path keeps its number for the whole run.
    numbers: BTreeMap<SourcePath, DocId>,
    made: Option<Made>,
    /// What there is to tell of the files and of how they fit together.
    findings: Vec<Finding>,
    /// The second cache: the facts that each output read, with their fingerprints of that moment. Right because the
    /// only door to the site, `Reader`, records what is read.
    traces: Mutex<BTreeMap<OutPath, Trace>>,
}

struct Cached {
    fingerprint: Fingerprint,
    parsed: Option<(DocId, Arc<Parsed>)>,
    findings: Vec<Finding>,
}

/// A site and the theme that shows it.
struct Made {
    site: Site,
    theme: Theme,
}

type Trace = Vec<(Fact, Fingerprint)>;

/// What a change did to the outputs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    /// Outputs that are no longer as they were rendered, each with the first fact that changed; `None` for new ones.
    pub stale: Vec<(OutPath, Option<Fact>)>,
    /// Outputs that are gone.
    pub gone: Vec<OutPath>,
}

/// What campaign.yaml says.
fn campaign(tree: &Tree) -> Option<CampaignDoc> {
    let path = SourcePath::new("content/campaign.yaml")?;
    match parse::parse(&path, tree.get(&path)?).value? {
        Parsed::Campaign(campaign) => Some(*campaign),
        Parsed::Document(_) | Parsed::MediaWords(_) | Parsed::Media(_) => None,
    }
}

impl Engine {
    /// Reads all documents and makes their site. Where there is no campaign, or its theme is missing, there is no
    /// output, and the findings say why.
    pub fn new(tree: Tree, settings: Settings) -> Engine {
        let mut engine = Engine {
            settings,
            tree,
            docs: BTreeMap::new(),
            numbers: BTreeMap::new(),
            made: None,
            findings: Vec::new(),
            traces: Mutex::default(),
        };
        engine.make();
        engine
    }

    /// The campaign's time zone, known before there is a site: `--as-of` is read in it. UTC where campaign.yaml names none.
    pub fn zone(tree: &Tree) -> TimeZone {
        campaign(tree).and_then(|campaign| campaign.zone).map_or(TimeZone::UTC, |(zone, _)| zone)
    }

    /// The campaign's languages, the default one first; none where campaign.yaml names none.
    pub fn languages(tree: &Tree) -> Vec<LanguageTag> {
        campaign(tree).and_then(|campaign| campaign.languages).unwrap_or_default()
    }

    /// Takes changed files in, and says which outputs they touch. Only changed files are parsed again; the site is
    /// linked anew, for that costs less than knowing what to keep.
    pub fn apply(&mut self, changes: &[Change]) -> Update {
        for change in changes {
            match &change.now {
                Some(file) => self.tree.insert(change.path.clone(), file.clone()),
                None => self.tree.remove(&change.path),
            }
        }
        self.make();
        self.update()
    }

    /// Moves the site to another moment, and says which outputs that touches.
    pub fn set_moment(&mut self, moment: Timestamp) -> Update {
        self.settings.moment = moment;
        self.make();
        self.update()
    }

    /// Every output, in order.
    pub fn outputs(&self) -> impl Iterator<Item = &OutPath> {
        self.made.iter().flat_map(|made| made.site.routes.keys())
    }

    /// What there is to tell of the files and of how they fit together, in order of file and line.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// All that a build would tell: the findings of the files, and those of rendering every output. Nothing is kept of what
    /// is rendered, and a mistake elsewhere is no reason not to look.
    pub fn examine(&self) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        if let Some(rendering) = self.rendering() {
            let outputs: Vec<&OutPath> = self.outputs().collect();
            let told: Vec<Vec<Finding>> =
                outputs.par_iter().map(|path| rendering.render(path).findings).collect();
            findings.extend(told.into_iter().flatten());
        }
        crate::diagnostics::settle(&mut findings);
        findings
    }

    /// The files, for excerpts.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// A session of rendering, which shares what many outputs show; `None` where there is no site.
    pub fn rendering(&self) -> Option<Rendering<'_>> {
        let made = self.made.as_ref()?;
        Some(Rendering::new(&made.site, &made.theme, &self.traces))
    }

    fn make(&mut self) {
        self.parse();
        let Checked { value, mut findings } = assemble::assemble(&self.tree, &self.docs, &self.settings);
        self.made = value.map(|(site, theme)| Made { site, theme });
        findings.extend(self.docs.values().flat_map(|cached| cached.findings.iter().cloned()));
        parse::quiet(&mut findings, &self.tree);
        parse::locate(&mut findings, &self.tree);
        crate::diagnostics::settle(&mut findings);
        self.findings = findings;
    }

    /// Parses the files that are new or changed, in parallel.
    fn parse(&mut self) {
        let tree = &self.tree;
        self.docs.retain(|path, _| tree.get(path).is_some());
        for (path, _) in tree.iter() {
            if !self.numbers.contains_key(path) {
                self.numbers.insert(path.clone(), DocId::new(self.numbers.len()));
            }
        }
        let fresh = |path: &SourcePath, fingerprint| {
            self.docs.get(path).is_none_or(|cached: &Cached| cached.fingerprint != fingerprint)
        };
        let changed: Vec<_> = tree.iter().filter(|(path, file)| fresh(path, file.fingerprint)).collect();
        let parsed: Vec<(SourcePath, Cached)> = changed
            .par_iter()
            .map(|(path, file)| {
                let Checked { value, findings } = parse::parse(path, file);
                let number = self.numbers.get(*path).copied();
                let parsed = number.zip(value).map(|(number, parsed)| (number, Arc::new(parsed)));
                ((*path).clone(), Cached { fingerprint: file.fingerprint, parsed, findings })
            })
            .collect();
        self.docs.extend(parsed);
    }

    /// Compares what each output read with what it would read now.
    fn update(&mut self) -> Update {
        let mut update = Update::default();
        let Ok(traces) = self.traces.get_mut() else { return update };
        let Some(made) = &self.made else { return update };
        let theme = |fact: &Fact| made.theme.fingerprint(fact);
        for path in made.site.routes.keys() {
            let Some(trace) = traces.get(path) else {
                update.stale.push((path.clone(), None));
                continue;
            };
            let changed = trace.iter().find(|(fact, print)| made.site.fingerprint(fact, &theme) != *print);
            if let Some((fact, _)) = changed {
                update.stale.push((path.clone(), Some(fact.clone())));
            }
        }
        update.gone = traces.keys().filter(|path| !made.site.routes.contains_key(*path)).cloned().collect();
        traces.retain(|path, _| made.site.routes.contains_key(path));
        update
    }
}

//! The order of the stages, and the two caches. No clock, no disk, no terminal.

mod about;
mod assemble;
mod leaks;
mod next;
mod photos;
mod rendering;
mod traces;
mod vanished;
mod why;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::base::url::BaseUrl;
use crate::base::{Change, DocId, File, LanguageTag, OutPath, SourcePath, Tree};
use crate::diagnostics::{Checked, Finding};
use crate::link::{Earlier, Linked};
use crate::model::{Fact, Phase, Site};
use crate::output::photo::{Darkroom, Developer, Proofs};
use crate::parse::{self, CampaignDoc, Doc, Parsed};
use crate::theme::Theme;

use leaks::{Ground, Secrets};
use traces::Traces;
use why::Reasons;

pub use about::{About, Unpublished};
pub use next::Coming;
pub use photos::Exposure;
pub use rendering::Rendering;
pub use traces::Cause;
pub use why::Why;

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
    /// The first cache: what each file says. Right because parsing is a pure function of a file's path and bytes.
    parsed: Numbered,
    /// What parsing told of each file, where it told anything.
    told: BTreeMap<SourcePath, Vec<Finding>>,
    /// Numbers for documents; a path keeps its number for the whole run.
    numbers: BTreeMap<SourcePath, DocId>,
    theme: Checked<Option<Theme>>,
    linked: Result<Linked, Vec<Finding>>,
    /// What there is to tell of the files and of how they fit together.
    findings: Vec<Finding>,
    /// The second cache.
    traces: Traces,
    /// Where photos are developed.
    darkroom: Arc<Darkroom>,
    /// The moment that pages bear, where it is not that of the settings.
    stamp: Option<Timestamp>,
    /// What must not be in any output, once something was rendered.
    secrets: OnceLock<Option<Secrets>>,
}

/// What each file says, with its number.
type Numbered = BTreeMap<SourcePath, (DocId, Parsed)>;

/// What a change did to the outputs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    /// Outputs that are no longer as they were rendered, and why.
    pub stale: Vec<(OutPath, Why)>,
    /// Outputs that are gone.
    pub gone: Vec<OutPath>,
}

/// What campaign.yaml says.
fn campaign(tree: &Tree) -> Option<Arc<CampaignDoc>> {
    let path = SourcePath::new("content/campaign.yaml")?;
    match parse::parse(&path, tree.get(&path)?).value? {
        Parsed::Campaign(campaign) => Some(campaign),
        Parsed::Document(_) | Parsed::MediaWords(_) | Parsed::Media(_) | Parsed::Loads(_) => None,
    }
}

fn zone_of(campaign: Option<&CampaignDoc>) -> TimeZone {
    campaign.and_then(|campaign| campaign.zone.clone()).map_or(TimeZone::UTC, |(zone, _)| zone)
}

impl Engine {
    /// Reads all documents and makes their site. Where there is no campaign, or its theme is missing, there is no
    /// output, and the findings say why.
    pub fn new(tree: Tree, settings: Settings) -> Engine {
        let mut engine = Engine {
            settings,
            parsed: BTreeMap::new(),
            told: BTreeMap::new(),
            numbers: BTreeMap::new(),
            theme: Checked::default(),
            linked: Err(Vec::new()),
            findings: Vec::new(),
            traces: Traces::default(),
            darkroom: Arc::default(),
            stamp: None,
            secrets: OnceLock::new(),
            tree,
        };
        let paths = engine.tree.iter().map(|(path, _)| path.clone()).collect();
        engine.parse(paths);
        engine.theme = assemble::theme(&engine.tree, &engine.parsed);
        engine.link();
        engine.tell();
        engine
    }

    /// The same, with photos developed in a darkroom that others see as well.
    pub fn with_darkroom(self, darkroom: Arc<Darkroom>) -> Engine {
        Engine { darkroom, ..self }
    }

    /// The campaign's time zone, known before there is a site: `--as-of` is read in it. UTC where campaign.yaml names none.
    pub fn zone(tree: &Tree) -> TimeZone {
        zone_of(campaign(tree).as_deref())
    }

    /// The campaign's time zone as of the files that were taken in; UTC where campaign.yaml names none.
    pub fn time_zone(&self) -> TimeZone {
        zone_of(assemble::campaign(&self.parsed))
    }

    /// The campaign's languages, the default one first; none where campaign.yaml names none.
    pub fn languages(tree: &Tree) -> Vec<LanguageTag> {
        campaign(tree).and_then(|campaign| campaign.languages.clone()).unwrap_or_default()
    }

    /// Takes changed files in, and says which outputs they touch. Only changed files are parsed again. Where they are
    /// documents whose names and addresses stay, only what they touch is linked again.
    pub fn apply(&mut self, changes: &[Change]) -> Update {
        let phase = self.made().and_then(|(site, _)| site.phase.clone());
        let touch = self.take(changes);
        self.secrets = OnceLock::new();
        let mut assets_stay = true;
        if touch.theme {
            let theme = assemble::theme(&self.tree, &self.parsed);
            let assets = |theme: &Checked<Option<Theme>>| theme.value.as_ref().map(Theme::assets);
            // The theme's files are outputs, too.
            assets_stay = assets(&theme) == assets(&self.theme);
            self.theme = theme;
        }
        let retouched = match &mut self.linked {
            Ok(linked) if assets_stay && !touch.whole => linked.retouch(&touch.edited),
            Ok(_) | Err(_) => None,
        };
        let earlier = retouched.unwrap_or_else(|| self.link());
        self.tell();
        self.update(&earlier, phase.as_ref(), changes)
    }

    /// Moves the site to another moment, and says which outputs that touches.
    pub fn set_moment(&mut self, moment: Timestamp) -> Update {
        let phase = self.made().and_then(|(site, _)| site.phase.clone());
        self.settings.moment = moment;
        self.secrets = OnceLock::new();
        let stamp = self.stamp();
        let earlier = match &mut self.linked {
            Ok(linked) if linked.term().contains(moment) => {
                linked.move_to(moment, stamp);
                Earlier::default()
            }
            Ok(_) | Err(_) => {
                let earlier = self.link();
                self.tell();
                earlier
            }
        };
        self.update(&earlier, phase.as_ref(), &[])
    }

    /// The first moment after this one at which any output that was rendered may be another by itself: something
    /// begins or ends, an embargo is over, a day dawns. `None` where nothing more will come.
    pub fn next_moment(&mut self) -> Option<Timestamp> {
        let linked = self.linked.as_ref().ok().and_then(|linked| linked.term().until());
        [linked, self.traces.until(self.settings.moment)].into_iter().flatten().min()
    }

    fn stamp(&self) -> Timestamp {
        self.stamp.unwrap_or(self.settings.moment)
    }

    /// Every output, in order.
    pub fn outputs(&self) -> impl Iterator<Item = &OutPath> {
        self.made().into_iter().flat_map(|(site, _)| site.routes.keys())
    }

    /// What there is to tell of the files and of how they fit together, in order of file and line.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// All that a build would tell: the findings of the files, and those of rendering every output. Nothing is kept of what
    /// is rendered, and a mistake elsewhere is no reason not to look.
    pub fn examine(&self) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        let proofs = Proofs(&self.darkroom);
        if let Some(rendering) = self.rendering_with(None, &proofs) {
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
        self.rendering_with(Some(&self.traces), &*self.darkroom)
    }

    /// The same for a site that will not change any more: what each output reads is not noted, which costs as much as to
    /// link the site.
    pub fn last_rendering(&self) -> Option<Rendering<'_>> {
        self.rendering_with(None, &*self.darkroom)
    }

    fn rendering_with<'e>(
        &'e self,
        traces: Option<&'e Traces>,
        developer: &'e dyn Developer,
    ) -> Option<Rendering<'e>> {
        let (site, theme) = self.made()?;
        let ground = Ground { tree: &self.tree, parsed: &self.parsed, site };
        let secrets = self.secrets.get_or_init(|| Secrets::new(ground));
        Some(Rendering::new(ground, theme, traces, secrets.as_ref(), developer))
    }

    /// The site and the theme that shows it, where there are both.
    fn made(&self) -> Option<(&Site, &Theme)> {
        Some((self.linked.as_ref().ok()?.site(), self.theme.value.as_ref()?))
    }

    /// Links everything anew; gives what stood there before.
    fn link(&mut self) -> Earlier {
        let theme = self.theme.value.as_ref();
        let linked = assemble::link(&self.tree, &self.parsed, theme, &self.settings, self.stamp());
        let before = std::mem::replace(&mut self.linked, linked);
        before.map(Linked::into_earlier).unwrap_or_default()
    }

    /// Gathers what there is to tell.
    fn tell(&mut self) {
        let mut findings = self.theme.findings.clone();
        match &self.linked {
            Ok(linked) => findings.extend(linked.findings().cloned()),
            Err(why) => findings.extend(why.iter().cloned()),
        }
        if let Some((site, theme)) = self.made() {
            findings.extend(assemble::unknown_layouts(site, theme));
            findings.extend(assemble::titles_without_font(site, &self.parsed));
        }
        findings.extend(self.told.values().flatten().cloned());
        parse::quiet(&mut findings, &self.tree);
        parse::locate(&mut findings, &self.tree);
        crate::diagnostics::settle(&mut findings);
        self.findings = findings;
    }

    /// Takes changed files in, and sees what their changes come to.
    fn take(&mut self, changes: &[Change]) -> Touch {
        let mut touch = Touch::default();
        let print = |file: Option<&File>| file.map(|file| file.fingerprint);
        let real = |change: &&Change| print(self.tree.get(&change.path)) != print(change.now.as_ref());
        // Of several changes to one file, the last is how it is now.
        let last: BTreeMap<&SourcePath, &Change> =
            changes.iter().map(|change| (&change.path, change)).collect();
        let changes: Vec<&Change> = last.into_values().filter(real).collect();
        let mut paths = Vec::new();
        for Change { path, now } in changes {
            match now {
                Some(file) => self.tree.insert(path.clone(), file.clone()),
                None => self.tree.remove(path),
            }
            paths.push(path.clone());
        }
        let before: Vec<Option<Parsed>> =
            paths.iter().map(|path| self.parsed.remove(path).map(|(_, parsed)| parsed)).collect();
        self.parse(paths.clone());
        for (path, before) in paths.into_iter().zip(before) {
            match (before, self.parsed.get(&path)) {
                (Some(Parsed::Document(_)), Some((id, Parsed::Document(doc)))) => {
                    touch.edited.push((*id, Arc::clone(doc)));
                }
                (None, None) if path.below("content").is_some() => {}
                (None, None) if path.below("themes").is_some() => touch.theme = true,
                (before, now) => {
                    let is_campaign = |parsed: &Parsed| matches!(parsed, Parsed::Campaign(_));
                    let now = now.map(|(_, parsed)| parsed);
                    touch.whole = true;
                    touch.theme |=
                        before.iter().chain(now).any(is_campaign) || path.below("static").is_some();
                }
            }
        }
        touch
    }

    /// Parses files of the tree in parallel. Those that are not there, or say nothing, are left out.
    fn parse(&mut self, paths: Vec<SourcePath>) {
        for path in &paths {
            self.told.remove(path);
            if !self.numbers.contains_key(path) {
                self.numbers.insert(path.clone(), DocId::new(self.numbers.len()));
            }
        }
        let parse = |path: SourcePath| {
            let checked = self.tree.get(&path).map(|file| parse::parse(&path, file));
            (path, checked)
        };
        let parsed: Vec<(SourcePath, Option<_>)> = paths.into_par_iter().map(parse).collect();
        for (path, checked) in parsed {
            let Some(Checked { value, findings }) = checked else { continue };
            if let (Some(parsed), Some(number)) = (value, self.numbers.get(&path)) {
                self.parsed.insert(path.clone(), (*number, parsed));
            }
            if !findings.is_empty() {
                self.told.insert(path, findings);
            }
        }
    }

    /// Compares what each output read with what it would read now.
    fn update(&mut self, earlier: &Earlier, phase: Option<&Phase>, changes: &[Change]) -> Update {
        let Some(theme) = &self.theme.value else { return Update::default() };
        let Ok(linked) = &self.linked else { return Update::default() };
        let site = linked.site();
        let of_theme = |fact: &Fact| theme.fingerprint(fact);
        let now = |fact: &Fact| site.fingerprint(fact, &of_theme);
        let compared = self.traces.compare(site.routes.keys(), site.moment, now);
        let of_themes =
            changes.iter().map(|change| &change.path).filter(|path| path.below("themes").is_some());
        let mut reasons = Reasons { site, earlier, phase, theme: of_themes.collect(), made: BTreeMap::new() };
        let stale = compared.stale.into_iter().map(|(path, cause)| (path, reasons.why(cause))).collect();
        Update { stale, gone: compared.gone }
    }
}

/// What changed files come to.
#[derive(Debug, Default)]
struct Touch {
    /// Documents that say something else than before.
    edited: Vec<(DocId, Arc<Doc>)>,
    /// Whether the theme has to be loaded again.
    theme: bool,
    /// Whether everything has to be linked again.
    whole: bool,
}

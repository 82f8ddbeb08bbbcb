//! All documents at once, the only whole-site pass: names to documents, routes and collisions, lists, phases as of
//! a moment. What is a draft, embargoed or expired is dropped here, before any list is made.

mod build;
mod campaign;
mod doubts;
mod expand;
mod groups;
mod lists;
mod merge;
mod names;
mod overlaps;
mod pictures;
mod references;
mod routes;
mod schedule;
mod spans;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::base::url::BaseUrl;
use crate::base::{DocId, Fingerprint, Fingerprinter, OutPath, SourcePath};
use crate::diagnostics::{Checked, Finding, finding};
use crate::model::{Asset, Document, Index, PhaseName, Site};
use crate::parse::{CampaignDoc, Doc, MediaFile, MediaWords, Parsed};

pub use campaign::theme_settings;

/// All that a site is made of.
pub struct Inputs<'a> {
    /// Every file that was parsed, with the number that it keeps for the whole run.
    pub parsed: &'a BTreeMap<SourcePath, (DocId, Arc<Parsed>)>,
    /// The files of `static/`, by their paths below it.
    pub statics: BTreeMap<OutPath, (SourcePath, Arc<[u8]>)>,
    /// The theme's published files.
    pub assets: Vec<Asset>,
    /// The moment as of which the site holds.
    pub moment: Timestamp,
    /// Where the site will stand, where it is not as campaign.yaml says.
    pub base: Option<BaseUrl>,
    /// Whether drafts and embargoed documents are shown, as in a preview.
    pub drafts: bool,
}

/// The parsed files, sorted by what they are.
pub(super) struct Files<'a> {
    docs: Vec<(DocId, &'a Doc)>,
    /// The first number that no file has.
    free: usize,
    campaign: &'a CampaignDoc,
    translations: Vec<&'a CampaignDoc>,
    media: BTreeMap<&'a SourcePath, &'a MediaFile>,
    words: BTreeMap<&'a str, &'a MediaWords>,
}

/// Makes the site as of a moment. `None` where there is no campaign to make one of.
pub fn link(inputs: Inputs<'_>) -> Checked<Option<Site>> {
    let Some(files) = sort(&inputs) else {
        let file = SourcePath::new("content/campaign.yaml");
        return Checked { value: None, findings: file.iter().map(finding::missing_campaign).collect() };
    };
    let mut findings = Vec::new();
    let frame = campaign::frame(&files, &inputs, &mut findings);
    let groups = groups::group(&files, &frame, inputs.drafts, &mut findings);
    let merged = merge::merge(&files, &groups, &frame, &mut findings);
    let names = names::Names::new(&groups, &merged, &mut findings);
    let lists = lists::lists(&groups, &merged, &frame);
    let mut routes = routes::Routes::new(&frame, &merged, &lists, &inputs, &mut findings);
    let pictures = pictures::Pictures::new(&files);
    let plans = schedule::plan(&files, &merged, &names, &frame, &mut findings);
    doubts::doubt(&groups, &names, files.campaign, &frame, &mut findings);
    let by_id = merged.iter().enumerate().map(|(index, one)| (one.id, index)).collect();
    let scope = references::Scope {
        names: &names,
        routes: &routes,
        pictures: &pictures,
        merged: &merged,
        by_id: &by_id,
        frame: &frame,
    };
    let built: Vec<Checked<Document>> =
        merged.par_iter().map(|one| build::document(one, &scope, plans.get(&one.id))).collect();
    let campaign = campaign::campaign(&files, &scope, &lists, &mut findings);
    let redirects = routes::redirects(&files, &scope, &mut findings);
    let media = pictures.published();
    routes.add_redirects(&redirects, &mut findings);
    routes.add_media(&media);
    let mut documents = Vec::new();
    for checked in built {
        findings.extend(checked.findings);
        let at = checked.value.card.id.index();
        if documents.len() <= at {
            documents.resize_with(at + 1, || None);
        }
        documents[at] = Some(checked.value);
    }
    let phase = frame.phase().cloned();
    let site = Site {
        prints: prints(&documents, &merged),
        today: frame.today,
        moment: inputs.moment,
        record: phase.as_ref().is_some_and(|phase| phase.name == PhaseName::Settled),
        phase,
        campaign,
        documents,
        media,
        assets: inputs.assets,
        statics: inputs.statics,
        redirects: redirects.into_iter().map(|(redirect, _)| redirect).collect(),
        lists,
        routes: routes.into_table(),
        index: Index::default(),
    };
    Checked { value: Some(site), findings }
}

fn sort<'a>(inputs: &Inputs<'a>) -> Option<Files<'a>> {
    let mut docs = Vec::new();
    let mut campaign = None;
    let mut translations = Vec::new();
    let mut media = BTreeMap::new();
    let mut words = BTreeMap::new();
    for (path, (id, parsed)) in inputs.parsed {
        match &**parsed {
            Parsed::Document(doc) => docs.push((*id, &**doc)),
            Parsed::Campaign(doc) if doc.language.is_none() => campaign = Some(&**doc),
            Parsed::Campaign(doc) => translations.push(&**doc),
            Parsed::MediaWords(all) => words.extend(all.iter().map(|(name, words)| (name.as_str(), words))),
            Parsed::Media(file) => {
                media.insert(path, file);
            }
        }
    }
    let free = inputs.parsed.values().map(|(id, _)| id.index() + 1).max().unwrap_or(0);
    Some(Files { docs, free, campaign: campaign?, translations, media, words })
}

/// The fingerprints of each document's card and prose. Prose is a function of its file, of the original's for a
/// translation, and of what its references mean; so its HTML need not be read again.
fn prints(documents: &[Option<Document>], merged: &[merge::Merged<'_>]) -> Vec<(Fingerprint, Fingerprint)> {
    let mut prints = vec![(Fingerprint::default(), Fingerprint::default()); documents.len()];
    let computed: Vec<_> = merged
        .par_iter()
        .filter_map(|one| {
            let document = documents.get(one.id.index())?.as_ref()?;
            let mut prose = Fingerprinter::default();
            prose.add(&(one.doc.fingerprint, one.original.fingerprint, document.prose.language));
            let points = document.prose.key_points.iter().map(|point| &point.resolved);
            points.chain([&document.prose.body.resolved]).for_each(|resolved| prose.add(resolved));
            Some((one.id.index(), (Fingerprint::of(&document.card), prose.finish())))
        })
        .collect();
    for (index, print) in computed {
        prints[index] = print;
    }
    prints
}

/// What a stage of linking found, added to the rest.
fn tell(findings: &mut Vec<Finding>, finding: Finding) {
    findings.push(finding);
}

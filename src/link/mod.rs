//! All documents at once, the only whole-site pass: names to documents, routes and collisions, lists, phases as of
//! a moment. What is a draft, embargoed or expired is dropped here, before any list is made.

mod build;
mod campaign;
mod cards;
mod changes;
mod doubts;
mod expand;
mod files;
mod gone;
mod groups;
mod hosts;
mod lists;
mod merge;
mod names;
mod notices;
mod overlaps;
mod overlay;
mod pictures;
mod plans;
mod references;
mod retouch;
mod routes;
mod schedule;
mod signs;
mod spans;
mod told;
mod unseen;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::base::url::BaseUrl;
use crate::base::{DocId, File, Fingerprint, Fingerprinter, OutPath, SourcePath};
use crate::diagnostics::{Finding, finding};
use crate::model::{Asset, Campaign, Document, Index, Media, Prints, Site, Term};
use crate::parse::Parsed;

use campaign::Frame;
use files::Files;
use merge::{Merged, Shown};
use names::Names;
use plans::{Ground, Plans};
use references::Scope;
use routes::Routes;
use told::{Notes, Part, Told};

pub use campaign::theme_settings;

/// All that a site is made of.
pub struct Inputs<'a> {
    /// Every file that was parsed, with the number that it keeps for the whole run.
    pub parsed: &'a BTreeMap<SourcePath, (DocId, Parsed)>,
    /// The files of `static/`, by their paths below it.
    pub statics: BTreeMap<OutPath, (SourcePath, File)>,
    /// The theme's published files.
    pub assets: Vec<Asset>,
    /// The moment as of which the site holds.
    pub moment: Timestamp,
    /// The moment that pages bear.
    pub stamp: Timestamp,
    /// Where the site will stand, where it is not as campaign.yaml says.
    pub base: Option<BaseUrl>,
    /// Whether drafts and embargoed documents are shown, as in a preview.
    pub drafts: bool,
    /// A file that has nearly the name of campaign.yaml.
    pub nearly_campaign: Option<SourcePath>,
}

/// A site, and what linking keeps beside it, so that an edit that changes no name and no address links only what it
/// touches.
pub struct Linked {
    site: Site,
    files: Files,
    frame: Arc<Frame>,
    names: Names,
    shown: Shown,
    routes: Routes,
    plans: Plans,
    /// What comes of each document's references, where anything does.
    uses: BTreeMap<DocId, Uses>,
    told: Told,
}

/// What a document's references lead to, beside pages.
#[derive(Debug, Default)]
struct Uses {
    media: BTreeMap<OutPath, Media>,
    looks_inside: bool,
}

/// Makes the site as of a moment. Where there is no campaign to make one of, it says so.
pub fn link(inputs: Inputs<'_>) -> Result<Linked, Vec<Finding>> {
    let Some(files) = Files::sort(&inputs) else {
        let file = SourcePath::new("content/campaign.yaml");
        let other = inputs.nearly_campaign.as_ref();
        return Err(file.iter().map(|file| finding::missing_campaign(file, other)).collect());
    };
    let mut told = Told::default();
    let mut findings = Vec::new();
    let frame = Arc::new(campaign::frame(&files, &inputs, &mut findings));
    hosts::foreign_loads(&files, &frame, &mut findings);
    let groups = groups::group(&files, &frame, inputs.drafts, &mut findings);
    let shown = merge::merge(&files, &groups, &frame, &mut told);
    let names = Names::new(groups, shown.all(), &files, &mut findings);
    let lists = lists::lists(names.groups(), &shown, &frame);
    let mut routes = Routes::new(&frame, shown.all(), &lists, &inputs, &mut findings);
    routes.add_prints(&lists, files.campaign.signs.iter().flatten().next().is_some(), &mut findings);
    let ground = Ground { files: &files, shown: &shown, names: &names, frame: &frame };
    let plans = Plans::new(ground, &mut findings);
    plans.findings().for_each(|(id, findings)| told.set(Part::Plan(id), findings.clone()));
    let doubted: Vec<Vec<Finding>> = (0..names.groups().len())
        .into_par_iter()
        .map(|group| doubts::doubts(group, &files, &names, &frame))
        .collect();
    doubted.into_iter().enumerate().for_each(|(group, findings)| told.set(Part::Doubts(group), findings));
    let pictures = pictures::Pictures::new(&files);
    let scope = Scope::new(&names, &routes, &pictures, &frame, &shown);
    let built: Vec<Built> = shown.all().par_iter().map(|one| build(one, &scope, &plans)).collect();
    let mut notes = Notes::default();
    let campaign = campaign::campaign(&files, &shown, &scope, &lists, &mut notes);
    let signs = signs::signs(&files, &scope, &mut notes);
    told.set(Part::Campaign, std::mem::take(&mut notes.findings));
    let notices = notices::notices(&files, &plans, &shown, &scope, &lists);
    let redirects = routes::redirects(&files.campaign, &shown, &scope, &mut notes);
    routes.add_redirects(&redirects, &mut findings);
    let gone = gone::gone(&files, &names, &shown, &routes, &mut notes);
    told.set(Part::Redirects, std::mem::take(&mut notes.findings));
    let mut site = Site {
        notices,
        signs,
        moment: inputs.moment,
        stamp: inputs.stamp,
        record: frame.is_record(),
        phase: frame.phase().cloned(),
        campaign,
        documents: Vec::new(),
        prints: Vec::new(),
        media: notes.media,
        assets: inputs.assets,
        statics: inputs.statics,
        redirects: redirects.into_iter().map(|(redirect, _)| redirect).collect(),
        gone,
        lists,
        routes: BTreeMap::new(),
        index: Index::default(),
    };
    let mut uses = BTreeMap::new();
    for built in built {
        site.media.extend(built.notes.media.clone());
        built.put(&mut site, &mut uses, &mut told);
    }
    routes.add_media(&site.media);
    site.routes.clone_from(routes.table());
    told.set(Part::Names, findings);
    Ok(Linked { site, files, frame, names, shown, routes, plans, uses, told })
}

/// What stood in a site before it was linked again: what is needed to say what changed.
#[derive(Debug, Default)]
pub struct Earlier {
    /// Documents that were linked again; all others are as they were.
    pub documents: Vec<Option<Document>>,
    /// The campaign; `None` where there was none.
    pub campaign: Option<Campaign>,
}

impl Linked {
    /// Leaves what is needed to say what the next site changes.
    pub fn into_earlier(self) -> Earlier {
        Earlier { documents: self.site.documents, campaign: Some(self.site.campaign) }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The addresses of documents whose time is over, without slashes at their ends.
    pub fn expired(&self) -> BTreeSet<String> {
        let expired = unseen::addresses(&self.files, self.names.groups(), &self.frame, groups::has_expired);
        expired.into_keys().collect()
    }

    /// How long the site holds, as far as it does not depend on who shows it.
    pub fn term(&self) -> Term {
        self.frame.clock.term()
    }

    /// Moves the site to another moment of its term.
    pub fn move_to(&mut self, moment: Timestamp, stamp: Timestamp) {
        (self.site.moment, self.site.stamp) = (moment, stamp);
        self.frame = Arc::new(self.frame.at(moment));
    }

    /// What there is to tell.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.told.all()
    }
}

/// A document with its fingerprints, and what comes of its references.
struct Built {
    document: Document,
    prints: Prints,
    notes: Notes,
}

fn build(one: &Merged, scope: &Scope<'_>, plans: &Plans) -> Built {
    let (document, notes) = build::document(one, scope, plans.get(one.id));
    Built { prints: prints(one, &document), document, notes }
}

impl Built {
    /// Puts the document into a site. Gives what stood there before.
    fn put(self, site: &mut Site, uses: &mut BTreeMap<DocId, Uses>, told: &mut Told) -> Option<Document> {
        let id = self.document.card.id;
        let Notes { findings, media, looks_inside } = self.notes;
        told.set(Part::Document(id), findings);
        if looks_inside || !media.is_empty() {
            uses.insert(id, Uses { media, looks_inside });
        } else {
            uses.remove(&id);
        }
        if site.documents.len() <= id.index() {
            site.documents.resize_with(id.index() + 1, || None);
            site.prints.resize_with(id.index() + 1, Prints::default);
        }
        site.prints[id.index()] = self.prints;
        site.documents[id.index()].replace(self.document)
    }
}

/// The fingerprints of a document. Prose is a function of its file, of the original's for a translation, and of
/// what its references mean; so its HTML need not be read again.
fn prints(one: &Merged, document: &Document) -> Prints {
    let mut prose = Fingerprinter::default();
    prose.add(&(one.doc.fingerprint, one.original.fingerprint, document.prose.language));
    let points = document.prose.key_points.iter().map(|point| &point.resolved);
    points.chain([&document.prose.body.resolved]).for_each(|resolved| prose.add(resolved));
    let card = &document.card;
    Prints {
        link: Fingerprint::of(&(&card.title, &card.route, &card.versions)),
        card: Fingerprint::of(&document.card),
        plan: Fingerprint::of(&document.plan),
        prose: prose.finish(),
    }
}

//! What is written where. Every output's path is born here, so two at one path are found before anything is rendered.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Inputs;
use super::campaign::Frame;
use super::merge::{Merged, Shown};
use super::references::Scope;
use super::told::{Notes, tell};
use crate::base::{DocId, FieldPath, OutPath};
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{
    Beside, Kind, LanguageId, Listing, Lists, Media, Page, Print, Redirect, Route, SignSize, Statement,
    Timeline,
};
use crate::parse::CampaignDoc;

/// The routes so far. Documents, lists and the fixed files come first, redirects and media once references are known.
pub(super) struct Routes {
    frame: Arc<Frame>,
    table: BTreeMap<OutPath, Route>,
    /// Who has which path, to name both in a collision: the files that want it.
    owners: BTreeMap<OutPath, Place>,
    documents: BTreeMap<DocId, OutPath>,
    /// Paths by what they are in lower case, for file systems that do not tell capitals apart.
    lower: BTreeMap<String, OutPath>,
}

impl Routes {
    pub(super) fn new(
        frame: &Arc<Frame>,
        merged: &[Merged],
        lists: &[Lists],
        inputs: &Inputs<'_>,
        findings: &mut Vec<Finding>,
    ) -> Routes {
        let mut routes = Routes {
            frame: Arc::clone(frame),
            table: BTreeMap::new(),
            owners: BTreeMap::new(),
            documents: BTreeMap::new(),
            lower: BTreeMap::new(),
        };
        let mut kinds = BTreeMap::new();
        for one in merged {
            if let Some(out) = document_path(one, frame) {
                routes.documents.insert(one.id, out.clone());
                // Two of one kind have one name, and that was told when names were gathered.
                if kinds.insert(out.clone(), one.kind()) == Some(one.kind()) {
                    continue;
                }
                routes.add(
                    out.clone(),
                    Route::Page(Page::Document(one.id)),
                    Some(Place::file(&one.doc.file)),
                    findings,
                );
                routes.add_beside(one, &out, findings);
                routes.add_social_card(one, &out, inputs, findings);
            }
        }
        for (language, lists) in frame.language_ids().zip(lists) {
            routes.add_lists(language, lists, findings);
            routes.add_fixed(language, findings);
        }
        for (index, asset) in inputs.assets.iter().enumerate() {
            routes.add(asset.out.clone(), Route::Asset(index), None, findings);
        }
        for (out, (source, _)) in &inputs.statics {
            routes.add(out.clone(), Route::Static, Some(Place::file(source)), findings);
        }
        routes
    }

    fn add(&mut self, out: OutPath, route: Route, owner: Option<Place>, findings: &mut Vec<Finding>) {
        let first = self.lower.entry(out.as_str().to_lowercase()).or_insert_with(|| out.clone());
        if *first != out || self.table.contains_key(&out) {
            let (first, other) = (first.clone(), self.owners.get(first).cloned());
            // Two files of `static/` that differ in capital letters alone were told when they were read.
            let twins = matches!((&route, self.table.get(&first)), (Route::Static, Some(Route::Static)));
            if let Some(finding) = collision(&out, owner, other).filter(|_| !twins) {
                tell(findings, finding);
            }
            return;
        }
        if let Some(owner) = owner {
            self.owners.insert(out.clone(), owner);
        }
        self.table.insert(out, route);
    }

    /// What stands in the folder of a document's page: the calendar of a location or event, the flyer of a
    /// location, the entries of a timeline, a statement's plain text.
    fn add_beside(&mut self, one: &Merged, page: &OutPath, findings: &mut Vec<Finding>) {
        // What is not published yet is in no calendar; a statement's text is there to be read before.
        let published = |out: Option<OutPath>| out.filter(|_| !one.unpublished);
        let calendar = || {
            let out = published(OutPath::new(&format!("{}calendar.ics", page.address())));
            (Beside::Calendars, out, Route::DocumentCalendar(one.id))
        };
        let flyer = Route::Page(Page::Print(Print::Flyer(one.id)));
        let all = match one.kind() {
            Kind::Location => vec![calendar(), (Beside::Flyers, Print::flyer_of(page), flyer)],
            Kind::Event => vec![calendar()],
            Kind::Timeline => {
                let out = published(Timeline::json_of(page));
                vec![(Beside::Timelines, out, Route::TimelineJson(one.id))]
            }
            Kind::Statement => {
                vec![(Beside::Texts, Statement::text_of(page), Route::StatementText(one.id))]
            }
            Kind::Home | Kind::Page => return,
        };
        for (kind, out, route) in all {
            if let Some(out) = out.filter(|_| self.frame.has(kind)) {
                self.add(out, route, Some(Place::file(&one.doc.file)), findings);
            }
        }
    }

    /// The social card of a document, unless `static/` has one in its place.
    fn add_social_card(
        &mut self,
        one: &Merged,
        page: &OutPath,
        inputs: &Inputs<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let card = one.kind().social_card(page).filter(|_| self.frame.has(Beside::Cards));
        if let Some(out) = card.filter(|out| !inputs.statics.contains_key(out)) {
            self.add(out, Route::SocialCard(one.id), Some(Place::file(&one.doc.file)), findings);
        }
    }

    /// What is there to be printed, beside flyers. A record keeps it, as it keeps every address.
    pub(super) fn add_prints(&mut self, lists: &[Lists], signs: bool, findings: &mut Vec<Finding>) {
        let frame = Arc::clone(&self.frame);
        for (language, lists) in frame.language_ids().zip(lists) {
            let schedule = (!lists.locations.is_empty()).then_some(Print::Schedule(language));
            let sizes = SignSize::ALL.into_iter().filter(|_| signs);
            let all = schedule.into_iter().chain(sizes.map(|size| Print::Signs(language, size)));
            for print in all {
                if let Some(out) = print.out(&frame.prefix(language)) {
                    self.add(out, Route::Page(Page::Print(print)), None, findings);
                }
            }
        }
    }

    fn add_lists(&mut self, language: LanguageId, lists: &Lists, findings: &mut Vec<Finding>) {
        for listing in pages(lists) {
            if let Some(out) = self.list_path(language, &listing) {
                self.add(out, Route::Page(Page::List(language, listing)), None, findings);
            }
        }
    }

    fn list_path(&self, language: LanguageId, listing: &Listing) -> Option<OutPath> {
        let page = match listing.number() {
            1 => String::new(),
            number => format!("/page/{number}"),
        };
        OutPath::page(&format!("{}{}{page}", self.frame.prefix(language), listing.folder()))
    }

    /// The files that every site has, whatever it holds.
    fn add_fixed(&mut self, language: LanguageId, findings: &mut Vec<Finding>) {
        let prefix = self.frame.prefix(language);
        let mut add = |name: &str, route: Route| {
            if let Some(out) = OutPath::new(&format!("{prefix}{name}")) {
                self.add(out, route, None, findings);
            }
        };
        add("atom.xml", Route::Atom(language));
        add("feed.json", Route::JsonFeed(language));
        add("calendar.ics", Route::Calendar(language));
        add("manifest.webmanifest", Route::Manifest(language));
        if language == LanguageId::default() {
            add("404.html", Route::Page(Page::NotFound(language)));
            add("sitemap.xml", Route::Sitemap);
            add("robots.txt", Route::Robots);
            add("locations.geojson", Route::GeoJson);
            add("_headers", Route::Headers);
            add("_redirects", Route::Redirects);
            add(".htaccess", Route::Htaccess);
            add("_s3-website.json", Route::S3Website);
        }
    }

    /// The address that a link of the site means: with or without slashes at its ends, in the page's own language
    /// where there is such a page.
    pub(super) fn address(&self, path: &str, language: LanguageId) -> Option<String> {
        let base = self.frame.base.path().trim_matches('/');
        let path = path.trim_matches('/');
        let path = path.strip_prefix(base).filter(|_| !base.is_empty()).unwrap_or(path).trim_matches('/');
        let known = |path: &str| {
            let page = OutPath::page(path).filter(|out| self.table.contains_key(out));
            let out = page.or_else(|| OutPath::new(path).filter(|out| self.table.contains_key(out)));
            out.map(|out| out.address())
        };
        let own = format!("{}{path}", self.frame.prefix(language));
        known(&own).or_else(|| known(path))
    }

    /// The document at an address.
    pub(super) fn document(&self, address: &str) -> Option<DocId> {
        match self.table.get(&OutPath::page(address)?)? {
            Route::Page(Page::Document(id)) => Some(*id),
            _ => None,
        }
    }

    /// The address of a document.
    pub(super) fn address_of(&self, id: DocId) -> Option<String> {
        self.documents.get(&id).map(OutPath::address)
    }

    /// Where a document is written.
    pub(super) fn out(&self, id: DocId) -> Option<&OutPath> {
        self.documents.get(&id)
    }

    pub(super) fn add_redirects(&mut self, redirects: &[(Redirect, Place)], findings: &mut Vec<Finding>) {
        for (index, (redirect, place)) in redirects.iter().enumerate() {
            self.add(redirect.out.clone(), Route::Redirect(index), Some(place.clone()), findings);
        }
    }

    pub(super) fn add_media(&mut self, media: &BTreeMap<OutPath, Media>) {
        self.table.extend(media.keys().map(|out| (out.clone(), Route::Media)));
    }

    /// What the campaign is framed by.
    pub(super) fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The file that a path was given to, where it is one's.
    pub(super) fn owner(&self, out: &OutPath) -> Option<&Place> {
        self.owners.get(out)
    }

    /// What is written where.
    pub(super) fn table(&self) -> &BTreeMap<OutPath, Route> {
        &self.table
    }
}

/// Every page of every list.
pub(super) fn pages(lists: &Lists) -> Vec<Listing> {
    let kinds = Kind::LISTED.map(|kind| Listing::Kind { kind, number: 1 });
    let years = lists.years.iter().map(|(year, _)| Listing::Year { year: *year, number: 1 });
    let tags = lists.tags.keys().map(|tag| Listing::Tag { tag: tag.clone(), number: 1 });
    let mut pages = Vec::new();
    for listing in kinds.into_iter().chain(years).chain(tags) {
        let length = match &listing {
            Listing::Kind { kind: Kind::Statement, .. } => lists.statements.len(),
            Listing::Kind { kind, .. } if lists.of(*kind).is_empty() && *kind == Kind::Event => continue,
            Listing::Kind { .. } => 1,
            Listing::Year { year, .. } => {
                lists.years.iter().find(|(other, _)| other == year).map_or(0, |(_, list)| list.len())
            }
            Listing::Tag { tag, .. } => lists.tags.get(tag).map_or(0, |list| list.documents.len()),
        };
        pages.extend((1..=length.div_ceil(Listing::PER_PAGE).max(1)).map(|number| listing.at(number)));
    }
    pages
}

/// The finding for two outputs at one path; at least one of them comes from a file.
fn collision(out: &OutPath, owner: Option<Place>, other: Option<Place>) -> Option<Finding> {
    let address = out.address();
    match (owner, other) {
        (Some(place), Some(other)) => Some(finding::address_taken(place, &address, other)),
        (Some(place), None) | (None, Some(place)) => Some(finding::address_is_ours(place, &address)),
        (None, None) => None,
    }
}

fn document_path(one: &Merged, frame: &Frame) -> Option<OutPath> {
    let prefix = frame.prefix(one.language);
    let name = match one.kind() {
        Kind::Home => String::new(),
        kind => super::names::full_name(kind, &one.doc.folder, one.slug.as_str()),
    };
    OutPath::page(&format!("{prefix}{name}"))
}

/// Short addresses of campaign.yaml, and former ones of documents.
pub(super) fn redirects(
    campaign: &CampaignDoc,
    shown: &Shown,
    scope: &Scope<'_>,
    notes: &mut Notes,
) -> Vec<(Redirect, Place)> {
    let mut redirects = Vec::new();
    for (path, target) in campaign.redirects.iter().flatten() {
        let place = Place::field(&campaign.file, FieldPath::of("redirects").key(path));
        let to = scope.destination(&place, target, LanguageId::default(), notes);
        match (redirect_path(path), to) {
            (Some(out), Some(to)) => {
                redirects
                    .push((Redirect { out, to, language: LanguageId::default(), is_short: true }, place));
            }
            (None, _) => {
                let place = Place::key(&campaign.file, FieldPath::of("redirects").key(path));
                tell(&mut notes.findings, finding::bad_redirect(place, path));
            }
            (Some(_), None) => {}
        }
    }
    for one in shown.all() {
        for (index, alias) in one.doc.common.aliases.iter().flatten().enumerate() {
            let place = Place::field(&one.doc.file, FieldPath::of("aliases").index(index));
            match redirect_path(alias) {
                Some(out) => {
                    let to = crate::model::Destination::Document(one.id);
                    redirects.push((Redirect { out, to, language: one.language, is_short: false }, place));
                }
                None => tell(&mut notes.findings, finding::bad_redirect(place, alias)),
            }
        }
    }
    redirects
}

/// Where the stub of a redirect is written.
fn redirect_path(path: &str) -> Option<OutPath> {
    let path = plain_path(path)?;
    if path.ends_with(".html") { OutPath::new(path) } else { OutPath::page(path) }
}

/// A path below the root made of plain words: no patterns, no dots, nothing to escape.
pub(super) fn plain_path(path: &str) -> Option<&str> {
    let path = path.trim_matches('/');
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.chars().all(|c| c.is_alphanumeric() || "-_.~".contains(c))
    };
    path.split('/').all(plain).then_some(path)
}

//! What a preview says about a page beside showing it: its file, and when it may be published.

use jiff::Timestamp;

use super::{Engine, assemble};
use crate::base::{FieldPath, OutPath, SourcePath};
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{Page, Print, Route, Visibility};
use crate::output::content_type;

/// Why something is shown that would not be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpublished {
    /// It is a draft.
    Draft,
    /// Its embargo is not over.
    Embargoed(Timestamp),
    /// It is gone since.
    Expired(Timestamp),
}

/// What there is to say about a document's page.
#[derive(Debug, Clone, Copy)]
pub struct About<'e> {
    /// The file that it is made of.
    pub source: &'e SourcePath,
    /// When it may be published.
    pub visibility: Visibility,
    /// Why it would not be published at the engine's moment.
    pub unpublished: Option<Unpublished>,
}

impl Engine {
    /// What there is to say about a page; `None` for what is not the page of one document.
    pub fn about(&self, path: &OutPath) -> Option<About<'_>> {
        let (site, _) = self.made()?;
        let Route::Page(Page::Document(id) | Page::Print(Print::Flyer(id))) = site.routes.get(path)? else {
            return None;
        };
        let document = site.documents.get(id.index())?.as_ref()?;
        let unpublished = unpublished(document.visibility, site.moment);
        Some(About { source: &document.card.source, visibility: document.visibility, unpublished })
    }

    /// Where the page of a file is written, if it has one now.
    pub fn page_of(&self, source: &SourcePath) -> Option<&OutPath> {
        let number = self.numbers.get(source)?;
        let (site, _) = self.made()?;
        let document = site.documents.get(number.index())?.as_ref()?;
        Some(&document.card.route)
    }

    /// The pages that would not be published at the engine's moment, each with the reason.
    pub fn unpublished(&self) -> impl Iterator<Item = (&OutPath, Unpublished)> {
        self.made().into_iter().flat_map(|(site, _)| {
            let documents = site.documents.iter().flatten();
            documents.filter_map(|document| {
                Some((&document.card.route, unpublished(document.visibility, site.moment)?))
            })
        })
    }

    /// That campaign.yaml does not say where the site will stand. A preview stands at an address of its own, so that nothing
    /// else tells of it, and a build would stop.
    pub fn missing_address(&self) -> Option<Finding> {
        let campaign = assemble::campaign(&self.parsed)?;
        let place = Place::field(&campaign.file, FieldPath::of("base_url"));
        let told = self.told.get(&campaign.file).into_iter().flatten();
        let told = told.map(|finding| &finding.place).any(|at| at.as_ref() == Some(&place));
        (campaign.base.is_none() && !told)
            .then(|| finding::missing_field(place, "base_url", "https://our-campaign.example/"))
    }

    /// Whether there is such an output.
    pub fn has(&self, path: &OutPath) -> bool {
        self.made().is_some_and(|(site, _)| site.routes.contains_key(path))
    }

    /// The media type of an output whose name does not tell it.
    pub fn content_type(&self, path: &OutPath) -> Option<&'static str> {
        content_type(self.made()?.0.routes.get(path)?)
    }

    /// Whether there is a site at all.
    pub fn is_made(&self) -> bool {
        self.made().is_some()
    }

    /// The moment as of which the site holds.
    pub fn moment(&self) -> Timestamp {
        self.settings.moment
    }
}

/// Why something is not published at a moment.
pub(super) fn unpublished(visibility: Visibility, moment: Timestamp) -> Option<Unpublished> {
    let Visibility { draft, from, until } = visibility;
    if draft {
        return Some(Unpublished::Draft);
    }
    let embargo = from.filter(|from| moment < *from).map(Unpublished::Embargoed);
    embargo.or_else(|| until.filter(|until| *until <= moment).map(Unpublished::Expired))
}

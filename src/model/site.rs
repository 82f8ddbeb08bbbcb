//! The whole site as of a moment: documents, lists and the route of every output.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Asset, Campaign, Card, Destination, Document, Index, Kind, LanguageId, Media, Notice, Phase, Redirect,
};
use crate::base::{DocId, File, Fingerprint, OutPath, Slug, SourcePath};

/// The whole site. Only `link` makes one, and rendering sees it only through a [`super::Reader`].
#[derive(Debug)]
pub struct Site {
    /// What holds for the campaign.
    pub campaign: Campaign,
    /// The moment as of which all this holds.
    pub moment: Timestamp,
    /// The moment that pages say they are of; the same, but where two sites are to be compared.
    pub stamp: Timestamp,
    /// The phase that holds at that moment.
    pub phase: Option<Phase>,
    /// Whether the campaign is settled and the site its record.
    pub record: bool,
    /// Documents by number; `None` where a number's document is not shown.
    pub documents: Vec<Option<Document>>,
    /// Each document's fingerprints.
    pub prints: Vec<Prints>,
    /// The changes of plan, past ones too, in each language, the earliest first.
    pub notices: Vec<Vec<Notice>>,
    /// What picket signs say, in each language.
    pub signs: Vec<Vec<Sign>>,
    /// The files that documents refer to.
    pub media: BTreeMap<OutPath, Media>,
    /// The theme's published files.
    pub assets: Vec<Asset>,
    /// Files copied as they are.
    pub statics: BTreeMap<OutPath, (SourcePath, File)>,
    /// Short and former addresses.
    pub redirects: Vec<Redirect>,
    /// The addresses of pages that were taken back, without slashes at their ends; nothing of the site stands there.
    pub gone: Vec<String>,
    /// The lists of each language.
    pub lists: Vec<Lists>,
    /// What is written where: every output.
    pub routes: BTreeMap<OutPath, Route>,
    /// What was looked up so far.
    pub index: Index,
}

/// The fingerprints of the parts of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Prints {
    /// Of what links show of it.
    pub link: Fingerprint,
    /// Of its card.
    pub card: Fingerprint,
    /// Of its plan.
    pub plan: Fingerprint,
    /// Of its prose.
    pub prose: Fingerprint,
}

/// The lists of one language. A document without a version in it stands in its default language.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Lists {
    /// Statements, newest first.
    pub statements: Vec<DocId>,
    /// Locations by region, city and name.
    pub locations: Vec<DocId>,
    /// Events, earliest first.
    pub events: Vec<DocId>,
    /// Timelines, earliest beginning first.
    pub timelines: Vec<DocId>,
    /// Statements by year, the newest year first.
    pub years: Vec<(i16, Vec<DocId>)>,
    /// Documents by tag: newest first, undated ones after them by title.
    pub tags: BTreeMap<Slug, TagList>,
}

/// A tag and what bears it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct TagList {
    /// The tag as it was first written.
    pub name: String,
    /// The documents.
    pub documents: Vec<DocId>,
}

/// What is written at an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// An HTML page made by a template.
    Page(Page),
    /// The stub of a redirect; counts into [`Site::redirects`].
    Redirect(usize),
    /// An Atom feed.
    Atom(LanguageId),
    /// A JSON feed.
    JsonFeed(LanguageId),
    /// The campaign's calendar.
    Calendar(LanguageId),
    /// The calendar of a location or an event, in its language.
    DocumentCalendar(DocId),
    /// The entries of a timeline as JSON.
    TimelineJson(DocId),
    /// A statement as plain text.
    StatementText(DocId),
    /// The social card of a home page, a statement or a location.
    SocialCard(DocId),
    /// The web manifest.
    Manifest(LanguageId),
    /// `sitemap.xml`.
    Sitemap,
    /// `robots.txt`.
    Robots,
    /// `locations.geojson`.
    GeoJson,
    /// `_headers`.
    Headers,
    /// `_redirects`.
    Redirects,
    /// `.htaccess`.
    Htaccess,
    /// `_s3-website.json`.
    S3Website,
    /// A file of the theme; counts into [`Site::assets`].
    Asset(usize),
    /// A picture or file that documents refer to; found in [`Site::media`] by its path.
    Media,
    /// A file copied as it is; found in [`Site::statics`] by its path.
    Static,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Page {
    /// A document's own page.
    Document(DocId),
    /// A page of a list.
    List(LanguageId, Listing),
    /// The page for addresses that do not exist.
    NotFound(LanguageId),
    /// A page that is there to be printed.
    Print(Print),
}

/// What is to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Print {
    /// A location on one sheet.
    Flyer(DocId),
    /// The hours of all locations on half a sheet.
    Schedule(LanguageId),
    /// All picket signs, each on a sheet of its own.
    Signs(LanguageId, SignSize),
}

/// What a picket sign says, and where its QR code leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sign {
    /// Its text.
    pub text: String,
    /// Where its code leads.
    pub to: Destination,
}

/// How large a picket sign is: two sizes of the cardboard that is sold for it, in inches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignSize {
    /// 12 × 18.
    Small,
    /// 18 × 24.
    Large,
}

impl SignSize {
    /// Both.
    pub const ALL: [SignSize; 2] = [SignSize::Small, SignSize::Large];

    /// Width and height in inches.
    pub fn inches(self) -> (u32, u32) {
        match self {
            SignSize::Small => (12, 18),
            SignSize::Large => (18, 24),
        }
    }

    /// Its name: `12x18`.
    pub fn name(self) -> String {
        let (width, height) = self.inches();
        format!("{width}x{height}")
    }
}

/// Which page of which list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Listing {
    /// All documents of a kind; `number` counts pages from 1.
    Kind {
        /// The kind.
        kind: Kind,
        /// Which page of it.
        number: usize,
    },
    /// The statements of a year.
    Year {
        /// The year.
        year: i16,
        /// Which page of it.
        number: usize,
    },
    /// What bears a tag.
    Tag {
        /// The tag.
        tag: Slug,
        /// Which page of it.
        number: usize,
    },
}

impl Print {
    /// Where the flyer of a location is written, by the location's page.
    pub fn flyer_of(page: &OutPath) -> Option<OutPath> {
        OutPath::page(&format!("{}flyer", page.address()))
    }

    /// Where it is written, for what is no document's; `prefix` stands before every address of its language.
    pub fn out(self, prefix: &str) -> Option<OutPath> {
        match self {
            Print::Flyer(_) => None,
            Print::Schedule(_) => OutPath::page(&format!("{prefix}print/schedule")),
            Print::Signs(_, size) => OutPath::page(&format!("{prefix}print/signs-{}", size.name())),
        }
    }
}

impl Listing {
    /// How many entries a page of a list holds.
    pub const PER_PAGE: usize = 50;

    /// Which page of its list it is, from 1.
    pub fn number(&self) -> usize {
        match self {
            Listing::Kind { number, .. } | Listing::Year { number, .. } | Listing::Tag { number, .. } => {
                *number
            }
        }
    }

    /// Another page of the same list.
    #[must_use]
    pub fn at(&self, page: usize) -> Listing {
        let mut other = self.clone();
        match &mut other {
            Listing::Kind { number, .. } | Listing::Year { number, .. } | Listing::Tag { number, .. } => {
                *number = page;
            }
        }
        other
    }

    /// The address of its first page below the language's root, without a slash at either end.
    pub fn folder(&self) -> String {
        match self {
            Listing::Kind { kind, .. } => kind.folder().to_owned(),
            Listing::Year { year, .. } => format!("statements/{year}"),
            Listing::Tag { tag, .. } => format!("tags/{tag}"),
        }
    }

    /// Where it is written in a language.
    pub fn out(&self, campaign: &Campaign, language: LanguageId) -> Option<OutPath> {
        let folder = self.folder();
        let page = match self.number() {
            1 => folder,
            number => format!("{folder}/page/{number}"),
        };
        OutPath::page(&format!("{}{page}", campaign.language_prefix(language)))
    }
}

impl Campaign {
    /// What stands before every address of a language: nothing for the default one, `es/` for Spanish.
    pub fn language_prefix(&self, language: LanguageId) -> String {
        match self.languages.get(language.index()) {
            Some(tag) if language.index() > 0 => format!("{tag}/"),
            _ => String::new(),
        }
    }

    /// All languages, the default one first.
    pub fn language_ids(&self) -> impl Iterator<Item = LanguageId> + use<> {
        (0..self.languages.len()).map(LanguageId::new)
    }
}

impl Site {
    /// The card of a document that is shown.
    pub(crate) fn card(&self, id: DocId) -> Option<&Card> {
        Some(&self.documents.get(id.index())?.as_ref()?.card)
    }

    /// All documents that are shown, in order of their numbers.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().flatten()
    }

    /// A document's version in a language, or itself where there is none.
    pub(crate) fn version(&self, id: DocId, language: LanguageId) -> DocId {
        let version = self.card(id).and_then(|card| card.versions.get(language.index()).copied().flatten());
        version.unwrap_or(id)
    }

    /// The documents of a listing, all its pages together.
    pub fn listed(&self, language: LanguageId, listing: &Listing) -> &[DocId] {
        let Some(lists) = self.lists.get(language.index()) else { return &[] };
        match listing {
            Listing::Kind { kind, .. } => lists.of(*kind),
            Listing::Year { year, .. } => {
                lists.years.iter().find(|(other, _)| other == year).map_or(&[], |(_, documents)| documents)
            }
            Listing::Tag { tag, .. } => lists.tags.get(tag).map_or(&[], |list| &list.documents),
        }
    }

    /// How many pages a listing has; at least one.
    pub fn pages_of(&self, language: LanguageId, listing: &Listing) -> usize {
        match listing {
            Listing::Kind { kind: Kind::Statement, .. } | Listing::Year { .. } | Listing::Tag { .. } => {
                self.listed(language, listing).len().div_ceil(Listing::PER_PAGE).max(1)
            }
            Listing::Kind { .. } => 1,
        }
    }
}

impl Lists {
    /// The list of a kind; pages and the home page have none.
    pub fn of(&self, kind: Kind) -> &[DocId] {
        match kind {
            Kind::Statement => &self.statements,
            Kind::Location => &self.locations,
            Kind::Event => &self.events,
            Kind::Timeline => &self.timelines,
            Kind::Home | Kind::Page => &[],
        }
    }
}

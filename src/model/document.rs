//! A document, ready to be shown.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Body, Dimensions, Event, LanguageId, Location, Plan, Statement, Timeline};
use crate::base::{DocId, OutPath, Slug, SourcePath};

/// A document in one language, with every reference resolved: its card, which lists show too, its plan, and its prose.
#[derive(Debug, Clone)]
pub struct Document {
    /// When it may be published. No output reads it: what may not be is left out before anything is linked.
    pub visibility: Visibility,
    /// What others may show of it.
    pub card: Card,
    /// What happens there and when; empty for kinds without a plan. Shared with all from which it was put together.
    pub plan: Arc<Plan>,
    /// What only its own page and the feeds show.
    pub prose: Prose,
}

/// When a document may be published, as its front matter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visibility {
    /// Whether it never is.
    pub draft: bool,
    /// The end of its embargo.
    pub from: Option<Timestamp>,
    /// When it is gone.
    pub until: Option<Timestamp>,
}

/// What lists and links show of a document. A change here is a change for every page that shows the card.
#[derive(Debug, Clone, Hash)]
pub struct Card {
    /// Its number.
    pub id: DocId,
    /// Where it was read.
    pub source: SourcePath,
    /// The language of its page.
    pub language: LanguageId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Where its page is written.
    pub route: OutPath,
    /// The title; a location's name.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// The first paragraph of its text, for descriptions where there is no summary; empty where there is none.
    pub lead: String,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its picture.
    pub image: Option<Picture>,
    /// Where its facts stand.
    pub sources: Vec<Source>,
    /// When it was last changed in substance.
    pub updated: Option<Date>,
    /// When it was published, where an embargo says so.
    pub published: Option<Timestamp>,
    /// Another template than that of its kind.
    pub layout: Option<String>,
    /// The same document in each of the campaign's languages.
    pub versions: Vec<Option<DocId>>,
    /// Whether it is a draft or embargoed, and only shown because that was asked for.
    pub unpublished: bool,
    /// What only its kind has.
    pub details: Details,
}

/// A document's text and what its references mean.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// The language of the text, where a translation has none of its own.
    pub language: LanguageId,
    /// What you need to know.
    pub key_points: Vec<Linked>,
    /// The text.
    pub body: Linked,
}

/// Prose and what its references mean, one for each of [`Body::references`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linked {
    /// The prose; shared with the parsed document.
    pub body: Arc<Body>,
    /// What its references mean.
    pub resolved: Vec<Resolved>,
    /// Whether it is German, which decides on the anchors of its headings.
    pub german: bool,
}

impl std::hash::Hash for Linked {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.body.pieces, &self.body.headings, &self.resolved, self.german).hash(state);
    }
}

/// The kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The home page.
    Home,
    /// A statement.
    Statement,
    /// A location.
    Location,
    /// An event.
    Event,
    /// A timeline.
    Timeline,
    /// Any other page.
    Page,
}

impl Kind {
    /// The kind's name, as templates and front matter write it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Home => "home",
            Kind::Statement => "statement",
            Kind::Location => "location",
            Kind::Event => "event",
            Kind::Timeline => "timeline",
            Kind::Page => "page",
        }
    }

    /// The folder of `content/`, and of the site, that holds the kind; empty for pages.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Home | Kind::Page => "",
            Kind::Statement => "statements",
            Kind::Location => "locations",
            Kind::Event => "events",
            Kind::Timeline => "timelines",
        }
    }

    /// The theme's word for what the kind's list is called.
    pub fn list_word(self) -> &'static str {
        match self {
            Kind::Home | Kind::Page => "home",
            Kind::Statement => "statements_title",
            Kind::Location => "locations_title",
            Kind::Event => "events_title",
            Kind::Timeline => "timelines_title",
        }
    }

    /// Where the social card of a document is published whose page is `page`; `None` for kinds that have none.
    pub fn social_card(self, page: &OutPath) -> Option<OutPath> {
        let has = matches!(self, Kind::Home | Kind::Statement | Kind::Location);
        OutPath::new(&format!("{}card.png", page.address())).filter(|_| has)
    }

    /// The kinds that have a folder and a list of their own.
    pub const LISTED: [Kind; 4] = [Kind::Statement, Kind::Location, Kind::Event, Kind::Timeline];
}

/// What only one kind of document has.
#[derive(Debug, Clone, Hash)]
pub enum Details {
    /// The home page.
    Home,
    /// A page.
    Page,
    /// A statement.
    Statement(Box<Statement>),
    /// A location.
    Location(Box<Location>),
    /// An event.
    Event(Box<Event>),
    /// A timeline.
    Timeline(Timeline),
}

impl Details {
    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Details::Home => Kind::Home,
            Details::Page => Kind::Page,
            Details::Statement(_) => Kind::Statement,
            Details::Location(_) => Kind::Location,
            Details::Event(_) => Kind::Event,
            Details::Timeline(_) => Kind::Timeline,
        }
    }
}

impl Card {
    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        self.details.kind()
    }

    /// Where its social card is published, where documents of its kind have one: beside its page.
    pub fn social_card(&self) -> Option<OutPath> {
        self.kind().social_card(&self.route)
    }

    /// The day it is listed under, where it has one.
    pub fn date(&self) -> Option<Date> {
        match &self.details {
            Details::Statement(statement) => Some(statement.date),
            Details::Event(event) => Some(event.gathering.dates.first),
            Details::Home | Details::Page | Details::Location(_) | Details::Timeline(_) => None,
        }
    }
}

/// What a reference in a text means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Resolved {
    /// A document, perhaps at one of its headings.
    Document(DocId, Option<String>),
    /// An address below the site's root: a list, a feed, a file.
    Address(String),
    /// A heading of the document itself.
    Anchor(String),
    /// A picture.
    Picture(Picture),
    /// Nothing: a finding tells why, and nothing will be published.
    Nothing,
}

/// A picture and its words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Picture {
    /// Where it is published, a photo at its widest; found in [`super::Site::media`].
    pub out: OutPath,
    /// Width and height of that, where known.
    pub dimensions: Option<Dimensions>,
    /// All sizes of a photo, the smallest first; none of a drawing.
    pub sizes: Vec<Size>,
    /// What it shows.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    /// What to say about it.
    pub caption: Option<String>,
}

/// One size of a photo.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Size {
    /// Where it is published.
    pub out: OutPath,
    /// Its width in pixels.
    pub width: u32,
}

impl Picture {
    /// What a page shows where nothing tells how wide: the smallest size that fills a column of text.
    pub fn usual(&self) -> &OutPath {
        const COLUMN: u32 = 900;
        self.sizes.iter().find(|size| size.width >= COLUMN).map_or(&self.out, |size| &size.out)
    }
}

/// A tag and its name in addresses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    /// Its name in addresses.
    pub slug: Slug,
    /// As it was first written.
    pub name: String,
}

/// Where a fact stands, or where a statement stands in full.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Source {
    /// The words of the link.
    pub title: String,
    /// Its address.
    pub url: String,
}

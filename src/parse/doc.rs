//! What one file says, typed, while its references are still words.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Load;
use crate::base::url::BaseUrl;
use crate::base::{FieldPath, Fingerprint, LanguageTag, Slug, SourcePath};
use crate::model::{
    Beside, Body, Change, Contact, DateRange, Dimensions, Employer, Gathering, Hours, Issuer, Kind,
    LocationStatus, LocationType, Phase, Photo, Place, Practical, Shift, ShiftHours, Source, Speaker,
    StatementType, TimelineEvent, Union, When,
};

/// What a file of the tree is; cheap to clone.
#[derive(Debug, Clone)]
pub enum Parsed {
    /// A document.
    Document(Arc<Doc>),
    /// `campaign.yaml`, or its texts in another language.
    Campaign(Arc<CampaignDoc>),
    /// `media.yaml`.
    MediaWords(Arc<BTreeMap<String, MediaWords>>),
    /// A picture or other file that content may refer to.
    Media(Arc<MediaFile>),
    /// What a file of a theme or of `static/` would load from other hosts.
    Loads(Arc<[Load]>),
}

/// A document as its file says it.
#[derive(Debug, Clone)]
pub struct Doc {
    /// Where it was read.
    pub file: SourcePath,
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
    /// Its kind.
    pub kind: Kind,
    /// The language in its file's name or its front matter; `None` is the campaign's default.
    pub language: Option<LanguageTag>,
    /// Its path below `content/` without date, language and ending: what a translation shares with its original.
    pub name: String,
    /// The text that the slug is made of where there is no `slug:`.
    pub stem: String,
    /// The folders of the address of a page: `toolkit`; empty for listed kinds.
    pub folder: String,
    /// What every document has.
    pub common: Arc<Common>,
    /// What only its kind has.
    pub fields: Arc<Fields>,
    /// Its text.
    pub body: Arc<Body>,
}

/// What every document has.
#[derive(Debug, Clone, Default)]
pub struct Common {
    /// The title; a location's name.
    pub title: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// What you need to know.
    pub key_points: Option<Vec<Arc<Body>>>,
    /// The name in addresses.
    pub slug: Option<Slug>,
    /// Former addresses.
    pub aliases: Option<Vec<String>>,
    /// Tags.
    pub tags: Option<Vec<String>>,
    /// A picture.
    pub image: Option<ImageField>,
    /// Where its facts stand.
    pub sources: Option<Vec<Source>>,
    /// Whether it is never published.
    pub draft: Option<bool>,
    /// The embargo.
    pub publish: Option<When>,
    /// When it goes.
    pub expires: Option<When>,
    /// When it was last changed in substance.
    pub updated: Option<Date>,
    /// Another template.
    pub layout: Option<String>,
}

/// A picture as front matter says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImageField {
    /// The file below `content/`, or a name that `media.yaml` describes.
    pub file: Option<String>,
    /// What it shows.
    pub alt: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// What to say about it.
    pub caption: Option<String>,
}

/// What only one kind has.
#[derive(Debug, Clone)]
pub enum Fields {
    /// A page, the home page too.
    Page,
    /// A statement.
    Statement(Box<StatementFields>),
    /// A location.
    Location(Box<LocationFields>),
    /// An event.
    Event(Box<EventFields>),
    /// A timeline.
    Timeline(Box<TimelineFields>),
}

/// What a statement says.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the one of that name in `model::Statement`")]
pub struct StatementFields {
    pub date: Option<Date>,
    pub kind: Option<StatementType>,
    pub issuer: Option<Issuer>,
    pub source: Option<Source>,
    pub dateline: Option<String>,
    pub speakers: Option<Vec<Speaker>>,
    pub locations: Option<Vec<String>>,
    pub timeline: Option<String>,
    pub corrections: Option<Vec<(Date, Arc<Body>)>>,
    pub contact: Option<Contact>,
}

/// What a location says.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the one of that name in `model::Location`")]
pub struct LocationFields {
    pub place: Place,
    pub district: Option<String>,
    pub kind: Option<LocationType>,
    pub employer: Option<String>,
    pub local: Option<String>,
    pub from: Option<When>,
    pub to: Option<When>,
    pub status: Option<LocationStatus>,
    pub entrances: Option<Vec<String>>,
    pub zone: Option<(TimeZone, String)>,
    pub schedule: Option<String>,
    pub shifts: Option<Vec<Shift>>,
    pub events: Option<Vec<Gathering>>,
    pub changes: Option<Vec<Change<String>>>,
    pub url: Option<String>,
    pub practical: Practical,
}

/// What an event says.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the one of that name in `model::Event` or `model::Gathering`")]
pub struct EventFields {
    pub dates: Option<DateRange>,
    pub hours: Option<ShiftHours>,
    pub location: Option<String>,
    pub place: Option<Place>,
    pub url: Option<String>,
    pub speakers: Option<Vec<Speaker>>,
    pub changes: Option<Vec<Change<String>>>,
}

/// An entry of a timeline whose references are words.
pub type Entry = TimelineEvent<String, ImageField, Arc<Body>>;

/// What a timeline says.
#[derive(Debug, Clone, Default)]
pub struct TimelineFields {
    /// The zone of its clock times, where it is not the campaign's.
    pub zone: Option<(TimeZone, String)>,
    /// Its entries as they were written.
    pub events: Option<Vec<Entry>>,
}

/// What campaign.yaml says.
#[derive(Debug, Clone)]
#[expect(
    missing_docs,
    reason = "each field is the one of that name in campaign.yaml, described in the README"
)]
pub struct CampaignDoc {
    pub file: SourcePath,
    pub language: Option<LanguageTag>,
    pub title: Option<String>,
    pub tagline: Option<String>,
    pub base: Option<BaseUrl>,
    pub zone: Option<(TimeZone, String)>,
    pub languages: Option<Vec<LanguageTag>>,
    pub theme: Option<ThemeField>,
    pub unions: Option<Vec<(Union, Option<ImageField>)>>,
    pub employers: Option<Vec<Employer>>,
    pub phases: Option<Vec<Phase>>,
    pub action: Option<ActionField>,
    pub alerts: Option<Vec<AlertField>>,
    pub schedules: Option<BTreeMap<String, Vec<Shift>>>,
    pub changes: Option<Vec<CampaignChange>>,
    pub press: Option<Vec<Contact>>,
    pub menu: Option<Vec<(Option<String>, Option<String>)>>,
    pub signs: Option<Vec<SignField>>,
    pub leave_out: Option<Vec<Beside>>,
    pub card_font: Option<String>,
    pub redirects: Option<BTreeMap<String, String>>,
    pub gone: Option<Vec<(FieldPath, String)>>,
    pub allowed_hosts: Option<Vec<String>>,
}

/// The theme as campaign.yaml names it.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the one of that name in campaign.yaml")]
pub struct ThemeField {
    pub name: Option<String>,
    pub accent: Option<String>,
    pub logo: Option<ImageField>,
    pub photo: Option<ImageField>,
}

/// The action as campaign.yaml says it; a translation may say only its label.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the one of that name in campaign.yaml")]
pub struct ActionField {
    pub label: Option<String>,
    pub url: Option<String>,
    pub until: Option<When>,
}

/// An alert as campaign.yaml says it; a translation may say only its text.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the one of that name in campaign.yaml")]
pub struct AlertField {
    pub text: Option<String>,
    pub link: Option<String>,
    pub from: Option<When>,
    pub until: Option<When>,
}

/// A picket sign as campaign.yaml says it; a translation may say only its text.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the one of that name in campaign.yaml")]
pub struct SignField {
    pub text: Option<String>,
    pub link: Option<String>,
}

/// A change of plan at many places.
#[derive(Debug, Clone)]
pub struct CampaignChange {
    /// The places by name; `None` is all of them.
    pub locations: Option<Vec<String>>,
    /// What changes.
    pub change: Change<String>,
}

/// What `media.yaml` says of a picture.
#[derive(Debug, Clone, Default)]
pub struct MediaWords {
    /// In the default language.
    pub plain: ImageField,
    /// What differs in others, by their tags.
    pub languages: BTreeMap<String, ImageField>,
}

/// A file that content may refer to.
#[derive(Debug, Clone)]
pub enum MediaFile {
    /// It is published with these bytes, which hold no position, name or device.
    Whole {
        /// The bytes.
        bytes: Arc<[u8]>,
        /// Ten digits of their digest.
        digest: String,
        /// Width and height, for a picture.
        dimensions: Option<Dimensions>,
    },
    /// It is published in several sizes, made of its pixels.
    Photo(Arc<Photo>),
    /// Nothing of it can be published; a finding says why.
    Unfit,
}

/// Hours of a gathering or change, where they may be open.
pub(super) fn hours_or_open(hours: Option<Hours>) -> ShiftHours {
    hours.map_or(ShiftHours::Open, ShiftHours::Known)
}

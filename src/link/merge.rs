//! A translation says what differs and inherits the rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::campaign::Frame;
use super::files::Files;
use super::groups::{Group, hidden};
use super::told::{Part, Told, tell};
use crate::base::{DocId, FieldPath, Slug};
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{Kind, LanguageId, Shift, ShiftHours, Side, Tag};
use crate::parse::{Common, Doc, Fields, LocationFields};

/// A document in one language with all that it inherits, its references still words.
#[derive(Debug, Clone)]
pub(super) struct Merged {
    pub(super) id: DocId,
    /// Which group it belongs to.
    pub(super) group: usize,
    pub(super) language: LanguageId,
    pub(super) doc: Arc<Doc>,
    pub(super) original: Arc<Doc>,
    pub(super) slug: Slug,
    pub(super) tags: Vec<Tag>,
    pub(super) common: Arc<Common>,
    pub(super) fields: Arc<Fields>,
    pub(super) versions: Vec<Option<DocId>>,
    pub(super) unpublished: bool,
}

impl Merged {
    pub(super) fn kind(&self) -> Kind {
        self.doc.kind
    }

    /// Whether its own file says all of it, and not an original beside it.
    pub(super) fn is_original(&self) -> bool {
        Arc::ptr_eq(&self.doc, &self.original)
    }

    /// The document whose text is shown: a translation without a text shows the original's.
    pub(super) fn text(&self) -> &Doc {
        if self.doc.body.pieces.is_empty() { &self.original } else { &self.doc }
    }

    /// Whether a file is this version's own.
    pub(super) fn is(&self, doc: &Doc) -> bool {
        std::ptr::eq(&*self.doc, doc)
    }

    /// The file that says a field: the translation where it does, else the original.
    pub(super) fn says(&self, own: bool) -> &Doc {
        if own { &self.doc } else { &self.original }
    }
}

/// All documents that are shown.
pub(super) struct Shown {
    all: Vec<Merged>,
    /// Where a document stands among them.
    at: BTreeMap<DocId, usize>,
}

impl Shown {
    /// All of them, in order of their files.
    pub(super) fn all(&self) -> &[Merged] {
        &self.all
    }

    /// One of them.
    pub(super) fn get(&self, id: DocId) -> Option<&Merged> {
        self.all.get(*self.at.get(&id)?)
    }

    /// Puts a new state of a document in place of the old one, which is given back.
    pub(super) fn replace(&mut self, one: Merged) -> Option<Merged> {
        Some(std::mem::replace(self.all.get_mut(*self.at.get(&one.id)?)?, one))
    }

    /// The title of a document.
    pub(super) fn title(&self, id: DocId) -> String {
        self.get(id).and_then(|one| one.common.title.clone()).unwrap_or_default()
    }
}

/// Every version of every group that is shown, in order of their files: documents' numbers follow from the order of edits,
/// and nothing that is shown may.
pub(super) fn merge(files: &Files, groups: &[Group], frame: &Frame, told: &mut Told) -> Shown {
    let mut merged = Vec::with_capacity(groups.len());
    for (index, group) in groups.iter().enumerate() {
        let mut findings = Vec::new();
        merged.extend(group_of(files, (index, group), frame, &mut findings));
        told.set(Part::Group(index), findings);
    }
    merged.sort_by(|one, other| one.doc.file.cmp(&other.doc.file));
    let at = merged.iter().enumerate().map(|(index, one)| (one.id, index)).collect();
    Shown { all: merged, at }
}

/// Every version of one group that is shown.
pub(super) fn group_of(
    files: &Files,
    (index, group): (usize, &Group),
    frame: &Frame,
    findings: &mut Vec<Finding>,
) -> Vec<Merged> {
    let mut merged = Vec::new();
    let Some(original) = files.doc(group.original) else { return merged };
    let versions: Vec<Option<DocId>> =
        group.versions.iter().map(|version| version.map(|version| version.id)).collect();
    for (language, version) in group.versions.iter().enumerate() {
        let Some((id, doc)) = version.and_then(|version| Some((version.id, files.doc(version.says)?))) else {
            continue;
        };
        let language = LanguageId::new(language);
        let Some(slug) = slug(doc, original, frame, language) else {
            tell(findings, finding::bad_slug(Place::file(&doc.file), &doc.stem, None));
            continue;
        };
        let (mut common, mut fields) = (Arc::clone(&doc.common), Arc::clone(&doc.fields));
        if !Arc::ptr_eq(doc, original) {
            inherit_common(Arc::make_mut(&mut common), &original.common);
            inherit_fields(Arc::make_mut(&mut fields), &original.fields);
            tell_differences(doc, original, findings);
        }
        require(doc, &common, &fields, findings);
        let german = frame.is_german(language);
        let tag = |name: &String| Some(Tag { slug: Slug::make(name, german)?, name: name.clone() });
        merged.push(Merged {
            id,
            group: index,
            language,
            doc: Arc::clone(doc),
            original: Arc::clone(original),
            slug,
            tags: common.tags.iter().flatten().filter_map(tag).collect(),
            common,
            fields,
            versions: versions.clone(),
            unpublished: group.unpublished || hidden(doc, frame).is_some(),
        });
    }
    merged
}

/// The name in addresses: `slug:`, else the original's, else the file's name.
pub(super) fn slug(doc: &Doc, original: &Doc, frame: &Frame, language: LanguageId) -> Option<Slug> {
    let german = frame.is_german(language);
    let own = doc.common.slug.clone().or_else(|| original.common.slug.clone());
    own.or_else(|| Slug::make(&original.stem, german))
}

/// Fills the fields that are absent.
macro_rules! inherit {
    ($own:expr, $from:expr, $($field:ident)*) => {
        {$(if $own.$field.is_none() { $own.$field.clone_from(&$from.$field); })*}
    };
}

fn inherit_common(own: &mut Common, from: &Common) {
    inherit!(own, from, title summary key_points tags sources publish expires updated layout);
    own.image = match (own.image.take(), &from.image) {
        (Some(mut own), Some(from)) => {
            inherit!(own, from, file alt credit caption);
            Some(own)
        }
        (own, from) => own.or_else(|| from.clone()),
    };
}

fn inherit_fields(own: &mut Fields, from: &Fields) {
    match (own, from) {
        (Fields::Statement(own), Fields::Statement(from)) => {
            inherit!(own, from, date kind issuer source dateline speakers locations timeline corrections contact);
        }
        (Fields::Location(own), Fields::Location(from)) => inherit_location(own, from),
        (Fields::Event(own), Fields::Event(from)) => {
            inherit!(own, from, dates hours location place url speakers changes);
        }
        (Fields::Timeline(own), Fields::Timeline(from)) => inherit!(own, from, zone events),
        _ => {}
    }
}

fn inherit_location(own: &mut LocationFields, from: &LocationFields) {
    inherit!(own, from, district kind employer local to status entrances zone schedule shifts events changes url);
    if own.from.is_none() {
        own.from = from.from;
    }
    inherit!(own.place, from.place, address city region postal_code country coordinates);
    inherit!(own.practical, from.practical, meet_at parking transit access bring);
}

/// Facts that a translation repeats and gets wrong.
fn tell_differences(doc: &Doc, original: &Doc, findings: &mut Vec<Finding>) {
    let mut differs = |field: &str, differs: bool| {
        if differs {
            tell(
                findings,
                finding::translation_differs(Place::field(&doc.file, FieldPath::of(field)), field),
            );
        }
    };
    fn other<T: PartialEq>(own: &Option<T>, from: &Option<T>) -> bool {
        own.is_some() && own != from
    }
    match (&*doc.fields, &*original.fields) {
        (Fields::Statement(own), Fields::Statement(from)) => {
            differs("date", other(&own.date, &from.date));
            differs("locations", other(&own.locations, &from.locations));
        }
        (Fields::Location(own), Fields::Location(from)) => {
            differs("coordinates", other(&own.place.coordinates, &from.place.coordinates));
            differs("from", other(&own.from, &from.from));
            differs("to", other(&own.to, &from.to));
            // A note in place of hours is words, and translated.
            let times = |fields: &LocationFields| {
                let time = |shift: &Shift| match &shift.hours {
                    ShiftHours::Note(_) => (shift.days.clone(), ShiftHours::Note(String::new())),
                    hours => (shift.days.clone(), hours.clone()),
                };
                fields.shifts.as_ref().map(|all| all.iter().map(time).collect::<Vec<_>>())
            };
            differs("shifts", other(&times(own), &times(from)));
        }
        (Fields::Event(own), Fields::Event(from)) => {
            differs("date", other(&own.dates, &from.dates));
            differs("hours", other(&own.hours, &from.hours));
        }
        _ => {}
    }
}

/// Tells of required fields that are absent.
fn require(doc: &Doc, common: &Common, fields: &Fields, findings: &mut Vec<Finding>) {
    let mut missing = |absent: bool, key: &str, example: &str| {
        if absent {
            let place = Place::field(&doc.file, FieldPath::of(key));
            tell(findings, finding::missing_field(place, key, example));
        }
    };
    let location = matches!(fields, Fields::Location(_));
    let (key, example) =
        if location { ("name", "Fontana Medical Center") } else { ("title", "Why we strike") };
    missing(common.title.is_none() && doc.kind != Kind::Home, key, example);
    match fields {
        Fields::Statement(fields) => {
            missing(fields.date.is_none(), "date", "2024-10-21");
            let side = fields.issuer.as_ref().map(|issuer| issuer.side);
            let theirs = matches!(side, Some(Side::Employer | Side::Ally));
            missing(theirs && fields.source.is_none(), "source", "{ title: …, url: https://… }");
        }
        Fields::Event(fields) => missing(fields.dates.is_none(), "date", "2024-10-24"),
        Fields::Timeline(fields) => {
            let empty = fields.events.as_ref().is_none_or(Vec::is_empty);
            missing(empty, "events", "[ { date: 2024-09-30, title: The contract expires } ]");
        }
        Fields::Location(fields) => {
            let online = fields.kind == Some(crate::model::LocationType::Online);
            missing(online && fields.url.is_none(), "url", "https://…");
        }
        Fields::Page => {}
    }
}

//! What the references in texts and links of front matter mean.

use super::campaign::Frame;
use super::merge::Merged;
use super::names::{Found, Names};
use super::pictures::Pictures;
use super::routes::Routes;
use super::tell;
use crate::base::url::{self, Scheme, scheme};
use crate::base::{DocId, Slug, SourcePath};
use crate::diagnostics::{At, Finding, Place, finding, nearest};
use crate::model::{Body, Destination, LanguageId, Linked, Reference, Resolved, Target, Timeline};
use crate::parse::Fields;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that references can lead to.
pub(super) struct Scope<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) routes: &'a Routes<'a>,
    pub(super) pictures: &'a Pictures<'a>,
    pub(super) merged: &'a [Merged<'a>],
    /// Where in `merged` a document stands.
    pub(super) by_id: &'a BTreeMap<DocId, usize>,
    pub(super) frame: &'a Frame,
}

/// What cameras and phones write, with where and when and by whom: it cannot be cleaned here, so it is not published.
const CAMERA: [&str; 12] =
    ["heic", "heif", "avif", "tif", "tiff", "dng", "raw", "mov", "mp4", "m4v", "3gp", "avi"];

/// Who refers.
#[derive(Clone, Copy)]
pub(super) struct From<'d> {
    /// The file in which the reference was typed.
    pub(super) file: &'d SourcePath,
    /// The language of the page on which it stands.
    pub(super) language: LanguageId,
    /// The document on whose page it stands; none for campaign.yaml.
    pub(super) one: Option<&'d Merged<'d>>,
    /// The document to whose headings `#heading` leads: what a translation inherits speaks of the original's text.
    pub(super) says: Option<&'d Merged<'d>>,
}

impl Scope<'_> {
    /// Resolves every reference of a text.
    pub(super) fn link(
        &self,
        body: &Arc<Body>,
        german: bool,
        from: From<'_>,
        findings: &mut Vec<Finding>,
    ) -> Linked {
        let resolved =
            body.references.iter().map(|reference| self.reference(reference, from, findings)).collect();
        Linked { body: Arc::clone(body), resolved, german }
    }

    fn reference(&self, reference: &Reference, from: From<'_>, findings: &mut Vec<Finding>) -> Resolved {
        let place = Place { file: from.file.clone(), at: reference.at.0.clone() };
        let anchor = reference.anchor.as_deref();
        match &reference.target {
            Target::Own => {
                let Some((typed, says)) = anchor.zip(from.says) else {
                    return Resolved::Anchor(String::new());
                };
                let anchor = self.anchor(says, typed, place, findings);
                match from.one {
                    Some(one) if one.id != says.id => Resolved::Document(says.id, Some(anchor)),
                    _ => Resolved::Anchor(anchor),
                }
            }
            Target::Name(name) => {
                let found = self.names.find(name, None);
                self.found(found, name, place, anchor, from, findings)
            }
            Target::Path(path) => self.path(path, place, anchor, from, findings),
            Target::Picture(figure) => {
                let tag = self.frame.languages.get(from.language.index()).map(ToString::to_string);
                let picture = self.pictures.figure(from.file, &place, figure, tag.as_deref(), findings);
                picture.map_or(Resolved::Nothing, Resolved::Picture)
            }
        }
    }

    /// A path as links write them: of a document's file, of a picture or file, or an address of the site.
    fn path(
        &self,
        path: &str,
        place: Place,
        anchor: Option<&str>,
        from: From<'_>,
        findings: &mut Vec<Finding>,
    ) -> Resolved {
        let plain = path.split('?').next().unwrap_or(path);
        let decoded = url::decode(plain);
        if decoded.ends_with(".md") {
            let inside = decoded.strip_prefix('/').map(|rest| SourcePath::new(&format!("content/{rest}")));
            let file = inside.unwrap_or_else(|| from.file.join(&decoded));
            let found = file.map_or(Found::Nothing, |file| self.names.file(&file));
            return match found {
                Found::Nothing => {
                    tell(findings, self.dead_link(place, path));
                    Resolved::Nothing
                }
                found => self.found(found, path, place, anchor, from, findings),
            };
        }
        if let Some(file) = self.pictures.find(from.file, &decoded)
            && CAMERA.contains(&file.extension().as_str())
        {
            tell(findings, finding::camera_format(place, file));
            return Resolved::Nothing;
        }
        if let Some(media) =
            self.pictures.find(from.file, &decoded).and_then(|file| self.pictures.publish(file))
        {
            return Resolved::Address(media.out.address());
        }
        if let Some(address) = self.routes.address(plain, from.language) {
            if let Some(id) = self.routes.document(&address) {
                return self.document(id, place, anchor, findings);
            }
            return Resolved::Address(format!("{address}{}", fragment(anchor)));
        }
        if plain.starts_with('/') {
            let hidden = self.names.find(plain, None);
            let finding = match hidden {
                Found::Hidden(_) => self.names.explain(place, path, hidden, None),
                _ => self.dead_link(place, path),
            };
            tell(findings, finding);
            return Resolved::Nothing;
        }
        match self.names.find(plain, None) {
            Found::Nothing => {
                tell(findings, self.dead_link(place, path));
                Resolved::Nothing
            }
            found => self.found(found, path, place, anchor, from, findings),
        }
    }

    fn found(
        &self,
        found: Found,
        name: &str,
        place: Place,
        anchor: Option<&str>,
        from: From<'_>,
        findings: &mut Vec<Finding>,
    ) -> Resolved {
        match found {
            Found::Group(group) => match self.names.version(group, from.language) {
                Some(id) => self.document(id, place, anchor, findings),
                None => Resolved::Nothing,
            },
            found => {
                tell(findings, self.names.explain(place, name, found, None));
                Resolved::Nothing
            }
        }
    }

    /// A document, perhaps at one of its headings or entries.
    fn document(
        &self,
        id: DocId,
        place: Place,
        anchor: Option<&str>,
        findings: &mut Vec<Finding>,
    ) -> Resolved {
        let typed = anchor.zip(self.one(id));
        Resolved::Document(id, typed.map(|(typed, one)| self.anchor(one, typed, place, findings)))
    }

    /// The anchor of a document's heading or entry; one that it does not have is told.
    fn anchor(&self, one: &Merged<'_>, typed: &str, place: Place, findings: &mut Vec<Finding>) -> String {
        let german = self.frame.is_german(self.frame.language_of(one.text()));
        let headings = one.text().body.headings.iter().map(|heading| heading.anchor(german));
        let anchor = anchor_id(typed, german);
        let entries = self.entries(one);
        let known: Vec<&str> = headings.chain(entries.iter().map(String::as_str)).collect();
        if !known.contains(&anchor.as_str()) {
            tell(findings, finding::dead_anchor(place, &anchor, nearest::nearest(&anchor, known)));
        }
        anchor
    }

    /// The anchors of a timeline's entries.
    fn entries(&self, one: &Merged<'_>) -> Vec<String> {
        let Fields::Timeline(fields) = &one.fields else { return Vec::new() };
        let entries = fields.events.iter().flatten().map(|entry| (entry.from, entry.title.as_str()));
        Timeline::anchors_of(entries, self.frame.is_german(one.language))
    }

    fn dead_link(&self, place: Place, path: &str) -> Finding {
        let known = self.names.known(None);
        let last = path.trim_matches('/').rsplit('/').next().unwrap_or(path);
        let near = nearest::nearest(last.trim_end_matches(".md"), known.iter().copied());
        finding::dead_link(place, path, near)
    }

    pub(super) fn one(&self, id: DocId) -> Option<&Merged<'_>> {
        self.merged.get(*self.by_id.get(&id)?)
    }

    /// The title of a document that is shown.
    pub(super) fn card_title(&self, id: DocId) -> String {
        self.one(id).and_then(|one| one.common.title.clone()).unwrap_or_default()
    }

    /// The day on which a document was last changed in substance.
    pub(super) fn updated(&self, id: DocId) -> Option<Date> {
        self.one(id)?.common.updated
    }

    /// Whether a document is only shown because drafts are.
    pub(super) fn unpublished(&self, id: DocId) -> bool {
        self.one(id).is_some_and(|one| one.unpublished)
    }

    /// The title of what a name leads to, in a language.
    pub(super) fn title_of(&self, name: &str, language: LanguageId) -> Option<String> {
        let Found::Group(group) = self.names.find(name, None) else { return None };
        self.names.version(group, language).map(|id| self.card_title(id))
    }

    /// Where a link of campaign.yaml leads: a URL, an address of the site, or a document's name.
    pub(super) fn destination(
        &self,
        place: &Place,
        target: &str,
        language: LanguageId,
        findings: &mut Vec<Finding>,
    ) -> Option<Destination> {
        if let Scheme::Allowed(_) = scheme(target) {
            return Some(Destination::Elsewhere(target.to_owned()));
        }
        let file = SourcePath::new("content/campaign.yaml")?;
        let (path, anchor) =
            target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let from = From { file: &file, language, one: None, says: None };
        match self.path(path, place.clone(), anchor, from, findings) {
            Resolved::Document(id, None) => Some(Destination::Document(id)),
            Resolved::Document(id, Some(anchor)) => {
                let address = self.routes.address_of(id)?;
                Some(Destination::Address(format!("{address}#{anchor}")))
            }
            Resolved::Address(address) => Some(Destination::Address(address)),
            Resolved::Anchor(_) | Resolved::Picture(_) | Resolved::Nothing => None,
        }
    }
}

/// The anchor of a heading that is named by its words, as in `[[page#What to bring]]`, or by its anchor.
fn anchor_id(typed: &str, german: bool) -> String {
    let typed = url::decode(typed);
    match Slug::make(&typed, german) {
        Some(slug) if typed.contains(' ') => slug.to_string(),
        _ => typed,
    }
}

fn fragment(anchor: Option<&str>) -> String {
    anchor.map_or(String::new(), |anchor| format!("#{}", anchor_id(anchor, false)))
}

/// Where in the front matter something stands.
pub(super) fn field(file: &SourcePath, path: crate::base::FieldPath) -> Place {
    Place { file: file.clone(), at: At::Field(path) }
}

//! What the references in texts and links of front matter mean.

use super::campaign::Frame;
use super::merge::{Merged, Shown};
use super::names::{Found, Names};
use super::pictures::{CAMERA, Pictures};
use super::routes::Routes;
use super::told::{Notes, tell};
use crate::base::url::{self, Scheme, scheme};
use crate::base::{DocId, Slug, SourcePath};
use crate::diagnostics::{At, Finding, Place, finding, nearest};
use crate::model::{Body, Destination, LanguageId, Linked, Reference, Resolved, Target, Timeline};
use crate::parse::{Doc, Fields};
use std::sync::Arc;

/// All that references can lead to.
pub(super) struct Scope<'a> {
    pub(super) names: &'a Names,
    pub(super) routes: &'a Routes,
    pub(super) pictures: &'a Pictures<'a>,
    pub(super) frame: &'a Frame,
    /// The documents whose headings references may lead to. Nobody else reads them here: what a document says of others
    /// follows from names and addresses alone, so an edit of the one does not change the others.
    shown: &'a Shown,
}

/// Who refers.
#[derive(Clone, Copy)]
pub(super) struct From<'d> {
    /// The file in which the reference was typed.
    pub(super) file: &'d SourcePath,
    /// The language of the page on which it stands.
    pub(super) language: LanguageId,
    /// The document on whose page it stands; none for campaign.yaml.
    pub(super) one: Option<&'d Merged>,
    /// The document to whose headings `#heading` leads: what a translation inherits speaks of the original's text.
    pub(super) says: Option<&'d Merged>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        names: &'a Names,
        routes: &'a Routes,
        pictures: &'a Pictures<'a>,
        frame: &'a Frame,
        shown: &'a Shown,
    ) -> Scope<'a> {
        Scope { names, routes, pictures, frame, shown }
    }

    /// Resolves every reference of a text.
    pub(super) fn link(&self, body: &Arc<Body>, german: bool, from: From<'_>, notes: &mut Notes) -> Linked {
        let resolved =
            body.references.iter().map(|reference| self.reference(reference, from, notes)).collect();
        Linked { body: Arc::clone(body), resolved, german }
    }

    fn reference(&self, reference: &Reference, from: From<'_>, notes: &mut Notes) -> Resolved {
        let place = Place { file: from.file.clone(), at: reference.at.0.clone() };
        let anchor = reference.anchor.as_deref();
        match &reference.target {
            Target::Own => {
                let Some((typed, says)) = anchor.zip(from.says) else {
                    return Resolved::Anchor(String::new());
                };
                let anchor = self.anchor(says, typed, place, notes);
                match from.one {
                    Some(one) if one.id != says.id => Resolved::Document(says.id, Some(anchor)),
                    _ => Resolved::Anchor(anchor),
                }
            }
            Target::Name(name) => {
                let found = self.names.find(name, None);
                self.found(found, name, place, anchor, from, notes)
            }
            Target::Path(path) => self.path(path, place, anchor, from, notes),
            Target::Picture(figure) => {
                let tag = self.frame.languages.get(from.language.index()).map(ToString::to_string);
                let picture = self.pictures.figure(from.file, &place, figure, tag.as_deref(), notes);
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
        notes: &mut Notes,
    ) -> Resolved {
        let plain = path.split('?').next().unwrap_or(path);
        let decoded = url::decode(plain);
        if decoded.ends_with(".md") {
            let inside = decoded.strip_prefix('/').map(|rest| SourcePath::new(&format!("content/{rest}")));
            let file = inside.unwrap_or_else(|| from.file.join(&decoded));
            let found = file.map_or(Found::Nothing, |file| self.names.file(&file));
            return match found {
                Found::Nothing => {
                    tell(&mut notes.findings, self.dead_link(place, path));
                    Resolved::Nothing
                }
                found => self.found(found, path, place, anchor, from, notes),
            };
        }
        if let Some(file) = self.pictures.find(from.file, &decoded)
            && CAMERA.contains(&file.extension().as_str())
        {
            tell(&mut notes.findings, finding::camera_format(place, file));
            return Resolved::Nothing;
        }
        if let Some(media) =
            self.pictures.find(from.file, &decoded).and_then(|file| self.pictures.publish(file, notes))
        {
            return Resolved::Address(media.out.address());
        }
        if let Some(address) = self.routes.address(plain, from.language) {
            if let Some(id) = self.routes.document(&address) {
                return self.document(id, place, anchor, notes);
            }
            return Resolved::Address(format!("{address}{}", fragment(anchor)));
        }
        if plain.starts_with('/') {
            let hidden = self.names.find(plain, None);
            let finding = match hidden {
                Found::Hidden(_) => self.names.explain(place, path, hidden, None),
                _ => self.dead_link(place, path),
            };
            tell(&mut notes.findings, finding);
            return Resolved::Nothing;
        }
        match self.names.find(plain, None) {
            Found::Nothing => {
                tell(&mut notes.findings, self.dead_link(place, path));
                Resolved::Nothing
            }
            found => self.found(found, path, place, anchor, from, notes),
        }
    }

    fn found(
        &self,
        found: Found,
        name: &str,
        place: Place,
        anchor: Option<&str>,
        from: From<'_>,
        notes: &mut Notes,
    ) -> Resolved {
        match found {
            Found::Group(group) => match self.names.version(group, from.language) {
                Some(id) => self.document(id, place, anchor, notes),
                None => Resolved::Nothing,
            },
            found => {
                tell(&mut notes.findings, self.names.explain(place, name, found, None));
                Resolved::Nothing
            }
        }
    }

    /// A document, perhaps at one of its headings or entries. This is the one place where the text of another document
    /// is looked at, and it is noted.
    fn document(&self, id: DocId, place: Place, anchor: Option<&str>, notes: &mut Notes) -> Resolved {
        notes.looks_inside |= anchor.is_some();
        let typed = anchor.zip(self.shown.get(id));
        Resolved::Document(id, typed.map(|(typed, one)| self.anchor(one, typed, place, notes)))
    }

    /// The anchor of a document's heading or entry; one that it does not have is told.
    fn anchor(&self, one: &Merged, typed: &str, place: Place, notes: &mut Notes) -> String {
        let german = self.frame.is_german(self.frame.language_of(one.text()));
        let headings = one.text().body.headings.iter().map(|heading| heading.anchor(german));
        let anchor = anchor_id(typed, german);
        let entries = self.entries(one);
        let known: Vec<&str> = headings.chain(entries.iter().map(String::as_str)).collect();
        if !known.contains(&anchor.as_str()) {
            tell(&mut notes.findings, finding::dead_anchor(place, &anchor, nearest::nearest(&anchor, known)));
        }
        anchor
    }

    /// The anchors of a timeline's entries.
    fn entries(&self, one: &Merged) -> Vec<String> {
        let Fields::Timeline(fields) = &*one.fields else { return Vec::new() };
        let entries = fields.events.iter().flatten().map(|entry| (entry.from, entry.title.as_str()));
        Timeline::anchors_of(entries, self.frame.is_german(one.language))
    }

    fn dead_link(&self, place: Place, path: &str) -> Finding {
        let last = path.trim_matches('/').rsplit('/').next().unwrap_or(path);
        let near = self.names.nearest(last.trim_end_matches(".md"), None);
        finding::dead_link(place, path, near)
    }

    /// The version of a document whose own file is the one that says something. It is linked again whenever the other
    /// is.
    pub(super) fn sibling(&self, one: &Merged, says: &Doc) -> Option<&'a Merged> {
        one.versions.iter().flatten().find_map(|id| self.shown.get(*id).filter(|it| it.is(says)))
    }

    /// Where a link of campaign.yaml leads: a URL, an address of the site, or a document's name.
    pub(super) fn destination(
        &self,
        place: &Place,
        target: &str,
        language: LanguageId,
        notes: &mut Notes,
    ) -> Option<Destination> {
        if let Scheme::Allowed(_) = scheme(target) {
            return Some(Destination::Elsewhere(target.to_owned()));
        }
        let file = SourcePath::new("content/campaign.yaml")?;
        let (path, anchor) =
            target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let from = From { file: &file, language, one: None, says: None };
        match self.path(path, place.clone(), anchor, from, notes) {
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

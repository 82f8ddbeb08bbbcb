//! What the references in texts and links of front matter mean.

use super::campaign::Frame;
use super::merge::Shown;
use super::names::{Found, Names};
use super::pictures::Pictures;
use super::routes::Routes;
use super::told::{Notes, tell};
use crate::base::url::{self, Scheme, scheme};
use crate::base::{DocId, Slug, SourcePath};
use crate::diagnostics::{At, Finding, Place, finding, nearest};
use crate::model::{Body, Destination, Kind, LanguageId, Linked, Reference, Resolved, Target};
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
    /// The text to which `#heading` leads.
    pub(super) body: &'d Body,
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
    pub(super) fn link(&self, body: &Arc<Body>, from: From<'_>, notes: &mut Notes) -> Linked {
        let resolved =
            body.references.iter().map(|reference| self.reference(reference, from, notes)).collect();
        Linked { body: Arc::clone(body), resolved }
    }

    fn reference(&self, reference: &Reference, from: From<'_>, notes: &mut Notes) -> Resolved {
        let place = Place { file: from.file.clone(), at: reference.at.0.clone() };
        let anchor = reference.anchor.as_deref().map(anchor_id);
        let anchor = anchor.as_deref();
        match &reference.target {
            Target::Own => match anchor {
                Some(anchor) if has_anchor(from.body, anchor) => Resolved::Anchor(anchor.to_owned()),
                Some(anchor) => {
                    tell(&mut notes.findings, dead_anchor(place, from.body, anchor));
                    Resolved::Nothing
                }
                None => Resolved::Anchor(String::new()),
            },
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
        if let (Some(anchor), Some(one)) = (anchor, self.shown.get(id)) {
            let body = &one.text().body;
            if one.kind() != Kind::Timeline && !has_anchor(body, anchor) {
                tell(&mut notes.findings, dead_anchor(place, body, anchor));
            }
        }
        Resolved::Document(id, anchor.map(str::to_owned))
    }

    fn dead_link(&self, place: Place, path: &str) -> Finding {
        let known = self.names.known(None);
        let last = path.trim_matches('/').rsplit('/').next().unwrap_or(path);
        let near = nearest::nearest(last.trim_end_matches(".md"), known.iter().copied());
        finding::dead_link(place, path, near)
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
        let nothing = Body::default();
        let (path, anchor) =
            target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let from = From { file: &file, language, body: &nothing };
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
fn anchor_id(typed: &str) -> String {
    let typed = url::decode(typed);
    match Slug::make(&typed, false) {
        Some(slug) if typed.contains(' ') => slug.to_string(),
        _ => typed,
    }
}

fn fragment(anchor: Option<&str>) -> String {
    anchor.map_or(String::new(), |anchor| format!("#{anchor}"))
}

fn has_anchor(body: &Body, anchor: &str) -> bool {
    body.headings.iter().any(|heading| heading.id == anchor)
}

fn dead_anchor(place: Place, body: &Body, anchor: &str) -> Finding {
    let near = nearest::nearest(anchor, body.headings.iter().map(|heading| heading.id.as_str()));
    finding::dead_anchor(place, anchor, near)
}

/// Where in the front matter something stands.
pub(super) fn field(file: &SourcePath, path: crate::base::FieldPath) -> Place {
    Place { file: file.clone(), at: At::Field(path) }
}

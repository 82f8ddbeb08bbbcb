//! Which documents are shown, and which of them are one document in several languages.

use std::collections::BTreeMap;

use super::campaign::Frame;
use super::files::Files;
use super::told::tell;
use crate::base::DocId;
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{Kind, LanguageId};
use crate::parse::Doc;

/// Why a document is not shown, in words that fit after “is”.
pub(super) type Hidden = &'static str;

/// One document in all its languages. It knows its documents by their numbers alone, so that it holds on to nothing
/// that an edit of their texts changes.
pub(super) struct Group {
    pub(super) kind: Kind,
    /// The folders of its address.
    pub(super) folder: String,
    /// The document that the others translate.
    pub(super) original: DocId,
    /// Each language's version that is shown.
    pub(super) versions: Vec<Option<Version>>,
    /// All of its files, shown or not.
    pub(super) all: Vec<DocId>,
    /// Why none of it is shown; `None` where it is.
    pub(super) hidden: Option<Hidden>,
    /// Whether it is only shown because drafts were asked for.
    pub(super) unpublished: bool,
}

/// A version of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version {
    /// Its number.
    pub(super) id: DocId,
    /// The document that says what stands in it: itself, or the original where a home page is not translated.
    pub(super) says: DocId,
}

/// Groups documents by name. Translations without an original, or into a language that is not the campaign's, are told.
pub(super) fn group(files: &Files, frame: &Frame, drafts: bool, findings: &mut Vec<Finding>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_name: BTreeMap<(&str, Kind), usize> = BTreeMap::new();
    let mut translations = Vec::new();
    for (id, doc) in files.docs() {
        let Some(language) = language_of(doc, frame, findings) else { continue };
        let named = doc.file.as_str().ends_with(&format!(".{}.md", frame.languages[language.index()]));
        if language.index() > 0 && named {
            translations.push((id, doc, language));
            continue;
        }
        // Two files of one name and language differ only in their dates; their addresses collide later.
        by_name.insert((&doc.name, doc.kind), groups.len());
        groups.push(Group::new(id, doc, language, frame, drafts));
    }
    for (id, doc, language) in translations {
        match by_name.get(&(doc.name.as_str(), doc.kind)) {
            Some(group) => groups[*group].add(id, doc, language, frame, drafts),
            None => {
                let original = format!("content/{}.md", doc.name);
                tell(findings, finding::translation_without_original(&doc.file, &original));
            }
        }
    }
    complete_home(&mut groups, files, frame, findings);
    groups
}

/// Every language has a home page: where it is not translated, the original's stands in. Each such page has a number
/// of its own, past those of files.
fn complete_home(groups: &mut [Group], files: &Files, frame: &Frame, findings: &mut Vec<Finding>) {
    let home = groups.iter_mut().find(|group| group.kind == Kind::Home && group.hidden.is_none());
    let Some(home) = home else {
        return tell(findings, finding::no_home_page(Place::file(&files.campaign.file)));
    };
    let Some(original) = files.doc(home.original) else { return };
    for (index, version) in home.versions.iter_mut().enumerate().filter(|(_, version)| version.is_none()) {
        *version = Some(Version { id: DocId::new(files.free + index), says: home.original });
        let tag = &frame.languages[index];
        tell(findings, finding::home_not_translated(Place::file(&original.file), tag.as_str()));
    }
}

fn language_of(doc: &Doc, frame: &Frame, findings: &mut Vec<Finding>) -> Option<LanguageId> {
    let Some(tag) = &doc.language else { return Some(LanguageId::default()) };
    let language = frame.language(tag);
    if language.is_none() {
        tell(findings, finding::language_not_listed(Place::file(&doc.file), tag.as_str()));
    }
    language
}

impl Group {
    fn new(id: DocId, doc: &Doc, language: LanguageId, frame: &Frame, drafts: bool) -> Group {
        let hidden = hidden(doc, frame);
        let shown = hidden.is_none() || drafts;
        let mut versions = vec![None; frame.languages.len()];
        if shown {
            versions[language.index()] = Some(Version { id, says: id });
        }
        Group {
            kind: doc.kind,
            folder: doc.folder.clone(),
            original: id,
            versions,
            all: vec![id],
            hidden: hidden.filter(|_| !drafts),
            unpublished: hidden.is_some(),
        }
    }

    /// Adds a translation. It is shown only while its original is.
    fn add(&mut self, id: DocId, doc: &Doc, language: LanguageId, frame: &Frame, drafts: bool) {
        self.all.push(id);
        let shown = hidden(doc, frame).is_none() || drafts;
        if shown && self.hidden.is_none() {
            self.versions[language.index()] = Some(Version { id, says: id });
        }
    }

    /// The numbers of all versions that are shown.
    pub(super) fn shown(&self) -> impl Iterator<Item = DocId> {
        self.versions.iter().flatten().map(|version| version.id)
    }
}

/// Whether names, addresses and groups see no difference between two states of a file.
pub(super) fn is_named_alike(doc: &Doc, before: &Doc) -> bool {
    let (now, then) = (&doc.common, &before.common);
    (doc.kind, &doc.language) == (before.kind, &before.language)
        && (&doc.name, &doc.stem, &doc.folder) == (&before.name, &before.stem, &before.folder)
        && (&now.slug, &now.aliases, now.draft) == (&then.slug, &then.aliases, then.draft)
        && (now.publish, now.expires) == (then.publish, then.expires)
}

/// Why a document is not shown at the moment.
pub(super) fn hidden(doc: &Doc, frame: &Frame) -> Option<Hidden> {
    let common = &doc.common;
    if common.draft == Some(true) {
        return Some("a draft");
    }
    if is_embargoed(doc, frame) {
        return Some("embargoed until later");
    }
    if has_expired(doc, frame) {
        return Some("no longer shown");
    }
    None
}

/// Whether the moment at which a document may be published is still to come.
pub(super) fn is_embargoed(doc: &Doc, frame: &Frame) -> bool {
    doc.common.publish.is_some_and(|publish| !frame.clock.has_come(publish.begins(&frame.zone)))
}

/// Whether the time of a document is over.
pub(super) fn has_expired(doc: &Doc, frame: &Frame) -> bool {
    doc.common.expires.is_some_and(|expires| frame.clock.has_come(expires.ends(&frame.zone)))
}

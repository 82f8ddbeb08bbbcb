//! Which documents are shown, and which of them are one document in several languages.

use std::collections::BTreeMap;

use super::campaign::Frame;
use super::{Files, tell};
use crate::base::DocId;
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{Kind, LanguageId};
use crate::parse::Doc;

/// Why a document is not shown, in words that fit after “is”.
pub(super) type Hidden = &'static str;

/// One document in all its languages.
pub(super) struct Group<'a> {
    pub(super) kind: Kind,
    /// The document that the others translate.
    pub(super) original: (DocId, &'a Doc),
    /// Each language's version that is shown.
    pub(super) versions: Vec<Option<(DocId, &'a Doc)>>,
    /// All of its files, shown or not.
    pub(super) all: Vec<&'a Doc>,
    /// Why none of it is shown; `None` where it is.
    pub(super) hidden: Option<Hidden>,
    /// Whether it is only shown because drafts were asked for.
    pub(super) unpublished: bool,
}

/// Groups documents by name. Translations without an original, or into a language that is not the campaign's, are told.
pub(super) fn group<'a>(
    files: &Files<'a>,
    frame: &Frame,
    drafts: bool,
    findings: &mut Vec<Finding>,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut by_name: BTreeMap<(&str, Kind), usize> = BTreeMap::new();
    let mut translations = Vec::new();
    for (id, doc) in &files.docs {
        let Some(language) = language_of(doc, frame, findings) else { continue };
        let named = doc.file.as_str().ends_with(&format!(".{}.md", frame.languages[language.index()]));
        if language.index() > 0 && named {
            translations.push((*id, *doc, language));
            continue;
        }
        // Two files of one name and language differ only in their dates; their addresses collide later.
        by_name.insert((&doc.name, doc.kind), groups.len());
        groups.push(Group::new(*id, doc, language, frame, drafts));
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
fn complete_home(groups: &mut [Group<'_>], files: &Files<'_>, frame: &Frame, findings: &mut Vec<Finding>) {
    let home = groups.iter_mut().find(|group| group.kind == Kind::Home && group.hidden.is_none());
    let Some(home) = home else {
        return tell(findings, finding::no_home_page(Place::file(&files.campaign.file)));
    };
    for (index, version) in home.versions.iter_mut().enumerate().filter(|(_, version)| version.is_none()) {
        *version = Some((DocId::new(files.free + index), home.original.1));
        let tag = &frame.languages[index];
        tell(findings, finding::home_not_translated(Place::file(&home.original.1.file), tag.as_str()));
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

impl<'a> Group<'a> {
    fn new(id: DocId, doc: &'a Doc, language: LanguageId, frame: &Frame, drafts: bool) -> Group<'a> {
        let hidden = hidden(doc, frame);
        let shown = hidden.is_none() || drafts;
        let mut versions = vec![None; frame.languages.len()];
        if shown {
            versions[language.index()] = Some((id, doc));
        }
        Group {
            kind: doc.kind,
            original: (id, doc),
            versions,
            all: vec![doc],
            hidden: hidden.filter(|_| !drafts),
            unpublished: hidden.is_some(),
        }
    }

    /// Adds a translation. It is shown only while its original is.
    fn add(&mut self, id: DocId, doc: &'a Doc, language: LanguageId, frame: &Frame, drafts: bool) {
        self.all.push(doc);
        let shown = hidden(doc, frame).is_none() || drafts;
        if shown && self.hidden.is_none() {
            self.versions[language.index()] = Some((id, doc));
        }
    }
}

/// Why a document is not shown at the moment.
pub(super) fn hidden(doc: &Doc, frame: &Frame) -> Option<Hidden> {
    let common = &doc.common;
    if common.draft == Some(true) {
        return Some("a draft");
    }
    if common.publish.is_some_and(|publish| frame.moment < publish.begins(&frame.zone)) {
        return Some("embargoed until later");
    }
    if common.expires.is_some_and(|expires| expires.ends(&frame.zone) <= frame.moment) {
        return Some("no longer shown");
    }
    None
}

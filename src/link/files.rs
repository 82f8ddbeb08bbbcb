//! The parsed files, sorted by what they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Inputs;
use crate::base::{DocId, LanguageTag, SourcePath};
use crate::parse::{CampaignDoc, Doc, Load, MediaFile, MediaWords, Parsed};

/// The parsed files.
pub(super) struct Files {
    /// Documents by number.
    docs: Vec<Option<Arc<Doc>>>,
    /// Their numbers, in order of their paths.
    order: Vec<DocId>,
    /// The first number that no file has.
    pub(super) free: usize,
    pub(super) campaign: Arc<CampaignDoc>,
    pub(super) translations: Vec<Arc<CampaignDoc>>,
    pub(super) media: BTreeMap<SourcePath, Arc<MediaFile>>,
    /// What files would load from other hosts.
    pub(super) loads: Vec<(SourcePath, Arc<[Load]>)>,
    /// What the files `media.yaml` say of pictures; of two that say something of one picture, the last.
    words: Vec<Arc<BTreeMap<String, MediaWords>>>,
}

impl Files {
    /// Sorts the files; `None` where there is no campaign.
    pub(super) fn sort(inputs: &Inputs<'_>) -> Option<Files> {
        let free = inputs.parsed.values().map(|(id, _)| id.index() + 1).max().unwrap_or(0);
        let mut docs = vec![None; free];
        let mut order = Vec::new();
        let mut campaign = None;
        let mut translations = Vec::new();
        let mut media = BTreeMap::new();
        let (mut words, mut loads) = (Vec::new(), Vec::new());
        for (path, (id, parsed)) in inputs.parsed {
            match parsed {
                Parsed::Document(doc) => {
                    docs[id.index()] = Some(Arc::clone(doc));
                    order.push(*id);
                }
                Parsed::Campaign(doc) if doc.language.is_none() => campaign = Some(Arc::clone(doc)),
                Parsed::Campaign(doc) => translations.push(Arc::clone(doc)),
                Parsed::MediaWords(all) => words.push(Arc::clone(all)),
                Parsed::Media(file) => {
                    media.insert(path.clone(), Arc::clone(file));
                }
                Parsed::Loads(all) => loads.push((path.clone(), Arc::clone(all))),
            }
        }
        Some(Files { docs, order, free, campaign: campaign?, translations, media, loads, words })
    }

    /// All documents, in order of their paths.
    pub(super) fn docs(&self) -> impl Iterator<Item = (DocId, &Arc<Doc>)> {
        self.order.iter().filter_map(|id| Some((*id, self.doc(*id)?)))
    }

    /// A document by its number.
    pub(super) fn doc(&self, id: DocId) -> Option<&Arc<Doc>> {
        self.docs.get(id.index())?.as_ref()
    }

    /// Puts a new state of a document in place of the old one, which is given back.
    pub(super) fn replace(&mut self, id: DocId, doc: Arc<Doc>) -> Option<Arc<Doc>> {
        self.docs.get_mut(id.index())?.as_mut().map(|old| std::mem::replace(old, doc))
    }

    /// The texts of campaign.yaml in a language, where they are translated.
    pub(super) fn translation(&self, language: Option<&LanguageTag>) -> Option<&CampaignDoc> {
        self.translations.iter().find(|other| other.language.as_ref() == language).map(Arc::as_ref)
    }

    /// What is said of a picture, by its file's name or path.
    pub(super) fn words(&self, name: &str) -> Option<&MediaWords> {
        self.words.iter().rev().find_map(|words| words.get(name))
    }
}

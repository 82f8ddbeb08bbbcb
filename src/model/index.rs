//! What follows from a site's lists and is looked up for page after page: made whole at the first look, and kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{OnceLock, PoisonError, RwLock};

use super::{Details, Fact, Kind, LanguageId, Site};
use crate::base::{DocId, Fingerprint};

/// What was looked up so far. It holds for one state of a site: whoever changes the site gives it a fresh one.
#[derive(Debug, Default)]
pub struct Index {
    languages: OnceLock<Vec<ByDocument>>,
    prints: RwLock<BTreeMap<Fact, Fingerprint>>,
}

impl Index {
    /// Forgets all fingerprints but those that follow from lists and routes alone.
    pub(crate) fn keep_lists(&mut self) {
        let prints = self.prints.get_mut().unwrap_or_else(PoisonError::into_inner);
        prints.retain(|fact, _| matches!(fact, Fact::List(_) | Fact::Routes));
    }
}

/// The lists of one language, by document.
#[derive(Debug, Default)]
struct ByDocument {
    /// Where each statement stands in the list of all.
    positions: BTreeMap<DocId, usize>,
    at_location: BTreeMap<DocId, AtLocation>,
}

/// What the lists say of a location.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
pub struct AtLocation {
    /// The statements that name it, newest first.
    pub statements: Vec<DocId>,
    /// The events that take place at it, or were moved to it.
    pub events: Vec<DocId>,
}

static NOTHING: AtLocation = AtLocation { statements: Vec::new(), events: Vec::new() };

impl Site {
    /// The statements before and after one in the list of all, the newer first.
    pub(super) fn neighbours(&self, language: LanguageId, id: DocId) -> (Option<DocId>, Option<DocId>) {
        let statements = self.lists.get(language.index()).map_or(&[][..], |lists| &lists.statements);
        let at = self.by_document(language).and_then(|index| index.positions.get(&id).copied());
        let Some(at) = at else { return (None, None) };
        let newer = at.checked_sub(1).and_then(|before| statements.get(before));
        (newer.copied(), statements.get(at + 1).copied())
    }

    /// What the lists of a language say of a location.
    pub(super) fn at_location(&self, language: LanguageId, id: DocId) -> &AtLocation {
        self.by_document(language).and_then(|index| index.at_location.get(&id)).unwrap_or(&NOTHING)
    }

    /// A fingerprint of something long, which is read once and not again for each output that shows it.
    pub(super) fn kept_print(&self, fact: &Fact, make: impl FnOnce() -> Fingerprint) -> Fingerprint {
        let kept = self.index.prints.read().unwrap_or_else(PoisonError::into_inner).get(fact).copied();
        kept.unwrap_or_else(|| {
            let print = make();
            self.index.prints.write().unwrap_or_else(PoisonError::into_inner).insert(fact.clone(), print);
            print
        })
    }

    fn by_document(&self, language: LanguageId) -> Option<&ByDocument> {
        let all = self.index.languages.get_or_init(|| {
            let languages = (0..self.lists.len()).map(LanguageId::new);
            languages.map(|language| self.make_by_document(language)).collect()
        });
        all.get(language.index())
    }

    fn make_by_document(&self, language: LanguageId) -> ByDocument {
        let mut index = ByDocument::default();
        let Some(lists) = self.lists.get(language.index()) else { return index };
        index.positions = lists.statements.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        for kind in [Kind::Statement, Kind::Event] {
            for id in lists.of(kind) {
                let Some(card) = self.card(*id) else { continue };
                let all = &mut index.at_location;
                let version = |location| self.version(location, language);
                match &card.details {
                    Details::Statement(statement) => {
                        for location in &statement.locations {
                            all.entry(version(*location)).or_default().statements.push(*id);
                        }
                    }
                    Details::Event(event) => {
                        let Some(Some(document)) = self.documents.get(id.index()) else { continue };
                        let places: BTreeSet<DocId> =
                            event.locations(&document.plan).into_iter().map(version).collect();
                        for location in places {
                            all.entry(location).or_default().events.push(*id);
                        }
                    }
                    Details::Home | Details::Page | Details::Location(_) | Details::Timeline(_) => {}
                }
            }
        }
        index
    }
}

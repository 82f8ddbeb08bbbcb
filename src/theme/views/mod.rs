//! What templates see, built from the site through a [`Reader`]. Views that several pages share are made once for
//! each language, and their facts are noted again for each page that uses them.

mod campaign;
mod card;
mod dates;
mod event;
mod links;
mod list;
mod lists;
mod location;
mod map;
mod next_up;
mod occurrence;
mod page;
mod print;
mod release;
mod statement;
mod timeline;
mod value;
mod week;

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{OnceLock, PoisonError, RwLock};

use jiff::civil::Date;
use tera::Value;

use super::{Theme, Words};
use crate::base::DocId;
use crate::model::{Campaign, Card, Fact, Hours, LanguageId, Reader, Term, Texts};

pub(super) use links::tone;
pub(super) use page::{Target, document, listing, not_found, redirect};
pub(super) use print::print;
pub(super) use release::text as statement_text;
pub(super) use value::record;

/// Where views are kept that several pages of one site share. It holds for one state of the site.
#[derive(Debug, Default)]
pub(super) struct Views {
    documents: usize,
    plain: Vec<Cell>,
    full: Vec<Cell>,
    shared: Vec<[Cell; Shared::COUNT]>,
    /// Each language's days and hours: many documents show the same few. They depend on the words alone.
    dates: Vec<Said<Date, Value>>,
    hours: Vec<Said<Hours, String>>,
    /// The addresses of each language's Atom feed, JSON feed, manifest and calendar, below the site's root.
    feeds: Vec<[String; 4]>,
    /// The fields that any page asks for, of whatever it may be; `None` where that can't be told.
    asked_for: Option<BTreeSet<String>>,
}

/// A view that is made once for each language.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shared {
    Campaign,
    Language,
    Menu,
    Assets,
    Feeds,
    Recent,
    Statements,
    Locations,
    Regions,
    Timelines,
    Events,
    Photos,
    NextUp,
    Notices,
    Week,
    Deadlines,
    Integrity,
    Map,
}

impl Shared {
    const COUNT: usize = 18;
}

/// How things are said in a language.
type Said<K, V> = RwLock<HashMap<K, V>>;

type Cell = OnceLock<Watched<Value>>;

/// Something, the facts that it was made of, and how long it holds.
type Watched<T> = (T, Vec<Fact>, Term);

impl Views {
    /// Room for the views of a site of so many documents, the addresses of its languages' feeds, and which fields pages ask for.
    pub(super) fn new(
        documents: usize,
        feeds: Vec<[String; 4]>,
        asked_for: Option<BTreeSet<String>>,
    ) -> Views {
        let cells = || (0..documents * feeds.len()).map(|_| Cell::new()).collect();
        Views {
            documents,
            plain: cells(),
            full: cells(),
            shared: feeds.iter().map(|_| Default::default()).collect(),
            dates: feeds.iter().map(|_| Said::default()).collect(),
            hours: feeds.iter().map(|_| Said::default()).collect(),
            feeds,
            asked_for,
        }
    }

    fn cell<'v>(&self, cells: &'v [Cell], id: DocId, language: LanguageId) -> Option<&'v Cell> {
        cells.get(language.index() * self.documents + id.index())
    }
}

/// One render's view of the site, in one language.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) theme: &'a Theme,
    pub(super) views: &'a Views,
    pub(super) language: LanguageId,
    pub(super) campaign: &'a Campaign,
    pub(super) texts: &'a Texts,
    pub(super) words: &'a Words,
    /// The fields of `page` that the template names; `None` where that can't be told, or there is none.
    wanted: Option<&'a BTreeSet<String>>,
}

impl<'a> Scene<'a> {
    /// A scene of a language.
    pub(super) fn new(
        reader: &'a Reader<'a>,
        theme: &'a Theme,
        views: &'a Views,
        language: LanguageId,
    ) -> Scene<'a> {
        let (campaign, texts) = reader.campaign(language);
        reader.note(Fact::Words(language));
        Scene { reader, theme, views, language, campaign, texts, words: theme.words(language), wanted: None }
    }

    /// The same scene in another language.
    pub(super) fn in_language(self, language: LanguageId) -> Scene<'a> {
        if language == self.language {
            return self;
        }
        Scene::new(self.reader, self.theme, self.views, language)
    }

    /// The same scene for the page of a template.
    pub(in crate::theme) fn of_template(self, template: &str) -> Scene<'a> {
        Scene { wanted: self.theme.0.page_fields.get(template), ..self }
    }

    /// Whether the template names a field of `page`.
    pub(in crate::theme) fn wants(&self, field: &str) -> bool {
        self.wanted.is_none_or(|wanted| wanted.contains(field))
    }

    /// Whether any template of the theme asks for a field of this name.
    pub(super) fn shows(&self, field: &str) -> bool {
        self.views.asked_for.as_ref().is_none_or(|asked| asked.contains(field))
    }

    /// A document's version in the scene's language, or itself.
    pub(super) fn version(&self, id: DocId) -> DocId {
        self.reader.version(id, self.language)
    }

    /// A view that is kept in a cell: taken from there with its facts, or made and put there.
    fn kept(&self, cell: Option<&Cell>, make: impl FnOnce() -> Value) -> Value {
        let Some(cell) = cell else { return make() };
        if let Some((value, facts, term)) = cell.get() {
            facts.iter().for_each(|fact| self.reader.note(fact.clone()));
            self.reader.clock().narrow(*term);
            return value.clone();
        }
        let (value, facts, term) = self.watched(make);
        // Two threads may have made it at once; they made the same.
        let _kept = cell.set((value.clone(), facts, term));
        value
    }

    /// Makes a view, and tells the facts that it read. All views read the campaign and the words.
    fn watched<T>(&self, make: impl FnOnce() -> T) -> Watched<T> {
        let (made, mut facts, term) = self.reader.watch(make);
        facts.extend([Fact::Campaign(self.language), Fact::Words(self.language)]);
        facts.sort();
        facts.dedup();
        (made, facts, term)
    }

    /// A view that is made once for each language.
    pub(super) fn shared(&self, which: Shared, make: impl FnOnce() -> Value) -> Value {
        let cells = self.views.shared.get(self.language.index());
        self.kept(cells.map(|cells| &cells[which as usize]), make)
    }

    /// A day.
    pub(super) fn date(&self, date: Date) -> Value {
        let said = self.views.dates.get(self.language.index());
        Self::said(said, date, || dates::date(self.words, date))
    }

    /// Hours: “6 a.m.–2 p.m.”.
    fn hours(&self, hours: Hours) -> String {
        let said = self.views.hours.get(self.language.index());
        Self::said(said, hours, || self.words.hours(&hours))
    }

    /// What is said of something, from where that is kept, or made and put there.
    fn said<K: Eq + Hash, V: Clone>(said: Option<&Said<K, V>>, key: K, make: impl FnOnce() -> V) -> V {
        let Some(said) = said else { return make() };
        if let Some(value) = said.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return value.clone();
        }
        let value = make();
        said.write().unwrap_or_else(PoisonError::into_inner).insert(key, value.clone());
        value
    }

    /// The card of a document that is shown.
    fn card(&self, id: DocId) -> Option<&'a Card> {
        self.reader.card(id)
    }
}

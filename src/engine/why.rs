//! Why an output is stale, in a sentence: “the title of content/about.md changed”.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::Arc;

use super::Cause;
use crate::base::{DocId, Fingerprint, SourcePath};
use crate::link::Earlier;
use crate::model::{Card, Details, Document, Fact, Kind, ListId, Phase, Site, Statement, Texts};

/// Why an output is stale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The first cause that was found.
    pub cause: Cause,
    /// The same in a sentence, without a full stop.
    pub text: Arc<str>,
}

/// What sentences are made of.
pub(super) struct Reasons<'a> {
    pub(super) site: &'a Site,
    pub(super) earlier: &'a Earlier,
    /// The phase that held before.
    pub(super) phase: Option<&'a Phase>,
    /// The files of themes that changed.
    pub(super) theme: Vec<&'a SourcePath>,
    /// Sentences that were made before: many outputs have one cause.
    pub(super) made: BTreeMap<Cause, Arc<str>>,
}

impl Reasons<'_> {
    /// The reason for a cause.
    pub(super) fn why(&mut self, cause: Cause) -> Why {
        let text = match self.made.get(&cause) {
            Some(text) => Arc::clone(text),
            None => {
                let text: Arc<str> = self.sentence(&cause).into();
                self.made.insert(cause.clone(), Arc::clone(&text));
                text
            }
        };
        Why { cause, text }
    }

    fn sentence(&self, cause: &Cause) -> String {
        match cause {
            Cause::New => "it is new".to_owned(),
            Cause::Time => "something begins, ends or goes by at this moment".to_owned(),
            Cause::Fact(fact) => self.changed(fact),
        }
    }

    fn changed(&self, fact: &Fact) -> String {
        match fact {
            Fact::Link(id) => self.card(*id, LINKED),
            Fact::Card(id) => self.card(*id, PARTS),
            Fact::Plan(id) => format!("the hours or plans of {} changed", self.file(*id)),
            Fact::Prose(id) => self.prose(*id),
            Fact::List(list) => self.list(list),
            Fact::Campaign(language) => self.campaign(language.index()),
            Fact::Notices(_) => "what there is to tell of changes of plan changed".to_owned(),
            Fact::Signs(_) => "the picket signs changed".to_owned(),
            Fact::Words(_) => "the words of the theme changed".to_owned(),
            Fact::Theme => match self.theme.as_slice() {
                [file] => format!("{file} changed"),
                _ => "the templates or files of the theme changed".to_owned(),
            },
            Fact::Stamp => "it bears the moment".to_owned(),
            Fact::Redirects => "the short addresses changed".to_owned(),
            Fact::Routes => "an address came or went".to_owned(),
            Fact::File(path) => format!("the bytes of {path} changed"),
        }
    }

    fn document(&self, id: DocId) -> (Option<&Document>, Option<&Document>) {
        let is = |document: &&Document| document.card.id == id;
        let earlier = &self.earlier.documents;
        let placed = earlier.get(id.index()).and_then(Option::as_ref).filter(is);
        let before = placed.or_else(|| earlier.iter().flatten().find(is));
        (before, self.site.documents.get(id.index()).and_then(Option::as_ref))
    }

    fn file(&self, id: DocId) -> String {
        let (before, now) = self.document(id);
        let document = now.or(before);
        document.map_or_else(|| "a document".to_owned(), |document| document.card.source.to_string())
    }

    fn card(&self, id: DocId, parts: usize) -> String {
        let file = self.file(id);
        match self.document(id) {
            (Some(before), Some(now)) => match aspects(&before.card, &now.card, parts).as_slice() {
                [] => format!("{file} changed"),
                aspects => format!("{} of {file} changed", together(aspects)),
            },
            (Some(_), None) => format!("{file} is not shown any more"),
            (None, Some(_)) => format!("{file} is shown now"),
            (None, None) => "a document that is not shown changed".to_owned(),
        }
    }

    fn prose(&self, id: DocId) -> String {
        let file = self.file(id);
        let same = |before: &Document, now: &Document| {
            before.prose.body.body == now.prose.body.body
                && before.prose.key_points.iter().map(|point| &point.body).eq(now
                    .prose
                    .key_points
                    .iter()
                    .map(|point| &point.body))
                && before.prose.body.resolved != now.prose.body.resolved
        };
        match self.document(id) {
            (Some(before), Some(now)) if same(before, now) => format!("what {file} refers to changed"),
            _ => format!("the text of {file} changed"),
        }
    }

    fn list(&self, list: &ListId) -> String {
        match list {
            ListId::Kind(_, kind) => format!("the list of {} changed", many(*kind)),
            ListId::Newest(_, _) => "the newest statements are others".to_owned(),
            ListId::Year(_, year) => format!("the list of statements of {year} changed"),
            ListId::Tag(_, tag) => format!("the list of what bears the tag “{tag}” changed"),
            ListId::Years(_) => "the years that have statements changed".to_owned(),
            ListId::Around(_, id) => format!("the statements before and after {} are others", self.file(*id)),
            ListId::At(_, id) => format!("the statements and events that name {} are others", self.file(*id)),
            ListId::All => "a document came or went".to_owned(),
        }
    }

    fn campaign(&self, language: usize) -> String {
        let Some(before) = &self.earlier.campaign else { return "there is a campaign now".to_owned() };
        let now = &self.site.campaign;
        let mut all = Vec::new();
        if self.phase != self.site.phase.as_ref() {
            all.push("the phase");
        }
        let texts = (before.texts.get(language), now.texts.get(language));
        if let (Some(before), Some(now)) = texts {
            all.extend(differences(&texts_of(before), &texts_of(now)));
        }
        let look = [("the look", before.theme != now.theme), ("the address", before.base != now.base)];
        all.extend(look.iter().filter(|(_, other)| *other).map(|(name, _)| *name));
        match all.as_slice() {
            [] => "the campaign changed".to_owned(),
            all => format!("{} of the campaign changed", together(all)),
        }
    }
}

/// How many parts a card has, those of links first.
const PARTS: usize = 11;
const LINKED: usize = 3;

/// The first parts of a card that differ.
fn aspects(before: &Card, now: &Card, first: usize) -> Vec<&'static str> {
    let mut all = differences(&parts(before)[..first], &parts(now)[..first]);
    if first < PARTS {
        return all;
    }
    match (&before.details, &now.details) {
        (Details::Statement(before), Details::Statement(now)) => {
            all.extend(differences(&statement(before), &statement(now)));
        }
        (before, now) if print(before) != print(now) => all.push("the front matter"),
        _ => {}
    }
    all
}

type Part = (&'static str, Fingerprint);

fn parts(card: &Card) -> [Part; PARTS] {
    [
        ("the title", print(&card.title)),
        ("the address", print(&card.route)),
        ("the translations", print(&card.versions)),
        ("the summary", print(&card.summary)),
        ("the first paragraph", print(&card.lead)),
        ("the tags", print(&card.tags)),
        ("the picture", print(&card.image)),
        ("the sources", print(&card.sources)),
        ("the day of the last change", print(&card.updated)),
        ("the embargo", print(&(card.published, card.unpublished))),
        ("the layout", print(&card.layout)),
    ]
}

fn statement(of: &Statement) -> [Part; 6] {
    [
        ("the date", print(&of.date)),
        ("the type", print(&of.kind)),
        ("the issuer", print(&of.issuer)),
        ("the locations", print(&of.locations)),
        ("the front matter", print(&(&of.source, &of.dateline, &of.speakers, &of.timeline, &of.contact))),
        ("the corrections", print(&of.corrections)),
    ]
}

fn texts_of(texts: &Texts) -> [Part; 8] {
    [
        ("the title", print(&texts.title)),
        ("the tagline", print(&texts.tagline)),
        ("the union", print(&texts.unions)),
        ("the employer", print(&texts.employers)),
        ("the action", print(&texts.action)),
        ("the alert", print(&texts.alerts)),
        ("the press contact", print(&(&texts.press, &texts.spokespeople))),
        ("the menu", print(&texts.menu)),
    ]
}

fn differences(before: &[Part], now: &[Part]) -> Vec<&'static str> {
    before.iter().zip(now).filter(|(before, now)| before != now).map(|((name, _), _)| *name).collect()
}

fn print<T: Hash>(part: &T) -> Fingerprint {
    Fingerprint::of(part)
}

/// “the title, the summary and the tags”.
fn together(parts: &[&str]) -> String {
    match parts {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        parts => parts.concat(),
    }
}

fn many(kind: Kind) -> &'static str {
    match kind {
        Kind::Home | Kind::Page => "pages",
        listed => listed.folder(),
    }
}

//! What both feeds carry: the newest statements of a language, whoever issued them.

use super::authors::{self, Author};
use super::time::{Dates, of_statement};
use super::view::{View, description};
use crate::model::{Card, Details, Statement};

/// How many statements a feed carries.
const NEWEST: usize = 30;

/// One statement in a feed.
pub(super) struct Entry<'a> {
    /// Its card.
    pub(super) card: &'a Card,
    /// Its permalink, which is its id as well: a slug does not change once it is published.
    pub(super) url: String,
    /// When it was published and changed.
    pub(super) dates: Dates,
    /// Who issued it.
    pub(super) authors: Vec<Author<'a>>,
    /// What it says, in a sentence or two.
    pub(super) summary: Option<String>,
    /// Its text as HTML with absolute URLs.
    pub(super) content: String,
    /// Where it stands in full, for another's statement.
    pub(super) source: Option<&'a str>,
}

/// The newest statements, newest first. Drafts and embargoed ones stay out even where they are shown: a feed reader
/// would keep them for ever.
pub(super) fn entries<'a>(view: &View<'a>) -> Vec<Entry<'a>> {
    let newest = view.reader.newest(view.language, NEWEST).iter();
    newest.filter_map(|id| view.reader.card(*id)).filter_map(|card| entry(card, view)).collect()
}

fn entry<'a>(card: &'a Card, view: &View<'a>) -> Option<Entry<'a>> {
    let Details::Statement(statement) = &card.details else { return None };
    let statement: &'a Statement = statement;
    (!card.unpublished).then(|| Entry {
        card,
        url: view.url(&card.route),
        dates: of_statement(card, statement, &view.campaign.zone),
        authors: authors::of(statement, view.texts),
        summary: description(card),
        content: view.prose(card.id),
        source: statement.source.as_ref().map(|source| source.url.as_str()),
    })
}

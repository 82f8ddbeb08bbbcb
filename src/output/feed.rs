//! What both feeds carry: the newest statements of a language, whoever issued them, and changes of plan.

use std::cmp::Reverse;

use super::authors::{self, Author};
use super::time::{Dates, of_statement};
use super::view::{View, description};
use crate::base::{Html, Slug};
use crate::model::{Card, ChangeStatus, Details, LanguageId, Notice, Picture, Statement, Tag};

/// How many entries a feed carries.
const NEWEST: usize = 30;

/// An entry of a feed.
pub(super) struct Entry<'a> {
    /// What tells it from all others, and stays: for a statement its permalink, for its slug does not change.
    pub(super) id: String,
    /// Its page.
    pub(super) url: String,
    pub(super) title: String,
    pub(super) language: LanguageId,
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
    pub(super) tags: &'a [Tag],
    pub(super) image: Option<&'a Picture>,
}

/// The newest entries, newest first. Drafts and embargoed statements stay out even where they are shown: a feed reader
/// would keep them for ever.
pub(super) fn entries<'a>(view: &View<'a>) -> Vec<Entry<'a>> {
    let newest = view.reader.newest(view.language, NEWEST).iter();
    let statements = newest.filter_map(|id| view.reader.card(*id)).filter_map(|card| entry(card, view));
    let notices = view.reader.notices(view.language).iter().map(|notice| change(notice, view));
    let mut all: Vec<Entry<'a>> = statements.chain(notices).collect();
    all.sort_by_key(|entry| Reverse(entry.dates.published));
    all.truncate(NEWEST);
    all
}

fn entry<'a>(card: &'a Card, view: &View<'a>) -> Option<Entry<'a>> {
    let Details::Statement(statement) = &card.details else { return None };
    let statement: &'a Statement = statement;
    (!card.unpublished).then(|| Entry {
        id: view.url(&card.route),
        url: view.url(&card.route),
        title: card.title.clone(),
        language: card.language,
        dates: of_statement(card, statement, &view.campaign.zone),
        authors: authors::of(statement, view.texts),
        summary: description(card),
        content: view.prose(card.id),
        source: statement.source.as_ref().map(|source| source.url.as_str()),
        tags: &card.tags,
        image: card.image.as_ref(),
    })
}

fn change<'a>(notice: &'a Notice, view: &View<'a>) -> Entry<'a> {
    let url = view.url(&notice.page);
    let told = view.notice(notice);
    let status =
        ChangeStatus::ALL.iter().find(|(_, status)| *status == notice.status).map_or("", |(word, _)| word);
    let named: Vec<&str> = notice.places.iter().chain(&notice.title).map(String::as_str).collect();
    let named = Slug::make(&named.join(" "), false).map_or_else(String::new, |slug| format!("-{slug}"));
    let sentences: Vec<String> = told.now.into_iter().chain(notice.note.clone()).collect();
    let mut content = Html::default();
    for sentence in [&told.title].into_iter().chain(&sentences) {
        content.push_markup("<p>");
        content.push_text(sentence);
        content.push_markup("</p>");
    }
    Entry {
        id: format!("{url}#{status}-{}{named}", notice.dates.first),
        url,
        title: told.title,
        language: view.language,
        dates: Dates { published: notice.since, updated: notice.since },
        authors: authors::unions(view.texts),
        summary: (!sentences.is_empty()).then(|| sentences.join(". ")),
        content: content.into_string(),
        source: None,
        tags: &[],
        image: None,
    }
}

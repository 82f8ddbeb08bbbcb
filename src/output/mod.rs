//! One file per kind of output, all of the same shape; none knows another, and none opens a file.

mod atom;
mod authors;
mod calendar;
mod feed;
mod files;
mod geojson;
mod headers;
mod htaccess;
mod json;
mod json_feed;
pub mod json_ld;
mod manifest;
mod moved;
mod pages;
pub mod photo;
mod redirects;
mod robots;
mod s3;
mod sent;
mod shown;
mod sitemap;
mod social;
mod time;
mod timeline;
mod view;
mod xml;

use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::Date;

use crate::base::{DocId, OutPath};
use crate::diagnostics::Checked;
use crate::model::{
    Card, LanguageId, Linked, Location, Notice, Occurrence, Page, Place, Reader, Route, Shift,
};
use crate::theme::Told;
use view::View;

pub use files::print;
pub use sent::content_type;
pub use shown::Shown;
pub use social::{Fonts, SocialCard, made as social_card, undrawable};

/// What outputs ask of the theme. `theme::Session` implements it; a test brings its own.
///
/// Methods without a reader read nothing of the site. The facts of the theme itself are noted here, by whoever
/// asks through a `View`.
pub trait Presenter: Sync {
    /// A document's text as HTML whose URLs are all absolute, for feeds.
    fn prose(&self, id: DocId, reader: &Reader<'_>) -> String;

    /// A text of a document, such as a timeline's entry, as HTML whose URLs are all absolute.
    fn text(&self, text: &Linked, card: &Card, reader: &Reader<'_>) -> String;

    /// A statement as plain text for an e-mail.
    fn statement_text(&self, id: DocId, reader: &Reader<'_>) -> String;

    /// A word of the theme in a language.
    fn word(&self, language: LanguageId, key: &str) -> String;

    /// The absolute URL of a published file of the theme, such as `icon-192.png`; `None` where it has none.
    fn asset(&self, name: &str) -> Option<String>;

    /// An occurrence's hours in a language's own way: “6 a.m. to 2 p.m.”.
    fn hours(&self, language: LanguageId, occurrence: &Occurrence) -> String;

    /// A location's address in a line; `None` where nothing is known of it.
    fn address(&self, location: &Location) -> Option<String>;

    /// The same of a place that has no page; `zone` is the name of its time zone, which tells the order.
    fn place_address(&self, place: &Place, zone: &str) -> Option<String>;

    /// A day in a language's own way: “October 24, 2024”.
    fn date(&self, language: LanguageId, date: Date) -> String;

    /// The days and hours of a shift: “Mon–Fri, 6 a.m.–2 p.m.”.
    fn shift(&self, language: LanguageId, shift: &Shift) -> String;

    /// Whether a language is written from right to left.
    fn is_rtl(&self, language: LanguageId) -> bool;

    /// The fonts of social cards in a language.
    fn fonts(&self, language: LanguageId) -> Arc<Fonts>;

    /// A change of plan in words.
    fn notice(&self, language: LanguageId, notice: &Notice) -> Told;

    /// The colour of accents as `#rrggbb`: the campaign's, else the theme's own.
    fn accent(&self) -> Option<String>;

    /// A whole HTML page. `json_ld` makes what is safe inside a `<script type="application/ld+json">` as it is, and
    /// empty where the page has no structured data and should have no such element.
    fn page(&self, page: &Page, reader: &Reader<'_>, json_ld: &dyn Fn() -> String) -> Checked<String>;

    /// The HTML stub of a redirect, which counts into the site's redirects.
    fn redirect(&self, index: usize, reader: &Reader<'_>) -> Checked<String>;
}

/// What is written to a file or sent to a browser.
#[derive(Debug, Clone)]
pub enum Bytes {
    /// Made by this render.
    Made(Vec<u8>),
    /// Those of a file that was read, shared with the site.
    Shared(Arc<[u8]>),
}

impl Default for Bytes {
    fn default() -> Bytes {
        Bytes::Made(Vec::new())
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Made(bytes) => bytes,
            Bytes::Shared(bytes) => bytes,
        }
    }
}

/// Renders one output. A pure function of what it reads through `reader` and of the theme; it may run in parallel
/// with others.
pub fn render(
    path: &OutPath,
    route: &Route,
    reader: &Reader<'_>,
    presenter: &dyn Presenter,
    developer: &dyn photo::Developer,
) -> Checked<Bytes> {
    let site = LanguageId::default();
    let made = |language, render: fn(&OutPath, &View<'_>) -> Vec<u8>| {
        Checked::clean(Bytes::Made(render(path, &View::new(language, reader, presenter))))
    };
    match route {
        Route::Page(page) => pages::page(page, reader, presenter),
        Route::Redirect(index) => pages::redirect(*index, reader, presenter),
        Route::Atom(language) => made(*language, atom::render),
        Route::JsonFeed(language) => made(*language, json_feed::render),
        Route::Manifest(language) => made(*language, manifest::render),
        Route::Calendar(language) => made(*language, calendar::of_campaign),
        Route::DocumentCalendar(id) => {
            Checked::clean(Bytes::Made(calendar::of_document(path, *id, reader, presenter)))
        }
        Route::TimelineJson(id) => Checked::clean(Bytes::Made(timeline::render(*id, reader, presenter))),
        Route::StatementText(id) => {
            Checked::clean(Bytes::Made(presenter.statement_text(*id, reader).into_bytes()))
        }
        Route::SocialCard(id) => social::render(*id, reader, presenter, developer),
        Route::Sitemap => made(site, sitemap::render),
        Route::Robots => made(site, robots::render),
        Route::GeoJson => made(site, geojson::render),
        Route::Headers => made(site, headers::render),
        Route::Redirects => made(site, redirects::render),
        Route::Htaccess => made(site, htaccess::render),
        Route::S3Website => made(site, s3::render),
        Route::Asset(index) => files::asset(path, *index, reader),
        Route::Media => files::media(path, reader, developer),
        Route::Static => files::copied(path, reader),
    }
}

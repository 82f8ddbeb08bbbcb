//! Renders pages: builds what a template needs, and nothing else, and keeps it within limits.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use tera::{Context, ErrorKind, Value};

use super::prose::{Prose, Urls};
use super::views::{self, Scene, Target, Views};
use super::{Theme, plain};
use crate::base::{DocId, OutPath, SourcePath};
use crate::diagnostics::{Checked, Finding, finding};
use crate::model::{Details, LanguageId, Linked, Listing, Page, Print, Reader, Redirect, Route, Site};

/// The most bytes of a page.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The longest that a page may take.
const LONGEST: Duration = Duration::from_secs(10);

/// The renders of one state of a site: what several pages share is made once. It may be used by many threads.
#[derive(Debug)]
pub struct Session {
    theme: Theme,
    views: Views,
}

impl Session {
    /// A session for a site. Its readers have to be readers of that site.
    pub fn new(site: &Site, theme: &Theme) -> Session {
        let feeds = site.campaign.language_ids().map(|language| feeds(site, language)).collect();
        let cards = || site.documents.iter().flatten().map(|document| &document.card);
        let asked_for = theme.asked_for(|layout| cards().any(|card| card.layout.as_deref() == Some(layout)));
        Session { theme: theme.clone(), views: Views::new(site.documents.len(), feeds, asked_for) }
    }

    /// A page as HTML. `json_ld` makes the page's structured data, with `<` escaped; it is asked where a template
    /// names it.
    pub fn page(&self, page: &Page, reader: &Reader<'_>, json_ld: &dyn Fn() -> String) -> Checked<String> {
        match page {
            Page::Document(id) => {
                let (Some(card), Some(prose)) = (reader.card(*id), reader.prose(*id)) else {
                    return Checked::default();
                };
                let scene = self.scene(reader, card.language);
                let of = Of { out: &card.route, source: Some(&card.source) };
                self.target(&scene, views::document(&scene, card, prose), of, json_ld)
            }
            Page::List(language, listing) => {
                let scene = self.scene(reader, *language);
                let out = listing.out(scene.campaign, *language);
                self.target_at(&scene, views::listing(&scene, listing), out, json_ld)
            }
            Page::NotFound(language) => {
                let scene = self.scene(reader, *language);
                let prefix = scene.campaign.language_prefix(*language);
                let out = OutPath::new(&format!("{prefix}404.html"));
                self.target_at(&scene, views::not_found(&scene), out, json_ld)
            }
            Page::Print(print) => self.print(*print, reader, json_ld),
        }
    }

    fn print(&self, print: Print, reader: &Reader<'_>, json_ld: &dyn Fn() -> String) -> Checked<String> {
        let (language, flyer) = match print {
            Print::Flyer(id) => match reader.card(id) {
                Some(card) => (card.language, Some(card)),
                None => return Checked::default(),
            },
            Print::Schedule(language) | Print::Signs(language, _) => (language, None),
        };
        let scene = self.scene(reader, language);
        let out = match flyer {
            Some(card) => Print::flyer_of(&card.route),
            None => print.out(&scene.campaign.language_prefix(language)),
        };
        match (views::print(&scene, print), out) {
            (Some(target), Some(out)) => {
                let of = Of { out: &out, source: flyer.map(|card| &card.source) };
                self.target(&scene, target, of, json_ld)
            }
            _ => Checked::default(),
        }
    }

    /// The stub of a redirect, for hosts that know none.
    pub fn redirect(&self, redirect: &Redirect, reader: &Reader<'_>) -> Checked<String> {
        let scene = self.scene(reader, redirect.language);
        let of = Of { out: &redirect.out, source: None };
        self.target(&scene, views::redirect(&scene, redirect), of, &String::new)
    }

    /// Prose in a language, for outputs that are no pages. `own` is its document; `absolute` writes full URLs.
    pub fn prose(
        &self,
        linked: &Linked,
        own: Option<DocId>,
        language: LanguageId,
        reader: &Reader<'_>,
        absolute: bool,
    ) -> String {
        let urls = if absolute { Urls::Absolute } else { Urls::Page };
        Prose::new(self.scene(reader, language), own, urls).render(linked)
    }

    /// A statement as plain text for an e-mail.
    pub fn statement_text(&self, id: DocId, reader: &Reader<'_>) -> String {
        let (Some(card), Some(prose)) = (reader.card(id), reader.prose(id)) else { return String::new() };
        let Details::Statement(statement) = &card.details else { return String::new() };
        views::statement_text(&self.scene(reader, card.language), card, statement, prose)
    }

    fn scene<'a>(&'a self, reader: &'a Reader<'a>, language: LanguageId) -> Scene<'a> {
        Scene::new(reader, &self.theme, &self.views, language)
    }

    fn target_at(
        &self,
        scene: &Scene<'_>,
        target: Target,
        out: Option<OutPath>,
        json_ld: &dyn Fn() -> String,
    ) -> Checked<String> {
        match out {
            Some(out) => self.target(scene, target, Of { out: &out, source: None }, json_ld),
            None => Checked::default(),
        }
    }

    fn target(
        &self,
        scene: &Scene<'_>,
        target: Target,
        of: Of<'_>,
        json_ld: &dyn Fn() -> String,
    ) -> Checked<String> {
        let mut findings = target.findings;
        let mut page = target.page;
        if scene.of_template(&target.template).wants("json_ld") {
            page.push(("json_ld", Value::safe_string(&json_ld())));
        }
        let known =
            Known { page: views::record(page), listing: target.listing.as_ref(), card: Value::none() };
        let mut rendered = scene.render(&target.template, &known, of.out.as_str(), of.source);
        rendered.findings.append(&mut findings);
        rendered
    }
}

/// What is rendered: to which output, and from which document's file, where it is a document's page.
#[derive(Clone, Copy)]
struct Of<'a> {
    out: &'a OutPath,
    source: Option<&'a SourcePath>,
}

/// The addresses of a language's feeds and manifest.
fn feeds(site: &Site, language: LanguageId) -> [String; 4] {
    let mut addresses = <[String; 4]>::default();
    for (out, route) in &site.routes {
        let (index, of) = match route {
            Route::Atom(of) => (0, of),
            Route::JsonFeed(of) => (1, of),
            Route::Manifest(of) => (2, of),
            Route::Calendar(of) => (3, of),
            _ => continue,
        };
        if *of == language {
            addresses[index] = out.address();
        }
    }
    addresses
}

/// What only the caller of a template knows.
struct Known<'k> {
    page: Value,
    listing: Option<&'k Listing>,
    card: Value,
}

impl Scene<'_> {
    /// A document's card by the template `embed.html`.
    pub(super) fn render_embed(&self, id: DocId) -> Checked<String> {
        let card = self.full_card(id);
        if card.is_none() {
            return Checked::default();
        }
        let out = self.document_url(id).unwrap_or_default();
        let source = self.reader.card(id).map(|card| &card.source);
        self.render("embed.html", &Known { page: Value::none(), listing: None, card }, &out, source)
    }

    fn render(
        &self,
        template: &str,
        known: &Known<'_>,
        output: &str,
        source: Option<&SourcePath>,
    ) -> Checked<String> {
        self.reader.note(crate::model::Fact::Theme);
        let mut writer = Limited::new();
        let context = self.context(template, known);
        let result = self.theme.0.tera.render_to(template, &context, &mut writer);
        match result {
            Ok(()) => Checked::clean(String::from_utf8(writer.bytes).unwrap_or_default()),
            Err(error) => {
                let found = self.failed(template, error.kind(), writer.stopped);
                Checked { value: String::new(), findings: vec![found.while_rendering(output, source)] }
            }
        }
    }

    fn failed(&self, template: &str, kind: &ErrorKind, stopped: Option<&str>) -> Finding {
        let sources = &self.theme.0.sources;
        match (stopped, kind) {
            (Some(limit), _) => finding::render_limit(sources.file(template), limit),
            (None, ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report)) => {
                finding::template_failed(sources.place(report), &plain::message(report.message()))
            }
            (None, other) => {
                finding::template_failed(sources.file(template), &plain::message(&other.to_string()))
            }
        }
    }

    /// The variables that a template names.
    fn context(&self, template: &str, known: &Known<'_>) -> Context {
        let mut context = Context::new();
        for name in self.theme.0.needs.get(template).into_iter().flatten() {
            context.insert_value(*name, self.variable(name, known));
        }
        context
    }

    fn variable(&self, name: &str, known: &Known<'_>) -> Value {
        match name {
            "language" => self.language_value(),
            "words" => self.words.value.clone(),
            "campaign" => self.campaign_value(),
            "menu" => self.menu(),
            "assets" => self.assets(),
            "feeds" => self.feeds(),
            "notices" => self.notices(),
            "integrity" => self.integrity(),
            "week" => self.week(),
            "map" => self.map(),
            "deadlines" => self.deadlines(),
            "page" => known.page.clone(),
            "recent" => self.recent(),
            "statements" => self.statements(),
            "locations" => self.locations(),
            "regions" => self.regions(),
            "timelines" => self.timelines(),
            "events" => self.events(),
            "photos" => self.photos(),
            "next_up" => self.next_up(),
            "list" => known.listing.map_or_else(Value::none, |listing| self.list(listing)),
            "card" => known.card.clone(),
            _ => Value::undefined(),
        }
    }
}

/// A writer that refuses to go on for ever.
struct Limited {
    bytes: Vec<u8>,
    began: Instant,
    writes: u32,
    stopped: Option<&'static str>,
}

impl Limited {
    #[expect(clippy::disallowed_methods, reason = "it only stops what never ends; no output shows it")]
    fn new() -> Limited {
        Limited { bytes: Vec::with_capacity(16 * 1024), began: Instant::now(), writes: 0, stopped: None }
    }
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes = self.writes.wrapping_add(1);
        if self.bytes.len() + bytes.len() > MOST_BYTES {
            self.stopped = Some("64 MiB");
        } else if self.writes.is_multiple_of(1024) && self.began.elapsed() > LONGEST {
            self.stopped = Some("10 seconds");
        }
        if self.stopped.is_some() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

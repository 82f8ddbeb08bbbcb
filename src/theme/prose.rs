//! Prose as HTML: its pieces, with every hole filled by what the reference means.

use std::cell::{Cell, RefCell};

use super::Theme;
use super::views::{Scene, Views, tone};
use crate::base::url::encode_path;
use crate::base::{DocId, Html};
use crate::diagnostics::Finding;
use crate::model::{LanguageId, Linked, Picture, Piece, Reader, Resolved};

/// Renders prose in a language. `own` is the document that it belongs to; `absolute` writes full URLs, for feeds.
/// Pages of a session use its own, which shares cards.
pub fn render(
    linked: &Linked,
    own: Option<DocId>,
    language: LanguageId,
    reader: &Reader<'_>,
    theme: &Theme,
    absolute: bool,
) -> String {
    let views = Views::default();
    let scene = Scene::new(reader, theme, &views, language);
    Prose::new(scene, own, if absolute { Urls::Absolute } else { Urls::Page }).render(linked)
}

/// About as many bytes as fill a hole.
const HOLE: usize = 64;

/// How wide a picture in a text is: as its lines, which are never longer than this.
const COLUMN: &str = "(min-width: 42rem) 40rem, 100vw";

/// How URLs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Urls {
    /// As on the document's own page.
    Page,
    /// As on any page of the site. Embeds become links: what is shown elsewhere never holds a card.
    Elsewhere,
    /// As anywhere in the world.
    Absolute,
}

/// Renders the prose of one page.
pub(super) struct Prose<'a> {
    scene: Scene<'a>,
    own: Option<DocId>,
    urls: Urls,
    /// Whether the next picture is the first of its page, which must not be loaded lazily.
    first: Cell<bool>,
    findings: RefCell<Vec<Finding>>,
}

impl<'a> Prose<'a> {
    pub(super) fn new(scene: Scene<'a>, own: Option<DocId>, urls: Urls) -> Prose<'a> {
        Prose { scene, own, urls, first: Cell::new(false), findings: RefCell::default() }
    }

    /// The same, where the page has no picture above its text.
    pub(super) fn with_first_picture(self, first: bool) -> Prose<'a> {
        self.first.set(first);
        self
    }

    /// What went wrong in embeds.
    pub(super) fn findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }

    /// The HTML of a text.
    pub(super) fn render(&self, linked: &Linked) -> String {
        let length = |piece: &Piece| match piece {
            Piece::Html(html) => html.as_str().len(),
            _ => HOLE,
        };
        let mut out = Html::with_capacity(linked.body.pieces.iter().map(length).sum());
        let mut whole = String::new();
        for piece in &linked.body.pieces {
            self.piece(piece, linked, &mut out, &mut whole);
        }
        if whole.is_empty() {
            return out.into_string();
        }
        whole.push_str(out.as_str());
        whole
    }

    /// Adds a piece to `out`. What a template made is HTML already; it goes to `whole`, after what stands in `out`.
    fn piece(&self, piece: &Piece, linked: &Linked, out: &mut Html, whole: &mut String) {
        let meaning = |index: &usize| linked.resolved.get(*index);
        match piece {
            Piece::Html(html) => out.push(html),
            Piece::Anchor(index) => {
                let heading = linked.body.headings.get(*index);
                out.push_text(heading.map_or("", |heading| heading.anchor(linked.german)));
            }
            Piece::Own => out.push_text(&self.url(&Resolved::Anchor(String::new()))),
            Piece::Word(word) => out.push_text(self.scene.words.get(word)),
            Piece::WordWith(word, number) => {
                out.push_text(&self.scene.words.fill(word, &[("n", &number.to_string())]));
            }
            Piece::Url(index) => out.push_text(&meaning(index).map_or_else(String::new, |to| self.url(to))),
            Piece::Title(index) => out.push_text(&self.title(meaning(index))),
            Piece::Figure(index) => {
                if let Some(Resolved::Picture(picture)) = meaning(index) {
                    self.figure(picture, out);
                }
            }
            Piece::Picture(index) => {
                if let Some(Resolved::Picture(picture)) = meaning(index) {
                    self.image(picture, out);
                }
            }
            Piece::Embed(index) => match meaning(index) {
                Some(Resolved::Document(id, _)) if self.urls != Urls::Elsewhere => {
                    whole.push_str(std::mem::take(out).as_str());
                    whole.push_str(&self.embed(*id));
                }
                Some(to @ Resolved::Document(..)) => {
                    out.push_markup("<a href=\"");
                    out.push_text(&self.url(to));
                    out.push_markup("\">");
                    out.push_text(&self.title(Some(to)));
                    out.push_markup("</a>");
                }
                _ => {}
            },
        }
    }

    fn title(&self, to: Option<&Resolved>) -> String {
        match to {
            Some(Resolved::Document(id, _)) => {
                self.scene.reader.link(*id).map_or_else(String::new, |(title, _)| title.to_owned())
            }
            _ => String::new(),
        }
    }

    fn url(&self, to: &Resolved) -> String {
        let full = |address: &str| self.at(address);
        let document = |id: DocId| {
            self.scene.reader.link(id).map_or_else(String::new, |(_, page)| full(&page.address()))
        };
        match to {
            Resolved::Document(id, None) => document(*id),
            Resolved::Document(id, Some(anchor)) => format!("{}#{}", document(*id), encode_path(anchor)),
            Resolved::Address(address) => full(address),
            Resolved::Anchor(anchor) => {
                let page = self.own.filter(|_| self.urls != Urls::Page).map_or_else(String::new, document);
                format!("{page}#{}", encode_path(anchor))
            }
            Resolved::Picture(picture) => full(&picture.out.address()),
            Resolved::Nothing => String::new(),
        }
    }

    /// The URL of an address below the site's root.
    fn at(&self, address: &str) -> String {
        let base = &self.scene.campaign.base;
        match self.urls {
            Urls::Absolute => base.absolute(address),
            Urls::Page | Urls::Elsewhere => base.local(address),
        }
    }

    fn figure(&self, picture: &Picture, out: &mut Html) {
        out.push_markup("<figure class=\"figure\">");
        self.image(picture, out);
        out.push_markup("<figcaption>");
        if let Some(caption) = &picture.caption {
            out.push_text(caption);
            out.push_markup(" ");
        }
        out.push_markup("<span class=\"credit\">");
        out.push_text(&self.scene.words.fill("photo_credit", &[("credit", &picture.credit)]));
        out.push_markup("</span></figcaption></figure>");
    }

    fn image(&self, picture: &Picture, out: &mut Html) {
        let is_lazy = self.urls != Urls::Absolute && !self.first.replace(false);
        out.push_markup("<img");
        if self.urls != Urls::Absolute {
            self.responsive(picture, is_lazy, out);
        }
        out.push_markup(" src=\"");
        out.push_text(&self.at(&picture.usual().address()));
        out.push_markup("\" alt=\"");
        out.push_text(&picture.alt);
        if let Some(size) = picture.dimensions {
            out.push_markup("\" width=\"");
            out.push_number(size.width as usize);
            out.push_markup("\" height=\"");
            out.push_number(size.height as usize);
        }
        out.push_markup(match self.urls {
            Urls::Absolute => "\">",
            _ if is_lazy => "\" loading=\"lazy\" decoding=\"async\">",
            _ => "\" decoding=\"async\">",
        });
    }

    /// What a browser chooses among, and what it shows until it has it.
    fn responsive(&self, picture: &Picture, is_lazy: bool, out: &mut Html) {
        if let Some(colour) = self.scene.reader.colour(picture) {
            out.push_markup(" class=\"tone ");
            out.push_text(&tone(colour));
            out.push_markup("\"");
        }
        if let Some(set) = self.scene.source_set(picture) {
            out.push_markup(" srcset=\"");
            out.push_text(&set);
            // Where a browser knows the place that a lazy picture takes, it goes by that.
            out.push_markup(if is_lazy { "\" sizes=\"auto, " } else { "\" sizes=\"" });
            out.push_markup(COLUMN);
            out.push_markup("\"");
        }
    }

    /// A document's card, by the template `embed.html`. A card shows no prose, so embeds never hold each other.
    fn embed(&self, id: DocId) -> String {
        let mut rendered = self.scene.render_embed(id);
        self.findings.borrow_mut().append(&mut rendered.findings);
        if self.urls != Urls::Absolute {
            return rendered.value;
        }
        let origin = self.scene.campaign.base.origin();
        let mut html = rendered.value;
        for attribute in ["href", "src"] {
            html = html.replace(&format!("{attribute}=\"/"), &format!("{attribute}=\"{origin}/"));
        }
        html
    }
}

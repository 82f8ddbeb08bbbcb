//! Social cards: the picture that other places show of a page, 1200 by 630 pixels, of a headline, the union's name, the date or
//! the hours, and the photo where there is one.
//!
//! The same card has the same bytes on every machine: widths are sums of what fonts say, the shapes on it are rectangles and
//! letters in one opaque colour each, for which resvg only adds and multiplies, and nothing crosses an edge of the picture but
//! straight lines.

mod draw;
mod encode;
mod fonts;
mod layout;
mod says;
mod wrap;

use std::sync::Arc;

use image::imageops;

use super::photo::{Developer, Flaw, crop};
use super::view::View;
use super::{Bytes, Presenter};
use crate::base::{DocId, SourcePath, digest};
use crate::diagnostics::Checked;
use crate::model::{Content, Photo, Reader};
use layout::Layout;
use says::Says;

pub use fonts::Fonts;

/// How cards are drawn, where their layout does not say it. Raise it whenever the same layout would come out otherwise.
const RECIPE: u32 = 1;

/// How often lines that came out too wide are set anew.
const TRIES: usize = 4;

/// A card before it is drawn. It is a thing of its own, so that the site can change meanwhile.
#[derive(Debug)]
pub struct SocialCard {
    /// The document's file.
    source: SourcePath,
    says: Says,
    photo: Option<Arc<Photo>>,
    fonts: Arc<Fonts>,
}

impl SocialCard {
    /// The card of a document; `None` where it is not shown.
    pub fn of(id: DocId, reader: &Reader<'_>, presenter: &dyn Presenter) -> Option<SocialCard> {
        let card = reader.card(id)?;
        let view = View::new(card.language, reader, presenter);
        let fonts = view.fonts();
        let picture = card.image.as_ref().and_then(|picture| reader.media(&picture.out));
        let photo = picture.and_then(|media| match &media.content {
            Content::Print(photo, _) => Some(Arc::clone(photo)),
            Content::Whole(_) => None,
        });
        let says = Says::of(card, &view).drawable(&fonts);
        Some(SocialCard { source: card.source.clone(), says, photo, fonts })
    }

    /// The file of its document.
    pub fn source(&self) -> &SourcePath {
        &self.source
    }

    /// All words on it, a line each.
    pub fn words(&self) -> String {
        let Says { kicker, headline, under, union, note, .. } = &self.says;
        let texts = [kicker, headline, under, note].into_iter().flatten().chain(union);
        texts.map(|text| format!("{text}\n")).collect()
    }

    /// The digest of all that it is made of.
    fn digest(&self, layout: &Layout) -> String {
        let photo = self.photo.as_ref().map_or("", |photo| &photo.digest);
        digest(
            format!("{RECIPE} {} {photo} {} {}", Photo::RECIPE, self.fonts.digest(), layout.svg()).as_bytes(),
        )
    }

    /// The card as a file.
    pub fn make(&self, developer: &dyn Developer) -> Result<Vec<u8>, Flaw> {
        let layout = Layout::of(&self.says, &self.fonts, self.photo.is_some(), 1.0);
        developer.keep(&self.digest(&layout), &|| self.draw(&layout, developer))
    }

    fn draw(&self, layout: &Layout, developer: &dyn Developer) -> Result<Vec<u8>, Flaw> {
        let mut pixels = self.pixels(layout).ok_or(Flaw::Failed)?;
        let area = layout.photo.zip(self.photo.as_ref());
        if let Some((area, photo)) = area {
            let part = crop(photo, (area.width, area.height), developer)?;
            imageops::replace(&mut pixels, &part, i64::from(area.x), i64::from(area.y));
        }
        encode::encode(&pixels, layout.photo).ok_or(Flaw::Failed)
    }

    fn pixels(&self, layout: &Layout) -> Option<image::RgbaImage> {
        let mut squeeze = 1.0;
        let mut drawn = draw::draw(layout, &self.fonts)?;
        for _ in 0..TRIES {
            match drawn {
                Ok(pixels) => return Some(pixels),
                Err(factor) => squeeze /= factor * 1.01,
            }
            let narrower = Layout::of(&self.says, &self.fonts, self.photo.is_some(), squeeze);
            drawn = draw::draw(&narrower, &self.fonts)?;
        }
        drawn.ok()
    }
}

/// The first letter of a title that no font has.
pub fn undrawable(title: &str, fonts: &Fonts) -> Option<char> {
    fonts.lacks(&says::plain(title))
}

/// A document's card.
pub(super) fn render(
    id: DocId,
    reader: &Reader<'_>,
    presenter: &dyn Presenter,
    developer: &dyn Developer,
) -> Checked<Bytes> {
    SocialCard::of(id, reader, presenter).map_or_else(Checked::default, |card| made(&card, developer))
}

/// A card as a file, or why there is none.
pub fn made(card: &SocialCard, developer: &dyn Developer) -> Checked<Bytes> {
    match card.make(developer) {
        Ok(made) => Checked::clean(Bytes::Made(made)),
        Err(flaw) => {
            let photo = card.photo.as_ref().filter(|_| flaw != Flaw::Failed);
            let source = photo.map_or(&card.source, |photo| &photo.source);
            Checked { value: Bytes::default(), findings: vec![flaw.finding(source)] }
        }
    }
}

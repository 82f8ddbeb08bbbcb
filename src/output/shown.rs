//! The theme as outputs ask for it.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Fonts, Presenter};
use crate::base::DocId;
use crate::base::url::BaseUrl;
use crate::diagnostics::Checked;
use crate::model::{
    Asset, Card, LanguageId, Linked, Location, Notice, Occurrence, Page, Place, Reader, Shift, Site,
};
use crate::theme::{Session, Theme, Told, address};

/// A session of the theme on one site.
pub struct Shown<'s> {
    session: Session,
    theme: &'s Theme,
    base: &'s BaseUrl,
    assets: &'s [Asset],
    accent: Option<&'s str>,
    /// Of each language, for social cards.
    fonts: Vec<Arc<Fonts>>,
}

impl<'s> Shown<'s> {
    /// A session for a site. Its readers have to be readers of that site.
    pub fn new(site: &'s Site, theme: &'s Theme) -> Shown<'s> {
        Shown {
            session: Session::new(site, theme),
            theme,
            base: &site.campaign.base,
            assets: &site.assets,
            accent: site.campaign.theme.accent.as_deref(),
            fonts: site.campaign.card_fonts.iter().map(|own| Arc::new(Fonts::new(own.clone()))).collect(),
        }
    }
}

impl Presenter for Shown<'_> {
    fn prose(&self, id: DocId, reader: &Reader<'_>) -> String {
        let (Some(card), Some(prose)) = (reader.card(id), reader.prose(id)) else { return String::new() };
        self.session.prose(&prose.body, Some(id), card.language, reader, true)
    }

    fn text(&self, text: &Linked, card: &Card, reader: &Reader<'_>) -> String {
        self.session.prose(text, Some(card.id), card.language, reader, true)
    }

    fn word(&self, language: LanguageId, key: &str) -> String {
        self.theme.words(language).get(key).to_owned()
    }

    fn asset(&self, name: &str) -> Option<String> {
        let asset = self.assets.iter().find(|asset| asset.name == name)?;
        Some(self.base.absolute(&asset.out.address()))
    }

    fn hours(&self, language: LanguageId, occurrence: &Occurrence) -> String {
        self.theme.words(language).shift_hours(&occurrence.hours)
    }

    fn address(&self, location: &Location) -> Option<String> {
        address::of_location(location)
    }

    fn place_address(&self, place: &Place, zone: &str) -> Option<String> {
        address::of_place(place, zone)
    }

    fn notice(&self, language: LanguageId, notice: &Notice) -> Told {
        self.theme.words(language).notice(notice, true)
    }

    fn date(&self, language: LanguageId, date: Date) -> String {
        self.theme.words(language).date_medium(date)
    }

    fn shift(&self, language: LanguageId, shift: &Shift) -> String {
        let words = self.theme.words(language);
        format!("{}, {}", words.days(&shift.days), words.shift_hours(&shift.hours))
    }

    fn is_rtl(&self, language: LanguageId) -> bool {
        self.theme.words(language).direction() == "rtl"
    }

    fn fonts(&self, language: LanguageId) -> Arc<Fonts> {
        self.fonts.get(language.index()).cloned().unwrap_or_else(|| Arc::new(Fonts::new(None)))
    }

    fn accent(&self) -> Option<String> {
        self.accent.map(str::to_owned)
    }

    fn statement_text(&self, id: DocId, reader: &Reader<'_>) -> String {
        self.session.statement_text(id, reader)
    }

    fn page(&self, page: &Page, reader: &Reader<'_>, json_ld: &dyn Fn() -> String) -> Checked<String> {
        self.session.page(page, reader, json_ld)
    }

    fn redirect(&self, index: usize, reader: &Reader<'_>) -> Checked<String> {
        let redirect = reader.redirects().get(index);
        redirect.map_or_else(Checked::default, |redirect| self.session.redirect(redirect, reader))
    }
}

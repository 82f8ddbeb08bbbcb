//! What a render sees: the site in one language, and the theme, each look noted as a fact.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Fonts, Presenter};
use crate::base::{DocId, OutPath};
use crate::model::{
    Beside, Campaign, Card, Fact, LanguageId, Linked, Location, Notice, Occurrence, Picture, Place, Reader,
    Shift, Texts,
};
use crate::theme::Told;

/// The longest description in characters. Search engines and feed readers show about half of it.
const LONGEST_DESCRIPTION: usize = 300;

/// The site in one language, and the theme. It notes the facts of the theme that are asked for.
pub(super) struct View<'a> {
    /// The language that is rendered.
    pub(super) language: LanguageId,
    /// The door to the site.
    pub(super) reader: &'a Reader<'a>,
    /// What holds for the campaign in every language.
    pub(super) campaign: &'a Campaign,
    /// The campaign's words in this language.
    pub(super) texts: &'a Texts,
    presenter: &'a dyn Presenter,
}

impl<'a> View<'a> {
    pub(super) fn new(
        language: LanguageId,
        reader: &'a Reader<'a>,
        presenter: &'a dyn Presenter,
    ) -> View<'a> {
        let (campaign, texts) = reader.campaign(language);
        View { language, reader, campaign, texts, presenter }
    }

    /// The absolute URL of an output.
    pub(super) fn url(&self, path: &OutPath) -> String {
        self.campaign.base.absolute(&path.address())
    }

    /// The absolute URL of the home page in this language.
    pub(super) fn home(&self) -> String {
        self.campaign.base.absolute(&self.campaign.language_prefix(self.language))
    }

    /// The tag of a language; that of the default one where there is no such language.
    pub(super) fn tag(&self, language: LanguageId) -> &'a str {
        let languages = &self.campaign.languages;
        languages.get(language.index()).or(languages.first()).map_or("en", |tag| tag.as_str())
    }

    /// A word of the theme in this language.
    pub(super) fn word(&self, key: &str) -> String {
        self.reader.note(Fact::Words(self.language));
        self.presenter.word(self.language, key)
    }

    /// An occurrence's hours in this language's own way.
    pub(super) fn hours(&self, occurrence: &Occurrence) -> String {
        self.reader.note(Fact::Words(self.language));
        self.presenter.hours(self.language, occurrence)
    }

    /// A day in this language's own way.
    pub(super) fn date(&self, date: Date) -> String {
        self.reader.note(Fact::Words(self.language));
        self.presenter.date(self.language, date)
    }

    /// The days and hours of a shift.
    pub(super) fn shift(&self, shift: &Shift) -> String {
        self.reader.note(Fact::Words(self.language));
        self.presenter.shift(self.language, shift)
    }

    /// Whether this language is written from right to left.
    pub(super) fn is_rtl(&self) -> bool {
        self.reader.note(Fact::Words(self.language));
        self.presenter.is_rtl(self.language)
    }

    /// The fonts of social cards. They are the campaign's, which was read.
    pub(super) fn fonts(&self) -> Arc<Fonts> {
        self.presenter.fonts(self.language)
    }

    /// The URL of a document's social card; `None` where it has none.
    pub(super) fn social_card(&self, card: &Card) -> Option<String> {
        card.social_card().filter(|_| self.campaign.has(Beside::Cards)).map(|out| self.url(&out))
    }

    /// A location's address in a line.
    pub(super) fn address(&self, location: &Location) -> Option<String> {
        self.presenter.address(location)
    }

    /// The address of a place that has no page, in a line.
    pub(super) fn place_address(&self, place: &Place) -> Option<String> {
        self.presenter.place_address(place, &self.campaign.zone_name)
    }

    /// A change of plan in this language's words.
    pub(super) fn notice(&self, notice: &Notice) -> Told {
        self.reader.note(Fact::Words(self.language));
        self.presenter.notice(self.language, notice)
    }

    /// The absolute URL of a published file of the theme.
    pub(super) fn asset(&self, name: &str) -> Option<String> {
        self.reader.note(Fact::Theme);
        self.presenter.asset(name)
    }

    /// The colour of accents.
    pub(super) fn accent(&self) -> Option<String> {
        self.reader.note(Fact::Theme);
        self.presenter.accent()
    }

    /// A document's text as HTML with absolute URLs. The theme has the reader, and notes what it reads.
    pub(super) fn prose(&self, id: DocId) -> String {
        self.presenter.prose(id, self.reader)
    }

    /// A text of a document as HTML with absolute URLs.
    pub(super) fn text(&self, text: &Linked, card: &Card) -> String {
        self.presenter.text(text, card, self.reader)
    }

    /// A picture's absolute URL.
    pub(super) fn picture(&self, picture: &Picture) -> String {
        self.url(&picture.out)
    }
}

/// What a document is about: its summary, else its first paragraph, cut between words.
pub(super) fn description(card: &Card) -> Option<String> {
    let text = card.summary.as_deref().unwrap_or(&card.lead).trim();
    (!text.is_empty()).then(|| shortened(text))
}

fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST_DESCRIPTION) else { return text.to_owned() };
    let head = &text[..end];
    let words = head.rsplit_once(char::is_whitespace).map_or(head, |(words, _)| words);
    format!("{}…", words.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_end_between_words() {
        let long = "señal ".repeat(100);
        let short = shortened(&long);
        assert!(short.ends_with("señal…") && short.chars().count() <= LONGEST_DESCRIPTION + 1, "{short}");
        assert_eq!(shortened("brief"), "brief");
        assert_eq!(shortened(&"ж".repeat(400)).chars().count(), LONGEST_DESCRIPTION + 1);
    }
}

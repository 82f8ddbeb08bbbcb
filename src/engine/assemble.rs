//! From parsed files to a site and its theme.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Numbered, Settings};
use crate::base::{FieldPath, File, LanguageTag, OutPath, SourcePath, Tree};
use crate::diagnostics::{Checked, Finding, Place, finding, nearest};
use crate::link::{self, Inputs, Linked};
use crate::model::{Kind, Site};
use crate::output;
use crate::parse::{self, CampaignDoc, Parsed};
use crate::theme::Theme;

/// Loads the theme that campaign.yaml names; `None` where there is no campaign, or its theme is missing or wrong.
pub(super) fn theme(tree: &Tree, parsed: &Numbered) -> Checked<Option<Theme>> {
    campaign(parsed).map_or_else(Checked::default, |campaign| load_theme(tree, campaign))
}

/// What campaign.yaml says in the default language.
pub(super) fn campaign(parsed: &Numbered) -> Option<&CampaignDoc> {
    parsed.values().find_map(|(_, parsed)| match parsed {
        Parsed::Campaign(doc) if doc.language.is_none() => Some(&**doc),
        _ => None,
    })
}

fn load_theme(tree: &Tree, campaign: &CampaignDoc) -> Checked<Option<Theme>> {
    let settings = link::theme_settings(Some(campaign));
    let english = LanguageTag::parse("en");
    let languages = campaign.languages.clone().filter(|languages| !languages.is_empty());
    let languages = languages.unwrap_or_else(|| english.into_iter().collect());
    let place = Place::field(&campaign.file, FieldPath::of("theme"));
    Theme::load(tree, &settings, &languages, &place)
}

/// Links everything.
pub(super) fn link(
    tree: &Tree,
    parsed: &Numbered,
    theme: Option<&Theme>,
    settings: &Settings,
    stamp: Timestamp,
) -> Result<Linked, Vec<Finding>> {
    link::link(Inputs {
        parsed,
        statics: statics(tree),
        assets: theme.map(Theme::assets).unwrap_or_default(),
        moment: settings.moment,
        stamp,
        base: settings.base.clone(),
        drafts: settings.drafts,
        nearly_campaign: tree
            .iter()
            .map(|(path, _)| path)
            .find(|path| parse::is_nearly_campaign(path))
            .cloned(),
    })
}

/// The files of `static/`, by where they are published.
fn statics(tree: &Tree) -> BTreeMap<OutPath, (SourcePath, File)> {
    let published = tree.below("static").filter_map(|(path, file)| {
        let out = OutPath::new(path.below("static")?)?;
        Some((out, (path.clone(), file.clone())))
    });
    published.collect()
}

/// Titles that social cards cannot show: the first in each language, for one font cures them all.
pub(super) fn titles_without_font(site: &Site, parsed: &Numbered) -> Vec<Finding> {
    let languages = site.campaign.languages.iter().zip(&site.campaign.card_fonts);
    let first = languages.enumerate().filter_map(|(index, (tag, own))| {
        let fonts = output::Fonts::new(own.clone());
        let cards = site.documents.iter().flatten().map(|document| &document.card);
        let mut cards = cards.filter(|card| card.language.index() == index && card.social_card().is_some());
        let (card, letter) = cards.find_map(|card| Some((card, output::undrawable(&card.title, &fonts)?)))?;
        let of_language = parsed.values().find_map(|(_, parsed)| match parsed {
            Parsed::Campaign(doc) if doc.language.as_ref() == Some(tag) => Some(&doc.file),
            _ => None,
        });
        let file = of_language.or(campaign(parsed).map(|campaign| &campaign.file))?;
        let field = if card.kind() == Kind::Location { "name" } else { "title" };
        let place = Place::field(&card.source, FieldPath::of(field));
        Some(finding::title_without_font(place, letter, file))
    });
    first.collect()
}

/// Layouts that documents ask for and the theme does not have.
pub(super) fn unknown_layouts(site: &Site, theme: &Theme) -> Vec<Finding> {
    let cards = site.documents.iter().flatten().map(|document| &document.card);
    let missing = cards.filter_map(|card| {
        let name = card.layout.as_deref().filter(|name| !theme.has_layout(name))?;
        let place = Place::field(&card.source, FieldPath::of("layout"));
        Some(finding::unknown_layout(place, name, nearest::nearest(name, theme.layouts())))
    });
    missing.collect()
}

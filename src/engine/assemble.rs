//! From parsed files to a site and its theme.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Cached, Settings};
use crate::base::{DocId, FieldPath, OutPath, SourcePath, Tree};
use crate::diagnostics::{Checked, Finding, Place, finding, nearest};
use crate::link::{self, Inputs};
use crate::model::Site;
use crate::parse::{CampaignDoc, Parsed};
use crate::theme::Theme;

/// Loads the theme that campaign.yaml names, and links everything.
pub(super) fn assemble(
    tree: &Tree,
    docs: &BTreeMap<SourcePath, Cached>,
    settings: &Settings,
) -> Checked<Option<(Site, Theme)>> {
    let parsed: BTreeMap<SourcePath, (DocId, Arc<Parsed>)> =
        docs.iter().filter_map(|(path, cached)| Some((path.clone(), cached.parsed.clone()?))).collect();
    let campaign = parsed.values().find_map(|(_, parsed)| match &**parsed {
        Parsed::Campaign(doc) if doc.language.is_none() => Some(&**doc),
        _ => None,
    });
    let mut findings = Vec::new();
    let theme = campaign.and_then(|campaign| {
        let loaded = load_theme(tree, campaign);
        findings.extend(loaded.findings);
        loaded.value
    });
    let assets = theme.as_ref().map(Theme::assets).unwrap_or_default();
    let linked = link::link(Inputs {
        parsed: &parsed,
        statics: statics(tree),
        assets,
        moment: settings.moment,
        base: settings.base.clone(),
        drafts: settings.drafts,
    });
    findings.extend(linked.findings);
    let value = linked.value.zip(theme);
    if let Some((site, theme)) = &value {
        findings.extend(unknown_layouts(site, theme));
    }
    Checked { value, findings }
}

fn load_theme(tree: &Tree, campaign: &CampaignDoc) -> Checked<Option<Theme>> {
    let settings = link::theme_settings(Some(campaign));
    let english = crate::base::LanguageTag::parse("en");
    let languages = campaign.languages.clone().filter(|languages| !languages.is_empty());
    let languages = languages.unwrap_or_else(|| english.into_iter().collect());
    let place = Place::field(&campaign.file, FieldPath::of("theme"));
    Theme::load(tree, &settings, &languages, &place)
}

/// The files of `static/`, by where they are published.
fn statics(tree: &Tree) -> BTreeMap<OutPath, (SourcePath, Arc<[u8]>)> {
    let published = tree.below("static").filter_map(|(path, file)| {
        let out = OutPath::new(path.below("static")?)?;
        Some((out, (path.clone(), Arc::clone(&file.bytes))))
    });
    published.collect()
}

/// Layouts that documents ask for and the theme does not have.
fn unknown_layouts(site: &Site, theme: &Theme) -> Vec<Finding> {
    let cards = site.documents.iter().flatten().map(|document| &document.card);
    let missing = cards.filter_map(|card| {
        let name = card.layout.as_deref().filter(|name| !theme.has_layout(name))?;
        let place = Place::field(&card.source, FieldPath::of("layout"));
        Some(finding::unknown_layout(place, name, nearest::nearest(name, theme.layouts())))
    });
    missing.collect()
}

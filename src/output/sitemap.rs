//! `sitemap.xml` (<https://www.sitemaps.org/protocol.html>), with each page's translations.

use std::collections::BTreeMap;

use super::time::last_change;
use super::view::View;
use super::xml::Xml;
use crate::base::OutPath;
use crate::model::{Card, LanguageId, Listing, Page, Route};

/// The most addresses that one sitemap may hold, by the protocol. A larger one is refused as a whole.
const MOST: usize = 50_000;

/// Every page that a search engine should know: no error page, no redirect, nothing unpublished.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let root = [
        ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
        ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
    ];
    let routes = view.reader.routes();
    let pages = routes.iter().filter_map(|(path, route)| page(path, route, routes, view));
    Xml::document("urlset", &root, |xml| pages.take(MOST).for_each(|page| page.write(xml, view)))
}

/// A line of the sitemap.
struct Indexed<'a> {
    path: &'a OutPath,
    changed: Option<String>,
    /// The same page in each language that has it, in the campaign's order.
    versions: Vec<(LanguageId, OutPath)>,
}

fn page<'a>(
    path: &'a OutPath,
    route: &Route,
    routes: &BTreeMap<OutPath, Route>,
    view: &View<'_>,
) -> Option<Indexed<'a>> {
    let Route::Page(page) = route else { return None };
    match page {
        Page::Document(id) => {
            let card = view.reader.card(*id).filter(|card| !card.unpublished)?;
            let changed = last_change(card, &view.campaign.zone).map(|day| day.to_string());
            Some(Indexed { path, changed, versions: translations(card, view) })
        }
        Page::List(_, listing) => {
            Some(Indexed { path, changed: None, versions: lists(listing, routes, view) })
        }
        Page::NotFound(_) | Page::Print(_) => None,
    }
}

fn translations(card: &Card, view: &View<'_>) -> Vec<(LanguageId, OutPath)> {
    let shown = card.versions.iter().flatten().filter_map(|id| view.reader.card(*id));
    shown
        .filter(|version| !version.unpublished)
        .map(|version| (version.language, version.route.clone()))
        .collect()
}

fn lists(
    listing: &Listing,
    routes: &BTreeMap<OutPath, Route>,
    view: &View<'_>,
) -> Vec<(LanguageId, OutPath)> {
    let campaign = view.campaign;
    let there = |language| Some((language, listing.out(campaign, language)?));
    campaign.language_ids().filter_map(there).filter(|(_, path)| routes.contains_key(path)).collect()
}

impl Indexed<'_> {
    fn write(&self, xml: &mut Xml, view: &View<'_>) {
        xml.element("url", &[], |xml| {
            xml.text("loc", &[], &view.url(self.path));
            if let Some(day) = &self.changed {
                xml.text("lastmod", &[], day);
            }
            // A page in one language only has no alternates.
            if let [(_, first), _, ..] = &self.versions[..] {
                for (language, path) in &self.versions {
                    alternate(xml, view.tag(*language), &view.url(path));
                }
                alternate(xml, "x-default", &view.url(first));
            }
        });
    }
}

fn alternate(xml: &mut Xml, language: &str, url: &str) {
    xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", language), ("href", url)]);
}

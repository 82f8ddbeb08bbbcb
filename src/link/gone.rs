//! Addresses of pages that were taken back: nothing of the site may stand there, now or later.

use std::collections::BTreeMap;

use super::files::Files;
use super::groups::is_embargoed;
use super::merge::Shown;
use super::names::Names;
use super::routes::{Routes, plain_path};
use super::told::{Notes, tell};
use super::unseen::addresses;
use crate::base::OutPath;
use crate::diagnostics::{Edit, Place, finding};
use crate::model::{Page, Route};

/// The addresses that campaign.yaml says are gone, without slashes at their ends, in order.
pub(super) fn gone(
    files: &Files,
    names: &Names,
    shown: &Shown,
    routes: &Routes,
    notes: &mut Notes,
) -> Vec<String> {
    let said = files.campaign.gone.iter().flatten();
    let mut gone: BTreeMap<String, Place> = BTreeMap::new();
    let mut coming = None;
    for (at, text) in said {
        let place = Place::field(&files.campaign.file, at.clone());
        let Some(path) = plain_path(text) else {
            let meant = meant(text, routes);
            let fix = meant.iter().map(|meant| Edit { at: place.at.clone(), text: meant.clone() }).collect();
            let told = finding::bad_gone(place, text, meant.as_deref()).corrected_by(fix);
            tell(&mut notes.findings, told);
            continue;
        };
        if let Some(first) = gone.get(path) {
            tell(&mut notes.findings, finding::gone_twice(place, path, first.clone()));
            continue;
        }
        // An error that waited for the moment at which they are published would stop that in the middle of a night.
        let coming =
            coming.get_or_insert_with(|| addresses(files, names.groups(), routes.frame(), is_embargoed));
        if let Some(other) = standing(path, shown, routes) {
            tell(&mut notes.findings, finding::gone_is_here(place.clone(), path, other));
        } else if let Some(other) = coming.get(path) {
            tell(&mut notes.findings, finding::gone_will_be_here(place.clone(), path, other.clone()));
        }
        gone.insert(path.to_owned(), place);
    }
    gone.into_keys().collect()
}

/// The path that somebody meant who wrote a whole URL of the site.
fn meant(text: &str, routes: &Routes) -> Option<String> {
    let base = &routes.frame().base;
    let text = text.split(['?', '#']).next().unwrap_or(text);
    let below = text.strip_prefix(&base.absolute(""))?;
    plain_path(below).map(str::to_owned)
}

/// What stands at an address: `Some(None)` where no file is to be named. What only a preview shows stands nowhere.
fn standing(path: &str, shown: &Shown, routes: &Routes) -> Option<Option<Place>> {
    let files = [OutPath::page(path), OutPath::new(path)];
    let out = files.into_iter().flatten().find(|out| routes.table().contains_key(out))?;
    let is_preview = match routes.table().get(&out) {
        Some(Route::Page(Page::Document(id))) => shown.get(*id).is_some_and(|one| one.unpublished),
        _ => false,
    };
    (!is_preview).then(|| routes.owner(&out).cloned())
}

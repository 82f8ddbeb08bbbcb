//! Picket signs: what campaign.yaml says, laid over by its translations, and where their codes lead.

use super::files::Files;
use super::references::Scope;
use super::told::Notes;
use crate::base::FieldPath;
use crate::diagnostics::Place;
use crate::model::{Destination, LanguageId, Sign};

/// The signs of each language.
pub(super) fn signs(files: &Files, scope: &Scope<'_>, notes: &mut Notes) -> Vec<Vec<Sign>> {
    scope.frame.language_ids().map(|language| of_language(files, scope, language, notes)).collect()
}

fn of_language(files: &Files, scope: &Scope<'_>, language: LanguageId, notes: &mut Notes) -> Vec<Sign> {
    let plain = &files.campaign;
    let tag = scope.frame.languages.get(language.index());
    let others = files.translation(tag).and_then(|other| other.signs.as_deref()).unwrap_or_default();
    let mut signs = Vec::new();
    for (index, sign) in plain.signs.iter().flatten().enumerate() {
        let other = others.get(index);
        let said = other.and_then(|other| other.text.as_ref()).or(sign.text.as_ref());
        let Some(text) = said else { continue };
        let place = Place::field(&plain.file, FieldPath::of("signs").index(index).key("link"));
        let link = other.and_then(|other| other.link.as_ref()).or(sign.link.as_ref());
        let to = link.and_then(|link| scope.destination(&place, link, language, notes));
        let home = || Destination::Address(scope.frame.prefix(language));
        signs.push(Sign { text: text.clone(), to: to.unwrap_or_else(home) });
    }
    signs
}

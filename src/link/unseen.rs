//! The addresses that documents had, or will have, which are not shown at the moment.

use std::collections::BTreeMap;

use super::campaign::Frame;
use super::files::Files;
use super::groups::Group;
use super::merge::slug;
use super::names::full_name;
use super::routes::plain_path;
use crate::diagnostics::Place;
use crate::model::Kind;
use crate::parse::Doc;

/// The addresses of documents that a question is answered with yes for, or of whose original it is, without slashes at their
/// ends; each with its file. Drafts have none: nobody knows what becomes of them.
pub(super) fn addresses(
    files: &Files,
    groups: &[Group],
    frame: &Frame,
    is: fn(&Doc, &Frame) -> bool,
) -> BTreeMap<String, Place> {
    let is_draft = |doc: &Doc| doc.common.draft == Some(true);
    let mut addresses = BTreeMap::new();
    for group in groups.iter().filter(|group| group.kind != Kind::Home) {
        let Some(original) = files.doc(group.original).filter(|doc| !is_draft(doc)) else { continue };
        for doc in group.all.iter().filter_map(|id| files.doc(*id)).filter(|doc| !is_draft(doc)) {
            let language = frame.language_of(doc);
            let Some(slug) = slug(doc, original, frame, language) else { continue };
            if !is(doc, frame) && !is(original, frame) {
                continue;
            }
            let own =
                format!("{}{}", frame.prefix(language), full_name(doc.kind, &doc.folder, slug.as_str()));
            let aliases = doc.common.aliases.iter().flatten().filter_map(|alias| plain_path(alias));
            let all = aliases.map(str::to_owned).chain([own]);
            addresses.extend(all.map(|address| (address, Place::file(&doc.file))));
        }
    }
    addresses
}

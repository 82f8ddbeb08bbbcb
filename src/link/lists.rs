//! The lists of each language.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::campaign::Frame;
use super::groups::Group;
use super::merge::Merged;
use crate::base::{DocId, Slug};
use crate::model::{Kind, LanguageId, Lists, TagList};
use crate::parse::Fields;

/// The lists of every language. Each holds every group that is shown: in its own version, else in the original's.
pub(super) fn lists(groups: &[Group<'_>], merged: &[Merged<'_>], frame: &Frame) -> Vec<Lists> {
    let by_id: BTreeMap<DocId, &Merged<'_>> = merged.iter().map(|one| (one.id, one)).collect();
    frame.language_ids().map(|language| of_language(groups, &by_id, frame, language)).collect()
}

fn of_language(
    groups: &[Group<'_>],
    by_id: &BTreeMap<DocId, &Merged<'_>>,
    frame: &Frame,
    language: LanguageId,
) -> Lists {
    let version = |group: &Group<'_>| {
        let own = group.versions.get(language.index()).copied().flatten();
        let (id, _) = own.or_else(|| group.versions.iter().flatten().next().copied())?;
        by_id.get(&id).copied()
    };
    let shown: Vec<&Merged<'_>> = groups.iter().filter_map(version).collect();
    let of = |kind: Kind| shown.iter().copied().filter(move |one| one.kind() == kind);

    let mut statements: Vec<&Merged<'_>> = of(Kind::Statement).collect();
    statements.sort_by_cached_key(|one| newest_first(one));
    let mut locations: Vec<&Merged<'_>> = of(Kind::Location).collect();
    locations.sort_by_cached_key(|one| by_place(one));
    let mut events: Vec<&Merged<'_>> = of(Kind::Event).collect();
    events.sort_by_cached_key(|one| (day(one), one.slug.clone()));
    let mut timelines: Vec<&Merged<'_>> = of(Kind::Timeline).collect();
    timelines.sort_by_cached_key(|one| (day(one), one.slug.clone()));

    let ids = |list: &[&Merged<'_>]| list.iter().map(|one| one.id).collect();
    Lists {
        years: years(&statements),
        tags: tags(&shown, frame),
        statements: ids(&statements),
        locations: ids(&locations),
        events: ids(&events),
        timelines: ids(&timelines),
    }
}

/// The moment by which a document stands in its list.
fn day(one: &Merged<'_>) -> Option<DateTime> {
    let midnight = jiff::civil::Time::midnight();
    match &one.fields {
        Fields::Statement(fields) => Some(fields.date?.to_datetime(midnight)),
        Fields::Event(fields) => Some(fields.dates?.first.to_datetime(midnight)),
        Fields::Timeline(fields) => fields.events.iter().flatten().map(|event| event.from.first()).min(),
        Fields::Page | Fields::Location(_) => None,
    }
}

/// Newest first; of one day, the one that was released later first, then by name.
fn newest_first(one: &Merged<'_>) -> (Reverse<Option<DateTime>>, Reverse<Option<DateTime>>, String, Slug) {
    let released = one.common.publish.map(|publish| publish.first());
    (Reverse(day(one)), Reverse(released), one.common.title.clone().unwrap_or_default(), one.slug.clone())
}

fn by_place(one: &Merged<'_>) -> (Option<String>, Option<String>, Option<String>, Slug) {
    let place = match &one.fields {
        Fields::Location(fields) => (fields.place.region.clone(), fields.place.city.clone()),
        _ => (None, None),
    };
    (place.0, place.1, one.common.title.clone(), one.slug.clone())
}

fn years(statements: &[&Merged<'_>]) -> Vec<(i16, Vec<DocId>)> {
    let mut years: BTreeMap<Reverse<i16>, Vec<DocId>> = BTreeMap::new();
    for one in statements {
        if let Some(day) = day(one) {
            years.entry(Reverse(day.year())).or_default().push(one.id);
        }
    }
    years.into_iter().map(|(Reverse(year), list)| (year, list)).collect()
}

fn tags(shown: &[&Merged<'_>], frame: &Frame) -> BTreeMap<Slug, TagList> {
    let mut sorted: Vec<&&Merged<'_>> = shown.iter().filter(|one| one.common.tags.is_some()).collect();
    sorted.sort_by_cached_key(|one| newest_first(one));
    let mut tags: BTreeMap<Slug, TagList> = BTreeMap::new();
    for one in sorted {
        for name in one.common.tags.iter().flatten() {
            let Some(slug) = Slug::make(name, frame.is_german(one.language)) else { continue };
            let list =
                tags.entry(slug).or_insert_with(|| TagList { name: name.clone(), documents: Vec::new() });
            if list.documents.last() != Some(&one.id) {
                list.documents.push(one.id);
            }
        }
    }
    tags
}

//! The lists of each language.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::campaign::Frame;
use super::groups::Group;
use super::merge::{Merged, Shown};
use crate::base::{DocId, Slug};
use crate::model::{Kind, LanguageId, Lists, TagList};
use crate::parse::Fields;

/// The lists of every language. Each holds every group that is shown: in its own version, else in the original's.
pub(super) fn lists(groups: &[Group], shown: &Shown, frame: &Frame) -> Vec<Lists> {
    frame.language_ids().map(|language| of_language(groups, shown, language)).collect()
}

/// Whether a new state of a document, which is among those shown already, stands where the old one stood in every
/// list. To ask that costs less than to sort them.
pub(super) fn keeps_its_place(one: &Merged, before: &Merged, lists: &[Lists], shown: &Shown) -> bool {
    let alike = newest_first(one) == newest_first(before) && by_place(one) == by_place(before);
    if (day(one), &one.tags) != (day(before), &before.tags) {
        return false;
    }
    alike
        || lists.iter().all(|lists| {
            let tagged =
                one.tags.iter().filter_map(|tag| lists.tags.get(&tag.slug)).map(|list| &list.documents);
            let listed = match one.kind() {
                Kind::Location => is_in_order(&lists.locations, one, shown, by_place),
                _ => is_in_order(&lists.statements, one, shown, newest_first),
            };
            listed && tagged.into_iter().all(|list| is_in_order(list, one, shown, newest_first))
        })
}

/// Whether a document, where it stands in a list, stands between its neighbours.
fn is_in_order<'m, K: Ord>(
    list: &[DocId],
    one: &Merged,
    shown: &'m Shown,
    key: impl Fn(&'m Merged) -> K,
) -> bool {
    let Some(at) = list.iter().position(|id| *id == one.id) else { return true };
    let around = &list[at.saturating_sub(1)..list.len().min(at + 2)];
    around.iter().filter_map(|id| shown.get(*id)).map(key).is_sorted_by(|a, b| a < b)
}

fn of_language(groups: &[Group], shown: &Shown, language: LanguageId) -> Lists {
    let version = |group: &Group| {
        let own = group.versions.get(language.index()).copied().flatten();
        let version = own.or_else(|| group.versions.iter().flatten().next().copied())?;
        shown.get(version.id)
    };
    let shown: Vec<&Merged> = groups.iter().filter_map(version).collect();
    let of = |kind: Kind| shown.iter().copied().filter(move |one| one.kind() == kind);

    let mut statements: Vec<&Merged> = of(Kind::Statement).collect();
    statements.sort_by_cached_key(|one| newest_first(one));
    let mut locations: Vec<&Merged> = of(Kind::Location).collect();
    locations.sort_by_cached_key(|one| by_place(one));
    let mut events: Vec<&Merged> = of(Kind::Event).collect();
    events.sort_by_cached_key(|one| (day(one), &one.slug));
    let mut timelines: Vec<&Merged> = of(Kind::Timeline).collect();
    timelines.sort_by_cached_key(|one| (day(one), &one.slug));

    let ids = |list: &[&Merged]| list.iter().map(|one| one.id).collect();
    Lists {
        years: years(&statements),
        tags: tags(&shown),
        statements: ids(&statements),
        locations: ids(&locations),
        events: ids(&events),
        timelines: ids(&timelines),
    }
}

/// The moment by which a document stands in its list.
fn day(one: &Merged) -> Option<DateTime> {
    let midnight = jiff::civil::Time::midnight();
    match &*one.fields {
        Fields::Statement(fields) => Some(fields.date?.to_datetime(midnight)),
        Fields::Event(fields) => Some(fields.dates?.first.to_datetime(midnight)),
        Fields::Timeline(fields) => fields.events.iter().flatten().map(|event| event.from.first()).min(),
        Fields::Page | Fields::Location(_) => None,
    }
}

/// The later, the further in front; what has no moment is last.
type Latest = Reverse<Option<DateTime>>;

/// Newest first; of one day, the one that was released later first, then by name.
fn newest_first(one: &Merged) -> (Latest, Latest, Option<&str>, &Slug) {
    let released = one.common.publish.map(|publish| publish.first());
    (Reverse(day(one)), Reverse(released), one.common.title.as_deref(), &one.slug)
}

fn by_place(one: &Merged) -> (Option<&str>, Option<&str>, Option<&str>, &Slug) {
    let (region, city) = match &*one.fields {
        Fields::Location(fields) => (fields.place.region.as_deref(), fields.place.city.as_deref()),
        _ => (None, None),
    };
    (region, city, one.common.title.as_deref(), &one.slug)
}

fn years(statements: &[&Merged]) -> Vec<(i16, Vec<DocId>)> {
    let mut years: BTreeMap<Reverse<i16>, Vec<DocId>> = BTreeMap::new();
    for one in statements {
        if let Some(day) = day(one) {
            years.entry(Reverse(day.year())).or_default().push(one.id);
        }
    }
    years.into_iter().map(|(Reverse(year), list)| (year, list)).collect()
}

fn tags(shown: &[&Merged]) -> BTreeMap<Slug, TagList> {
    let mut sorted: Vec<&&Merged> = shown.iter().filter(|one| !one.tags.is_empty()).collect();
    sorted.sort_by_cached_key(|one| newest_first(one));
    let mut tags: BTreeMap<Slug, TagList> = BTreeMap::new();
    for one in sorted {
        for tag in &one.tags {
            if !tags.contains_key(&tag.slug) {
                tags.insert(tag.slug.clone(), TagList { name: tag.name.clone(), documents: Vec::new() });
            }
            let Some(list) = tags.get_mut(&tag.slug) else { continue };
            if list.documents.last() != Some(&one.id) {
                list.documents.push(one.id);
            }
        }
    }
    tags
}

//! Who speaks in a statement: the unions, unless it names its issuer.

use crate::model::{Statement, Texts};

/// Somebody who issued a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Author<'a> {
    /// The name.
    pub(super) name: &'a str,
    /// The site, where known.
    pub(super) url: Option<&'a str>,
    /// The place in the campaign's list of unions, for one of them.
    pub(super) union: Option<usize>,
}

/// The unions of a campaign; the campaign itself speaks where it names none.
pub(super) fn unions(texts: &Texts) -> Vec<Author<'_>> {
    if texts.unions.is_empty() {
        return vec![Author { name: &texts.title, url: None, union: None }];
    }
    (0..texts.unions.len()).filter_map(|index| union(texts, index)).collect()
}

/// Who issued a statement. Another's statement is never given as the union's.
pub(super) fn of<'a>(statement: &'a Statement, texts: &'a Texts) -> Vec<Author<'a>> {
    let Some(issuer) = &statement.issuer else { return unions(texts) };
    let same = |name: &str| name == issuer.name;
    let known =
        texts.unions.iter().position(|union| same(&union.name) || union.short.as_deref().is_some_and(same));
    let named = Author { name: &issuer.name, url: None, union: None };
    vec![known.and_then(|index| union(texts, index)).unwrap_or(named)]
}

fn union(texts: &Texts, index: usize) -> Option<Author<'_>> {
    let union = texts.unions.get(index)?;
    Some(Author { name: &union.name, url: union.url.as_deref(), union: Some(index) })
}

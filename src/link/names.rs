//! Names to documents: slugs, `statements/slug`, paths of pages and paths of files.

use std::collections::BTreeMap;

use super::files::Files;
use super::groups::{Group, Hidden};
use super::merge::Merged;
use super::told::tell;
use crate::base::{DocId, Slug, SourcePath};
use crate::diagnostics::{Finding, Place, finding, nearest};
use crate::model::{Kind, LanguageId};

/// Every name by which a document can be called.
pub(super) struct Names {
    groups: Vec<Group>,
    /// The group of each document, shown or not.
    of: BTreeMap<DocId, usize>,
    /// The name by which a group is best called: the slug of its first language.
    called: Vec<String>,
    /// Groups by bare name: slugs of all languages, and file names.
    bare: BTreeMap<String, Vec<usize>>,
    /// Groups by name with their folder: `statements/slug`, `toolkit/social`.
    full: BTreeMap<String, usize>,
    files: BTreeMap<SourcePath, usize>,
}

/// What a name turned out to mean.
pub(super) enum Found {
    /// A group that is shown.
    Group(usize),
    /// A group that is not shown, and why.
    Hidden(Hidden),
    /// Several groups.
    Ambiguous(Vec<String>),
    /// None.
    Nothing,
}

impl Names {
    /// Gathers all names. Two documents of one kind and slug are told.
    pub(super) fn new(
        groups: Vec<Group>,
        merged: &[Merged],
        all: &Files,
        findings: &mut Vec<Finding>,
    ) -> Names {
        let (bare, full, files) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let of =
            groups.iter().enumerate().flat_map(|(index, group)| group.all.iter().map(move |id| (*id, index)));
        let called = vec![String::new(); groups.len()];
        let mut names = Names { of: of.collect(), groups, called, bare, full, files };
        let mut taken: BTreeMap<(Kind, LanguageId, String), &SourcePath> = BTreeMap::new();
        for one in merged {
            let full = full_name(one.kind(), &one.doc.folder, one.slug.as_str());
            if let Some(other) = taken.insert((one.kind(), one.language, full.clone()), &one.doc.file) {
                let (place, other) = (Place::file(&one.doc.file), Place::file(other));
                tell(findings, finding::slug_taken(place, one.slug.as_str(), other));
            }
            names.add(one.group, one.slug.as_str(), &one.doc.folder);
            if one.language.index() == 0 || names.called[one.group].is_empty() {
                one.slug.as_str().clone_into(&mut names.called[one.group]);
            }
        }
        for index in 0..names.groups.len() {
            for doc in names.groups[index].all.clone().into_iter().filter_map(|id| all.doc(id)) {
                names.files.insert(doc.file.clone(), index);
                let base = doc.file.name().trim_end_matches(".md");
                let typed = doc.common.slug.as_ref().map_or(base, |slug| slug.as_str());
                [typed, base, &doc.stem].into_iter().for_each(|name| names.add(index, name, &doc.folder));
                if let Some(slug) = Slug::make(&doc.stem, false) {
                    names.add(index, slug.as_str(), &doc.folder);
                }
            }
        }
        names
    }

    fn add(&mut self, group: usize, name: &str, folder: &str) {
        let groups = self.bare.entry(name.to_owned()).or_default();
        if !groups.contains(&group) {
            groups.push(group);
        }
        let full = full_name(self.groups[group].kind, folder, name);
        self.full.entry(full).or_insert(group);
    }

    /// What a name means. `kind` narrows it, as in `locations: [fontana]`.
    pub(super) fn find(&self, name: &str, kind: Option<Kind>) -> Found {
        let name = name.trim().trim_matches('/');
        let wanted = |group: &usize| kind.is_none_or(|kind| self.groups[*group].kind == kind);
        if let Some(group) = self.full.get(name).filter(|group| name.contains('/') && wanted(group)) {
            return self.shown(*group);
        }
        let all: Vec<usize> = self.bare.get(name).into_iter().flatten().copied().filter(wanted).collect();
        match all.as_slice() {
            [] => Found::Nothing,
            [group] => self.shown(*group),
            several => {
                let shown: Vec<usize> =
                    several.iter().copied().filter(|group| self.groups[*group].hidden.is_none()).collect();
                if let [only] = shown.as_slice() {
                    return Found::Group(*only);
                }
                let full = |group: &usize| {
                    let group = &self.groups[*group];
                    full_name(group.kind, &group.folder, name)
                };
                Found::Ambiguous(several.iter().map(full).collect())
            }
        }
    }

    /// The document of a file.
    pub(super) fn file(&self, path: &SourcePath) -> Found {
        self.files.get(path).map_or(Found::Nothing, |group| self.shown(*group))
    }

    fn shown(&self, group: usize) -> Found {
        self.groups[group].hidden.map_or(Found::Group(group), Found::Hidden)
    }

    /// A group's version in a language, else in its original's, else any.
    pub(super) fn version(&self, group: usize, language: LanguageId) -> Option<DocId> {
        let versions = &self.groups[group].versions;
        let version = versions.get(language.index()).copied().flatten();
        let first = || versions.iter().flatten().next().copied();
        version.or_else(first).map(|version| version.id)
    }

    /// All versions of a group that are shown.
    pub(super) fn versions(&self, group: usize) -> impl Iterator<Item = DocId> {
        self.groups[group].shown()
    }

    /// All groups.
    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of a document, shown or not.
    pub(super) fn group_of(&self, id: DocId) -> Option<usize> {
        self.of.get(&id).copied()
    }

    /// Whether a group is of a kind, and shown.
    fn fits(&self, group: usize, kind: Option<Kind>) -> bool {
        let group = &self.groups[group];
        group.hidden.is_none() && kind.is_none_or(|kind| group.kind == kind)
    }

    /// The name that is nearest to a wrong one, where one is near enough: any by which a document of a kind is known.
    pub(super) fn nearest(&self, wrong: &str, kind: Option<Kind>) -> Option<&str> {
        let fits = |groups: &[usize]| groups.iter().any(|group| self.fits(*group, kind));
        let known = self.bare.iter().filter(|(name, groups)| Slug::parse(name).is_some() && fits(groups));
        nearest::nearest(wrong, known.map(|(name, _)| name.as_str()))
    }

    /// One name for each document of a kind that is shown, for “there are …”: the likeliest to be meant first.
    fn listed(&self, wrong: &str, kind: Option<Kind>) -> Vec<String> {
        let fitting = (0..self.groups.len()).filter(|group| self.fits(*group, kind));
        let mut names: Vec<String> = fitting.map(|group| self.name_of(group, kind)).collect();
        nearest::by_likeness(wrong, &mut names);
        names
    }

    /// A group's name among those of a kind: its slug, with the folder where others have the same.
    fn name_of(&self, index: usize, kind: Option<Kind>) -> String {
        let (group, name) = (&self.groups[index], &self.called[index]);
        let others = self.bare.get(name).into_iter().flatten();
        if others.filter(|other| self.fits(**other, kind)).count() > 1 {
            return full_name(group.kind, &group.folder, name);
        }
        name.clone()
    }

    /// Resolves a name in front matter to the document in a language; tells where it can't be.
    pub(super) fn resolve(
        &self,
        place: Place,
        name: &str,
        kind: Kind,
        language: LanguageId,
        findings: &mut Vec<Finding>,
    ) -> Option<DocId> {
        match self.find(name, Some(kind)) {
            Found::Group(group) => self.version(group, language),
            found => {
                tell(findings, self.explain(place, name, found, Some(kind)));
                None
            }
        }
    }

    /// The finding for a name that leads to no shown document.
    pub(super) fn explain(&self, place: Place, name: &str, found: Found, kind: Option<Kind>) -> Finding {
        match found {
            Found::Hidden(why) => finding::refers_to_unpublished(place, name, why),
            Found::Ambiguous(choices) => {
                let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
                finding::ambiguous_slug(place, name, &choices)
            }
            Found::Group(_) | Found::Nothing => {
                let (near, listed) = (self.nearest(name, kind), self.listed(name, kind));
                finding::unknown_slug(place, name, kind.map_or("document", Kind::name), near, &listed)
            }
        }
    }
}

/// `statements/slug`, or `toolkit/social` for a page.
pub(super) fn full_name(kind: Kind, folder: &str, slug: &str) -> String {
    match (kind, folder) {
        (Kind::Home, _) => "index".to_owned(),
        (Kind::Page, "") => slug.to_owned(),
        (Kind::Page, folder) => format!("{folder}/{slug}"),
        (listed, _) => format!("{}/{slug}", listed.folder()),
    }
}

//! An edit that changes no name and no address: only what it touches is linked again.
//!
//! It is right because of what a document is made of: its own file and its original's, its plan, and names and addresses,
//! which such an edit does not change. What it says of the texts of others is noted where they are looked at.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::groups::is_named_alike;
use super::merge::group_of;
use super::plans::Ground;
use super::references::Scope;
use super::told::{Notes, Part};
use super::{Built, Earlier, Linked, build, campaign, doubts, gone, lists, notices, pictures, routes, signs};
use crate::base::DocId;
use crate::model::{Card, Details, Index, Kind, Venue};
use crate::parse::Doc;

impl Linked {
    /// Takes in new states of documents, and gives what stood in place of all that it linked again. `None` where that
    /// does not do: then everything has to be linked anew, and this is of no use any more.
    pub fn retouch(&mut self, edited: &[(DocId, Arc<Doc>)]) -> Option<Earlier> {
        let mut groups = BTreeSet::new();
        let mut headings_changed = false;
        for (id, doc) in edited {
            let before = self.files.replace(*id, Arc::clone(doc))?;
            if !is_named_alike(doc, &before) {
                return None;
            }
            groups.extend(self.names.group_of(*id));
            headings_changed |= doc.kind == Kind::Timeline || doc.body.headings != before.body.headings;
        }
        let (ids, in_place) = self.merge_again(&groups)?;
        if !in_place {
            self.list_again()?;
        }
        let ground =
            Ground { files: &self.files, shown: &self.shown, names: &self.names, frame: &self.frame };
        let mut touched = self.plans.renew(&ids, ground)?;
        for id in &ids {
            self.told.set(Part::Plan(*id), self.plans.told(*id).to_vec());
        }
        if headings_changed {
            touched.extend(self.uses.iter().filter(|(_, uses)| uses.looks_inside).map(|(id, _)| *id));
        }
        self.doubt_again(groups, edited);
        self.build_again(&touched)
    }

    /// Looks for doubts again: about what was edited, and, where a place was, about the statements that may name it.
    fn doubt_again(&mut self, mut groups: BTreeSet<usize>, edited: &[(DocId, Arc<Doc>)]) {
        if edited.iter().any(|(_, doc)| doc.kind == Kind::Location) {
            let all = self.names.groups().iter().enumerate();
            groups.extend(all.filter(|(_, group)| group.kind == Kind::Statement).map(|(index, _)| index));
        }
        for group in groups {
            let findings = doubts::doubts(group, &self.files, &self.names, &self.frame);
            self.told.set(Part::Doubts(group), findings);
        }
    }

    /// Lets the versions of groups inherit again; gives their numbers, and whether they keep their places in lists.
    fn merge_again(&mut self, groups: &BTreeSet<usize>) -> Option<(Vec<DocId>, bool)> {
        let mut ids = Vec::new();
        let mut before = Vec::new();
        for index in groups {
            let group = self.names.groups().get(*index)?;
            let mut findings = Vec::new();
            let merged = group_of(&self.files, (*index, group), &self.frame, &mut findings);
            self.told.set(Part::Group(*index), findings);
            if merged.len() != group.shown().filter(|id| self.shown.get(*id).is_some()).count() {
                return None;
            }
            for one in merged {
                let old = self.shown.get(one.id)?;
                if (&one.slug, &one.versions) != (&old.slug, &old.versions) {
                    return None;
                }
                ids.push(one.id);
                before.push(self.shown.replace(one)?);
            }
        }
        let mut all = before.iter().filter_map(|old| Some((self.shown.get(old.id)?, old)));
        let in_place = all.all(|(one, old)| lists::keeps_its_place(one, old, &self.site.lists, &self.shown));
        Some((ids, in_place))
    }

    /// Sorts the lists again. Their pages have to stay.
    fn list_again(&mut self) -> Option<()> {
        let lists = lists::lists(self.names.groups(), &self.shown, &self.frame);
        let pages = |lists: &[_]| lists.iter().map(routes::pages).collect::<Vec<_>>();
        if pages(&lists) != pages(&self.site.lists) {
            return None;
        }
        if lists != self.site.lists {
            self.site.lists = lists;
            self.site.index = Index::default();
        }
        Some(())
    }

    /// Builds documents, the campaign's texts and the redirects again. The files that are published have to stay.
    fn build_again(&mut self, ids: &BTreeSet<DocId>) -> Option<Earlier> {
        let pictures = pictures::Pictures::new(&self.files);
        let scope = Scope::new(&self.names, &self.routes, &pictures, &self.frame, &self.shown);
        let ones = ids.iter().filter_map(|id| self.shown.get(*id));
        let built: Vec<Built> = ones.map(|one| build(one, &scope, &self.plans)).collect();
        let mut notes = Notes::default();
        let campaign = campaign::campaign(&self.files, &self.shown, &scope, &self.site.lists, &mut notes);
        let signs = signs::signs(&self.files, &scope, &mut notes);
        self.told.set(Part::Campaign, std::mem::take(&mut notes.findings));
        let notices = notices::notices(&self.files, &self.plans, &self.shown, &scope, &self.site.lists);
        let redirects = routes::redirects(&self.files.campaign, &self.shown, &scope, &mut notes);
        if !redirects.iter().map(|(redirect, _)| redirect).eq(&self.site.redirects) {
            return None;
        }
        let gone = gone::gone(&self.files, &self.names, &self.shown, &self.routes, &mut notes);
        self.told.set(Part::Redirects, std::mem::take(&mut notes.findings));
        if gone != self.site.gone {
            return None;
        }
        let mut documents = Vec::new();
        for built in built {
            let id = built.document.card.id;
            let used = self.uses.get(&id).map(|uses| uses.media.keys().collect::<Vec<_>>());
            if !built.notes.media.keys().eq(used.iter().flatten().copied()) {
                return None;
            }
            let card = self.site.card(id).map(at);
            if card != Some(at(&built.document.card)) {
                self.site.index = Index::default();
            }
            documents.extend(built.put(&mut self.site, &mut self.uses, &mut self.told));
        }
        self.site.notices = notices;
        self.site.signs = signs;
        self.site.index.keep_lists();
        let campaign = std::mem::replace(&mut self.site.campaign, campaign);
        Some(Earlier { documents: documents.into_iter().map(Some).collect(), campaign: Some(campaign) })
    }
}

/// Where a document takes place, or of which places it speaks: what the index of a site is made of.
fn at(card: &Card) -> (Vec<DocId>, Option<Venue>) {
    match &card.details {
        Details::Statement(statement) => (statement.locations.clone(), None),
        Details::Event(event) => (Vec::new(), Some(event.venue.clone())),
        Details::Home | Details::Page | Details::Location(_) | Details::Timeline(_) => (Vec::new(), None),
    }
}

//! Changes of plan in the words of each language, for the bar on every page and the feeds.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::files::Files;
use super::merge::Shown;
use super::names::Found;
use super::plans::Plans;
use super::references::Scope;
use crate::base::{DocId, OutPath};
use crate::model::{Change, Kind, LanguageId, Listing, Lists, Notice, When};

/// The changes of each language that strike anything, the earliest first.
pub(super) fn notices(
    files: &Files,
    plans: &Plans,
    shown: &Shown,
    scope: &Scope<'_>,
    lists: &[Lists],
) -> Vec<Vec<Notice>> {
    let changed = plans.changed();
    let languages = scope.frame.language_ids().zip(lists);
    let of = |(language, lists): (LanguageId, &Lists)| {
        let teller = Teller { shown, scope, language };
        let documents = lists.locations.iter().chain(&lists.events).filter(|id| changed.contains(id));
        let own = documents.flat_map(|id| teller.of_document(*id, plans));
        let mut all: Vec<Notice> = own.chain(teller.of_campaign(files, plans)).collect();
        all.sort_by(|a, b| {
            (a.dates, a.until, &a.places, &a.title).cmp(&(b.dates, b.until, &b.places, &b.title))
        });
        all
    };
    languages.map(of).collect()
}

/// Tells changes in one language.
struct Teller<'a> {
    shown: &'a Shown,
    scope: &'a Scope<'a>,
    language: LanguageId,
}

impl Teller<'_> {
    fn of_document(&self, id: DocId, plans: &Plans) -> Vec<Notice> {
        let one = self.shown.get(id).filter(|one| !one.unpublished);
        let (Some(plan), Some(page), Some(one)) = (plans.get(id), self.scope.routes.out(id), one) else {
            return Vec::new();
        };
        let struck = plans.struck(id);
        let updated = one.common.updated;
        let notice = |(index, until): &(usize, Timestamp)| {
            let change = plan.changes.get(*index)?;
            let places = vec![self.shown.title(id)];
            let to = change.to.map(|to| self.shown.title(to));
            Some(self.notice(change, places, to, page.clone(), (updated, *until)))
        };
        struck.iter().filter_map(notice).collect()
    }

    /// The changes of campaign.yaml, each told once for all the places that it names.
    fn of_campaign(&self, files: &Files, plans: &Plans) -> Vec<Notice> {
        let list = Listing::Kind { kind: Kind::Location, number: 1 };
        let page = OutPath::page(&format!("{}{}", self.scope.frame.prefix(self.language), list.folder()));
        let Some(page) = page else { return Vec::new() };
        let changes: Vec<_> = files.campaign.changes.iter().flatten().collect();
        let notice = |(index, until): (&usize, &Timestamp)| {
            let typed = changes.get(*index)?;
            let places = typed.locations.iter().flatten().filter_map(|name| self.title(name)).collect();
            let to = typed.change.to.as_ref().and_then(|name| self.title(name));
            Some(self.notice(&typed.change, places, to, page.clone(), (None, *until)))
        };
        plans.everywhere().iter().filter_map(notice).collect()
    }

    fn title(&self, name: &str) -> Option<String> {
        let Found::Group(group) = self.scope.names.find(name, Some(Kind::Location)) else { return None };
        let names = self.scope.names;
        let id = names.version(group, self.language).or_else(|| names.versions(group).next())?;
        Some(self.shown.title(id))
    }

    fn notice<R>(
        &self,
        change: &Change<R>,
        places: Vec<String>,
        to: Option<String>,
        page: OutPath,
        (updated, until): (Option<Date>, Timestamp),
    ) -> Notice {
        Notice {
            status: change.status,
            title: change.title.clone(),
            places,
            dates: change.dates,
            to,
            to_date: change.to_date,
            hours: change.hours,
            note: change.note.clone(),
            page,
            until,
            since: self.since(change.dates.first, updated),
        }
    }

    /// When a change is told for the first time, as far as the content says: at the beginning of the day before it, of
    /// the day on which its document was last changed, or of the phase that holds: the last of these that is not ahead.
    fn since(&self, day: Date, updated: Option<Date>) -> Timestamp {
        let frame = self.scope.frame;
        let eve = When::Day(day.checked_sub(1.day()).unwrap_or(day)).begins(&frame.zone);
        let updated = updated.map(|day| When::Day(day).begins(&frame.zone));
        let phase = frame.phase().map(|phase| phase.from.begins(&frame.zone));
        let told = [Some(eve), updated, phase].into_iter().flatten();
        told.filter(|moment| frame.clock.has_come(*moment)).max().unwrap_or(eve)
    }
}

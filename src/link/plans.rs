//! The plans of all documents: each as its own document says it, then with what other places send.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::campaign::Frame;
use super::changes::{self, Everywhere};
use super::files::Files;
use super::merge::{Merged, Shown};
use super::names::Names;
use super::schedule::{Planner, Told};
use crate::base::DocId;
use crate::diagnostics::Finding;
use crate::model::{Occurrence, Plan};
use crate::parse::Fields;

/// The plans of all documents.
pub(super) struct Plans {
    /// Each plan as its own document says it, and what comes of it elsewhere.
    own: BTreeMap<DocId, (Arc<Plan>, Told)>,
    /// Each plan with what other places send.
    whole: BTreeMap<DocId, Arc<Plan>>,
    zones: Zones,
}

/// The zones of locations that have one of their own, by their groups.
pub(super) type Zones = BTreeMap<usize, TimeZone>;

/// What all plans follow from, beside what their own documents say.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) files: &'a Files,
    pub(super) shown: &'a Shown,
    pub(super) names: &'a Names,
    pub(super) frame: &'a Frame,
}

impl Plans {
    /// Expands the plans of all locations and events.
    pub(super) fn new(ground: Ground<'_>, findings: &mut Vec<Finding>) -> Plans {
        let everywhere = Everywhere::of(ground.files, ground.names, findings);
        let zones = zones(ground.shown);
        let all = ground.shown.all().par_iter();
        let own = all.filter_map(|one| Some((one.id, plan(one, ground, &everywhere, &zones)?)));
        let mut plans = Plans { own: own.collect(), whole: BTreeMap::new(), zones };
        let ids: Vec<DocId> = plans.own.keys().copied().collect();
        let receivers = plans.own.values().flat_map(|(_, told)| told.sent.iter().map(|(to, _)| *to));
        let ids: BTreeSet<DocId> = ids.into_iter().chain(receivers).collect();
        plans.receive(&ids, ground.shown);
        plans
    }

    /// Expands the plans of some documents anew. Gives all documents whose plans that touches; `None` where it could
    /// touch any.
    pub(super) fn renew(&mut self, ids: &[DocId], ground: Ground<'_>) -> Option<BTreeSet<DocId>> {
        if zones(ground.shown) != self.zones {
            return None;
        }
        // What it tells was told when all was linked.
        let everywhere = Everywhere::of(ground.files, ground.names, &mut Vec::new());
        let mut touched: BTreeSet<DocId> = ids.iter().copied().collect();
        for id in ids {
            let new = ground.shown.get(*id).and_then(|one| plan(one, ground, &everywhere, &self.zones));
            let old = self.own.remove(id);
            for (_, told) in [&old, &new].into_iter().flatten() {
                touched.extend(told.sent.iter().map(|(to, _)| *to));
            }
            self.own.extend(new.map(|new| (*id, new)));
        }
        self.receive(&touched, ground.shown);
        Some(touched)
    }

    /// Puts plans together from what their documents say and what other places send, in the order of the files.
    fn receive(&mut self, ids: &BTreeSet<DocId>, shown: &Shown) {
        let mut senders: Vec<&DocId> =
            self.own.iter().filter(|(_, (_, told))| !told.sent.is_empty()).map(|(id, _)| id).collect();
        senders.sort_by_key(|id| shown.get(**id).map(|one| &one.doc.file));
        let mut sent: BTreeMap<DocId, Vec<&Occurrence>> = BTreeMap::new();
        for (to, one) in
            senders.into_iter().filter_map(|id| self.own.get(id)).flat_map(|(_, told)| &told.sent)
        {
            sent.entry(*to).or_default().push(one);
        }
        for id in ids {
            let mut plan = self.own.get(id).map(|(plan, _)| Arc::clone(plan)).unwrap_or_default();
            if let Some(arriving) = sent.get(id) {
                let plan = Arc::make_mut(&mut plan);
                arriving.iter().for_each(|one| changes::receive(plan, (*one).clone()));
                plan.occurrences.sort_by(|a, b| order(a).cmp(&order(b)));
            }
            self.whole.insert(*id, plan);
        }
    }

    /// The plan of a document.
    pub(super) fn get(&self, id: DocId) -> Option<&Arc<Plan>> {
        self.whole.get(&id)
    }

    /// What there is to tell of a document's plan.
    pub(super) fn told(&self, id: DocId) -> &[Finding] {
        self.own.get(&id).map_or(&[], |(_, told)| &told.findings)
    }

    /// What there is to tell of all plans.
    pub(super) fn findings(&self) -> impl Iterator<Item = (DocId, &Vec<Finding>)> {
        self.own.iter().map(|(id, (_, told))| (*id, &told.findings))
    }

    /// The changes of its own that strike anything at a document: their places in its list, and when all that they
    /// touch is over.
    pub(super) fn struck(&self, id: DocId) -> &[(usize, Timestamp)] {
        self.own.get(&id).map_or(&[], |(_, told)| &told.struck)
    }

    /// The documents whose own changes strike anything.
    pub(super) fn changed(&self) -> BTreeSet<DocId> {
        self.own.iter().filter(|(_, (_, told))| !told.struck.is_empty()).map(|(id, _)| *id).collect()
    }

    /// When all that a change of campaign.yaml touches is over, by the change's place there.
    pub(super) fn everywhere(&self) -> BTreeMap<usize, Timestamp> {
        let mut ends = BTreeMap::new();
        for (index, over) in self.own.values().flat_map(|(_, told)| &told.met) {
            let until = ends.entry(*index).or_insert(*over);
            *until = (*over).max(*until);
        }
        ends
    }
}

/// Expands the plan of one document, where its kind has any.
fn plan(
    one: &Merged,
    ground: Ground<'_>,
    everywhere: &Everywhere<'_>,
    zones: &Zones,
) -> Option<(Arc<Plan>, Told)> {
    let Ground { files, names, frame, .. } = ground;
    let mut planner = Planner { one, names, frame, zones, told: Told::default() };
    let mut plan = match &*one.fields {
        Fields::Location(fields) => planner.location(fields, files, everywhere),
        Fields::Event(fields) => {
            let zone = planner.zone_of(fields.location.as_deref(), &frame.zone);
            planner.event(fields, &zone)
        }
        Fields::Page | Fields::Statement(_) | Fields::Timeline(_) => return None,
    };
    plan.occurrences.sort_by(|a, b| order(a).cmp(&order(b)));
    Some((Arc::new(plan), planner.told))
}

fn zones(shown: &Shown) -> Zones {
    let zone = |one: &Merged| match &*one.fields {
        Fields::Location(fields) => fields.zone.as_ref().map(|(zone, _)| (one.group, zone.clone())),
        Fields::Page | Fields::Statement(_) | Fields::Event(_) | Fields::Timeline(_) => None,
    };
    shown.all().iter().filter_map(zone).collect()
}

fn order(one: &Occurrence) -> (Date, Option<Timestamp>, Timestamp, &Option<Arc<str>>) {
    (one.date, one.start, one.over, &one.title)
}

//! The lists that any template may name: statements, locations, regions, timelines, events.

use std::collections::BTreeSet;

use tera::Value;

use super::occurrence::next;
use super::value::{list, record, text};
use super::{Scene, Shared};
use crate::base::DocId;
use crate::model::{Details, Kind};

/// How many statements are recent.
const RECENT: usize = 6;

impl Scene<'_> {
    /// `recent`.
    pub(in crate::theme) fn recent(&self) -> Value {
        self.shared(Shared::Recent, || self.cards(self.reader.newest(self.language, RECENT).to_vec()))
    }

    /// `statements`.
    pub(in crate::theme) fn statements(&self) -> Value {
        self.shared(Shared::Statements, || self.of_kind(Kind::Statement))
    }

    /// `locations`.
    pub(in crate::theme) fn locations(&self) -> Value {
        self.shared(Shared::Locations, || self.of_kind(Kind::Location))
    }

    /// `timelines`.
    pub(in crate::theme) fn timelines(&self) -> Value {
        self.shared(Shared::Timelines, || self.of_kind(Kind::Timeline))
    }

    fn of_kind(&self, kind: Kind) -> Value {
        self.cards(self.reader.of_kind(self.language, kind).iter().copied())
    }

    /// `regions`: the locations, region by region.
    pub(in crate::theme) fn regions(&self) -> Value {
        self.shared(Shared::Regions, || {
            let ids = self.reader.of_kind(self.language, Kind::Location);
            let region = |id: &DocId| match self.card(*id).map(|card| &card.details) {
                Some(Details::Location(location)) => location.region.as_deref(),
                _ => None,
            };
            let mut first = 1;
            list(ids.chunk_by(|a, b| region(a) == region(b)).map(|ids| {
                let name = ids.first().and_then(region);
                let number = first;
                first += ids.len();
                record([
                    ("name", text(name)),
                    ("first", number.into()),
                    ("locations", self.cards(ids.iter().copied())),
                ])
            }))
        })
    }

    /// `photos`: the pictures that stand for published documents, each once, those of the newest statements first.
    pub(in crate::theme) fn photos(&self) -> Value {
        self.shared(Shared::Photos, || {
            let ids = Kind::LISTED.into_iter().flat_map(|kind| self.reader.of_kind(self.language, kind));
            let mut seen = BTreeSet::new();
            let pictures = ids.filter_map(|id| self.card(*id)?.image.as_ref());
            list(pictures.filter(|picture| seen.insert(&picture.out)).map(|picture| self.picture(picture)))
        })
    }

    /// `events`: those that are ahead, the next one first, then those that are past, the latest first.
    pub(in crate::theme) fn events(&self) -> Value {
        self.shared(Shared::Events, || {
            let ids = self.reader.of_kind(self.language, Kind::Event);
            let mut ahead = Vec::new();
            let mut past = Vec::new();
            for id in ids {
                let Some(card) = self.card(*id) else { continue };
                let Details::Event(event) = &card.details else { continue };
                match next(&self.reader.plan(*id).occurrences, &self.event_zone(event, None)) {
                    Some(next) => ahead.push((next.date, next.over, *id)),
                    None => past.push(*id),
                }
            }
            ahead.sort();
            past.reverse();
            self.cards(ahead.into_iter().map(|(_, _, id)| id).chain(past))
        })
    }
}

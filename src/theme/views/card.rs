//! Cards: what lists, links and embeds show of a document. Made once for each document and language.

use tera::Value;

use super::occurrence::{Spot, next, type_word};
use super::value::{fields, list, record, text, with};
use super::{Scene, dates, links, timeline};
use crate::base::DocId;
use crate::model::{Card, Details, Event, Issuer, LocationStatus, Occurrence, Side, StatementType, Venue};
use crate::theme::address::Address;

impl<'a> Scene<'a> {
    /// A document's card; `none` where it is not shown. Cards within it are plain ones.
    pub(in crate::theme) fn full_card(&self, id: DocId) -> Value {
        self.kept(self.views.cell(&self.views.full, id, self.language), || self.make_full(id))
    }

    /// A document's card without what is next and without its events, so that cards never hold each other in a circle.
    pub(super) fn plain_card(&self, id: DocId) -> Value {
        self.kept(self.views.cell(&self.views.plain, id, self.language), || {
            self.card(id).map_or_else(Value::none, |card| self.make_plain(card))
        })
    }

    /// The cards of documents.
    pub(super) fn cards(&self, ids: impl IntoIterator<Item = DocId>) -> Value {
        list(ids.into_iter().map(|id| self.full_card(id)).filter(|card| !card.is_none()))
    }

    /// The card of a document in the scene's language, or `none`.
    pub(super) fn card_or_none(&self, id: Option<DocId>) -> Value {
        id.map_or_else(Value::none, |id| self.full_card(self.version(id)))
    }

    fn make_full(&self, id: DocId) -> Value {
        let plain = self.plain_card(id);
        let Some(card) = self.card(id) else { return plain };
        match &card.details {
            Details::Location(_) if !["hours_today", "today", "next"].iter().any(|name| self.shows(name)) => {
                plain
            }
            Details::Location(location) => {
                let spot = Spot::of(self, location);
                let occurrences = &self.reader.plan(id).occurrences;
                let next = next(occurrences, &spot).map(|next| self.occurrence(next, &spot));
                let today = self.hours_today(occurrences, &spot);
                // Asked for only where it is shown: what is not on today holds for longer than the day.
                let day = (!today.is_none()).then(|| self.date(spot.clock.today(spot.zone)));
                with(&plain, [("hours_today", today), ("today", day.into()), ("next", next.into())])
            }
            Details::Event(event) => {
                let next = next(&self.reader.plan(id).occurrences, &self.event_zone(event, None));
                let spot = self.event_spot(event, card, next, true);
                let next = next.map(|next| self.occurrence(next, &spot));
                with(&plain, [("next", next.into())])
            }
            Details::Timeline(events) => with(&plain, [("events", timeline::events(self, card, events))]),
            Details::Home | Details::Page | Details::Statement(_) => plain,
        }
    }

    fn make_plain(&self, card: &Card) -> Value {
        let details = self.details(card);
        record(fields![self, shows;
            ("kind", card.kind().name().into()),
            ("title", card.title.as_str().into()),
            ("url", self.url(&card.route).into()),
            ("language", self.code(card.language).into()),
            ("fallback", (card.language != self.language).into()),
            ("summary", text(card.summary.as_deref())),
            ("image", self.picture_or_none(card.image.as_ref())),
            ("tags", self.tags(&card.tags)),
            ("hours_today", Value::none()),
            ("today", Value::none()),
            ("next", Value::none()),
            ("events", list([])),
            ("date", details.date),
            ("type", details.kind.into()),
            ("type_label", details.label.into()),
            ("issuer", details.issuer),
            ("status", details.status.into()),
            ("time_zone", text(details.place.zone())),
            ("address", text(details.place.address)),
            ("city", text(details.place.city)),
            ("region", text(details.place.region)),
            ("district", text(details.place.district)),
            ("postal_code", text(details.place.postal_code)),
            ("address_line", text(details.place.line().as_deref())),
            ("coordinates", details.place.coordinates.map(links::coordinates).into()),
        ])
    }

    fn details<'c>(&'c self, card: &'c Card) -> CardDetails<'c> {
        let none = CardDetails {
            date: Value::none(),
            kind: None,
            label: None,
            issuer: Value::none(),
            status: None,
            place: Address::default(),
        };
        match &card.details {
            Details::Statement(statement) => CardDetails {
                date: self.date(statement.date),
                kind: Some(statement_type(statement.kind)),
                label: Some(self.words.get(statement_word(statement.kind))),
                issuer: self.issuer(statement.issuer.as_ref()),
                ..none
            },
            Details::Location(location) => CardDetails {
                kind: Some(&type_word(location.kind)["type_".len()..]),
                label: Some(self.words.get(type_word(location.kind))),
                status: Some(status_name(location.status)),
                place: Address::of_location(location),
                ..none
            },
            Details::Event(event) => CardDetails {
                date: dates::range(self.words, event.gathering.dates),
                place: match event.place(self.reader.plan(card.id)) {
                    Some(place) => Address::of_place(place, &self.campaign.zone_name),
                    None => Address::default(),
                },
                ..none
            },
            Details::Home | Details::Page | Details::Timeline(_) => none,
        }
    }

    /// Who speaks; the union where nobody else is named.
    pub(super) fn issuer(&self, issuer: Option<&Issuer>) -> Value {
        let named =
            |name: &str, side: Side| record([("name", name.into()), ("side", side_name(side).into())]);
        match issuer {
            Some(issuer) => named(&issuer.name, issuer.side),
            None => {
                let short =
                    |union: &crate::model::Union| union.short.clone().unwrap_or_else(|| union.name.clone());
                let names: Vec<String> = self.texts.unions.iter().map(short).collect();
                named(&self.words.list(&names), Side::Union)
            }
        }
    }

    /// How the moment stands where a day of an event takes place: in the zone of its location, else in the campaign's.
    pub(super) fn event_zone(&self, event: &Event, day: Option<&Occurrence>) -> Spot<'a> {
        let location = event.location_on(day);
        let zone = location.and_then(|id| self.card(id)).and_then(|card| match &card.details {
            Details::Location(location) => Some(&location.zone),
            _ => None,
        });
        Spot::new(self, zone.unwrap_or(&self.campaign.zone))
    }

    /// The same, with where it takes place.
    pub(super) fn event_spot(
        &self,
        event: &Event,
        card: &Card,
        day: Option<&Occurrence>,
        plain: bool,
    ) -> Spot<'a> {
        let location = event.location_on(day);
        let place = match (location, &event.venue) {
            (None, Venue::Place(place)) => place.name.clone().or_else(|| Address::of_place(place, "").line()),
            _ => None,
        };
        let shown = |id| if plain { self.plain_card(id) } else { self.full_card(id) };
        Spot {
            location: location.map_or_else(Value::none, |id| shown(self.version(id))),
            url: self.url(&card.route).into(),
            place: text(place.as_deref()),
            ..self.event_zone(event, day)
        }
    }
}

struct CardDetails<'c> {
    date: Value,
    kind: Option<&'c str>,
    label: Option<&'c str>,
    issuer: Value,
    status: Option<&'c str>,
    place: Address<'c>,
}

/// The name of a type of statement, as front matter writes it.
pub(super) fn statement_type(kind: StatementType) -> &'static str {
    &statement_word(kind)["type_".len()..]
}

/// The word for a type of statement.
pub(super) fn statement_word(kind: StatementType) -> &'static str {
    match kind {
        StatementType::Release => "type_release",
        StatementType::Update => "type_update",
        StatementType::Advisory => "type_advisory",
        StatementType::Letter => "type_letter",
        StatementType::Report => "type_report",
    }
}

/// The name of a location's status, as front matter writes it.
pub(super) fn status_name(status: LocationStatus) -> &'static str {
    match status {
        LocationStatus::Active => "active",
        LocationStatus::Exempt => "exempt",
        LocationStatus::Closed => "closed",
    }
}

/// The name of a side, as front matter writes it.
pub(super) fn side_name(side: Side) -> &'static str {
    match side {
        Side::Union => "union",
        Side::Employer => "employer",
        Side::Ally => "ally",
        Side::Joint => "joint",
    }
}

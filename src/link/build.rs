//! A document with every reference resolved.

use std::sync::Arc;

use super::merge::Merged;
use super::references::{From, Scope, field};
use super::told::{Notes, tell};
use crate::base::FieldPath;
use crate::diagnostics::finding;
use crate::model::{
    Body, Card, Correction, DateRange, Details, Document, Event, Gathering, Kind, LinkedEvent, Location,
    LocationType, Picture, Plan, Prose, ShiftHours, Statement, Timeline, Venue, Visibility,
};
use crate::parse::{Doc, EventFields, Fields, ImageField, LocationFields, StatementFields, TimelineFields};

/// Builds a document; `plan` holds its occurrences, for kinds that have any.
pub(super) fn document(one: &Merged, scope: &Scope<'_>, plan: Option<&Arc<Plan>>) -> (Document, Notes) {
    let mut builder = Builder { one, scope, notes: Notes::default() };
    let card = builder.card();
    let prose = builder.prose();
    let plan = plan.map(Arc::clone).unwrap_or_default();
    (Document { visibility: visibility(one, scope), card, plan, prose }, builder.notes)
}

/// When it may be published; a translation of a draft is one as well.
fn visibility(one: &Merged, scope: &Scope<'_>) -> Visibility {
    let zone = &scope.frame.zone;
    let is_draft = |doc: &Doc| doc.common.draft == Some(true);
    Visibility {
        draft: is_draft(&one.doc) || is_draft(&one.original),
        from: one.common.publish.map(|publish| publish.begins(zone)),
        until: one.common.expires.map(|expires| expires.ends(zone)),
    }
}

struct Builder<'a> {
    one: &'a Merged,
    scope: &'a Scope<'a>,
    notes: Notes,
}

impl Builder<'_> {
    fn card(&mut self) -> Card {
        let one = self.one;
        let zone = &self.scope.frame.zone;
        let common = &one.common;
        let image = common.image.as_ref().and_then(|image| {
            let says = one.says(one.doc.common.image.as_ref().is_some_and(|own| own.file.is_some()));
            self.picture(says, FieldPath::of("image"), image)
        });
        let image = if common.image.is_none() { self.campaigns_photo() } else { image };
        Card {
            id: one.id,
            source: one.doc.file.clone(),
            language: one.language,
            slug: one.slug.clone(),
            route: self.scope.routes.out(one.id).cloned().unwrap_or_else(|| unrouted(one)),
            title: self.title(),
            summary: common.summary.clone(),
            lead: one.text().body.lead.clone(),
            tags: one.tags.clone(),
            image,
            sources: common.sources.clone().unwrap_or_default(),
            updated: common.updated,
            published: common.publish.map(|publish| publish.begins(zone)),
            layout: common.layout.clone(),
            versions: one.versions.clone(),
            unpublished: one.unpublished,
            details: self.details(),
        }
    }

    /// The title; a home page in a language of its own, or without a title, has the campaign's.
    fn title(&self) -> String {
        let (one, own) = (self.one, self.one.common.title.clone());
        let borrowed =
            one.kind() == Kind::Home && one.language != self.original_language() && one.is_original();
        let campaigns = || self.scope.frame.titles.get(one.language.index()).cloned();
        own.filter(|_| !borrowed).or_else(campaigns).unwrap_or_default()
    }

    fn details(&mut self) -> Details {
        match &*self.one.fields {
            Fields::Page if self.one.kind() == Kind::Home => Details::Home,
            Fields::Page => Details::Page,
            Fields::Statement(fields) => Details::Statement(Box::new(self.statement(fields))),
            Fields::Location(fields) => Details::Location(Box::new(self.location(fields))),
            Fields::Event(fields) => Details::Event(Box::new(self.event(fields))),
            Fields::Timeline(fields) => self.timeline(fields).map_or(Details::Page, Details::Timeline),
        }
    }

    fn prose(&mut self) -> Prose {
        let one = self.one;
        let text = one.text();
        let own = one.doc.common.key_points.is_some();
        let points = one.common.key_points.clone().unwrap_or_default();
        let key_points = points.iter().map(|point| self.link(point, one.says(own))).collect();
        let language =
            if std::ptr::eq(text, &*one.original) { self.original_language() } else { one.language };
        Prose { language, key_points, body: self.link(&text.body, text) }
    }

    fn original_language(&self) -> crate::model::LanguageId {
        self.scope.frame.language_of(&self.one.original)
    }

    /// Resolves a text's references as they stand in a file.
    fn link(&mut self, body: &Arc<Body>, says: &Doc) -> crate::model::Linked {
        let (scope, frame) = (self.scope, self.scope.frame);
        let german = frame.is_german(frame.language_of(says));
        let one = self.one;
        let said_here = one.is(says) || std::ptr::eq(one.text(), says);
        let from = From {
            file: &says.file,
            language: one.language,
            one: Some(one),
            says: if said_here { Some(one) } else { scope.sibling(one, says) },
        };
        scope.link(body, german, from, &mut self.notes)
    }

    /// The photo that stands for the campaign, on its home page.
    fn campaigns_photo(&mut self) -> Option<Picture> {
        if self.one.kind() != Kind::Home {
            return None;
        }
        let tag = self.tag();
        self.scope.pictures.campaigns(tag.as_deref(), &mut self.notes)
    }

    fn tag(&self) -> Option<String> {
        self.scope.frame.languages.get(self.one.language.index()).map(ToString::to_string)
    }

    fn picture(&mut self, says: &Doc, path: FieldPath, image: &ImageField) -> Option<Picture> {
        let (tag, place) = (self.tag(), field(&says.file, path));
        self.scope.pictures.field(&says.file, &place, image, tag.as_deref(), &mut self.notes)
    }

    fn resolve(&mut self, says: &Doc, path: FieldPath, name: &str, kind: Kind) -> Option<crate::base::DocId> {
        let place = field(&says.file, path);
        self.scope.names.resolve(place, name, kind, self.one.language, &mut self.notes.findings)
    }

    fn statement(&mut self, fields: &StatementFields) -> Statement {
        let one = self.one;
        let own = match &*one.doc.fields {
            Fields::Statement(own) => {
                (own.locations.is_some(), own.timeline.is_some(), own.corrections.is_some())
            }
            _ => (false, false, false),
        };
        let mut locations = Vec::new();
        for (index, name) in fields.locations.iter().flatten().enumerate() {
            let path = FieldPath::of("locations").index(index);
            locations.extend(self.resolve(one.says(own.0), path, name, Kind::Location));
        }
        let timeline = fields.timeline.as_ref();
        let timeline = timeline
            .and_then(|name| self.resolve(one.says(own.1), FieldPath::of("timeline"), name, Kind::Timeline));
        let corrections = fields.corrections.iter().flatten();
        let corrections = corrections
            .map(|(date, text)| Correction { date: *date, text: self.link(text, one.says(own.2)) })
            .collect();
        Statement {
            date: fields.date.unwrap_or_default(),
            kind: fields.kind.unwrap_or_default(),
            issuer: fields.issuer.clone(),
            source: fields.source.clone(),
            dateline: fields.dateline.clone(),
            speakers: fields.speakers.clone().unwrap_or_default(),
            locations,
            timeline,
            corrections,
            contact: fields.contact.clone(),
        }
    }

    fn location(&mut self, fields: &LocationFields) -> Location {
        let frame = self.scope.frame;
        let (zone, zone_name) =
            fields.zone.clone().unwrap_or_else(|| (frame.zone.clone(), frame.zone_name.clone()));
        let kind = fields.kind.unwrap_or_default();
        if kind == LocationType::Picket
            && fields.place.coordinates.is_none()
            && self.one.doc.file == self.one.original.file
        {
            tell(
                &mut self.notes.findings,
                finding::no_coordinates(field(&self.one.doc.file, FieldPath::of("coordinates"))),
            );
        }
        let place = fields.place.clone();
        Location {
            address: place.address,
            district: fields.district.clone(),
            city: place.city,
            region: place.region,
            postal_code: place.postal_code,
            country: place.country,
            kind,
            employer: fields.employer.clone(),
            local: fields.local.clone(),
            stay: crate::model::Stay { from: fields.from, to: fields.to },
            status: fields.status.unwrap_or_default(),
            entrances: fields.entrances.clone().unwrap_or_default(),
            coordinates: place.coordinates,
            zone,
            zone_name,
            url: fields.url.clone(),
            practical: fields.practical.clone(),
        }
    }

    fn event(&mut self, fields: &EventFields) -> Event {
        let one = self.one;
        let own = matches!(&*one.doc.fields, Fields::Event(own) if own.location.is_some());
        let location = fields.location.as_ref();
        let location = location
            .and_then(|name| self.resolve(one.says(own), FieldPath::of("location"), name, Kind::Location));
        let venue = match (location, &fields.place) {
            (Some(id), _) => Venue::Location(id),
            (None, Some(place)) => Venue::Place(place.clone()),
            (None, None) => Venue::None,
        };
        Event {
            gathering: Gathering {
                title: one.common.title.clone().unwrap_or_default(),
                dates: fields.dates.unwrap_or_else(|| DateRange::day(frame_day(self.scope))),
                hours: fields.hours.clone().unwrap_or(ShiftHours::Open),
                speakers: fields.speakers.clone().unwrap_or_default(),
            },
            venue,
            url: fields.url.clone(),
        }
    }

    fn timeline(&mut self, fields: &TimelineFields) -> Option<Timeline> {
        let one = self.one;
        let own = matches!(&*one.doc.fields, Fields::Timeline(own) if own.events.is_some());
        let says = one.says(own);
        let mut events = Vec::new();
        for (index, entry) in fields.events.iter().flatten().enumerate() {
            let at = FieldPath::of("events").index(index);
            let statement = entry.statement.as_ref();
            let statement =
                statement.and_then(|name| self.resolve(says, at.key("statement"), name, Kind::Statement));
            let location = entry.location.as_ref();
            let location =
                location.and_then(|name| self.resolve(says, at.key("location"), name, Kind::Location));
            let image = entry.image.as_ref().and_then(|image| self.picture(says, at.key("image"), image));
            events.push(LinkedEvent {
                from: entry.from,
                to: entry.to,
                title: entry.title.clone(),
                text: entry.text.as_ref().map(|text| self.link(text, says)),
                source: entry.source.clone(),
                statement,
                location,
                image,
                approximate: entry.approximate,
            });
        }
        let german = self.scope.frame.is_german(one.language);
        Timeline::new(events, fields.zone.clone(), german)
    }
}

/// A day for an event whose own is missing; nothing is published then.
fn frame_day(scope: &Scope<'_>) -> jiff::civil::Date {
    scope.frame.clock.today(&scope.frame.zone)
}

/// A path for a document whose address is taken; nothing is published then.
fn unrouted(one: &Merged) -> crate::base::OutPath {
    let path = format!("unrouted/{}", one.id.index());
    crate::base::OutPath::page(&path).unwrap_or_else(|| unreachable!("a number is a safe path"))
}

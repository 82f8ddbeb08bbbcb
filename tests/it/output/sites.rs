//! Hand-made sites, as `link` would make them, and a theme that answers in plain words.

use std::collections::BTreeMap;
use std::sync::Arc;

use handbill::base::url::BaseUrl;
use handbill::base::{DocId, LanguageTag, OutPath, Slug, SourcePath};
use handbill::diagnostics::Checked;
use handbill::model::{
    Beside, Campaign, Card, Coordinates, DateRange, Details, Document, Event, Gathering, Hours, Kind,
    LanguageId, Linked, Listing, Lists, Location, LocationStatus, LocationType, Notice, Occurrence,
    OccurrenceKind, OccurrenceStatus, Page, Place, Plan, Practical, Prose, Reader, Route, Shift, ShiftHours,
    Site, Statement, StatementType, Stay, Texts, ThemeSettings, Timeline, TimelineEvent, Union, Venue,
    Visibility, When,
};
use handbill::output::{Fonts, Presenter};
use handbill::theme::Told;
use jiff::Timestamp;
use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;

/// A theme that answers in plain words.
pub(super) struct Fake;

impl Presenter for Fake {
    fn prose(&self, id: DocId, reader: &Reader<'_>) -> String {
        let lead = reader.prose(id).map(|prose| prose.body.body.lead.clone()).unwrap_or_default();
        format!("<p>{lead}</p>")
    }

    fn statement_text(&self, id: DocId, reader: &Reader<'_>) -> String {
        reader.card(id).map(|card| card.title.clone()).unwrap_or_default()
    }

    fn text(&self, text: &Linked, _: &Card, _: &Reader<'_>) -> String {
        format!("<p>{}</p>", text.body.lead)
    }

    fn word(&self, language: LanguageId, key: &str) -> String {
        if language.index() == 0 { format!("[{key}]") } else { format!("[{key} {}]", language.index()) }
    }

    fn asset(&self, name: &str) -> Option<String> {
        Some(format!("https://union.example/assets/{name}"))
    }

    fn hours(&self, _: LanguageId, occurrence: &Occurrence) -> String {
        match occurrence.hours {
            ShiftHours::Known(Hours::Span { start, end, .. }) => format!("{start}-{end}"),
            _ => "[hours_open]".to_owned(),
        }
    }

    fn address(&self, location: &Location) -> Option<String> {
        location.address.clone()
    }

    fn place_address(&self, place: &Place, _: &str) -> Option<String> {
        place.address.clone()
    }

    fn notice(&self, _: LanguageId, notice: &Notice) -> Told {
        Told { title: format!("[changed] {}", notice.places.join(", ")), now: notice.to.clone() }
    }

    fn date(&self, _: LanguageId, date: Date) -> String {
        date.to_string()
    }

    fn shift(&self, _: LanguageId, shift: &Shift) -> String {
        format!("{:?}", shift.days)
    }

    fn is_rtl(&self, _: LanguageId) -> bool {
        false
    }

    fn fonts(&self, _: LanguageId) -> Arc<Fonts> {
        Arc::new(Fonts::new(None))
    }

    fn accent(&self) -> Option<String> {
        Some("#8a1c1c".to_owned())
    }

    fn page(&self, page: &Page, _: &Reader<'_>, json_ld: &dyn Fn() -> String) -> Checked<String> {
        Checked::clean(format!("{page:?}\n{}", json_ld()))
    }

    fn redirect(&self, index: usize, _: &Reader<'_>) -> Checked<String> {
        Checked::clean(format!("redirect {index}"))
    }
}

pub(super) fn out(path: &str) -> OutPath {
    OutPath::new(path).unwrap()
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn zone() -> TimeZone {
    TimeZone::get("America/Los_Angeles").unwrap()
}

/// A campaign in English with nothing in it, as of noon on 22 October 2024.
pub(super) fn empty(base: &str) -> Site {
    let texts = Texts {
        title: "Care can't wait".to_owned(),
        tagline: Some("Safe staffing & fair pay".to_owned()),
        unions: vec![Union {
            name: "United Nurses".to_owned(),
            short: Some("UN".to_owned()),
            url: Some("https://nurses.example/".to_owned()),
            ..Union::default()
        }],
        ..Texts::default()
    };
    let campaign = Campaign {
        base: BaseUrl::parse(base).unwrap(),
        zone: zone(),
        zone_name: "America/Los_Angeles".to_owned(),
        languages: vec![LanguageTag::parse("en").unwrap()],
        hosts: Vec::new(),
        left_out: vec![Beside::Cards],
        card_fonts: Vec::new(),
        theme: ThemeSettings::default(),
        phases: Vec::new(),
        texts: vec![texts],
    };
    Site {
        campaign,
        moment: at("2024-10-22T12:00:00-07:00"),
        stamp: at("2024-10-22T12:00:00-07:00"),
        phase: None,
        record: false,
        documents: Vec::new(),
        prints: Vec::new(),
        notices: Vec::new(),
        signs: Vec::new(),
        media: BTreeMap::new(),
        assets: Vec::new(),
        statics: BTreeMap::new(),
        redirects: Vec::new(),
        gone: Vec::new(),
        lists: vec![Lists::default()],
        routes: BTreeMap::new(),
        index: handbill::model::Index::default(),
    }
}

/// An empty campaign at the root of a host.
pub(super) fn site() -> Site {
    empty("https://union.example/")
}

/// Adds Spanish.
pub(super) fn with_spanish(mut site: Site) -> Site {
    site.campaign.languages.push(LanguageTag::parse("es").unwrap());
    let texts = Texts { title: "La salud no espera".to_owned(), ..site.campaign.texts[0].clone() };
    site.campaign.texts.push(texts);
    site.lists.push(Lists::default());
    site
}

/// A card in a language; its number and versions are set by [`add`].
pub(super) fn card(language: LanguageId, slug: &str, title: &str, details: Details) -> Card {
    let folder = details.kind().folder();
    let prefix = if language.index() == 0 { "" } else { "es/" };
    let page = format!("{prefix}{folder}/{slug}");
    let page = if details.kind() == Kind::Home { prefix } else { &page };
    Card {
        id: DocId::new(0),
        source: SourcePath::new(&format!("content/{slug}.md")).unwrap(),
        language,
        slug: Slug::parse(slug).unwrap(),
        route: OutPath::page(&page.replace("//", "/")).unwrap(),
        title: title.to_owned(),
        summary: None,
        lead: String::new(),
        tags: Vec::new(),
        image: None,
        sources: Vec::new(),
        updated: None,
        published: None,
        layout: None,
        versions: Vec::new(),
        unpublished: false,
        details,
    }
}

/// Adds a document to its list and to the routes, and its list's page.
pub(super) fn add(site: &mut Site, mut card: Card) -> DocId {
    let id = DocId::new(site.documents.len());
    let (language, kind) = (card.language, card.kind());
    card.id = id;
    card.versions = vec![None; site.campaign.languages.len()];
    card.versions[language.index()] = Some(id);
    let lists = &mut site.lists[language.index()];
    match kind {
        Kind::Statement => lists.statements.push(id),
        Kind::Location => lists.locations.push(id),
        Kind::Event => lists.events.push(id),
        Kind::Timeline => lists.timelines.push(id),
        Kind::Home | Kind::Page => {}
    }
    if Kind::LISTED.contains(&kind) {
        let listing = Listing::Kind { kind, number: 1 };
        let path = listing.out(&site.campaign, language).unwrap();
        site.routes.insert(path, Route::Page(Page::List(language, listing)));
    }
    site.routes.insert(card.route.clone(), Route::Page(Page::Document(id)));
    site.documents.push(Some(Document {
        visibility: Visibility::default(),
        card,
        plan: Plan::none().into(),
        prose: Prose::default(),
    }));
    id
}

/// Adds a document with what happens at it.
pub(super) fn add_planned(site: &mut Site, card: Card, occurrences: Vec<Occurrence>) -> DocId {
    let id = add(site, card);
    replan(site, id, |plan| plan.occurrences = occurrences);
    id
}

/// Changes a plan in place.
pub(super) fn replan(site: &mut Site, id: DocId, edit: impl FnOnce(&mut Plan)) {
    edit(Arc::make_mut(&mut site.documents[id.index()].as_mut().unwrap().plan));
}

/// Makes two documents each other's translation.
pub(super) fn pair(site: &mut Site, english: DocId, spanish: DocId) {
    for id in [english, spanish] {
        change(site, id, |card| card.versions = vec![Some(english), Some(spanish)]);
    }
}

/// Changes a card in place.
pub(super) fn change(site: &mut Site, id: DocId, edit: impl FnOnce(&mut Card)) {
    edit(&mut site.documents[id.index()].as_mut().unwrap().card);
}

/// Changes a location in place.
pub(super) fn relocate(site: &mut Site, id: DocId, edit: impl FnOnce(&mut Location)) {
    change(site, id, |card| match &mut card.details {
        Details::Location(location) => edit(location),
        other => panic!("no location: {other:?}"),
    });
}

pub(super) fn statement(date: Date) -> Statement {
    Statement {
        date,
        kind: StatementType::Release,
        issuer: None,
        source: None,
        dateline: None,
        speakers: Vec::new(),
        locations: Vec::new(),
        timeline: None,
        corrections: Vec::new(),
        contact: None,
    }
}

pub(super) fn release(slug: &str, title: &str, date: Date) -> Card {
    card(LanguageId(0), slug, title, Details::Statement(Box::new(statement(date))))
}

pub(super) fn picket(slug: &str, name: &str) -> Card {
    let location = Location {
        address: Some("9961 Sierra Ave".to_owned()),
        district: None,
        city: Some("Fontana".to_owned()),
        region: Some("CA".to_owned()),
        postal_code: Some("08058".to_owned()),
        country: None,
        kind: LocationType::Picket,
        employer: None,
        local: None,
        stay: Stay::default(),
        status: LocationStatus::Active,
        entrances: Vec::new(),
        coordinates: Coordinates::new(34.072_612_345, -117.4343),
        zone: zone(),
        zone_name: "America/Los_Angeles".to_owned(),
        url: None,
        practical: Practical::default(),
    };
    card(LanguageId(0), slug, name, Details::Location(Box::new(location)))
}

/// A shift from 6 to 14 o'clock.
pub(super) fn shift(day: Date) -> Occurrence {
    let clock = |hour| Time::new(hour, 0, 0, 0).unwrap();
    let instant = |hour| Some(zone().to_timestamp(day.to_datetime(clock(hour))).unwrap());
    Occurrence {
        date: day,
        hours: ShiftHours::Known(Hours::Span { start: clock(6), end: clock(14), next_day: false }),
        start: instant(6),
        end: instant(14),
        over: instant(14).unwrap(),
        title: None,
        kind: OccurrenceKind::Shift,
        status: OccurrenceStatus::Planned,
        note: None,
        speakers: Vec::new().into(),
        line: 0,
        planned: day,
        at: None,
        origin: None,
        revision: 0,
    }
}

/// A day whose hours are not known.
pub(super) fn open_day(day: Date) -> Occurrence {
    let over = When::Day(day).ends(&zone());
    Occurrence { hours: ShiftHours::Open, start: None, end: None, over, ..shift(day) }
}

pub(super) fn rally(slug: &str, title: &str, venue: Venue, occurrences: &[Occurrence]) -> Card {
    let first = occurrences.first().map_or(date(2024, 10, 24), |day| day.date);
    let gathering = Gathering {
        title: title.to_owned(),
        dates: DateRange { first, last: occurrences.last().map_or(first, |day| day.date) },
        hours: ShiftHours::Open,
        speakers: Vec::new(),
    };
    let event = Event { gathering, venue, url: None };
    card(LanguageId(0), slug, title, Details::Event(Box::new(event)))
}

pub(super) fn chronology(slug: &str, title: &str) -> Card {
    let event = TimelineEvent {
        from: When::Year(2024),
        to: None,
        title: "The strike".to_owned(),
        text: None,
        source: None,
        statement: None,
        location: None,
        image: None,
        approximate: false,
    };
    card(LanguageId(0), slug, title, Details::Timeline(Timeline::new(vec![event], None, false).unwrap()))
}

/// Bytes as the site shares them.
pub(super) fn shared(text: &str) -> Arc<[u8]> {
    Arc::from(text.as_bytes())
}

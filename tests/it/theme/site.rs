//! A small site made by hand: what `link` would make of a few files.

use std::collections::BTreeMap;
use std::sync::Arc;

use handbill::base::url::BaseUrl;
use handbill::base::{DocId, Fingerprint, Html, LanguageTag, OutPath, Slug, SourcePath, Tree};
use handbill::diagnostics::Place;
use handbill::model::*;
use handbill::theme::Theme;
use jiff::civil::{Date, DateTime, Time, date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

pub(super) const HOME: usize = 0;
pub(super) const STRIKE: usize = 1;
pub(super) const STRIKE_ES: usize = 2;
pub(super) const KAISER: usize = 3;
pub(super) const FONTANA: usize = 4;
pub(super) const ANAHEIM: usize = 5;
pub(super) const RALLY: usize = 6;
pub(super) const TIMELINE: usize = 7;
pub(super) const ABOUT: usize = 8;

pub(super) fn languages() -> Vec<LanguageTag> {
    ["en", "es"].iter().map(|tag| LanguageTag::parse(tag).unwrap()).collect()
}

pub(super) fn named() -> Place {
    Place::file(&SourcePath::new("content/campaign.yaml").unwrap())
}

pub(super) fn theme_of(tree: &Tree) -> Theme {
    let settings = ThemeSettings { accent: Some("#123456".to_owned()), ..ThemeSettings::default() };
    let loaded = Theme::load(tree, &settings, &languages(), &named());
    assert_eq!(loaded.findings, []);
    loaded.value.unwrap()
}

pub(super) fn zone() -> TimeZone {
    TimeZone::get("America/Los_Angeles").unwrap()
}

pub(super) fn at(civil: DateTime) -> Timestamp {
    zone().to_timestamp(civil).unwrap()
}

/// The demo campaign in small, as of a moment in Los Angeles.
pub(super) fn site(theme: &Theme, now: DateTime) -> Site {
    let mut documents = documents(now);
    let media_out = OutPath::new("media/line.0123456789.jpg").unwrap();
    for document in &mut documents {
        document.card.versions.resize(2, None);
    }
    let ids = |ids: &[usize]| ids.iter().map(|id| DocId::new(*id)).collect::<Vec<_>>();
    let lists = |strike| {
        let mut tags = BTreeMap::new();
        let tag = TagList { name: "Strike".to_owned(), documents: ids(&[strike]) };
        tags.insert(slug("strike"), tag);
        Lists {
            statements: ids(&[strike, KAISER]),
            locations: ids(&[ANAHEIM, FONTANA]),
            events: ids(&[RALLY]),
            timelines: ids(&[TIMELINE]),
            years: vec![(2024, ids(&[strike, KAISER]))],
            tags,
        }
    };
    let mut routes = BTreeMap::new();
    for (index, prefix) in ["", "es/"].iter().enumerate() {
        let language = LanguageId::new(index);
        routes.insert(OutPath::new(&format!("{prefix}feed.xml")).unwrap(), Route::Atom(language));
        routes.insert(OutPath::new(&format!("{prefix}feed.json")).unwrap(), Route::JsonFeed(language));
        routes.insert(OutPath::new(&format!("{prefix}m.webmanifest")).unwrap(), Route::Manifest(language));
    }
    let redirect = Redirect {
        out: OutPath::page("strikepay").unwrap(),
        to: Destination::Document(DocId::new(ABOUT)),
        language: LanguageId(0),
        is_short: true,
    };
    Site {
        campaign: campaign(),
        moment: at(now),
        stamp: at(now),
        phase: Some(Phase {
            name: PhaseName::Strike,
            from: When::Moment(date(2024, 10, 21).at(6, 0, 0, 0)),
            employer: None,
        }),
        record: false,
        prints: documents
            .iter()
            .map(|one| Prints {
                link: Fingerprint::of(&(&one.card.title, &one.card.route)),
                card: Fingerprint::of(&one.card),
                plan: Fingerprint::of(&one.plan),
                prose: Fingerprint::of(&one.prose.body),
            })
            .collect(),
        notices: vec![Vec::new(), Vec::new()],
        gone: Vec::new(),
        signs: vec![
            vec![Sign { text: "Care can't wait".to_owned(), to: Destination::Document(DocId::new(ABOUT)) }],
            Vec::new(),
        ],
        documents: documents.into_iter().map(Some).collect(),
        media: BTreeMap::from([(
            media_out.clone(),
            Media {
                source: path("content/media/line.jpg"),
                out: media_out,
                content: Content::Whole(Arc::from(&b"jpeg"[..])),
            },
        )]),
        assets: theme.assets(),
        statics: BTreeMap::new(),
        redirects: vec![redirect],
        lists: vec![lists(STRIKE), lists(STRIKE_ES)],
        routes,
        index: handbill::model::Index::default(),
    }
}

fn campaign() -> Campaign {
    let texts = |title: &str| Texts {
        title: title.to_owned(),
        tagline: Some("Time with patients, a pension and fair pay.".to_owned()),
        unions: vec![Union {
            name: "National Union of Healthcare Workers".to_owned(),
            short: Some("NUHW".to_owned()),
            url: Some("https://nuhw.org/".to_owned()),
            about: Some("A member-led movement.".to_owned()),
            ..Union::default()
        }],
        employers: vec![Employer { name: "Kaiser Permanente".to_owned(), short: None }],
        action: Some(Action {
            label: "Sign up".to_owned(),
            to: Destination::Elsewhere("https://actions.example/shift".to_owned()),
        }),
        alerts: vec![Alert {
            text: "Apply by Friday".to_owned(),
            to: Some(Destination::Document(DocId::new(ABOUT))),
        }],
        press: Some(Contact {
            name: Some("Press desk".to_owned()),
            phone: Some("+1 (555) 010-0100".to_owned()),
            email: Some("press@example.org".to_owned()),
            ..Contact::default()
        }),
        spokespeople: vec![Contact { name: Some("Kim Vo".to_owned()), ..Contact::default() }],
        menu: vec![
            MenuEntry {
                label: MenuLabel::Word("locations_title"),
                to: Destination::Address("locations/".to_owned()),
            },
            MenuEntry {
                label: MenuLabel::Text("About".to_owned()),
                to: Destination::Document(DocId::new(ABOUT)),
            },
        ],
    };
    Campaign {
        base: BaseUrl::parse("https://union.example/campaign").unwrap(),
        zone: zone(),
        zone_name: "America/Los_Angeles".to_owned(),
        languages: languages(),
        hosts: Vec::new(),
        theme: ThemeSettings::default(),
        left_out: vec![handbill::model::Beside::Cards],
        card_fonts: Vec::new(),
        phases: Vec::new(),
        texts: vec![texts("Care can’t wait"), texts("La salud no espera")],
    }
}

fn documents(now: DateTime) -> Vec<Document> {
    let spanish = LanguageId(1);
    let mut home = document(HOME, "", "Care can’t wait", Details::Home);
    home.prose.body = text("<p>Nearly 2,400 are out.</p>\n");
    let mut strike = document(STRIKE, "statements/strike", "The strike begins & goes on", statement(STRIKE));
    strike.card.tags = vec![Tag { slug: slug("strike"), name: "Strike".to_owned() }];
    strike.card.image = Some(picture());
    strike.card.versions = vec![Some(DocId::new(STRIKE)), Some(DocId::new(STRIKE_ES))];
    strike.prose = prose();
    let mut spanish_strike =
        document(STRIKE_ES, "es/statements/huelga", "Empieza la huelga", statement(STRIKE));
    spanish_strike.card.language = spanish;
    spanish_strike.card.tags.clone_from(&strike.card.tags);
    spanish_strike.card.versions.clone_from(&strike.card.versions);
    spanish_strike.prose.body = text("<p>Body in English</p>\n");
    let mut kaiser = document(KAISER, "statements/kaiser", "Kaiser speaks", statement(KAISER));
    kaiser.card.summary = Some("What <Kaiser> says".to_owned());
    let mut about = document(ABOUT, "about", "About", Details::Page);
    about.prose.body = text("<p>About.</p>\n");
    vec![
        home,
        strike,
        spanish_strike,
        kaiser,
        location(FONTANA, "Fontana Medical Center", now, Some(ANAHEIM)),
        location(ANAHEIM, "Anaheim Medical Center", now, None),
        rally(),
        document(TIMELINE, "timelines/strike", "Strike timeline", timeline()),
        about,
    ]
}

pub(super) fn document(id: usize, folder: &str, title: &str, details: Details) -> Document {
    let route = OutPath::page(folder).unwrap();
    let card = Card {
        id: DocId::new(id),
        source: path(&format!("content/{id}.md")),
        language: LanguageId(0),
        slug: slug(title),
        route,
        title: title.to_owned(),
        summary: None,
        lead: "The first words.".to_owned(),
        tags: Vec::new(),
        image: None,
        sources: vec![Source {
            title: "home.nuhw.org".to_owned(),
            url: "https://home.nuhw.org/x".to_owned(),
        }],
        updated: None,
        published: None,
        layout: None,
        versions: vec![Some(DocId::new(id))],
        unpublished: false,
        details,
    };
    Document { visibility: Visibility::default(), card, plan: Plan::none().into(), prose: Prose::default() }
}

fn statement(id: usize) -> Details {
    let employer = id == KAISER;
    let day = if employer { 9 } else { 21 };
    Details::Statement(Box::new(Statement {
        date: date(2024, 10, day),
        kind: StatementType::Release,
        issuer: employer.then(|| Issuer { name: "Kaiser Permanente".to_owned(), side: Side::Employer }),
        source: employer.then(|| Source { title: "Kaiser".to_owned(), url: "https://k.example/".to_owned() }),
        dateline: Some("Los Angeles".to_owned()),
        speakers: vec![Speaker {
            name: "Ana Pérez".to_owned(),
            role: Some("psychologist".to_owned()),
            side: None,
            quote: Some("Enough.".to_owned()),
        }],
        locations: if employer { Vec::new() } else { vec![DocId::new(FONTANA)] },
        timeline: Some(DocId::new(TIMELINE)),
        corrections: vec![Correction { date: date(2024, 10, 22), text: text("<p>Wrong hours.</p>") }],
        contact: None,
    }))
}

/// A location with a shift from 6 a.m. to 2 p.m. on each day from 21 to 25 October; on the last it moves elsewhere.
fn location(id: usize, title: &str, now: DateTime, moves_to: Option<usize>) -> Document {
    let hours = ShiftHours::Known(span(time(6, 0, 0, 0), time(14, 0, 0, 0)));
    let days = DateRange { first: date(2024, 10, 21), last: date(2024, 10, 25) };
    let mut occurrences: Vec<Occurrence> = days.days().map(|day| occurrence(day, &hours)).collect();
    if let (Some(to), Some(last)) = (moves_to, occurrences.last_mut()) {
        last.status = OccurrenceStatus::Moved(Some(DocId::new(to)));
        last.note = Some("The street is closed".into());
    }
    let _unused = now;
    let city = title.split(' ').next().unwrap_or(title);
    let shift =
        Shift { days: Days::Dates(vec![days]), hours, label: None, from: None, to: None, except: Vec::new() };
    let location = Location {
        address: Some("9961 Sierra Ave.".to_owned()),
        district: None,
        city: Some(city.to_owned()),
        region: Some("CA".to_owned()),
        postal_code: Some("92335".to_owned()),
        country: None,
        kind: LocationType::Picket,
        employer: None,
        local: None,
        stay: Stay::default(),
        status: LocationStatus::Active,
        entrances: vec!["Main entrance".to_owned()],
        coordinates: Coordinates::new(34.0726, -117.4343),
        zone: zone(),
        zone_name: "America/Los_Angeles".to_owned(),
        url: None,
        practical: Practical { parking: Some("Marygold Ave.".to_owned()), ..Practical::default() },
    };
    let folder = format!("locations/{}", city.to_lowercase());
    let plan = Plan { shifts: vec![shift], occurrences, ..Plan::none() };
    Document { plan: plan.into(), ..document(id, &folder, title, Details::Location(Box::new(location))) }
}

pub(super) fn span(start: Time, end: Time) -> Hours {
    Hours::Span { start, end, next_day: end <= start }
}

pub(super) fn occurrence(day: Date, hours: &ShiftHours) -> Occurrence {
    let (start, end) = match hours {
        ShiftHours::Known(Hours::Span { start, end, next_day }) => {
            let last = if *next_day { day.checked_add(1.day()).unwrap() } else { day };
            (Some(at(day.to_datetime(*start))), Some(at(last.to_datetime(*end))))
        }
        _ => (None, None),
    };
    Occurrence {
        date: day,
        hours: hours.clone(),
        start,
        end,
        over: end.unwrap_or_else(|| at(day.tomorrow().unwrap().to_datetime(Time::midnight()))),
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

fn rally() -> Document {
    let hours = ShiftHours::Known(span(time(12, 0, 0, 0), time(13, 0, 0, 0)));
    let day = date(2024, 10, 24);
    let speaker = Speaker { name: "Tony Thurmond".to_owned(), role: None, side: None, quote: None };
    let mut one = occurrence(day, &hours);
    one.kind = OccurrenceKind::Event;
    one.speakers = vec![speaker.clone()].into();
    let details = Details::Event(Box::new(Event {
        gathering: Gathering {
            title: "Rally".to_owned(),
            dates: DateRange::day(day),
            hours,
            speakers: vec![speaker],
        },
        venue: Venue::Location(DocId::new(FONTANA)),
        url: Some("https://www.meet.example/x".to_owned()),
    }));
    let plan = Plan { occurrences: vec![one], ..Plan::none() };
    Document { plan: plan.into(), ..document(RALLY, "events/rally", "Rally", details) }
}

fn timeline() -> Details {
    let event = |from, title: &str| TimelineEvent {
        from,
        to: None,
        title: title.to_owned(),
        text: None,
        source: Some(Source { title: "NUHW".to_owned(), url: "https://nuhw.org/".to_owned() }),
        statement: None,
        location: None,
        image: None,
        approximate: false,
    };
    let strike = TimelineEvent {
        text: Some(linked(
            vec![Piece::Html(raw("<p>See ")), Piece::Embed(0), Piece::Html(raw("</p>"))],
            vec![Resolved::Document(DocId::new(TIMELINE), None)],
        )),
        statement: Some(DocId::new(STRIKE)),
        location: Some(DocId::new(FONTANA)),
        image: Some(picture()),
        ..event(When::Day(date(2024, 10, 21)), "The strike begins")
    };
    let hunger = TimelineEvent {
        to: Some(When::Day(date(2025, 4, 11))),
        ..event(When::Day(date(2025, 4, 7)), "Hunger strike")
    };
    let vote = TimelineEvent { approximate: true, ..event(When::Month(2024, 10), "Vote") };
    Details::Timeline(Timeline::new(vec![hunger, strike, vote], None, false).unwrap())
}

fn prose() -> Prose {
    let body = linked(
        vec![
            Piece::Html(raw("<h2 id=\"why\">Why</h2>\n<p><a href=\"")),
            Piece::Url(0),
            Piece::Html(raw("\">")),
            Piece::Title(0),
            Piece::Html(raw("</a> <a href=\"")),
            Piece::Url(2),
            Piece::Html(raw("\">up</a></p>\n")),
            Piece::Embed(0),
            Piece::Embed(3),
            Piece::Figure(1),
            Piece::Picture(1),
            Piece::Word("alert_note"),
            Piece::WordWith("back_to_reference", 2),
        ],
        vec![
            Resolved::Document(DocId::new(FONTANA), Some("hours".to_owned())),
            Resolved::Picture(picture()),
            Resolved::Anchor("why".to_owned()),
            Resolved::Document(DocId::new(TIMELINE), None),
        ],
    );
    Prose { language: LanguageId(0), key_points: vec![text("<strong>Come</strong> at six")], body }
}

pub(super) fn picture() -> Picture {
    Picture {
        out: OutPath::new("media/line.0123456789.jpg").unwrap(),
        sizes: Vec::new(),
        dimensions: Some(Dimensions { width: 1200, height: 800 }),
        alt: "People with \"signs\"".to_owned(),
        credit: "Maria & Co".to_owned(),
        caption: Some("The line".to_owned()),
    }
}

pub(super) fn text(html: &'static str) -> Linked {
    linked(vec![Piece::Html(raw(html))], Vec::new())
}

pub(super) fn linked(pieces: Vec<Piece>, resolved: Vec<Resolved>) -> Linked {
    Linked { body: Arc::new(Body { pieces, ..Body::default() }), resolved, german: false }
}

pub(super) fn raw(html: &'static str) -> Html {
    let mut markup = Html::new();
    markup.push_markup(html);
    markup
}

pub(super) fn slug(text: &str) -> Slug {
    Slug::make(text, false).unwrap()
}

pub(super) fn path(path: &str) -> SourcePath {
    SourcePath::new(path).unwrap()
}

//! Structured data.

use handbill::base::DocId;
use handbill::model::{
    Correction, Details, Dimensions, Fact, Issuer, Kind, Linked, Listing, LocationType, OccurrenceStatus,
    Page, Picture, Place, Reader, Side, Site, Term, Venue,
};
use handbill::output::json_ld;
use jiff::civil::date;
use serde_json::{Value, json};

use super::ENGLISH;
use super::sites::{
    Fake, add, add_planned, at, card, change, chronology, open_day, out, picket, rally, release, relocate,
    replan, shift, site,
};

/// The nodes of a page.
fn graph(site: &Site, page: &Page) -> Vec<Value> {
    let text = json_ld::page(page, &Reader::new(site), &Fake);
    let mut data: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    serde_json::from_value(data["@graph"].take()).unwrap()
}

fn of(site: &Site, id: DocId) -> Vec<Value> {
    graph(site, &Page::Document(id))
}

fn types(graph: &[Value]) -> Vec<&str> {
    graph.iter().filter_map(|node| node["@type"].as_str()).collect()
}

fn events(graph: &[Value]) -> Vec<&Value> {
    graph.iter().filter(|node| node["@type"] == "Event").collect()
}

#[test]
fn the_home_page_tells_who_speaks() {
    let mut site = site();
    let id = add(&mut site, card(ENGLISH, "index", "Home", Details::Home));
    assert_eq!(
        of(&site, id),
        [
            json!({
                "@type": "WebSite",
                "@id": "https://union.example/",
                "url": "https://union.example/",
                "name": "Care can't wait",
                "description": "Safe staffing & fair pay",
                "inLanguage": "en",
                "publisher": { "@id": "_:union1" },
            }),
            json!({
                "@type": "Organization",
                "@id": "_:union1",
                "name": "United Nurses",
                "alternateName": "UN",
                "url": "https://nurses.example/",
                "logo": "https://union.example/assets/icon-512.png",
            }),
        ]
    );
}

#[test]
fn a_statement_is_an_article_of_its_issuer() {
    let mut site = site();
    let id = add(&mut site, release("strike", "Nurses walk out", date(2024, 10, 21)));
    change(&mut site, id, |card| {
        card.lead = "At six in the morning.".to_owned();
        card.image = Some(Picture {
            out: out("media/p 1.jpg"),
            sizes: Vec::new(),
            dimensions: Some(Dimensions { width: 800, height: 600 }),
            alt: "A picket line".to_owned(),
            credit: "A. Doe".to_owned(),
            caption: None,
        });
        if let Details::Statement(statement) = &mut card.details {
            statement.corrections = vec![Correction { date: date(2024, 10, 23), text: Linked::default() }];
        }
    });
    let nodes = of(&site, id);
    assert_eq!(types(&nodes), ["NewsArticle", "BreadcrumbList", "Organization"]);
    assert_eq!(
        nodes[0],
        json!({
            "@type": "NewsArticle",
            "url": "https://union.example/statements/strike/",
            "mainEntityOfPage": "https://union.example/statements/strike/",
            "headline": "Nurses walk out",
            "description": "At six in the morning.",
            "inLanguage": "en",
            "datePublished": "2024-10-21T00:00:00-07:00",
            "dateModified": "2024-10-23T00:00:00-07:00",
            "author": { "@id": "_:union1" },
            "publisher": { "@id": "_:union1" },
            "image": {
                "@type": "ImageObject",
                "url": "https://union.example/media/p%201.jpg",
                "width": 800,
                "height": 600,
                "caption": "A picket line",
                "creditText": "A. Doe",
            },
        })
    );
    assert_eq!(
        nodes[1]["itemListElement"],
        json!([
            { "@type": "ListItem", "position": 1, "name": "[home]", "item": "https://union.example/" },
            { "@type": "ListItem", "position": 2, "name": "[statements_title]", "item": "https://union.example/statements/" },
            { "@type": "ListItem", "position": 3, "name": "Nurses walk out",
              "item": "https://union.example/statements/strike/" },
        ])
    );
}

#[test]
fn the_other_sides_words_are_never_the_unions() {
    let mut site = site();
    let id = add(&mut site, release("offer", "Offer", date(2024, 10, 21)));
    let issue = |site: &mut Site, name: &str, side| {
        change(site, id, |card| {
            if let Details::Statement(statement) = &mut card.details {
                statement.issuer = Some(Issuer { name: name.to_owned(), side });
            }
        });
    };
    issue(&mut site, "Acme Health", Side::Employer);
    assert_eq!(of(&site, id)[0]["author"], json!({ "@type": "Organization", "name": "Acme Health" }));
    issue(&mut site, "UN", Side::Union);
    assert_eq!(of(&site, id)[0]["author"], json!({ "@id": "_:union1" }));
}

#[test]
fn a_location_has_its_place_and_its_coming_events() {
    let mut site = site();
    let id = add_planned(
        &mut site,
        picket("fontana", "Fontana"),
        (1..=31).map(|day| shift(date(2024, 10, day))).collect(),
    );
    let other = add(&mut site, picket("anaheim", "Anaheim"));
    replan(&mut site, id, |plan| {
        plan.occurrences[22].status = OccurrenceStatus::Cancelled;
        plan.occurrences[22].note = Some("Smoke".into());
        plan.occurrences[23].status = OccurrenceStatus::Moved(Some(other));
        plan.occurrences[24].title = Some("Lunchtime rally".into());
        plan.occurrences[25] = open_day(date(2024, 10, 26));
    });
    let nodes = of(&site, id);
    assert_eq!(
        nodes[0],
        json!({
            "@type": "Place",
            "name": "Fontana",
            "url": "https://union.example/locations/fontana/",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "9961 Sierra Ave",
                "addressLocality": "Fontana",
                "addressRegion": "CA",
                "postalCode": "08058",
            },
            "geo": { "@type": "GeoCoordinates", "latitude": 34.072_612, "longitude": -117.4343 },
            "@id": "_:place",
        })
    );
    let days = events(&nodes);
    assert_eq!(days.len(), 9, "the day that moved is told at its new place");
    assert_eq!(
        *days[0],
        json!({
            "@type": "Event",
            "name": "[type_picket]",
            "url": "https://union.example/locations/fontana/",
            "startDate": "2024-10-22T06:00:00-07:00",
            "endDate": "2024-10-22T14:00:00-07:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": { "@id": "_:place" },
            "organizer": { "@id": "_:union1" },
            "image": "https://union.example/assets/card.png",
            "description": "Safe staffing & fair pay",
        })
    );
    assert_eq!(days[1]["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(days[1]["description"], "Smoke");
    assert_eq!(days[2]["name"], "Lunchtime rally");
    assert_eq!((&days[3]["startDate"], &days[3]["endDate"]), (&json!("2024-10-26"), &json!("2024-10-26")));
    assert_eq!(types(&nodes)[10..], ["BreadcrumbList", "Organization"]);
}

#[test]
fn a_record_tells_of_its_last_days() {
    let mut site = site();
    let id = add_planned(
        &mut site,
        picket("fontana", "Fontana"),
        (1..=31).map(|day| shift(date(2024, 10, day))).collect(),
    );
    site.moment = at("2025-06-01T00:00:00Z");
    assert_eq!(events(&of(&site, id)).len(), 1, "only the last day of what is over");
    site.record = true;
    let nodes = of(&site, id);
    let days = events(&nodes);
    assert_eq!((days.len(), &days[0]["startDate"]), (20, &json!("2024-10-12T06:00:00-07:00")));
    let reader = Reader::new(&site);
    json_ld::page(&Page::Document(id), &reader, &Fake);
    assert_eq!(reader.clock().term(), Term::ALWAYS, "a record stands still");
}

#[test]
fn places_without_an_address_still_have_one() {
    let mut site = site();
    let id = add_planned(&mut site, picket("gate", "Gate 2"), vec![shift(date(2024, 10, 24))]);
    relocate(&mut site, id, |location| {
        (location.address, location.city) = (None, None);
        location.entrances = vec!["Millett Hwy. and Creyts Rd.".to_owned()];
    });
    assert_eq!(of(&site, id)[0]["address"], "Millett Hwy. and Creyts Rd., CA, 08058");
    relocate(&mut site, id, |location| {
        location.kind = LocationType::Online;
        location.url = Some("https://live.example/".to_owned());
    });
    let nodes = of(&site, id);
    assert_eq!(nodes[0], json!({ "@type": "VirtualLocation", "url": "https://live.example/" }));
    assert_eq!(nodes[1]["location"], nodes[0]);
    assert_eq!(nodes[1]["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode");
}

#[test]
fn an_event_is_one_event_from_its_first_to_its_last_day() {
    let mut site = site();
    let hall = add(&mut site, picket("hall", "Union hall"));
    let days = [24, 25, 26].map(|day| shift(date(2024, 10, day))).to_vec();
    let id = add_planned(&mut site, rally("vote", "The vote", Venue::Location(hall), &days), days);
    let event = |site: &Site| of(site, id)[0].clone();
    assert_eq!(event(&site)["startDate"], "2024-10-24T06:00:00-07:00");
    assert_eq!(event(&site)["endDate"], "2024-10-26T14:00:00-07:00");
    assert_eq!(event(&site)["location"]["name"], "Union hall");
    let edit = |site: &mut Site, edit: &dyn Fn(&mut handbill::model::Event)| {
        change(site, id, |card| {
            if let Details::Event(event) = &mut card.details {
                edit(event);
            }
        });
    };
    replan(&mut site, id, |plan| plan.occurrences[0].status = OccurrenceStatus::Cancelled);
    assert_eq!(event(&site)["startDate"], "2024-10-25T06:00:00-07:00");
    assert_eq!(event(&site)["eventStatus"], "https://schema.org/EventScheduled");
    replan(&mut site, id, |plan| {
        plan.occurrences.iter_mut().for_each(|day| day.status = OccurrenceStatus::Cancelled);
    });
    assert_eq!(event(&site)["eventStatus"], "https://schema.org/EventCancelled");
    edit(&mut site, &|event| {
        event.venue = Venue::Place(Place { name: Some("City Hall".to_owned()), ..Place::default() });
        event.url = Some("https://live.example/".to_owned());
    });
    assert_eq!(event(&site)["location"][0]["address"], "City Hall");
    assert_eq!(event(&site)["eventAttendanceMode"], "https://schema.org/MixedEventAttendanceMode");
    edit(&mut site, &|event| (event.venue, event.url) = (Venue::None, None));
    assert_eq!(event(&site)["location"]["address"], "[place_open]");
}

#[test]
fn other_pages_and_lists_have_their_way_from_home() {
    let mut site = site();
    let page = add(&mut site, card(ENGLISH, "about", "About", Details::Page));
    let timeline = add(&mut site, chronology("strike", "The strike"));
    let nodes = of(&site, page);
    assert_eq!(types(&nodes), ["WebPage", "BreadcrumbList"]);
    assert_eq!(nodes[1]["itemListElement"].as_array().map(Vec::len), Some(2));
    assert_eq!(of(&site, timeline)[1]["itemListElement"][1]["item"], "https://union.example/timelines/");
    let year = Listing::Year { year: 2024, number: 2 };
    let nodes = graph(&site, &Page::List(ENGLISH, year));
    assert_eq!(nodes[0]["name"], "[year_title]");
    assert_eq!(nodes[0]["url"], "https://union.example/statements/2024/page/2/");
    assert_eq!(nodes[1]["itemListElement"][2]["name"], "2024");
    let kind = Listing::Kind { kind: Kind::Event, number: 1 };
    assert_eq!(graph(&site, &Page::List(ENGLISH, kind))[0]["name"], "[events_title]");
    let text = json_ld::page(&Page::NotFound(ENGLISH), &Reader::new(&site), &Fake);
    assert_eq!(text, "");
}

#[test]
fn one_page_depends_on_no_other_pages_route() {
    let mut site = site();
    let id = add(&mut site, release("strike", "Strike", date(2024, 10, 21)));
    let reader = Reader::new(&site);
    json_ld::page(&Page::Document(id), &reader, &Fake);
    assert_eq!(reader.clock().term(), Term::ALWAYS);
    let facts = reader.facts();
    assert!(!facts.contains(&Fact::Routes) && !facts.contains(&Fact::Stamp), "{facts:?}");
}

//! What pages on paper show beside what their pages on the screen show: a short address, and its QR code.

use tera::Value;

use super::page::{Head, Target, common, no_document};
use super::value::{fields, list, record};
use super::{Scene, links, location};
use crate::model::{Card, Destination, Details, Kind, Listing, Print};
use crate::theme::qr;

/// The page of something to be printed, where there is such a thing.
pub(in crate::theme) fn print(scene: &Scene<'_>, print: Print) -> Option<Target> {
    match print {
        Print::Flyer(id) => flyer(scene, scene.reader.card(id)?),
        Print::Schedule(_) => Some(schedule(scene)),
    }
}

/// A location on one sheet: what its page says, and a way back to that page.
fn flyer(scene: &Scene<'_>, card: &Card) -> Option<Target> {
    let Details::Location(of) = &card.details else { return None };
    let template = "flyer.html".to_owned();
    let scene = &scene.of_template(&template);
    let address = card.route.address();
    let head = Head {
        title: card.title.clone(),
        description: scene.words.get("flyer").to_owned(),
        address: format!("{address}flyer/"),
        trail: vec![scene.list_link(Kind::Location), links::link(&card.title, &scene.url(&card.route))],
        ..Head::of_print("flyer")
    };
    let mut page = common(scene, head);
    page.extend(no_document(scene));
    page.extend(location::fields(scene, card, of));
    page.extend(fields![scene; ("short", scene.short(&Destination::Document(card.id), &address))]);
    Some(Target { template, page, listing: None, findings: Vec::new() })
}

/// The hours of all places.
fn schedule(scene: &Scene<'_>) -> Target {
    let template = "schedule.html".to_owned();
    let scene = &scene.of_template(&template);
    let address = scene.list_address(&Listing::Kind { kind: Kind::Location, number: 1 });
    let out = Print::Schedule(scene.language).out(&scene.campaign.language_prefix(scene.language));
    let head = Head {
        title: scene.words.get("schedule_title").to_owned(),
        description: scene.words.get("schedule_title").to_owned(),
        address: out.map_or_else(String::new, |out| out.address()),
        trail: vec![scene.list_link(Kind::Location)],
        ..Head::of_print("schedule")
    };
    let mut page = common(scene, head);
    page.extend(no_document(scene));
    page.extend(fields![scene; ("short", scene.short(&Destination::Address(address.clone()), &address))]);
    Target { template, page, listing: None, findings: Vec::new() }
}

impl Scene<'_> {
    /// How something is found from paper: by its short address, else by its own below the site's root.
    fn short(&self, to: &Destination, address: &str) -> Value {
        let short = self.reader.short_address(to).map(|out| out.address());
        let url = self.campaign.base.absolute(short.as_deref().unwrap_or(address));
        let text = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).trim_end_matches('/');
        let qr = qr::code(&url).map(|code| record([("path", code.path.into()), ("size", code.size.into())]));
        record([("text", text.into()), ("qr", qr.into()), ("url", url.into())])
    }

    /// What there is to print of all places; nothing in a record.
    pub(super) fn prints(&self) -> Value {
        let prefix = self.campaign.language_prefix(self.language);
        let (_, record) = self.reader.phase();
        let places = !self.reader.of_kind(self.language, Kind::Location).is_empty();
        let all = [(Print::Schedule(self.language), "schedule_print")];
        let there = all.into_iter().filter(|_| places && !record).filter_map(|(print, word)| {
            let url = self.url(&print.out(&prefix)?);
            Some(links::link(self.words.get(word), &url))
        });
        list(there)
    }

    /// Where the flyer of a location stands; `none` in a record.
    pub(super) fn flyer(&self, card: &Card) -> Value {
        let (_, record) = self.reader.phase();
        let url = self.campaign.base.local(&format!("{}flyer/", card.route.address()));
        (!record).then_some(url).into()
    }
}

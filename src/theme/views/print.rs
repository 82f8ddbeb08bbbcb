//! What pages on paper show beside what their pages on the screen show: a short address, and its QR code.

use tera::Value;

use super::page::{Head, Target, common, no_document};
use super::value::{fields, list, record};
use super::{Scene, links, location};
use crate::model::{Beside, Card, Destination, Details, Kind, Listing, Print, Sign, SignSize};
use crate::theme::qr;
use crate::theme::sign::{INCH, breadth, set};

/// The page of something to be printed, where there is such a thing.
pub(in crate::theme) fn print(scene: &Scene<'_>, print: Print) -> Option<Target> {
    match print {
        Print::Flyer(id) => flyer(scene, scene.reader.card(id)?),
        Print::Schedule(_) => Some(schedule(scene)),
        Print::Signs(_, size) => Some(signs(scene, size)),
    }
}

/// A location on one sheet: what its page says, and a way back to that page.
fn flyer(scene: &Scene<'_>, card: &Card) -> Option<Target> {
    let Details::Location(of) = &card.details else { return None };
    let template = "flyer.html".to_owned();
    let scene = &scene.of_template(&template);
    let address = card.route.address();
    let head = Head {
        title: scene.words.fill("flyer_title", &[("title", &card.title)]),
        description: location::description(of),
        address: Print::flyer_of(&card.route).map_or_else(String::new, |out| out.address()),
        trail: vec![scene.list_link(Kind::Location), links::link(&card.title, &scene.url(&card.route))],
        ..Head::of_print("flyer")
    };
    let mut page = common(scene, head);
    page.extend(no_document(scene));
    page.extend(location::fields(scene, card, of));
    page.extend(fields![scene;
        ("heading", card.title.as_str().into()),
        ("short", scene.short(&Destination::Document(card.id), &address)),
    ]);
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

/// All picket signs of a size.
fn signs(scene: &Scene<'_>, size: SignSize) -> Target {
    let template = "signs.html".to_owned();
    let scene = &scene.of_template(&template);
    let out = Print::Signs(scene.language, size).out(&scene.campaign.language_prefix(scene.language));
    let title = scene.signs_title(size);
    let head = Head {
        description: title.clone(),
        title,
        address: out.map_or_else(String::new, |out| out.address()),
        trail: vec![scene.list_link(Kind::Location)],
        ..Head::of_print("signs")
    };
    let mut page = common(scene, head);
    page.extend(no_document(scene));
    let sheet = Sheet::of(size);
    let all = scene.reader.signs(scene.language).iter();
    page.extend(fields![scene;
        ("sheet", sheet.value(size)),
        ("signs", list(all.map(|one| sign(scene, one, sheet)))),
    ]);
    Target { template, page, listing: None, findings: Vec::new() }
}

fn sign(scene: &Scene<'_>, sign: &Sign, sheet: Sheet) -> Value {
    let room = sheet.height - 3.0 * sheet.margin - sheet.code;
    let setting = set(&sign.text, sheet.width - 2.0 * sheet.margin, room, sheet.margin);
    let line = |(text, y): &(String, f64)| record([("text", text.as_str().into()), ("y", (*y).into())]);
    let short = scene.short_to(&sign.to);
    let beside = sheet.width - 2.3 * sheet.margin - sheet.code;
    let text = short.get_from_path("text").and_then(Value::as_str).unwrap_or_default();
    let short_size = (beside / breadth(text)).min(sheet.width / 22.0).floor();
    record([
        ("text", sign.text.as_str().into()),
        ("lines", list(setting.lines.iter().map(line))),
        ("size", setting.size.into()),
        ("short", short),
        ("short_size", short_size.into()),
    ])
}

/// How a sign is laid out, in hundredths of an inch.
#[derive(Debug, Clone, Copy)]
struct Sheet {
    width: f64,
    height: f64,
    /// What stays free around everything: cardboard is not cut precisely.
    margin: f64,
    /// How large the QR code is. Ten steps away it can still be read.
    code: f64,
}

impl Sheet {
    fn of(size: SignSize) -> Sheet {
        let (width, height) = size.inches();
        let (width, height) = (f64::from(width) * INCH, f64::from(height) * INCH);
        Sheet { width, height, margin: (width / 16.0).round(), code: (width / 4.0).round() }
    }

    fn value(self, size: SignSize) -> Value {
        record([
            ("name", size.name().into()),
            ("width", self.width.into()),
            ("height", self.height.into()),
            ("margin", self.margin.into()),
            ("code", self.code.into()),
        ])
    }
}

/// An address as it stands on paper: what one types, and the code of all of it.
fn way(url: &str) -> Value {
    let text = url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/');
    let qr = qr::code(url).map(|code| record([("path", code.path.into()), ("size", code.size.into())]));
    record([("text", text.into()), ("qr", qr.into()), ("url", url.into())])
}

impl Scene<'_> {
    /// How something is found from paper: by its short address, else by its own below the site's root.
    fn short(&self, to: &Destination, address: &str) -> Value {
        let short = self.reader.short_address(to).map(|out| out.address());
        let url = self.campaign.base.absolute(short.as_deref().unwrap_or(address));
        way(&url)
    }

    /// The same for where a link of campaign.yaml leads.
    fn short_to(&self, to: &Destination) -> Value {
        if let (Destination::Elsewhere(url), None) = (to, self.reader.short_address(to)) {
            return way(url);
        }
        let address = match to {
            Destination::Document(id) => self.reader.link(self.version(*id)).map(|(_, page)| page.address()),
            Destination::Address(address) => Some(address.clone()),
            Destination::Elsewhere(_) => None,
        };
        self.short(to, &address.unwrap_or_default())
    }

    /// What there is to print of all places. A record keeps it, so that no address is lost.
    pub(super) fn prints(&self) -> Value {
        let prefix = self.campaign.language_prefix(self.language);
        let places = !self.reader.of_kind(self.language, Kind::Location).is_empty();
        let signs = !self.reader.signs(self.language).is_empty();
        let schedule = (Print::Schedule(self.language), self.words.get("schedule_print").to_owned());
        let of_size = |size: SignSize| (Print::Signs(self.language, size), self.signs_title(size));
        let signs = SignSize::ALL.into_iter().filter(|_| signs).map(of_size);
        let all = std::iter::once(schedule).filter(|_| places).chain(signs);
        list(all.filter_map(|(print, title)| Some(links::link(&title, &self.url(&print.out(&prefix)?)))))
    }

    fn signs_title(&self, size: SignSize) -> String {
        let (width, height) = size.inches();
        self.words.fill("signs_title", &[("width", &width.to_string()), ("height", &height.to_string())])
    }

    /// Where the flyer of a location stands, where there are any.
    pub(super) fn flyer(&self, card: &Card) -> Value {
        let out = Print::flyer_of(&card.route).filter(|_| self.campaign.has(Beside::Flyers));
        out.map(|out| self.url(&out)).into()
    }
}

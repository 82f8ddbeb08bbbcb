//! `page`: what the page that is being rendered says of itself.

use tera::Value;

use super::value::{Fields, fields, html, list, record, text};
use super::{Scene, event, links, location, statement, timeline};
use crate::base::OutPath;
use crate::diagnostics::Finding;
use crate::model::{Beside, Card, Destination, Details, Kind, LanguageId, Listing, Prose as Text, Redirect};
use crate::theme::prose::{Prose, Urls};
use crate::theme::rfc3339;

/// The most characters of a head title that search engines show whole.
const TITLE: usize = 70;
/// The most characters of a description.
const DESCRIPTION: usize = 200;
/// The picture that stands for a page in other places, and its size.
const CARD: (&str, usize, usize) = ("card.png", 1200, 630);

/// What a page says, and which of the theme's templates says it.
pub(in crate::theme) struct Target {
    /// The template: `statement.html`.
    pub(in crate::theme) template: String,
    /// The fields of `page`.
    pub(in crate::theme) page: Fields,
    /// Which list it is a page of.
    pub(in crate::theme) listing: Option<Listing>,
    /// What went wrong in its prose.
    pub(in crate::theme) findings: Vec<Finding>,
}

/// What the head and the breadcrumbs of a page are made of.
pub(super) struct Head<'h> {
    pub(super) kind: &'h str,
    pub(super) title: String,
    pub(super) description: String,
    /// Below the site's root.
    pub(super) address: String,
    /// Between the home page and this one.
    pub(super) trail: Vec<Value>,
    /// Where it stands in each language that has it.
    pub(super) versions: Vec<(LanguageId, String)>,
    pub(super) noindex: bool,
    /// Its social card, where it has one.
    pub(super) card: Option<OutPath>,
}

impl<'h> Head<'h> {
    /// The head of what is there to be printed: search engines need not know it.
    pub(super) fn of_print(kind: &'h str) -> Head<'h> {
        Head {
            kind,
            title: String::new(),
            description: String::new(),
            address: String::new(),
            trail: Vec::new(),
            versions: Vec::new(),
            noindex: true,
            card: None,
        }
    }
}

/// The page of a document.
pub(in crate::theme) fn document(scene: &Scene<'_>, card: &Card, prose: &Text) -> Target {
    let kind = card.kind();
    let layout = card.layout.as_deref().filter(|layout| scene.theme.has_layout(layout));
    let template = format!("{}.html", layout.unwrap_or(kind.name()));
    let scene = &scene.of_template(&template);
    let versions = card.versions.iter().enumerate().filter_map(|(index, id)| {
        let (_, page) = scene.reader.link((*id)?)?;
        Some((LanguageId::new(index), page.address()))
    });
    let described = card.summary.clone().unwrap_or_else(|| match &card.details {
        _ if !card.lead.is_empty() => card.lead.clone(),
        Details::Location(of) => location::description(of),
        Details::Event(of) => event::description(scene, card, of),
        _ => String::new(),
    });
    let head = Head {
        kind: kind.name(),
        title: card.title.clone(),
        description: description(&described, scene),
        address: card.route.address(),
        trail: if Kind::LISTED.contains(&kind) { vec![scene.list_link(kind)] } else { Vec::new() },
        versions: versions.collect(),
        noindex: card.unpublished,
        card: card.social_card(),
    };
    let mut page = common(scene, head);
    let mut findings = Vec::new();
    page.extend(body(scene, card, prose, &mut findings));
    page.extend(meta(scene, card));
    page.extend(match &card.details {
        Details::Statement(of) => statement::fields(scene, card, of),
        Details::Location(of) => location::fields(scene, card, of),
        Details::Event(of) => event::fields(scene, card, of),
        Details::Timeline(of) => timeline::fields(scene, card, of),
        Details::Home | Details::Page => Vec::new(),
    });
    Target { template, page, listing: None, findings }
}

/// A page of a list.
pub(in crate::theme) fn listing(scene: &Scene<'_>, listing: &Listing) -> Target {
    let words = scene.words;
    let campaign = scene.texts.title.as_str();
    let (kind, key, value) = match listing {
        Listing::Kind { kind, .. } => (kind.folder(), kind.folder(), String::new()),
        Listing::Year { year, .. } => ("statements", "year", year.to_string()),
        Listing::Tag { tag, .. } => ("tag", "tag", scene.reader.tag_name(scene.language, tag).to_owned()),
    };
    let template = format!("{kind}.html");
    let scene = &scene.of_template(&template);
    let values = [("campaign", campaign), (key, value.as_str())];
    let mut title = words.fill(&format!("{key}_title"), &values);
    if listing.number() > 1 {
        title = words.fill("title_page", &[("title", &title), ("n", &listing.number().to_string())]);
    }
    let trail = match listing {
        Listing::Year { .. } => vec![scene.list_link(Kind::Statement)],
        Listing::Kind { .. } | Listing::Tag { .. } => Vec::new(),
    };
    let head = Head {
        kind,
        title,
        description: words.fill(&format!("{key}_description"), &values),
        address: scene.list_address(listing),
        trail,
        versions: list_versions(scene, listing),
        noindex: false,
        card: None,
    };
    let mut page = common(scene, head);
    page.extend(no_document(scene));
    if matches!(listing, Listing::Kind { kind: Kind::Location, .. }) {
        page.extend(fields![scene; ("prints", scene.prints())]);
    }
    Target { template, page, listing: Some(listing.clone()), findings: Vec::new() }
}

/// The languages that have a page of a list.
fn list_versions(scene: &Scene<'_>, listing: &Listing) -> Vec<(LanguageId, String)> {
    let always = matches!(listing, Listing::Kind { .. }) && listing.number() == 1;
    let has = |language: &LanguageId| {
        always || *language == scene.language || !scene.reader.listed(*language, listing).0.is_empty()
    };
    let languages = scene.campaign.language_ids().filter(has);
    languages.map(|language| (language, scene.address_in(listing, language))).collect()
}

/// The page for addresses that do not exist.
pub(in crate::theme) fn not_found(scene: &Scene<'_>) -> Target {
    let template = "not_found.html".to_owned();
    let scene = &scene.of_template(&template);
    let head = Head {
        kind: "not_found",
        title: scene.words.get("not_found_title").to_owned(),
        description: scene.words.get("not_found_text").to_owned(),
        address: format!("{}404.html", scene.campaign.language_prefix(scene.language)),
        trail: Vec::new(),
        versions: Vec::new(),
        noindex: true,
        card: None,
    };
    let mut page = common(scene, head);
    page.extend(no_document(scene));
    Target { template, page, listing: None, findings: Vec::new() }
}

/// The stub at a short or former address: `page.url` and `page.absolute` are where it leads.
pub(in crate::theme) fn redirect(scene: &Scene<'_>, redirect: &Redirect) -> Target {
    let template = "redirect.html".to_owned();
    let scene = &scene.of_template(&template);
    let url = scene.destination(&redirect.to);
    let title = match &redirect.to {
        Destination::Document(id) => scene.reader.link(scene.version(*id)).map(|(title, _)| title.to_owned()),
        Destination::Address(_) | Destination::Elsewhere(_) => None,
    };
    let absolute = match url.strip_prefix('/') {
        Some(_) => format!("{}{url}", scene.campaign.base.origin()),
        None => url.clone(),
    };
    let head = Head {
        kind: "redirect",
        title: title.unwrap_or_else(|| absolute.clone()),
        description: scene.words.get("moved_page").to_owned(),
        address: redirect.out.address(),
        trail: Vec::new(),
        versions: Vec::new(),
        noindex: true,
        card: None,
    };
    let mut page = common(scene, head);
    page.extend(no_document(scene));
    page.extend([("url", url.into()), ("absolute", absolute.into())]);
    Target { template, page, listing: None, findings: Vec::new() }
}

/// What every page says.
pub(super) fn common(scene: &Scene<'_>, head: Head<'_>) -> Fields {
    let base = &scene.campaign.base;
    let url = base.local(&head.address);
    let home = links::link(scene.words.get("home"), &scene.home(scene.language));
    let own = (head.kind != "home").then(|| links::link(&head.title, &url));
    let several = head.versions.len() > 1;
    let default = head.versions.iter().find(|(language, _)| language.index() == 0).filter(|_| several);
    fields![scene;
        ("kind", head.kind.into()),
        ("head_title", head_title(head.kind, &head.title, &scene.texts.title).into()),
        ("heading", head.title.as_str().into()),
        ("social", social(scene, &head.title, head.card)),
        ("title", head.title.into()),
        ("description", head.description.into()),
        ("url", url.into()),
        ("absolute", base.absolute(&head.address).into()),
        ("language", scene.words.code().into()),
        ("breadcrumbs", list(std::iter::once(home).chain(head.trail).chain(own))),
        ("x_default", default.map(|(_, address)| base.absolute(address)).into()),
        ("alternates", alternates(scene, if several { &head.versions } else { &[] })),
        ("noindex", head.noindex.into()),
    ]
}

fn alternates(scene: &Scene<'_>, versions: &[(LanguageId, String)]) -> Value {
    let base = &scene.campaign.base;
    list(versions.iter().map(|(language, address)| {
        scene.reader.note(crate::model::Fact::Words(*language));
        record([
            ("code", scene.code(*language).into()),
            ("name", scene.theme.words(*language).name().into()),
            ("url", base.local(address).into()),
            ("absolute", base.absolute(address).into()),
            ("current", (*language == scene.language).into()),
        ])
    }))
}

/// The picture for other places: the page's own card, else `card.png` of the site's `static/`, else the card of the home page, or
/// of the theme where there are no cards.
fn social(scene: &Scene<'_>, title: &str, card: Option<OutPath>) -> Value {
    let (name, width, height) = CARD;
    let drawn = scene.campaign.has(Beside::Cards);
    let own = || OutPath::new(name).filter(|out| scene.reader.static_file(out).is_some());
    let home = || OutPath::new(&format!("{}{name}", scene.campaign.language_prefix(scene.language)));
    let theme =
        || scene.reader.assets().iter().find(|asset| asset.name == name).map(|asset| asset.out.clone());
    let address = card.filter(|_| drawn).or_else(own).or_else(|| if drawn { home() } else { theme() });
    let address = address.map_or_else(|| name.to_owned(), |out| out.address());
    let campaign = scene.texts.title.as_str();
    let alt = match title == campaign {
        true => campaign.to_owned(),
        false => scene.words.fill("social_alt", &[("title", title), ("campaign", campaign)]),
    };
    record([
        ("url", scene.campaign.base.absolute(&address).into()),
        ("alt", alt.into()),
        ("width", width.into()),
        ("height", height.into()),
    ])
}

/// “X – Campaign” where that is short enough, else “X”.
fn head_title(kind: &str, title: &str, campaign: &str) -> String {
    let whole = format!("{title} – {campaign}");
    let fits = whole.chars().count() <= TITLE;
    if title == campaign || (!fits && kind != "home") { title.to_owned() } else { whole }
}

/// A description: what the page says of itself, else what the campaign says; cut at a word.
fn description(of_page: &str, scene: &Scene<'_>) -> String {
    let tagline = scene.texts.tagline.as_deref().unwrap_or(&scene.texts.title);
    let text = if of_page.is_empty() { tagline } else { of_page };
    let Some((end, _)) = text.char_indices().nth(DESCRIPTION) else { return text.to_owned() };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches([',', '.', ';', ':', ' ']))
}

/// A document's prose.
fn body(scene: &Scene<'_>, card: &Card, text: &Text, findings: &mut Vec<Finding>) -> Fields {
    let spoken = scene.in_language(text.language);
    let prose = Prose::new(spoken, Some(card.id), Urls::Page).with_first_picture(card.image.is_none());
    let elsewhere = text.language != scene.language;
    let fields = fields![scene;
        ("key_points", list(text.key_points.iter().map(|point| html(&prose.render(point))))),
        ("body", html(&prose.render(&text.body))),
        ("body_language", elsewhere.then(|| scene.code(text.language)).into()),
    ];
    findings.extend(prose.findings());
    fields
}

/// What a document says of itself beside its prose.
fn meta(scene: &Scene<'_>, card: &Card) -> Fields {
    let published = match (&card.published, &card.details) {
        (Some(moment), _) => Some(rfc3339(*moment, &scene.campaign.zone)),
        (None, Details::Statement(statement)) => Some(statement.date.to_string()),
        _ => None,
    };
    let article = matches!(card.details, Details::Statement(_) | Details::Event(_));
    fields![scene;
        ("og_type", if article { "article" } else { "website" }.into()),
        ("published_iso", published.into()),
        ("modified_iso", card.updated.map(|day| day.to_string()).into()),
        ("summary", super::value::text(card.summary.as_deref())),
        ("image", scene.picture_or_none(card.image.as_ref())),
        ("tags", scene.tags(&card.tags)),
        ("updated", card.updated.map(|day| scene.date(day)).into()),
        ("sources", list(card.sources.iter().map(links::source))),
    ]
}

/// The same fields for pages that are no document.
pub(super) fn no_document(scene: &Scene<'_>) -> Fields {
    fields![scene;
        ("key_points", list([])),
        ("body", html("")),
        ("body_language", Value::none()),
        ("og_type", "website".into()),
        ("published_iso", Value::none()),
        ("modified_iso", Value::none()),
        ("summary", text(None)),
        ("image", Value::none()),
        ("tags", list([])),
        ("updated", Value::none()),
        ("sources", list([])),
    ]
}

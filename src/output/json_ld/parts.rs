//! Pieces that several kinds of pages share: organizations, pictures, the way from the home page.

use serde::Serialize;

use crate::model::{Card, Picture};
use crate::output::authors::Author;
use crate::output::view::View;

/// A node that is told elsewhere.
#[derive(Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

/// An organization.
#[derive(Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Organization<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

/// The campaign's unions, one node each. Other nodes point at them by their blank node ids (JSON-LD 1.1 §3.5):
/// a union has no page of its own here whose URL could name it.
pub(super) fn unions<'a>(view: &'a View<'_>) -> impl Iterator<Item = Organization<'a>> + 'a {
    view.texts.unions.iter().enumerate().map(|(index, union)| Organization {
        id: Some(blank(index)),
        name: &union.name,
        alternate_name: union.short.as_deref(),
        url: Some(union.url.clone().unwrap_or_else(|| view.home())),
        logo: logo(union.logo.as_ref(), view),
        description: union.about.as_deref(),
    })
}

fn logo(own: Option<&Picture>, view: &View<'_>) -> Option<String> {
    own.map(|picture| view.picture(picture)).or_else(|| view.asset("icon-512.png"))
}

fn blank(index: usize) -> String {
    format!("_:union{}", index + 1)
}

/// Organizations as a property's value: a union by reference, anybody else by name.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Speakers<'a> {
    /// One of them.
    One(Speaker<'a>),
    /// Several.
    All(Vec<Speaker<'a>>),
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Speaker<'a> {
    Union(Reference),
    Other(Organization<'a>),
}

impl<'a> Speakers<'a> {
    pub(super) fn of(authors: &[Author<'a>]) -> Speakers<'a> {
        let speaker = |author: &Author<'a>| match author.union {
            Some(index) => Speaker::Union(Reference { id: blank(index) }),
            None => Speaker::Other(Organization { name: author.name, ..Organization::default() }),
        };
        match authors {
            [one] => Speakers::One(speaker(one)),
            several => Speakers::All(several.iter().map(speaker).collect()),
        }
    }
}

/// What a page shows of itself: the URL of its card, or a picture.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Image<'a> {
    Url(String),
    Picture(ImageObject<'a>),
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ImageObject<'a> {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    caption: &'a str,
    credit_text: &'a str,
}

/// A document's picture, else its social card, else that of the theme.
pub(super) fn image<'a>(card: &'a Card, view: &View<'_>) -> Option<Image<'a>> {
    let Some(picture) = &card.image else {
        return view.social_card(card).or_else(|| view.asset("card.png")).map(Image::Url);
    };
    Some(Image::Picture(ImageObject {
        url: view.picture(picture),
        width: picture.dimensions.map(|dimensions| dimensions.width),
        height: picture.dimensions.map(|dimensions| dimensions.height),
        caption: picture.caption.as_ref().unwrap_or(&picture.alt),
        credit_text: &picture.credit,
    }))
}

/// The way from the home page to a page.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct BreadcrumbList {
    item_list_element: Vec<ListItem>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct ListItem {
    position: usize,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
}

/// The way from the home page to a page, the page itself last.
pub(super) fn breadcrumbs(
    trail: impl IntoIterator<Item = (String, Option<String>)>,
    view: &View<'_>,
) -> BreadcrumbList {
    let home = (view.word("home"), Some(view.home()));
    let steps = std::iter::once(home).chain(trail).enumerate();
    let step = |(index, (name, item))| ListItem { position: index + 1, name, item };
    BreadcrumbList { item_list_element: steps.map(step).collect() }
}

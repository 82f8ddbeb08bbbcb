//! Pieces that several kinds of pages share: organizations, pictures, the way from the home page.

use serde_json::{Value, json};

use crate::model::{Card, Picture};
use crate::output::authors::Author;
use crate::output::view::View;

/// The campaign's unions, one node each. Other nodes point at them by their blank node ids (JSON-LD 1.1 §3.5):
/// a union has no page of its own here whose URL could name it.
pub(super) fn unions<'a>(view: &'a View<'_>) -> impl Iterator<Item = Value> + 'a {
    view.texts.unions.iter().enumerate().map(|(index, union)| {
        json!({
            "@type": "Organization",
            "@id": blank(index),
            "name": union.name,
            "alternateName": union.short,
            "url": union.url.clone().unwrap_or_else(|| view.home()),
            "logo": logo(union.logo.as_ref(), view),
            "description": union.about,
        })
    })
}

fn logo(own: Option<&Picture>, view: &View<'_>) -> Option<String> {
    own.map(|picture| view.picture(picture)).or_else(|| view.asset("icon-512.png"))
}

fn blank(index: usize) -> String {
    format!("_:union{}", index + 1)
}

/// Organizations as a property's value: a union by reference, anybody else by name.
pub(super) fn speakers(authors: &[Author<'_>]) -> Value {
    let mut nodes = authors.iter().map(|author| match author.union {
        Some(index) => json!({ "@id": blank(index) }),
        None => json!({ "@type": "Organization", "name": author.name }),
    });
    match (nodes.next(), nodes.next()) {
        (Some(one), None) => one,
        (first, second) => first.into_iter().chain(second).chain(nodes).collect(),
    }
}

/// A document's picture, else its social card, else that of the theme.
pub(super) fn image(card: &Card, view: &View<'_>) -> Option<Value> {
    let Some(picture) = &card.image else {
        return view.social_card(card).or_else(|| view.asset("card.png")).map(Value::from);
    };
    Some(json!({
        "@type": "ImageObject",
        "url": view.picture(picture),
        "width": picture.dimensions.map(|dimensions| dimensions.width),
        "height": picture.dimensions.map(|dimensions| dimensions.height),
        "caption": picture.caption.as_ref().unwrap_or(&picture.alt),
        "creditText": picture.credit,
    }))
}

/// The way from the home page to a page, the page itself last.
pub(super) fn breadcrumbs(
    trail: impl IntoIterator<Item = (String, Option<String>)>,
    view: &View<'_>,
) -> Value {
    let home = (view.word("home"), Some(view.home()));
    let step = |(index, (name, url)): (usize, (String, Option<String>))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": url });
    let steps: Vec<Value> = std::iter::once(home).chain(trail).enumerate().map(step).collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": steps })
}

//! What only a statement's page shows.

use tera::Value;

use super::value::{Fields, fields, html, list, record, text};
use super::{Scene, card, links, release};
use crate::model::{Beside, Card, Contact, Speaker, Statement, Union};
use crate::theme::prose::{Prose, Urls};

/// The fields of a statement's page.
pub(super) fn fields(scene: &Scene<'_>, own: &Card, statement: &Statement) -> Fields {
    let around = || scene.reader.neighbours(scene.language, own.id);
    let corrections = statement.corrections.iter().map(|correction| {
        let prose = Prose::new(*scene, Some(own.id), Urls::Page);
        record([("date", scene.date(correction.date)), ("text_html", html(&prose.render(&correction.text)))])
    });
    fields![scene;
        ("date", scene.date(statement.date)),
        ("type", card::statement_type(statement.kind).into()),
        ("type_label", scene.words.get(card::statement_word(statement.kind)).into()),
        ("issuer", scene.issuer(statement.issuer.as_ref())),
        ("release_line", text(release::line(scene, own, statement).as_deref())),
        ("text_url", text_url(scene, own).into()),
        ("share", release::share(scene, own, statement)),
        ("source", statement.source.as_ref().map(links::source).into()),
        ("dateline", text(statement.dateline.as_deref())),
        ("speakers", list(statement.speakers.iter().map(speaker))),
        ("locations", scene.cards(statement.locations.iter().map(|id| scene.version(*id)))),
        ("timeline", scene.card_or_none(statement.timeline)),
        ("corrections", list(corrections)),
        ("contact", contact(scene, statement).map(links::contact).into()),
        ("boilerplate", boilerplate(scene, statement)),
        ("newer", around().0.map_or_else(Value::none, |id| scene.full_card(id))),
        ("older", around().1.map_or_else(Value::none, |id| scene.full_card(id))),
    ]
}

/// Where the statement stands as plain text, where it does.
fn text_url(scene: &Scene<'_>, own: &Card) -> Option<String> {
    let out = Statement::text_of(&own.route).filter(|_| scene.campaign.has(Beside::Texts))?;
    Some(scene.url(&out))
}

fn speaker(speaker: &Speaker) -> Value {
    record([
        ("name", speaker.name.as_str().into()),
        ("role", text(speaker.role.as_deref())),
        ("side", speaker.side.map(card::side_name).into()),
        ("quote", text(speaker.quote.as_deref())),
    ])
}

fn boilerplate(scene: &Scene<'_>, statement: &Statement) -> Value {
    list(abouts(scene, statement).map(|(union, about)| {
        let name = union.short.as_ref().unwrap_or(&union.name);
        record([("name", name.as_str().into()), ("about", about.into())])
    }))
}

/// What the unions say of themselves under what they issue, alone or with others.
pub(super) fn abouts<'s>(
    scene: &Scene<'s>,
    statement: &Statement,
) -> impl Iterator<Item = (&'s Union, &'s str)> {
    let ours = statement.is_ours();
    let unions = scene.texts.unions.iter().filter(move |_| ours);
    unions.filter_map(|union| Some((union, union.about.as_deref()?)))
}

/// Whom the press may ask about it.
pub(super) fn contact<'s>(scene: &Scene<'s>, statement: &'s Statement) -> Option<&'s Contact> {
    statement.contact.as_ref().or(scene.texts.press.as_ref())
}

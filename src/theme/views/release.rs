//! A statement as a release: its line above the title, how it is passed on, and the whole of it as an e-mail's text.

use tera::Value;

use super::links::link;
use super::statement::{abouts, contact};
use super::value::list;
use super::{Scene, card};
use crate::base::url::encode_query;
use crate::model::{Card, Contact, Prose as Text, Side, Speaker, Statement, StatementType};
use crate::theme::as_text::as_text;
use crate::theme::prose::{Prose, Urls};
use crate::theme::wrap::{wrap, wrapped};

/// What ends a release, as agencies write it.
const END: &str = "###";

/// “FOR IMMEDIATE RELEASE”, or until when the press must hold it back; nothing above what others issue, or what is for
/// members.
pub(super) fn line(scene: &Scene<'_>, own: &Card, statement: &Statement) -> Option<String> {
    if !statement.is_ours() || !matches!(statement.kind, StatementType::Release | StatementType::Advisory) {
        return None;
    }
    Some(match own.published.filter(|_| own.unpublished) {
        Some(until) => {
            let until = scene.words.moment(until, &scene.campaign.zone);
            scene.words.fill("embargoed_until", &[("moment", &until)])
        }
        None => scene.words.get("for_immediate_release").to_owned(),
    })
}

/// Links by which a reader passes the page on, with nothing of others on it; none for what is not published yet, and
/// for what others issue.
pub(super) fn share(scene: &Scene<'_>, own: &Card, statement: &Statement) -> Value {
    if own.unpublished || statement.side() == Side::Employer {
        return list([]);
    }
    let url = scene.campaign.base.absolute(&own.route.address());
    let (title, address) = (encode_query(&own.title), encode_query(&url));
    list([
        link(scene.words.get("share_email"), &format!("mailto:?subject={title}&body={address}")),
        link("WhatsApp", &format!("https://wa.me/?text={title}%20{address}")),
        link("Facebook", &format!("https://www.facebook.com/sharer/sharer.php?u={address}")),
        link("Bluesky", &format!("https://bsky.app/intent/compose?text={title}%20{address}")),
    ])
}

/// The whole statement as plain text in lines that fit into an e-mail, with the end mark, what the union says of itself
/// and whom to ask.
pub(in crate::theme) fn text(scene: &Scene<'_>, own: &Card, statement: &Statement, prose: &Text) -> String {
    let url = scene.campaign.base.absolute(&own.route.address());
    let mut release = Release { url: &url, out: String::new() };
    let words = scene.words;
    let theirs = statement.side() == Side::Employer;
    release.letterhead(scene, statement);
    if let Some(line) = line(scene, own, statement) {
        release.block(&line);
    }
    let label = words.get(card::statement_word(statement.kind));
    release.block(&format!("{label} · {}", words.date_long(statement.date)));
    release.block(&own.title);
    release.underline(&own.title);
    if let Some(summary) = &own.summary {
        release.block(summary);
    }
    let render = |linked| Prose::new(*scene, Some(own.id), Urls::Absolute).render(linked);
    let points = prose.key_points.iter().map(|point| format!("<li>{}</li>", render(point)));
    release.html(&format!("<ul>{}</ul>", points.collect::<String>()));
    let body = render(&prose.body);
    let dateline = statement.dateline.as_ref().map(|place| {
        crate::base::Html::text(&format!("{place}, {} – ", words.date_medium(statement.date))).into_string()
    });
    match (dateline, body.strip_prefix("<p>")) {
        (Some(dateline), Some(rest)) => release.html(&format!("<p>{dateline}{rest}")),
        _ => release.html(&body),
    }
    for speaker in &statement.speakers {
        release.speaker(speaker);
    }
    for correction in &statement.corrections {
        release.block(&format!("{} · {}", words.get("corrections"), words.date_medium(correction.date)));
        release.html(&render(&correction.text));
    }
    if let Some(source) = &statement.source {
        release.block(&format!("{} {} ({})", words.get("full_text"), source.title, source.url));
    }
    release.block(END);
    if !theirs {
        release.about(scene, statement);
    }
    release.block(&url);
    release.out
}

/// The text as it grows: blocks with an empty line between them.
struct Release<'r> {
    url: &'r str,
    out: String,
}

impl Release<'_> {
    fn block(&mut self, text: &str) {
        if !text.is_empty() {
            self.gap();
            self.lines(text, "", "");
        }
    }

    /// An empty line after what there is.
    fn gap(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn lines(&mut self, text: &str, first: &str, rest: &str) {
        wrap(text, first, rest, &mut self.out);
        self.out.push('\n');
    }

    /// A line under the block before.
    fn underline(&mut self, text: &str) {
        let longest = wrapped(text).lines().map(|line| line.chars().count()).max();
        self.out.push_str(&"=".repeat(longest.unwrap_or_default()));
        self.out.push('\n');
    }

    fn html(&mut self, html: &str) {
        let text = as_text(html, self.url);
        if !text.is_empty() {
            self.gap();
            self.out.push_str(&text);
        }
    }

    /// Who issues it, and that it is not the union's, where it is the employer's.
    fn letterhead(&mut self, scene: &Scene<'_>, statement: &Statement) {
        let words = scene.words;
        let named = |key: &str, name: &str| words.fill(key, &[("name", name)]);
        match &statement.issuer {
            Some(issuer) if issuer.side == Side::Employer => {
                self.block(&named("statement_of_employer", &issuer.name));
                self.block(words.get("not_our_words"));
            }
            Some(issuer) if issuer.side == Side::Ally => {
                self.block(&named("statement_of_ally", &issuer.name));
            }
            Some(issuer) if issuer.side == Side::Joint => self.block(&named("statement_joint", &issuer.name)),
            _ => {
                let unions: Vec<String> = scene.texts.unions.iter().map(|union| union.name.clone()).collect();
                self.block(&words.list(&unions));
            }
        }
    }

    fn speaker(&mut self, speaker: &Speaker) {
        let Some(quote) = &speaker.quote else { return };
        self.gap();
        self.lines(quote, "> ", "> ");
        let role = speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
        self.lines(&format!("– {}{role}", speaker.name), "", "  ");
    }

    /// What the unions say of themselves, and whom the press may ask.
    fn about(&mut self, scene: &Scene<'_>, statement: &Statement) {
        abouts(scene, statement).for_each(|(_, about)| self.block(about));
        if let Some(Contact { name, role, phone, email }) = contact(scene, statement) {
            let parts: Vec<&str> =
                [name, role, phone, email].into_iter().flatten().map(String::as_str).collect();
            self.block(&format!("{}: {}", scene.words.get("media_contact"), parts.join(", ")));
        }
    }
}

//! The web manifest of a language (W3C Web Application Manifest).

use serde_json::{Value, json};

use super::json::{compact, file};
use super::view::View;
use crate::base::OutPath;

/// The longest name that fits under an icon on a home screen, in characters.
const LONGEST_SHORT_NAME: usize = 12;

/// Languages that are written from right to left, by their primary subtag.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// The icons that a theme may have: name, sizes, type.
const ICONS: [(&str, &str, &str); 3] = [
    ("icon.svg", "any", "image/svg+xml"),
    ("icon-192.png", "192x192", "image/png"),
    ("icon-512.png", "512x512", "image/png"),
];

/// Names, colours and icons. `display` is `browser`: a campaign page wants its address bar, so that people can
/// copy and check it.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let base = &view.campaign.base;
    let start = base.local(&view.campaign.language_prefix(view.language));
    let language = view.tag(view.language);
    file(&compact(json!({
        "name": view.texts.title,
        "short_name": short_name(view),
        "description": view.texts.tagline,
        "id": start,
        "start_url": start,
        "scope": base.path(),
        "display": "browser",
        "lang": language,
        "dir": direction(language),
        "theme_color": view.accent(),
        "background_color": "#ffffff",
        "icons": icons(view),
    })))
}

fn short_name(view: &View<'_>) -> String {
    let title = &view.texts.title;
    let union = view.texts.unions.first().and_then(|union| union.short.as_ref());
    let short = if title.chars().count() <= LONGEST_SHORT_NAME { title } else { union.unwrap_or(title) };
    short.clone()
}

fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.contains(&primary) { "rtl" } else { "ltr" }
}

fn icons(view: &View<'_>) -> Vec<Value> {
    let icon = |(name, sizes, kind): (&str, &str, &str)| {
        Some(json!({ "src": view.asset(name)?, "sizes": sizes, "type": kind }))
    };
    ICONS.into_iter().filter_map(icon).collect()
}

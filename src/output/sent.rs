//! What a host should send along with the site's files: a policy, how long they keep, and their types.

use super::view::View;
use crate::model::Route;

/// Sent with every answer, beside what a page may load.
const EVERYWHERE: [(&str, &str); 4] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// For files whose names change with their bytes (RFC 8246).
pub(super) const FOR_EVER: (&str, &str) = ("Cache-Control", "public, max-age=31536000, immutable");

/// What is sent with every answer: by name and value.
pub(super) fn everywhere(view: &View<'_>) -> Vec<(&'static str, String)> {
    let base = &view.campaign.base;
    let policy = format!("{}; frame-ancestors 'none'", view.campaign.policy());
    let mut everywhere = vec![("Content-Security-Policy", policy)];
    everywhere.extend(EVERYWHERE.map(|(name, value)| (name, value.to_owned())));
    if base.origin().starts_with("https:") && base.path() == "/" {
        // Not below a path: the host is others' as well, and not ours to bind (RFC 6797 §6.1).
        everywhere.push(("Strict-Transport-Security", "max-age=31536000".to_owned()));
    }
    everywhere
}

/// The media type of what hosts do not know by its ending.
pub fn content_type(route: &Route) -> Option<&'static str> {
    Some(match route {
        Route::Atom(_) => "application/atom+xml; charset=utf-8",
        Route::JsonFeed(_) => "application/feed+json; charset=utf-8",
        Route::Calendar(_) | Route::DocumentCalendar(_) => "text/calendar; charset=utf-8",
        Route::TimelineJson(_) => "application/json; charset=utf-8",
        Route::StatementText(_) => "text/plain; charset=utf-8",
        Route::GeoJson => "application/geo+json; charset=utf-8",
        Route::Manifest(_) => "application/manifest+json; charset=utf-8",
        Route::Page(_) | Route::Redirect(_) | Route::Sitemap | Route::Robots | Route::Headers => return None,
        Route::Redirects | Route::Htaccess | Route::S3Website => return None,
        Route::Asset(_) | Route::Media | Route::Static | Route::SocialCard(_) => return None,
    })
}

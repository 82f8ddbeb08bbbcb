//! `_headers`: what Netlify and Cloudflare Pages send along
//! (<https://docs.netlify.com/manage/routing/headers/>).

use std::fmt::Write as _;

use super::view::View;
use crate::base::OutPath;
use crate::model::Route;

/// Sent with every answer, beside what a page may load.
const EVERYWHERE: [(&str, &str); 4] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// For files whose names change with their bytes (RFC 8246).
const FOR_EVER: (&str, &str) = ("Cache-Control", "public, max-age=31536000, immutable");

/// The rules for all files, for fingerprinted ones, and for those whose type hosts do not know.
pub(super) fn render(_: &OutPath, view: &View<'_>) -> Vec<u8> {
    let base = &view.campaign.base;
    let policy = format!("{}; frame-ancestors 'none'", view.campaign.policy());
    let mut everywhere = vec![("Content-Security-Policy", policy.as_str())];
    everywhere.extend(EVERYWHERE);
    if base.origin().starts_with("https:") && base.path() == "/" {
        // Not below a path: the host is others' as well, and not ours to bind (RFC 6797 §6.1).
        everywhere.push(("Strict-Transport-Security", "max-age=31536000"));
    }
    let mut out = String::new();
    rule(&mut out, &base.local("*"), &everywhere);
    rule(&mut out, &base.local("assets/*"), &[FOR_EVER]);
    rule(&mut out, &base.local("media/*"), &[FOR_EVER]);
    for (path, route) in view.reader.routes() {
        if let Some(kind) = content_type(route) {
            rule(&mut out, &base.local(&path.address()), &[("Content-Type", kind)]);
        }
    }
    out.into_bytes()
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
        Route::Redirects | Route::Asset(_) | Route::Media | Route::Static | Route::SocialCard(_) => {
            return None;
        }
    })
}

fn rule(out: &mut String, path: &str, headers: &[(&str, &str)]) {
    let _infallible = writeln!(out, "{path}");
    for (name, value) in headers {
        let _infallible = writeln!(out, "  {name}: {value}");
    }
}

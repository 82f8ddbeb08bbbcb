//! What the bar in the page is made of, and what it asks for, below the reserved path.

use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::identity::Identity;
use super::{Answer, Shared, Shown, State as PageState};
use crate::base::{asset_digest, url};

/// The scripts, ready to be sent.
pub(super) struct Scripts {
    bar: String,
    live: &'static str,
}

impl Scripts {
    /// Puts the parts of the page's script together. It is one file, for only a script that stands before the page's
    /// own policy may run; the style sheet travels in it, so that no policy of a theme can keep it out.
    pub(super) fn new() -> Scripts {
        let live = include_str!("aids/live.js");
        let style = serde_json::Value::from(include_str!("aids/bar.css"));
        // A browser keeps a shared worker by its address while any tab is open; another version must be another one.
        let worker = serde_json::Value::from(format!("/_handbill/live.js?{}", asset_digest(live.as_bytes())));
        let bar = [
            "(() => {\n'use strict';\n",
            &format!("const STYLE = {style};\nconst WORKER = {worker};\n"),
            include_str!("aids/page.js"),
            include_str!("aids/view.js"),
            include_str!("aids/bar.js"),
            "})();\n",
        ];
        Scripts { bar: bar.concat(), live }
    }
}

fn script(text: String, policy: &'static str) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy)];
    (headers, text).into_response()
}

/// The script of the page.
pub(super) async fn bar(State(shared): State<Shared>) -> Response {
    script(shared.scripts.bar.clone(), "default-src 'none'; frame-ancestors 'none'")
}

/// The script of the worker that keeps the line to the preview. A worker has the policy that it is sent with, not that of the
/// page: it may connect to us, and do nothing else.
pub(super) async fn live(State(shared): State<Shared>) -> Response {
    script(shared.scripts.live.to_owned(), "default-src 'none'; connect-src 'self'; frame-ancestors 'none'")
}

/// Which page asks, and what it has seen.
#[derive(Deserialize)]
pub(super) struct Asks {
    page: String,
    since: Option<String>,
}

/// What the page should be, and what the bar says about it.
#[derive(Serialize)]
struct Says {
    version: String,
    shown: Shown,
    digest: String,
    styles: Vec<String>,
    #[serde(flatten)]
    state: PageState,
}

/// The state of a page, as JSON.
pub(super) async fn state(State(shared): State<Shared>, Query(asks): Query<Asks>) -> Response {
    let address = url::decode(asks.page.trim_start_matches('/'));
    let since = asks.since.and_then(|version| shared.live.generation(&version));
    let live = shared.live.clone();
    let says = tokio::task::spawn_blocking(move || {
        // The page first: rendering it may find what the state then tells.
        let content = match shared.preview.answer(&address) {
            Answer::Content(content) => content,
            Answer::Elsewhere(_) => return None,
        };
        let Identity { digest, styles } = Identity::of(&content.bytes);
        let state = shared.preview.state(&address, since);
        let version = live.version(content.generation);
        Some(Says { version, shown: content.shown, digest, styles, state })
    });
    match says.await {
        Ok(Some(says)) => json(&says),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn json(says: &Says) -> Response {
    let Ok(text) = serde_json::to_string(says) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// Where in time to go.
#[derive(Deserialize)]
pub(super) struct Travels {
    #[serde(default)]
    to: String,
}

/// Shows the site as of another moment, in all tabs.
pub(super) async fn moment(State(shared): State<Shared>, Query(travels): Query<Travels>) -> Response {
    let preview = shared.preview.clone();
    match tokio::task::spawn_blocking(move || preview.travel(&travels.to)).await {
        Ok(Ok(())) => StatusCode::NO_CONTENT.into_response(),
        Ok(Err(why)) => (StatusCode::UNPROCESSABLE_ENTITY, why).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

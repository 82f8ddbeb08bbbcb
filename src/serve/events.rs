//! The event stream by which open tabs hear that something changed.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;

use super::Shared;

/// How soon a browser looks for a preview that went away.
const RETRY: Duration = Duration::from_millis(500);

/// How often something is said, so that both sides notice that the other is gone.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// One event at once, and one whenever something changed; each says the version that holds. Tabs ask for the rest, so an
/// event that is lost while others come loses nothing.
pub(super) async fn events(State(shared): State<Shared>) -> Response {
    let Ok(permit) = shared.streams.clone().try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "Too many tabs are open.\n").into_response();
    };
    let news = shared.live.news.subscribe();
    let events =
        stream::unfold((shared, news, permit, true), |(shared, mut news, permit, first)| async move {
            if !first && matches!(news.recv().await, Err(RecvError::Closed)) {
                return None;
            }
            let version = shared.live.version(shared.preview.generation());
            let event = Event::default().data(version).retry(RETRY);
            Some((Ok::<_, Infallible>(event), (shared, news, permit, false)))
        });
    Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response()
}

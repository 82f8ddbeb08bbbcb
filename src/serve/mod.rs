//! The preview server: for its user alone, from memory, with aids that no published page has.
//!
//! It is handed a [`Preview`], a handful of functions that return pages and what there is to say about them. It looks
//! nothing up on the disk and asks no clock but for its own timeouts. Whatever it sends is `no-store` and same-origin;
//! what a request must be to be answered at all stands in `guard`.

mod aids;
mod answer;
mod connections;
mod events;
mod guard;
mod identity;
mod lan;
mod listen;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::middleware;
use axum::routing::get;
use serde::Serialize;
use tokio::sync::{Semaphore, broadcast};

pub use lan::Token;
pub use listen::{Door, bind, run};

/// What the server shows: pages, what there is to say about them, and the way through time.
///
/// The functions may take as long as rendering takes: they are called where that keeps nobody else waiting.
pub trait Preview: Send + Sync + 'static {
    /// What stands at an address below the site's root: decoded, without a slash in front.
    fn answer(&self, address: &str) -> Answer;

    /// What the bar says about that address. `since` is what the page that asks has seen, where that was in this run.
    fn state(&self, address: &str, since: Option<u64>) -> State;

    /// Shows the site as of another moment; an empty text leads back to where it started.
    ///
    /// # Errors
    /// A sentence for people, where the text is no moment.
    fn travel(&self, to: &str) -> Result<(), String>;

    /// How often what is shown has changed.
    fn generation(&self) -> u64;
}

/// What stands at an address.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A file of the site, or what stands in for it.
    Content(Content),
    /// The same thing has another address, below the site's root: `statements/x/` for `statements/x`.
    Elsewhere(String),
}

/// Bytes to send, and what they are.
#[derive(Debug, Clone)]
pub struct Content {
    /// How they came to be.
    pub shown: Shown,
    /// The generation in which they were looked up, at the latest.
    pub generation: u64,
    /// The path of the output; its ending tells the media type where nothing else does.
    pub path: String,
    /// The media type, where the path's ending does not tell it.
    pub media_type: Option<&'static str>,
    /// The bytes.
    pub bytes: Bytes,
}

/// How what is shown came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// As it is now.
    Fresh,
    /// As it was when it could last be made; something is broken now.
    Kept,
    /// There is nothing here: the site's page for that.
    Missing,
    /// Something is broken, and there is nothing older to show.
    Nothing,
}

/// What the bar says about a page.
#[derive(Debug, Clone, Serialize)]
pub struct State {
    /// The file that the page is made of; none for lists.
    pub source: Option<String>,
    /// What holds for its being published, in a few words each: “Draft”, “Embargoed until …”.
    pub marks: Vec<Mark>,
    /// What there is to tell of this page, and of files that every page is made of.
    pub here: Vec<Told>,
    /// What there is to tell of the rest of the site.
    pub elsewhere: Vec<Told>,
    /// How many errors and warnings there are elsewhere, told or not.
    pub elsewhere_count: (usize, usize),
    /// Why there is no page here, where that is known.
    pub gone: Option<String>,
    /// The moment as of which all this holds.
    pub moment: Moment,
    /// Pages that will not be published as things are: address and mark.
    pub unpublished: Vec<(String, &'static str)>,
    /// What was saved last, where the page that asks has not seen that yet.
    pub saved: Option<Saved>,
    /// Addresses that stay the same while what stands there changed since the page that asks was made; `None` where
    /// that is not known any more.
    pub touched: Option<Vec<String>>,
}

/// A mark of a page: its kind is one word for the style sheet, its text is for people.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// `draft`, `embargoed`, `expires` or `published`.
    pub kind: &'static str,
    /// What it says.
    pub text: String,
}

/// A finding, ready to be shown.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// Whether it stops publishing.
    pub error: bool,
    /// Whether it should be seen at once: it is about this page or about what was saved last.
    pub urgent: bool,
    /// The finding as HTML, escaped.
    pub html: String,
}

/// The moment as of which the site is shown.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    /// For the field: `2024-10-24T18:00`, in the campaign's zone.
    pub field: String,
    /// For people: `Thu 24 Oct 2024, 18:00 PDT`.
    pub text: String,
    /// Whether somebody travelled there.
    pub travelled: bool,
    /// Where the way back leads: `now`, or the moment that the command named.
    pub home: String,
    /// The campaign's zone.
    pub zone: String,
    /// The next moment at which something changes by itself, for the field and for people.
    pub next: Option<(String, String)>,
}

/// A document that was saved.
#[derive(Debug, Clone, Serialize)]
pub struct Saved {
    /// Its file.
    pub source: String,
    /// Its page, where it has one now.
    pub address: Option<String>,
}

/// Tells every open tab that something changed. May be cloned and used from any thread.
#[derive(Debug, Clone)]
pub struct Live {
    /// One word for this run of the program: a tab that knows another one was open before.
    run: Arc<str>,
    news: broadcast::Sender<()>,
}

impl Live {
    /// For one run of the program; the token need only differ from those of other runs.
    pub fn new(run: &Token) -> Live {
        // Tabs ask for what is new when they hear that there is something, so that one message in wait says it all.
        Live { run: Arc::from(run.as_str()), news: broadcast::channel(1).0 }
    }

    /// Something changed.
    pub fn announce(&self) {
        let _nobody_listens = self.news.send(());
    }

    /// What a tab has seen: the run, and the generation in it.
    fn version(&self, generation: u64) -> String {
        format!("{}.{generation}", self.run)
    }

    /// The generation of a version, where it is of this run.
    fn generation(&self, version: &str) -> Option<u64> {
        let (run, generation) = version.split_once('.')?;
        (run == &*self.run).then(|| generation.parse().ok()).flatten()
    }
}

/// What all requests share.
#[derive(Clone)]
struct Shared {
    preview: Arc<dyn Preview>,
    live: Live,
    scripts: Arc<aids::Scripts>,
    /// How many tabs may listen at the same time; browsers make all tabs of one origin share a line where they can.
    streams: Arc<Semaphore>,
}

/// The most event streams at the same time.
const STREAMS: usize = 64;

/// The reserved path. A file of the site's own that stood there would not be seen in the preview.
const RESERVED: &str = "/_handbill/";

fn app(shared: Shared, guard: guard::Guard) -> Router {
    Router::new()
        .route("/_handbill/bar.js", get(aids::bar))
        .route("/_handbill/live.js", get(aids::live))
        .route("/_handbill/events", get(events::events))
        .route("/_handbill/state", get(aids::state))
        .route("/_handbill/moment", get(aids::moment))
        .fallback(answer::answer)
        .with_state(shared)
        .layer(middleware::from_fn_with_state(Arc::new(guard), guard::guard))
}

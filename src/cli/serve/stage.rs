//! What the preview shows at each address, and how it changes: the functions that the server is handed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use axum::body::Bytes;

use super::kept::Made;
use super::site::{Rendered, Results, Site};
use super::told;
use crate::base::{Change, Html, OutPath};
use crate::diagnostics::{Finding, html, stops};
use crate::engine::{Engine, Exposure, Update};
use crate::serve::{Answer, Content, Live, Preview, Shown, State};

/// The site, what was made of it, and who is to hear of changes. Locks are taken in the order of the fields.
pub(super) struct Stage {
    site: RwLock<Site>,
    results: Mutex<Results>,
    live: Live,
    /// How many requests are being answered.
    busy: AtomicUsize,
    /// Rung when something is to be rendered again.
    work: Condvar,
}

/// What came of rendering ahead.
pub(super) enum Ahead {
    /// One output was rendered.
    Rendered,
    /// Somebody waits for an answer, and comes first.
    Busy,
    /// Everything is rendered.
    Done,
}

/// What stands at an address.
enum Place {
    /// An output.
    Here(OutPath),
    /// The page of a folder that was named without its slash, or with its file's name.
    At(String),
    /// Nothing; this is where a page would be.
    Nowhere(Option<OutPath>),
}

impl Stage {
    pub(super) fn new(site: Site, live: Live) -> Stage {
        let results = Mutex::new(Results::new(&site.engine));
        Stage { site: RwLock::new(site), results, live, busy: AtomicUsize::new(0), work: Condvar::new() }
    }

    /// The site, for reading and rendering. A panic elsewhere has left it whole: it is exchanged, not mended in place.
    pub(super) fn site(&self) -> RwLockReadGuard<'_, Site> {
        self.site.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn site_to_change(&self) -> RwLockWriteGuard<'_, Site> {
        self.site.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn results(&self) -> MutexGuard<'_, Results> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what changed on the disk, and tells the tabs.
    pub(super) fn apply(&self, changes: &[Change], disk: Vec<Finding>) {
        let mut site = self.site_to_change();
        let updates = site.apply(changes, disk);
        self.settle(site, &updates);
    }

    /// How long it is until something changes by itself; `None` while the clock is not followed, or nothing will.
    pub(super) fn until_next(&self) -> Option<Duration> {
        let mut site = self.site_to_change();
        site.look_ahead();
        site.next.and_then(|next| site.time.until(next))
    }

    /// Moves on with the clock where that changes something, and tells the tabs.
    pub(super) fn move_on(&self) {
        let mut site = self.site_to_change();
        let moment = site.time.moment();
        if site.next.is_some_and(|next| next <= moment) {
            let update = site.move_on();
            self.settle(site, &[update]);
        }
    }

    fn settle(&self, site: RwLockWriteGuard<'_, Site>, updates: &[Update]) {
        for update in updates {
            self.results().outdate(update);
        }
        drop(site);
        self.work.notify_all();
        self.live.announce();
    }

    /// Waits until there is something to render.
    pub(super) fn wait_for_work(&self) {
        let results = self.results();
        drop(self.work.wait_while(results, |results| results.waiting.is_empty() && !results.unchecked));
    }

    /// Renders one of the outputs that were not rendered since they changed, so that what there is to tell of it is known.
    /// Requests come first: a page takes milliseconds, and no lock is held between two of them.
    pub(super) fn render_ahead(&self) -> Ahead {
        if self.busy.load(Ordering::Relaxed) > 0 {
            return Ahead::Busy;
        }
        let site = self.site();
        let Some(path) = self.results().next() else { return Ahead::Done };
        if let Some(picture) = site.engine.exposure(&path) {
            let generation = site.generation;
            drop(site);
            match picture.can_wait() {
                true => self.results().note(&path, Vec::new()),
                false => drop(self.print(&path, &picture, generation)),
            }
            return Ahead::Rendered;
        }
        let Some(rendered) = site.render(&path) else { return Ahead::Rendered };
        let mut results = self.results();
        let is_news = results.findings.get(&path).map_or(&[][..], Vec::as_slice) != rendered.findings;
        if let Some(made) = rendered.made.filter(|_| site.is_readable(&path)) {
            results.kept.keep_ahead(&path, made);
        }
        results.note(&path, rendered.findings);
        drop(results);
        drop(site);
        if is_news {
            self.live.announce();
        }
        Ahead::Rendered
    }

    /// Makes a photo or a card, or finds it made. Whoever calls holds no lock, for it takes long; and what was made of
    /// a photo holds whatever happens to the site meanwhile, for the output's name says which it is; a card holds for the
    /// generation of which it is.
    fn print(&self, path: &OutPath, picture: &Exposure, generation: u64) -> Option<Made> {
        if let Some(made) = self.results().kept.fresh(path) {
            return Some(made);
        }
        let rendered = Rendered::of(picture.make(), None);
        let is_news = !rendered.findings.is_empty();
        let site = self.site();
        if picture.can_wait() && site.generation != generation {
            return rendered.made;
        }
        let mut results = self.results();
        if let Some(made) = &rendered.made {
            results.kept.keep_ahead(path, made.clone());
        }
        results.note(path, rendered.findings);
        drop(results);
        drop(site);
        if is_news {
            self.live.announce();
        }
        rendered.made
    }

    /// Asks once after each change what a build would tell besides. It is a site of its own, so that nothing waits for it.
    pub(super) fn ask_build(&self) {
        let as_built = {
            let site = self.site();
            let mut results = self.results();
            if !std::mem::take(&mut results.unchecked) {
                return;
            }
            site.as_built().map(|built| (built, site.generation))
        };
        let (told, generation) = match as_built {
            Some(((tree, settings), generation)) => {
                (Engine::new(tree, settings).findings().to_vec(), generation)
            }
            None => (Vec::new(), self.generation()),
        };
        let mut site = self.site_to_change();
        // What was asked of an older state is asked again.
        let is_news = site.generation == generation && site.take_built(&told);
        drop(site);
        if is_news {
            self.live.announce();
        }
    }

    /// Makes an output, or finds it made; `None` where it cannot be made now, or only from a file that cannot be read while
    /// there is an older page to show.
    fn make(&self, site: &Site, path: &OutPath) -> Option<Made> {
        if !site.engine.is_made() {
            return None;
        }
        let mut results = self.results();
        if let Some(about) = site.engine.about(path) {
            results.sources.insert(path.clone(), about.source.clone());
        }
        if let Some(made) = results.kept.fresh(path) {
            return Some(made);
        }
        let is_readable = site.is_readable(path);
        if !is_readable && results.kept.last(path).is_some() {
            return None;
        }
        drop(results);
        let rendered = site.render(path)?;
        let mut results = self.results();
        results.note(path, rendered.findings);
        let made = rendered.made?;
        if is_readable {
            results.kept.keep(path, made.clone());
        }
        Some(made)
    }

    fn answer_at(&self, site: &Site, address: &str) -> Answer {
        let generation = site.generation;
        let content = |shown, path: &str, (bytes, media_type): Made| {
            Answer::Content(Content { shown, generation, path: path.to_owned(), media_type, bytes })
        };
        let path = match place(site, address) {
            Place::At(address) => return Answer::Elsewhere(address),
            Place::Here(path) => {
                if let Some(made) = self.make(site, &path) {
                    return content(Shown::Fresh, path.as_str(), made);
                }
                Some(path)
            }
            Place::Nowhere(path) => path,
        };
        let last = path.as_ref().filter(|path| self.is_broken(site, path));
        if let Some((path, made)) = last.and_then(|path| Some((path, self.results().kept.last(path)?))) {
            return content(Shown::Kept, path.as_str(), made);
        }
        let is_site = site.engine.is_made() && path.is_none_or(|path| !site.engine.has(&path));
        match not_found(site, address).filter(|_| is_site) {
            Some(path) => {
                let made = self.make(site, &path).unwrap_or_else(|| (nothing(site), None));
                content(Shown::Missing, path.as_str(), made)
            }
            None => content(Shown::Nothing, "index.html", (nothing(site), None)),
        }
    }

    /// Whether what should stand at a path cannot be made because of a mistake, rather than being gone.
    fn is_broken(&self, site: &Site, path: &OutPath) -> bool {
        if !site.engine.is_made() || site.engine.has(path) {
            return true;
        }
        let results = self.results();
        let source = results.sources.get(path);
        source.is_some_and(|source| {
            site.engine.tree().get(source).is_some() && site.engine.page_of(source).is_none()
        }) && stops(site.engine.findings())
    }
}

impl Preview for Stage {
    fn answer(&self, address: &str) -> Answer {
        let _counts = Busy::new(&self.busy);
        let site = self.site();
        if let Place::Here(path) = place(&site, address)
            && let Some(picture) = site.engine.exposure(&path)
        {
            let generation = site.generation;
            drop(site);
            if let Some((bytes, media_type)) = self.print(&path, &picture, generation) {
                let path = path.to_string();
                return Answer::Content(Content { shown: Shown::Fresh, generation, path, media_type, bytes });
            }
            return self.answer_at(&self.site(), address);
        }
        self.answer_at(&site, address)
    }

    fn state(&self, address: &str, since: Option<u64>) -> State {
        let _counts = Busy::new(&self.busy);
        let site = self.site();
        let path = match place(&site, address) {
            Place::Here(path) | Place::Nowhere(Some(path)) => Some(path),
            Place::At(_) | Place::Nowhere(None) => None,
        };
        told::state(&site, &self.results(), path.as_ref(), since)
    }

    fn travel(&self, to: &str) -> Result<(), String> {
        let mut site = self.site_to_change();
        let zone = site.zone.clone();
        site.time.travel(to, &zone)?;
        let update = site.move_on();
        self.settle(site, &[update]);
        Ok(())
    }

    fn generation(&self) -> u64 {
        self.site().generation
    }
}

/// Counts a request while it is being answered.
struct Busy<'a>(&'a AtomicUsize);

impl<'a> Busy<'a> {
    fn new(count: &'a AtomicUsize) -> Busy<'a> {
        count.fetch_add(1, Ordering::Relaxed);
        Busy(count)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn place(site: &Site, address: &str) -> Place {
    let is_folder = address.is_empty() || address.ends_with('/');
    let page = OutPath::new(&format!("{address}{}", if is_folder { "index.html" } else { "/index.html" }));
    if is_folder {
        return match page {
            Some(path) if site.engine.has(&path) => Place::Here(path),
            page => Place::Nowhere(page),
        };
    }
    let file = OutPath::new(address);
    match (file, page) {
        (Some(file), _) if site.engine.has(&file) => match address.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => Place::At(folder.to_owned()),
            Some(_) | None => Place::Here(file),
        },
        (_, Some(page)) if site.engine.has(&page) => Place::At(format!("{address}/")),
        (file, _) => Place::Nowhere(file),
    }
}

/// The page for addresses that do not exist: the one of the nearest folder, and so of the language.
fn not_found(site: &Site, address: &str) -> Option<OutPath> {
    let mut folder = address;
    while let Some((above, _)) = folder.rsplit_once('/') {
        folder = above;
        if let Some(path) = OutPath::new(&format!("{folder}/404.html")).filter(|path| site.engine.has(path)) {
            return Some(path);
        }
    }
    OutPath::new("404.html").filter(|path| site.engine.has(path))
}

/// An empty page for the overlay to stand on; whoever has no scripts reads the findings themselves.
fn nothing(site: &Site) -> Bytes {
    let mut page = Html::new();
    page.push_markup(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>Nothing to show yet</title></head><body><noscript><h1>Nothing to show yet</h1>",
    );
    for finding in site.findings().iter().take(told::MOST) {
        page.push(&html::render(finding, site.engine.tree()));
    }
    page.push_markup("</noscript></body></html>\n");
    Bytes::from(page.into_string())
}

//! What the bar says: marks, findings, the moment.

use jiff::tz::TimeZone;

use super::site::{Results, Site};
use super::time;
use crate::base::{OutPath, SourcePath};
use crate::diagnostics::{Finding, Severity, html, text};
use crate::engine::{About, Unpublished};
use crate::serve::{Mark, Saved, State, Told};

/// The most findings that are told at once; the rest is counted.
pub(super) const MOST: usize = 50;

/// The most links that are marked.
const MARKED: usize = 500;

/// What the bar says of a page.
pub(super) fn state(site: &Site, results: &Results, path: Option<&OutPath>, since: Option<u64>) -> State {
    let engine = &site.engine;
    let about = path.and_then(|path| engine.about(path));
    let source = about.map(|about| about.source.clone());
    let source = source.or_else(|| results.sources.get(path?).cloned());
    let (here, elsewhere) = sorted(site, results, path, source.as_ref());
    let tell = |finding: &Finding, is_here: bool| Told {
        error: finding.severity == Severity::Error,
        urgent: is_urgent(site, finding, is_here),
        html: html::render(finding, engine.tree()).into_string(),
    };
    let unpublished = engine.unpublished().take(MARKED);
    State {
        marks: about.map(|about| marks(about, &site.zone)).unwrap_or_default(),
        here: here.iter().take(MOST).map(|finding| tell(finding, true)).collect(),
        elsewhere: elsewhere.iter().take(MOST).map(|finding| tell(finding, false)).collect(),
        elsewhere_count: text::count(&elsewhere),
        gone: path.filter(|path| !engine.has(path)).and_then(|_| gone(site, source.as_ref()?)),
        moment: site.time.shown(&site.zone, site.next),
        unpublished: unpublished.map(|(path, why)| (address(path), word(why))).collect(),
        saved: since.filter(|since| site.saved.generation > *since).and_then(|_| saved(site)),
        touched: since.and_then(|since| site.touched(since)),
        source: source.map(|source| source.to_string()),
    }
}

/// Findings of this page and of what every page is made of, and those of the rest.
fn sorted<'a>(
    site: &'a Site,
    results: &'a Results,
    path: Option<&OutPath>,
    source: Option<&SourcePath>,
) -> (Vec<Finding>, Vec<Finding>) {
    let own = path.and_then(|path| results.findings.get(path));
    let (mut here, mut elsewhere): (Vec<Finding>, Vec<Finding>) =
        site.findings().into_iter().partition(|finding| is_here(finding, source));
    here.extend(own.into_iter().flatten().cloned());
    let others = results.findings.iter().filter(|(other, _)| Some(*other) != path);
    elsewhere.extend(others.flat_map(|(_, findings)| findings).cloned());
    for list in [&mut here, &mut elsewhere] {
        text::sort(list);
        list.dedup();
    }
    // A template that fails, fails on many pages.
    elsewhere.retain(|finding| !here.contains(finding));
    (here, elsewhere)
}

fn is_here(finding: &Finding, source: Option<&SourcePath>) -> bool {
    finding.place.as_ref().is_none_or(|place| Some(&place.file) == source || is_everywhere(&place.file))
}

/// Whether every page is made of a file.
fn is_everywhere(file: &SourcePath) -> bool {
    let campaign = file.folder() == "content" && file.name().starts_with("campaign.");
    campaign || file.below("themes").is_some()
}

/// What should be seen at once: errors of this page, of what was just saved, and all of them where they leave no site.
fn is_urgent(site: &Site, finding: &Finding, is_here: bool) -> bool {
    let saved = finding.place.as_ref().is_some_and(|place| site.saved.files.contains(&place.file));
    finding.severity == Severity::Error && (is_here || saved || !site.engine.is_made())
}

/// What holds for a page's being published.
fn marks(about: About<'_>, zone: &TimeZone) -> Vec<Mark> {
    let mark = |kind, text: String| Mark { kind, text };
    let mut marks = Vec::new();
    match about.unpublished {
        Some(Unpublished::Draft) => marks.push(mark("draft", "Draft".to_owned())),
        Some(Unpublished::Embargoed(until)) => {
            marks.push(mark("embargoed", format!("Embargoed until {}", time::text(until, zone))));
        }
        Some(Unpublished::Expired(at)) => {
            marks.push(mark("expires", format!("Expired {}", time::text(at, zone))));
        }
        None => marks.push(mark("published", "Public".to_owned())),
    }
    let over = matches!(about.unpublished, Some(Unpublished::Expired(_)));
    if let Some(until) = about.visibility.until.filter(|_| !over) {
        marks.push(mark("expires", format!("Expires {}", time::text(until, zone))));
    }
    marks
}

fn word(why: Unpublished) -> &'static str {
    match why {
        Unpublished::Draft => "draft",
        Unpublished::Embargoed(_) => "embargoed",
        Unpublished::Expired(_) => "expired",
    }
}

/// Why there is no page any more where one was.
fn gone(site: &Site, source: &SourcePath) -> Option<String> {
    if site.engine.tree().get(source).is_none() {
        return Some(format!("{source} is gone, and its page with it."));
    }
    let now = site.engine.page_of(source)?;
    Some(format!("The page of {source} is at {} now.", address(now)))
}

fn saved(site: &Site) -> Option<Saved> {
    let source = site.saved.document.as_ref()?;
    Some(Saved { source: source.to_string(), address: site.engine.page_of(source).map(address) })
}

fn address(path: &OutPath) -> String {
    format!("/{}", path.address())
}

/// The findings that are new, for the terminal. Where a mistake only moved to another line, it is not.
pub(super) fn news(before: &[Finding], now: &[Finding]) -> Vec<Finding> {
    let mut known: Vec<(&str, u16)> = before.iter().map(key).collect();
    let mut news = Vec::new();
    for finding in now {
        match known.iter().position(|known| *known == key(finding)) {
            Some(at) => {
                known.swap_remove(at);
            }
            None => news.push(finding.clone()),
        }
    }
    news
}

fn key(finding: &Finding) -> (&str, u16) {
    (&finding.title, finding.code.0)
}

//! Turns typed texts into values, telling what cannot be read and where it stands.

use std::cell::RefCell;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::coordinates::{self, CoordinatesError};
use super::markdown::{self, Origin};
use super::raw::{Many, RawImage, RawRange, RawSource, TextOr};
use super::way::Way;
use super::{ImageField, contacts, dates, hours, told, zones};
use crate::base::url::{Scheme, is_private, scheme};
use crate::base::{FieldPath, LanguageTag, Slug, SourcePath};
use crate::diagnostics::{self, Edit, Finding, Place, finding, nearest};
use crate::model::{Body, Coordinates, DateRange, Hours, Source, When};

/// Where a value stands.
pub(super) type At<'p> = &'p Way<'p>;

/// Gathers the findings of one file while its values are read.
pub(super) struct Gather<'a> {
    pub(super) file: &'a SourcePath,
    findings: RefCell<Vec<Finding>>,
}

impl<'a> Gather<'a> {
    pub(super) fn new(file: &'a SourcePath) -> Gather<'a> {
        Gather { file, findings: RefCell::default() }
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }

    /// Takes out what is said to be missing in groups with a key that nobody knows.
    pub(super) fn hide_absences(&self, strays: &[FieldPath]) {
        let follows = |finding: &Finding| match finding.place.as_ref().map(|place| &place.at) {
            Some(diagnostics::At::Field(path)) => finding.tells_of_absence() && strays.contains(path),
            _ => false,
        };
        self.findings.borrow_mut().retain(|finding| !follows(finding));
    }

    pub(super) fn tell(&self, finding: Finding) {
        self.findings.borrow_mut().push(finding);
    }

    pub(super) fn place(&self, at: At<'_>) -> Place {
        Place::field(self.file, at.path())
    }

    /// A text without white space around it and without control characters, which mean nothing on a page; an empty one
    /// counts as absent.
    pub(super) fn text(&self, text: Option<String>) -> Option<String> {
        let text = text?;
        let clean = markdown::clean(text.trim());
        let changed = (clean.len() < text.len()).then(|| clean.into_owned());
        Some(changed.unwrap_or(text)).filter(|text| !text.is_empty())
    }

    /// A text that must be there.
    pub(super) fn required(
        &self,
        at: At<'_>,
        key: &str,
        text: Option<String>,
        example: &str,
    ) -> Option<String> {
        let text = self.text(text);
        if text.is_none() {
            self.tell(finding::missing_field(self.place(at), key, example));
        }
        text
    }

    /// Texts of a list; empty ones are left out.
    pub(super) fn texts(&self, texts: Option<Many<String>>) -> Option<Vec<String>> {
        texts.map(|Many(texts, _)| texts.into_iter().filter_map(|text| self.text(Some(text))).collect())
    }

    /// Where the `index`-th value of a list stands, or the only one.
    pub(super) fn item<'p, T>(&self, at: At<'p>, list: &Many<T>, index: usize) -> Way<'p> {
        if list.1 { at.index(index) } else { *at }
    }

    fn read<T, E>(
        &self,
        at: At<'_>,
        text: Option<String>,
        parse: impl Fn(&str) -> Result<T, E>,
        tell: impl Fn(Place, &str, &E) -> Finding,
    ) -> Option<T> {
        let text = self.text(text)?;
        parse(&text).map_err(|error| self.tell(tell(self.place(at), &text, &error))).ok()
    }

    pub(super) fn day(&self, at: At<'_>, text: Option<String>) -> Option<Date> {
        self.read(at, text, dates::parse_day, told::date)
    }

    pub(super) fn when(&self, at: At<'_>, text: Option<String>) -> Option<When> {
        self.read(at, text, dates::parse_when, told::date)
    }

    pub(super) fn day_or_moment(&self, at: At<'_>, text: Option<String>) -> Option<When> {
        self.read(at, text, dates::parse_day_or_moment, told::date)
    }

    pub(super) fn hours(&self, at: At<'_>, text: Option<String>) -> Option<Hours> {
        self.read(at, text, hours::parse, told::hours)
    }

    /// A day, or `{ from, to }`.
    pub(super) fn date_range(&self, at: At<'_>, range: Option<TextOr<RawRange>>) -> Option<DateRange> {
        match range? {
            TextOr::Text(text) => match self.two_days(at, &text, dates::parse_day) {
                Some((first, last)) => Some(DateRange { first, last }),
                None => self.day(at, Some(text)).map(DateRange::day),
            },
            TextOr::Group(RawRange { from, to }) => {
                let first = self.day(&at.key("from"), from)?;
                let last = self.day(&at.key("to"), to).unwrap_or(first);
                self.in_order(at, first <= last)?;
                Some(DateRange { first, last })
            }
        }
    }

    /// A point of the calendar, or `{ from, to }`, each as precise as it is written.
    pub(super) fn when_range(
        &self,
        at: At<'_>,
        range: Option<TextOr<RawRange>>,
    ) -> Option<(When, Option<When>)> {
        match range? {
            TextOr::Text(text) => match self.two_days(at, &text, dates::parse_when) {
                Some((first, last)) => Some((first, Some(last))),
                None => self.when(at, Some(text)).map(|when| (when, None)),
            },
            TextOr::Group(RawRange { from, to }) => {
                let first = self.when(&at.key("from"), from)?;
                let last = self.when(&at.key("to"), to);
                self.in_order(at, last.is_none_or(|last| first.first().date() <= last.last_day()))?;
                Some((first, last))
            }
        }
    }

    /// `2026-11-29 to 2026-11-30`, which is understood, and told: it is to be written as a group, in order.
    fn two_days<T>(
        &self,
        at: At<'_>,
        text: &str,
        parse: impl Fn(&str) -> Result<T, dates::DateError>,
    ) -> Option<(T, T)> {
        if !text.contains([' ', '–']) {
            return None;
        }
        let both = [" to ", " until ", " - ", " – ", "–", " bis ", " a ", " al "].into_iter();
        let (from, to) = both
            .filter_map(|word| text.split_once(word))
            .find(|(from, to)| [from, to].into_iter().all(|day| dates::parse_when(day.trim()).is_ok()))?;
        let (from, to) = (from.trim(), to.trim());
        let first = |text: &str| dates::parse_when(text).map(|when| when.first().date()).ok();
        let (from, to) = if first(from) > first(to) { (to, from) } else { (from, to) };
        let values = (parse(from).ok()?, parse(to).ok()?);
        let right = format!("{{ from: {from}, to: {to} }}");
        let place = self.place(at);
        let edit = Edit { at: place.at.clone(), text: right.clone() };
        self.tell(finding::two_days(place, text, &right).corrected_by(vec![edit]));
        Some(values)
    }

    fn in_order(&self, at: At<'_>, ordered: bool) -> Option<()> {
        if !ordered {
            self.tell(finding::ends_before_it_begins(self.place(at), "this"));
        }
        ordered.then_some(())
    }

    /// One of some words.
    pub(super) fn choice<T: Copy>(
        &self,
        at: At<'_>,
        what: &str,
        text: Option<String>,
        all: &[(&'static str, T)],
    ) -> Option<T> {
        let text = self.text(text)?;
        let found = all.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
            let typed = super::raw::plain(&text);
            let within = words.iter().copied().find(|word| typed.split('_').any(|part| part == *word));
            let near = nearest::nearest(&text, words.iter().copied()).or(within);
            let place = self.place(at);
            let same = words.iter().find(|word| word.eq_ignore_ascii_case(&text));
            let fix = same.map(|word| Edit { at: place.at.clone(), text: (*word).to_owned() });
            let told = finding::unknown_choice(place, what, &text, near, &words);
            self.tell(told.corrected_by(fix.into_iter().collect()));
        }
        found
    }

    /// A full `http` or `https` URL.
    pub(super) fn url(&self, at: At<'_>, text: Option<String>) -> Option<String> {
        let text = self.text(text)?;
        match scheme(&text) {
            Scheme::Allowed("https" | "http") if is_private(&text) => {
                self.tell(finding::private_address(self.place(at), &text));
                None
            }
            Scheme::Allowed("https" | "http") if text.len() > "https://".len() => Some(text),
            Scheme::Forbidden(name) if !text.contains("://") || name == "//" => {
                self.tell(finding::forbidden_scheme(self.place(at), &name));
                None
            }
            _ => {
                self.tell(finding::not_a_url(self.place(at), &text));
                None
            }
        }
    }

    /// A slug, an address of the site, or a URL of any allowed scheme: what a link of front matter may say.
    pub(super) fn target(&self, at: At<'_>, text: Option<String>) -> Option<String> {
        let text = self.text(text)?;
        if let Scheme::Forbidden(name) = scheme(&text) {
            self.tell(finding::forbidden_scheme(self.place(at), &name));
            return None;
        }
        Some(text)
    }

    pub(super) fn slug(&self, at: At<'_>, text: Option<String>) -> Option<Slug> {
        let text = self.text(text)?;
        let slug = Slug::parse(&text);
        if slug.is_none() {
            let better = Slug::make(&text, false);
            self.tell(finding::bad_slug(self.place(at), &text, better.as_ref().map(Slug::as_str)));
        }
        slug
    }

    pub(super) fn language(&self, at: At<'_>, text: Option<String>) -> Option<LanguageTag> {
        let text = self.text(text)?;
        let tag = LanguageTag::parse(&text);
        if tag.is_none() {
            self.tell(finding::bad_language(self.place(at), &text));
        }
        tag
    }

    /// An IANA time zone and its name.
    pub(super) fn zone(&self, at: At<'_>, text: Option<String>) -> Option<(TimeZone, String)> {
        let name = self.text(text)?;
        match TimeZone::get(&name) {
            Ok(zone) => Some((zone, name)),
            Err(_) => {
                let near = zones::nearest(&name);
                self.tell(finding::unknown_time_zone(self.place(at), &name, near.as_deref()));
                None
            }
        }
    }

    /// `34.0726, -117.4343`: latitude, then longitude, in degrees.
    pub(super) fn coordinates(&self, at: At<'_>, text: Option<String>) -> Option<Coordinates> {
        let text = self.text(text)?;
        let place = self.place(at);
        let corrected = |told: Finding, right: &str| {
            let edit = Edit { at: place.at.clone(), text: right.to_owned() };
            told.corrected_by(vec![edit])
        };
        let told = match coordinates::read(&text) {
            Ok(place) => return Some(place),
            Err(CoordinatesError::Unreadable(Some(right))) => {
                let told = finding::bad_coordinates(place.clone(), &text, Some(&right));
                if text.contains('°') { told } else { corrected(told, &right) }
            }
            Err(CoordinatesError::Unreadable(None) | CoordinatesError::OutOfRange) => {
                finding::bad_coordinates(place, &text, None)
            }
            Err(CoordinatesError::Swapped(right)) => {
                corrected(finding::swapped_coordinates(place.clone(), &text, &right), &right)
            }
            Err(CoordinatesError::Nowhere) => finding::coordinates_nowhere(place),
        };
        self.tell(told);
        None
    }

    /// A phone number that can be dialled.
    pub(super) fn phone(&self, at: At<'_>, text: Option<String>) -> Option<String> {
        let text = self.text(text)?;
        if let Err(right) = contacts::phone(&text) {
            self.tell(finding::bad_phone(self.place(at), &text, right.as_deref()));
        }
        Some(text)
    }

    /// An e-mail address that can be written to.
    pub(super) fn email(&self, at: At<'_>, text: Option<String>) -> Option<String> {
        let text = self.text(text)?;
        if let Err(right) = contacts::email(&text) {
            self.tell(finding::bad_email(self.place(at), &text, right.as_deref()));
        }
        Some(text)
    }

    pub(super) fn source(&self, at: At<'_>, source: Option<RawSource>) -> Option<Source> {
        let source = source?;
        let url = self.required(at, "url", source.url, "https://…")?;
        let url = self.url(&at.key("url"), Some(url))?;
        let title = self.text(source.title).unwrap_or_else(|| host(&url));
        Some(Source { title, url })
    }

    pub(super) fn sources(&self, at: At<'_>, sources: Option<Vec<RawSource>>) -> Option<Vec<Source>> {
        let sources = sources?.into_iter().enumerate();
        Some(sources.filter_map(|(index, source)| self.source(&at.index(index), Some(source))).collect())
    }

    pub(super) fn image(&self, image: Option<TextOr<RawImage>>) -> Option<ImageField> {
        Some(match image? {
            TextOr::Text(file) => ImageField { file: self.text(Some(file)), ..ImageField::default() },
            TextOr::Group(raw) => ImageField {
                file: self.text(raw.file),
                alt: self.text(raw.alt),
                credit: self.text(raw.credit),
                caption: self.text(raw.caption),
            },
        })
    }

    /// Markdown of one line.
    pub(super) fn inline(&self, at: At<'_>, text: &str) -> Arc<Body> {
        let source = markdown::Source { file: self.file, text, origin: Origin::Field(at.path()) };
        self.keep(markdown::parse_inline(&source))
    }

    /// The text of a timeline's entry.
    pub(super) fn entry(&self, at: At<'_>, text: &str) -> Arc<Body> {
        let source = markdown::Source { file: self.file, text, origin: Origin::Field(at.path()) };
        self.keep(markdown::parse_entry(&source))
    }

    fn keep(&self, checked: crate::diagnostics::Checked<Body>) -> Arc<Body> {
        self.findings.borrow_mut().extend(checked.findings);
        Arc::new(checked.value)
    }
}

/// `home.nuhw.org` of `https://home.nuhw.org/2024/…`: the words of a link that has none.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

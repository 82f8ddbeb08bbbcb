//! Compiles the templates of both layers, and turns what Tera says into findings with their places.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Kwargs, ReportError, State, Tera, TeraResult};

use super::embedded;
use super::plain;
use super::scan::{Scan, scan};
use super::vocabulary::VARIABLES;
use super::words::next_hole;
use crate::base::{SourcePath, Span};
use crate::diagnostics::{Finding, Place, finding};

/// What stands before the names of the default theme's templates, so that a site's own can extend them.
pub(super) const PREFIX: &str = "picket/";

/// A template's text, and where it stands (or would stand, for the default theme).
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) path: SourcePath,
    pub(super) text: String,
}

/// The templates of both layers.
#[derive(Debug, Clone)]
pub(super) struct Sources {
    /// By their names; those of the default theme begin with [`PREFIX`].
    pub(super) templates: BTreeMap<String, Source>,
    /// Where campaign.yaml names the theme, for what has no better place.
    pub(super) named: Place,
}

impl Sources {
    /// The templates of the default theme.
    pub(super) fn embedded(named: Place) -> Sources {
        let source = |(path, bytes): &(&str, &[u8])| {
            let name = path.strip_prefix("templates/")?;
            let path = SourcePath::new(&format!("themes/{}/{path}", embedded::NAME))?;
            let text = String::from_utf8_lossy(bytes).into_owned();
            Some((format!("{PREFIX}{name}"), Source { path, text }))
        };
        Sources { templates: embedded::FILES.iter().filter_map(source).collect(), named }
    }

    /// A template by its full name.
    pub(super) fn get(&self, name: &str) -> Option<&Source> {
        self.templates.get(name)
    }

    /// A template's full name: the site's own where there is one, else the default theme's.
    pub(super) fn resolve(&self, name: &str) -> Option<&str> {
        let own = self.templates.get_key_value(name);
        let default = || self.templates.get_key_value(format!("{PREFIX}{name}").as_str());
        own.or_else(default).map(|(name, _)| name.as_str())
    }

    /// The place of a report.
    pub(super) fn place(&self, report: &ReportError) -> Place {
        match self.get(report.filename()) {
            Some(source) => Place::span(&source.path, report.span().range.clone()),
            None => self.named.clone(),
        }
    }

    /// A template as a whole.
    pub(super) fn file(&self, name: &str) -> Place {
        let source = self.resolve(name).and_then(|name| self.get(name));
        source.map_or_else(|| self.named.clone(), |source| Place::file(&source.path))
    }

    /// Where a template has certain words.
    fn mention(&self, name: &str, words: &str) -> Place {
        match self.get(name).and_then(|source| Some((source, source.text.find(words)?))) {
            Some((source, at)) => Place::span(&source.path, at..at + words.len()),
            None => self.file(name),
        }
    }

    /// All templates, scanned.
    pub(super) fn scans(&self) -> BTreeMap<&str, Scan<'_>> {
        self.templates.iter().map(|(name, source)| (name.as_str(), scan(&source.text))).collect()
    }
}

/// Compiles templates.
///
/// # Errors
/// All that is wrong with them.
pub(super) fn compile(sources: &Sources) -> Result<Tera, Vec<Finding>> {
    let mut tera = fresh();
    match tera.add_raw_templates(
        sources.templates.iter().map(|(name, source)| (name.as_str(), source.text.as_str())),
    ) {
        Ok(()) => Ok(tera),
        Err(error) => Err(syntax(sources).unwrap_or_else(|| explain(sources, error.kind()))),
    }
}

fn fresh() -> Tera {
    let mut tera = Tera::new();
    let _only_fails_after_templates = tera.set_fallback_prefixes([PREFIX]);
    tera.autoescape_on([".html"]);
    tera.register_filter("fill", fill);
    tera
}

/// `{{ words.strike_day | fill(n=4) }}`: replaces every `{name}` by the argument of that name.
#[expect(clippy::needless_pass_by_value, reason = "the signature of a filter")]
fn fill(text: &str, values: Kwargs, _: &State) -> TeraResult<String> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, name, after)) = next_hole(rest) {
        out.push_str(before);
        match values.get::<Cow<'_, str>>(name)? {
            Some(value) => out.push_str(&value),
            None => return Err(tera::Error::message(format!("“{text}” needs a value: fill({name}=…)"))),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Each template on its own: Tera stops at the first that cannot be parsed, and we tell of all.
fn syntax(sources: &Sources) -> Option<Vec<Finding>> {
    let mut findings = Vec::new();
    for (name, source) in &sources.templates {
        if let Err(error) = Tera::new().add_raw_template(name, &source.text)
            && let ErrorKind::SyntaxError(report) = error.kind()
        {
            findings.push(finding::template_syntax(sources.place(report), &plain::message(report.message())));
        }
    }
    (!findings.is_empty()).then_some(findings)
}

/// What is wrong between templates that can each be parsed.
fn explain(sources: &Sources, kind: &ErrorKind) -> Vec<Finding> {
    match kind {
        ErrorKind::MissingParent { current, parent } => {
            let at = sources.mention(current, parent);
            vec![finding::template_syntax(at, &format!("there is no template “{parent}” to extend"))]
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            vec![finding::template_syntax(sources.file(tpl), "it extends itself, directly or in a circle")]
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            vec![finding::template_syntax(sources.file(tpl), "it includes itself, directly or in a circle")]
        }
        other => other.to_string().split("\n\n").map(|report| from_text(sources, report)).collect(),
    }
}

/// A report that Tera gives as text only: `error: …`, then ` --> file:line:column`.
fn from_text(sources: &Sources, report: &str) -> Finding {
    let mut lines = report.lines();
    let message = lines.next().unwrap_or(report);
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let at = lines.next().and_then(|line| line.split_once("--> ")).and_then(|(_, address)| {
        let mut parts = address.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let source = sources.get(parts.next()?)?;
        let start: usize = source.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let within: usize =
            source.text[start..].chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
        let end = source.text[start + within..].find(['\n', '}']).unwrap_or(1).max(1);
        Some(Place::span(&source.path, start + within..start + within + end))
    });
    let quoted = || message.split('`').skip(1).step_by(2).find(|name| sources.templates.contains_key(*name));
    let at = at.unwrap_or_else(|| sources.file(quoted().unwrap_or_default()));
    finding::template_syntax(at, &plain::message(message))
}

/// The names that a template takes from outside, with all that it extends and includes.
fn outside<'t>(tera: &'t Tera, template: &str) -> BTreeSet<&'t str> {
    tera.get_template_variables(template).unwrap_or_default().into_iter().collect()
}

/// Which of [`VARIABLES`] a template needs, with all that it extends, includes and calls.
pub(super) fn needs<'s>(
    tera: &Tera,
    sources: &'s Sources,
    scans: &BTreeMap<&'s str, Scan<'s>>,
    template: &str,
) -> BTreeSet<&'static str> {
    let variable = |name: &str| VARIABLES.into_iter().find(|known| *known == name);
    let mut needed: BTreeSet<&str> = outside(tera, template).into_iter().filter_map(variable).collect();
    for component in reachable(scans, &closure(sources, scans, template)) {
        let Some(definition) = tera.get_component_definition(component) else { continue };
        let implicit = definition.args().iter().filter(|argument| argument.is_implicit());
        needed.extend(implicit.filter_map(|argument| variable(argument.name())));
    }
    needed
}

/// The fields of `page` that a template names, with all that it extends, includes and calls. `None` where it, or one
/// of them, uses `page` in another way than `page.field`: then it may want any.
pub(super) fn page_fields<'s>(
    tera: &Tera,
    sources: &'s Sources,
    scans: &BTreeMap<&'s str, Scan<'s>>,
    template: &str,
) -> Option<BTreeSet<String>> {
    let files = closure(sources, scans, template);
    let takes_page = |component: &str| {
        let definition = tera.get_component_definition(component);
        definition.is_none_or(|definition| definition.args().iter().any(|argument| argument.name() == "page"))
    };
    if reachable(scans, &files).into_iter().any(takes_page) {
        return None;
    }
    let mut all = BTreeSet::new();
    for scan in files.iter().filter_map(|file| scans.get(file)) {
        let fields = scan.fields.iter().filter(|field| field.root == "page");
        if scan.names.iter().filter(|(name, _)| *name == "page").count() != fields.clone().count() {
            return None;
        }
        all.extend(fields.map(|field| field.field.to_owned()));
    }
    Some(all)
}

/// The fields that a template asks for, of whatever it may be, with all that it extends, includes and calls. `None` where it
/// asks for some without saying their names.
pub(super) fn asks<'s>(
    sources: &'s Sources,
    scans: &BTreeMap<&'s str, Scan<'s>>,
    template: &str,
) -> Option<BTreeSet<String>> {
    let mut files = closure(sources, scans, template);
    let components = reachable(scans, &files);
    let defines = |scan: &Scan<'_>| scan.defines.iter().any(|name| components.contains(name));
    files.extend(scans.iter().filter(|(_, scan)| defines(scan)).map(|(name, _)| *name));
    let used = || files.iter().filter_map(|file| scans.get(file));
    let asks = || used().flat_map(|scan| &scan.asks).map(|name| (*name).to_owned()).collect();
    (!used().any(|scan| scan.is_curious)).then(asks)
}

/// The names beside [`VARIABLES`] that a template takes from outside, each with its place.
pub(super) fn unknown_names<'s>(
    tera: &Tera,
    sources: &'s Sources,
    scans: &BTreeMap<&'s str, Scan<'s>>,
    template: &str,
) -> Vec<(Place, String)> {
    let files = closure(sources, scans, template);
    let unknown = outside(tera, template).into_iter().filter(|name| !VARIABLES.contains(name));
    let place = |name: &str| {
        let place_in =
            |file: &&str| Some(Place::span(&sources.get(file)?.path, span_of(scans.get(file)?, name)?));
        files.iter().find_map(place_in).unwrap_or_else(|| sources.file(template))
    };
    unknown.map(|name| (place(name), name.to_owned())).collect()
}

fn span_of(scan: &Scan<'_>, name: &str) -> Option<Span> {
    scan.names.iter().find(|(known, _)| *known == name).map(|(_, span)| span.clone())
}

/// A template and all that it extends and includes.
fn closure<'s>(sources: &'s Sources, scans: &BTreeMap<&'s str, Scan<'s>>, template: &str) -> Vec<&'s str> {
    let mut files: Vec<&str> = sources.resolve(template).into_iter().collect();
    let mut next = 0;
    while let Some(file) = files.get(next) {
        let mentioned = scans.get(file).map_or(&[][..], |scan| &scan.templates);
        for name in mentioned.iter().filter_map(|name| sources.resolve(name)) {
            if !files.contains(&name) {
                files.push(name);
            }
        }
        next += 1;
    }
    files
}

/// The components that files call outside of components, and those that these call in turn.
fn reachable<'s>(scans: &BTreeMap<&'s str, Scan<'s>>, files: &[&'s str]) -> Vec<&'s str> {
    let outside = files.iter().filter_map(|file| scans.get(file)).flat_map(|scan| &scan.calls);
    let mut found: Vec<&str> =
        outside.filter(|(within, _)| within.is_none()).map(|(_, name)| *name).collect();
    let mut next = 0;
    while let Some(component) = found.get(next).copied() {
        let calls = scans.values().flat_map(|scan| &scan.calls);
        for (_, name) in calls.filter(|(within, _)| *within == Some(component)) {
            if !found.contains(name) {
                found.push(name);
            }
        }
        next += 1;
    }
    found
}

//! Loads a theme: the site's own files over those of the default theme, file by file, and checks both.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::Tera;

use super::scan::Scan;
use super::templates::{Source, Sources, asks, compile, needs, page_fields};
use super::words::Words;
use super::{assets, check, embedded, languages};
use crate::base::{Fingerprint, Fingerprinter, LanguageTag, SourcePath, Tree};
use crate::diagnostics::{Checked, Finding, Place, finding, nearest};
use crate::model::{Asset, Fact, LanguageId, ThemeSettings};

/// A theme, ready to render. Cheap to clone.
#[derive(Clone)]
pub struct Theme(pub(super) Arc<Loaded>);

/// What a theme holds.
pub(super) struct Loaded {
    pub(super) tera: Tera,
    pub(super) sources: Sources,
    /// The variables that each template needs, by its short name.
    pub(super) needs: BTreeMap<String, BTreeSet<&'static str>>,
    /// The fields of `page` that each template names, by its short name; none for a template that hands `page` on
    /// whole.
    pub(super) page_fields: BTreeMap<String, BTreeSet<String>>,
    /// The fields that each template asks for, of whatever it may be, by its short name; `None` where that can't be told.
    asks: BTreeMap<String, Option<BTreeSet<String>>>,
    /// The words of each of the campaign's languages.
    pub(super) words: Vec<Words>,
    /// The names of files that templates look up in `assets`.
    pub(super) looked_up: BTreeSet<String>,
    assets: Vec<Asset>,
    layouts: Vec<String>,
    print: Fingerprint,
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Theme").field("layouts", &self.0.layouts).finish_non_exhaustive()
    }
}

/// The site's own files of the theme.
pub(super) struct Own {
    pub(super) templates: BTreeMap<String, Source>,
    pub(super) statics: BTreeMap<String, Arc<[u8]>>,
    pub(super) languages: BTreeMap<String, Source>,
}

impl Theme {
    /// Loads and checks the theme that `settings` name, with the words of `languages`; `named` is where
    /// campaign.yaml names it. Where the site's templates are wrong, the value renders with the default ones.
    pub fn load(
        tree: &Tree,
        settings: &ThemeSettings,
        languages: &[LanguageTag],
        named: &Place,
    ) -> Checked<Option<Theme>> {
        let mut findings = Vec::new();
        let name = if settings.name.is_empty() { embedded::NAME } else { &settings.name };
        findings.extend(unknown(tree, name, named));
        let own = Own::read(tree, name, &mut findings);

        let default = Sources::embedded(named.clone());
        let mut sources = default.clone();
        sources.templates.extend(own.templates.clone());
        let compiled = compile(&sources).or_else(|wrong| {
            findings.extend(wrong);
            sources = default;
            compile(&sources)
        });
        let tera = match compiled {
            Ok(tera) => tera,
            Err(wrong) => {
                findings.extend(wrong);
                return Checked { value: None, findings };
            }
        };
        let mut words = languages::load(&own.languages, languages, named);
        findings.append(&mut words.findings);
        let mut statics = embedded_statics();
        statics.extend(own.statics);
        let files = statics.keys().cloned().chain(site_statics(tree)).collect();
        let checked = check::check(&tera, &sources, &words.value, &files);
        findings.extend(checked.findings);
        for (code, missing) in check::unsaid(&tera, &sources, &words.value) {
            findings.extend(languages::missing(&code, &missing, &own.languages));
        }
        let assets = assets::publish(&statics, settings.accent.as_deref());
        let loaded = Loaded {
            page_fields: of_all(&sources, |scans, name| page_fields(&tera, &sources, scans, name)),
            needs: of_all(&sources, |scans, name| Some(needs(&tera, &sources, scans, name))),
            asks: of_all(&sources, |scans, name| Some(asks(&sources, scans, name))),
            print: print(&sources, &assets),
            layouts: layouts(&sources, &own.templates),
            looked_up: checked.value,
            words: words.value,
            tera,
            sources,
            assets,
        };
        Checked { value: Some(Theme(Arc::new(loaded))), findings }
    }

    /// The published files of the theme.
    pub fn assets(&self) -> Vec<Asset> {
        self.0.assets.clone()
    }

    /// The names that a document's `layout:` can have.
    pub fn layouts(&self) -> impl Iterator<Item = &str> {
        self.0.layouts.iter().map(String::as_str)
    }

    /// Whether a document's `layout:` can have this name.
    pub fn has_layout(&self, name: &str) -> bool {
        self.layouts().any(|layout| layout == name)
    }

    /// The fields that pages ask for, of whatever it may be, where documents choose some layouts; `None` where that can't be
    /// told.
    pub(super) fn asked_for(&self, is_chosen: impl Fn(&str) -> bool) -> Option<BTreeSet<String>> {
        let renders = |name: &str| {
            !PARTS.contains(&name) && (name.strip_suffix(".html") != Some(CHOSEN) || is_chosen(CHOSEN))
        };
        let asks = self.0.asks.iter().filter(|(name, _)| renders(name)).map(|(_, asks)| asks.as_ref());
        Some(asks.collect::<Option<Vec<_>>>()?.into_iter().flatten().cloned().collect())
    }

    /// The words of a language of the campaign.
    pub fn words(&self, language: LanguageId) -> &Words {
        &self.0.words[language.index().min(self.0.words.len() - 1)]
    }

    /// The fingerprint of what the theme answers for: its words in a language, and its templates and files.
    pub fn fingerprint(&self, fact: &Fact) -> Fingerprint {
        match fact {
            Fact::Words(language) => self.words(*language).print,
            Fact::Theme => self.0.print,
            _ => Fingerprint::default(),
        }
    }
}

/// A finding where the theme is neither the embedded one nor a folder of the site.
fn unknown(tree: &Tree, name: &str, named: &Place) -> Option<Finding> {
    let folders: BTreeSet<&str> = tree
        .below("themes")
        .filter_map(|(path, _)| path.below("themes")?.split_once('/').map(|(folder, _)| folder))
        .chain([embedded::NAME])
        .collect();
    (!folders.contains(name))
        .then(|| finding::unknown_theme(named.clone(), name, nearest::nearest(name, folders)))
}

impl Own {
    fn read(tree: &Tree, name: &str, findings: &mut Vec<Finding>) -> Own {
        let folder = format!("themes/{name}");
        let mut own =
            Own { templates: BTreeMap::new(), statics: BTreeMap::new(), languages: BTreeMap::new() };
        for (path, file) in tree.below(&folder) {
            let below = path.below(&folder).unwrap_or_default();
            if let Some(name) = below.strip_prefix("static/") {
                own.statics.extend(file.bytes().map(|bytes| (name.to_owned(), bytes)));
            } else if let Some(name) = below.strip_prefix("templates/").filter(|name| name.ends_with(".html"))
            {
                own.templates.extend(
                    text(path, &file.bytes().unwrap_or_default(), findings)
                        .map(|source| (name.to_owned(), source)),
                );
            } else if let Some(code) =
                below.strip_prefix("languages/").and_then(|name| name.strip_suffix(".yaml"))
            {
                own.languages.extend(
                    text(path, &file.bytes().unwrap_or_default(), findings)
                        .map(|source| (code.to_owned(), source)),
                );
            }
        }
        // A copy of the default theme's file is the default theme's file: no need to compile it twice.
        let default = |name: &str| embedded::file(&format!("templates/{name}"));
        own.templates.retain(|name, source| default(name) != Some(source.text.as_bytes()));
        own
    }
}

fn text(path: &SourcePath, bytes: &[u8], findings: &mut Vec<Finding>) -> Option<Source> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Source { path: path.clone(), text: text.to_owned() }),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            findings.push(finding::not_utf8(path, line));
            None
        }
    }
}

fn embedded_statics() -> BTreeMap<String, Arc<[u8]>> {
    let file = |(path, bytes): &(&str, &[u8])| {
        Some((path.strip_prefix("static/")?.to_owned(), Arc::<[u8]>::from(*bytes)))
    };
    embedded::FILES.iter().filter_map(file).collect()
}

/// The files of the site's `static/`, by the names under which they are published.
fn site_statics(tree: &Tree) -> impl Iterator<Item = String> {
    tree.below("static").filter_map(|(path, _)| path.below("static").map(str::to_owned))
}

/// Something of every template that can be rendered by itself, by its short name.
fn of_all<'s, T>(
    sources: &'s Sources,
    of: impl Fn(&BTreeMap<&'s str, Scan<'s>>, &str) -> Option<T>,
) -> BTreeMap<String, T> {
    let scans = sources.scans();
    let short = |name: &str| name.strip_prefix(super::templates::PREFIX).unwrap_or(name).to_owned();
    let names: BTreeSet<String> = sources.templates.keys().map(|name| short(name)).collect();
    names.into_iter().filter_map(|name| Some((name.clone(), of(&scans, &name)?))).collect()
}

/// Templates by which nothing is rendered: others extend, include or call them.
const PARTS: [&str; 5] = ["base.html", "components.html", "footer.html", "header.html", "print.html"];

/// The one template of the default theme by which a page is rendered only where a document's `layout:` says so.
const CHOSEN: &str = "press";

/// Templates of whole pages that no document may ask for.
const OURS: [&str; 7] = ["base", "redirect", "not_found", "print", "flyer", "schedule", "signs"];

/// Templates that make a whole page, but for those that only we choose. The site's own count even where they are wrong.
fn layouts(sources: &Sources, own: &BTreeMap<String, Source>) -> Vec<String> {
    let whole = |text: &str| {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        text.starts_with("{% extends") || text.starts_with("{%- extends") || text.starts_with("<!")
    };
    let all = sources.templates.iter().chain(own).filter(|(_, source)| whole(&source.text));
    let short = |name: &str| name.strip_prefix(super::templates::PREFIX).unwrap_or(name).to_owned();
    let names: BTreeSet<String> =
        all.filter_map(|(name, _)| Some(short(name).strip_suffix(".html")?.to_owned())).collect();
    let chosen = |name: &String| !OURS.contains(&name.as_str());
    names.into_iter().filter(chosen).collect()
}

fn print(sources: &Sources, assets: &[Asset]) -> Fingerprint {
    let mut print = Fingerprinter::default();
    for (name, source) in &sources.templates {
        print.add(&(name, &source.text));
    }
    for asset in assets {
        print.add(&(&asset.name, &asset.out));
    }
    print.finish()
}

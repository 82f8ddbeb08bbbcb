//! The proof that nothing unpublished is in any output. What is a draft, embargoed or expired is left out before anything is
//! linked, so it can only be there as a text of its own: in a theme, in `static/`, or by a mistake of ours.
//!
//! What is looked for: titles, names in addresses, addresses, pictures and files by their bytes, and any ten words in a row.
//! What a published document, campaign.yaml, media.yaml or the default theme says itself betrays nothing.

mod marks;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::Numbered;
use super::about::{Unpublished, unpublished};
use crate::base::{File, OutPath, Slug, SourcePath, Tree, digest};
use crate::diagnostics::{Finding, Place, finding};
use crate::model::{Body, Content, Kind, Piece, Route, Site, Target, Visibility};
use crate::output::Bytes;
use crate::parse::{Doc, MediaFile, Parsed};
use crate::theme::embedded;

use marks::{Hit, Look, Mark, Marks};
use words::Form;

/// What must not be in any output.
pub(super) struct Secrets {
    hidden: Vec<Hidden>,
    marks: Marks,
    /// Pictures and files that only unpublished documents show: the digests of their bytes, as they are and as they would be
    /// published.
    files: HashMap<String, (usize, SourcePath)>,
    /// The marks that betray nothing. Gathered when a mark is seen for the first time, which hardly ever happens.
    said: OnceLock<HashSet<Mark>>,
}

/// An unpublished document.
struct Hidden {
    file: SourcePath,
    why: &'static str,
}

/// What there is to compare with.
#[derive(Clone, Copy)]
pub(super) struct Ground<'e> {
    pub(super) tree: &'e Tree,
    pub(super) parsed: &'e Numbered,
    pub(super) site: &'e Site,
}

impl Ground<'_> {
    fn documents(&self) -> impl Iterator<Item = (&Doc, bool)> {
        self.parsed.values().filter_map(|(id, parsed)| match parsed {
            Parsed::Document(doc) => {
                let shown = self.site.documents.get(id.index()).is_some_and(Option::is_some);
                Some((&**doc, shown))
            }
            Parsed::Campaign(_) | Parsed::MediaWords(_) | Parsed::Media(_) | Parsed::Loads(_) => None,
        })
    }

    /// The files that are no documents and say something: campaign.yaml and media.yaml.
    fn settings(&self) -> impl Iterator<Item = &SourcePath> {
        let says = |parsed: &Parsed| matches!(parsed, Parsed::Campaign(_) | Parsed::MediaWords(_));
        self.parsed.iter().filter(move |(_, (_, parsed))| says(parsed)).map(|(path, _)| path)
    }

    fn why(&self, doc: &Doc) -> &'static str {
        let zone = &self.site.campaign.zone;
        let visibility = Visibility {
            draft: doc.common.draft == Some(true),
            from: doc.common.publish.map(|publish| publish.begins(zone)),
            until: doc.common.expires.map(|expires| expires.ends(zone)),
        };
        match unpublished(visibility, self.site.moment) {
            Some(Unpublished::Draft) => "a draft",
            Some(Unpublished::Embargoed(_)) => "embargoed",
            Some(Unpublished::Expired(_)) => "expired",
            None => "not published",
        }
    }
}

impl Secrets {
    /// Gathers what must not be seen; `None` where everything is published.
    pub(super) fn new(ground: Ground<'_>) -> Option<Secrets> {
        let docs: Vec<&Doc> = ground.documents().filter(|(_, shown)| !shown).map(|(doc, _)| doc).collect();
        if docs.is_empty() {
            return None;
        }
        let mut marks = Marks::default();
        for (owner, doc) in docs.iter().enumerate() {
            let text = ground.tree.text(&doc.file).unwrap_or_default();
            marks.add_runs(owner, &values(text), Form::Plain);
            bodies(doc).for_each(|body| marks.add_runs(owner, &html(body), Form::Markup));
            doc.common.title.iter().for_each(|title| marks.add_title(owner, title));
            add_addresses(&mut marks, owner, doc, ground.site);
        }
        let files = files(&docs, ground);
        files.iter().for_each(|(_, (owner, file))| {
            let stem = file.name().split('.').next().unwrap_or_default();
            marks.add_name(*owner, stem);
        });
        let hidden = docs.iter().map(|doc| Hidden { file: doc.file.clone(), why: ground.why(doc) }).collect();
        Some(Secrets { hidden, marks, files: files.into_iter().collect(), said: OnceLock::new() })
    }

    /// What an output betrays: the first thing of each unpublished document.
    pub(super) fn look(
        &self,
        ground: Ground<'_>,
        path: &OutPath,
        route: &Route,
        bytes: &Bytes,
    ) -> Vec<Finding> {
        let mut told: BTreeMap<usize, String> = BTreeMap::new();
        if let Some((owner, file)) = self.file(ground, path, bytes) {
            told.insert(*owner, format!("the file {file}"));
        }
        let address = format!("/{path}");
        self.read(ground, &address, Form::Plain, &mut told);
        if let Ok(text) = std::str::from_utf8(bytes) {
            match path.as_str().rsplit('.').next() {
                Some("html" | "xml" | "svg") => self.read(ground, text, Form::Markup, &mut told),
                Some("json" | "geojson" | "webmanifest" | "js" | "mjs") => {
                    self.read(ground, text, Form::Data, &mut told);
                }
                // RFC 5545 §3.1: a long line is folded within words.
                Some("ics") => self.read(ground, &text.replace("\r\n ", ""), Form::Plain, &mut told),
                _ => self.read(ground, text, Form::Plain, &mut told),
            }
        }
        let copied = matches!(route, Route::Static).then(|| ground.site.statics.get(path)).flatten();
        let copied = copied.map(|(source, _)| source);
        let finding = |(owner, what): (usize, String)| {
            let Hidden { file, why } = self.hidden.get(owner)?;
            Some(finding::unpublished_in_output(Place::file(file), &what, why, path.as_str(), copied))
        };
        told.into_iter().filter_map(finding).collect()
    }

    /// The unpublished file that an output is a copy of, or a size of.
    fn file(&self, ground: Ground<'_>, path: &OutPath, bytes: &Bytes) -> Option<&(usize, SourcePath)> {
        if self.files.is_empty() {
            return None;
        }
        match (ground.site.media.get(path).map(|media| &media.content), bytes) {
            (Some(Content::Print(photo, _)), _) => self.files.get(&photo.digest),
            (_, Bytes::Shared(bytes)) => self.files.get(&digest(bytes)),
            (_, Bytes::Made(_)) => None,
        }
    }

    fn read(&self, ground: Ground<'_>, text: &str, form: Form, told: &mut BTreeMap<usize, String>) {
        let hits = self.marks.find(text, form, Look::Output);
        for Hit { mark, owner, from, to } in hits {
            if !told.contains_key(&owner) && !self.said(ground).contains(&mark) {
                told.insert(owner, format!("“{}”", shown(&text[from..to])));
            }
        }
    }

    /// What is said by what is published, and by us.
    fn said(&self, ground: Ground<'_>) -> &HashSet<Mark> {
        self.said.get_or_init(|| {
            let find = |text: &str, form| Marks::of(&self.marks.find(text, form, Look::Said));
            let of_documents = ground.documents().filter(|(_, shown)| *shown);
            let documents: Vec<&Doc> = of_documents.map(|(doc, _)| doc).collect();
            let mut said: HashSet<Mark> = documents
                .into_par_iter()
                .flat_map_iter(|doc| {
                    let text = ground.tree.text(&doc.file).unwrap_or_default();
                    let plain = [find(text, Form::Plain), find(&values(text), Form::Plain)];
                    let bodies = bodies(doc).map(|body| find(&html(body), Form::Markup));
                    plain.into_iter().chain(bodies).flatten().collect::<Vec<Mark>>()
                })
                .collect();
            for text in ground.settings().filter_map(|path| ground.tree.text(path)) {
                said.extend(find(text, Form::Plain));
                said.extend(find(&values(text), Form::Plain));
            }
            for (path, bytes) in embedded::FILES {
                let form = if path.ends_with(".html") { Form::Markup } else { Form::Plain };
                said.extend(std::str::from_utf8(bytes).into_iter().flat_map(|text| find(text, form)));
            }
            // What a theme calls things is no document's title, even where a document has the same one.
            let languages = ground.tree.below("themes").filter(|(path, _)| path.extension() == "yaml");
            let words = languages.filter_map(|(_, file)| file.text());
            let words: Vec<Mark> = words.flat_map(|text| find(text, Form::Plain)).collect();
            said.extend(words.into_iter().filter(|mark| self.marks.is_short(*mark)));
            said
        })
    }
}

/// A document's text and its points.
fn bodies(doc: &Doc) -> impl Iterator<Item = &Body> {
    let points = doc.common.key_points.iter().flatten();
    std::iter::once(&doc.body).chain(points).map(|body| &**body)
}

/// The HTML of a text without what it refers to.
fn html(body: &Body) -> String {
    let html = body.pieces.iter().filter_map(|piece| match piece {
        Piece::Html(html) => Some(html.as_str()),
        _ => None,
    });
    html.collect()
}

/// A file without the keys of its fields, so that values which are shown beside each other stand beside each other.
fn values(text: &str) -> String {
    let mut values = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while let Some(at) = rest.find(": ").or_else(|| rest.find(":\n")) {
            let (before, after) = rest.split_at(at);
            let is_key = |c: char| c.is_ascii_lowercase() || c == '_';
            let left = before.trim_end_matches(is_key);
            // Within words, a colon ends no key.
            let is_whole = left.is_empty() || left.ends_with([' ', '{', ',', '-', '\t']);
            values.push_str(if is_whole { left } else { before });
            values.push(' ');
            rest = &after[1..];
        }
        values.push_str(rest);
    }
    values
}

/// The addresses that a document would have, and the name in them. Where a document of the site has one of them, it is no
/// secret.
fn add_addresses(marks: &mut Marks, owner: usize, doc: &Doc, site: &Site) {
    let base = &site.campaign.base;
    let language = doc.language.as_ref().map(|tag| tag.to_string());
    let default = site.campaign.languages.first().map(|tag| tag.to_string());
    let prefix = language.filter(|tag| Some(tag) != default.as_ref()).map_or(String::new(), |tag| tag + "/");
    let folder = match doc.kind {
        Kind::Home => return,
        Kind::Page if doc.folder.is_empty() => String::new(),
        Kind::Page => format!("{}/", doc.folder),
        listed => format!("{}/", listed.folder()),
    };
    let made = [false, true].map(|german| Slug::make(&doc.stem, german));
    let slug = doc.common.slug.clone();
    let slugs: Vec<Slug> = slug.map_or_else(|| made.into_iter().flatten().collect(), |slug| vec![slug]);
    let own = slugs.iter().map(|slug| format!("{prefix}{folder}{slug}"));
    let aliases = doc.common.aliases.iter().flatten().map(|alias| alias.trim_matches('/').to_owned());
    for address in own.chain(aliases) {
        let is_taken = |path: Option<OutPath>| path.is_some_and(|path| site.routes.contains_key(&path));
        if !is_taken(OutPath::page(&address)) && !is_taken(OutPath::new(&address)) {
            marks.add_address(owner, &base.local(&address), base.origin());
        }
    }
    slugs.iter().for_each(|slug| marks.add_name(owner, slug.as_str()));
}

/// The files that unpublished documents show and no published one does, by their bytes.
fn files(docs: &[&Doc], ground: Ground<'_>) -> Vec<(String, (usize, SourcePath))> {
    let published: HashSet<&SourcePath> = ground.site.media.values().map(|media| &media.source).collect();
    let mut by_name: HashMap<&str, Vec<(&SourcePath, &MediaFile)>> = HashMap::new();
    for (path, (_, parsed)) in ground.parsed {
        if let Parsed::Media(media) = parsed
            && !published.contains(path)
        {
            by_name.entry(path.name()).or_default().push((path, media));
        }
    }
    let mut files = Vec::new();
    for (owner, doc) in docs.iter().enumerate() {
        for name in named_files(doc) {
            let name = name.rsplit('/').next().unwrap_or_default();
            for (path, media) in by_name.get(name).into_iter().flatten() {
                let as_read = ground.tree.get(path).map(File::digest);
                let as_published = match media {
                    MediaFile::Whole { bytes, .. } => Some(digest(bytes)),
                    MediaFile::Photo(_) | MediaFile::Unfit => None,
                };
                let prints = as_read.into_iter().chain(as_published);
                files.extend(prints.map(|print| (print, (owner, (*path).clone()))));
            }
        }
    }
    files
}

/// The pictures and files that a document names.
fn named_files(doc: &Doc) -> impl Iterator<Item = &str> {
    let image = doc.common.image.iter().filter_map(|image| image.file.as_deref());
    let references = bodies(doc).flat_map(|body| &body.references);
    image.chain(references.filter_map(|reference| match &reference.target {
        Target::Picture(figure) => Some(figure.file.as_str()),
        Target::Path(path) => Some(path.as_str()),
        Target::Own | Target::Name(_) => None,
    }))
}

/// Words as a report quotes them: without tags, and not too many.
fn shown(text: &str) -> String {
    const MOST: usize = 100;
    let mut depth = 0;
    let plain = text.chars().filter(|c| {
        let outside = depth == 0;
        depth += match c {
            '<' => 1,
            '>' => -depth,
            _ => 0,
        };
        outside && depth == 0
    });
    let plain: String = plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    match plain.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::{shown, values};

    #[test]
    fn keys_are_left_out() {
        assert_eq!(values("name: Fontana\ncity: X\n"), "  Fontana\n  X\n");
        assert_eq!(values("- { date: 2024, title: \"It: begins\" }\n"), "- {   2024,   \"It  begins\" }\n");
    }

    #[test]
    fn tags_are_not_quoted() {
        assert_eq!(shown("we <b>do\nnot</b> go"), "we do not go");
        assert_eq!(shown(&"long ".repeat(30)).chars().count(), 101);
    }
}

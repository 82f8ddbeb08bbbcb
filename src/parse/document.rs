//! Reads a document: front matter into typed fields, and its text.

use std::sync::Arc;

use super::front_matter::Split;
use super::gather::Gather;
use super::markdown::{self, Origin};
use super::raw::{RawCommon, RawEvent, RawLocation, RawPage, RawStatement, RawTimeline};
use super::yaml::{self, Places, Yaml};
use super::{Common, Doc, Fields, front_matter, kinds};
use crate::base::{FieldPath, File, LanguageTag, SourcePath};
use crate::diagnostics::{Checked, Finding, finding, nearest};
use crate::model::Kind;

/// Reads a document. `None` where it cannot be read at all; the findings say why.
pub(super) fn parse(file: &SourcePath, source: &File, text: &str) -> Checked<Option<Doc>> {
    let Split { parts, mut findings } = front_matter::split(file, text);
    let Some(parts) = parts else { return Checked { value: None, findings } };
    let name = FileName::of(file);
    let yaml = Yaml { file, text, range: parts.yaml };
    let (kind, told) = kind_of(&yaml, name.kind);
    findings.extend(told);
    let gather = Gather::new(file);
    let (raw, fields, mistakes) = read_fields(&yaml, kind, &gather);
    findings.extend(mistakes);
    let language = gather.language(&FieldPath::of("language"), raw.language.clone()).or(name.language);
    let common = common(raw, &gather);
    let body = markdown::parse(&markdown::Source {
        file,
        text: &text[parts.body..],
        origin: Origin::Text { offset: parts.body },
    });
    findings.extend(gather.into_findings());
    findings.extend(body.findings);
    findings.extend(yaml::placeholders(&yaml));
    if common.draft == Some(true) {
        findings.retain(|finding| !finding.is_of_publishing());
    }
    let folder = if kind == Kind::Page { name.folder } else { String::new() };
    let doc = Doc {
        file: file.clone(),
        fingerprint: source.fingerprint,
        kind,
        language,
        name: name.name,
        stem: name.stem,
        folder,
        common: Arc::new(common),
        fields: Arc::new(fields),
        body: Arc::new(body.value),
    };
    Checked { value: Some(doc), findings }
}

/// The kind that `kind:` says, else the folder's. It is read first, for it decides which fields there are.
fn kind_of(yaml: &Yaml<'_>, folder: Kind) -> (Kind, Vec<Finding>) {
    const KINDS: [Kind; 5] = [Kind::Statement, Kind::Location, Kind::Event, Kind::Timeline, Kind::Page];
    let source = &yaml.text[yaml.range.clone()];
    if !source.contains("kind:") {
        return (folder, Vec::new());
    }
    let mut lines = source.lines();
    let Some(word) = lines.find_map(|line| line.strip_prefix("kind:")) else { return (folder, Vec::new()) };
    let word = word.split(" #").next().unwrap_or(word).trim().trim_matches(['"', '\'']);
    if let Some(kind) = KINDS.into_iter().find(|kind| kind.name() == word) {
        return (kind, Vec::new());
    }
    let words = KINDS.map(Kind::name);
    let place = crate::diagnostics::Place::field(yaml.file, FieldPath::of("kind"));
    (folder, vec![finding::unknown_choice(place, "kind", word, nearest::nearest(word, words), &words)])
}

fn read_fields(yaml: &Yaml<'_>, kind: Kind, gather: &Gather<'_>) -> (RawCommon, Fields, Vec<Finding>) {
    macro_rules! read {
        ($raw:ty, $fields:expr) => {{
            let mut checked = yaml::read::<$raw>(yaml);
            let common = checked.value.common();
            let fields: fn($raw, &Gather<'_>) -> Fields = $fields;
            let own = fields(checked.value, gather);
            gather.hide_absences(&checked.strays);
            (common, own, checked.findings)
        }};
    }
    match kind {
        Kind::Home | Kind::Page => read!(RawPage, |_, _| Fields::Page),
        Kind::Statement => {
            read!(RawStatement, |raw, gather| Fields::Statement(Box::new(kinds::statement(raw, gather))))
        }
        Kind::Location => {
            let mut checked = yaml::read::<RawLocation>(yaml);
            let mut common = checked.value.common();
            common.title = common.title.or(checked.value.name.take());
            let own = Fields::Location(Box::new(kinds::location(checked.value, gather)));
            gather.hide_absences(&checked.strays);
            (common, own, checked.findings)
        }
        Kind::Event => read!(RawEvent, |raw, gather| Fields::Event(Box::new(kinds::event(raw, gather)))),
        Kind::Timeline => {
            read!(RawTimeline, |raw, gather| Fields::Timeline(Box::new(kinds::timeline(raw, gather))))
        }
    }
}

/// The places of the fields of a document's front matter.
pub(super) fn places(yaml: Yaml<'_>) -> Places<'_> {
    match kind_of(&yaml, FileName::of(yaml.file).kind).0 {
        Kind::Home | Kind::Page => Places::of::<RawPage>(yaml),
        Kind::Statement => Places::of::<RawStatement>(yaml),
        Kind::Location => Places::of::<RawLocation>(yaml),
        Kind::Event => Places::of::<RawEvent>(yaml),
        Kind::Timeline => Places::of::<RawTimeline>(yaml),
    }
}

fn common(raw: RawCommon, gather: &Gather<'_>) -> Common {
    let of = FieldPath::of;
    let key_points = raw.key_points.map(|points| {
        let at = |index| gather.item(&of("key_points"), &points, index);
        points.0.iter().enumerate().map(|(index, text)| gather.inline(&at(index), text)).collect()
    });
    let publish = gather.day_or_moment(&of("publish"), raw.publish);
    let expires = gather.day_or_moment(&of("expires"), raw.expires);
    if publish.zip(expires).is_some_and(|(publish, expires)| expires.last_day() < publish.first().date()) {
        gather.tell(finding::never_shown(gather.place(&of("expires"))));
    }
    Common {
        title: gather.text(raw.title),
        summary: gather.text(raw.summary),
        key_points,
        slug: gather.slug(&of("slug"), raw.slug),
        aliases: gather.texts(raw.aliases),
        tags: gather.texts(raw.tags),
        image: gather.image(raw.image),
        sources: gather.sources(&of("sources"), raw.sources),
        draft: raw.draft,
        publish,
        expires,
        updated: gather.day(&of("updated"), raw.updated),
        layout: gather.text(raw.layout),
    }
}

/// What a file's path says: `statements/2024-10-21-strike.es.md`.
struct FileName {
    kind: Kind,
    language: Option<LanguageTag>,
    name: String,
    stem: String,
    folder: String,
}

impl FileName {
    fn of(file: &SourcePath) -> FileName {
        let below = file.below("content").unwrap_or(file.as_str());
        let below = match below.rsplit_once('.') {
            Some((path, ending)) if ending.eq_ignore_ascii_case("md") => path,
            _ => below,
        };
        let (path, language) = match below.rsplit_once('.') {
            Some((path, tag)) if !tag.contains('/') => match LanguageTag::parse(tag) {
                Some(language) => (path, Some(language)),
                None => (below, None),
            },
            _ => (below, None),
        };
        let (folder, base) = path.rsplit_once('/').unwrap_or(("", path));
        let base = without_date(base);
        let name = if folder.is_empty() { base.to_owned() } else { format!("{folder}/{base}") };
        // `toolkit/index.md` is the page of its folder, which then holds its own media.
        let (folder, stem) = match (base, folder.rsplit_once('/')) {
            ("index", Some((outer, inner))) => (outer, without_date(inner)),
            ("index", None) if !folder.is_empty() => ("", without_date(folder)),
            _ => (folder, base),
        };
        let first = path.split_once('/').map_or("", |(first, _)| first);
        let listed = Kind::LISTED.into_iter().find(|kind| kind.folder() == first);
        let kind = listed.unwrap_or(if path == "index" { Kind::Home } else { Kind::Page });
        FileName { kind, language, name, stem: stem.to_owned(), folder: folder.to_owned() }
    }
}

/// `2024-10-21-strike` is `strike`: a date in front keeps files in order, and is no part of the name.
pub fn without_date(base: &str) -> &str {
    let digits = |range: std::ops::Range<usize>| {
        base.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let dated = digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && base.get(4..5) == Some("-")
        && base.get(7..8) == Some("-");
    match base.get(10..) {
        Some(rest) if dated && rest.len() > 1 && rest.starts_with('-') => &rest[1..],
        _ => base,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> (Kind, Option<String>, String, String, String) {
        let name = FileName::of(&SourcePath::new(path).unwrap());
        (name.kind, name.language.map(|tag| tag.to_string()), name.name, name.stem, name.folder)
    }

    #[test]
    fn a_path_says_kind_language_and_name() {
        let s = str::to_owned;
        let strike = (Kind::Statement, Some(s("es")), s("statements/strike"), s("strike"), s("statements"));
        assert_eq!(of("content/statements/2024-10-21-strike.es.md"), strike);
        assert_eq!(of("content/index.md"), (Kind::Home, None, s("index"), s("index"), s("")));
        assert_eq!(
            of("content/toolkit/index.md"),
            (Kind::Page, None, s("toolkit/index"), s("toolkit"), s(""))
        );
        assert_eq!(
            of("content/toolkit/social.md"),
            (Kind::Page, None, s("toolkit/social"), s("social"), s("toolkit"))
        );
        assert_eq!(of("content/locations/st.louis.md").3, "st.louis");
        assert_eq!(of("content/Hours.MD").3, "Hours");
        assert_eq!(of("content/statements/2024-10-21.md").3, "2024-10-21");
    }
}

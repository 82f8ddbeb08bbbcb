//! The only folder that names the YAML crate: reads typed structs, finds all mistakes, and finds the place of a value.
//!
//! Where a line cannot be read, what was most likely meant is read in its place, so that one slip neither hides the
//! others nor makes new ones appear; the finding stops publishing all the same.

mod braces;
mod explain;
mod extent;
mod guard;
mod keyless;
mod lines;
mod locate;
mod margins;
mod mended;
mod placeholders;
mod quotes;
mod rows;
mod slips;
mod unknown;

use std::ops::Range;

use serde::de::{Deserialize, DeserializeOwned};

use crate::base::{FieldPath, SourcePath, Span};
use crate::diagnostics::{At, Edit, Finding, Place, finding};

use explain::explain;
pub(super) use lines::line_end;
use locate::Index;
use mended::{Mended, Patch};
pub(super) use placeholders::placeholders;
pub(super) use quotes::quoted;
use slips::Slip;

/// The most bytes of YAML in front of a text.
const MOST_FRONT_MATTER: usize = 64 * 1024;
/// The most bytes that it may have once it is put right: quotes of quotes of quotes grow.
const MOST_MENDED: usize = 2 * MOST_FRONT_MATTER;
/// The most levels of nesting.
const MOST_LEVELS: usize = 64;
/// The most mistakes that are told of one file's structure; after that it is surely something else altogether.
const MOST_MISTAKES: usize = 50;

/// A file's YAML: the whole file, and which bytes of it are YAML.
#[derive(Clone)]
pub(super) struct Yaml<'a> {
    pub(super) file: &'a SourcePath,
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
}

impl<'a> Yaml<'a> {
    /// The YAML alone.
    fn source(&self) -> &'a str {
        &self.text[self.range.clone()]
    }

    /// The place of some bytes of the YAML.
    fn place(&self, span: Span) -> Place {
        Place::span(self.file, self.range.start + span.start..self.range.start + span.end)
    }

    /// A correction of the file.
    fn edit(&self, patch: &Patch) -> Edit {
        let span = self.range.start + patch.span.start..self.range.start + patch.span.end;
        Edit { at: At::Span(span), text: patch.text.clone() }
    }
}

/// What was read, and what is to be told of it.
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) findings: Vec<Finding>,
    /// Groups with a key that no field has, and that is not known to be meant as one: what is missing in them may be it.
    pub(super) strays: Vec<FieldPath>,
}

/// Reads YAML into a struct whose fields are all optional. Where an entry is wrong, it is told, and reading goes on
/// with what was meant or without it, so that one run tells every mistake.
pub(super) fn read<T: DeserializeOwned + Default>(yaml: &Yaml<'_>) -> Read<T> {
    run::<T>(yaml).0
}

/// The ways to the places of a file's values, as [`read`] sees them.
pub(super) struct Places<'a> {
    yaml: Yaml<'a>,
    mended: Mended<'a>,
    index: Index,
}

impl<'a> Places<'a> {
    /// The places in what is read as a `T`.
    pub(super) fn of<T: DeserializeOwned + Default>(yaml: Yaml<'a>) -> Places<'a> {
        let mended = run::<T>(&yaml).1;
        Places { index: Index::of(mended.text()), mended, yaml }
    }

    /// The place of a value, or of its key, in the file.
    pub(super) fn locate(&self, path: &FieldPath, key: bool) -> Option<Span> {
        let span = self.mended.span_of(&self.index.locate(self.mended.text(), path, key)?);
        Some(self.yaml.range.start + span.start..self.yaml.range.start + span.end)
    }
}

fn run<'a, T: DeserializeOwned + Default>(yaml: &Yaml<'a>) -> (Read<T>, Mended<'a>) {
    let mut reader = Reader {
        yaml,
        mended: Mended::new(yaml.source()),
        findings: Vec::new(),
        strays: Vec::new(),
        loud: Vec::new(),
    };
    let value = reader.read().unwrap_or_default();
    (Read { value, findings: reader.findings, strays: reader.strays }, reader.mended)
}

/// Reads one file, as often as it takes.
struct Reader<'y, 'a> {
    yaml: &'y Yaml<'a>,
    mended: Mended<'a>,
    findings: Vec<Finding>,
    strays: Vec<FieldPath>,
    /// Slips that YAML stumbles over, to be put right where it does.
    loud: Vec<Slip>,
}

impl Reader<'_, '_> {
    fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        if self.yaml.source().len() > MOST_FRONT_MATTER {
            self.findings.push(finding::too_long(self.yaml.place(0..0), "the front matter", "64 KiB"));
            return None;
        }
        let (silent, loud) = slips::look(self.yaml).into_iter().partition(|slip| slip.silent);
        self.loud = loud;
        self.put_right(silent);
        for _ in 0..MOST_MISTAKES {
            let text = self.mended.text();
            if text.len() > MOST_MENDED || is_blank(text) || self.is_refused() {
                return None;
            }
            let deserializer = || serde_yaml::Deserializer::from_str(self.mended.text());
            if let Ok(value) = T::deserialize(deserializer()) {
                return Some(value);
            }
            // To keep the way to each value costs as much as to read it: it is kept where it is to be told.
            let error = serde_path_to_error::deserialize::<_, T>(deserializer()).err()?;
            // A value of the wrong kind is told before a slip further on in its line, and is often made by it.
            if !self.loud.is_empty() && (!self.is_readable() || explain::is_no_group(&error)) {
                let loud = std::mem::take(&mut self.loud);
                self.put_right(loud);
                continue;
            }
            let explained = explain(self.yaml, &self.mended, &error);
            // What was put right and is wrong again in the same way would be put right for ever.
            if explained.iter().all(|explained| self.is_told(&explained.told)) {
                return None;
            }
            let mut patches = Vec::new();
            for explained in explained {
                self.findings.push(explained.told);
                self.strays.extend(explained.stray);
                patches.extend(explained.patches);
            }
            if patches.is_empty() {
                return None;
            }
            self.mended.patch(patches);
        }
        None
    }

    /// Whether the same was told of the same place before.
    fn is_told(&self, told: &Finding) -> bool {
        self.findings.iter().any(|other| (other.code, &other.place) == (told.code, &told.place))
    }

    /// Whether the text is YAML at all.
    fn is_readable(&self) -> bool {
        let deserializer = serde_yaml::Deserializer::from_str(self.mended.text());
        serde::de::IgnoredAny::deserialize(deserializer).is_ok()
    }

    fn put_right(&mut self, slips: Vec<Slip>) {
        let mut patches = Vec::new();
        for slip in slips {
            self.findings.push(slip.finding);
            patches.extend(slip.patches);
        }
        if !patches.is_empty() {
            self.mended.patch(patches);
        }
    }

    /// What the YAML crate must not see: what is nested too deeply, and anchors and aliases.
    fn is_refused(&mut self) -> bool {
        let text = self.mended.text();
        let scanned = guard::scan(text, MOST_LEVELS);
        let refusal = if let Some(at) = scanned.too_deep {
            let place = self.yaml.place(self.mended.span_of(&(at..at + 1)));
            Some(finding::nested_too_deeply(place, MOST_LEVELS))
        } else {
            scanned.alias.map(|(at, mark)| {
                let span = at..at + locate::value_length(text, at);
                let quoted = quotes::quoted(&text[span.clone()]);
                finding::reference(self.yaml.place(self.mended.span_of(&span)), mark, &quoted)
            })
        };
        let refused = refusal.is_some();
        self.findings.extend(refusal);
        refused
    }
}

fn is_blank(text: &str) -> bool {
    text.lines().map(str::trim_start).all(|line| line.is_empty() || line.starts_with('#'))
}

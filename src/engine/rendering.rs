//! A session of rendering: pure and parallel, and every read leaves a trace.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::leaks::{Ground, Secrets};
use super::traces::Traces;
use crate::base::{OutPath, SourcePath};
use crate::diagnostics::{Checked, Finding, finding};
use crate::model::{Fact, Reader, Route, Site, Term};
use crate::output::photo::Developer;
use crate::output::{self, Bytes, Shown, SocialCard};
use crate::theme::Theme;

/// Renders outputs of one site.
pub struct Rendering<'e> {
    site: &'e Site,
    theme: &'e Theme,
    shown: Shown<'e>,
    /// Where it is noted what each render reads; `None` where nobody will ask.
    traces: Option<&'e Traces>,
    ground: Ground<'e>,
    secrets: Option<&'e Secrets>,
    developer: &'e dyn Developer,
}

impl<'e> Rendering<'e> {
    pub(super) fn new(
        ground: Ground<'e>,
        theme: &'e Theme,
        traces: Option<&'e Traces>,
        secrets: Option<&'e Secrets>,
        developer: &'e dyn Developer,
    ) -> Rendering<'e> {
        let site = ground.site;
        Rendering { site, theme, shown: Shown::new(site, theme), traces, ground, secrets, developer }
    }

    /// The bytes of an output; `None` where there is no such output, or where rendering fails: then the findings say why.
    pub fn render(&self, path: &OutPath) -> Checked<Option<Bytes>> {
        let Some(route) = self.site.routes.get(path) else { return Checked::clean(None) };
        let reader = self.reader().with_colours(self.developer);
        let render = || output::render(path, route, &reader, &self.shown, self.developer);
        let rendered = catch_unwind(AssertUnwindSafe(render));
        let checked = match rendered {
            Ok(checked) => checked,
            Err(_) => return panicked(SourcePath::new(path.as_str()).as_ref()),
        };
        self.note(path, reader);
        let Checked { value, mut findings } = checked;
        if let Some(secrets) = self.secrets {
            let words = self.words(path).map(|words| Bytes::Made(words.into_bytes()));
            findings.extend(secrets.look(self.ground, path, route, words.as_ref().unwrap_or(&value)));
        }
        Checked { value: Some(value), findings }
    }
}

impl<'e> Rendering<'e> {
    /// The card of an output that is one, before it is drawn. That it was asked for is noted, as if it had been rendered.
    pub(super) fn social_card(&self, path: &OutPath) -> Option<SocialCard> {
        let Route::SocialCard(id) = self.site.routes.get(path)? else { return None };
        let reader = self.reader();
        let card = SocialCard::of(*id, &reader, &self.shown)?;
        self.note(path, reader);
        Some(card)
    }

    /// The words in a picture that we draw, a line each, which cannot be read from its bytes.
    pub fn words(&self, path: &OutPath) -> Option<String> {
        let Route::SocialCard(id) = self.site.routes.get(path)? else { return None };
        SocialCard::of(*id, &Reader::unnoted(self.site), &self.shown).map(|card| card.words())
    }

    fn reader(&self) -> Reader<'e> {
        if self.traces.is_some() { Reader::new(self.site) } else { Reader::unnoted(self.site) }
    }

    /// Notes what a render read.
    fn note(&self, path: &OutPath, reader: Reader<'_>) {
        let Some(traces) = self.traces else { return };
        let theme = |fact: &Fact| self.theme.fingerprint(fact);
        let term = reader.clock().term();
        let trace = reader.facts().into_iter().map(|fact| {
            let print = self.site.fingerprint(&fact, &theme);
            (fact, print)
        });
        traces.note(path.clone(), trace.collect(), term);
    }

    /// What there is to tell of a photo that is there already, made by an earlier run. It counts as rendered.
    pub fn pass(&self, path: &OutPath) -> Vec<Finding> {
        let Some(route) = self.site.routes.get(path) else { return Vec::new() };
        if let Some(traces) = self.traces {
            let fact = Fact::File(path.clone());
            let print = self.site.fingerprint(&fact, &|fact: &Fact| self.theme.fingerprint(fact));
            traces.note(path.clone(), vec![(fact, print)], Term::ALWAYS);
        }
        let look = |secrets: &Secrets| secrets.look(self.ground, path, route, &Bytes::default());
        self.secrets.map(look).unwrap_or_default()
    }
}

/// The finding for a panic, which is a mistake of ours.
pub(super) fn panicked(file: Option<&SourcePath>) -> Checked<Option<Bytes>> {
    let findings = file.into_iter().map(|file| finding::our_bug(file, "rendering panicked")).collect();
    Checked { value: None, findings }
}

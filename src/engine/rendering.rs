//! A session of rendering: pure and parallel, and every read leaves a trace.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::leaks::{Ground, Secrets};
use super::traces::Traces;
use crate::base::{OutPath, SourcePath};
use crate::diagnostics::{Checked, finding};
use crate::model::{Fact, Reader, Site};
use crate::output::{self, Bytes, Shown};
use crate::theme::Theme;

/// Renders outputs of one site.
pub struct Rendering<'e> {
    site: &'e Site,
    theme: &'e Theme,
    shown: Shown<'e>,
    traces: &'e Traces,
    ground: Ground<'e>,
    secrets: Option<&'e Secrets>,
}

impl<'e> Rendering<'e> {
    pub(super) fn new(
        ground: Ground<'e>,
        theme: &'e Theme,
        traces: &'e Traces,
        secrets: Option<&'e Secrets>,
    ) -> Rendering<'e> {
        let site = ground.site;
        Rendering { site, theme, shown: Shown::new(site, theme), traces, ground, secrets }
    }

    /// The bytes of an output; `None` where there is no such output, or where rendering fails: then the findings say why.
    pub fn render(&self, path: &OutPath) -> Checked<Option<Bytes>> {
        let Some(route) = self.site.routes.get(path) else { return Checked::clean(None) };
        let reader = Reader::new(self.site);
        let rendered = catch_unwind(AssertUnwindSafe(|| output::render(path, route, &reader, &self.shown)));
        let checked = match rendered {
            Ok(checked) => checked,
            Err(_) => {
                let file = SourcePath::new(path.as_str());
                let findings = file.iter().map(|file| finding::our_bug(file, "rendering panicked")).collect();
                return Checked { value: None, findings };
            }
        };
        let theme = |fact: &Fact| self.theme.fingerprint(fact);
        let term = reader.clock().term();
        let trace = reader.facts().into_iter().map(|fact| {
            let print = self.site.fingerprint(&fact, &theme);
            (fact, print)
        });
        self.traces.note(path.clone(), trace.collect(), term);
        let Checked { value, mut findings } = checked;
        if let Some(secrets) = self.secrets {
            findings.extend(secrets.look(self.ground, path, route, &value));
        }
        Checked { value: Some(value), findings }
    }
}

//! `handbill build`: the whole pipeline, once.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::args::{Build, Shared};
use super::report::{self, Telling};
use super::site::{Wanted, together};
use super::{DONE, FINDINGS, Failure, moment, progress, watch};
use crate::base::OutPath;
use crate::diagnostics::{Checked, Finding, stops, text};
use crate::disk::{self, Cache, Output, Published, ReadError, WriteError};
use crate::engine::{Engine, Rendering};

/// Builds the site, and swaps it in where nothing stops it.
pub(super) fn run(shared: &Shared, args: &Build) -> Result<u8, Failure> {
    if args.watch {
        return watch::run(shared, args);
    }
    let mut clock = Stages::start();
    let wanted = Wanted::of(shared, &args.site)?;
    let folder = wanted.root.join(&args.output);
    let output = Output::open(&wanted.root, &folder, std::env::home_dir().as_deref())?;
    let Checked { value: tree, findings: read } = wanted.read(&folder, true)?;
    clock.stage("read");
    let (engine, moment, zone) = wanted.engine(tree)?;
    clock.stage("parse and link");
    let stopped = stops(&read) || stops(engine.findings());
    let shown = shown(&wanted.root, &args.output);
    let left = if disk::stands(&folder) {
        format!("{shown} is as it was")
    } else {
        format!("there is no {shown} yet")
    };
    let (rest, published) = if stopped {
        (progress::during(&engine, || engine.examine()), None)
    } else {
        publish(&wanted.root, &engine, &output, &mut clock).map_err(|error| unpublished(error, &left))?
    };
    let all = together(read, rest);
    clock.stage("publish");
    let result = match &published {
        Some(published) => {
            [vec![done(published, &shown, &clock, moment, &zone)], told(&engine, published, &all)].concat()
        }
        None => vec![format!("{}. Nothing was published: {left}.", text::summary(&all))],
    };
    match Telling::of(&args.telling) {
        telling @ Telling::People(_) => {
            report::findings(telling, &all, engine.tree());
            if args.timings {
                clock.report();
            }
            result.iter().for_each(|line| report::say(line));
        }
        telling @ Telling::Programs(_) => {
            report::report(telling, &all, engine.tree(), &wanted.prefix(), &result.join(" "));
        }
    }
    // The process is about to end: giving back each piece of the site first would take longer than publishing it.
    std::mem::forget(engine);
    Ok(if published.is_some() { DONE } else { FINDINGS })
}

/// Writes the site and swaps it in. Gives all findings, and what was published; nothing where rendering finds an error.
fn publish(
    root: &Path,
    engine: &Engine,
    output: &Output,
    clock: &mut Stages,
) -> Result<(Vec<Finding>, Option<Published>), WriteError> {
    let mut all = engine.findings().to_vec();
    let staging = output.begin()?.of(engine.name().unwrap_or_default());
    let outputs: Vec<&OutPath> = engine.outputs().collect();
    let render = || {
        let rendering = engine.last_rendering();
        let (keep, write) =
            (|path: &OutPath| staging.keep(path), |path: &OutPath, bytes: &[u8]| staging.write(path, bytes));
        render(engine, rendering.as_ref(), &outputs, keep, write)
    };
    let rendered = progress::during(engine, render)?;
    let rendered: Vec<Finding> = rendered.into_values().flatten().collect();
    let stopped = stops(&rendered);
    all.extend(rendered);
    if stopped {
        return Ok((all, None));
    }
    clock.stage("render and write");
    let published = staging.publish()?;
    tidy(root, engine);
    Ok((all, Some(published)))
}

/// Says of an error that it changed nothing, where that is so and known.
fn unpublished(error: WriteError, left: &str) -> Failure {
    let changed_nothing =
        matches!(error, WriteError::Io { .. } | WriteError::Twice { .. } | WriteError::Incomplete);
    let failure = Failure::from(error);
    if !changed_nothing {
        return failure;
    }
    Failure { says: format!("{}. Nothing was published: {left}", failure.says), ..failure }
}

/// Forgets photos that are gone, and cards that are not those of now.
pub(super) fn tidy(root: &Path, engine: &Engine) {
    Cache::of(root).keep(&engine.pictures());
}

/// Renders outputs in parallel, and hands each to `write` as soon as it is done, unless a finding stops that. A photo need
/// not be rendered where `keep` finds it in the old site. Gives what was found in each, where anything was.
pub(super) fn render(
    engine: &Engine,
    rendering: Option<&Rendering<'_>>,
    paths: &[&OutPath],
    keep: impl Fn(&OutPath) -> bool + Sync,
    write: impl Fn(&OutPath, &[u8]) -> Result<(), WriteError> + Sync,
) -> Result<BTreeMap<OutPath, Vec<Finding>>, WriteError> {
    let Some(rendering) = rendering else { return Ok(BTreeMap::new()) };
    let render = |path: &&OutPath| {
        if engine.is_photo(path) && keep(path) {
            let findings = rendering.pass(path);
            return Ok((!findings.is_empty()).then(|| ((*path).clone(), findings)));
        }
        let Checked { value, findings } = rendering.render(path);
        if let (Some(bytes), false) = (value, stops(&findings)) {
            write(path, &bytes)?;
        }
        Ok((!findings.is_empty()).then(|| ((*path).clone(), findings)))
    };
    // Photos first: pages show their colours, and a template that waits for one would be taken for one that never ends.
    let (photos, rest): (Vec<&OutPath>, Vec<&OutPath>) = paths.iter().partition(|path| engine.is_photo(path));
    let in_turn = [photos, rest];
    let rendered: Vec<Result<Option<_>, WriteError>> =
        in_turn.iter().flat_map(|paths| paths.par_iter().map(render).collect::<Vec<_>>()).collect();
    rendered.into_iter().filter_map(Result::transpose).collect()
}

/// The output folder as people find it from where the command was called.
pub(super) fn shown(root: &Path, output: &Path) -> String {
    let whole = root.join(output);
    let here = std::env::current_dir().unwrap_or_default();
    whole.strip_prefix(&here).unwrap_or(&whole).display().to_string()
}

/// `Published 64 files to public as of 2024-10-24 05:40 PDT (3 new, 2 changed, 1 removed) in 0.12 s.`
pub(super) fn done(
    published: &Published,
    shown: &str,
    clock: &Stages,
    moment: Timestamp,
    zone: &TimeZone,
) -> String {
    let counts = [(published.added, "new"), (published.changed, "changed"), (published.removed, "removed")];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let changes = if counts.is_empty() { "nothing changed".to_owned() } else { counts.join(", ") };
    let moment = moment::text(moment, zone);
    let seconds = clock.total().as_secs_f64();
    format!("Published {} files to {shown} as of {moment} ({changes}) in {seconds:.2} s.", published.files)
}

/// What else is worth knowing of a site that was published.
pub(super) fn told(engine: &Engine, published: &Published, findings: &[Finding]) -> Vec<String> {
    let mut told = Vec::new();
    if !findings.is_empty() {
        told.push(format!("{}, none of which stops publishing.", text::summary(findings)));
    }
    told.extend(missed(engine, &published.vanished));
    if let Some(folder) = &published.kept {
        let folder = folder.display();
        told.push(format!("Files that were changed in the old site meanwhile were kept in {folder}."));
    }
    told
}

/// Says which of the pages that are gone are missed, and what to type. Nobody misses anything of a preview.
pub(super) fn missed(engine: &Engine, gone: &[OutPath]) -> Option<String> {
    const NAMED: usize = 5;
    let pages = engine.missed(gone);
    let address = |path: &&OutPath| format!("/{}", path.address());
    let named = pages.iter().take(NAMED).map(address).collect::<Vec<_>>().join(", ");
    let more = match pages.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let first = pages.first()?.address();
    let first = first.trim_end_matches('/');
    Some(format!(
        "Warning: nothing answers any more at {named}{more}. Where something takes its place, write “aliases: [{first}]” there; \
         where it was taken back, write “gone: [{first}]” in content/campaign.yaml."
    ))
}

/// How long each stage took.
pub(super) struct Stages {
    started: Instant,
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Stages {
    pub(super) fn start() -> Stages {
        let now = Instant::now();
        Stages { started: now, last: now, stages: Vec::new() }
    }

    pub(super) fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }

    pub(super) fn total(&self) -> Duration {
        self.last - self.started
    }

    pub(super) fn report(&self) {
        for (name, took) in &self.stages {
            report::say(&format!("{:>9.1} ms  {name}", took.as_secs_f64() * 1000.0));
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Failure {
        Failure { says: error.to_string(), cure: error.cure(), status: error.exit_status() }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Failure {
        Failure { says: error.to_string(), cure: error.cure(), status: error.exit_status() }
    }
}

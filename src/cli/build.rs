//! `handbill build`: the whole pipeline, once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::args::{Build, Shared};
use super::report::{self, Telling};
use super::site::{Wanted, together};
use super::{DONE, FINDINGS, Failure, moment, watch};
use crate::base::OutPath;
use crate::diagnostics::{Checked, Finding, stops, text};
use crate::disk::{Output, Published, ReadError, WriteError};
use crate::engine::Engine;

/// Builds the site, and swaps it in where nothing stops it.
pub(super) fn run(shared: &Shared, args: &Build) -> Result<u8, Failure> {
    if args.watch {
        return watch::run(shared, args);
    }
    let mut clock = Stages::start();
    let wanted = Wanted::of(shared, &args.site)?;
    let folder = wanted.root.join(&args.output);
    let output = Output::open(&wanted.root, &folder, std::env::home_dir().as_deref())?;
    let Checked { value: tree, findings: read } = wanted.read(&folder)?;
    clock.stage("read");
    let (engine, moment, zone) = wanted.engine(tree)?;
    clock.stage("parse and link");
    let stopped = stops(&read) || stops(engine.findings());
    let (rest, published) =
        if stopped { (engine.examine(), None) } else { publish(&engine, &output, &mut clock)? };
    let all = together(read, rest);
    clock.stage("publish");
    let shown = shown(&wanted.root, &args.output);
    let result = match &published {
        Some(published) => {
            [vec![done(published, &shown, &clock, moment, &zone)], told(published, &all)].concat()
        }
        None => vec![format!("{}. Nothing was published: {shown} is as it was.", text::summary(&all))],
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
    engine: &Engine,
    output: &Output,
    clock: &mut Stages,
) -> Result<(Vec<Finding>, Option<Published>), WriteError> {
    let mut all = engine.findings().to_vec();
    let staging = output.begin()?;
    let outputs: Vec<&OutPath> = engine.outputs().collect();
    let rendered = render(engine, &outputs, |path, bytes| staging.write(path, bytes))?;
    let rendered: Vec<Finding> = rendered.into_values().flatten().collect();
    let stopped = stops(&rendered);
    all.extend(rendered);
    if stopped {
        return Ok((all, None));
    }
    clock.stage("render and write");
    Ok((all, Some(staging.publish()?)))
}

/// Renders outputs in parallel, and hands each to `write` as soon as it is done, unless a finding stops that. Gives what
/// was found in each, where anything was.
pub(super) fn render(
    engine: &Engine,
    paths: &[&OutPath],
    write: impl Fn(&OutPath, &[u8]) -> Result<(), WriteError> + Sync,
) -> Result<BTreeMap<OutPath, Vec<Finding>>, WriteError> {
    let Some(rendering) = engine.rendering() else { return Ok(BTreeMap::new()) };
    let render = |path: &&OutPath| {
        let Checked { value, findings } = rendering.render(path);
        if let (Some(bytes), false) = (value, stops(&findings)) {
            write(path, &bytes)?;
        }
        Ok((!findings.is_empty()).then(|| ((*path).clone(), findings)))
    };
    let rendered: Vec<Result<Option<_>, WriteError>> = paths.par_iter().map(render).collect();
    rendered.into_iter().filter_map(Result::transpose).collect()
}

/// The output folder as it was typed, where that says more than the whole path.
pub(super) fn shown(root: &Path, output: &Path) -> String {
    let shown: PathBuf = if root == Path::new(".") || std::env::current_dir().is_ok_and(|here| here == root) {
        output.to_owned()
    } else {
        root.join(output)
    };
    format!("{}", shown.display())
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
pub(super) fn told(published: &Published, findings: &[Finding]) -> Vec<String> {
    let mut told = Vec::new();
    if !findings.is_empty() {
        told.push(format!("{}, none of which stops publishing.", text::summary(findings)));
    }
    told.extend(vanished(&published.vanished));
    if let Some(folder) = &published.kept {
        let folder = folder.display();
        told.push(format!("Files that were changed in the old site meanwhile were kept in {folder}."));
    }
    told
}

/// The pages that were there before and left no address behind. Pages that follow from others (of lists, years, tags, what is
/// to be printed) come and go by themselves.
fn vanished(pages: &[OutPath]) -> Option<String> {
    const NAMED: usize = 5;
    let follows = |address: &str| {
        let parts: Vec<&str> = address.trim_end_matches('/').split('/').collect();
        let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
        parts.iter().any(|part| matches!(*part, "page" | "tags" | "print" | "flyer"))
            || parts.last().is_some_and(is_number)
    };
    let gone: Vec<String> = pages.iter().map(OutPath::address).filter(|address| !follows(address)).collect();
    let named = gone.iter().take(NAMED).map(|address| format!("/{address}")).collect::<Vec<_>>().join(", ");
    let more = gone.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!gone.is_empty()).then(|| {
        format!(
            "Warning: nothing answers any more at {named}{more}. If people have such an address, put it into “aliases” of \
             what takes its place."
        )
    })
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

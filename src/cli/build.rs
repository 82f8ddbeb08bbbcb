//! `handbill build`: the whole pipeline, once.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::args::{Build, Shared};
use super::{DONE, FINDINGS, Failure, moment, report, root};
use crate::base::OutPath;
use crate::base::url::BaseUrl;
use crate::diagnostics::{Checked, Finding, stops, text};
use crate::disk::{self, Output, Published, ReadError, ReadOptions, Staging, WriteError};
use crate::engine::{Engine, Settings};

/// Builds the site, and swaps it in where nothing stops it.
pub(super) fn run(shared: &Shared, args: &Build) -> Result<u8, Failure> {
    let mut clock = Stages::start();
    let root = root::find(shared.root.as_deref())?;
    let base = base_url(args)?;
    let wanted = root.join(&args.output);
    let output = Output::open(&root, &wanted, std::env::home_dir().as_deref())?;
    let Checked { value: tree, findings: mut all } =
        disk::read(&ReadOptions { output: Some(&wanted), ..ReadOptions::new(&root) })?;
    clock.stage("read");
    let zone = Engine::zone(&tree);
    let moment = moment::moment(args.as_of.as_deref(), &zone)?;
    let engine = Engine::new(tree, Settings { moment, base, drafts: args.drafts });
    clock.stage("parse and link");
    all.extend(engine.findings().iter().cloned());
    let published = if stops(&all) {
        None
    } else {
        let staging = output.begin()?;
        render(&engine, &staging)?.map_or_else(
            |findings| {
                all.extend(findings);
                Ok(None)
            },
            |()| {
                clock.stage("render and write");
                staging.publish().map(Some)
            },
        )?
    };
    clock.stage("publish");
    text::sort(&mut all);
    all.dedup();
    report::findings(&all, engine.tree());
    if args.timings {
        clock.report();
    }
    // The process is about to end: giving back each piece of the site first would take longer than publishing it.
    std::mem::forget(engine);
    let shown = shown(&root, &args.output);
    Ok(match published {
        Some(published) => {
            report::say(&done(&published, &shown, &clock, moment, &zone));
            told(&published, &all);
            DONE
        }
        None => {
            report::say(&format!("{}. Nothing was published: {shown} is as it was.", text::summary(&all)));
            FINDINGS
        }
    })
}

fn base_url(args: &Build) -> Result<Option<BaseUrl>, Failure> {
    let Some(text) = &args.base_url else { return Ok(None) };
    let base = BaseUrl::parse(text);
    let says = || format!("“{text}” is not an address where a site can stand");
    base.map(Some).ok_or_else(|| Failure::usage(says(), "write --base-url https://our-campaign.example/"))
}

/// Renders all outputs in parallel and writes each as soon as it is done. Findings come back as an error of their own
/// kind, for then nothing is published.
fn render(engine: &Engine, staging: &Staging) -> Result<Result<(), Vec<Finding>>, WriteError> {
    let Some(rendering) = engine.rendering() else { return Ok(Err(Vec::new())) };
    let outputs: Vec<&OutPath> = engine.outputs().collect();
    let results: Vec<Result<Vec<Finding>, WriteError>> = outputs
        .par_iter()
        .map(|path| {
            let Checked { value, findings } = rendering.render(path);
            if let (Some(bytes), false) = (value, stops(&findings)) {
                staging.write(path, &bytes)?;
            }
            Ok(findings)
        })
        .collect();
    let mut findings = Vec::new();
    for result in results {
        findings.extend(result?);
    }
    Ok(if stops(&findings) { Err(findings) } else { Ok(()) })
}

/// The output folder as it was typed, where that says more than the whole path.
fn shown(root: &Path, output: &Path) -> String {
    let shown: PathBuf = if root == Path::new(".") || std::env::current_dir().is_ok_and(|here| here == root) {
        output.to_owned()
    } else {
        root.join(output)
    };
    format!("{}", shown.display())
}

/// `Published 64 files to public as of 2024-10-24 05:40 PDT (3 new, 2 changed, 1 removed) in 0.12 s.`
fn done(published: &Published, shown: &str, clock: &Stages, moment: Timestamp, zone: &TimeZone) -> String {
    let counts = [(published.added, "new"), (published.changed, "changed"), (published.removed, "removed")];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let changes = if counts.is_empty() { "nothing changed".to_owned() } else { counts.join(", ") };
    let moment = moment.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M %Z");
    let seconds = clock.total().as_secs_f64();
    format!("Published {} files to {shown} as of {moment} ({changes}) in {seconds:.2} s.", published.files)
}

/// What else is worth knowing of a site that was published.
fn told(published: &Published, findings: &[Finding]) {
    if !findings.is_empty() {
        report::say(&format!("{}, none of which stops publishing.", text::summary(findings)));
    }
    if let Some(folder) = &published.kept {
        report::say(&format!(
            "Files that were changed in the old site meanwhile were kept in {}.",
            folder.display()
        ));
    }
}

/// How long each stage took.
struct Stages {
    started: Instant,
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Stages {
    fn start() -> Stages {
        let now = Instant::now();
        Stages { started: now, last: now, stages: Vec::new() }
    }

    fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }

    fn total(&self) -> Duration {
        self.last - self.started
    }

    fn report(&self) {
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

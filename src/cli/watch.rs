//! `handbill build --watch`: a build, and after it only what each change touches.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::{Build, Shared};
use super::build::{self, Stages};
use super::report::{self, Telling};
use super::site::{Wanted, eyes, together};
use super::{DONE, Failure, moment, progress};
use crate::base::{Change, OutPath, SourcePath};
use crate::diagnostics::{Checked, Finding, stops, text};
use crate::disk::{Amended, Output, Published, ReadOptions, Stopper, Watch, Woken, WriteError};
use crate::engine::{Engine, Update};

/// How long the clock is trusted to stand still: a machine that sleeps does not count the time.
const NAP: Duration = Duration::from_secs(60);

/// Builds the site, and keeps it up to date until the user ends it.
pub(super) fn run(shared: &Shared, args: &Build) -> Result<u8, Failure> {
    let mut clock = Stages::start();
    let wanted = Wanted::of(shared, &args.site)?;
    let folder = wanted.root.join(&args.output);
    let output = Output::open(&wanted.root, &folder, std::env::home_dir().as_deref())?;
    let options = ReadOptions { output: Some(&folder), ..ReadOptions::new(&wanted.root) };
    let (watch, read) = Watch::start(&options, eyes(args.poll))?;
    clock.stage("read");
    let (engine, moment, zone) = wanted.engine(read.value)?;
    clock.stage("parse and link");
    let mut keeper = Keeper {
        args,
        shown: build::shown(&wanted.root, &args.output),
        telling: Telling::of(&args.telling),
        follows_the_clock: !moment::is_named(args.site.as_of.as_deref()),
        engine,
        output,
        disk: read.findings,
        rendered: BTreeMap::new(),
        waiting: BTreeSet::new(),
        gone: BTreeSet::new(),
        told: Vec::new(),
        is_broken: false,
    };
    keeper.begin(clock, moment, &zone)?;
    stop_on_interrupt(watch.stopper());
    keeper.follow(watch);
    Ok(DONE)
}

/// Ends the watch when the user presses Ctrl-C: what is being written then is written to its end.
fn stop_on_interrupt(stopper: Stopper) {
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let waited = runtime.and_then(|runtime| runtime.block_on(tokio::signal::ctrl_c()));
        // Where the system has no such signal, it ends us by its own means.
        if waited.is_ok() {
            stopper.stop();
        }
    });
}

/// Keeps a folder up to date.
struct Keeper<'a> {
    args: &'a Build,
    /// The output folder as it is shown.
    shown: String,
    telling: Telling,
    follows_the_clock: bool,
    engine: Engine,
    output: Output,
    /// What there is to tell of the disk.
    disk: Vec<Finding>,
    /// What there is to tell of each output that was rendered.
    rendered: BTreeMap<OutPath, Vec<Finding>>,
    /// The outputs that are not yet written as they are.
    waiting: BTreeSet<OutPath>,
    /// The outputs that are not yet removed.
    gone: BTreeSet<OutPath>,
    /// The findings that were printed.
    told: Vec<Finding>,
    /// Whether anything stops publishing.
    is_broken: bool,
}

impl Keeper<'_> {
    /// The first build, whole.
    fn begin(&mut self, mut clock: Stages, moment: Timestamp, zone: &TimeZone) -> Result<(), Failure> {
        let published = self.write_all()?;
        clock.stage("render, write and publish");
        let all = self.findings();
        self.is_broken = published.is_none();
        self.waiting.extend(self.engine.outputs().filter(|_| published.is_none()).cloned());
        self.tell(&all);
        if self.args.timings {
            clock.report();
        }
        match published {
            Some(published) => {
                report::say(&build::done(&published, &self.shown, &clock, moment, zone));
                build::told(&self.engine, &published, &all).iter().for_each(|line| report::say(line));
            }
            None => report::say(&self.stopped(&all)),
        }
        report::say("Watching for changes. Ctrl-C ends it.");
        // What every output read is put in order now, and not at the first change.
        let update = self.engine.apply(&[]);
        self.note(update);
        Ok(())
    }

    /// Follows the disk and the clock until the watch is stopped.
    fn follow(&mut self, mut watch: Watch) {
        loop {
            let next = if self.follows_the_clock { self.engine.next_moment() } else { None };
            let wait = next.map(|next| {
                let left = next.duration_since(Timestamp::now());
                Duration::try_from(left).unwrap_or_default().min(NAP)
            });
            let woken = watch.next(wait);
            let began = Instant::now();
            let now = Timestamp::now();
            if let Some(next) = next.filter(|next| *next <= now) {
                let update = self.engine.set_moment(now);
                let what = moment::text(next, &self.engine.time_zone());
                self.bring_up_to_date(&what, update, began);
            }
            match woken {
                Woken::Stopped => return,
                Woken::TimedOut => {}
                Woken::Changed(Checked { value: changes, findings }) => {
                    self.disk = findings;
                    let update = self.engine.apply(&changes);
                    self.bring_up_to_date(&named(&changes), update, began);
                }
            }
        }
    }

    /// Takes note of what is to be written and removed. Gives what was not noted before.
    fn note(&mut self, update: Update) -> Update {
        for path in &update.gone {
            self.waiting.remove(path);
            self.rendered.remove(path);
        }
        for (path, _) in &update.stale {
            self.gone.remove(path);
        }
        let stale = update.stale.into_iter().filter(|(path, _)| self.waiting.insert(path.clone()));
        let gone = update.gone.into_iter().filter(|path| self.gone.insert(path.clone()));
        Update { stale: stale.collect(), gone: gone.collect() }
    }

    /// Renders and writes what waits, where nothing stops that, and says so.
    fn bring_up_to_date(&mut self, what: &str, update: Update, began: Instant) {
        let mut clock = vec![("parse and link", began.elapsed())];
        let update = self.note(update);
        let gone: Vec<OutPath> = self.gone.iter().cloned().collect();
        let result = self.write(&mut clock);
        let all = self.findings();
        self.tell(&all);
        self.explain(&update);
        for (name, took) in clock.iter().filter(|_| self.args.timings) {
            report::say(&format!("{:>9.1} ms  {name}", took.as_secs_f64() * 1000.0));
        }
        let broken = stops(&all);
        let mended = if self.is_broken && !broken { "Mended. " } else { "" };
        self.is_broken = broken;
        match result {
            Ok(Some(amended)) => {
                report::say(&format!("{mended}{what}: {} in {}.", counts(amended), took(began.elapsed())));
                build::missed(&self.engine, &gone).iter().for_each(|line| report::say(line));
            }
            Ok(None) => report::say(&format!("{what}: {}", self.stopped(&all))),
            Err(error) => report::failure(&error.into()),
        }
    }

    /// Writes what waits, and removes what is gone. `None` where a finding stops that.
    fn write(&mut self, clock: &mut Vec<(&'static str, Duration)>) -> Result<Option<Amended>, WriteError> {
        if stops(&self.disk) || stops(self.engine.findings()) {
            return Ok(None);
        }
        if self.waiting.is_empty() && self.gone.is_empty() {
            return Ok(Some(Amended { files: self.engine.outputs().count(), ..Amended::default() }));
        }
        let began = Instant::now();
        let Some(mut amendment) = self.output.amend()? else { return self.amend_all() };
        let paths: Vec<&OutPath> = self.waiting.iter().collect();
        let rendering = self.engine.rendering();
        let write = |path: &OutPath, bytes: &[u8]| amendment.write(path, bytes);
        let rendered = build::render(&self.engine, rendering.as_ref(), &paths, |_| false, write)?;
        self.rendered.retain(|path, _| !self.waiting.contains(path));
        self.rendered.extend(rendered);
        clock.push(("render", began.elapsed()));
        if self.rendered.values().any(|findings| stops(findings)) {
            return Ok(None);
        }
        let began = Instant::now();
        self.gone.iter().for_each(|path| amendment.remove(path));
        let Some(amended) = amendment.publish()? else { return self.amend_all() };
        clock.push(("write", began.elapsed()));
        self.waiting.clear();
        self.gone.clear();
        Ok(Some(amended))
    }

    /// The same, where the folder holds no whole site of ours any more, or a folder takes the place of a file.
    fn amend_all(&mut self) -> Result<Option<Amended>, WriteError> {
        let amended = |published: Published| Amended {
            written: published.added + published.changed,
            removed: published.removed,
            files: published.files,
        };
        Ok(self.write_all()?.map(amended))
    }

    /// Writes everything, and swaps it in. `None` where a finding stops that.
    fn write_all(&mut self) -> Result<Option<Published>, WriteError> {
        if stops(&self.disk) || stops(self.engine.findings()) {
            return Ok(None);
        }
        let staging = self.output.begin()?.of(self.engine.name().unwrap_or_default());
        let paths: Vec<&OutPath> = self.engine.outputs().collect();
        let (keep, write) =
            (|path: &OutPath| staging.keep(path), |path: &OutPath, bytes: &[u8]| staging.write(path, bytes));
        let render = || {
            let rendering = self.engine.rendering();
            build::render(&self.engine, rendering.as_ref(), &paths, keep, write)
        };
        self.rendered = progress::during(&self.engine, render)?;
        if self.rendered.values().any(|findings| stops(findings)) {
            return Ok(None);
        }
        let published = staging.publish()?;
        self.waiting.clear();
        self.gone.clear();
        Ok(Some(published))
    }

    /// All that there is to tell.
    fn findings(&self) -> Vec<Finding> {
        let rendered = self.rendered.values().flatten();
        let rest = self.engine.findings().iter().chain(rendered).cloned().collect();
        together(self.disk.clone(), rest)
    }

    /// Prints the findings that were not printed before.
    fn tell(&mut self, all: &[Finding]) {
        let news: Vec<Finding> = all.iter().filter(|finding| !self.told.contains(finding)).cloned().collect();
        report::findings(self.telling, &news, self.engine.tree());
        self.told = all.to_vec();
    }

    fn stopped(&self, all: &[Finding]) -> String {
        format!("{}. Nothing was written: {} is as it was.", text::summary(all), self.shown)
    }

    /// Prints why each output is written anew, once what stops that is mended.
    fn explain(&self, update: &Update) {
        if !self.args.explain {
            return;
        }
        for (path, why) in &update.stale {
            report::say(&format!("  {}: {}", address(path), why.text));
        }
        for path in &update.gone {
            report::say(&format!("  {}: it is gone", address(path)));
        }
    }
}

/// An output as people know it: `statements/strike/`.
fn address(path: &OutPath) -> String {
    Some(path.address()).filter(|address| !address.is_empty()).unwrap_or_else(|| path.to_string())
}

/// The files that changed: “content/about.md”, “content/about.md and 12 more”.
fn named(changes: &[Change]) -> String {
    let paths: Vec<&SourcePath> = changes.iter().map(|change| &change.path).collect();
    match paths.as_slice() {
        [] => "What cannot be read".to_owned(),
        [one] => one.to_string(),
        [one, other] => format!("{one} and {other}"),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// “3 of 71 files written, 1 removed”, or “nothing to write”.
fn counts(amended: Amended) -> String {
    let Amended { written, removed, files } = amended;
    match (written, removed) {
        (0, 0) => "nothing to write".to_owned(),
        (written, 0) => format!("{written} of {files} files written"),
        (written, removed) => format!("{written} of {files} files written, {removed} removed"),
    }
}

fn took(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}

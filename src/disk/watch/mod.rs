//! Watching: what changes on the disk, told as it happens. It never ends by itself, and what it has told always comes
//! to what a fresh [`super::read()`] would see.
//!
//! Two rules make that so. Events say only where to look, never what is there. And all folders are watched before the
//! walk that counts begins, so that whatever that walk does not see is heard.

mod batch;
mod bell;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::boundary::Boundary;
use super::error::ReadError;
use super::read::{Limits, ReadOptions, boundary};
use super::stock::Stock;
use super::walk::{FOLDERS, Walked, walk};
use crate::base::{Change, SourcePath, Tree};
use crate::diagnostics::{Checked, Finding, finding};

use batch::Batch;
use bell::{Bell, Inbox, Message};

pub use bell::Stopper;

/// How changes are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// The system tells. Nothing is done while nothing happens.
    Events,
    /// All is looked at again and again, so long after the last look: for network drives, of which the system does not tell
    /// what others do there.
    Poll(Duration),
}

/// How often all is looked at where the system cannot tell of changes, or where the root is gone.
const INSTEAD: Duration = Duration::from_secs(1);

/// How long companions of a first event are waited for: an editor saves a file in several steps.
const COMPANIONS: Duration = Duration::from_millis(5);

/// How often folders are watched and listed anew, where each time there are new ones, before what is known is told.
const ROUNDS: usize = 8;

/// A watched root.
pub struct Watch {
    options: Options,
    eyes: Eyes,
    /// What hears the system's events; `None` while polling.
    bell: Option<Bell>,
    inbox: Inbox,
    stock: Stock,
    /// The warning that the system cannot tell of changes.
    deaf: Option<Finding>,
    /// The findings that were told last.
    told: Vec<Finding>,
    /// Whether the root can be read.
    is_there: bool,
    /// When all was looked at last.
    looked: Instant,
}

/// [`ReadOptions`] that are kept.
struct Options {
    root: PathBuf,
    output: Option<PathBuf>,
    limits: Limits,
}

/// Why [`Watch::next`] came back.
#[derive(Debug)]
pub enum Woken {
    /// Something changed: the changes in order of their paths, and all that there is to tell of the disk as of now. There
    /// are no changes where only findings changed.
    Changed(Checked<Vec<Change>>),
    /// The time is over.
    TimedOut,
    /// Somebody stopped it.
    Stopped,
}

impl Watch {
    /// Begins to watch, and gives what is there as [`super::read()`] does. Only a root that is not there is an error.
    /// Where the system cannot tell of changes, a warning says so, and all is looked at every second.
    pub fn start(options: &ReadOptions<'_>, eyes: Eyes) -> Result<(Watch, Checked<Tree>), ReadError> {
        let options = Options {
            root: options.root.to_owned(),
            output: options.output.map(ToOwned::to_owned),
            limits: options.limits,
        };
        let mut watch = Watch {
            options,
            eyes,
            bell: None,
            inbox: Inbox::new(),
            stock: Stock::nothing(),
            deaf: None,
            told: Vec::new(),
            is_there: true,
            looked: Instant::now(),
        };
        watch.stock = watch.look()?;
        watch.told = watch.findings();
        let tree = watch.stock.tree().clone();
        let findings = watch.told.clone();
        Ok((watch, Checked { value: tree, findings }))
    }

    /// What ends [`Watch::next`] from another thread.
    pub fn stopper(&self) -> Stopper {
        self.inbox.stopper()
    }

    /// Waits until something changed, until the time is over, or until it is stopped.
    pub fn next(&mut self, timeout: Option<Duration>) -> Woken {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            let heard = self.wait(deadline);
            if self.inbox.is_stopped() {
                return Woken::Stopped;
            }
            let Some(mut batch) = heard else { return Woken::TimedOut };
            self.gather(&mut batch);
            let changes = self.changes(&batch);
            let findings = self.findings();
            if !changes.is_empty() || findings != self.told {
                self.told.clone_from(&findings);
                return Woken::Changed(Checked { value: changes, findings });
            }
        }
    }

    /// Waits for the first event, or until it is time to look; `None` where the caller's time is over before that.
    fn wait(&self, deadline: Option<Instant>) -> Option<Batch> {
        let look = self.interval().and_then(|interval| self.looked.checked_add(interval));
        let until = [deadline, look].into_iter().flatten().min();
        match self.inbox.wait(until) {
            Some(message) => Some(Batch::of(message)),
            None if until == look => Some(Batch::of(Message::All)),
            None => None,
        }
    }

    fn interval(&self) -> Option<Duration> {
        match (self.eyes, &self.bell) {
            (Eyes::Poll(interval), _) => Some(interval),
            (Eyes::Events, Some(_)) if self.is_there => None,
            (Eyes::Events, _) => Some(INSTEAD),
        }
    }

    /// Waits a little for what belongs together, but not where all that was touched is already written to its end.
    fn gather(&self, batch: &mut Batch) {
        let until = Instant::now() + COMPANIONS;
        loop {
            while let Some(message) = self.inbox.take() {
                batch.add(message);
            }
            if batch.is_settled(|at| self.stock.holds(at)) {
                return;
            }
            match self.inbox.wait(Some(until)) {
                Some(message) => batch.add(message),
                None => return,
            }
        }
    }

    fn changes(&mut self, batch: &Batch) -> Vec<Change> {
        if let Some(reason) = &batch.deaf {
            self.deafen(reason);
        }
        if !batch.is_all
            && let Some(changes) = self.stock.touch(&batch.touched())
        {
            return changes;
        }
        // Where the root is gone, all its files are; it is looked for every second.
        let now = self.look();
        (self.is_there, self.looked) = (now.is_ok(), Instant::now());
        let now = now.unwrap_or_else(|_| Stock::nothing());
        let before = std::mem::replace(&mut self.stock, now);
        before.tree().changes_to(self.stock.tree())
    }

    fn findings(&self) -> Vec<Finding> {
        let mut findings = self.stock.findings();
        findings.extend(self.deaf.clone());
        findings
    }

    /// Looks at everything. All folders are watched anew, with nothing left of older watches: a folder that was deleted
    /// and made again is another folder.
    fn look(&mut self) -> Result<Stock, ReadError> {
        let Options { root, output, limits } = &self.options;
        let options = ReadOptions { root, output: output.as_deref(), limits: *limits, remembers: false };
        let (boundary, limits) = (boundary(&options)?, *limits);
        let listened = (self.eyes == Eyes::Events && self.deaf.is_none())
            .then(|| listen(&boundary, &limits, &self.inbox));
        let walked = match listened {
            Some(Ok((bell, walked))) => {
                self.bell = Some(bell);
                walked
            }
            Some(Err(reason)) => {
                self.deafen(&reason);
                walk(&boundary, &limits)
            }
            None => walk(&boundary, &limits),
        };
        Ok(Stock::take(boundary, limits, walked, Some(&self.stock)))
    }

    /// From now on it polls.
    fn deafen(&mut self, reason: &str) {
        self.bell = None;
        self.deaf = SourcePath::new(FOLDERS[0]).map(|folder| finding::cannot_watch(&folder, reason));
    }
}

/// Watches all folders, and gives a walk that saw them as they were after that. Otherwise says why it cannot be done.
fn listen(boundary: &Boundary, limits: &Limits, inbox: &Inbox) -> Result<(Bell, Walked), String> {
    let mut bell = Bell::new(inbox)?;
    let mut walked = walk(boundary, limits);
    for _ in 0..ROUNDS {
        if !bell.watch(&walked.places(boundary.root(), bell::WHOLE_TREES))? {
            return Ok((bell, walked));
        }
        walked = walk(boundary, limits);
    }
    // Folders come faster than they can be listed. Nothing is lost: all is looked at again at once.
    inbox.missed();
    Ok((bell, walked))
}

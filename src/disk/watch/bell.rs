//! What the system tells of changes, reduced to what counts: which places to look at.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

/// Whether the system can watch a folder with all that is below it, without a moment in which a new folder is not
/// watched. Linux cannot; there, we watch each folder.
pub(super) const WHOLE_TREES: bool = !cfg!(any(target_os = "linux", target_os = "android"));

/// How many messages are kept. What is more is replaced by a look at everything.
const MOST: usize = 8192;

/// What is heard.
#[derive(Debug)]
pub(super) enum Message {
    /// Something happened at a place.
    Touched {
        /// Where.
        at: PathBuf,
        /// Whether its name may mean something else than before.
        renamed: bool,
        /// How far whoever touched it has come.
        progress: Progress,
    },
    /// Everything has to be looked at.
    All,
    /// The system can no longer tell of changes.
    Deaf(String),
    /// Somebody wants it to look up.
    Woken,
}

/// How far whoever touches a file has come, as far as one can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// It is being written.
    Begun,
    /// It was written to its end, or took this name as a whole.
    Written,
    /// It was deleted or renamed.
    Left,
    /// One cannot tell.
    Unknown,
}

/// Where messages arrive.
pub(super) struct Inbox {
    messages: Receiver<Message>,
    desk: Desk,
}

/// Where messages are put.
#[derive(Debug, Clone)]
struct Desk {
    messages: SyncSender<Message>,
    flags: Arc<Flags>,
}

#[derive(Debug, Default)]
struct Flags {
    /// A message was lost, because too many were there.
    missed: AtomicBool,
    stopped: AtomicBool,
}

impl Inbox {
    pub(super) fn new() -> Inbox {
        let (sender, messages) = sync_channel(MOST);
        Inbox { messages, desk: Desk { messages: sender, flags: Arc::default() } }
    }

    /// The next message, waited for until a moment, or for ever.
    pub(super) fn wait(&self, until: Option<Instant>) -> Option<Message> {
        if self.is_stopped() {
            return None;
        }
        if self.desk.flags.missed.swap(false, Ordering::SeqCst) {
            return Some(Message::All);
        }
        match until {
            None => self.messages.recv().ok(),
            Some(until) => {
                let left = until.saturating_duration_since(Instant::now());
                self.messages.recv_timeout(left).ok()
            }
        }
    }

    /// A message that is already there.
    pub(super) fn take(&self) -> Option<Message> {
        self.messages.try_recv().ok()
    }

    /// Has everything looked at.
    pub(super) fn missed(&self) {
        self.desk.missed();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.desk.flags.stopped.load(Ordering::SeqCst)
    }

    pub(super) fn stopper(&self) -> Stopper {
        Stopper(self.desk.clone())
    }
}

impl Desk {
    fn put(&self, message: Message) {
        if self.messages.try_send(message).is_err() {
            self.missed();
        }
    }

    /// The flag is raised before the reader is woken, and while the inbox is full the reader is awake, so it is seen in
    /// any case.
    fn missed(&self) {
        self.flags.missed.store(true, Ordering::SeqCst);
        drop(self.messages.try_send(Message::Woken));
    }
}

/// Ends a [`super::Watch`] from another thread.
#[derive(Debug, Clone)]
pub struct Stopper(Desk);

impl Stopper {
    /// Ends it: a wait that goes on, and each that would follow.
    pub fn stop(&self) {
        self.0.flags.stopped.store(true, Ordering::SeqCst);
        drop(self.0.messages.try_send(Message::Woken));
    }
}

/// The system's watcher, which puts what it hears into an inbox.
pub(super) struct Bell {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Bell {
    /// A watcher of nothing yet.
    pub(super) fn new(inbox: &Inbox) -> Result<Bell, String> {
        let desk = inbox.desk.clone();
        let hear =
            move |event: notify::Result<Event>| messages(event).into_iter().for_each(|one| desk.put(one));
        // Links are followed by us, for not all of them may be.
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(hear, config).map_err(|error| reason(&error))?;
        Ok(Bell { watcher, watched: BTreeSet::new() })
    }

    /// Watches folders, each with all that is below it or without. Tells whether any of them is new.
    pub(super) fn watch(&mut self, places: &BTreeMap<PathBuf, bool>) -> Result<bool, String> {
        let mut is_new = false;
        let mut paths = self.watcher.paths_mut();
        for (place, below) in places {
            if !self.watched.insert(place.clone()) {
                continue;
            }
            is_new = true;
            let mode = if *below { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            match paths.add(place, mode) {
                Err(error) if is_about_all(&error) => return Err(reason(&error)),
                // It is gone, or may not be read: its own folder tells when that changes.
                Ok(()) | Err(_) => {}
            }
        }
        paths.commit().map_err(|error| reason(&error))?;
        Ok(is_new)
    }
}

/// Whether an error is not about one place only.
fn is_about_all(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch | ErrorKind::Generic(_) | ErrorKind::InvalidConfig(_) => true,
        ErrorKind::Io(_) | ErrorKind::PathNotFound | ErrorKind::WatchNotFound => false,
    }
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "it watches as many folders as it may".to_owned(),
        ErrorKind::Io(error) => crate::disk::error::words(error),
        ErrorKind::Generic(text) => text.clone(),
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound | ErrorKind::InvalidConfig(_) => error.to_string(),
    }
}

/// What an event comes to.
fn messages(event: notify::Result<Event>) -> Vec<Message> {
    let event = match event {
        Ok(event) => event,
        Err(error) if is_about_all(&error) => return vec![Message::Deaf(reason(&error))],
        Err(_) => return vec![Message::All],
    };
    if event.need_rescan() {
        return vec![Message::All];
    }
    use Progress::{Begun, Left, Unknown, Written};
    let (renamed, progress) = match event.kind {
        // Linux does not tell of writes through a mapping of memory, but it does tell of their end.
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (false, Written),
        // We read, too.
        EventKind::Access(_) => return Vec::new(),
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => (false, Begun),
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => (true, Written),
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(RemoveKind::File) => {
            (true, Left)
        }
        EventKind::Create(CreateKind::File) => (true, Begun),
        _ => (true, Unknown),
    };
    event.paths.into_iter().map(|at| Message::Touched { at, renamed, progress }).collect()
}

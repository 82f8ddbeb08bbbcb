//! How many connections there may be, and for how long they may keep us waiting.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// The most connections at the same time, at each door. Systems begin to refuse files at 256 (macOS) or 1,024 open ones, and
/// the watcher needs some.
const CONNECTIONS: usize = 96;

/// The most connections that have not asked for anything yet. Those that have waited longest make room for new ones, so that
/// nobody can keep others out by opening connections and saying nothing.
const SILENT: usize = 32;

/// How long a connection that has to make room still has, for what it asks may have come and not been read yet: many phones
/// ask at once when a page changes.
pub(super) const GRACE: Duration = Duration::from_millis(100);

/// How long the head of a request may take, and how long a connection may rest between two.
pub(super) const HEAD: Duration = Duration::from_secs(5);

/// How long a client may take to read what it asked for, from one piece to the next.
pub(super) const STALLED: Duration = Duration::from_secs(20);

/// The most headers, and the most bytes of them.
pub(super) const HEADERS: usize = 64;
/// The most bytes of a request's head.
pub(super) const HEAD_BYTES: usize = 16 * 1024;

/// The connections of one door.
pub(super) struct Connections {
    all: Arc<Semaphore>,
    silent: Mutex<VecDeque<(u64, oneshot::Sender<()>)>>,
    next: AtomicU64,
}

/// One connection, from the moment at which it was accepted.
pub(super) struct Connection {
    among: Arc<Connections>,
    number: u64,
    has_spoken: AtomicBool,
    _counts: OwnedSemaphorePermit,
}

impl Connections {
    /// None yet.
    pub(super) fn new() -> Arc<Connections> {
        Arc::new(Connections {
            all: Arc::new(Semaphore::new(CONNECTIONS)),
            silent: Mutex::default(),
            next: AtomicU64::new(0),
        })
    }

    /// Waits until there may be one more.
    pub(super) async fn room(&self) -> Option<OwnedSemaphorePermit> {
        self.all.clone().acquire_owned().await.ok()
    }

    /// Counts a connection in. What comes back with it is done once it has to make room.
    pub(super) fn begin(
        self: &Arc<Self>,
        permit: OwnedSemaphorePermit,
    ) -> (Connection, oneshot::Receiver<()>) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (end, ended) = oneshot::channel();
        let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        silent.push_back((number, end));
        if silent.len() > SILENT
            && let Some((_, end)) = silent.pop_front()
        {
            let _gone_already = end.send(());
        }
        let connection =
            Connection { among: self.clone(), number, has_spoken: AtomicBool::new(false), _counts: permit };
        (connection, ended)
    }
}

impl Connection {
    /// It asked for something, so it need not make room any more.
    pub(super) fn spoke(&self) {
        self.has_spoken.store(true, Ordering::Relaxed);
        self.leave();
    }

    /// Whether it asked for anything.
    pub(super) fn has_spoken(&self) -> bool {
        self.has_spoken.load(Ordering::Relaxed)
    }

    fn leave(&self) {
        let mut silent = self.among.silent.lock().unwrap_or_else(PoisonError::into_inner);
        silent.retain(|(number, _)| *number != self.number);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_silent_make_room_and_those_that_spoke_do_not() {
        let connections = Connections::new();
        let mut open = Vec::new();
        for _ in 0..SILENT + 2 {
            let permit = connections.room().await.unwrap();
            let (connection, ended) = connections.begin(permit);
            if open.is_empty() {
                connection.spoke();
            }
            open.push((connection, ended));
        }
        assert!(open[0].0.has_spoken() && !open[1].0.has_spoken());
        assert!(open[0].1.try_recv().is_err(), "the one that spoke was ended");
        assert!(open[1].1.try_recv().is_ok(), "the oldest silent one was not ended");
        assert!(open[2].1.try_recv().is_err(), "more were ended than had to be");
        assert_eq!(connections.all.available_permits(), CONNECTIONS - SILENT - 2);
        open.clear();
        assert_eq!(connections.all.available_permits(), CONNECTIONS);
        assert!(connections.silent.lock().unwrap().is_empty());
    }
}

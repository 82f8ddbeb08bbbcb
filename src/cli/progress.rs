//! How far photos and cards are, for whoever waits at a terminal longer than a second.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::engine::Engine;

/// From when on it is worth telling, and how often.
const PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(200);

/// Does something in which photos and cards are made, and tells of them meanwhile.
pub(super) fn during<T>(engine: &Engine, work: impl FnOnce() -> T) -> T {
    let pictures = engine.published_pictures();
    if pictures == 0 || !std::io::stderr().is_terminal() {
        return work();
    }
    let before = engine.darkroom().done();
    thread::scope(|scope| {
        let (working, ended) = mpsc::channel::<()>();
        scope.spawn(move || {
            let mut wait = PATIENCE;
            let mut told = false;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let done = (engine.darkroom().done() - before).min(pictures);
                let _gone = write!(anstream::stderr(), "\rPictures: {done} of {pictures} ");
                (wait, told) = (PAUSE, true);
            }
            if told {
                let _gone = write!(anstream::stderr(), "\r{:40}\r", "");
            }
        });
        let result = work();
        drop(working);
        result
    })
}

//! Where photos are developed: each once, few at a time, and never again while the shelf has them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};

use super::{Developed, Developer, Flaw, develop, proof};
use crate::base::Shelf;
use crate::model::{Colour, Colours, Photo};

/// The most pixels that are unpacked at a time: three photos of 12 megapixels, or one that is larger. Each takes up to 9
/// bytes while it is decoded, whatever the number of threads.
const ROOM: u64 = 40_000_000;

/// Whether a page waits for the colours of its photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// It waits: what is published has them all.
    Waits,
    /// It does without those that are not known yet: nobody in front of a screen waits for a hint.
    Hurries,
}

/// Where photos are developed.
#[derive(Debug)]
pub struct Darkroom {
    shelf: Option<Arc<dyn Shelf>>,
    patience: Patience,
    benches: Mutex<BTreeMap<String, Arc<Mutex<Bench>>>>,
    /// How many pixels are unpacked.
    unpacked: Mutex<u64>,
    /// Rung when there is room again.
    room: Condvar,
    /// Photos, and what else was asked for and made.
    done: AtomicUsize,
    /// What else was asked for.
    asked: Mutex<BTreeSet<String>>,
}

/// What is known of a photo.
#[derive(Debug, Default)]
struct Bench {
    outcome: Option<Result<Option<Colour>, Flaw>>,
    /// Whether it was decoded, where only that was asked for.
    is_proved: bool,
    /// Sizes that nobody has taken yet and the shelf does not have.
    prints: BTreeMap<u32, Vec<u8>>,
}

impl Default for Darkroom {
    /// One that keeps nothing from one run to the other.
    fn default() -> Darkroom {
        Darkroom::new(None, Patience::Waits)
    }
}

impl Darkroom {
    /// One that keeps what it makes on a shelf.
    pub fn new(shelf: Option<Arc<dyn Shelf>>, patience: Patience) -> Darkroom {
        Darkroom {
            shelf,
            patience,
            benches: Mutex::default(),
            unpacked: Mutex::default(),
            room: Condvar::new(),
            done: AtomicUsize::new(0),
            asked: Mutex::default(),
        }
    }

    /// How many photos and other pictures are done, of those that were asked for.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// What was asked for beside photos, by the digests of what it is made of.
    pub fn asked(&self) -> BTreeSet<String> {
        lock(&self.asked).clone()
    }

    fn bench(&self, photo: &Photo) -> Arc<Mutex<Bench>> {
        let mut benches = lock(&self.benches);
        Arc::clone(benches.entry(photo.digest.clone()).or_default())
    }

    /// Makes all sizes of a photo, and puts them on the shelf or the bench.
    fn develop(&self, photo: &Photo, bench: &mut Bench) -> Result<Option<Colour>, Flaw> {
        let developed = self.with_room(photo, || develop(photo));
        let outcome = match developed {
            Ok(Developed { colour, prints }) => {
                for (width, print) in prints {
                    let name = name(photo, &width.to_string());
                    if !self.shelf.as_ref().is_some_and(|shelf| shelf.put(&name, &print)) {
                        bench.prints.insert(width, print);
                    }
                }
                if let Some(shelf) = &self.shelf {
                    let rgb = colour.map(|colour| colour.rgb);
                    shelf.put(&name(photo, COLOUR), rgb.as_ref().map_or(&[], <[u8; 3]>::as_slice));
                }
                Ok(colour)
            }
            Err(flaw) => Err(flaw),
        };
        self.note(bench, outcome)
    }

    /// Notes what is known now. A photo that is being changed will be another one, so nothing is noted of it.
    fn note(&self, bench: &mut Bench, outcome: Result<Option<Colour>, Flaw>) -> Result<Option<Colour>, Flaw> {
        if bench.outcome.is_none() {
            self.done.fetch_add(1, Ordering::Relaxed);
        }
        bench.outcome = Some(outcome).filter(|outcome| *outcome != Err(Flaw::Changed));
        outcome
    }

    /// The colour that lies on the shelf, which says that the photo was developed.
    fn on_shelf(&self, photo: &Photo) -> Option<Option<Colour>> {
        let rgb = self.shelf.as_ref()?.get(&name(photo, COLOUR))?;
        match rgb.as_slice() {
            [] => Some(None),
            &[red, green, blue] => Some(Some(Colour { rgb: [red, green, blue] })),
            _ => None,
        }
    }

    /// Does something for which a photo is unpacked, once there is room for it.
    fn with_room<T>(&self, photo: &Photo, work: impl FnOnce() -> T) -> T {
        let pixels = u64::from(photo.dimensions.width) * u64::from(photo.dimensions.height);
        let is_full = |unpacked: &mut u64| *unpacked > 0 && *unpacked + pixels > ROOM;
        let waited = self.room.wait_while(lock(&self.unpacked), is_full);
        *waited.unwrap_or_else(PoisonError::into_inner) += pixels;
        let _given_back = Room { darkroom: self, pixels };
        work()
    }

    fn prove(&self, photo: &Photo) -> Result<(), Flaw> {
        let bench = self.bench(photo);
        let mut bench = lock(&bench);
        match (bench.outcome, self.on_shelf(photo)) {
            (Some(outcome), _) => outcome.map(|_| ()),
            (None, Some(_)) => Ok(()),
            (None, None) if bench.is_proved => Ok(()),
            (None, None) => match self.with_room(photo, || proof(photo)) {
                Ok(()) => {
                    bench.is_proved = true;
                    self.done.fetch_add(1, Ordering::Relaxed);
                    Ok(())
                }
                Err(flaw) => self.note(&mut bench, Err(flaw)).map(|_| ()),
            },
        }
    }
}

/// The part of a photo's names on the shelf that leads to its colour.
const COLOUR: &str = "colour";

/// The name of a part of a photo on the shelf: another one where photos are made otherwise.
fn name(photo: &Photo, part: &str) -> String {
    format!("{}.{}-{part}", photo.digest, Photo::RECIPE)
}

impl Colours for Darkroom {
    fn colour(&self, photo: &Photo) -> Option<Colour> {
        let bench = self.bench(photo);
        let mut bench = match bench.try_lock() {
            Ok(bench) => bench,
            Err(TryLockError::WouldBlock) if self.patience == Patience::Hurries => return None,
            Err(TryLockError::WouldBlock) => lock(&bench),
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        };
        if let Some(outcome) = bench.outcome {
            return outcome.ok().flatten();
        }
        match (self.on_shelf(photo), self.patience) {
            (Some(colour), _) => self.note(&mut bench, Ok(colour)).ok().flatten(),
            (None, Patience::Waits) => self.develop(photo, &mut bench).ok().flatten(),
            (None, Patience::Hurries) => None,
        }
    }
}

impl Developer for Darkroom {
    fn print(&self, photo: &Photo, width: u32) -> Result<Vec<u8>, Flaw> {
        let bench = self.bench(photo);
        let mut bench = lock(&bench);
        if let Some(Err(flaw)) = bench.outcome {
            return Err(flaw);
        }
        let on_shelf = || self.shelf.as_ref()?.get(&name(photo, &width.to_string()));
        if let Some(print) = bench.prints.remove(&width).or_else(on_shelf) {
            return Ok(print);
        }
        self.develop(photo, &mut bench)?;
        bench.prints.remove(&width).or_else(on_shelf).ok_or(Flaw::Changed)
    }

    fn keep(&self, digest: &str, make: &dyn Fn() -> Result<Vec<u8>, Flaw>) -> Result<Vec<u8>, Flaw> {
        lock(&self.asked).insert(digest.to_owned());
        let kept = self.shelf.as_ref().and_then(|shelf| shelf.get(digest));
        let made = match kept {
            Some(kept) => kept,
            None => make().inspect(|made| {
                self.shelf.as_ref().inspect(|shelf| _ = shelf.put(digest, made));
            })?,
        };
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(made)
    }
}

/// Photos as they are only looked at: they are decoded, and nothing is made of them.
pub struct Proofs<'d>(pub &'d Darkroom);

impl Colours for Proofs<'_> {
    fn colour(&self, _: &Photo) -> Option<Colour> {
        None
    }
}

impl Developer for Proofs<'_> {
    fn print(&self, photo: &Photo, _: u32) -> Result<Vec<u8>, Flaw> {
        self.0.prove(photo).map(|()| Vec::new())
    }

    /// What it would be made of, so that it can be told whether it would be another.
    fn keep(&self, digest: &str, _: &dyn Fn() -> Result<Vec<u8>, Flaw>) -> Result<Vec<u8>, Flaw> {
        Ok(digest.as_bytes().to_vec())
    }
}

/// Room that is given back when the work is done, or has failed.
struct Room<'d> {
    darkroom: &'d Darkroom,
    pixels: u64,
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        *lock(&self.darkroom.unpacked) -= self.pixels;
        self.darkroom.room.notify_all();
    }
}

/// A panic elsewhere has left nothing half done: what is noted is noted in one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

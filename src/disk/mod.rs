//! The only room that touches files: one door in ([`read()`]) and one door out ([`Output`]). Files of the campaign itself
//! are written by [`revise()`], [`create()`] and [`establish()`] alone, which commands call that are asked to.
//!
//! Absences that must stay true: nothing outside the root is opened; nothing is deleted that Handbill did not
//! write; no link is written through; no site is ever half there.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the room that the ban on file access elsewhere leads to"
)]

mod amend;
mod boundary;
mod door;
mod error;
mod identity;
mod load;
mod manifest;
mod names;
mod place;
mod read;
mod refusal;
mod remove;
mod revise;
mod seen;
mod shelf;
mod sighted;
mod staging;
mod stamp;
#[cfg(feature = "serve")]
mod stock;
mod stored;
mod survey;
mod swap;
mod walk;
#[cfg(feature = "serve")]
mod watch;
mod workshop;
mod write;

pub use amend::{Amended, Amendment};
pub use error::{ReadError, WriteError};
pub use manifest::MANIFEST;
pub use names::why_not_portable;
pub use read::{Limits, ReadOptions, read};
pub use refusal::Refusal;
pub use revise::{Revised, create, establish, revise};
pub use shelf::Cache;
pub use staging::{Published, Staging};
#[cfg(feature = "serve")]
pub use watch::{Eyes, Stopper, Watch, Woken};
pub use write::Output;

/// Whether a file stands at a path; for telling where a folder was meant.
pub fn is_file(path: &std::path::Path) -> bool {
    path.is_file()
}

/// Whether something stands at a path; for finding a campaign's folder.
pub fn stands(path: &std::path::Path) -> bool {
    path.exists()
}

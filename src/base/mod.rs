//! Words that every room shares: paths, slugs, ids, spans, fingerprints, colours, escaped HTML. Knows nothing of ours.

mod colour;
mod document_id;
mod field_path;
mod fingerprint;
mod html;
mod language_tag;
mod out_path;
mod shelf;
mod slug;
mod source_path;
mod span;
pub mod stamp;
mod tree;
pub mod url;

pub use colour::{Colour, LEAST_CONTRAST};
pub use document_id::DocId;
pub use field_path::{FieldPath, Step};
pub use fingerprint::{Fingerprint, Fingerprinter, asset_digest, digest, integrity};
pub use html::{Html, escape_into};
pub use language_tag::LanguageTag;
pub use out_path::OutPath;
pub use shelf::Shelf;
pub use slug::Slug;
pub use source_path::SourcePath;
pub use span::{Lines, Position, Span, position};
pub use tree::{Change, File, Store, Tree};

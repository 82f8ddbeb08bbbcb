//! The look: Tera templates, the words of each language, and the closed list of what a template may see.

pub mod address;
mod as_text;
mod assets;
mod check;
pub mod embedded;
mod format;
mod language_file;
mod languages;
mod load;
mod map;
mod markup;
mod notices;
mod plain;
pub mod prose;
mod qr;
mod render;
mod scan;
mod sign;
mod templates;
mod views;
mod vocabulary;
mod words;
mod wrap;

pub use format::rfc3339;
pub use load::Theme;
pub use notices::Told;
pub use render::Session;
pub use words::{Words, fill};

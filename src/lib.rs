//! Handbill turns a folder of Markdown and YAML into a union's campaign website.

pub mod base;
pub mod cli;
pub mod diagnostics;
pub mod disk;
pub mod engine;
pub mod link;
pub mod model;
pub mod output;
pub mod parse;
#[cfg(feature = "serve")]
pub mod serve;
pub mod theme;

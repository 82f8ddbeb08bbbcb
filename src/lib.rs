//! Handbill turns a folder of Markdown and YAML into a union's campaign website.

pub mod base;
pub mod diagnostics;
pub mod model;
pub mod output;

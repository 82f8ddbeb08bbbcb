//! The integration tests: one crate, so that it links once.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests make folders of their own, and a test that fails should panic"
)]

mod apart;
#[cfg(feature = "serve")]
mod build_watch;
mod campaigns;
mod check;
mod cli;
mod demo;
mod determinism;
mod diagnostics;
mod disk_read;
mod disk_refuse;
mod disk_write;
mod fuzz;
mod golden;
mod hostile;
mod hours;
mod html;
#[cfg(unix)]
mod init;
mod large;
mod leaks;
mod links;
mod manual;
mod maps;
mod markdown;
mod new;
mod output;
mod photos;
mod rebuild;
#[cfg(feature = "serve")]
mod serve;
mod slips;
mod social;
mod support;
#[cfg(unix)]
mod terminal;
mod theme;
mod tidy;
mod times;
mod walk;
#[cfg(feature = "serve")]
mod watch;
#[cfg(unix)]
mod whole;
mod workflows;

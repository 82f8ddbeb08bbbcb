//! The only room that prints, and the only one that asks the clock and the environment.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the room that the bans on clock and environment lead to"
)]

#[cfg(not(feature = "serve"))]
mod absent;
mod args;
mod build;
mod check;
mod explain;
mod fix;
mod init;
mod manual;
mod moment;
mod new;
mod next;
mod progress;
mod report;
mod root;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod site;
#[cfg(feature = "serve")]
mod watch;

use std::ffi::OsString;

use clap::Parser;

use args::{Args, Command};

#[cfg(not(feature = "serve"))]
use {absent as serve, absent as watch};

/// The command did what it was asked to.
const DONE: u8 = 0;
/// There are findings that stop publishing.
const FINDINGS: u8 = 1;
/// The command cannot be right as it was typed.
const USAGE: u8 = 2;

/// Runs a command line, and gives its exit status: 0 done, 1 findings that stop publishing, 2 wrong usage,
/// 3 the machine failed.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            let _broken_pipe = error.print();
            return if error.use_stderr() { USAGE } else { DONE };
        }
    };
    let outcome = match &args.command {
        Command::Build(build) => build::run(&args.shared, build),
        Command::Serve(serve) => serve::run(&args.shared, serve),
        Command::Check(check) => check::run(&args.shared, check),
        Command::Next(next) => next::run(&args.shared, next),
        Command::Init(init) => init::run(init),
        Command::New(new) => new::run(&args.shared, new),
        Command::Schema(schema) => schema::run(schema),
        Command::Explain(explain) => explain::run(explain),
        Command::Completions(completions) => manual::completions(completions),
        Command::Man(man) => manual::page(man),
    };
    outcome.unwrap_or_else(|failure| {
        report::failure(&failure);
        failure.status
    })
}

/// Why a command could not do its work, in sentences for people.
struct Failure {
    /// What is wrong.
    says: String,
    /// What to do about it.
    cure: Option<String>,
    /// The exit status.
    status: u8,
}

impl Failure {
    fn usage(says: String, cure: &str) -> Failure {
        Failure { says, cure: Some(cure.to_owned()), status: USAGE }
    }
}

//! `handbill completions` and `handbill man`: what a shell and man(1) are to know of the commands, made of the arguments
//! themselves, so that neither can say what is not so.

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::args::{self, Args};
use super::{DONE, Failure, report};

/// Prints what completes commands in a shell.
#[expect(clippy::unnecessary_wraps, reason = "commands are alike")]
pub(super) fn completions(args: &args::Completions) -> Result<u8, Failure> {
    let mut made = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "handbill", &mut made);
    report::bytes(&made);
    Ok(DONE)
}

/// Prints a page of the manual.
pub(super) fn page(args: &args::Man) -> Result<u8, Failure> {
    let mut whole = Args::command();
    whole.build();
    let mut command = &whole;
    for name in &args.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            let says = format!("there is no command “{}”", args.command.join(" "));
            Failure::usage(says, "handbill --help lists them")
        })?;
    }
    let mut made = Vec::new();
    let source = concat!("handbill ", env!("CARGO_PKG_VERSION"));
    Man::new(command.clone()).source(source).render(&mut made).map_err(|error| Failure {
        says: format!("the page cannot be made: {error}"),
        cure: None,
        status: 3,
    })?;
    report::bytes(&made);
    Ok(DONE)
}

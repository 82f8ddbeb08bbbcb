//! The `handbill` command.

use std::process::ExitCode;

/// A build makes many small strings and records on all cores; with the allocator of glibc it takes a tenth longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::disallowed_methods, reason = "the arguments are handed to cli here")]
fn main() -> ExitCode {
    ExitCode::from(handbill::cli::run(std::env::args_os()))
}

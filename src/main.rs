//! The `handbill` command.

use std::process::ExitCode;

#[expect(clippy::disallowed_methods, reason = "the arguments are handed to cli here")]
fn main() -> ExitCode {
    ExitCode::from(handbill::cli::run(std::env::args_os()))
}

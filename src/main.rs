//! The `handbill` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(handbill::cli::run(std::env::args_os()))
}

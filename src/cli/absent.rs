//! What the smaller build, without the feature `serve`, says where it is asked to stay: to serve, or to watch.

use super::Failure;
use super::args::Shared;

/// Tells how to get what is not here.
pub(super) fn run<Args>(_: &Shared, _: &Args) -> Result<u8, Failure> {
    let says =
        "this is the smaller handbill, made to check and publish: it has no “serve” and no “build --watch”";
    Err(Failure::usage(says.to_owned(), "install the whole one: cargo install --locked handbill"))
}

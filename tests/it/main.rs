//! All integration tests, in one crate so that they link once.

mod output;

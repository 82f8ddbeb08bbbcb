//! The domain as it is once everything is known. No parsing, no templates.

mod body;

pub use body::{Body, Figure, Heading, Piece, Reference, Target, Typed};

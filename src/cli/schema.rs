//! `handbill schema`: JSON Schemas, for editors and for forms.

use super::args::{Schema, SchemaKind};
use super::{DONE, Failure, report};
use crate::parse::{SchemaOf, schema};

/// Prints a schema.
#[expect(clippy::unnecessary_wraps, reason = "commands are alike")]
pub(super) fn run(args: &Schema) -> Result<u8, Failure> {
    let of = match args.kind {
        SchemaKind::Campaign => SchemaOf::Campaign,
        SchemaKind::Media => SchemaOf::Media,
        SchemaKind::Statement => SchemaOf::Statement,
        SchemaKind::Location => SchemaOf::Location,
        SchemaKind::Event => SchemaOf::Event,
        SchemaKind::Timeline => SchemaOf::Timeline,
        SchemaKind::Page => SchemaOf::Page,
    };
    report::say(&format!("{:#}", schema(of)));
    Ok(DONE)
}

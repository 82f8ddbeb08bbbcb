//! JSON Schemas of what can be typed, made of the structs that it is read into.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Value, json};

use super::raw::{RawCampaign, RawEvent, RawLocation, RawMedia, RawPage, RawStatement, RawTimeline};

/// The files of which there is a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the file or front matter of that name")]
pub enum SchemaOf {
    Campaign,
    Media,
    Statement,
    Location,
    Event,
    Timeline,
    Page,
}

/// The schema of a file or of a kind of front matter (JSON Schema, draft 7, which editors know best).
pub fn schema(of: SchemaOf) -> Value {
    let (title, schema) = match of {
        SchemaOf::Campaign => ("campaign.yaml", of_type::<RawCampaign>()),
        SchemaOf::Media => ("media.yaml", of_type::<BTreeMap<String, RawMedia>>()),
        SchemaOf::Statement => ("the front matter of a statement", of_type::<RawStatement>()),
        SchemaOf::Location => ("the front matter of a location", of_type::<RawLocation>()),
        SchemaOf::Event => ("the front matter of an event", of_type::<RawEvent>()),
        SchemaOf::Timeline => ("the front matter of a timeline", of_type::<RawTimeline>()),
        SchemaOf::Page => ("the front matter of a page", of_type::<RawPage>()),
    };
    let mut schema = schema.to_value();
    schema["title"] = json!(format!("Handbill: {title}"));
    schema
}

fn of_type<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft07().with_transform(RecursiveTransform(plain));
    SchemaGenerator::new(settings).into_root_schema_for::<T>()
}

/// As YAML is read: a number or true may stand where a text is wanted, and an absent value is no value.
fn plain(schema: &mut Schema) {
    if schema.get("default") == Some(&Value::Null) {
        schema.remove("default");
    }
    if schema.get("enum").is_some() {
        return;
    }
    let is_text = match schema.get("type") {
        Some(Value::String(one)) => one == "string",
        Some(Value::Array(several)) => several.iter().any(|one| one == "string"),
        _ => false,
    };
    if is_text {
        schema.insert("type".to_owned(), json!(["string", "number", "boolean", "null"]));
    }
}

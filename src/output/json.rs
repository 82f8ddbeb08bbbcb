//! Small helpers for outputs in JSON.

use serde_json::Value;

use crate::model::Coordinates;

/// A value without its nulls, empty lists and empty objects, so that what is unknown is left out.
pub(super) fn compact(mut value: Value) -> Value {
    tidy(&mut value);
    value
}

/// Leaves out what says nothing, and tells whether the rest says anything.
fn tidy(value: &mut Value) -> bool {
    match value {
        Value::Object(members) => members.retain(|_, value| tidy(value)),
        Value::Array(values) => values.retain_mut(tidy),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    says(value)
}

fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => !values.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// A file of one JSON value, with a newline at its end.
pub(super) fn file(value: &Value) -> Vec<u8> {
    format!("{value}\n").into_bytes()
}

/// Latitude and longitude with six decimals, about 10 cm: more would only pretend (RFC 7946 §11.2).
pub(super) fn degrees(place: Coordinates) -> (f64, f64) {
    // Adding zero turns -0.0 into 0.0.
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6 + 0.0;
    (rounded(place.latitude()), rounded(place.longitude()))
}

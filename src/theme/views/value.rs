//! Small helpers to make template values.

use tera::value::Key;
use tera::{Map, Value};

/// The fields of a record. Absent values are `none`, never left out: a template's typo must be an error.
pub(in crate::theme) type Fields = Vec<(&'static str, Value)>;

/// Those fields that a scene wants: of `page`, those that its template names; of what many templates show, those that any of
/// them asks for (`shows`). The others are not made, and what they would read is not read.
macro_rules! fields {
    ($scene:expr; $(($name:literal, $value:expr)),* $(,)?) => {
        fields![$scene, wants; $(($name, $value)),*]
    };
    ($scene:expr, $wants:ident; $(($name:literal, $value:expr)),* $(,)?) => {{
        let mut fields = $crate::theme::views::value::Fields::new();
        $(if $scene.$wants($name) {
            fields.push(($name, $value));
        })*
        fields
    }};
}
pub(super) use fields;

/// A record of fields.
pub(in crate::theme) fn record(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let map: Map = fields.into_iter().map(|(name, value)| (Key::Str(name), value)).collect();
    Value::from(map)
}

/// A text, or `none`.
pub(super) fn text(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}

/// A list.
pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}

/// HTML that is escaped already.
pub(super) fn html(html: &str) -> Value {
    Value::safe_string(html)
}

/// A record with some fields changed.
pub(super) fn with(value: &Value, changes: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let Some(map) = value.as_map() else { return value.clone() };
    let mut map = map.clone();
    for (name, value) in changes {
        map.insert(Key::Str(name), value);
    }
    Value::from(map)
}

//! Small helpers to make template values.

use std::sync::OnceLock;

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

/// A record of fields that are always the same ones.
macro_rules! record {
    ([$(($name:literal, $value:expr)),* $(,)?]) => {{
        static SHAPE: $crate::theme::views::value::Shape =
            $crate::theme::views::value::Shape::new(&[$($name),*]);
        SHAPE.record([$($value),*])
    }};
}
pub(super) use record;

/// The names of a record's fields. A site has very many records of few shapes, and to copy a map of `none`s is much cheaper
/// than to hash each name anew.
pub(in crate::theme) struct Shape {
    names: &'static [&'static str],
    empty: OnceLock<Map>,
}

impl Shape {
    pub(in crate::theme) const fn new(names: &'static [&'static str]) -> Shape {
        Shape { names, empty: OnceLock::new() }
    }

    /// A record of this shape, its values in the order of the names.
    pub(in crate::theme) fn record<const N: usize>(&self, values: [Value; N]) -> Value {
        let none = || self.names.iter().map(|name| (Key::Str(name), Value::none())).collect();
        let mut map = self.empty.get_or_init(none).clone();
        map.values_mut().zip(values).for_each(|(place, value)| *place = value);
        Value::from(map)
    }
}

/// A record of fields.
pub(in crate::theme) fn of_fields(fields: Fields) -> Value {
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

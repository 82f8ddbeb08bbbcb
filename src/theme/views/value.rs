//! Small helpers to make template values.

use std::collections::BTreeMap;

use tera::Value;
use tera::value::Key;

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
    let nth = |(index, (name, value))| (Nth(index, name), value);
    let all: BTreeMap<Nth, Value> = fields.into_iter().enumerate().map(nth).collect();
    Value::from(all)
}

/// The name of a record's field, in the order of the record. Tera makes a map of its own of whatever it is given, so that to
/// hash names for ours would be to hash them twice.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Nth(usize, &'static str);

impl From<Nth> for Key<'static> {
    fn from(Nth(_, name): Nth) -> Key<'static> {
        Key::Str(name)
    }
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

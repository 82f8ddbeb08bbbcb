//! Front matter and campaign.yaml as they are typed: every field optional, every value still a text.
//! What each means is in the README's field tables.

mod campaign;
mod documents;
mod names;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor, value};

pub(super) use campaign::*;
pub(super) use documents::*;
pub(super) use names::{elsewhere, example, is_field, own_first, plain, synonym, unquoted};

/// One value or a list of them; `[]` is a list of none.
#[derive(Debug, Clone)]
pub(super) struct Many<T>(pub(super) Vec<T>, pub(super) bool);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Many<T>, D::Error> {
        deserializer.deserialize_any(ManyVisitor(PhantomData))
    }
}

struct ManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ManyVisitor<T> {
    type Value = Many<T>;
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("one value or a list of them")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Many<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = seq.next_element()? {
            all.push(one);
        }
        Ok(Many(all, true))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Many<T>, A::Error> {
        T::deserialize(value::MapAccessDeserializer::new(map)).map(|one| Many(vec![one], false))
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Many<T>, E> {
        T::deserialize(value::StrDeserializer::new(text)).map(|one| Many(vec![one], false))
    }
    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Many<T>, E> {
        self.visit_str(&number.to_string())
    }
    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Many<T>, E> {
        self.visit_str(&number.to_string())
    }
    fn visit_unit<E: serde::de::Error>(self) -> Result<Many<T>, E> {
        Ok(Many(Vec::new(), true))
    }
}

/// A text, or a group of fields: `2024-10-23` or `{ from: …, to: … }`.
#[derive(Debug, Clone)]
pub(super) enum TextOr<T> {
    Text(String),
    Group(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for TextOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TextOr<T>, D::Error> {
        deserializer.deserialize_any(TextOrVisitor(PhantomData))
    }
}

struct TextOrVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for TextOrVisitor<T> {
    type Value = TextOr<T>;
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text or a group of fields, such as { from: …, to: … }")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TextOr<T>, A::Error> {
        T::deserialize(value::MapAccessDeserializer::new(map)).map(TextOr::Group)
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<TextOr<T>, E> {
        Ok(TextOr::Text(text.to_owned()))
    }
    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<TextOr<T>, E> {
        self.visit_str(&number.to_string())
    }
    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<TextOr<T>, E> {
        self.visit_str(&number.to_string())
    }
}

impl<T: JsonSchema> JsonSchema for Many<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Many{}", T::schema_name()).into()
    }
    fn json_schema(schemas: &mut SchemaGenerator) -> Schema {
        let one = schemas.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

impl<T: JsonSchema> JsonSchema for TextOr<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("TextOr{}", T::schema_name()).into()
    }
    fn json_schema(schemas: &mut SchemaGenerator) -> Schema {
        let (text, group) = (schemas.subschema_for::<String>(), schemas.subschema_for::<T>());
        json_schema!({ "anyOf": [text, group] })
    }
}

/// The words of a list of choices, for a schema.
fn names<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(name, _)| *name).collect()
}

/// Declares structs of front matter: strict, every field optional, with a list of their keys.
macro_rules! fields {
    ($($(#[$doc:meta])* struct $name:ident { $($(#[$about:meta])* $field:ident: $type:ty,)* })*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Default, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub(in crate::parse) struct $name {
            $($(#[$about])* pub(in crate::parse) $field: Option<$type>,)*
        }
        impl $name {
            pub(in crate::parse::raw) const KEYS: &'static [&'static str] = &[$(stringify!($field)),*];
        })*
    };
}
use fields;

/// Declares a document's front matter: the fields that every document has, and its own. (serde's `flatten` would
/// do it too, but then it neither refuses unknown keys nor knows where a mistake is.)
macro_rules! front_matter {
    ($($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $type:ty,)* })*) => {
        $(fields! { $(#[$doc])* struct $name {
            /// The title. Required; a location has a name instead.
            title: String,
            /// One or two sentences, for lists, feeds and search engines.
            summary: String,
            /// What you need to know: a list of lines of Markdown.
            key_points: Many<String>,
            /// The last part of the address, where the file's name will not do.
            slug: String,
            /// Former addresses below the root; each leads here.
            aliases: Many<String>,
            /// Each makes a page of all that bears it.
            tags: Many<String>,
            /// A picture, or the name of one that media.yaml describes.
            image: TextOr<RawImage>,
            /// Where its facts stand.
            sources: Vec<RawSource>,
            /// Whether it is never published.
            draft: bool,
            /// The embargo, a day or a moment: until then nothing of it is anywhere in the site.
            publish: String,
            /// A day, which is the last one, or a moment, after which it is gone.
            expires: String,
            /// The day on which it was last changed in substance.
            updated: String,
            /// The name of another template of the theme.
            layout: String,
            /// Its language, where that is not the default one and there is no original that it translates.
            language: String,
            /// Its kind, where that is not the folder's.
            #[schemars(extend("enum" = ["statement", "location", "event", "timeline", "page"]))]
            kind: String,
            $($(#[$about])* $field: $type,)*
        } }
        impl $name {
            pub(in crate::parse) fn common(&mut self) -> RawCommon {
                RawCommon {
                    title: self.title.take(), summary: self.summary.take(), key_points: self.key_points.take(),
                    slug: self.slug.take(), aliases: self.aliases.take(), tags: self.tags.take(),
                    image: self.image.take(), sources: self.sources.take(), draft: self.draft.take(),
                    publish: self.publish.take(), expires: self.expires.take(), updated: self.updated.take(),
                    layout: self.layout.take(), language: self.language.take(),
                }
            }
        })*
    };
}
use front_matter;

//! Front matter and campaign.yaml as they are typed: every field optional, every value still a text.
//! What each means is in the README's field tables.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor, value};

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
    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Many<T>, E> {
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

/// Declares a struct of front matter: strict, every field optional.
macro_rules! fields {
    ($($(#[$doc:meta])* struct $name:ident { $($field:ident: $type:ty,)* })*) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $name { $(pub(super) $field: Option<$type>,)* })*
    };
}

/// Declares a document's front matter: the fields that every document has, and its own. (serde's `flatten` would
/// do it too, but then it neither refuses unknown keys nor knows where a mistake is.)
macro_rules! documents {
    ($($name:ident { $($field:ident: $type:ty,)* })*) => {
        $(fields! { struct $name {
            title: String, summary: String, key_points: Many<String>, slug: String, aliases: Many<String>,
            tags: Many<String>, image: TextOr<RawImage>, sources: Vec<RawSource>, draft: bool, publish: String,
            expires: String, updated: String, layout: String, language: String, kind: String,
            $($field: $type,)*
        } }
        impl $name {
            pub(super) fn common(&mut self) -> RawCommon {
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

documents! {
    RawPage {}
    RawStatement {
        date: String, r#type: String, issuer: RawIssuer, source: RawSource, dateline: String,
        speakers: Vec<TextOr<RawSpeaker>>, locations: Many<String>, timeline: String,
        corrections: Vec<RawCorrection>, contact: RawContact,
    }
    RawLocation {
        name: String, address: String, district: String, city: String, region: String, postal_code: String,
        country: String, r#type: String, employer: String, local: String, from: String, to: String,
        status: String, entrances: Many<String>, coordinates: String, time_zone: String, schedule: String,
        shifts: Vec<RawShift>, events: Vec<RawGathering>, changes: Vec<RawChange>, url: String,
        meet_at: String, parking: String, transit: String, access: String, bring: String,
    }
    RawEvent {
        date: TextOr<RawRange>, hours: String, location: String, place: RawPlace, url: String,
        speakers: Vec<TextOr<RawSpeaker>>, changes: Vec<RawChange>,
    }
    RawTimeline { time_zone: String, events: Vec<RawEntry>, }
}

fields! {
    /// What every document has.
    struct RawCommon {
        title: String, summary: String, key_points: Many<String>, slug: String, aliases: Many<String>,
        tags: Many<String>, image: TextOr<RawImage>, sources: Vec<RawSource>, draft: bool, publish: String,
        expires: String, updated: String, layout: String, language: String,
    }
    struct RawImage { file: String, alt: String, credit: String, caption: String, }
    struct RawSource { title: String, url: String, }
    struct RawIssuer { name: String, side: String, }
    struct RawSpeaker { name: String, role: String, side: String, quote: String, }
    struct RawCorrection { date: String, text: String, }
    struct RawContact { name: String, role: String, phone: String, email: String, }
    struct RawRange { from: String, to: String, }
    struct RawShift {
        days: Many<String>, hours: String, hours_note: String, label: String, from: String, to: String,
        except: Many<String>,
    }
    struct RawGathering { title: String, date: TextOr<RawRange>, hours: String, hours_note: String, speakers: Vec<TextOr<RawSpeaker>>, }
    struct RawChange {
        locations: Many<String>, date: TextOr<RawRange>, title: String, status: String, to: String, to_date: String,
        hours: String, note: String,
    }
    struct RawPlace {
        name: String, address: String, city: String, region: String, postal_code: String, country: String,
        coordinates: String,
    }
    struct RawEntry {
        date: TextOr<RawRange>, title: String, text: String, source: RawSource, statement: String, location: String,
        image: TextOr<RawImage>, approximate: bool,
    }

    /// campaign.yaml, and campaign.es.yaml, which says what differs.
    struct RawCampaign {
        title: String, tagline: String, base_url: String, time_zone: String, languages: Many<String>,
        theme: TextOr<RawTheme>, union: Many<RawUnion>, employer: Many<RawEmployer>, phases: Vec<RawPhase>,
        action: RawAction, alert: Many<RawAlert>, schedules: BTreeMap<String, Vec<RawShift>>,
        changes: Vec<RawChange>, press: RawContact, menu: Vec<RawMenuEntry>, redirects: BTreeMap<String, String>,
    }
    struct RawTheme { name: String, accent: String, logo: TextOr<RawImage>, }
    struct RawUnion { name: String, short: String, local: String, url: String, logo: TextOr<RawImage>, about: String, }
    struct RawEmployer { name: String, short: String, }
    struct RawPhase { phase: String, from: String, employer: String, }
    struct RawAction { label: String, url: String, until: String, }
    struct RawAlert { text: String, link: String, from: String, until: String, }
    struct RawMenuEntry { label: String, to: String, }
}

/// media.yaml: what is said of a picture once for all, with texts in other languages below their code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawMedia {
    pub(super) alt: Option<String>,
    pub(super) credit: Option<String>,
    pub(super) caption: Option<String>,
    #[serde(flatten)]
    pub(super) languages: BTreeMap<String, RawMediaWords>,
}

fields! {
    struct RawMediaWords { alt: String, credit: String, caption: String, }
}

//! Where a value, or its key, stands. The text is read again, with a seed that stops there: findings are rare, and so no
//! value carries its place.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::mended::Mended;
use crate::base::{FieldPath, Step};

/// The place of a value, or of its key, in a text that was put right.
pub(super) fn locate(mended: &Mended<'_>, path: &FieldPath, key: bool) -> Option<Range<usize>> {
    let probe = Probe { steps: path.steps(), key };
    let error = probe.deserialize(serde_yaml::Deserializer::from_str(mended.text())).err()?;
    let at = error.location()?;
    if !error.to_string().contains(FOUND) {
        return None;
    }
    let start = mended.offset(at.line(), at.column());
    let length = match (key, path.steps().last()) {
        (true, Some(Step::Key(name))) => name.len(),
        _ => value_length(mended.text(), start),
    };
    Some(start..start + length)
}

/// How many bytes a value takes, from its first byte to the end of its line or of its place in a flow list.
pub(super) fn value_length(source: &str, start: usize) -> usize {
    let rest = &source[start..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let Some(first) = line.chars().next() else { return 0 };
    if matches!(first, '"' | '\'') {
        let end = super::extent::closing_quote(line, 0, line.len());
        return end.unwrap_or(line.len());
    }
    let before = &source[source[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    let within_flow = before.contains(['[', '{']) && !matches!(first, '[' | '{');
    let end = if within_flow { line.find([',', ']', '}']) } else { None };
    let value = line[..end.unwrap_or(line.len())].split(" #").next().unwrap_or(line);
    value.trim_end().len()
}

/// The offset of the first key that stands twice in its mapping.
pub(super) fn duplicate(mended: &Mended<'_>) -> Option<usize> {
    let error = Unique.deserialize(serde_yaml::Deserializer::from_str(mended.text())).err()?;
    let at = error.location()?;
    Some(mended.offset(at.line(), at.column()))
}

/// What a probe says at its place, to be told from a real mistake in the text.
const FOUND: &str = "this is the place";

#[derive(Clone, Copy)]
struct Probe<'p> {
    steps: &'p [Step],
    key: bool,
}

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.steps.is_empty() {
            deserializer.deserialize_any(Here)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

struct Here;

impl Visitor<'_> for Here {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(FOUND)
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value on the way")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((Step::Key(wanted), rest)) = self.steps.split_first() else { return Ok(()) };
        let stop = self.key && rest.is_empty();
        while let Some(found) = map.next_key_seed(KeyProbe { wanted, stop })? {
            if found {
                return map.next_value_seed(Probe { steps: rest, key: self.key });
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Some((Step::Index(wanted), rest)) = self.steps.split_first() else { return Ok(()) };
        for _ in 0..*wanted {
            if seq.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
        }
        seq.next_element_seed(Probe { steps: rest, key: self.key }).map(|_| ())
    }
}

struct KeyProbe<'p> {
    wanted: &'p str,
    stop: bool,
}

impl<'de> DeserializeSeed<'de> for KeyProbe<'_> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyProbe<'_> {
    type Value = bool;
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }
    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<bool, E> {
        if key == self.wanted && self.stop { Err(E::custom(FOUND)) } else { Ok(key == self.wanted) }
    }
}

struct Unique;

impl<'de> DeserializeSeed<'de> for Unique {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = Vec::new();
        while map.next_key_seed(UniqueKey(&mut seen))?.is_some() {
            map.next_value_seed(Unique)?;
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Unique)?.is_some() {}
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

struct UniqueKey<'s>(&'s mut Vec<String>);

impl<'de> DeserializeSeed<'de> for UniqueKey<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for UniqueKey<'_> {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }
    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<(), E> {
        if self.0.iter().any(|seen| seen == key) {
            return Err(E::custom("twice"));
        }
        self.0.push(key.to_owned());
        Ok(())
    }
}

//! Keys that are no field: what was meant by them. All those in groups of one kind are told at once, for who mistypes a
//! field in one entry of a list does so in all.

use std::collections::HashSet;
use std::ops::Range;

use super::explain::{Explained, Of, field_extent, line_at};
use super::lines::line_end;
use super::locate::Key;
use super::quotes::quoted;
use crate::base::Step;
use crate::diagnostics::{finding, nearest};
use crate::parse::{dates, raw};

/// The names that wrong keys were read as, each with the group in which it stands.
type Claimed = HashSet<(usize, String)>;

impl Of<'_> {
    /// The key at which reading stopped, and all others in groups of its kind that are unknown, too.
    pub(super) fn unknown_keys(&self, at: usize, key: &str, known: &[String]) -> Vec<Explained> {
        let steps = self.path.steps();
        let around = &steps[..steps.len().saturating_sub(1)];
        let alike = |depth: usize, step: &Step| match (step, &around[depth]) {
            (Step::Key(one), Step::Key(other)) => one == other || self.has_free_keys(&around[..depth]),
            (Step::Index(_), Step::Index(_)) => true,
            _ => false,
        };
        let keys = self.index.keys_within(around.len(), alike);
        let mut unknown: Vec<&Key> = keys.iter().filter(|key| !known.contains(&key.name)).collect();
        let stopped = Key { group: self.index.group(around), name: key.to_owned(), at };
        if !unknown.iter().any(|key| key.at == at) {
            unknown = vec![&stopped];
        }
        let mut claimed = Claimed::new();
        let mut told = Vec::new();
        for key in unknown {
            let typed = self.typed(key);
            // It may be several keys' worth: those behind it are read again.
            if let Some(explained) = self.cut_at_comma(&typed, &key.name) {
                told.push(explained);
                break;
            }
            told.push(self.unknown_key(key, typed, known, &mut claimed));
        }
        told
    }

    /// Whether people choose the keys of a group themselves: the names of pictures and schedules.
    fn has_free_keys(&self, steps: &[Step]) -> bool {
        match steps {
            [] => self.yaml.file.name() == "media.yaml",
            [Step::Key(field)] => field == "schedules",
            _ => false,
        }
    }

    /// The bytes of a key; none where it is written in another way.
    fn typed(&self, key: &Key) -> Range<usize> {
        let stands = self.mended.text()[key.at..].starts_with(&key.name);
        key.at..key.at + if stands { key.name.len() } else { 0 }
    }

    fn unknown_key(
        &self,
        key: &Key,
        typed: Range<usize>,
        known: &[String],
        claimed: &mut Claimed,
    ) -> Explained {
        let name = key.name.as_str();
        let is_known = |name: &str| known.iter().any(|known| known == name);
        let place = self.place(typed.clone());
        let cut = name.split_once(':').filter(|(field, _)| is_known(field) && !typed.is_empty());
        if let Some((field, _)) = cut {
            let colon = typed.start + field.len() + 1;
            let patch = self.patch(colon..colon, " ");
            let told = finding::no_space_after_colon(place, field, &name.replacen(':', ": ", 1));
            let told = told.corrected_by(vec![self.yaml.edit(&patch)]);
            return Explained::new(told, vec![patch]);
        }
        let mut is_free = |field: &str| {
            !self.index.stands(key.group, field) && claimed.insert((key.group, field.to_owned()))
        };
        let plain = raw::plain(name);
        if is_known(&plain) && is_free(&plain) {
            let patch = self.patch(typed, plain.as_str());
            let told = finding::key_case(place, raw::unquoted(name), &plain)
                .corrected_by(vec![self.yaml.edit(&patch)]);
            return Explained::new(told, vec![patch]);
        }
        if let Some(explained) = self.date_as_key(key, &typed, is_known("date") && is_known("title")) {
            return explained;
        }
        let meant = raw::synonym(&plain).filter(|field| is_known(field));
        let near = meant.or_else(|| nearest::nearest(name, known.iter().map(String::as_str)));
        let elsewhere = raw::elsewhere(&plain);
        let outermost = self.path.steps().len() < 2;
        let name = raw::unquoted(name);
        let told = match near {
            None if outermost && !elsewhere.is_empty() => {
                finding::key_of_another_kind(place, name, &elsewhere)
            }
            near => finding::unknown_key(place, name, near, &raw::own_first(known)),
        };
        match near {
            // Read on as if it had been written so: then nothing is missing that stands there.
            Some(near) if is_free(near) => Explained::new(told, vec![self.patch(typed, near)]),
            _ => Explained {
                told,
                patches: self.without(field_extent(self.mended.text(), key.at)),
                stray: Some(self.index.path(key.group)),
            },
        }
    }

    /// `- 2024-10-21: The strike begins`, where an entry has a date and a title.
    fn date_as_key(&self, key: &Key, typed: &Range<usize>, dated: bool) -> Option<Explained> {
        let stands = ["date", "title"].into_iter().any(|field| self.index.stands(key.group, field));
        if !dated || stands || typed.is_empty() || dates::parse_when(&key.name).is_err() {
            return None;
        }
        let line = line_at(self.mended.text(), typed.start);
        let before = &self.mended.text()[line.start..typed.start];
        let parted = if before.contains('{') {
            ", ".to_owned()
        } else {
            format!("{}{}", line_end(self.mended.text()), " ".repeat(before.chars().count()))
        };
        let patch = self.patch(typed.clone(), format!("date: {}{parted}title", key.name));
        let told = finding::date_as_key(self.place(typed.clone()), &key.name);
        Some(Explained::new(told.corrected_by(vec![self.yaml.edit(&patch)]), vec![patch]))
    }

    /// A “key” that is only the part of a text behind its comma, as in `{ address: 1 Main St, Suite 5 }`.
    fn cut_at_comma(&self, typed: &Range<usize>, key: &str) -> Option<Explained> {
        let text = self.mended.text();
        let after = &text[typed.end..];
        if !after.trim_start().starts_with([',', '}']) {
            return None;
        }
        let line = line_at(text, typed.start);
        let (before, _) = text[line.start..typed.start].rsplit_once(": ")?;
        let start = line.start + before.len() + 2;
        let field = before.rsplit(['{', ',', ' ']).next().filter(|field| !field.is_empty())?;
        // It may have more commas than this one, up to the next field.
        let rest = &after[..after.find('}')?];
        let pieces = rest.split(',').skip(1).take_while(|piece| !piece.contains(':'));
        let end = typed.end + pieces.map(|piece| piece.len() + 1).sum::<usize>();
        let whole = text[start..end].trim_end();
        // With a quotation mark in front, it is no comma that ends it.
        if whole.starts_with(['"', '\'']) {
            return None;
        }
        let patch = self.patch(start..start + whole.len(), quoted(whole));
        let written = format!("{field}: {}", patch.text);
        let told = finding::cut_at_comma(self.place(typed.clone()), key, &written);
        Some(Explained::new(told.corrected_by(vec![self.yaml.edit(&patch)]), vec![patch]))
    }
}

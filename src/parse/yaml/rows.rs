//! Fields beside each other in one line, as they may stand between braces only: `- days: mon, hours: 6am-2pm`.

use std::ops::Range;

use super::lines::{Entry, line_end};
use super::mended::Patch;
use super::slips::Look;
use crate::diagnostics::finding;
use crate::parse::raw;

/// A plain text with a colon in it. Says whether it is several fields.
pub(super) fn look(look: &mut Look<'_, '_>, found: &Entry, text: Range<usize>) -> bool {
    let Some(key) = found.key.clone().filter(|key| raw::is_field(&look.source[key.clone()])) else {
        return false;
    };
    let gaps = gaps(&look.source[text.clone()]);
    let Some((_, second)) = gaps.first() else { return false };
    let second = (*second).to_owned();
    let margin = format!("{}{}", line_end(look.source), " ".repeat(found.inner));
    let shift = |gap: &Range<usize>| gap.start + text.start..gap.end + text.start;
    let patches = gaps.iter().map(|(gap, _)| Patch::new(shift(gap), margin.as_str())).collect();
    let told = finding::fields_in_a_row(look.place(key.start..text.end), &second);
    look.slip(told, patches, false, true);
    true
}

/// What parts the fields in a text, and the name of each behind its gap; none where anything else has a colon.
fn gaps(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut gaps = Vec::new();
    for (at, mark) in text.match_indices([',', ';']) {
        let rest = text[at + mark.len()..].trim_start();
        let start = text.len() - rest.len();
        let Some((name, _)) = rest.split_once(": ") else { continue };
        if raw::is_field(name) {
            gaps.push((at..start, name));
        }
    }
    let colons = text.matches(": ").count();
    if colons == gaps.len() { gaps } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_from_words_with_colons() {
        let names = |text: &str| gaps(text).into_iter().map(|(_, name)| name.to_owned()).collect::<Vec<_>>();
        assert_eq!(names("mon, hours: 6am-2pm"), ["hours"]);
        assert_eq!(names("mon, tue; hours: 6am-2pm, note: rain"), ["hours", "note"]);
        assert!(names("Day 2: the line").is_empty());
        assert!(names("We say: no, title: x").is_empty());
    }
}

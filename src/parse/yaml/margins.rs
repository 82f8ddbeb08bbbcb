//! Where lines begin: tabs and odd spaces in front of them, dashes without a space, and lines out of line.

use std::ops::Range;

use super::extent::after;
use super::lines::{Entry, Line, entry, is_space, lines, spaces};
use super::mended::Patch;
use super::slips::{Look, Seen, name_of};
use crate::diagnostics::finding;
use crate::parse::raw;

/// Tabs and odd spaces in front of lines. They are told once: who typed one typed all of them.
pub(super) fn odd(look: &mut Look<'_, '_>) {
    let margin = |seen: &Seen<'_>| seen.line.start..seen.line.start + seen.line.indent();
    let is_wrong = |c: char| c != ' ';
    let wrong = look.seen.iter().map(margin).filter(|margin| look.source[margin.clone()].contains(is_wrong));
    let patches: Vec<Patch> =
        wrong.map(|span| Patch::new(span.clone(), spaces(&look.source[span]))).collect();
    let Some(first) = patches.first() else { return };
    let Some((at, odd)) = look.source[first.span.clone()].char_indices().find(|(_, c)| is_wrong(*c)) else {
        return;
    };
    let at = first.span.start + at;
    let place = look.place(at..at + odd.len_utf8());
    let told = if odd == '\t' { finding::tab(place) } else { finding::odd_space(place, name_of(odd)) };
    // A tab stops YAML; the others it takes for the first character of a word.
    look.slip(told, patches, odd != '\t', true);
}

/// `-The line is up`, where a list may begin: YAML takes it and all that follows for one text. Says whether it is one.
pub(super) fn crammed<'s>(look: &mut Look<'_, 's>, line: Line<'s>, found: &Entry) -> bool {
    let is_crammed = |text: &str| {
        let next = text.trim_start_matches(is_space).strip_prefix('-').and_then(|rest| rest.chars().next());
        next.is_some_and(|next| next.is_alphabetic() || "\"'“„[{*_¡¿".contains(next))
    };
    if !is_crammed(line.text) {
        return false;
    }
    let patch = |line: Line<'_>| {
        let at = line.start + line.indent() + 1;
        Patch::new(at..at, " ")
    };
    let mut patches = vec![patch(line)];
    look.seen.push(Seen { line, entry: found.clone() });
    let outer = Entry { column: found.column.saturating_sub(1), ..found.clone() };
    let end = look.limit(line, &outer, false);
    for other in lines(look.source, after(look.source, line)).take_while(|other| other.start < end) {
        if other.column() == found.column && is_crammed(other.text) {
            patches.push(patch(other));
            look.seen.push(Seen { line: other, entry: entry(other) });
            look.skip = other.end();
        }
    }
    let place = look.place(found.start..found.start + 1);
    let told = finding::no_space_after_dash(place, &look.rewritten(line, &patches[..1]));
    look.slip(told, patches, true, true);
    true
}

/// What people put in front of the entries of a list, and YAML does not know.
const MARKS: [char; 9] = ['*', '•', '·', '◦', '▪', '‣', '●', '–', '—'];

/// The mark in front of a line's words, with the spaces behind it: `* `, `•`, `1. `.
fn mark(line: Line<'_>) -> Option<Range<usize>> {
    let text = &line.text[line.indent()..];
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = if digits > 0 { text[digits..].strip_prefix(['.', ')'])? } else { text.strip_prefix(MARKS)? };
    let words = rest.trim_start_matches(is_space);
    let apart = words.len() < rest.len() || text.starts_with('•');
    let length = text.len() - words.len();
    let start = line.start + line.indent();
    (apart && !words.is_empty()).then_some(start..start + length)
}

/// `* One`, `• One`, `1. One`, where a list may begin. Says whether it is one.
pub(super) fn marked<'s>(look: &mut Look<'_, 's>, line: Line<'s>, found: &Entry) -> bool {
    let Some(first) = mark(line) else { return false };
    let below = lines(look.source, after(look.source, line)).filter(|other| !other.is_idle());
    let all = std::iter::once(line).chain(below);
    let group: Vec<(Line<'s>, Range<usize>)> = all
        .map_while(|other| mark(other).filter(|_| other.column() == found.column).map(|mark| (other, mark)))
        .collect();
    // A single number may be a part of a text.
    if group.len() == 1 && look.source[first.clone()].starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut patches = Vec::new();
    for (other, mark) in group {
        patches.push(Patch::new(mark.clone(), "- "));
        look.seen.push(Seen { line: other, entry: Entry { inner: found.column + 2, ..entry(other) } });
        look.skip = other.end();
    }
    let typed = look.source[first.clone()].trim_end().to_owned();
    let place = look.place(first.start..first.start + typed.len());
    let told = finding::list_mark(place, &typed, &look.rewritten(line, &patches[..1]));
    look.slip(told, patches, true, true);
    true
}

/// `- title: Day 2` at the outermost level, where there are fields and no list: the dash is taken out of all of them, and
/// what stands below moves with them.
pub(super) fn dashed(look: &mut Look<'_, '_>, found: &mut Entry, line: Line<'_>) {
    let dash = line.start + line.indent();
    let patch = match found.column {
        0 if is_field(look, found) && !within_list(look) => Patch::new(dash..found.start, ""),
        0 => {
            look.dashed = None;
            return;
        }
        2 if look.dashed.is_some() && is_field(look, found) => Patch::new(line.start..found.start, ""),
        _ => return,
    };
    (found.column, found.inner) = (0, 0);
    match look.dashed {
        Some(slip) => look.extend(slip, patch),
        None => {
            look.dashed = Some(look.slips.len());
            let told = finding::dash_before_field(look.place(dash..dash + 1));
            look.slip(told, vec![patch], true, true);
        }
    }
}

/// Whether an entry is a field of ours that stands two columns in.
fn is_field(look: &Look<'_, '_>, found: &Entry) -> bool {
    let key = found.key.clone().filter(|_| found.inner == 2);
    key.is_some_and(|key| raw::is_field(&raw::plain(&look.source[key])))
}

/// Whether an entry at the margin belongs to a list that a key above it begins.
fn within_list(look: &Look<'_, '_>) -> bool {
    let above = look.seen.iter().rev().map(|seen| &seen.entry).find(|entry| entry.column == 0);
    above.is_some_and(|entry| entry.is_item() || entry.key.is_some() && entry.value.is_empty())
}

/// A margin at which lines begin, and whether it is that of the dashes of a list.
#[derive(Clone, Copy)]
struct Margin {
    column: usize,
    is_list: bool,
}

/// A line that is out of line, where it should begin, and the lines that have to move with it.
struct Moved {
    index: usize,
    from: usize,
    to: usize,
    along: Vec<usize>,
}

/// Lines that stand further in than they may, or between two margins.
pub(super) fn levels(look: &mut Look<'_, '_>) {
    let mut open: Vec<Margin> = Vec::new();
    let mut above: Option<(usize, bool)> = None;
    let mut moved: Vec<Moved> = Vec::new();
    for (index, seen) in look.seen.iter().enumerate() {
        let entry = &seen.entry;
        if entry.key.is_none() && !entry.is_item() {
            continue;
        }
        let mut column = entry.column;
        // What stands below a line that moves goes with it.
        let carried =
            moved.last_mut().filter(|last| last.index + last.along.len() + 1 == index && column > last.from);
        if let Some(last) = carried {
            last.along.push(index);
            column = (column + last.to).saturating_sub(last.from);
        }
        let closed: Vec<Margin> = open.iter().copied().filter(|margin| margin.column > column).collect();
        open.retain(|margin| margin.column <= column);
        // A list may begin at the margin of its key, or further in.
        let begins = above.is_none_or(|(inner, filled)| !filled && inner < column);
        if open.last().is_none_or(|margin| margin.column != column) && !begins {
            let fits = |margin: &&Margin| margin.is_list == entry.is_item();
            let margin = closed.iter().find(fits).or(open.iter().rev().find(fits)).or(open.last());
            if let Some(margin) = margin {
                moved.push(Moved { index, from: entry.column, to: margin.column, along: Vec::new() });
                column = margin.column;
            }
        }
        let inner = column + entry.inner - entry.column;
        for margin in [Margin { column, is_list: entry.is_item() }, Margin { column: inner, is_list: false }]
        {
            if open.last().is_none_or(|last| last.column < margin.column) {
                open.push(margin);
            }
        }
        above = Some((inner, !entry.value.is_empty()));
    }
    moved.iter().for_each(|moved| tell(look, moved));
}

fn tell(look: &mut Look<'_, '_>, moved: &Moved) {
    let to = |seen: &Seen<'_>| {
        let column = (seen.entry.column + moved.to).saturating_sub(moved.from);
        Patch::new(seen.line.start..seen.line.start + seen.line.indent(), " ".repeat(column))
    };
    let lines = std::iter::once(&moved.index).chain(&moved.along).filter_map(|index| look.seen.get(*index));
    let patches: Vec<Patch> = lines.map(to).collect();
    let Some(line) = look.seen.get(moved.index).map(|seen| seen.line) else { return };
    let words = line.start + line.indent()..line.start + line.text.trim_end().len();
    let told = finding::out_of_line(look.place(words), moved.to < moved.from, moved.to);
    look.slip(told, patches, false, true);
}

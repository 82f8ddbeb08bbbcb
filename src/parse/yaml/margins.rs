//! Where lines begin: tabs and odd spaces in front of them, dashes without a space, and lines out of line.

use super::extent::after;
use super::lines::{Entry, Line, entry, is_odd, is_space, lines, spaces};
use super::mended::Patch;
use super::slips::{Look, Seen, name_of};
use crate::diagnostics::finding;

/// Tabs and odd spaces in front of lines. They are told once: who typed one typed all of them.
pub(super) fn odd(look: &mut Look<'_, '_>) {
    let margin = |seen: &Seen<'_>| seen.line.start..seen.line.start + seen.line.indent();
    let is_wrong = |c: char| c == '\t' || is_odd(c);
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

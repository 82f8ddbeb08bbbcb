//! Words in lines: where a text may be broken, and how large its letters can be so that all of it fits.

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

use super::fonts::Ruler;

/// Lines that fit, and the size of their letters.
#[derive(Debug, PartialEq)]
pub(super) struct Fitted {
    pub(super) lines: Vec<String>,
    pub(super) size: f32,
}

impl Fitted {
    /// How high the lines are together, from the top of the first to the foot of the last.
    pub(super) fn height(&self) -> f32 {
        self.size * (LEADING * (self.lines.len().max(1) - 1) as f32 + 1.0)
    }
}

/// What there is room for: how wide and high, and from which sizes to choose, the largest first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room<'r> {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) sizes: &'r [f32],
}

/// How far lines stand apart, in sizes of their letters.
pub(super) const LEADING: f32 = 1.16;

impl Room<'_> {
    /// How many lines of letters of a size there is room for: at least one.
    fn lines(&self, size: f32) -> usize {
        let mut lines = 1;
        while size * (LEADING * (lines as f32) + 1.0) <= self.height {
            lines += 1;
        }
        lines
    }

    /// Sets a text as large as it fits without breaking a word; else as large as it fits at all; else as small as can be, and
    /// the rest is left out.
    pub(super) fn fit(&self, text: &str, ruler: &Ruler<'_>) -> Fitted {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let at = |size: f32, may_break: bool| {
            let words = words(&text, ruler, self.width / size);
            let fits = words.len() <= self.lines(size) && (may_break || !words.is_broken);
            fits.then(|| Fitted { lines: words.balanced(ruler), size })
        };
        let whole = self.sizes.iter().find_map(|size| at(*size, false));
        let fitted = whole.or_else(|| self.sizes.iter().find_map(|size| at(*size, true)));
        fitted.unwrap_or_else(|| {
            let size = self.sizes.last().copied().unwrap_or(1.0);
            let mut lines = words(&text, ruler, self.width / size).lines();
            lines.truncate(self.lines(size));
            if let Some(last) = lines.last_mut() {
                *last = cut(&format!("{last} …"), ruler, self.width / size);
            }
            Fitted { lines, size }
        })
    }
}

/// A text in parts between which a line may end, each with the space after it: words, parts of words that a dash joins, and letters
/// of scripts that are written without spaces.
fn parts(text: &str) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut from = 0;
        for (at, letter) in word.char_indices() {
            if may_end_between(&word[from..at], letter) {
                parts.push((&word[from..at], ""));
                from = at;
            }
        }
        parts.push((&word[from..], " "));
    }
    parts
}

/// Whether a line may end between the head of a word and the character after it (UAX 14 has the rules; these are those that titles need).
fn may_end_between(head: &str, after: char) -> bool {
    let mut last = head.chars().rev();
    let Some(before) = last.next() else { return false };
    const NOT_FIRST: &str =
        "、。，．・：；？！」』）】〉》〕］｝…‥ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〜％";
    const NOT_LAST: &str = "「『（【〈《〔［｛";
    // Chinese and Japanese. Korean has spaces.
    let is_spaceless = |letter: char| matches!(letter, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}');
    let is_between = is_spaceless(before) || is_spaceless(after);
    // Not in “7-day”.
    let is_after_dash = matches!(before, '-' | '‐' | '–' | '—' | '/')
        && after.is_alphabetic()
        && last.next().is_some_and(char::is_alphabetic);
    is_after_dash || is_between && !NOT_FIRST.contains(after) && !NOT_LAST.contains(before)
}

/// A text in one line, with its end left out where it is too wide.
pub(super) fn cut(text: &str, ruler: &Ruler<'_>, width: f32) -> String {
    let text = text.trim();
    if ruler.width(text) <= width {
        return text.to_owned();
    }
    let mut kept = text.trim_end_matches('…');
    while let Some((at, _)) = kept.char_indices().next_back() {
        kept = &kept[..at];
        let shown = kept.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if ruler.width(shown) + ruler.width("…") <= width && !shown.is_empty() {
            return format!("{shown}…");
        }
    }
    String::new()
}

/// A text broken into lines of a width, of letters of size 1.
struct Words {
    pieces: Vec<Piece>,
    width: f32,
    /// Whether a single word was too wide.
    is_broken: bool,
}

/// What stays together.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    width: f64,
    /// The width of the space after it; none within a word that was broken.
    space: f64,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.width
    }

    fn whitespace_width(&self) -> f64 {
        self.space
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

fn words(text: &str, ruler: &Ruler<'_>, width: f32) -> Words {
    let mut words = Words { pieces: Vec::new(), width, is_broken: false };
    let measured = |text: &str, space: &str| Piece {
        width: f64::from(ruler.width(text)),
        space: f64::from(ruler.width(space)),
        text: text.to_owned(),
    };
    for (word, space) in parts(text) {
        let whole = measured(word, space);
        if whole.width <= f64::from(width) {
            words.pieces.push(whole);
            continue;
        }
        words.is_broken = true;
        // In parts of nearly the same width, so that no letter stands alone at the end.
        let count = (whole.width / f64::from(width)).ceil() as f32;
        let part = (whole.width as f32 / count * 1.05).min(width);
        let mut from = 0;
        for (at, letter) in word.char_indices() {
            let to = at + letter.len_utf8();
            // What stands on a letter stays with it.
            let stays = unicode_normalization::char::is_combining_mark(letter);
            if ruler.width(&word[from..to]) > part && at > from && !stays {
                words.pieces.push(measured(&word[from..at], ""));
                from = at;
            }
        }
        words.pieces.push(measured(&word[from..], space));
    }
    words
}

impl Words {
    fn set(&self, width: f32) -> Vec<&[Piece]> {
        wrap_first_fit(&self.pieces, &[f64::from(width)])
    }

    fn len(&self) -> usize {
        self.set(self.width).len()
    }

    fn lines(&self) -> Vec<String> {
        self.set(self.width).into_iter().map(joined).collect()
    }

    /// In as many lines, of nearly the same width each: a last word does not stand alone.
    fn balanced(&self, ruler: &Ruler<'_>) -> Vec<String> {
        let lines = self.len();
        let widest = self.pieces.iter().map(|piece| piece.width as f32).fold(0.0, f32::max);
        let (mut narrow, mut wide) = (widest.min(self.width), self.width);
        for _ in 0..12 {
            let middle = f32::midpoint(narrow, wide);
            *(if self.set(middle).len() <= lines { &mut wide } else { &mut narrow }) = middle;
        }
        let balanced: Vec<String> = self.set(wide).into_iter().map(joined).collect();
        let fits = balanced.iter().all(|line| ruler.width(line) <= self.width);
        if fits { balanced } else { self.lines() }
    }
}

fn joined(pieces: &[Piece]) -> String {
    let mut line = String::new();
    for piece in pieces {
        line.push_str(&piece.text);
        if piece.space > 0.0 {
            line.push(' ');
        }
    }
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::fonts::{Fonts, Weight};
    use super::*;

    const ROOM: Room<'_> = Room { width: 600.0, height: 300.0, sizes: &[80.0, 60.0, 40.0] };

    fn fit(text: &str) -> Fitted {
        let fonts = Fonts::new(None);
        let ruler = fonts.ruler(Weight::Large);
        let fitted = ROOM.fit(text, &ruler);
        for line in &fitted.lines {
            assert!(ruler.width(line) * fitted.size <= ROOM.width, "{line} at {}", fitted.size);
        }
        assert!(fitted.height() <= ROOM.height, "{fitted:?}");
        fitted
    }

    #[test]
    fn short_titles_are_large_and_their_lines_even() {
        assert_eq!(fit("We won"), Fitted { lines: vec!["We won".to_owned()], size: 80.0 });
        let two = fit("Therapists on strike at Kaiser");
        assert_eq!(two.lines, ["Therapists", "on strike", "at Kaiser"], "{two:?}");
        assert!(
            fit("The strike is over: we have a contract and a pension")
                .lines
                .iter()
                .all(|line| line.len() > 6)
        );
    }

    #[test]
    fn nothing_is_wider_or_higher_than_its_room() {
        let long = "Streikversammlungsortsbekanntmachung".repeat(3);
        for text in [&long[..80], &long, "a", "", "–", "日本語のとても長い見出し", &"many words ".repeat(40)]
        {
            let fitted = fit(text);
            assert!(ROOM.sizes.contains(&fitted.size), "{fitted:?}");
        }
        assert!(fit(&"many words ".repeat(40)).lines.last().unwrap().ends_with('…'));
        assert_eq!(
            fit(&long[..80]).lines.concat(),
            &long[..80],
            "a word that is too long is broken, not cut"
        );
    }

    #[test]
    fn lines_end_where_they_may() {
        let of = |text: &str| parts(text).into_iter().map(|(part, _)| part).collect::<Vec<_>>().join("|");
        assert_eq!(of("an open-ended strike, 7-day 24/7"), "an|open-|ended|strike,|7-day|24/7");
        assert_eq!(of("看護師「団結」へ。NUHW"), "看|護|師|「団|結」|へ。|NUHW");
        assert_eq!(of("우리는 파업한다"), "우리는|파업한다");
    }

    #[test]
    fn letters_keep_what_stands_on_them() {
        let marked = "e\u{331}".repeat(60);
        assert!(fit(&marked).lines.iter().all(|line| line.starts_with('e')));
    }

    #[test]
    fn one_line_is_cut_at_a_word_or_letter() {
        let fonts = Fonts::new(None);
        let ruler = fonts.ruler(Weight::Small);
        assert_eq!(cut("short", &ruler, 10.0), "short");
        let cut = cut("National Union of Healthcare Workers, and others", &ruler, 10.0);
        assert!(cut.ends_with('…') && ruler.width(&cut) <= 10.0, "{cut}");
        assert_eq!(super::cut("wide", &ruler, 0.1), "");
    }
}

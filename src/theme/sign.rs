//! How the words of a picket sign are set: as large as the cardboard allows, in lines of much the same length.
//!
//! Nothing here knows the font that a printer will have, so that widths are those of a wide one: what is set too narrow
//! still stands on the sheet.

/// Units in an inch.
pub(super) const INCH: f64 = 100.0;
/// The height of a line in parts of the size of its letters, and where in it they stand.
const LINE: f64 = 1.08;
const BASE: f64 = 0.8;
/// The largest and the smallest size that is tried.
const SIZES: (u32, u32) = (700, 16);

/// Words that are set: lines from top to bottom, and the size of their letters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    /// The lines, each with the height at which its letters stand.
    pub(super) lines: Vec<(String, f64)>,
    /// How large the letters are.
    pub(super) size: f64,
}

/// Sets a text in a box that is so wide and high and begins at `top`.
pub(super) fn set(text: &str, width: f64, height: f64, top: f64) -> Setting {
    let words: Vec<&str> = text.split_whitespace().collect();
    let fits = |size: f64| {
        let lines = wrapped(&words, width / size);
        let wide = lines.iter().all(|line| breadth(line) * size <= width);
        #[expect(clippy::cast_precision_loss, reason = "a sign has some lines")]
        let high = lines.len() as f64 * size * LINE;
        (wide && high <= height).then_some((lines, high))
    };
    let sizes = (SIZES.1..=SIZES.0).rev().step_by(2).map(f64::from);
    let found = sizes.filter_map(|size| Some((size, fits(size)?))).next();
    let (size, (lines, high)) =
        found.unwrap_or_else(|| (f64::from(SIZES.1), (wrapped(&words, width / f64::from(SIZES.1)), height)));
    let lines = even(&words, lines, width / size);
    let mut stands = top + (height - high) / 2.0 + size * BASE;
    let placed = lines.into_iter().map(|line| {
        let at = stands.round();
        stands += size * LINE;
        (line, at)
    });
    Setting { lines: placed.collect(), size }
}

/// Lines that are no longer than `most`, where words allow it.
fn wrapped(words: &[&str], most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if breadth(line) + breadth(" ") + breadth(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push((*word).to_owned()),
        }
    }
    lines
}

/// The same number of lines, as short as that allows.
fn even(words: &[&str], lines: Vec<String>, most: f64) -> Vec<String> {
    let narrower = (1..20).rev().map(|part| most * f64::from(part) / 20.0);
    let same = narrower.map(|most| wrapped(words, most)).take_while(|other| other.len() == lines.len());
    same.last().unwrap_or(lines)
}

/// How wide a text is in parts of its size, in a wide bold face.
pub(super) fn breadth(text: &str) -> f64 {
    let of = |letter: char| match letter {
        ' ' => 0.36,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '\'' | '’' | '|' | '(' | ')' => 0.42,
        'f' | 'r' | 't' | '-' | '"' | '“' | '”' => 0.52,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' => 1.08,
        letter if letter.is_uppercase() => 0.84,
        letter if letter.is_alphabetic() && u32::from(letter) >= 0x1100 => 1.02,
        _ => 0.72,
    };
    text.chars().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(setting: &Setting) -> Vec<&str> {
        setting.lines.iter().map(|(line, _)| line.as_str()).collect()
    }

    #[test]
    fn short_words_are_large_and_long_ones_fit() {
        let short = set("Care can’t wait", 1050.0, 1300.0, 75.0);
        assert_eq!(texts(&short), ["Care", "can’t", "wait"]);
        assert!(short.size > 250.0, "{short:?}");
        let long =
            set("We ask for two weeks’ notice of our hours, as everybody else has it", 1050.0, 1300.0, 75.0);
        assert!(long.size < short.size && long.size > 90.0, "{long:?}");
        for setting in [short, long] {
            for (line, at) in &setting.lines {
                assert!(breadth(line) * setting.size <= 1050.0, "{line}");
                assert!(*at > 75.0 && *at < 1375.0, "{line} at {at}");
            }
        }
    }

    #[test]
    fn lines_are_of_much_the_same_length() {
        let setting = set("No contract no work today", 1650.0, 500.0, 0.0);
        let lengths: Vec<f64> = texts(&setting).into_iter().map(breadth).collect();
        let (least, most) =
            (lengths.iter().copied().fold(f64::MAX, f64::min), lengths.iter().copied().fold(0.0, f64::max));
        assert!(lengths.len() == 1 || least > most * 0.5, "{setting:?}");
    }

    #[test]
    fn a_word_that_nothing_holds_is_set_all_the_same() {
        let setting = set(&"Streik".repeat(40), 1050.0, 1300.0, 75.0);
        assert_eq!(setting.lines.len(), 1);
        assert!(set("", 1050.0, 1300.0, 75.0).lines.is_empty());
    }
}

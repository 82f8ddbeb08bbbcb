//! Lines that begin like a date and that Markdown takes for a numbered list: `24. October`, `2. Dezember`.

use std::borrow::Cow;

/// Months that are no other word, in English, Spanish and German.
const MONTHS: [&str; 38] = [
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "januar",
    "jänner",
    "jaenner",
    "februar",
    "feber",
    "märz",
    "maerz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "sept",
    "okt",
    "dez",
];

/// Months that are also verbs (“3. March to the gate”) and shortened ones: a date only where no word follows.
const AMBIGUOUS: [&str; 12] =
    ["march", "may", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "oct", "nov", "dec"];

/// A date at the start of a line.
pub(super) struct Date {
    /// How many bytes the day and the month have.
    pub(super) len: usize,
    /// How to write them so that they stay words.
    pub(super) cure: String,
}

/// The date that a line begins with, if it does.
pub(super) fn at_start(line: &str) -> Option<Date> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let day: u8 = line.get(..digits).filter(|_| digits <= 2)?.parse().ok()?;
    let after = line[digits..].strip_prefix('.').filter(|_| (1..=31).contains(&day))?;
    let word_start = after.trim_start_matches([' ', '\t']);
    let month: &str = word_start.split(|character: char| !character.is_alphabetic()).next()?;
    let lower = month.to_lowercase();
    let stands_alone =
        || !word_start[month.len()..].trim_start_matches([' ', '.']).starts_with(char::is_alphabetic);
    let is_month =
        MONTHS.contains(&lower.as_str()) || (AMBIGUOUS.contains(&lower.as_str()) && stands_alone());
    let len = line.len() - word_start.len() + month.len();
    is_month.then(|| Date { len, cure: format!("{day}\\. {month}", day = &line[..digits]) })
}

/// The text with its date, if it begins with one, kept from becoming a list.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    match at_start(text) {
        Some(_) => Cow::Owned(text.replacen('.', "\\.", 1)),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_lists() {
        let cure = |line| at_start(line).map(|date| date.cure);
        for (line, expected) in [
            ("2. Dezember streiken wir", "2\\. Dezember"),
            ("24.  October: a day", "24\\. October"),
            ("3. März", "3\\. März"),
            ("1. May 2025", "1\\. May"),
            ("12. Dez. 2024", "12\\. Dez"),
        ] {
            assert_eq!(cure(line).as_deref(), Some(expected), "{line}");
        }
        for list in
            ["1. March to the gate", "1. May we picket?", "2. Gate", "45. October", "2) October", "x", ""]
        {
            assert_eq!(cure(list), None, "{list}");
        }
    }
}

//! Guesses which day is meant by `24.11.2026`, `Nov 24, 2026`, `2026-1-5`, to suggest it; a guess is never taken as read.

use super::{DateError, When};
use crate::model::Hours;
use crate::parse::hours;
use crate::parse::words::{month, weekdays};
use jiff::civil::Date;

/// A year in which every day exists, for dates without a year.
const LEAP_YEAR: i16 = 2024;

/// A day or a month that may be meant; without a year where none is told.
#[derive(Clone, Copy, Debug)]
struct Guess {
    year: Option<i16>,
    month: i8,
    day: Option<i8>,
}

/// The error for a folded text that is not in the order year-month-day.
pub(super) fn other(folded: &str) -> DateError {
    if let Some(error) = dated(folded, "") {
        return error;
    }
    let spaces =
        folded.match_indices(' ').filter_map(|(at, _)| Some((folded.get(..at)?, folded.get(at + 1..)?)));
    let mut with_time = spaces.filter_map(|(date, time)| match hours::parse(time) {
        Ok(Hours::At(time)) => dated(date, &format!(" {:02}:{:02}", time.hour(), time.minute())),
        _ => None,
    });
    with_time.next_back().unwrap_or(DateError::Unreadable)
}

/// The error for a date, with the time to write behind each suggestion.
fn dated(date: &str, time: &str) -> Option<DateError> {
    let guesses = guesses(date)?;
    if !time.is_empty() && guesses.iter().any(|guess| guess.day.is_none()) {
        return None;
    }
    let mut suggestion: Vec<String> = Vec::new();
    for text in guesses.iter().filter_map(|guess| guess.text()) {
        if !suggestion.iter().any(|known| known.starts_with(&text)) {
            suggestion.push(text + time);
        }
    }
    match (suggestion.as_slice(), guesses.first()?) {
        ([], Guess { year: Some(year), month, day: Some(day) }) => {
            Some(DateError::NoSuchDay { year: *year, month: *month, day: *day })
        }
        ([], _) => None,
        ([only], _) if lacks_zero(date) => Some(DateError::MissingZero { suggestion: only.clone() }),
        _ => Some(DateError::OtherOrder { suggestion }),
    }
}

impl Guess {
    /// As it is to be typed, where there is such a day.
    fn text(self) -> Option<String> {
        let date = Date::new(self.year.unwrap_or(LEAP_YEAR), self.month, self.day.unwrap_or(1)).ok()?;
        Some(match (self.year, self.day) {
            (Some(_), Some(_)) => When::Day(date).to_string(),
            (Some(year), None) => When::Month(year, self.month).to_string(),
            (None, _) => format!("YYYY-{:02}-{:02}", self.month, date.day()),
        })
    }
}

/// `2026-1-5`
fn lacks_zero(date: &str) -> bool {
    let mut parts = date.split('-');
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(|year| year.len() == 4 && number(year))
        && parts.all(|part| part.len() < 3 && number(part))
}

/// What the numbers and the name of a month may mean, the likeliest first.
fn guesses(date: &str) -> Option<Vec<Guess>> {
    let (mut numbers, mut named) = (Vec::new(), None);
    for word in date.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if let Some(number) = number(word) {
            numbers.push(number);
        } else if let (Some(month), None) = (month(word), named) {
            named = Some(month);
        } else if !FILLERS.contains(&word) && weekdays(word).next().is_none() {
            return None;
        }
    }
    match named {
        Some(month) => in_words(month, &numbers),
        None => in_numbers(date, &numbers),
    }
}

/// `24`, `24th`, `1º`: the number, and how many digits it has.
fn number(word: &str) -> Option<(i32, usize)> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, ending) = word.split_at_checked(end)?;
    let known = ["", "st", "nd", "rd", "th", "º", "ro", "er"].contains(&ending);
    known.then(|| digits.parse().ok()).flatten().map(|number| (number, digits.len()))
}

/// `Nov 24`, `24 November 2026`, `November 2026`.
fn in_words(month: i8, numbers: &[(i32, usize)]) -> Option<Vec<Guess>> {
    let guess = match *numbers {
        [year] if year.1 == 4 => Guess { year: whole_year(year), month, day: None },
        [(day, _)] => Guess { year: None, month, day: narrow(day) },
        [year, (day, _)] if year.1 == 4 => Guess { year: whole_year(year), month, day: narrow(day) },
        [(day, _), year] if year.1 == 4 => Guess { year: whole_year(year), month, day: narrow(day) },
        _ => return None,
    };
    (guess.year.is_some() || guess.day.is_some()).then(|| vec![guess])
}

/// `11/24/2026`, `24.11.2026`, `2026/11/24`, `20261124`, `11/2026`, `24.11.`
fn in_numbers(date: &str, numbers: &[(i32, usize)]) -> Option<Vec<Guess>> {
    let guess = |year, month, day| Some(Guess { year, month: narrow(month)?, day: Some(narrow(day)?) });
    match *numbers {
        [(all, 8)] => Some(vec![guess(whole_year((all / 10_000, 4)), all / 100 % 100, all % 100)?]),
        [year, (month, _), (day, _)] if year.1 == 4 => Some(vec![guess(whole_year(year), month, day)?]),
        [year, (month, _)] | [(month, _), year] if year.1 == 4 => {
            Some(vec![Guess { year: whole_year(year), month: narrow(month)?, day: None }])
        }
        [(a, _), (b, _), year] => orders(date, a, b, |month, day| guess(Some(whole_year(year)?), month, day)),
        [(a, _), (b, _)] => orders(date, a, b, |month, day| guess(None, month, day)),
        _ => None,
    }
}

/// Month first, as in the US, and day first, as elsewhere. Dots are day first everywhere.
fn orders(date: &str, a: i32, b: i32, guess: impl Fn(i32, i32) -> Option<Guess>) -> Option<Vec<Guess>> {
    let both = if date.contains('.') || a > 12 { vec![guess(b, a)] } else { vec![guess(a, b), guess(b, a)] };
    both.into_iter().collect()
}

fn narrow(number: i32) -> Option<i8> {
    i8::try_from(number).ok()
}

/// Of four digits as it is, of two in this century.
fn whole_year((year, length): (i32, usize)) -> Option<i16> {
    match length {
        2 => i16::try_from(2000 + year).ok(),
        4 if year >= 1000 => i16::try_from(year).ok(),
        _ => None,
    }
}

/// Folded words that carry no part of a date.
const FILLERS: &[&str] = &["de", "del", "of", "the", "on", "el", "am", "den", "dem", "der", "dia"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_is_a_suggestion() {
        let order = |texts: &str| DateError::OtherOrder {
            suggestion: texts.split(" or ").map(str::to_owned).collect(),
        };
        for line in "
            24/11/2026 | 11/24/2026 | 24.11.2026 | 24 november 2026 | november 24, 2026 => 2026-11-24
            24 de noviembre de 2026 | 2026/11/24 | 2026.11.24 | 20261124 | 11/24/26 => 2026-11-24
            tuesday, nov. 24th 2026 | el martes 24 de nov. de 2026 => 2026-11-24
            dienstag, 24. november 2026 | 24-11-2026 => 2026-11-24
            5/11/2026 => 2026-05-11 or 2026-11-05
            5.11.2026 => 2026-11-05
            nov 24 | 24.11. | 11/24 => YYYY-11-24
            24. marz 2026, 19 uhr => 2026-03-24 19:00
            11/24/2026 7 pm => 2026-11-24 19:00
            november 2026 | 11/2026 => 2026-11"
            .lines()
            .skip(1)
        {
            let (texts, suggestion) = line.trim().split_once(" => ").unwrap();
            for text in texts.split(" | ") {
                assert_eq!(other(text), order(suggestion), "{text}");
            }
        }
    }

    #[test]
    fn other_errors() {
        let zero = |text: &str| DateError::MissingZero { suggestion: text.to_owned() };
        assert_eq!(other("2026-1-5"), zero("2026-01-05"));
        assert_eq!(other("2026-1-5 9:00"), zero("2026-01-05 09:00"));
        assert_eq!(other("2026-1"), zero("2026-01"));
        let (year, month, day) = (2026, 2, 31);
        assert_eq!(other("31.2.2026"), DateError::NoSuchDay { year, month, day });
        for text in ["", "soon", "12", "6:00", "nov", "1729773600", "99999999999 1 2"] {
            assert_eq!(other(text), DateError::Unreadable, "{text}");
        }
    }
}

//! Reads dates and ranges of dates: `2024-10-21 to 2024-10-25`, `del 2024-10-21 al 2024-10-25`.

use super::weekdays::{BETWEEN, read_weekdays};
use super::{DaysProblem, MAX_DAYS};
use crate::model::DateRange;
use crate::parse::dates::{DateError, parse_day};
use crate::parse::words::{either, list};
use jiff::civil::Date;

/// More dates than this are not put right in one suggestion.
const MAX_MENDED: usize = 8;

/// One date, one range, or several between commas. A date in words may itself hold a comma, so the whole is tried first.
pub(super) fn read_dates(folded: &str) -> Result<Vec<DateRange>, DaysProblem> {
    let parts = list(folded, &['&', '+']);
    let numberless = |part: &String| !part.contains(|c: char| c.is_ascii_digit());
    match read_range(folded) {
        Ok(range) => Ok(vec![range]),
        Err(problem @ DaysProblem::Date { error: DateError::OtherOrder { .. }, .. }) => Err(problem),
        Err(_) if parts.iter().any(|part| numberless(part) && read_weekdays(part, &|| 0).is_ok()) => {
            Err(DaysProblem::Mixed)
        }
        Err(_) if parts.len() > 1 => parts.iter().map(|part| read_range(part)).collect(),
        Err(problem) => Err(problem),
    }
}

/// The folded text with its dates put right; where they can be in two orders, both texts between ` or `.
pub(super) fn mended(folded: &str, problem: &DaysProblem) -> String {
    either(&[0, 1].map(|order| mended_in(order, folded, problem)))
}

fn mended_in(order: usize, folded: &str, problem: &DaysProblem) -> String {
    let (mut text, mut problem) = (folded.to_owned(), problem.clone());
    for _ in 0..MAX_MENDED {
        let DaysProblem::Date { part, error } = &problem else {
            break;
        };
        if *error == DateError::Unreadable {
            return error.cure(folded);
        }
        let cure = error.cure(part);
        let chosen = cure.split(" or ").nth(order).or(cure.split(" or ").next());
        text = text.replacen(part.as_str(), chosen.unwrap_or_default(), 1);
        match read_dates(&text) {
            Err(next) if !text.contains("YYYY") => problem = next,
            _ => break,
        }
    }
    text
}

fn read_range(folded: &str) -> Result<DateRange, DaysProblem> {
    let day =
        |part: &str| parse_day(part).map_err(|error| DaysProblem::Date { part: part.to_owned(), error });
    let opener = ["from ", "von ", "vom ", "desde ", "del ", "de "]
        .iter()
        .find_map(|opener| folded.strip_prefix(opener));
    let Some((first, last)) = halves(opener.unwrap_or(folded)) else {
        let first = day(opener.unwrap_or(folded))?;
        return Ok(DateRange { first, last: first });
    };
    let first = day(first)?;
    let same_month = last.parse().ok().and_then(|last| first.with().day(last).build().ok());
    if let Some(last) = same_month {
        let error = DateError::OtherOrder { suggestion: vec![format!("{first} to {last}")] };
        return Err(DaysProblem::Date { part: folded.to_owned(), error });
    }
    let last = day(last)?;
    let range = DateRange { first, last };
    match range.length() {
        ..=0 => Err(DaysProblem::EndsBeforeStart { first, last }),
        1..=MAX_DAYS => Ok(range),
        _ => Err(DaysProblem::TooManyDays { first, last }),
    }
}

/// The two sides of a range: behind a date of ten characters any separator will do, elsewhere it is a word.
fn halves(folded: &str) -> Option<(&str, &str)> {
    if let (Some(first), Some(rest)) =
        (folded.get(..10).filter(|first| parse_day(first).is_ok()), folded.get(10..))
    {
        let rest = rest.trim_start();
        let tight = ["-", "/", ".."].iter().find_map(|between| rest.strip_prefix(between));
        let loose = || rest.split_once(' ').filter(|(word, _)| BETWEEN.contains(word)).map(|(_, last)| last);
        return tight.or_else(loose).map(|last| (first, last.trim_start()));
    }
    let word = |between: &&str| folded.split_once(&format!(" {between} "));
    BETWEEN.iter().find_map(word).map(|(first, last)| (first.trim(), last.trim()))
}

/// The last day in the year of the first, or in the year after: what is meant where a year was mistyped.
pub(super) fn nearer(first: Date, last: Date) -> DateRange {
    let in_year = |year| last.with().year(year).build().ok().filter(|last| first <= *last);
    DateRange { first, last: in_year(first.year()).or_else(|| in_year(first.year() + 1)).unwrap_or(first) }
}

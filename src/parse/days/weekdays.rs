//! Reads the days of the week in English, Spanish, German and French: `mon-fri`, `de lunes a viernes`, `werktags`.

use super::{DaysProblem, MAX_CHARS};
use crate::model::WeekdaySet;
use crate::parse::words::{self, GERMAN, Languages, SPANISH, fold, list};
use jiff::civil::Weekday;

/// The days that a folded sentence names at once.
pub(super) fn named(phrase: &str) -> Option<WeekdaySet> {
    PHRASES.iter().find(|(phrases, _)| phrases.contains(&phrase)).map(|(_, days)| *days)
}

/// German where a word is that Spanish does not have, Spanish in the other case, else neither.
pub(super) fn language(items: &[&str]) -> Languages {
    let mut seen = 0;
    for item in items.iter().filter(|item| item.chars().nth(MAX_CHARS).is_none()) {
        for word in fold(item).split(|c: char| !c.is_alphabetic()) {
            let languages = words::weekdays(word).fold(0, |all, (_, languages)| all | languages);
            seen |= match (languages & GERMAN != 0, languages & SPANISH != 0) {
                (true, false) => GERMAN,
                (false, true) => SPANISH,
                _ if ["bis", "und", "von"].contains(&word) => GERMAN,
                _ if ["a", "al", "y", "los"].contains(&word) => SPANISH,
                _ => 0,
            };
        }
    }
    seen
}

/// The days that a folded list of weekdays names. The language is asked for only where a word has two meanings.
pub(super) fn read_weekdays(
    folded: &str,
    language: &dyn Fn() -> Languages,
) -> Result<WeekdaySet, DaysProblem> {
    let mut week = WeekdaySet::default();
    for part in list(folded, &['/', '&', '+']) {
        week = week.union(match named(&part) {
            Some(days) => days,
            None => read_part(&part, language)?,
        });
    }
    if week.is_empty() { Err(DaysProblem::Unreadable) } else { Ok(week) }
}

/// `mon`, `every monday`, `mon-fri`, `de lunes a viernes`, `mon wed fri`.
fn read_part(part: &str, language: &dyn Fn() -> Languages) -> Result<WeekdaySet, DaysProblem> {
    let spaced = part.replace('-', " - ");
    let words = spaced.split(' ').map(|word| word.trim_end_matches('.'));
    let words = words.filter(|word| !word.is_empty()).skip_while(|word| OPENERS.contains(word));
    let words: Vec<&str> = words.collect();
    let range = |first, last| Ok(WeekdaySet::range(weekday(first, language)?, weekday(last, language)?));
    match *words.as_slice() {
        [] => Err(DaysProblem::Unreadable),
        [first, between, last] if BETWEEN.contains(&between) => range(first, last),
        [first, between, "el", last] if BETWEEN.contains(&between) => range(first, last),
        _ => {
            let days = words.iter().filter(|word| !BETWEEN.contains(word));
            let week = days.clone().map(|word| weekday(word, language)).collect::<Result<WeekdaySet, _>>()?;
            if days.count() == words.len() { Ok(week) } else { Err(DaysProblem::Unreadable) }
        }
    }
}

fn weekday(word: &str, language: &dyn Fn() -> Languages) -> Result<Weekday, DaysProblem> {
    let named: Vec<_> = words::weekdays(word).collect();
    match *named.as_slice() {
        [] => Err(unknown(word)),
        [(day, _)] => Ok(day),
        ref several => {
            let language = language();
            let mut spoken = several.iter().filter(|(_, languages)| *languages == language);
            spoken.next().map(|(day, _)| *day).ok_or(DaysProblem::TwoLanguages)
        }
    }
}

fn unknown(word: &str) -> DaysProblem {
    DaysProblem::UnknownWord { word: word.to_owned(), nearest: words::nearest_weekday(word) }
}

/// Folded words before the first day.
const OPENERS: &[&str] = &[
    "every", "each", "on", "from", "jeden", "am", "von", "de", "del", "el", "los", "cada", "todos", "le",
    "les", "du", "chaque", "tous",
];
/// Folded words between the first day and the last.
pub(super) const BETWEEN: &[&str] =
    &["-", "to", "through", "thru", "until", "till", "bis", "a", "al", "hasta", "au"];
/// Folded sentences that name several days at once.
const PHRASES: &[(&[&str], WeekdaySet)] = &[
    (
        &[
            "every day",
            "everyday",
            "daily",
            "each day",
            "all week",
            "7 days a week",
            "seven days a week",
            "24/7",
        ],
        WeekdaySet::ALL,
    ),
    (&["taglich", "taeglich", "jeden tag", "alle tage"], WeekdaySet::ALL),
    (&["todos los dias", "cada dia", "a diario", "diario", "diariamente"], WeekdaySet::ALL),
    (&["tous les jours", "chaque jour", "quotidiennement", "7 jours sur 7", "7j/7"], WeekdaySet::ALL),
    (&["en semaine", "jours ouvres", "les jours ouvres", "du lundi au vendredi"], WeekdaySet::WORK),
    (&["week-end", "week-ends", "le week-end", "les week-ends"], WeekdaySet::WEEKEND),
    (&["weekdays", "weekday", "every weekday", "on weekdays", "m-f", "m - f"], WeekdaySet::WORK),
    (&["werktags", "werktage", "an werktagen", "wochentags"], WeekdaySet::WORK),
    (&["entre semana", "dias de semana", "dias laborables", "l-v", "l - v", "l a v"], WeekdaySet::WORK),
    (&["weekends", "weekend", "every weekend", "on weekends"], WeekdaySet::WEEKEND),
    (&["wochenende", "wochenenden", "am wochenende", "wochenends"], WeekdaySet::WEEKEND),
    (&["fin de semana", "fines de semana", "los fines de semana"], WeekdaySet::WEEKEND),
];

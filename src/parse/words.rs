//! What the readers of hours, days and dates share: one spelling for case, accents, spaces and dashes, names, near misses.

use std::borrow::Cow;

use jiff::civil::Weekday;

/// A set of languages, as bits; a word may belong to several.
pub(super) type Languages = u8;
pub(super) const ENGLISH: Languages = 1;
pub(super) const SPANISH: Languages = 2;
pub(super) const GERMAN: Languages = 4;
pub(super) const FRENCH: Languages = 8;

/// Lower case, accents off, every dash a `-`, every run of white space one space, none at the ends.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut add = |c: char| {
        if c != ' ' || !(folded.is_empty() || folded.ends_with(' ')) {
            folded.push(c);
        }
    };
    for c in text.chars() {
        match c {
            ' ' => add(c),
            '!'..='~' => add(c.to_ascii_lowercase()),
            _ => c.to_lowercase().filter_map(plain).for_each(&mut add),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A letter without its accent; none for marks that a decomposed letter carries, and for spaces without width.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {
            return None;
        }
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{3002}' => '.',
        // Full-width forms, as keyboards for Chinese and Japanese type them.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    })
}

/// The text between curly quotes, on one line, cut after 60 characters.
pub(super) fn quoted(text: &str) -> String {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.take(61).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("“{}…”", line.get(..end).unwrap_or_default()),
        None => format!("“{line}”"),
    }
}

/// The alternatives, each once, between ` or `.
pub(super) fn either(alternatives: &[String]) -> String {
    let mut once: Vec<&str> = Vec::new();
    for alternative in alternatives {
        if !once.contains(&alternative.as_str()) {
            once.push(alternative);
        }
    }
    once.join(" or ")
}

/// The parts of a folded list: `mon, wed and fri`, `lunes y jueves`.
pub(super) fn list(folded: &str, also: &[char]) -> Vec<String> {
    let mut text = Cow::Borrowed(folded);
    for and in [" and ", " und ", " y ", " et ", " & ", " + "] {
        if text.contains(and) {
            text = Cow::Owned(text.replace(and, ", "));
        }
    }
    let parts = text.split(|c: char| matches!(c, ',' | ';') || also.contains(&c));
    parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// The weekdays that a folded word may name, with the languages in which it does. Only `do` names two.
pub(super) fn weekdays(word: &str) -> impl Iterator<Item = (Weekday, Languages)> {
    let named = WEEKDAYS.iter().filter(move |(_, _, names)| names.contains(&word));
    named.map(|(weekday, languages, _)| (*weekday, *languages))
}

/// The month, 1 to 12, that a folded word names.
pub(super) fn month(word: &str) -> Option<i8> {
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&word)).map(|(month, _)| month)
}

/// The weekday's name that differs least from a folded word, where it differs little.
pub(super) fn nearest_weekday(word: &str) -> Option<&'static str> {
    let length = word.chars().count();
    let limit = if length < 6 { 1 } else { 2 };
    if !(3..=12).contains(&length) {
        return None;
    }
    let names = WEEKDAYS.iter().flat_map(|(_, _, names)| names.iter().copied()).filter(|name| name.len() > 2);
    let near = names.map(|name| (distance(word, name), name)).filter(|(distance, _)| *distance <= limit);
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// How many letters to change, add, drop, or swap with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous = None;
    for (i, x) in a.chars().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |cells: &[usize], index: usize| cells.get(index).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&last, j) + usize::from(x != *y);
            let mut best = changed.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            if j > 0 && previous == Some(*y) && b.get(j - 1) == Some(&x) {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
        previous = Some(x);
    }
    last.last().copied().unwrap_or_default()
}

/// Names as [`fold`] leaves them, full names first.
const WEEKDAYS: &[(Weekday, Languages, &[&str])] = &[
    (Weekday::Monday, ENGLISH, &["monday", "mondays", "mon"]),
    (Weekday::Tuesday, ENGLISH, &["tuesday", "tuesdays", "tues", "tue", "tu"]),
    (Weekday::Wednesday, ENGLISH, &["wednesday", "wednesdays", "weds", "wed", "we"]),
    (Weekday::Thursday, ENGLISH, &["thursday", "thursdays", "thurs", "thur", "thu", "th"]),
    (Weekday::Friday, ENGLISH, &["friday", "fridays", "fri"]),
    (Weekday::Saturday, ENGLISH, &["saturday", "saturdays", "sat"]),
    (Weekday::Sunday, ENGLISH, &["sunday", "sundays", "sun", "su"]),
    (Weekday::Monday, ENGLISH | GERMAN, &["mo"]),
    (Weekday::Friday, ENGLISH | GERMAN, &["fr"]),
    (Weekday::Saturday, ENGLISH | GERMAN | SPANISH, &["sa"]),
    (Weekday::Wednesday, GERMAN | SPANISH, &["mi"]),
    (Weekday::Monday, SPANISH, &["lunes", "lun", "lu"]),
    (Weekday::Tuesday, SPANISH, &["martes", "mar", "ma"]),
    (Weekday::Wednesday, SPANISH, &["miercoles", "mier", "mie"]),
    (Weekday::Thursday, SPANISH, &["jueves", "juev", "jue", "ju"]),
    (Weekday::Friday, SPANISH, &["viernes", "vier", "vie", "vi"]),
    (Weekday::Saturday, SPANISH, &["sabado", "sabados", "sab"]),
    (Weekday::Sunday, SPANISH, &["domingo", "domingos", "dom", "do"]),
    (Weekday::Monday, FRENCH, &["lundi", "lundis"]),
    (Weekday::Tuesday, FRENCH, &["mardi", "mardis"]),
    (Weekday::Wednesday, FRENCH, &["mercredi", "mercredis", "mer"]),
    (Weekday::Thursday, FRENCH, &["jeudi", "jeudis", "jeu"]),
    (Weekday::Friday, FRENCH, &["vendredi", "vendredis", "ven"]),
    (Weekday::Saturday, FRENCH, &["samedi", "samedis", "sam"]),
    (Weekday::Sunday, FRENCH, &["dimanche", "dimanches", "dim"]),
    (Weekday::Monday, GERMAN, &["montag", "montags"]),
    (Weekday::Tuesday, GERMAN, &["dienstag", "dienstags", "di"]),
    (Weekday::Wednesday, GERMAN, &["mittwoch", "mittwochs"]),
    (Weekday::Thursday, GERMAN, &["donnerstag", "donnerstags", "do"]),
    (Weekday::Friday, GERMAN, &["freitag", "freitags"]),
    (Weekday::Saturday, GERMAN, &["samstag", "samstags", "sonnabend", "sonnabends"]),
    (Weekday::Sunday, GERMAN, &["sonntag", "sonntags", "so"]),
];

/// January to December in English, Spanish, German and French, as [`fold`] leaves them.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene", "januar", "janner", "janvier", "janv"],
    &["february", "feb", "febrero", "februar", "fevrier", "fevr"],
    &["march", "mar", "marzo", "marz", "maerz", "mrz", "mars"],
    &["april", "apr", "abril", "abr", "avril", "avr"],
    &["may", "mayo", "mai"],
    &["june", "jun", "junio", "juni", "juin"],
    &["july", "jul", "julio", "juli", "juillet", "juil"],
    &["august", "aug", "agosto", "ago", "aout"],
    &["september", "sept", "sep", "septiembre", "setiembre", "septembre"],
    &["october", "oct", "octubre", "oktober", "okt", "octobre"],
    &["november", "nov", "noviembre", "novembre"],
    &["december", "dec", "diciembre", "dic", "dezember", "dez", "decembre"],
];

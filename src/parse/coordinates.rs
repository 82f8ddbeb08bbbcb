//! Coordinates as maps print them, and what was meant where they are written otherwise.

use crate::model::Coordinates;

/// Why a text gives no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CoordinatesError {
    /// It is not two numbers; what it seems to mean.
    Unreadable(Option<String>),
    /// The numbers are the wrong way round: as they belong.
    Swapped(String),
    /// No place has these numbers.
    OutOfRange,
    /// `0, 0` lies in the sea, and stands for “unknown”.
    Nowhere,
}

/// Reads `34.0726, -117.4343`: latitude, then longitude, in degrees. A minus as typographers set it is one.
pub(super) fn read(text: &str) -> Result<Coordinates, CoordinatesError> {
    let plain = text.replace(['−', '–'], "-").replace('，', ",");
    let parts: Vec<&str> = plain.split(',').map(str::trim).collect();
    let numbers: Vec<f64> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let (&[first, second], [_, _]) = (numbers.as_slice(), parts.as_slice()) else {
        return Err(CoordinatesError::Unreadable(guess(&plain).or_else(|| within(&plain))));
    };
    if first == 0.0 && second == 0.0 {
        return Err(CoordinatesError::Nowhere);
    }
    let swapped = || Coordinates::new(second, first).map(|_| format!("{}, {}", parts[1], parts[0]));
    Coordinates::new(first, second)
        .ok_or_else(|| swapped().map_or(CoordinatesError::OutOfRange, CoordinatesError::Swapped))
}

/// What other ways of writing mean: a comma for the point, degrees and minutes, N and W, other separators.
fn guess(text: &str) -> Option<String> {
    let inner = text.trim_matches(['[', ']', '(', ')', ' ']);
    let found = if inner.contains('°') { degrees(inner) } else { decimals(inner) }?;
    let [(latitude, a), (longitude, b)] = found.as_slice() else { return None };
    let fits = Coordinates::new(*latitude, *longitude).is_some();
    fits.then(|| format!("{a}, {b}"))
}

/// The two numbers in the address of a map, or in a group such as `{ lat: 34.0726, lng: -117.4343 }`.
pub(super) fn within(text: &str) -> Option<String> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')));
    let exact = |word: &&str| word.split_once('.').is_some_and(|(_, places)| places.len() >= 2);
    let numbers: Vec<&str> = words.filter(exact).filter(|word| word.parse::<f64>().is_ok()).collect();
    let [first, second] = numbers.as_slice() else { return None };
    let lower = text.to_lowercase();
    let swapped =
        lower.find("lat").zip(lower.find("lon").or(lower.find("lng"))).is_some_and(|(lat, lon)| lon < lat);
    let (latitude, longitude) = if swapped { (second, first) } else { (first, second) };
    Coordinates::new(latitude.parse().ok()?, longitude.parse().ok()?)?;
    Some(format!("{latitude}, {longitude}"))
}

/// Numbers with their signs, each as it is to be typed: `34.0726 N 117.4343 W`, `34,0726; -117,4343`.
fn decimals(text: &str) -> Option<Vec<(f64, String)>> {
    let points = text.matches('.').count();
    let commas = text.matches(',').count();
    let text = if points == 0 && commas >= 2 { decimal_commas(text)? } else { text.replace(',', " ") };
    let mut numbers: Vec<(f64, String)> = Vec::new();
    for word in text.replace(';', " ").split_whitespace() {
        let digits = word.trim_matches(|c: char| c.is_alphabetic());
        let hemisphere = word.trim_matches(|c: char| !c.is_alphabetic()).to_uppercase();
        let negative = match hemisphere.as_str() {
            "" | "N" | "E" => false,
            "S" | "W" => true,
            _ => return None,
        };
        if !digits.is_empty() {
            numbers.push((digits.parse().ok()?, digits.to_owned()));
        }
        let last = numbers.last_mut()?;
        if negative {
            *last = (-last.0, format!("-{}", last.1));
        }
    }
    Some(numbers)
}

/// `34,0726, -117,4343` with points: every second comma parts the numbers.
fn decimal_commas(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [a, b, c, d] => Some(format!("{a}.{b} {c}.{d}")),
        _ => None,
    }
}

/// `34°04'21"N 117°26'03"W`, to four decimals, some ten metres.
fn degrees(text: &str) -> Option<Vec<(f64, String)>> {
    let ends: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| "NSEWnsew".contains(*c)).collect();
    let mut from = 0;
    let mut found = Vec::new();
    for (at, letter) in ends {
        let numbers = text[from..at].split(|c: char| !(c.is_ascii_digit() || c == '.'));
        let numbers: Vec<f64> = numbers.filter_map(|part| part.parse().ok()).collect();
        if numbers.is_empty() || numbers.len() > 3 {
            return None;
        }
        let value: f64 = numbers.iter().zip([1.0, 60.0, 3600.0]).map(|(number, part)| number / part).sum();
        let value = if "SWsw".contains(letter) { -value } else { value };
        found.push((value, format!("{value:.4}")));
        from = at + 1;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_read_or_guessed() {
        let read = |text: &str| match read(text) {
            Ok(place) => format!("{}, {}", place.latitude(), place.longitude()),
            Err(CoordinatesError::Unreadable(guess)) => format!("? {}", guess.unwrap_or_default()),
            Err(CoordinatesError::Swapped(right)) => format!("swapped {right}"),
            Err(CoordinatesError::OutOfRange) => "out of range".to_owned(),
            Err(CoordinatesError::Nowhere) => "nowhere".to_owned(),
        };
        for (text, expected) in [
            ("34.0726, -117.4343", "34.0726, -117.4343"),
            ("34.0726,−117.4343", "34.0726, -117.4343"),
            ("-117.4343, 34.0726", "swapped 34.0726, -117.4343"),
            ("0, 0", "nowhere"),
            ("200, 300", "out of range"),
            ("34.0726 -117.4343", "? 34.0726, -117.4343"),
            ("34.0726; -117.4343", "? 34.0726, -117.4343"),
            ("34,0726, -117,4343", "? 34.0726, -117.4343"),
            ("34.0726 N, 117.4343 W", "? 34.0726, -117.4343"),
            ("34°04'21\"N 117°26'03\"W", "? 34.0725, -117.4342"),
            ("34,0726 -117,4343", "? 34.0726, -117.4343"),
            ("https://maps.example/@34.0726,-117.4343,17z", "? 34.0726, -117.4343"),
            ("{ lng: -117.4343, lat: 34.0726 }", "? 34.0726, -117.4343"),
            ("near the gate", "? "),
            ("34.0726", "? "),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}

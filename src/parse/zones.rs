//! Which time zone somebody means whose word is not a zone's name.

use crate::diagnostics::nearest;

/// What people call the zones of the United States and of Central Europe, which the database of zones does not know or,
/// worse, knows as something else.
const SPOKEN: [(&[&str], &str); 7] = [
    (&["pst", "pdt", "pt", "pacific", "pacific_time"], "America/Los_Angeles"),
    (&["mst", "mdt", "mt", "mountain", "mountain_time"], "America/Denver"),
    (&["cst", "cdt", "ct", "central", "central_time"], "America/Chicago"),
    (&["est", "edt", "et", "eastern", "eastern_time"], "America/New_York"),
    (&["akst", "akdt", "alaska"], "America/Anchorage"),
    (&["hst", "hawaii"], "Pacific/Honolulu"),
    (&["mez", "mesz", "cet", "cest"], "Europe/Berlin"),
];

/// The zone that is meant by what people say for one: `CST`, `Pacific`.
pub fn spoken(name: &str) -> Option<&'static str> {
    let said = name.trim().replace(' ', "_").to_lowercase();
    SPOKEN.iter().find(|(spoken, _)| spoken.contains(&said.as_str())).map(|(_, zone)| *zone)
}

/// The zone that was meant: what is said for one, one that ends in the city that was typed, or a near name.
pub fn nearest(name: &str) -> Option<String> {
    if let Some(zone) = spoken(name) {
        return Some(zone.to_owned());
    }
    let city = name.trim().replace(' ', "_").to_lowercase();
    let known: Vec<String> = jiff::tz::db().available().map(|known| known.to_string()).collect();
    let ends = known.iter().find(|zone| zone.to_lowercase().rsplit('/').next() == Some(city.as_str()));
    let near = || nearest::nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
    ends.cloned().or_else(near)
}

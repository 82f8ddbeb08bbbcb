//! The names of fields, those that people type for them, and whose they are.

use super::campaign::{
    RawAction, RawAlert, RawCampaign, RawEmployer, RawMediaWords, RawMenuEntry, RawPhase, RawSign, RawTheme,
    RawUnion,
};
use super::documents::{
    RawChange, RawCommon, RawContact, RawCorrection, RawEntry, RawEvent, RawGathering, RawImage, RawIssuer,
    RawLocation, RawPage, RawPlace, RawRange, RawShift, RawSource, RawSpeaker, RawStatement, RawTimeline,
};

/// Everything that has fields, as a sentence names it.
const OWNERS: [(&str, &[&str]); 28] = [
    ("a page", RawPage::KEYS),
    ("a statement", RawStatement::KEYS),
    ("a location", RawLocation::KEYS),
    ("an event", RawEvent::KEYS),
    ("a timeline", RawTimeline::KEYS),
    ("a shift", RawShift::KEYS),
    ("an event of a location", RawGathering::KEYS),
    ("an entry of a timeline", RawEntry::KEYS),
    ("a change of plan", RawChange::KEYS),
    ("a place", RawPlace::KEYS),
    ("a contact", RawContact::KEYS),
    ("a picture", RawImage::KEYS),
    ("a source", RawSource::KEYS),
    ("a speaker", RawSpeaker::KEYS),
    ("an issuer", RawIssuer::KEYS),
    ("campaign.yaml", RawCampaign::KEYS),
    ("a phase", RawPhase::KEYS),
    ("a theme", RawTheme::KEYS),
    ("a union", RawUnion::KEYS),
    ("an alert", RawAlert::KEYS),
    ("a sign", RawSign::KEYS),
    ("an action", RawAction::KEYS),
    ("a range", RawRange::KEYS),
    ("a correction", RawCorrection::KEYS),
    ("an employer", RawEmployer::KEYS),
    ("an entry of the menu", RawMenuEntry::KEYS),
    ("a picture in another language", RawMediaWords::KEYS),
    ("every document", RawCommon::KEYS),
];

/// Names that people bring from elsewhere, and ours.
const SYNONYMS: [(&str, &str); 61] = [
    ("alt_text", "alt"),
    ("alternative_text", "alt"),
    ("alttext", "alt"),
    ("categories", "tags"),
    ("category", "tags"),
    ("coords", "coordinates"),
    ("copyright", "credit"),
    ("day", "days"),
    ("description", "summary"),
    ("e_mail", "email"),
    ("email_address", "email"),
    ("embargo", "publish"),
    ("excerpt", "summary"),
    ("expiry", "expires"),
    ("file_name", "file"),
    ("geo", "coordinates"),
    ("gps", "coordinates"),
    ("heading", "title"),
    ("headline", "title"),
    ("href", "url"),
    ("keywords", "tags"),
    ("lang", "language"),
    ("lastmod", "updated"),
    ("lat_lng", "coordinates"),
    ("latlng", "coordinates"),
    ("link", "url"),
    ("location_name", "name"),
    ("mail", "email"),
    ("media_contact", "press"),
    ("modified", "updated"),
    ("open", "hours"),
    ("permalink", "slug"),
    ("phone_number", "phone"),
    ("photo", "image"),
    ("photographer", "credit"),
    ("picture", "image"),
    ("place_name", "name"),
    ("position", "coordinates"),
    ("postcode", "postal_code"),
    ("press_contact", "press"),
    ("publish_date", "publish"),
    ("published_at", "publish"),
    ("start", "date"),
    ("start_date", "date"),
    ("starts", "date"),
    ("state", "region"),
    ("street", "address"),
    ("subtitle", "summary"),
    ("tel", "phone"),
    ("telephone", "phone"),
    ("template", "layout"),
    ("time", "hours"),
    ("times", "hours"),
    ("timezone", "time_zone"),
    ("tz", "time_zone"),
    ("venue", "location"),
    ("web", "url"),
    ("website", "url"),
    ("when", "date"),
    ("zip", "postal_code"),
    ("zip_code", "postal_code"),
];

/// A field's name in code, as it is typed: `r#type` is `type`.
fn typed(name: &'static str) -> &'static str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Whether any of ours has a field of this name.
pub(in crate::parse) fn is_field(name: &str) -> bool {
    OWNERS.iter().any(|(_, keys)| keys.iter().any(|key| typed(key) == name))
}

/// A key without quotation marks around it that YAML does not know.
pub(in crate::parse) fn unquoted(key: &str) -> &str {
    key.trim_matches(['“', '”', '„', '‘', '’', '«', '»', '"', '\''])
}

/// A key as our keys are written: `Key Points` is `key_points`.
pub(in crate::parse) fn plain(key: &str) -> String {
    let key = unquoted(key);
    let words: Vec<&str> = key.split([' ', '-', '_', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    words.join("_").to_lowercase()
}

/// Keys with those that few kinds of documents have in front.
pub(in crate::parse) fn own_first(keys: &[String]) -> Vec<String> {
    let is_common = |key: &&String| RawPage::KEYS.iter().any(|common| typed(common) == key.as_str());
    let (common, own): (Vec<_>, Vec<_>) = keys.iter().partition(is_common);
    own.into_iter().chain(common).cloned().collect()
}

/// A group of fields as it is written where `message` wants a struct of ours: its first field, with the value that was
/// typed where that is the one.
pub(in crate::parse) fn example(message: &str, value: &str) -> String {
    const FIRST: [(&str, &str); 9] = [
        ("RawAlert", "text"),
        ("RawAction", "label"),
        ("RawPhase", "phase"),
        ("RawSource", "url"),
        ("RawImage", "file"),
        ("RawMenuEntry", "to"),
        ("RawShift", "days"),
        ("RawChange", "date"),
        ("RawEntry", "date"),
    ];
    if message.contains("expected a map") {
        return "{ name: value }".to_owned();
    }
    let wanted = message.split_once("struct ").map_or("", |(_, rest)| rest);
    let first = FIRST.iter().find(|(name, _)| wanted.starts_with(name)).map_or("name", |(_, field)| field);
    let plain = value.chars().all(|c| c.is_alphabetic() || " .'’-".contains(c)) && !value.is_empty();
    let said = if plain && matches!(first, "name" | "text" | "label") { value } else { "…" };
    format!("{{ {first}: {said} }}")
}

/// Our name for what is called otherwise elsewhere.
pub(in crate::parse) fn synonym(key: &str) -> Option<&'static str> {
    SYNONYMS.iter().find(|(other, _)| *other == key).map(|(_, ours)| *ours)
}

/// Whose field a key is, as a sentence names them: at most three.
pub(in crate::parse) fn elsewhere(key: &str) -> Vec<&'static str> {
    let owners = OWNERS.iter().filter(|(_, keys)| keys.iter().any(|known| typed(known) == key));
    owners.map(|(owner, _)| *owner).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_elsewhere_lead_to_ours() {
        for (other, ours) in SYNONYMS {
            assert!(is_field(ours), "{other} leads to {ours}, which is no field");
        }
        assert!(SYNONYMS.is_sorted());
    }

    #[test]
    fn keys_are_known_by_their_words() {
        assert_eq!(plain("Key Points"), "key_points");
        assert_eq!(plain("time-zone"), "time_zone");
        assert_eq!(plain("“title”"), "title");
        assert_eq!(elsewhere("coordinates"), ["a location", "a place"]);
        assert!(is_field("type") && !is_field("r#type"));
    }
}

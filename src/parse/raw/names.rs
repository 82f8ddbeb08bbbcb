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
const SYNONYMS: [(&str, &str); 46] = [
    ("categories", "tags"),
    ("category", "tags"),
    ("coords", "coordinates"),
    ("copyright", "credit"),
    ("day", "days"),
    ("description", "summary"),
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
    ("link", "url"),
    ("location_name", "name"),
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
    ("publish_date", "publish"),
    ("published_at", "publish"),
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

/// A key as our keys are written: `Key Points` is `key_points`.
pub(in crate::parse) fn plain(key: &str) -> String {
    let words: Vec<&str> = key.split([' ', '-', '_', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    words.join("_").to_lowercase()
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
        assert_eq!(elsewhere("coordinates"), ["a location", "a place"]);
        assert!(is_field("type") && !is_field("r#type"));
    }
}

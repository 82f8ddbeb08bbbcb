//! "Did you mean": the word that was most likely meant.

/// The candidate nearest to `word`, where one is near enough: at most a third of its letters differ (two letters
/// that changed places count once).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let allowed = (lower.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let keys = ["title", "date", "summary", "locations"];
        assert_eq!(nearest("daet", keys), Some("date"));
        assert_eq!(nearest("Title", keys), Some("title"));
        assert_eq!(nearest("loction", keys), Some("locations"));
        assert_eq!(nearest("banana", keys), None);
    }
}

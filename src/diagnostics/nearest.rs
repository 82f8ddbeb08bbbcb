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

/// Sorts names by how alike they are to a word, the likeliest to be meant first; such as are equally so by letter.
pub fn by_likeness(word: &str, names: &mut [String]) {
    let unlike = |name: &str| 1.0 - strsim::jaro_winkler(&word.to_lowercase(), &name.to_lowercase());
    names.sort_by(|one, other| unlike(one).total_cmp(&unlike(other)).then_with(|| one.cmp(other)));
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

    #[test]
    fn the_likeliest_come_first() {
        let mut names = ["fontana", "day-4", "day-1", "san-diego-hospital"].map(str::to_owned);
        by_likeness("san-diego", &mut names);
        assert_eq!(names, ["san-diego-hospital", "day-1", "day-4", "fontana"]);
    }
}

//! "Did you mean …?": the nearest of the valid spellings.

/// The candidate nearest to `written`, if it is near enough to be a slip of the keyboard.
///
/// Distance is Damerau–Levenshtein (optimal string alignment) over lower-cased text; a third of the
/// letters may differ, at least one and at most four. Ties go to the first in order of the alphabet.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = written.to_lowercase();
    let letters = wanted.chars().count();
    let limit = (letters / 3).clamp(1, 4);
    candidates
        .into_iter()
        // The distance is no less than the difference in length, which is counted sooner.
        .filter(|candidate| candidate.chars().count().abs_diff(letters) <= limit)
        .map(|candidate| (strsim::osa_distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_mended_and_a_stranger_is_not() {
        assert_eq!(nearest("minuts", ["minutes", "materials"]).as_deref(), Some("minutes"));
        assert_eq!(nearest("xyz", ["minutes"]), None);
    }
}

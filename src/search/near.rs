//! A mistyped word to the word that was meant.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::language::Lexicon;

/// What is near a word that is not in the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Near {
    /// Near enough to be searched for instead.
    Correction(String),
    /// A little further off: worth asking about.
    Suggestion(String),
}

/// Fewest letters of a stem that is compared: most short ones are near some other.
const SHORTEST_STEM: usize = 6;

/// How many times as many pages a word must be on to be asked about beside one that is there.
const MORE_COMMON: usize = 10;

/// A word has more letters than this for each edit, if it is only asked about.
const FEWEST_LETTERS_AN_EDIT: usize = 3;

/// How many edits a word of so many letters may be off.
fn limit(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The word of `vocabulary` (with the number of its pages) nearest to `word`, both compared without the language's own
/// letters: first as they are written, then, where nothing is near enough, without their endings. Of several at one
/// distance, one of the same letters in another order, then one with the same first letter, then the most frequent, then
/// the first.
pub fn near(word: &str, vocabulary: &[(String, u32)], lexicon: &Lexicon) -> Option<Near> {
    let as_written = nearest(&lexicon.fold(word), vocabulary, |known| lexicon.fold(known));
    if matches!(as_written, Some(Near::Correction(_))) {
        return as_written;
    }
    let stem = |word: &str| lexicon.fold(&lexicon.term(word)).into_owned();
    let own = stem(word);
    if own.chars().count() < SHORTEST_STEM {
        return as_written;
    }
    match nearest(&own, vocabulary, |known| stem(known).into()) {
        Some(Near::Correction(known)) => Some(Near::Correction(known)),
        _ => as_written,
    }
}

/// The word of `vocabulary` that may have been meant by a `word` that is there on `pages` pages: one edit from it, and on
/// many more pages.
pub fn more_common(word: &str, pages: usize, vocabulary: &[(String, u32)], lexicon: &Lexicon) -> Option<String> {
    let letters = |word: &str| -> Vec<char> { lexicon.fold(word).chars().collect() };
    let (own, term) = (letters(word), lexicon.term(word));
    if own.len() < SHORTEST_STEM || pages == 0 {
        return None;
    }
    let is_near = |known: &str| {
        let letters = letters(known);
        let is_alike = letters.len() >= SHORTEST_STEM && letters[0] == own[0];
        is_alike && distance(&own, &letters, 1).is_some() && lexicon.term(known) != term
    };
    let common = vocabulary.iter().filter(|(_, on)| *on as usize >= pages * MORE_COMMON);
    let near = common.filter(|(known, _)| is_near(known));
    near.min_by_key(|(known, on)| (Reverse(*on), known)).map(|(known, _)| known.clone())
}

fn nearest<'a>(word: &str, vocabulary: &'a [(String, u32)], spelt: impl Fn(&'a str) -> Cow<'a, str>) -> Option<Near> {
    let folded: Vec<char> = word.chars().collect();
    let limit = limit(folded.len());
    if limit == 0 {
        return None;
    }
    let sorted = |letters: &[char]| {
        let mut letters = letters.to_vec();
        letters.sort_unstable();
        letters
    };
    let own_letters = sorted(&folded);
    let mut best: Option<(usize, bool, bool, Reverse<u32>, &str)> = None;
    for (known, pages) in vocabulary {
        let letters: Vec<char> = spelt(known).chars().collect();
        if letters.len().abs_diff(folded.len()) > limit + 1 || letters.len() < 3 {
            continue;
        }
        let most = best.map_or(limit + 1, |(distance, ..)| distance);
        if let Some(distance) = distance(&folded, &letters, most) {
            let others = sorted(&letters) != own_letters;
            let candidate = (distance, others, letters[0] != folded[0], Reverse(*pages), known.as_str());
            if best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
            }
        }
    }
    let (distance, _, other_first, _, known) = best?;
    if distance <= limit {
        return Some(Near::Correction(known.to_owned()));
    }
    // Beyond the limit most words are near some other: only long ones that begin alike are worth a question, and only where
    // most letters stay, or *stress* would be *straks*.
    (distance * FEWEST_LETTERS_AN_EDIT < folded.len() && !other_first).then(|| Near::Suggestion(known.to_owned()))
}

/// The number of letters to insert, remove, replace or swap with their neighbour, if it is no more than `most`: optimal
/// string alignment, the restricted form of Damerau's distance (F. J. Damerau, CACM 7(3), 1964).
fn distance(from: &[char], to: &[char], most: usize) -> Option<usize> {
    if from.len().abs_diff(to.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = vec![0; to.len() + 1];
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.iter().enumerate() {
        let mut next = vec![row + 1; to.len() + 1];
        let mut least = row + 1;
        for (column, other) in to.iter().enumerate() {
            let mut cost =
                (last[column] + usize::from(letter != other)).min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *letter == to[column - 1] && from[row - 1] == *other {
                cost = cost.min(before[column - 1] + 1);
            }
            next[column + 1] = cost;
            least = least.min(cost);
        }
        // A swap may still reach back over this row, so one more is allowed before giving up.
        if least > most + 1 {
            return None;
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lexicon;
    use crate::model::handbook::Language;

    fn nearest(word: &str) -> Option<Near> {
        let words = ["borger", "bog", "feedback", "værtskab", "øvelse", "vært"];
        let vocabulary: Vec<(String, u32)> = words.map(|word| (word.to_owned(), 1)).into();
        near(word, &vocabulary, lexicon(Language::Danish))
    }

    fn correction(word: &str) -> Option<Near> {
        Some(Near::Correction(word.to_owned()))
    }

    #[test]
    fn one_edit_is_corrected_and_two_in_long_words() {
        assert_eq!(nearest("broger"), correction("borger"));
        assert_eq!(nearest("brger"), correction("borger"));
        assert_eq!(nearest("værskab"), correction("værtskab"));
        assert_eq!(nearest("vretskab"), correction("værtskab"));
        assert_eq!(nearest("ovlse"), correction("øvelse"));
        assert_eq!(nearest("bg"), None);
        assert_eq!(nearest("qwxzyk"), None);
    }

    #[test]
    fn endings_do_not_count_as_edits() {
        let vocabulary = [("referenceinterviewet".to_owned(), 1)];
        assert_eq!(
            near("refferenceinterview", &vocabulary, lexicon(Language::Danish)),
            correction("referenceinterviewet")
        );
    }

    #[test]
    fn beside_a_rare_word_a_much_more_common_one_is_asked_about() {
        let vocabulary = [("sletter", 1), ("slutter", 10), ("splitter", 90), ("sletterne", 90)];
        let vocabulary = vocabulary.map(|(word, pages)| (word.to_owned(), pages));
        let asked = |pages| more_common("sletter", pages, &vocabulary, lexicon(Language::Danish));
        assert_eq!(asked(1).as_deref(), Some("slutter"));
        assert_eq!(asked(2), None);
    }

    #[test]
    fn what_is_further_off_is_only_asked_about() {
        assert_eq!(nearest("fedback"), correction("feedback"));
        assert_eq!(nearest("feebdcka"), None);
        assert_eq!(nearest("fedbcak"), Some(Near::Suggestion("feedback".to_owned())));
        assert_eq!(nearest("borgreen"), None);
    }

    #[test]
    fn a_word_of_which_too_few_letters_stay_is_not_asked_about() {
        let vocabulary = [("straks".to_owned(), 1)];
        assert_eq!(near("stress", &vocabulary, lexicon(Language::Danish)), None);
    }
}

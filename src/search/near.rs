//! A mistyped word to the word that was meant.

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

/// How many edits a word of so many letters may be off.
fn limit(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The word of `vocabulary` (with the number of its pages) nearest to `word`, both compared without the language's own
/// letters. Of several at one distance, one of the same letters in another order, then one with the same first letter,
/// then the most frequent, then the first.
pub fn near(word: &str, vocabulary: &[(String, u32)], lexicon: &Lexicon) -> Option<Near> {
    let folded: Vec<char> = lexicon.fold(word).chars().collect();
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
        let letters: Vec<char> = lexicon.fold(known).chars().collect();
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
    // Beyond the limit most words are near some other: only long ones that begin alike are worth a question.
    (folded.len() >= 5 && !other_first).then(|| Near::Suggestion(known.to_owned()))
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
    fn what_is_further_off_is_only_asked_about() {
        assert_eq!(nearest("fedback"), correction("feedback"));
        assert_eq!(nearest("borgreen"), Some(Near::Suggestion("borger".to_owned())));
        assert_eq!(nearest("brgre"), Some(Near::Suggestion("borger".to_owned())));
    }
}

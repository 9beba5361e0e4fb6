//! A word to the parts it is put together of, by the handbook's own words and the language's linking letters.

use std::collections::HashSet;

use crate::language::Lexicon;

/// The shortest part of a word taken in two.
const SHORTEST: usize = 3;
/// The shortest known part of a word whose other part is not known.
const SHORTEST_ALONE: usize = 5;
/// A part may itself be a compound, this often.
const DEEPEST: usize = 3;

/// The words that parts may be: terms of the words that stand alone in a handbook.
pub type KnownTerms = HashSet<String>;

/// The terms of the known words that a lower-case `word` is put together of, first to last; none where it is not.
pub fn split(word: &str, known: &KnownTerms, lexicon: &Lexicon) -> Vec<String> {
    words_of(word, known, lexicon, 0).iter().map(|part| lexicon.term(part)).collect()
}

/// The terms of all parts of a lower-case `word`, parts of parts included, sorted. Where only its beginning or its end
/// is a known word, that one.
pub fn parts(word: &str, known: &KnownTerms, lexicon: &Lexicon) -> Vec<String> {
    let mut parts = Vec::new();
    collect(word, known, lexicon, 0, &mut parts);
    if parts.is_empty() {
        let at = letter_starts(word);
        let is_known = |part: &str| is_known(part, known, lexicon);
        if at.len() >= SHORTEST_ALONE + SHORTEST && lexicon.may_be_compound(&lexicon.term(word)) {
            let tails = (SHORTEST..=at.len() - SHORTEST_ALONE).map(|letter| &word[at[letter]..]);
            parts.extend(tails.into_iter().find(|tail| is_known(tail)).map(|tail| lexicon.term(tail)));
            let heads = (SHORTEST_ALONE..=at.len() - SHORTEST).rev().map(|letter| &word[..at[letter]]);
            parts.extend(heads.into_iter().find(|head| is_known(head)).map(|head| lexicon.term(head)));
        }
    }
    let own = lexicon.term(word);
    parts.retain(|part| *part != own);
    parts.sort_unstable();
    parts.dedup();
    parts
}

fn collect(word: &str, known: &KnownTerms, lexicon: &Lexicon, depth: usize, parts: &mut Vec<String>) {
    if depth == DEEPEST {
        return;
    }
    for part in words_of(word, known, lexicon, 0) {
        parts.push(lexicon.term(part));
        collect(part, known, lexicon, depth + 1, parts);
    }
}

/// The known words that `word` is put together of, the last as long as can be.
fn words_of<'a>(word: &'a str, known: &KnownTerms, lexicon: &Lexicon, depth: usize) -> Vec<&'a str> {
    let at = letter_starts(word);
    if depth == DEEPEST || at.len() < 2 * SHORTEST || !lexicon.may_be_compound(&lexicon.term(word)) {
        return Vec::new();
    }
    for middle in &at[SHORTEST..=at.len() - SHORTEST] {
        let (head, tail) = word.split_at(*middle);
        if !is_known(tail, known, lexicon) {
            continue;
        }
        for link in lexicon.rules.links {
            let Some(head) = head.strip_suffix(link).filter(|head| head.chars().count() >= SHORTEST) else { continue };
            let mut parts =
                if is_known(head, known, lexicon) { vec![head] } else { words_of(head, known, lexicon, depth + 1) };
            if !parts.is_empty() {
                parts.push(tail);
                return parts;
            }
        }
    }
    Vec::new()
}

fn is_known(part: &str, known: &KnownTerms, lexicon: &Lexicon) -> bool {
    lexicon.may_be_part(part) && known.contains(&lexicon.term(part))
}

fn letter_starts(word: &str) -> Vec<usize> {
    word.char_indices().map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lexicon;
    use crate::model::handbook::Language;

    fn parts_of(word: &str, known: &str) -> String {
        let danish = lexicon(Language::Danish);
        parts(word, &known.split(' ').map(|word| danish.term(word)).collect(), danish).join(" ")
    }

    #[test]
    fn a_compound_is_taken_apart_by_known_words_and_linking_letters() {
        assert_eq!(parts_of("værtskabsprincipper", "værtskab princip"), "princip værtskab");
        assert_eq!(parts_of("sygefravær", "syg fravær"), "fravær syg");
        assert_eq!(parts_of("børnebog", "barn bog"), "barn bog");
        assert_eq!(parts_of("trivselsmåling", "trivsel måling"), "måle trivsel");
        assert_eq!(parts_of("gruppearbejdsplads", "gruppe arbejde plads"), "arbejd grup plad");
    }

    #[test]
    fn a_known_end_or_beginning_is_a_part_where_the_rest_is_not_known() {
        assert_eq!(parts_of("sygefravær", "fravær"), "fravær");
        assert_eq!(parts_of("borgerservice", "borger"), "borg");
        assert_eq!(parts_of("forum", "rum"), "");
    }

    #[test]
    fn endings_small_words_and_words_of_their_own_are_no_parts() {
        assert_eq!(parts_of("værtskab", "vært skab"), "vært");
        assert_eq!(parts_of("spørgsmål", "spørg mål"), "");
        assert_eq!(parts_of("overblik", "over"), "");
    }
}

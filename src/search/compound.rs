//! A word to the parts it is put together of, by the handbook's own words and the language's linking letters.

use std::collections::HashSet;

use crate::language::Lexicon;

/// The shortest part of a word taken in two.
const SHORTEST: usize = 3;
/// The same where letters may stand for others, so that more words look like parts.
const SHORTEST_FOLDED: usize = 4;
/// The shortest known part of a word whose other part is not known.
const SHORTEST_ALONE: usize = 5;
/// A part may itself be a compound, this often.
const DEEPEST: usize = 3;

/// The stems of the words that stand alone in a handbook: what parts may be.
pub type Stems = HashSet<String>;

/// The words that parts may be, and how they are compared.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    known: &'a Stems,
    stem: fn(&Lexicon, &str) -> String,
    lexicon: &'a Lexicon,
    shortest: usize,
    /// Whether this very word stands in the handbook.
    is_word: &'a dyn Fn(&str) -> bool,
}

impl<'a> Parts<'a> {
    /// Parts as they are written; `known` are terms.
    pub fn written(known: &'a Stems, is_word: &'a dyn Fn(&str) -> bool, lexicon: &'a Lexicon) -> Self {
        Self { known, stem: Lexicon::term, lexicon, shortest: SHORTEST, is_word }
    }

    /// Parts in letters of another keyboard; `known` are keys.
    pub fn folded(known: &'a Stems, is_word: &'a dyn Fn(&str) -> bool, lexicon: &'a Lexicon) -> Self {
        Self { known, stem: Lexicon::key, lexicon, shortest: SHORTEST_FOLDED, is_word }
    }

    /// The stems of the known words that a lower-case `word` is put together of, first to last; none where it is not.
    pub fn split(self, word: &str) -> Vec<String> {
        self.words(word, 0).iter().map(|part| self.stem(part)).collect()
    }

    /// The stems of all parts of a lower-case `word`, parts of parts included, sorted. Where only its beginning or its
    /// end is a known word, that one.
    pub fn all(self, word: &str) -> Vec<String> {
        let mut parts = Vec::new();
        self.collect(word, 0, &mut parts);
        if parts.is_empty() {
            // A short stem is that of many words: *planet* is no form of *plan*. One letter less is no other word.
            let is_own = |end: &str| {
                let stem = self.stem(end).chars().count();
                stem >= SHORTEST_ALONE || stem + 1 >= end.chars().count()
            };
            let ends = self.ends(word, |end| is_own(end) || (self.is_word)(end));
            parts.extend(ends.map(|end| self.stem(end)));
        }
        let own = self.stem(word);
        parts.retain(|part| *part != own);
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// What of a lower-case `word` is known, as it is written there: the words it is put together of, else the
    /// word at its beginning and the one at its end.
    pub fn known_words(self, word: &str) -> Vec<&str> {
        let words = self.words(word, 0);
        if words.is_empty() { self.ends(word, |end| (self.is_word)(end)).collect() } else { words }
    }

    fn stem(self, word: &str) -> String {
        (self.stem)(self.lexicon, word)
    }

    fn is_known(self, part: &str) -> bool {
        self.lexicon.may_be_part(part) && self.known.contains(&self.stem(part))
    }

    fn collect(self, word: &str, depth: usize, parts: &mut Vec<String>) {
        if depth == DEEPEST {
            return;
        }
        for part in self.words(word, 0) {
            parts.push(self.stem(part));
            self.collect(part, depth + 1, parts);
        }
    }

    /// The known words that `word` is put together of, the last as long as can be.
    fn words(self, word: &str, depth: usize) -> Vec<&str> {
        let at = letter_starts(word);
        if depth == DEEPEST || at.len() < 2 * self.shortest || !self.may_be_compound(word) {
            return Vec::new();
        }
        for middle in &at[self.shortest..=at.len() - self.shortest] {
            let (head, tail) = word.split_at(*middle);
            if !self.is_known(tail) {
                continue;
            }
            for link in self.lexicon.rules.links {
                let Some(head) = head.strip_suffix(link).filter(|head| head.chars().count() >= self.shortest) else {
                    continue;
                };
                let mut parts = if self.is_known(head) { vec![head] } else { self.words(head, depth + 1) };
                if !parts.is_empty() {
                    parts.push(tail);
                    return parts;
                }
            }
        }
        Vec::new()
    }

    /// The longest known word at the beginning of `word`, and at its end, that `may_be` one, where what is left
    /// is long enough for another.
    fn ends(self, word: &str, may_be: impl Fn(&str) -> bool) -> impl Iterator<Item = &str> {
        let at = letter_starts(word);
        let is_long = at.len() >= SHORTEST_ALONE + SHORTEST && self.may_be_compound(word);
        let cuts = if is_long { SHORTEST..at.len() - SHORTEST + 1 } else { 0..0 };
        let is_known = |end: &str| self.is_known(end) && may_be(end);
        let links = self.lexicon.rules.links;
        let head = cuts.clone().rev().filter(|letters| *letters >= SHORTEST_ALONE).find_map(|letters| {
            links.iter().filter_map(|link| word[..at[letters]].strip_suffix(link)).find(|head| is_known(head))
        });
        let mut tails = cuts.filter(|from| at.len() - from >= SHORTEST_ALONE).map(|from| &word[at[from]..]);
        [head, tails.find(|tail| is_known(tail))].into_iter().flatten()
    }

    fn may_be_compound(self, word: &str) -> bool {
        self.lexicon.may_be_compound(&self.lexicon.term(word))
    }
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
        let is_word = |word: &str| known.split(' ').any(|known| known == word);
        Parts::written(&known.split(' ').map(|word| danish.term(word)).collect(), &is_word, danish).all(word).join(" ")
    }

    #[test]
    fn a_compound_is_taken_apart_by_known_words_and_linking_letters() {
        assert_eq!(parts_of("værtskabsprincipper", "værtskab princip"), "princip værtskab");
        assert_eq!(parts_of("sygefravær", "syg fravær"), "fravær syg");
        assert_eq!(parts_of("børnebog", "barn bog"), "barn bog");
        assert_eq!(parts_of("trivselsmåling", "trivsel måling"), "måle trivsel");
        assert_eq!(parts_of("gruppearbejdsplads", "gruppe arbejde plads"), "arbejd grup plads");
    }

    #[test]
    fn a_known_end_or_beginning_is_a_part_where_the_rest_is_not_known() {
        assert_eq!(parts_of("sygefravær", "fravær"), "fravær");
        assert_eq!(parts_of("borgerservice", "borger"), "borg");
        assert_eq!(parts_of("forum", "rum"), "");
        assert_eq!(parts_of("guitarakkorder", "ord"), "");
    }

    #[test]
    fn a_compound_is_taken_apart_as_it_is_typed_without_the_languages_letters() {
        let danish = lexicon(Language::Danish);
        let known = ["måle", "metode", "gæst", "rolle"].map(|word| danish.key(word)).into();
        let split = |word| Parts::folded(&known, &|_| false, danish).known_words(word).join(" ");
        assert_eq!(split("maalemetode"), "maale metode");
        assert_eq!(split("gaesterolle"), "gaeste rolle");
        assert_eq!(split("malemetoder"), "male metoder");
    }

    #[test]
    fn endings_small_words_and_words_of_their_own_are_no_parts() {
        assert_eq!(parts_of("værtskab", "vært skab"), "vært");
        assert_eq!(parts_of("spørgsmål", "spørg mål"), "");
        assert_eq!(parts_of("overblik", "over"), "");
    }
}

//! A word to the parts it is put together of, by the handbook's own words and the language's linking letters.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::language::Lexicon;

/// The shortest part of a word taken in two.
const SHORTEST: usize = 3;
/// The same where letters may stand for others, so that more words look like parts.
const SHORTEST_FOLDED: usize = 4;
/// The shortest known part of a word whose other part is not known.
const SHORTEST_ALONE: usize = 5;
/// A part may itself be a compound, this often.
const DEEPEST: usize = 3;

/// The stem that is asked for, if it is that of a word that stands alone in a handbook: what parts may be.
pub type KnownStem<'a, 'k> = &'a dyn Fn(&str) -> Option<&'k str>;

/// The words that parts may be, and how they are compared.
pub struct Parts<'a, 'k, 'w> {
    known: KnownStem<'a, 'k>,
    stem: fn(&Lexicon, &str) -> String,
    lexicon: &'a Lexicon,
    shortest: usize,
    /// Whether this very word stands in the handbook.
    is_word: &'a dyn Fn(&str) -> bool,
    /// What was asked before, with the stem of what is known: the words of a language share their ends.
    asked: RefCell<FxHashMap<&'w str, Option<&'k str>>>,
    /// What parts were taken apart into before.
    taken: RefCell<FxHashMap<&'w str, Rc<[&'w str]>>>,
}

impl<'a, 'k, 'w> Parts<'a, 'k, 'w> {
    /// Parts as they are written; `known` are terms.
    pub fn written(known: KnownStem<'a, 'k>, is_word: &'a dyn Fn(&str) -> bool, lexicon: &'a Lexicon) -> Self {
        let (asked, taken) = Default::default();
        Self { known, stem: Lexicon::term, lexicon, shortest: SHORTEST, is_word, asked, taken }
    }

    /// Parts in letters of another keyboard; `known` are keys.
    pub fn folded(known: KnownStem<'a, 'k>, is_word: &'a dyn Fn(&str) -> bool, lexicon: &'a Lexicon) -> Self {
        Self { stem: Lexicon::key, shortest: SHORTEST_FOLDED, ..Self::written(known, is_word, lexicon) }
    }

    /// The stems of the known words that a lower-case `word` is put together of, first to last; none where it is not.
    pub fn split(&self, word: &'w str) -> Vec<&'k str> {
        self.stems(&self.words(word))
    }

    /// The stems of all parts of a lower-case `word`, parts of parts included, sorted. Where only its beginning or its
    /// end is a known word, that one.
    pub fn all(&self, word: &'w str) -> Vec<&'k str> {
        self.split_and_all(word, &(self.stem)(self.lexicon, word)).1
    }

    /// Both of these at once, of a `word` whose stem is known to be `own`.
    pub fn split_and_all(&self, word: &'w str, own: &str) -> (Vec<&'k str>, Vec<&'k str>) {
        let words = self.words(word);
        let mut parts = Vec::new();
        if words.is_empty() {
            // A short stem is that of many words: *planet* is no form of *plan*. One letter less is no other word.
            let is_own = |end: &str, stem: &str| {
                let stem = stem.chars().count();
                stem >= SHORTEST_ALONE || stem + 1 >= end.chars().count()
            };
            let ends = self.ends(word, |end, stem| is_own(end, stem) || (self.is_word)(end));
            parts.extend(ends.filter_map(|end| self.known_stem(end)));
        } else {
            self.collect(&words, 0, &mut parts);
        }
        parts.retain(|part| *part != own);
        parts.sort_unstable();
        parts.dedup();
        (self.stems(&words), parts)
    }

    /// What of a lower-case `word` is known, as it is written there: the words it is put together of, else the
    /// word at its beginning and the one at its end.
    pub fn known_words(&self, word: &'w str) -> Vec<&'w str> {
        let words = self.words(word);
        if words.is_empty() { self.ends(word, |end, _| (self.is_word)(end)).collect() } else { words }
    }

    /// The stem of `part`, if it may be one and the handbook knows it.
    fn known_stem(&self, part: &'w str) -> Option<&'k str> {
        let known = || (self.known)(&(self.stem)(self.lexicon, part));
        let stem = || known().filter(|_| self.lexicon.may_be_part(part));
        *self.asked.borrow_mut().entry(part).or_insert_with(stem)
    }

    fn stems(&self, words: &[&'w str]) -> Vec<&'k str> {
        words.iter().filter_map(|word| self.known_stem(word)).collect()
    }

    /// The stems of the `words` that a word is put together of, and of those that they are put together of.
    fn collect(&self, words: &[&'w str], depth: usize, parts: &mut Vec<&'k str>) {
        if depth == DEEPEST {
            return;
        }
        for word in words {
            parts.extend(self.known_stem(word));
            self.collect(&self.words_of_part(word), depth + 1, parts);
        }
    }

    /// [`words`](Self::words) of a part: the compounds of a handbook have many in common.
    fn words_of_part(&self, part: &'w str) -> Rc<[&'w str]> {
        if let Some(words) = self.taken.borrow().get(part) {
            return Rc::clone(words);
        }
        let words: Rc<[&str]> = self.words(part).into();
        self.taken.borrow_mut().insert(part, Rc::clone(&words));
        words
    }

    /// The known words that `word` is put together of, the last as long as can be.
    fn words(&self, word: &'w str) -> Vec<&'w str> {
        let at = letter_starts(word);
        let mut cuts = self.shortest..(at.len() + 1).saturating_sub(self.shortest);
        // The first of them is a known beginning of the word, so none ends before the shortest of these.
        match cuts.find(|letters| self.known_stem(&word[..at[*letters]]).is_some()) {
            Some(first) => self.words_from(first, word, &at, 0),
            None => Vec::new(),
        }
    }

    /// The same of a `word` with letters `at` these bytes, which begins with no known word of fewer letters than `first`.
    fn words_from(&self, first: usize, word: &'w str, at: &[usize], depth: usize) -> Vec<&'w str> {
        if depth == DEEPEST || at.len() < first + self.shortest {
            return Vec::new();
        }
        for middle in &at[first..=at.len() - self.shortest] {
            let (head, tail) = word.split_at(*middle);
            if self.known_stem(tail).is_none() {
                continue;
            }
            for link in self.lexicon.rules.links {
                let Some(head) = head.strip_suffix(link) else { continue };
                let at = &at[..at.partition_point(|start| *start < head.len())];
                if at.len() < first {
                    continue;
                }
                let is_known = self.known_stem(head).is_some();
                let mut parts = if is_known { vec![head] } else { self.words_from(first, head, at, depth + 1) };
                if !parts.is_empty() {
                    parts.push(tail);
                    return if self.may_be_compound(word) { parts } else { Vec::new() };
                }
            }
        }
        Vec::new()
    }

    /// The longest known word at the beginning of `word`, and at its end, that `may_be` one, where what is left
    /// is long enough for another.
    fn ends(&self, word: &'w str, may_be: impl Fn(&str, &str) -> bool) -> impl Iterator<Item = &'w str> {
        let at = letter_starts(word);
        let cuts = if at.len() >= SHORTEST_ALONE + SHORTEST { SHORTEST..at.len() - SHORTEST + 1 } else { 0..0 };
        let is_known = |end: &'w str| self.known_stem(end).is_some_and(|stem| may_be(end, stem));
        let links = self.lexicon.rules.links;
        let head = cuts.clone().rev().filter(|letters| *letters >= SHORTEST_ALONE).find_map(|letters| {
            links.iter().filter_map(|link| word[..at[letters]].strip_suffix(link)).find(|head| is_known(head))
        });
        let mut tails = cuts.filter(|from| at.len() - from >= SHORTEST_ALONE).map(|from| &word[at[from]..]);
        let found = [head, tails.find(|tail| is_known(tail))];
        let is_any = found.iter().any(Option::is_some) && self.may_be_compound(word);
        found.into_iter().flatten().filter(move |_| is_any)
    }

    fn may_be_compound(&self, word: &str) -> bool {
        self.lexicon.may_be_compound(&self.lexicon.term(word))
    }
}

fn letter_starts(word: &str) -> Vec<usize> {
    word.char_indices().map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::language::lexicon;
    use crate::model::handbook::Language;

    fn parts_of(word: &str, known: &str) -> String {
        let danish = lexicon(Language::Danish);
        let is_word = |word: &str| known.split(' ').any(|known| known == word);
        let known: BTreeSet<String> = known.split(' ').map(|word| danish.term(word)).collect();
        let known = |stem: &str| known.get(stem).map(|stem| &**stem);
        Parts::written(&known, &is_word, danish).all(word).join(" ")
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
        let known = BTreeSet::from(["måle", "metode", "gæst", "rolle"].map(|word| danish.key(word)));
        let known = |stem: &str| known.get(stem).map(|stem| &**stem);
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

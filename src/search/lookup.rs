//! A word to the terms of an index that it may stand for. The browser's `search-lookup.js` does the same, step by step.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::compound::Parts;
use super::index::{Index, Term, TermNumber};
use crate::language::Lexicon;

/// Terms that begin with what has been typed, or hold it, at most.
pub(super) const MOST_COMPLETIONS: usize = 40;
/// Fewest letters of a word looked for at the beginning or the end of others.
const SHORTEST_WITHIN: usize = 5;

impl Index {
    /// The number of the term with this text.
    pub(super) fn term(&self, text: &str, lexicon: &Lexicon) -> Option<TermNumber> {
        let folded = lexicon.fold(text);
        let order = |term: &Term| (*term.folded).cmp(&folded).then_with(|| (*term.text).cmp(text));
        self.terms.binary_search_by(order).ok().map(|number| number as TermNumber)
    }

    /// The terms that a word with this key may stand for.
    pub(super) fn under_key(&self, key: &str) -> impl Iterator<Item = TermNumber> {
        let from = self.terms.partition_point(|term| *term.folded < *key);
        let same = self.terms[from..].iter().take_while(move |term| *term.folded == *key).count();
        let further = self.keys.get(key).into_iter().flatten().copied();
        (from..from + same).map(|number| number as TermNumber).chain(further)
    }

    /// The terms that begin with `word`, the most frequent first.
    pub(super) fn completions(&self, word: &str, lexicon: &Lexicon) -> Vec<TermNumber> {
        let folded = lexicon.fold(word);
        let exactly = lexicon.has_own_letters(word);
        let from = self.terms.partition_point(|term| *term.folded < *folded);
        let mut found: Vec<TermNumber> = (from..self.terms.len())
            .take_while(|number| self.terms[*number].folded.starts_with(&*folded))
            .filter(|number| !exactly || self.terms[*number].text.starts_with(word))
            .map(|number| number as TermNumber)
            .collect();
        found.sort_by_key(|number| (std::cmp::Reverse(self.postings_of(*number).len()), *number));
        found.truncate(MOST_COMPLETIONS);
        found
    }

    /// The terms of the words that `word` is put together of, if it is; `exact` is its own. None where one is not there.
    pub(super) fn split(&self, word: &str, exact: Option<TermNumber>, lexicon: &Lexicon) -> Option<Vec<TermNumber>> {
        let is_word = |part: &str| self.has_word(part);
        let parts: Vec<&str> = match exact {
            Some(term) => self.terms[term as usize].parts.iter().map(|part| &**part).collect(),
            None => Parts::written(&self.known_term(lexicon), &is_word, lexicon).split(word),
        };
        parts.into_iter().map(|part| self.term(part, lexicon)).collect()
    }

    /// The same for a `word` in letters of another keyboard.
    pub(super) fn folded_split(&self, word: &str, lexicon: &Lexicon) -> Option<Vec<TermNumber>> {
        if lexicon.has_own_letters(word) {
            return None;
        }
        let is_word = |part: &str| self.has_word(part);
        let keys = Parts::folded(&self.known_key(lexicon), &is_word, lexicon).split(word);
        keys.iter().map(|key| self.under_key(key).next()).collect()
    }

    /// The terms of all known parts of `word`.
    pub(super) fn parts_of(&self, word: &str, lexicon: &Lexicon) -> Vec<TermNumber> {
        let is_word = |part: &str| self.has_word(part);
        let parts = Parts::written(&self.known_term(lexicon), &is_word, lexicon).all(word);
        parts.iter().filter_map(|part| self.term(part, lexicon)).collect()
    }

    /// What of `word` is known, as it is typed.
    pub(super) fn known_words<'a>(&self, word: &'a str, lexicon: &Lexicon) -> Vec<&'a str> {
        let is_word = |part: &str| self.has_word(part);
        let known = Parts::written(&self.known_term(lexicon), &is_word, lexicon).known_words(word);
        if known.is_empty() && !lexicon.has_own_letters(word) {
            return Parts::folded(&self.known_key(lexicon), &is_word, lexicon).known_words(word);
        }
        known
    }

    fn known_term<'i>(&'i self, lexicon: &Lexicon) -> impl Fn(&str) -> Option<&'i str> + use<'i> {
        let known = self.known(lexicon);
        |stem| known.terms.get(stem).map(|stem| &**stem)
    }

    fn known_key<'i>(&'i self, lexicon: &Lexicon) -> impl Fn(&str) -> Option<&'i str> + use<'i> {
        let known = self.known(lexicon);
        |stem| known.keys.get(stem).map(|stem| &**stem)
    }

    fn has_word(&self, word: &str) -> bool {
        self.words.binary_search_by(|(known, _)| (**known).cmp(word)).is_ok()
    }

    /// The terms of words that begin with the stem of `word` or end with it or with `word` itself.
    pub(super) fn within(&self, word: &str, lexicon: &Lexicon) -> Vec<TermNumber> {
        let stem = lexicon.term(word);
        let (folded, folded_stem) = (lexicon.fold(word), lexicon.fold(&stem));
        let is_long = |text: &str| text.chars().count() >= SHORTEST_WITHIN;
        let exactly = lexicon.has_own_letters(word);
        let (word, stem) = if exactly { (word, &*stem) } else { (&*folded, &*folded_stem) };
        let holds = |known: &str, term: &str| {
            let spelt = |text| if exactly { Cow::Borrowed(text) } else { lexicon.fold(text) };
            let (known, term) = (spelt(known), spelt(term));
            is_long(stem) && (known.starts_with(stem) || term.ends_with(stem)) || is_long(word) && known.ends_with(word)
        };
        let terms = self.words.iter().filter_map(|(known, _)| {
            let term = lexicon.term(known);
            if holds(known, &term) { self.term(&term, lexicon) } else { None }
        });
        let terms: BTreeSet<TermNumber> = terms.collect();
        terms.into_iter().take(MOST_COMPLETIONS).collect()
    }

    /// BM25's weight of a term by how few pages it is on, in hundredths.
    pub(super) fn rarity(&self, term: TermNumber) -> u64 {
        let pages = self.texts.len() as f64;
        let with = self.postings_of(term).len() as f64;
        (100.0 * (1.0 + (pages - with + 0.5) / (with + 0.5)).ln()).round() as u64
    }
}

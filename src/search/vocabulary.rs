//! The words of a handbook to its terms: what each word is found by, and what it is put together of.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::compound::Parts;
use super::dictionary::{WordNumber, Words};
use super::index::TermNumber;
use crate::language::Lexicon;

/// All words of a handbook with what becomes of them.
pub(super) struct Vocabulary<'a> {
    dictionary: &'a Words,
    /// Those on any page, sorted.
    pub used: Vec<UsedWord<'a>>,
    /// Folded text and text of each term, sorted.
    pub terms: Vec<(String, String)>,
    /// By term, the terms that its first word is put together of.
    pub term_parts: Vec<Vec<String>>,
    /// Keys of words that differ from their term's folded text, with the terms.
    pub keys: BTreeMap<String, Vec<TermNumber>>,
    /// By number in the dictionary; of words on no page, none that means anything.
    meanings: Vec<Meaning>,
    /// The parts of all words, one word after another.
    parts: Vec<TermNumber>,
}

/// A word that is on some page.
pub(super) struct UsedWord<'a> {
    /// Its first bytes as a number that sorts as they do: few words need to be looked at to be put in order.
    beginning: u128,
    pub text: &'a str,
    number: WordNumber,
    /// How many pages it is on.
    pub pages: u32,
}

/// What a word stands for: its term, and the place of its parts among all parts. Small, since it is looked up for every
/// word of every page.
#[derive(Clone, Default)]
struct Meaning {
    term: TermNumber,
    parts: Range<u32>,
}

impl<'a> Vocabulary<'a> {
    /// Those words of `dictionary` that `pages`, by number, says to be on any page.
    pub fn collect(dictionary: &'a Words, pages: &[u32], lexicon: &Lexicon) -> Self {
        let used = used_words(dictionary, pages);
        let forms: Vec<Forms> = used.par_iter().map(|word| lexicon.term_and_key(word.text)).collect();
        let mut terms: Vec<(String, String)> =
            forms.par_iter().map(|(term, _)| (lexicon.fold(term).into_owned(), term.clone())).collect();
        // Stable, as what is nearly in order is put in order the quickest.
        terms.par_sort();
        terms.dedup();
        let by_text = TermsByText::new(&terms, &used, &forms, lexicon);
        let is_word = |word: &str| dictionary.get_index_of(word).is_some_and(|number| pages[number] > 0);
        let taken_apart = take_apart(&used, &forms, &by_text, &is_word, lexicon);

        let mut keys: BTreeMap<String, Vec<TermNumber>> = BTreeMap::new();
        let mut first: Vec<Option<Vec<&str>>> = vec![None; terms.len()];
        let mut meanings = vec![Meaning::default(); pages.len()];
        let mut all_parts = Vec::new();
        for ((word, (term, key)), taken) in used.iter().zip(&forms).zip(taken_apart) {
            let term = by_text.numbers[term.as_str()];
            if *key != terms[term as usize].0 {
                let under = keys.entry(key.clone()).or_default();
                if !under.contains(&term) {
                    under.push(term);
                    under.sort_unstable();
                }
            }
            let from = all_parts.len() as u32;
            if let Some((split, parts)) = taken {
                first[term as usize].get_or_insert(split);
                all_parts.extend(parts);
            }
            meanings[word.number as usize] = Meaning { term, parts: from..all_parts.len() as u32 };
        }
        let owned = |split: Option<Vec<&str>>| split.into_iter().flatten().map(str::to_owned).collect();
        let term_parts = first.into_iter().map(owned).collect();
        Self { dictionary, used, terms, term_parts, keys, meanings, parts: all_parts }
    }

    /// The term of a word on some page, and the terms of its parts.
    pub fn meaning(&self, word: WordNumber) -> (TermNumber, &[TermNumber]) {
        let Meaning { term, parts } = &self.meanings[word as usize];
        (*term, &self.parts[parts.start as usize..parts.end as usize])
    }

    /// By term, on how many pages its words and those that it is a part of are; a page counts for each of them.
    pub fn page_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.terms.len()];
        for word in &self.used {
            let (term, parts) = self.meaning(word.number);
            counts[term as usize] += word.pages;
            parts.iter().for_each(|part| counts[*part as usize] += word.pages);
        }
        counts
    }

    /// The folded term of a lower-case word that is on some page.
    pub fn folded_term(&self, word: &str) -> Option<&str> {
        let (term, _) = self.meaning(self.dictionary.get_index_of(word)? as WordNumber);
        Some(&self.terms[term as usize].0)
    }
}

/// The term and the key of a word.
type Forms = (String, String);

/// Terms by their text.
struct TermsByText<'t> {
    numbers: FxHashMap<&'t str, TermNumber>,
    /// By number, whether a word of the term stands alone.
    may_be_part: Vec<bool>,
}

impl<'t> TermsByText<'t> {
    fn new(terms: &'t [(String, String)], used: &[UsedWord], forms: &[Forms], lexicon: &Lexicon) -> Self {
        let numbers: FxHashMap<&str, TermNumber> =
            terms.iter().enumerate().map(|(number, (_, text))| (text.as_str(), number as TermNumber)).collect();
        let mut may_be_part = vec![false; terms.len()];
        for (word, (term, _)) in used.iter().zip(forms) {
            may_be_part[numbers[term.as_str()] as usize] |= stands_alone(word.text, lexicon);
        }
        Self { numbers, may_be_part }
    }

    /// The term with this text, if it may be a part of a compound.
    fn known_part(&self, text: &str) -> Option<&'t str> {
        let (text, number) = self.numbers.get_key_value(text)?;
        self.may_be_part[*number as usize].then_some(*text)
    }
}

/// The terms of the parts that a word is put together of, first to last, and the numbers of all its parts; nothing of a
/// small word.
type TakenApart<'t> = Option<(Vec<&'t str>, Vec<TermNumber>)>;

/// Takes all words apart, each into terms that may be parts.
fn take_apart<'w, 't>(
    used: &'w [UsedWord<'w>],
    forms: &'w [Forms],
    terms: &TermsByText<'t>,
    is_word: &(dyn Fn(&str) -> bool + Sync),
    lexicon: &Lexicon,
) -> Vec<TakenApart<'t>> {
    // What is remembered of parts is of use to all words of a run, which one thread takes apart after each other.
    const RUN: usize = 8 * 1024;
    let known = |stem: &str| terms.known_part(stem);
    let of_run = |(words, forms): (&'w [UsedWord<'w>], &'w [Forms])| {
        let parts = Parts::written(&known, is_word, lexicon);
        let take = |(word, (term, _)): (&'w UsedWord<'w>, &'w Forms)| {
            if lexicon.is_small(word.text) {
                return None;
            }
            let (split, all) = parts.split_and_all(word.text, term);
            Some((split, all.iter().filter_map(|part| terms.numbers.get(part).copied()).collect()))
        };
        words.iter().zip(forms).map(take).collect::<Vec<_>>()
    };
    used.par_chunks(RUN).zip(forms.par_chunks(RUN)).flat_map_iter(of_run).collect()
}

/// The words of `dictionary` that are on any of `pages`, sorted.
fn used_words<'a>(dictionary: &'a Words, pages: &[u32]) -> Vec<UsedWord<'a>> {
    let numbered = dictionary.iter().zip(pages).enumerate();
    let mut used: Vec<UsedWord> = numbered
        .filter(|(_, (_, pages))| **pages > 0)
        .map(|(number, (text, pages))| UsedWord {
            beginning: beginning(text),
            text,
            number: number as WordNumber,
            pages: *pages,
        })
        .collect();
    used.par_sort_unstable_by(|one, other| (one.beginning, one.text).cmp(&(other.beginning, other.text)));
    used
}

/// The first bytes of a word as a number: of two words, the first in order has no greater one.
fn beginning(word: &str) -> u128 {
    let mut first = [0; size_of::<u128>()];
    let length = word.len().min(first.len());
    first[..length].copy_from_slice(&word.as_bytes()[..length]);
    u128::from_be_bytes(first)
}

/// Whether a lower-case word may also be a part of others.
fn stands_alone(word: &str, lexicon: &Lexicon) -> bool {
    word.chars().count() >= 3 && word.chars().all(char::is_alphabetic) && lexicon.may_be_part(word)
}

/// What may be a part of a compound: stems of the words that stand alone.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownParts {
    /// As they are written.
    pub terms: FxHashSet<String>,
    /// In letters of another keyboard.
    pub keys: FxHashSet<String>,
}

impl KnownParts {
    /// Those of a handbook with these words.
    pub fn of<'w>(words: impl Iterator<Item = &'w str>, lexicon: &Lexicon) -> Self {
        let forms = words.filter(|word| stands_alone(word, lexicon)).map(|word| lexicon.term_and_key(word));
        let (terms, keys) = forms.unzip();
        Self { terms, keys }
    }
}

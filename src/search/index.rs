//! The texts of all pages to an index: every term with the pages it is on and what it means there.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::compound::{Parts, Stems};
use super::count::PageWords;
use super::dictionary::{Dictionary, Words};
use super::text::PageText;
use super::tuning::TUNING;
use crate::language::{Lexicon, lower, words};

/// Number of a page in the order of reading.
pub type PageIndex = u32;
/// Number of a term in [`Index::terms`].
pub type TermNumber = u32;

/// An index over the pages of an edition.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The pages.
    pub texts: Vec<Arc<PageText>>,
    /// By folded text, then by text.
    pub terms: Vec<Term>,
    /// Keys of words that differ from their term's folded text, with the terms.
    pub keys: BTreeMap<String, Vec<TermNumber>>,
    /// Whole titles and other names as folded terms, with their pages and whether it is the title.
    pub names: BTreeMap<String, Vec<(PageIndex, bool)>>,
    /// Every word but the small ones as written, in lower case, and on how many pages; sorted.
    pub words: Vec<(String, u32)>,
    /// The terms of words that may be parts of a compound.
    pub known: Stems,
    /// The keys of the same words.
    pub known_keys: Stems,
    /// Whether all of it is small enough to be loaded at once.
    pub is_small: bool,
}

/// How much text is loaded at once, in bytes: half a second on a slow line, and less than the eye notices to index.
const SMALL: usize = 256 * 1024;

/// A term.
#[derive(Debug, Clone, Default)]
pub struct Term {
    /// The stem.
    pub text: String,
    /// Without the language's own letters.
    pub folded: String,
    /// Pages by number, each with the term's impact, from 1.
    pub postings: Vec<(PageIndex, u8)>,
    /// The terms that its first word is put together of, if it is a compound.
    pub parts: Vec<String>,
}

/// The index over `texts`, whose words are counted in `counts` by their numbers in `dictionary`.
pub fn index(
    texts: Vec<Arc<PageText>>,
    counts: &[Arc<PageWords>],
    dictionary: &Dictionary,
    lexicon: &Lexicon,
) -> Index {
    dictionary.read(|words| {
        let vocabulary = Vocabulary::collect(words, &page_counts(counts, words.len()), lexicon);
        let postings = vocabulary.postings(counts);
        let terms = vocabulary.terms.into_iter().zip(postings).zip(vocabulary.term_parts);
        let term = |(((folded, text), postings), parts)| Term { text, folded, postings, parts };
        let mut words: Vec<(String, u32)> = vocabulary
            .words
            .iter()
            .filter(|word| !lexicon.is_small(word.text))
            .map(|word| (word.text.to_owned(), word.pages))
            .collect();
        words.sort_unstable();
        Index {
            terms: terms.map(term).collect(),
            keys: vocabulary.keys,
            names: names(&texts, lexicon),
            words,
            known: vocabulary.known,
            known_keys: vocabulary.known_keys,
            is_small: texts.iter().map(|text| text.size()).sum::<usize>() <= SMALL,
            texts,
        }
    })
}

/// By number of a word, how many pages it is on.
fn page_counts(counts: &[Arc<PageWords>], words: usize) -> Vec<u32> {
    let mut pages = vec![0; words];
    for (word, _) in counts.iter().flat_map(|count| &count.words) {
        pages[*word as usize] += 1;
    }
    pages
}

/// BM25's weight of a term on a page, saturated and made to pay for the page's length, as a number from 1.
fn impact(weight: u32, length: u32, average: f64) -> u8 {
    let weight = f64::from(weight);
    let length = if average > 0.0 { f64::from(length) / average } else { 1.0 };
    let saturation = TUNING.saturation * (1.0 - TUNING.length + TUNING.length * length);
    (1.0 + (TUNING.impact - 1.0) * weight / (weight + saturation)).floor() as u8
}

fn add(weights: &mut Vec<(PageIndex, u32)>, page: PageIndex, weight: u32) {
    match weights.last_mut() {
        Some((last, known)) if *last == page => *known += weight,
        _ => weights.push((page, weight)),
    }
}

fn names(texts: &[Arc<PageText>], lexicon: &Lexicon) -> BTreeMap<String, Vec<(PageIndex, bool)>> {
    let mut names: BTreeMap<String, Vec<(PageIndex, bool)>> = BTreeMap::new();
    for (page, text) in texts.iter().enumerate() {
        let own = std::iter::once((&text.title, true)).chain(text.names.iter().map(|name| (name, false)));
        for (name, is_title) in own {
            let pages = names.entry(whole_name(name, lexicon)).or_default();
            if pages.last().is_none_or(|(last, _)| *last != page as PageIndex) {
                pages.push((page as PageIndex, is_title));
            }
        }
    }
    names.remove("");
    names
}

/// A whole title as folded terms with single spaces between them.
pub fn whole_name(name: &str, lexicon: &Lexicon) -> String {
    let folded = |word| lexicon.fold(&lexicon.term(&lower(word))).into_owned();
    let terms: Vec<String> = words(name).map(|(_, word)| folded(word)).collect();
    terms.join(" ")
}

/// Words that one thread takes apart after each other.
const RUN: usize = 8 * 1024;

/// The terms of the parts that a word is put together of, first to last, and the numbers of all its parts.
type TakenApart<'k> = (Vec<&'k str>, Vec<TermNumber>);

/// All words of a handbook with what becomes of them.
struct Vocabulary<'a> {
    words: Vec<Word<'a>>,
    /// By number in the dictionary, the place in `words`; of words on no page, none that means anything.
    places: Vec<u32>,
    /// Folded text and text, sorted.
    terms: Vec<(String, String)>,
    /// By term, what its first word is put together of.
    term_parts: Vec<Vec<String>>,
    keys: BTreeMap<String, Vec<TermNumber>>,
    known: Stems,
    known_keys: Stems,
}

struct Word<'a> {
    text: &'a str,
    term: TermNumber,
    parts: Vec<TermNumber>,
    /// How many pages it is on.
    pages: u32,
}

impl<'a> Vocabulary<'a> {
    /// Those of `dictionary` that `pages`, by number, says to be on any page.
    fn collect(dictionary: &'a Words, pages: &[u32], lexicon: &Lexicon) -> Self {
        let mut places = vec![0; pages.len()];
        let mut used: Vec<(&'a str, u32)> = Vec::with_capacity(pages.len());
        for (number, (word, pages)) in dictionary.iter().zip(pages).enumerate().filter(|(_, (_, pages))| **pages > 0) {
            places[number] = used.len() as u32;
            used.push((word, *pages));
        }
        let stems: Vec<String> = used.par_iter().map(|(word, _)| lexicon.term(word)).collect();
        let word_keys: Vec<String> = used.par_iter().map(|(word, _)| lexicon.key(word)).collect();
        let may_be_part = |word: &str| {
            word.chars().count() >= 3 && word.chars().all(char::is_alphabetic) && lexicon.may_be_part(word)
        };
        let known = used.iter().zip(&stems).filter(|((word, _), _)| may_be_part(word));
        let known: Stems = known.map(|(_, term)| term.clone()).collect();
        let mut known_keys = Stems::default();
        let is_word = |word: &str| dictionary.get_index_of(word).is_some_and(|number| pages[number] > 0);
        let mut terms: Vec<(String, String)> =
            stems.par_iter().map(|term| (lexicon.fold(term).into_owned(), term.clone())).collect();
        terms.par_sort_unstable();
        terms.dedup();
        let numbers: FxHashMap<&str, TermNumber> =
            terms.iter().enumerate().map(|(number, (_, text))| (text.as_str(), number as TermNumber)).collect();
        // What is remembered of parts is of use to all words of a run.
        let runs = used.par_chunks(RUN).zip(stems.par_chunks(RUN));
        let taken_apart: Vec<TakenApart> = runs
            .flat_map_iter(|(words, stems)| {
                let parts = Parts::written(&known, &is_word, lexicon);
                let take = |((text, _), term): (&(&'a str, u32), &String)| {
                    if lexicon.is_small(text) {
                        return TakenApart::default();
                    }
                    let (split, all) = parts.split_and_all(text, term);
                    (split, all.iter().filter_map(|part| numbers.get(part).copied()).collect())
                };
                words.iter().zip(stems).map(take).collect::<Vec<_>>()
            })
            .collect();
        let mut keys: BTreeMap<String, Vec<TermNumber>> = BTreeMap::new();
        let mut first: Vec<Option<(&'a str, Vec<&str>)>> = vec![None; terms.len()];
        let mut words = Vec::with_capacity(stems.len());
        for ((((text, pages), term), key), (split, parts)) in
            used.into_iter().zip(&stems).zip(word_keys).zip(taken_apart)
        {
            let number = numbers[term.as_str()];
            if may_be_part(text) {
                known_keys.insert(key.clone());
            }
            if key != terms[number as usize].0 {
                let under = keys.entry(key).or_default();
                if !under.contains(&number) {
                    under.push(number);
                    under.sort_unstable();
                }
            }
            let first = &mut first[number as usize];
            if !lexicon.is_small(text) && first.as_ref().is_none_or(|(known, _)| text < *known) {
                *first = Some((text, split));
            }
            words.push(Word { text, term: number, parts, pages });
        }
        let owned = |(_, split): (_, Vec<&str>)| split.into_iter().map(str::to_owned).collect();
        let term_parts = first.into_iter().map(|first| first.map_or_else(Vec::new, owned)).collect();
        Self { words, places, terms, term_parts, keys, known, known_keys }
    }

    /// By term, the pages that it is on, each with its impact.
    fn postings(&self, counts: &[Arc<PageWords>]) -> Vec<Vec<(PageIndex, u8)>> {
        let mut most = vec![0; self.terms.len()];
        for word in &self.words {
            most[word.term as usize] += word.pages as usize;
            word.parts.iter().for_each(|part| most[*part as usize] += word.pages as usize);
        }
        let mut weights: Vec<Vec<(PageIndex, u32)>> = most.into_iter().map(Vec::with_capacity).collect();
        for (page, count) in counts.iter().enumerate() {
            for (word, weight) in &count.words {
                let word = &self.words[self.places[*word as usize] as usize];
                add(&mut weights[word.term as usize], page as PageIndex, *weight);
                word.parts.iter().for_each(|part| add(&mut weights[*part as usize], page as PageIndex, weight / 2));
            }
        }
        let average = counts.iter().map(|count| f64::from(count.length)).sum::<f64>() / counts.len().max(1) as f64;
        let impact = |(page, weight): (PageIndex, u32)| (page, impact(weight, counts[page as usize].length, average));
        weights.into_iter().map(|pages| pages.into_iter().map(impact).collect()).collect()
    }
}

//! The texts of all pages to an index: every term with the pages it is on and what it means there.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::compound::{Parts, Stems};
use super::text::PageText;
use super::tuning::TUNING;
use crate::language::{Lexicon, lexicon, lower, words};
use crate::model::handbook::Language;

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

/// The words of a page with their weights; the same for the same text.
#[derive(Debug, Clone, Default)]
pub struct PageWords {
    /// Every word in lower case, one after the other.
    text: String,
    /// Where each different word ends and begins in it, with its weight on the page.
    words: Vec<(Range<u32>, u32)>,
    /// How many words the page has, those of its title and names apart.
    length: u32,
}

impl PageWords {
    fn words(&self) -> impl Iterator<Item = (&str, u32)> {
        self.words.iter().map(|(range, weight)| (&self.text[range.start as usize..range.end as usize], *weight))
    }
}

/// Counts the words of a page.
pub fn count(page: &PageText) -> PageWords {
    let names = page.names.iter().chain(&page.tags).map(|name| (name, TUNING.names));
    let parts = page.parts.iter().flat_map(|part| [(&part.heading, TUNING.heading), (&part.text, TUNING.body)]);
    let named = std::iter::once((&page.title, TUNING.title)).chain(names);
    let mut text = String::with_capacity(page.size() + 64);
    let mut all: Vec<(Range<u32>, u32)> = Vec::new();
    let mut add = |field: &str, weight: u32| {
        for (_, word) in words(field) {
            let start = text.len() as u32;
            text.push_str(&lower(word));
            all.push((start..text.len() as u32, weight));
        }
        all.len() as u32
    };
    let named = named.map(|(field, weight)| add(field, weight)).last().unwrap_or(0);
    let own = std::iter::once((&page.lede, TUNING.lede)).chain(parts);
    let length = own.map(|(field, weight)| add(field, weight)).last().unwrap_or(named) - named;
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut words: Vec<(Range<u32>, u32)> = Vec::new();
    for (range, weight) in all {
        match first.entry(&text[range.start as usize..range.end as usize]) {
            Entry::Occupied(known) => words[*known.get()].1 += weight,
            Entry::Vacant(vacant) => {
                vacant.insert(words.len());
                words.push((range, weight));
            }
        }
    }
    PageWords { text, words, length }
}

/// The index over `texts`, whose words are counted in `counts`.
pub fn index(texts: Vec<Arc<PageText>>, counts: &[Arc<PageWords>], language: Language) -> Index {
    let lexicon = lexicon(language);
    let (numbered, pages) = number(counts);
    let vocabulary = Vocabulary::collect(numbered, lexicon);
    let mut weights: Vec<Vec<(PageIndex, u32)>> = vec![Vec::new(); vocabulary.terms.len()];
    for (page, words) in pages.iter().enumerate() {
        for (word, weight) in words {
            let word = &vocabulary.words[*word as usize];
            add(&mut weights[word.term as usize], page as PageIndex, *weight);
            word.parts.iter().for_each(|part| add(&mut weights[*part as usize], page as PageIndex, weight / 2));
        }
    }
    let average = counts.iter().map(|count| f64::from(count.length)).sum::<f64>() / counts.len().max(1) as f64;
    let terms: Vec<Term> = vocabulary
        .terms
        .iter()
        .zip(weights)
        .zip(vocabulary.term_parts)
        .map(|(((folded, text), weights), parts)| {
            let impact =
                |(page, weight): (PageIndex, u32)| (page, impact(weight, counts[page as usize].length, average));
            let postings = weights.into_iter().map(impact).collect();
            Term { text: text.clone(), folded: folded.clone(), postings, parts }
        })
        .collect();
    let names = names(&texts, lexicon);
    let mut words: Vec<(String, u32)> = vocabulary
        .words
        .iter()
        .filter(|word| !lexicon.is_small(word.text))
        .map(|word| (word.text.to_owned(), word.pages))
        .collect();
    words.sort_unstable();
    let (known, known_keys) = (vocabulary.known, vocabulary.known_keys);
    let is_small = texts.iter().map(|text| text.size()).sum::<usize>() <= SMALL;
    Index { texts, terms, keys: vocabulary.keys, names, words, known, known_keys, is_small }
}

/// Words of a page by number, with their weights.
type NumberedWords = Vec<(u32, u32)>;

/// Numbers all words in order of their first page: each with how many pages it is on, and the words of every page by number.
fn number(counts: &[Arc<PageWords>]) -> (Vec<(&str, u32)>, Vec<NumberedWords>) {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut words: Vec<(&str, u32)> = Vec::new();
    let mut numbered = |(word, weight)| {
        let number = *numbers.entry(word).or_insert_with(|| {
            words.push((word, 0));
            words.len() as u32 - 1
        });
        words[number as usize].1 += 1;
        (number, weight)
    };
    let pages = counts.iter().map(|count| count.words().map(&mut numbered).collect()).collect();
    (words, pages)
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

/// All words of a handbook with what becomes of them.
struct Vocabulary<'a> {
    words: Vec<Word<'a>>,
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
    fn collect(numbered: Vec<(&'a str, u32)>, lexicon: &Lexicon) -> Self {
        let stems: Vec<String> = numbered.iter().map(|(word, _)| lexicon.term(word)).collect();
        let may_be_part = |word: &str| {
            word.chars().count() >= 3 && word.chars().all(char::is_alphabetic) && lexicon.may_be_part(word)
        };
        let known = numbered.iter().zip(&stems).filter(|((word, _), _)| may_be_part(word));
        let known: Stems = known.map(|(_, term)| term.clone()).collect();
        let mut known_keys = Stems::new();
        let written: FxHashSet<&str> = numbered.iter().map(|(word, _)| *word).collect();
        let is_word = |word: &str| written.contains(word);
        let parts = Parts::written(&known, &is_word, lexicon);
        let mut terms: Vec<(String, String)> =
            stems.iter().map(|term| (lexicon.fold(term).into_owned(), term.clone())).collect();
        terms.sort_unstable();
        terms.dedup();
        let numbers: FxHashMap<&str, TermNumber> =
            terms.iter().enumerate().map(|(number, (_, text))| (text.as_str(), number as TermNumber)).collect();
        let mut keys: BTreeMap<String, Vec<TermNumber>> = BTreeMap::new();
        let mut first: Vec<Option<&str>> = vec![None; terms.len()];
        let mut words = Vec::with_capacity(stems.len());
        for ((text, pages), term) in numbered.into_iter().zip(&stems) {
            let number = numbers[term.as_str()];
            let key = lexicon.key(text);
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
            let is_small = lexicon.is_small(text);
            let all = if is_small { Vec::new() } else { parts.all(text) };
            let parts = all.iter().filter_map(|part| numbers.get(part.as_str()).copied()).collect();
            let first = &mut first[number as usize];
            if !is_small && first.is_none_or(|known| text < known) {
                *first = Some(text);
            }
            words.push(Word { text, term: number, parts, pages });
        }
        let split = |word: &Option<&str>| word.map_or_else(Vec::new, |word| parts.split(word));
        let term_parts = first.iter().map(split).collect();
        Self { words, terms, term_parts, keys, known, known_keys }
    }
}

//! The texts of all pages to an index: every term with the pages it is on and what it means there.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::compound::{self, KnownTerms};
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
    pub known: KnownTerms,
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
    /// In lower case, each once.
    pub words: Vec<(Box<str>, u32)>,
    /// How many words the page has, those of its title and names apart.
    pub length: u32,
}

/// Counts the words of a page.
pub fn count(text: &PageText) -> PageWords {
    let mut weights: HashMap<String, u32> = HashMap::new();
    let mut add = |text: &str, weight: u32| -> u32 {
        let mut count = 0;
        for (_, word) in words(text) {
            count += 1;
            let word = lower(word);
            match weights.get_mut(&*word) {
                Some(known) => *known += weight,
                None => drop(weights.insert(word.into_owned(), weight)),
            }
        }
        count
    };
    add(&text.title, TUNING.title);
    for name in text.names.iter().chain(&text.tags) {
        add(name, TUNING.names);
    }
    let mut length = add(&text.lede, TUNING.lede);
    for part in &text.parts {
        length += add(&part.heading, TUNING.heading) + add(&part.text, TUNING.body);
    }
    let mut words: Vec<(Box<str>, u32)> = weights.into_iter().map(|(word, weight)| (word.into(), weight)).collect();
    words.sort_unstable();
    PageWords { words, length }
}

/// The index over `texts`, whose words are counted in `counts`.
pub fn index(texts: Vec<Arc<PageText>>, counts: &[Arc<PageWords>], language: Language) -> Index {
    let lexicon = lexicon(language);
    let vocabulary = Vocabulary::collect(counts, lexicon);
    let mut weights: Vec<Vec<(PageIndex, u32)>> = vec![Vec::new(); vocabulary.terms.len()];
    for (page, count) in counts.iter().enumerate() {
        for (word, weight) in &count.words {
            let word = &vocabulary.words[vocabulary.numbers[&**word] as usize];
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
    let words = vocabulary
        .numbers
        .iter()
        .map(|(word, number)| (*word, vocabulary.words[*number as usize].pages))
        .filter(|(word, _)| !lexicon.is_small(word))
        .map(|(word, pages)| (word.to_owned(), pages))
        .collect();
    let is_small = texts.iter().map(|text| text.size()).sum::<usize>() <= SMALL;
    Index { texts, terms, keys: vocabulary.keys, names, words, known: vocabulary.known, is_small }
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
    numbers: BTreeMap<&'a str, u32>,
    words: Vec<Word>,
    /// Folded text and text, sorted.
    terms: Vec<(String, String)>,
    /// By term, what its first word is put together of.
    term_parts: Vec<Vec<String>>,
    keys: BTreeMap<String, Vec<TermNumber>>,
    known: KnownTerms,
}

struct Word {
    term: TermNumber,
    parts: Vec<TermNumber>,
    /// How many pages it is on.
    pages: u32,
}

impl<'a> Vocabulary<'a> {
    fn collect(counts: &'a [Arc<PageWords>], lexicon: &Lexicon) -> Self {
        let mut pages: BTreeMap<&str, u32> = BTreeMap::new();
        for count in counts {
            count.words.iter().for_each(|(word, _)| *pages.entry(word).or_default() += 1);
        }
        let stems: Vec<String> = pages.keys().map(|word| lexicon.term(word)).collect();
        let mut known = KnownTerms::new();
        for (word, term) in pages.keys().zip(&stems) {
            let is_word = word.chars().count() >= 3 && word.chars().all(char::is_alphabetic);
            if is_word && lexicon.may_be_part(word) {
                known.insert(term.clone());
            }
        }
        let mut terms: Vec<(String, String)> =
            stems.iter().map(|term| (lexicon.fold(term).into_owned(), term.clone())).collect();
        terms.sort_unstable();
        terms.dedup();
        let numbers: HashMap<&str, TermNumber> =
            terms.iter().enumerate().map(|(number, (_, text))| (text.as_str(), number as TermNumber)).collect();
        let mut keys: BTreeMap<String, Vec<TermNumber>> = BTreeMap::new();
        let mut words = Vec::with_capacity(stems.len());
        let mut is_first = vec![true; terms.len()];
        let mut term_parts = vec![Vec::new(); terms.len()];
        for ((word, pages), term) in pages.iter().zip(&stems) {
            let number = numbers[term.as_str()];
            let key = lexicon.key(word);
            if key != terms[number as usize].0 {
                let under = keys.entry(key).or_default();
                if !under.contains(&number) {
                    under.push(number);
                    under.sort_unstable();
                }
            }
            let is_small = lexicon.is_small(word);
            let parts = if is_small { Vec::new() } else { compound::parts(word, &known, lexicon) };
            let parts = parts.iter().filter_map(|part| numbers.get(part.as_str()).copied()).collect();
            if !is_small && std::mem::replace(&mut is_first[number as usize], false) {
                term_parts[number as usize] = compound::split(word, &known, lexicon);
            }
            words.push(Word { term: number, parts, pages: *pages });
        }
        let numbers = pages.keys().enumerate().map(|(number, word)| (*word, number as u32)).collect();
        Self { numbers, words, terms, term_parts, keys, known }
    }
}

//! The texts of all pages to an index: every term with the pages it is on and what it means there.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::count::PageWords;
use super::dictionary::Dictionary;
use super::runs::joined_text;
use super::text::PageText;
use super::tuning::TUNING;
use super::vocabulary::{KnownParts, Vocabulary};
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
    /// What terms are on which pages: those of one term in order of the pages, wherever they lie.
    postings: Vec<Posting>,
    /// What may be a part of a compound, once it has been asked for.
    known: OnceLock<KnownParts>,
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
    /// The place of its pages among all postings.
    postings: Range<u32>,
    /// The terms that its first word is put together of, if it is a compound.
    pub parts: Vec<String>,
}

/// A page that a term is on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Posting {
    /// The page.
    pub page: PageIndex,
    /// What the term means there, from 1.
    pub impact: u32,
}

impl Index {
    /// The pages that a term is on, in order.
    pub fn postings(&self, term: &Term) -> &[Posting] {
        &self.postings[term.postings.start as usize..term.postings.end as usize]
    }

    /// The same of the term with this number.
    pub(super) fn postings_of(&self, term: TermNumber) -> &[Posting] {
        self.postings(&self.terms[term as usize])
    }

    /// What may be a part of a compound. The browser, too, makes it of the words when it is first asked for it.
    pub(super) fn known(&self, lexicon: &Lexicon) -> &KnownParts {
        self.known.get_or_init(|| KnownParts::of(self.words.iter().map(|(word, _)| &**word), lexicon))
    }
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
        let (postings, places) = postings(&vocabulary, counts);
        let names = names(&texts, &vocabulary, lexicon);
        let words = vocabulary.used.iter().filter(|word| !lexicon.is_small(word.text));
        let words = words.map(|word| (word.text.to_owned(), word.pages)).collect();
        let terms = vocabulary.terms.into_iter().zip(places).zip(vocabulary.term_parts);
        let term = |(((folded, text), postings), parts)| Term { text, folded, postings, parts };
        Index {
            terms: terms.map(term).collect(),
            keys: vocabulary.keys,
            names,
            words,
            postings,
            known: OnceLock::new(),
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

/// The postings of all terms, and the place of each term's among them.
fn postings(vocabulary: &Vocabulary, counts: &[Arc<PageWords>]) -> (Vec<Posting>, Vec<Range<u32>>) {
    // Every term has room for all pages that it may be on, as no list then moves when it grows.
    let mut room = 0;
    let place = |pages: u32| {
        let from = room;
        room += pages;
        from..from
    };
    let mut places: Vec<Range<u32>> = vocabulary.page_counts().into_iter().map(place).collect();
    let mut postings = vec![Posting::default(); room as usize];
    for (page, count) in counts.iter().enumerate() {
        // What is a weight first becomes an impact in its place.
        let mut add = |term: TermNumber, weight: u32| {
            let place = &mut places[term as usize];
            match postings[..place.end as usize].last_mut() {
                Some(last) if last.page == page as PageIndex && place.start < place.end => last.impact += weight,
                _ => {
                    postings[place.end as usize] = Posting { page: page as PageIndex, impact: weight };
                    place.end += 1;
                }
            }
        };
        for (word, weight) in &count.words {
            let (term, parts) = vocabulary.meaning(*word);
            add(term, *weight);
            parts.iter().for_each(|part| add(*part, weight / 2));
        }
    }
    let average = counts.iter().map(|count| f64::from(count.length)).sum::<f64>() / counts.len().max(1) as f64;
    let saturations: Vec<f64> = counts.iter().map(|count| saturation(count.length, average)).collect();
    for place in &places {
        for posting in &mut postings[place.start as usize..place.end as usize] {
            posting.impact = impact(posting.impact, saturations[posting.page as usize]);
        }
    }
    (postings, places)
}

/// The weight of a term at which a page of this length has half of what it can have: BM25's `k1` made to pay for length.
fn saturation(length: u32, average: f64) -> f64 {
    let length = if average > 0.0 { f64::from(length) / average } else { 1.0 };
    TUNING.saturation * (1.0 - TUNING.length + TUNING.length * length)
}

/// BM25's weight of a term on a page as a number from 1.
fn impact(weight: u32, saturation: f64) -> u32 {
    let weight = f64::from(weight);
    (1.0 + (TUNING.impact - 1.0) * weight / (weight + saturation)).floor() as u32
}

fn names(
    texts: &[Arc<PageText>],
    vocabulary: &Vocabulary,
    lexicon: &Lexicon,
) -> BTreeMap<String, Vec<(PageIndex, bool)>> {
    let folded = |word: &str| match vocabulary.folded_term(word) {
        Some(folded) => folded.into(),
        None => folded_term(word, lexicon),
    };
    let mut names: BTreeMap<String, Vec<(PageIndex, bool)>> = BTreeMap::new();
    for (page, text) in texts.iter().enumerate() {
        let own = std::iter::once((&text.title, true)).chain(text.names.iter().map(|name| (name, false)));
        for (name, is_title) in own {
            for name in [Some(Cow::Borrowed(&**name)), joined_text(name).map(Cow::Owned)].into_iter().flatten() {
                let pages = names.entry(joined(&name, folded)).or_default();
                if pages.last().is_none_or(|(last, _)| *last != page as PageIndex) {
                    pages.push((page as PageIndex, is_title));
                }
            }
        }
    }
    names.remove("");
    names
}

/// A whole title as folded terms with single spaces between them.
pub fn whole_name(name: &str, lexicon: &Lexicon) -> String {
    joined(name, |word| folded_term(word, lexicon))
}

fn folded_term<'a>(word: &str, lexicon: &Lexicon) -> Cow<'a, str> {
    Cow::Owned(lexicon.fold(&lexicon.term(word)).into_owned())
}

/// What `folded` makes of each word of a name in lower case, with single spaces between.
fn joined<'a>(name: &str, folded: impl Fn(&str) -> Cow<'a, str>) -> String {
    let mut joined = String::with_capacity(name.len());
    for (_, word) in words(name) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&folded(&lower(word)));
    }
    joined
}

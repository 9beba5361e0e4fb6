//! A question to the pages that answer it, best first.
//!
//! Each word that carries something becomes a clause: the ways in which a page may say it. Pages are ranked by
//! whether the whole question is their title or another name of theirs, then by how many clauses they meet, then by
//! BM25 over fields (Robertson & Zaragoza, *The Probabilistic Relevance Framework*, 2009), whose saturated part is
//! [worked out beforehand](super::index). The browser's `search-engine.js` does the same, step by step.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization as _;

use super::compound;
use super::index::{Index, PageIndex, TermNumber, whole_name};
use super::near::{Near, near};
use super::text::PageText;
use super::tuning::TUNING;
use crate::language::{Lexicon, lower, words};

/// More words than this are not looked at: a question of ten thousand letters is answered by its beginning.
const MOST_WORDS: usize = 24;
/// Terms that begin with what has been typed, at most.
const MOST_COMPLETIONS: usize = 40;
/// Pages whose text is read for a quoted phrase, at most.
const MOST_READ: usize = 100;
/// Fewest letters of a beginning that is completed, in a small index and in another, where it costs loading.
const SHORTEST_PREFIX: (usize, usize) = (2, 3);
/// Fewest letters of a word looked for at the beginning or the end of others.
const SHORTEST_WITHIN: usize = 5;

/// The answer to a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Pages, best first.
    pub hits: Vec<Hit>,
    /// Words that were searched for instead of others: as typed, as searched for.
    pub corrected: Vec<(String, String)>,
    /// Whole questions that may have been meant.
    pub suggestions: Vec<String>,
    /// What to mark in a text.
    pub marks: Marks,
}

/// A page that answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The page.
    pub page: PageIndex,
    /// 2 if the question is its title, 1 if another name of it, else 0.
    pub named: u8,
    /// How many clauses it meets.
    pub matched: usize,
    /// How well.
    pub score: u64,
}

/// Terms to mark, with the clause that each belongs to and what it is worth.
pub type Marks = BTreeMap<String, (usize, u64)>;

/// A way to meet a clause: all of these terms, and how much that counts in percent.
struct Alternative {
    terms: Vec<TermNumber>,
    percent: u32,
}

/// A word of a question.
struct Asked {
    word: String,
    /// Whether more of it may be typed.
    open: bool,
}

/// Answers `question` from `index`.
pub fn answer(index: &Index, question: &str, lexicon: &Lexicon) -> Answer {
    let question: String = question.nfc().collect();
    let (plain, phrases) = phrases(&question);
    let mut asked: Vec<Asked> = Vec::new();
    for (text, is_open) in &plain {
        let from = asked.len();
        asked.extend(words(text).map(|(_, word)| Asked { word: lower(word).into_owned(), open: false }));
        if let (true, Some(last)) = (*is_open && text.ends_with(char::is_alphanumeric), asked[from..].last_mut()) {
            last.open = true;
        }
    }
    asked.truncate(MOST_WORDS);
    let carries = |asked: &Asked| !lexicon.is_small(&asked.word);
    let says_little = !asked.iter().any(carries);
    if !says_little {
        asked.retain(carries);
    }
    let mut answer = Answer::default();
    let mut scores: HashMap<PageIndex, (usize, u64)> = HashMap::new();
    let mut seen = BTreeSet::new();
    for asked in &asked {
        if !seen.insert(lexicon.term(&asked.word)) {
            continue;
        }
        let clause = seen.len() - 1;
        let alternatives = alternatives(index, asked, &question, lexicon, &mut answer);
        mark(index, &alternatives, clause, &mut answer.marks);
        for (page, score) in clause_scores(index, &alternatives) {
            let entry = scores.entry(page).or_default();
            *entry = (entry.0 + 1, entry.1 + score);
        }
    }
    let clauses = seen.len();
    let named = index.names.get(&whole_name(&question, lexicon));
    let named: HashMap<PageIndex, u8> =
        named.into_iter().flatten().map(|(page, is_title)| (*page, if *is_title { 2 } else { 1 })).collect();
    for page in named.keys() {
        scores.entry(*page).or_insert((clauses, 0));
    }
    let mut hits: Vec<Hit> = scores
        .into_iter()
        // Small words alone must all be there, or most pages would answer.
        .filter(|(_, (matched, _))| if says_little { *matched == clauses } else { matched * 2 >= clauses })
        .map(|(page, (matched, score))| Hit { page, named: named.get(&page).copied().unwrap_or(0), matched, score })
        .collect();
    hits.sort_by_key(|hit| (std::cmp::Reverse((hit.named, hit.matched, hit.score)), hit.page));
    if !phrases.is_empty() {
        hits.truncate(MOST_READ);
        hits.retain(|hit| phrases.iter().all(|phrase| has_phrase(&index.texts[hit.page as usize], phrase, lexicon)));
    }
    answer.hits = hits;
    answer
}

/// A stretch of a question outside or inside quotation marks, and whether its last word may go on.
type Stretch<'a> = (&'a str, bool);

/// All stretches, and the words of those in quotation marks. Marks that are not closed yet are none.
fn phrases(question: &str) -> (Vec<Stretch<'_>>, Vec<Vec<String>>) {
    let stretches: Vec<&str> = question.split(['"', '“', '”', '„', '»', '«']).collect();
    let last = stretches.len() - 1;
    let is_phrase = |at: usize| at % 2 == 1 && at < last;
    let plain = stretches.iter().enumerate().map(|(at, text)| (*text, at == last)).collect();
    let phrases = stretches.iter().enumerate().filter(|(at, _)| is_phrase(*at));
    let phrases = phrases.map(|(_, text)| words(text).map(|(_, word)| lower(word).into_owned()).collect::<Vec<_>>());
    (plain, phrases.filter(|phrase| !phrase.is_empty()).collect())
}

fn has_phrase(text: &PageText, phrase: &[String], lexicon: &Lexicon) -> bool {
    let phrase: Vec<_> = phrase.iter().map(|word| lexicon.fold(word)).collect();
    let fields = [&text.title, &text.lede].into_iter().chain(&text.names);
    let mut fields = fields.chain(text.parts.iter().flat_map(|part| [&part.heading, &part.text]));
    fields.any(|field| {
        let words: Vec<_> = words(field).map(|(_, word)| lexicon.fold(&lower(word)).into_owned()).collect();
        words.windows(phrase.len()).any(|window| *window == *phrase)
    })
}

fn alternatives(
    index: &Index,
    asked: &Asked,
    question: &str,
    lexicon: &Lexicon,
    answer: &mut Answer,
) -> Vec<Alternative> {
    let word = &*asked.word;
    let mut found: Vec<Alternative> = Vec::new();
    let mut take = |terms: Vec<TermNumber>, percent| {
        if !terms.is_empty() && !found.iter().any(|known: &Alternative| known.terms == terms) {
            found.push(Alternative { terms, percent });
        }
    };
    let exact = index.term(&lexicon.term(word), lexicon);
    take(Vec::from_iter(exact), TUNING.exact);
    let typed_without = !lexicon.has_own_letters(word);
    if exact.is_none() && typed_without {
        index.under_key(&lexicon.key(word)).for_each(|term| take(vec![term], TUNING.folded));
    }
    let is_there = exact.is_some() || typed_without && index.under_key(&lexicon.key(word)).next().is_some();
    let shortest = if index.is_small { SHORTEST_PREFIX.0 } else { SHORTEST_PREFIX.1 };
    if asked.open && word.chars().count() >= shortest {
        index.completions(word, lexicon).into_iter().for_each(|term| take(vec![term], TUNING.prefix));
    }
    let parts = match exact {
        Some(term) => index.terms[term as usize].parts.clone(),
        None => compound::split(word, &index.known, lexicon),
    };
    if let Some(terms) = parts.iter().map(|part| index.term(part, lexicon)).collect() {
        take(terms, if is_there { TUNING.loose_parts } else { TUNING.parts });
    }
    if !is_there {
        index.within(word, lexicon).into_iter().for_each(|term| take(vec![term], TUNING.within));
    }
    if found.is_empty() {
        match near(word, &index.words, lexicon) {
            Some(Near::Correction(meant)) => {
                found.extend(
                    index
                        .term(&lexicon.term(&meant), lexicon)
                        .map(|term| Alternative { terms: vec![term], percent: TUNING.exact }),
                );
                answer.corrected.push((word.to_owned(), meant));
            }
            Some(Near::Suggestion(meant)) => {
                answer.suggestions.push(instead(question, word, &meant));
            }
            None => {}
        }
    }
    found
}

/// `question` with `meant` for each `word` of it.
fn instead(question: &str, word: &str, meant: &str) -> String {
    let words = words(question).map(|(_, asked)| if lower(asked) == word { meant } else { asked });
    words.collect::<Vec<_>>().join(" ")
}

/// What each page that meets a clause scores by it.
fn clause_scores(index: &Index, alternatives: &[Alternative]) -> HashMap<PageIndex, u64> {
    let mut scores: HashMap<PageIndex, u64> = HashMap::new();
    for alternative in alternatives {
        let mut sums: HashMap<PageIndex, (usize, u64)> = HashMap::new();
        for term in &alternative.terms {
            let rarity = index.rarity(*term);
            for (page, impact) in &index.terms[*term as usize].postings {
                let sum = sums.entry(*page).or_default();
                *sum = (sum.0 + 1, sum.1 + rarity * u64::from(*impact));
            }
        }
        let count = alternative.terms.len();
        for (page, (met, sum)) in sums {
            if met == count {
                let score = sum * u64::from(alternative.percent) / count as u64;
                let best = scores.entry(page).or_default();
                *best = score.max(*best);
            }
        }
    }
    scores
}

fn mark(index: &Index, alternatives: &[Alternative], clause: usize, marks: &mut Marks) {
    for alternative in alternatives {
        for term in &alternative.terms {
            let worth = index.rarity(*term) * u64::from(alternative.percent);
            let mark = marks.entry(index.terms[*term as usize].text.clone()).or_insert((clause, worth));
            if mark.1 < worth {
                *mark = (clause, worth);
            }
        }
    }
}

impl Index {
    /// The number of the term with this text.
    pub fn term(&self, text: &str, lexicon: &Lexicon) -> Option<TermNumber> {
        let folded = lexicon.fold(text);
        let order = |term: &super::index::Term| (*term.folded).cmp(&folded).then_with(|| (*term.text).cmp(text));
        self.terms.binary_search_by(order).ok().map(|number| number as TermNumber)
    }

    /// The terms that a word with this key may stand for.
    fn under_key(&self, key: &str) -> impl Iterator<Item = TermNumber> {
        let from = self.terms.partition_point(|term| *term.folded < *key);
        let same = self.terms[from..].iter().take_while(move |term| *term.folded == *key).count();
        let further = self.keys.get(key).into_iter().flatten().copied();
        (from..from + same).map(|number| number as TermNumber).chain(further)
    }

    /// The terms that begin with `word`, the most frequent first.
    fn completions(&self, word: &str, lexicon: &Lexicon) -> Vec<TermNumber> {
        let folded = lexicon.fold(word);
        let exactly = lexicon.has_own_letters(word);
        let from = self.terms.partition_point(|term| *term.folded < *folded);
        let mut found: Vec<TermNumber> = (from..self.terms.len())
            .take_while(|number| self.terms[*number].folded.starts_with(&*folded))
            .filter(|number| !exactly || self.terms[*number].text.starts_with(word))
            .map(|number| number as TermNumber)
            .collect();
        found.sort_by_key(|number| (std::cmp::Reverse(self.terms[*number as usize].postings.len()), *number));
        found.truncate(MOST_COMPLETIONS);
        found
    }

    /// The terms of words that begin or end with `word`.
    fn within(&self, word: &str, lexicon: &Lexicon) -> Vec<TermNumber> {
        let folded = lexicon.fold(word);
        if folded.chars().count() < SHORTEST_WITHIN {
            return Vec::new();
        }
        let exactly = lexicon.has_own_letters(word);
        let holds = |known: &str| {
            let known_folded = lexicon.fold(known);
            let (known, word) = if exactly { (known, word) } else { (&*known_folded, &*folded) };
            known.starts_with(word) || known.ends_with(word)
        };
        let terms = self.words.iter().filter(|(known, _)| holds(known));
        let terms: BTreeSet<TermNumber> =
            terms.filter_map(|(known, _)| self.term(&lexicon.term(known), lexicon)).collect();
        terms.into_iter().take(MOST_COMPLETIONS).collect()
    }

    /// BM25's weight of a term by how few pages it is on, in hundredths.
    fn rarity(&self, term: TermNumber) -> u64 {
        let pages = self.texts.len() as f64;
        let with = self.terms[term as usize].postings.len() as f64;
        (100.0 * (1.0 + (pages - with + 0.5) / (with + 0.5)).ln()).round() as u64
    }
}

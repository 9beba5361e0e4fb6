//! A question to the pages that answer it, best first.
//!
//! Each word that carries something becomes a clause: the ways in which a page may say it. Pages are ranked by
//! whether the whole question is their title or another name of theirs, then by how many clauses they meet, then by
//! BM25 over fields (Robertson & Zaragoza, *The Probabilistic Relevance Framework*, 2009), whose saturated part is
//! [worked out beforehand](super::index). The browser's `search-engine.js` does the same, step by step.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::clause::{Asked, clause};
use super::index::{Index, PageIndex, whole_name};
use super::lookup::MOST_COMPLETIONS;
use super::text::PageText;
use crate::language::{Lexicon, lower, words};
use crate::model::invisible::normalized;

/// More words than this are not looked at: a question of ten thousand letters is answered by its beginning.
const MOST_WORDS: usize = 24;
/// Pages whose text is read for a quoted phrase, at most.
const MOST_READ: usize = 100;
/// Fewest letters of a beginning that names are looked up by.
const SHORTEST_NAME: usize = 3;
/// Words of a name that is looked for inside a question, at most.
const MOST_NAMED: usize = 8;

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
    /// 3 if the question is its title, 2 if another name of it, 1 if one of them begins so or stands in it, else 0.
    pub named: u8,
    /// How many clauses it meets.
    pub matched: usize,
    /// How well.
    pub score: u64,
}

/// Terms to mark, with the clause that each belongs to and what it is worth.
pub type Marks = BTreeMap<String, (usize, u64)>;

/// Answers `question` from `index`.
pub fn answer(index: &Index, question: &str, lexicon: &Lexicon) -> Answer {
    let question = normalized(question);
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
    let mut met = 0;
    for asked in &asked {
        if !seen.insert(lexicon.term(&asked.word)) {
            continue;
        }
        let number = seen.len() - 1;
        let clause = clause(index, asked, lexicon);
        for (text, worth) in clause.marks {
            let mark = answer.marks.entry(text).or_insert((number, worth));
            if mark.1 < worth {
                *mark = (number, worth);
            }
        }
        answer.corrected.extend(clause.corrected.map(|meant| (asked.word.clone(), meant)));
        answer.suggestions.extend(clause.meant.iter().map(|meant| instead(&question, &asked.word, meant)));
        met += usize::from(!clause.pages.is_empty());
        for (page, score) in clause.pages {
            let entry = scores.entry(page).or_default();
            *entry = (entry.0 + 1, entry.1 + score);
        }
    }
    let clauses = seen.len();
    let meant = answer.corrected.iter().fold(question.to_string(), |meant, (asked, word)| instead(&meant, asked, word));
    let named = named(index, &meant, lexicon);
    for page in named.keys() {
        scores.entry(*page).or_insert((clauses, 0));
    }
    // Most of what is said anywhere; small words alone must all be there, or most pages would answer.
    let is_enough = |matched| match says_little {
        true => matched == clauses,
        false => matched * 2 >= met && matched * 3 >= clauses,
    };
    let hits = scores.into_iter().map(|(page, (matched, score))| {
        let named = named.get(&page).copied().unwrap_or(0);
        Hit { page, named, matched, score }
    });
    let mut hits: Vec<Hit> = hits.filter(|hit| hit.named > 0 || is_enough(hit.matched)).collect();
    hits.sort_by_key(|hit| (std::cmp::Reverse((hit.named, hit.matched, hit.score)), hit.page));
    if !phrases.is_empty() {
        hits.truncate(MOST_READ);
        hits.retain(|hit| phrases.iter().all(|phrase| has_phrase(&index.texts[hit.page as usize], phrase, lexicon)));
    }
    answer.hits = hits;
    answer
}

/// All runs of some words of a question, as many as a name may have.
fn stretches(question: &str) -> Vec<&str> {
    let words: Vec<(usize, usize)> = words(question).map(|(at, word)| (at, at + word.len())).take(MOST_WORDS).collect();
    let from = |from: usize| {
        let most = (from + MOST_NAMED).min(words.len());
        (from + 1..most).map(move |to| (from, to))
    };
    (0..words.len()).flat_map(from).map(|(from, to)| &question[words[from].0..words[to].1]).collect()
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

/// `question` with `meant` for each `word` of it.
fn instead(question: &str, word: &str, meant: &str) -> String {
    let words = words(question).map(|(_, asked)| if lower(asked) == word { meant } else { asked });
    words.collect::<Vec<_>>().join(" ")
}

/// The pages whose title or other name is the question, begins so, or, in a small index, stands in it.
fn named(index: &Index, question: &str, lexicon: &Lexicon) -> HashMap<PageIndex, u8> {
    let mut named: HashMap<PageIndex, u8> = HashMap::new();
    let last = words(question).last().map_or(0, |(at, _)| at);
    let before = whole_name(&question[..last], lexicon);
    let typed = lower(&question[last..]);
    let begun = format!("{before}{}{}", if before.is_empty() { "" } else { " " }, lexicon.fold(&typed));
    if begun.chars().count() >= SHORTEST_NAME && typed.ends_with(char::is_alphanumeric) {
        let names = index.names.range(begun.clone()..).take_while(|(name, _)| name.starts_with(&begun));
        for (page, _) in names.take(MOST_COMPLETIONS).flat_map(|(_, pages)| pages) {
            named.insert(*page, 1);
        }
    }
    let inside = if index.is_small { stretches(question) } else { Vec::new() };
    for (page, _) in inside.into_iter().filter_map(|words| index.names.get(&whole_name(words, lexicon))).flatten() {
        named.insert(*page, 1);
    }
    for (page, is_title) in index.names.get(&whole_name(question, lexicon)).into_iter().flatten() {
        named.insert(*page, if *is_title { 3 } else { 2 });
    }
    named
}

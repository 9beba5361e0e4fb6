//! A question to the pages that answer it, best first.
//!
//! Each word that carries something becomes a clause: the ways in which a page may say it. Pages are ranked by
//! whether the whole question is their title or another name of theirs, then by how many clauses they meet, then by
//! BM25 over fields (Robertson & Zaragoza, *The Probabilistic Relevance Framework*, 2009), whose saturated part is
//! [worked out beforehand](super::index). The browser's `search-engine.js` does the same, step by step.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::clause::{Asked, clause};
use super::index::{Index, PageIndex, whole_name};
use super::lookup::MOST_COMPLETIONS;
use super::runs::{Run, joined_text, runs_with};
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

/// A question as it is put.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// Its text.
    pub text: &'q str,
    /// Whether it is being typed, so that more letters of its last word may follow. What is entered, or ends with a space, is
    /// finished.
    pub is_typed: bool,
}

impl<'q> From<&'q str> for Question<'q> {
    /// Returns a finished question.
    fn from(text: &'q str) -> Self {
        Self { text, is_typed: false }
    }
}

/// Answers `question` from `index`.
pub fn answer(index: &Index, question: Question, lexicon: &Lexicon) -> Answer {
    let text = normalized(question.text);
    let is_open = question.is_typed && text.ends_with(char::is_alphanumeric);
    let question = &*text;
    let (plain, phrases) = phrases(question);
    let mut asked: Vec<Asked> = plain.iter().flat_map(|text| asked_words(text, lexicon)).collect();
    if let Some(last) = asked.last_mut() {
        last.open = is_open;
    }
    asked.truncate(MOST_WORDS);
    let says_little = keep_what_says_most(&mut asked, lexicon);
    let mut answer = Answer::default();
    let mut scores: HashMap<PageIndex, (usize, u64)> = HashMap::new();
    let mut seen = BTreeSet::new();
    let mut met = 0;
    let mut meant: Vec<(usize, String)> = Vec::new();
    let mut unknown = BTreeSet::new();
    let mut asked = VecDeque::from(asked);
    while let Some(asked_word) = asked.pop_front() {
        let number = seen.len();
        if !seen.insert(lexicon.term(&asked_word.word)) {
            continue;
        }
        let clause = clause(index, &asked_word, lexicon);
        if clause.pages.is_empty() && !asked_word.parts.is_empty() {
            // Nothing is known of a run of words: each of them may be.
            seen.remove(&lexicon.term(&asked_word.word));
            asked_word.parts_apart(lexicon).rev().for_each(|part| asked.push_front(part));
            continue;
        }
        for (text, worth) in clause.marks {
            let mark = answer.marks.entry(text).or_insert((number, worth));
            if mark.1 < worth {
                *mark = (number, worth);
            }
        }
        meant.extend(clause.meant.iter().map(|meant| (number, instead(question, &asked_word.word, meant))));
        if clause.pages.is_empty() {
            unknown.insert(number);
        }
        answer.corrected.extend(clause.corrected.map(|meant| (asked_word.word, meant)));
        met += usize::from(!clause.pages.is_empty());
        for (page, score) in clause.pages {
            let entry = scores.entry(page).or_default();
            *entry = (entry.0 + 1, entry.1 + score);
        }
    }
    // A suggestion is made only if every one of its words is known.
    meant.retain(|(number, _)| unknown.iter().all(|other| other == number));
    answer.suggestions = meant.into_iter().map(|(_, question)| question).collect();
    let clauses = seen.len();
    let meant = answer.corrected.iter().fold(question.to_owned(), |meant, (asked, word)| instead(&meant, asked, word));
    let named = named(index, &meant, is_open, lexicon);
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

/// Leaves the words of a question that say most: those that are no stop words, else those that do not only make a question
/// of it, else all. Returns whether stop words are left.
fn keep_what_says_most(asked: &mut Vec<Asked>, lexicon: &Lexicon) -> bool {
    let carries = |asked: &Asked| !lexicon.is_small(&asked.word);
    let says_something = |asked: &Asked| !lexicon.is_of_questions(&asked.word);
    let says_little = !asked.iter().any(carries);
    if !says_little {
        asked.retain(carries);
    } else if asked.iter().any(says_something) {
        asked.retain(says_something);
    }
    says_little
}

/// Returns the words of a text in a question, each run of them as one.
fn asked_words(text: &str, lexicon: &Lexicon) -> Vec<Asked> {
    let all: Vec<String> = words(text).map(|(_, word)| lower(word).into_owned()).collect();
    // *e mail* is *e-mail*.
    let is_letter = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let may_lead = |word: &str| is_letter(word) && !lexicon.is_small(&lower(word));
    let mut asked = Vec::new();
    let mut done = 0;
    for Run { words, joined } in runs_with(text, may_lead) {
        asked.extend(all[done..words.start].iter().map(|word| Asked::word(word)));
        done = words.end;
        asked.push(Asked { parts: all[words].to_vec(), ..Asked::word(&lower(&joined)) });
    }
    asked.extend(all[done..].iter().map(|word| Asked::word(word)));
    asked
}

/// All stretches of a question outside and inside quotation marks, and those inside that say something. Marks that are not
/// closed yet are none.
fn phrases(question: &str) -> (Vec<&str>, Vec<&str>) {
    let stretches: Vec<&str> = question.split(['"', '“', '”', '„', '»', '«']).collect();
    let last = stretches.len() - 1;
    let is_phrase = |at: usize| at % 2 == 1 && at < last;
    let phrases = stretches.iter().enumerate().filter(|(at, text)| is_phrase(*at) && words(text).next().is_some());
    let phrases = phrases.map(|(_, text)| *text).collect();
    (stretches, phrases)
}

/// Returns whether a field of a page has the words of `phrase` side by side, as they are written or as what they are also
/// written as.
fn has_phrase(text: &PageText, phrase: &str, lexicon: &Lexicon) -> bool {
    let folded =
        |text: &str| -> Vec<String> { words(text).map(|(_, word)| lexicon.fold(&lower(word)).into_owned()).collect() };
    let joined = |text: &str| folded(joined_text(text).as_deref().unwrap_or(text));
    let holds = |words: &[String], phrase: &[String]| words.windows(phrase.len()).any(|window| window == phrase);
    let (as_written, as_joined) = (folded(phrase), joined(phrase));
    let fields = [&text.title, &text.lede].into_iter().chain(&text.names);
    let mut fields = fields.chain(text.parts.iter().flat_map(|part| [&part.heading, &part.text]));
    fields.any(|field| holds(&folded(field), &as_written) || holds(&joined(field), &as_joined))
}

/// `question` with `meant` for each `word` of it.
fn instead(question: &str, word: &str, meant: &str) -> String {
    let is_run = !words(question).any(|(_, asked)| lower(asked) == word);
    let joined = if is_run { joined_text(question) } else { None };
    let words = words(joined.as_deref().unwrap_or(question));
    words.map(|(_, asked)| if lower(asked) == word { meant } else { asked }).collect::<Vec<_>>().join(" ")
}

/// The pages whose title or other name is the question, begins so, or, in a small index, stands in it.
fn named(index: &Index, question: &str, is_open: bool, lexicon: &Lexicon) -> HashMap<PageIndex, u8> {
    let mut named: HashMap<PageIndex, u8> = HashMap::new();
    let mut name = |pages: &[(PageIndex, bool)], how: fn(bool) -> u8| {
        for (page, is_title) in pages {
            let known = named.entry(*page).or_default();
            *known = how(*is_title).max(*known);
        }
    };
    let joined = joined_text(question);
    for question in std::iter::once(question).chain(joined.as_deref()) {
        let begun = begun_name(question, is_open, lexicon);
        if begun.chars().count() >= SHORTEST_NAME {
            let names = index.names.range(begun.clone()..).take_while(|(name, _)| name.starts_with(&begun));
            names.take(MOST_COMPLETIONS).for_each(|(_, pages)| name(pages, |_| 1));
        }
        let inside = if index.is_small { stretches(question) } else { Vec::new() };
        let inside = inside.into_iter().filter_map(|words| index.names.get(&whole_name(words, lexicon)));
        inside.for_each(|pages| name(pages, |_| 1));
        if let Some(pages) = index.names.get(&whole_name(question, lexicon)) {
            name(pages, |is_title| if is_title { 3 } else { 2 });
        }
    }
    named
}

/// Returns what the names of pages begin with that begin as the question does. Where its last word is finished, so is theirs.
fn begun_name(question: &str, is_open: bool, lexicon: &Lexicon) -> String {
    let last = words(question).last().map_or(0, |(at, _)| at);
    let before = whole_name(&question[..last], lexicon);
    match is_open {
        true if before.is_empty() => lexicon.fold(&lower(&question[last..])).into_owned(),
        true => format!("{before} {}", lexicon.fold(&lower(&question[last..]))),
        false => format!("{} ", whole_name(question, lexicon)),
    }
}

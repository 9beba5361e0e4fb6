//! A page that answers a question to the passage that says so, with its words marked.

use super::query::{Answer, Hit, Marks};
use super::runs::runs;
use super::text::PageText;
use crate::language::{Lexicon, lower, words};

/// Words of a passage before the word it is chosen for.
const BEFORE: usize = 6;
/// Words of a passage.
const LENGTH: usize = 30;
/// Words of a page that are handed on for marking, at most.
const MOST_WORDS: usize = 12;
/// Fewest letters of a term that is marked at the beginning or end of a longer word.
const SHORTEST_PART: usize = 4;

/// The passage of a page that answers a question best.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// Id of the heading it stands under; empty above the first.
    pub id: String,
    /// That heading.
    pub heading: String,
    /// The text in pieces, each with whether it is marked.
    pub excerpt: Vec<(String, bool)>,
    /// The words of the page that are marked, in lower case, in order of the text: title, headings and what stands below them.
    pub words: Vec<String>,
}

/// A text that a passage may be taken from.
struct Candidate<'a> {
    id: &'a str,
    heading: &'a str,
    text: &'a str,
}

/// The passage of `text` for `hit` of `answer`.
pub fn passage(text: &PageText, hit: &Hit, answer: &Answer, lexicon: &Lexicon) -> Passage {
    let lede = Candidate { id: "", heading: "", text: &text.lede };
    let parts = text.parts.iter().map(|part| Candidate { id: &part.id, heading: &part.heading, text: &part.text });
    let candidates: Vec<Candidate> = std::iter::once(lede).chain(parts).collect();
    let mut found: Vec<String> = Vec::new();
    let mut note = |word: &str| {
        let word = lower(word);
        if found.len() < MOST_WORDS && !found.iter().any(|known| *known == word) {
            found.push(word.into_owned());
        }
    };
    let mut noted = |text: &str| -> Vec<Option<(usize, u64)>> {
        let worths = worths(text, &answer.marks, lexicon);
        words(text).zip(&worths).filter(|(_, worth)| worth.is_some()).for_each(|((_, word), _)| note(word));
        worths
    };
    noted(&text.title);
    let mut best: Option<(u64, usize, usize)> = None;
    for (number, candidate) in candidates.iter().enumerate() {
        let by_heading: Vec<(usize, u64)> = noted(candidate.heading).into_iter().flatten().collect();
        let hits = noted(candidate.text);
        let anchors = hits.iter().enumerate().filter(|(_, hit)| hit.is_some()).map(|(at, _)| at);
        // A heading may be all there is.
        let anchors = anchors.chain((!by_heading.is_empty()).then_some(0));
        for anchor in anchors {
            let (from, to) = window(anchor, hits.len());
            let score = sum(by_heading.iter().copied().chain(hits[from..to].iter().flatten().copied()));
            if best.is_none_or(|(known, ..)| score > known) {
                best = Some((score, number, from));
            }
        }
    }
    let (_, number, from) = best.filter(|_| hit.named < 2 || text.lede.is_empty()).unwrap_or((0, 0, 0));
    let number = if number == 0 && text.lede.is_empty() { 1.min(candidates.len() - 1) } else { number };
    let Candidate { id, heading, text } = candidates[number];
    let excerpt = excerpt(text, from, &answer.marks, lexicon);
    Passage { id: id.to_owned(), heading: heading.to_owned(), excerpt, words: found }
}

fn window(anchor: usize, words: usize) -> (usize, usize) {
    let from = anchor.saturating_sub(BEFORE);
    (from, (from + LENGTH).min(words))
}

/// The best of each clause.
fn sum(hits: impl Iterator<Item = (usize, u64)>) -> u64 {
    let mut best: Vec<u64> = Vec::new();
    for (clause, worth) in hits {
        if best.len() <= clause {
            best.resize(clause + 1, 0);
        }
        best[clause] = best[clause].max(worth);
    }
    best.iter().sum()
}

/// The clause that a lower-case word meets, and what it is worth: by its term, or as a compound by its beginning or end.
fn worth(word: &str, marks: &Marks, lexicon: &Lexicon) -> Option<(usize, u64)> {
    let term = lexicon.term(word);
    if let Some(mark) = marks.get(&term) {
        return Some(*mark);
    }
    let is_part =
        |part: &str| part.chars().count() >= SHORTEST_PART && (term.starts_with(part) || term.ends_with(part));
    marks
        .iter()
        .filter(|(part, _)| is_part(part))
        .map(|(_, (clause, worth))| (*clause, worth / 2))
        .max_by_key(|mark| mark.1)
}

/// Returns what each word of `text` is worth. A run of words is worth what the word is that it is also written as.
fn worths(text: &str, marks: &Marks, lexicon: &Lexicon) -> Vec<Option<(usize, u64)>> {
    let mut worths: Vec<_> = words(text).map(|(_, word)| worth(&lower(word), marks, lexicon)).collect();
    for run in runs(text) {
        if let Some(known) = worth(&lower(&run.joined), marks, lexicon) {
            worths[run.words].iter_mut().for_each(|worth| *worth = worth.or(Some(known)));
        }
    }
    worths
}

fn excerpt(text: &str, from: usize, marks: &Marks, lexicon: &Lexicon) -> Vec<(String, bool)> {
    let all: Vec<(usize, &str)> = words(text).collect();
    let worths = worths(text, marks, lexicon);
    let to = (from + LENGTH).min(all.len());
    let start = if from == 0 { 0 } else { all[from].0 };
    let end = if to == all.len() { text.len() } else { all[to - 1].0 + all[to - 1].1.len() };
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut done = start;
    if from > 0 {
        push(&mut pieces, "… ", false);
    }
    for ((at, word), worth) in all[from..to].iter().zip(&worths[from..to]) {
        let marked = worth.is_some();
        push(&mut pieces, &text[done..*at], false);
        push(&mut pieces, word, marked);
        done = at + word.len();
    }
    push(&mut pieces, &text[done..end], false);
    if end < text.len() {
        push(&mut pieces, " …", false);
    }
    pieces
}

fn push(pieces: &mut Vec<(String, bool)>, text: &str, marked: bool) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some((last, was_marked)) if *was_marked == marked => last.push_str(text),
        _ => pieces.push((text.to_owned(), marked)),
    }
}

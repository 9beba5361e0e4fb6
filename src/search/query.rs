//! A question to the pages that answer it, best first.
//!
//! Each word that carries something becomes a clause: the ways in which a page may say it. Pages are ranked by
//! whether the whole question is their title or another name of theirs, then by how many clauses they meet, then by
//! BM25 over fields (Robertson & Zaragoza, *The Probabilistic Relevance Framework*, 2009), whose saturated part is
//! [worked out beforehand](super::index). The browser's `search-engine.js` does the same, step by step.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_normalization::UnicodeNormalization as _;

use super::compound::Parts;
use super::index::{Index, PageIndex, TermNumber, whole_name};
use super::near::{Near, more_common, near};
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
/// Fewest letters of a beginning that names are looked up by.
const SHORTEST_NAME: usize = 3;
/// Words of a name that is looked for inside a question, at most.
const MOST_NAMED: usize = 8;
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
    /// 3 if the question is its title, 2 if another name of it, 1 if one of them begins so or stands in it, else 0.
    pub named: u8,
    /// How many clauses it meets.
    pub matched: usize,
    /// How well.
    pub score: u64,
}

/// Terms to mark, with the clause that each belongs to and what it is worth.
pub type Marks = BTreeMap<String, (usize, u64)>;

/// A way to meet a clause: these terms, and how much they count in percent.
struct Alternative {
    terms: Vec<TermNumber>,
    percent: u32,
    meet: Meet,
}

/// How many of its terms a page must have for an alternative.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meet {
    All,
    /// All; but where some page has all, those that are about one count too.
    AllOrAbout,
    /// It must be about one.
    About,
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
    let mut met = 0;
    for asked in &asked {
        if !seen.insert(lexicon.term(&asked.word)) {
            continue;
        }
        let clause = seen.len() - 1;
        let (alternatives, pages) = meant(index, asked, &question, lexicon, &mut answer);
        mark(index, &alternatives, clause, &mut answer.marks);
        met += usize::from(!pages.is_empty());
        for (page, score) in pages {
            let entry = scores.entry(page).or_default();
            *entry = (entry.0 + 1, entry.1 + score);
        }
    }
    let clauses = seen.len();
    let meant = answer.corrected.iter().fold(question.clone(), |meant, (asked, word)| instead(&meant, asked, word));
    let named = index.named(&meant, lexicon);
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

/// The alternatives of a word, and what the pages that meet one score by it. A word that no page meets is taken for a
/// mistyped one, then for a compound in letters of another keyboard or one of which only a part is known.
fn meant(
    index: &Index,
    asked: &Asked,
    question: &str,
    lexicon: &Lexicon,
    answer: &mut Answer,
) -> (Vec<Alternative>, HashMap<PageIndex, u64>) {
    let scored = |alternatives: Vec<Alternative>| {
        let scores = clause_scores(index, &alternatives);
        (alternatives, scores)
    };
    let word = &*asked.word;
    let found = scored(alternatives(index, word, asked.open, lexicon));
    if !found.1.is_empty() {
        let exact = index.term(&lexicon.term(word), lexicon).filter(|_| index.is_small);
        let pages = exact.map_or(0, |term| index.terms[term as usize].postings.len());
        let meant = more_common(word, pages, &index.words, lexicon);
        answer.suggestions.extend(meant.map(|meant| instead(question, word, &meant)));
        return found;
    }
    // Small words are spelt right, and they are not among the index's words.
    let near = if lexicon.is_small(word) { None } else { near(word, &index.words, lexicon) };
    if let Some(Near::Correction(meant)) = near {
        let found = scored(alternatives(index, &meant, asked.open, lexicon));
        answer.corrected.push((word.to_owned(), meant));
        return found;
    }
    let parts = |terms, meet| Alternative { terms, percent: TUNING.parts, meet };
    let all = index.folded_split(word, lexicon).map(|terms| parts(terms, Meet::AllOrAbout));
    let found = scored(all.into_iter().chain([parts(index.parts_of(word, lexicon), Meet::About)]).collect());
    if !found.1.is_empty() {
        return found;
    }
    let meant = match &near {
        Some(Near::Suggestion(meant)) => vec![&**meant],
        _ => index.known_words(word, lexicon).into_iter().rev().collect(),
    };
    answer.suggestions.extend(meant.into_iter().map(|meant| instead(question, word, meant)));
    (Vec::new(), HashMap::new())
}

fn alternatives(index: &Index, word: &str, is_open: bool, lexicon: &Lexicon) -> Vec<Alternative> {
    let mut found: Vec<Alternative> = Vec::new();
    let mut take = |terms: Vec<TermNumber>, percent, meet| {
        if !terms.is_empty() && !found.iter().any(|known: &Alternative| known.terms == terms) {
            found.push(Alternative { terms, percent, meet });
        }
    };
    let exact = index.term(&lexicon.term(word), lexicon);
    take(Vec::from_iter(exact), TUNING.exact, Meet::All);
    let typed_without = !lexicon.has_own_letters(word);
    if exact.is_none() && typed_without {
        index.under_key(&lexicon.key(word)).for_each(|term| take(vec![term], TUNING.folded, Meet::All));
    }
    let is_there = exact.is_some() || typed_without && index.under_key(&lexicon.key(word)).next().is_some();
    let shortest = if index.is_small { SHORTEST_PREFIX.0 } else { SHORTEST_PREFIX.1 };
    if is_open && word.chars().count() >= shortest {
        index.completions(word, lexicon).into_iter().for_each(|term| take(vec![term], TUNING.prefix, Meet::All));
    }
    if let Some(terms) = index.split(word, exact, lexicon) {
        let (percent, meet) = if is_there { (TUNING.loose_parts, Meet::All) } else { (TUNING.parts, Meet::AllOrAbout) };
        take(terms, percent, meet);
    }
    if !is_there {
        index.within(word, lexicon).into_iter().for_each(|term| take(vec![term], TUNING.within, Meet::All));
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
    // A longer word is rarer than the word itself, but it is not more of an answer.
    let itself = alternatives.iter().filter(|alternative| alternative.percent >= TUNING.folded);
    let itself = itself.flat_map(|alternative| &alternative.terms).map(|term| index.rarity(*term));
    let most = itself.max().unwrap_or(u64::MAX);
    for alternative in alternatives {
        let count = alternative.terms.len();
        // How many terms a page has, what they score, and whether it is about one.
        let mut sums: HashMap<PageIndex, (usize, u64, bool)> = HashMap::new();
        for term in &alternative.terms {
            let rarity = index.rarity(*term).min(most);
            for (page, impact) in &index.terms[*term as usize].postings {
                let sum = sums.entry(*page).or_default();
                let is_about = u32::from(*impact) >= TUNING.about;
                *sum = (sum.0 + 1, sum.1 + rarity * u64::from(*impact), sum.2 || is_about);
            }
        }
        let about_counts = match alternative.meet {
            Meet::All => false,
            Meet::AllOrAbout => sums.values().any(|(met, ..)| *met == count),
            Meet::About => true,
        };
        for (page, (met, sum, is_about)) in sums {
            if is_about && about_counts || met == count && alternative.meet != Meet::About {
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
    /// The pages whose title or other name is the question, begins so, or, in a small index, stands in it.
    fn named(&self, question: &str, lexicon: &Lexicon) -> HashMap<PageIndex, u8> {
        let mut named: HashMap<PageIndex, u8> = HashMap::new();
        let last = words(question).last().map_or(0, |(at, _)| at);
        let before = whole_name(&question[..last], lexicon);
        let typed = lower(&question[last..]);
        let begun = format!("{before}{}{}", if before.is_empty() { "" } else { " " }, lexicon.fold(&typed));
        if begun.chars().count() >= SHORTEST_NAME && typed.ends_with(char::is_alphanumeric) {
            let names = self.names.range(begun.clone()..).take_while(|(name, _)| name.starts_with(&begun));
            for (page, _) in names.take(MOST_COMPLETIONS).flat_map(|(_, pages)| pages) {
                named.insert(*page, 1);
            }
        }
        let inside = if self.is_small { stretches(question) } else { Vec::new() };
        for (page, _) in inside.into_iter().filter_map(|words| self.names.get(&whole_name(words, lexicon))).flatten() {
            named.insert(*page, 1);
        }
        for (page, is_title) in self.names.get(&whole_name(question, lexicon)).into_iter().flatten() {
            named.insert(*page, if *is_title { 3 } else { 2 });
        }
        named
    }

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

    /// The terms of the words that `word` is put together of, if it is; `exact` is its own. None where one is not there.
    fn split(&self, word: &str, exact: Option<TermNumber>, lexicon: &Lexicon) -> Option<Vec<TermNumber>> {
        let is_word = |part: &str| self.has_word(part);
        let parts: Vec<&str> = match exact {
            Some(term) => self.terms[term as usize].parts.iter().map(|part| &**part).collect(),
            None => Parts::written(&self.known, &is_word, lexicon).split(word),
        };
        parts.into_iter().map(|part| self.term(part, lexicon)).collect()
    }

    /// The same for a `word` in letters of another keyboard.
    fn folded_split(&self, word: &str, lexicon: &Lexicon) -> Option<Vec<TermNumber>> {
        if lexicon.has_own_letters(word) {
            return None;
        }
        let is_word = |part: &str| self.has_word(part);
        let keys = Parts::folded(&self.known_keys, &is_word, lexicon).split(word);
        keys.iter().map(|key| self.under_key(key).next()).collect()
    }

    /// The terms of all known parts of `word`.
    fn parts_of(&self, word: &str, lexicon: &Lexicon) -> Vec<TermNumber> {
        let is_word = |part: &str| self.has_word(part);
        let parts = Parts::written(&self.known, &is_word, lexicon).all(word);
        parts.iter().filter_map(|part| self.term(part, lexicon)).collect()
    }

    /// What of `word` is known, as it is typed.
    fn known_words<'a>(&self, word: &'a str, lexicon: &Lexicon) -> Vec<&'a str> {
        let is_word = |part: &str| self.has_word(part);
        let known = Parts::written(&self.known, &is_word, lexicon).known_words(word);
        if known.is_empty() && !lexicon.has_own_letters(word) {
            return Parts::folded(&self.known_keys, &is_word, lexicon).known_words(word);
        }
        known
    }

    fn has_word(&self, word: &str) -> bool {
        self.words.binary_search_by(|(known, _)| (**known).cmp(word)).is_ok()
    }

    /// The terms of words that begin with the stem of `word` or end with it or with `word` itself.
    fn within(&self, word: &str, lexicon: &Lexicon) -> Vec<TermNumber> {
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
    fn rarity(&self, term: TermNumber) -> u64 {
        let pages = self.texts.len() as f64;
        let with = self.terms[term as usize].postings.len() as f64;
        (100.0 * (1.0 + (pages - with + 0.5) / (with + 0.5)).ln()).round() as u64
    }
}

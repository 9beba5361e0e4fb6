//! A word of a question to what each page scores by it. The browser's `search-clause.js` does the same, step by step.

use std::collections::HashMap;

use super::index::{Index, PageIndex, Posting, TermNumber};
use super::near::{Near, more_common, near};
use super::tuning::TUNING;
use crate::language::Lexicon;

/// Fewest letters of a beginning that is completed, in a small index and in another, where it costs loading.
const SHORTEST_PREFIX: (usize, usize) = (2, 3);

/// A word of a question.
pub(super) struct Asked {
    /// In lower case.
    pub word: String,
    /// Whether more of it may be typed.
    pub open: bool,
    /// The words that it was typed as, if it is a [run](super::runs) of several.
    pub parts: Vec<String>,
}

impl Asked {
    /// Returns a word that is finished.
    pub fn word(word: &str) -> Self {
        Self { word: word.to_owned(), open: false, parts: Vec::new() }
    }

    /// Returns the words of a run, each by itself, those apart that say little.
    pub fn parts_apart(&self, lexicon: &Lexicon) -> impl DoubleEndedIterator<Item = Asked> {
        let last = self.parts.len().saturating_sub(1);
        let part = move |(at, part): (usize, &String)| Asked { open: self.open && at == last, ..Asked::word(part) };
        self.parts.iter().enumerate().map(part).filter(|part| !lexicon.is_small(&part.word))
    }
}

/// What a word of a question may mean.
#[derive(Debug, Default)]
pub(super) struct Clause {
    /// What each page that says it scores.
    pub pages: HashMap<PageIndex, u64>,
    /// The terms to mark, each with what it is worth; one may be there twice.
    pub marks: Vec<(String, u64)>,
    /// The word that was looked for instead.
    pub corrected: Option<String>,
    /// Words that may have been meant.
    pub meant: Vec<String>,
}

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
    /// One.
    Any,
}

/// What `asked` may mean, and what the pages that say it score. A word that no page says is taken for a mistyped one, then
/// for a compound in letters of another keyboard or one of which only a part is known.
pub(super) fn clause(index: &Index, asked: &Asked, lexicon: &Lexicon) -> Clause {
    let scored = |alternatives: Vec<Alternative>| Clause {
        pages: clause_scores(index, &alternatives),
        marks: marks(index, &alternatives),
        ..Clause::default()
    };
    let word = &*asked.word;
    let mut ways = alternatives(index, word, asked.open, lexicon);
    ways.extend(as_typed(index, &asked.parts, lexicon));
    let found = scored(ways);
    if !found.pages.is_empty() {
        let exact = index.term(&lexicon.term(word), lexicon).filter(|_| index.is_small);
        let pages = exact.map_or(0, |term| index.postings_of(term).len());
        return Clause { meant: more_common(word, pages, &index.words, lexicon).into_iter().collect(), ..found };
    }
    // Small words are spelt right, and they are not among the index's words.
    // A finished word is the beginning of others only where nothing else is known of it.
    let begun = completed(index, word, lexicon);
    let found =
        scored(begun.map(|term| Alternative { terms: vec![term], percent: TUNING.prefix, meet: Meet::All }).collect());
    if !found.pages.is_empty() {
        return found;
    }
    // A number is another number with another digit.
    let is_right = lexicon.is_small(word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let near = if is_right { None } else { near(word, &index.words, lexicon) };
    if let Some(Near::Correction(meant)) = near {
        return Clause { corrected: Some(meant.clone()), ..scored(alternatives(index, &meant, asked.open, lexicon)) };
    }
    let parts = |terms, meet| Alternative { terms, percent: TUNING.parts, meet };
    let all = index.folded_split(word, lexicon).map(|terms| parts(terms, Meet::AllOrAbout));
    let found = scored(all.into_iter().chain([parts(index.parts_of(word, lexicon), Meet::About)]).collect());
    if !found.pages.is_empty() {
        return found;
    }
    let meant = match near {
        Some(Near::Suggestion(meant)) => vec![meant],
        _ => index.known_words(word, lexicon).into_iter().rev().map(str::to_owned).collect(),
    };
    // Both parts are known, but not together: better than nothing is a page that has one.
    let split = index.split(word, None, lexicon).filter(|terms| !terms.is_empty());
    let split = split.or_else(|| index.folded_split(word, lexicon));
    Clause { meant, ..scored(split.into_iter().map(|terms| parts(terms, Meet::Any)).collect()) }
}

/// Returns the terms that begin with a `word` that is long enough.
fn completed(index: &Index, word: &str, lexicon: &Lexicon) -> impl Iterator<Item = TermNumber> + use<> {
    let shortest = if index.is_small { SHORTEST_PREFIX.0 } else { SHORTEST_PREFIX.1 };
    let is_long = word.chars().count() >= shortest;
    let terms = if is_long { index.completions(word, lexicon) } else { Vec::new() };
    terms.into_iter()
}

/// Returns the terms of all words that a run was typed as, if all are there.
fn as_typed(index: &Index, parts: &[String], lexicon: &Lexicon) -> Option<Alternative> {
    let terms: Option<Vec<TermNumber>> = parts.iter().map(|part| index.term(&lexicon.term(part), lexicon)).collect();
    let terms = terms.filter(|terms| !terms.is_empty())?;
    Some(Alternative { terms, percent: TUNING.parts, meet: Meet::All })
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
    if is_open {
        completed(index, word, lexicon).for_each(|term| take(vec![term], TUNING.prefix, Meet::All));
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
            for Posting { page, impact } in index.postings_of(*term) {
                let sum = sums.entry(*page).or_default();
                let is_about = *impact >= TUNING.about;
                *sum = (sum.0 + 1, sum.1 + rarity * u64::from(*impact), sum.2 || is_about);
            }
        }
        let about_counts = match alternative.meet {
            Meet::All | Meet::Any => false,
            Meet::AllOrAbout => sums.values().any(|(met, ..)| *met == count),
            Meet::About => true,
        };
        let least = match alternative.meet {
            Meet::All | Meet::AllOrAbout => count,
            Meet::About => usize::MAX,
            Meet::Any => 1,
        };
        for (page, (met, sum, is_about)) in sums {
            if is_about && about_counts || met >= least {
                let score = sum * u64::from(alternative.percent) / count as u64;
                let best = scores.entry(page).or_default();
                *best = score.max(*best);
            }
        }
    }
    scores
}

/// The terms of all alternatives, each with what it is worth.
fn marks(index: &Index, alternatives: &[Alternative]) -> Vec<(String, u64)> {
    let terms =
        alternatives.iter().flat_map(|alternative| alternative.terms.iter().map(move |term| (alternative, *term)));
    let mark = |(alternative, term): (&Alternative, TermNumber)| {
        (index.terms[term as usize].text.clone(), index.rarity(term) * u64::from(alternative.percent))
    };
    terms.map(mark).collect()
}

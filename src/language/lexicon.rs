//! A word as written to the terms that search knows it by: stems, folded letters, small words.
//!
//! The browser does the same with the same [`WordRules`], which the search index carries, and a stemmer of its own in
//! the theme's `search-LANGUAGE.js`; tests hold the two together.

use std::borrow::Cow;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::grammar;
use crate::model::handbook::Language;

/// What search must know of a language.
#[derive(Debug, Serialize)]
pub struct WordRules {
    /// The Snowball algorithm (<https://snowballstem.org/algorithms/>).
    #[serde(skip)]
    pub stemmer: Algorithm,
    /// Letters that folding replaces, beside all that lose an accent.
    pub letters: &'static [(char, &'static str)],
    /// Pairs of letters that folding replaces, as people without the language's keys type them.
    pub digraphs: &'static [(&'static str, &'static str)],
    /// Letters that other keyboards lack: a word typed with one is meant as it is typed.
    #[serde(rename = "own")]
    pub own_letters: &'static str,
    /// What may stand between the parts of a compound.
    pub links: &'static [&'static str],
    /// Endings and the like that are no part of a compound, though they may be words.
    #[serde(rename = "notParts")]
    pub not_parts: &'static [&'static str],
    /// Words that look like compounds and have a meaning of their own.
    #[serde(rename = "notCompounds")]
    pub not_compounds: &'static [&'static str],
    /// Endings that are replaced before the stemmer sees the word.
    pub endings: &'static [(&'static str, &'static str)],
    /// Families of words: a stem, then forms of it, which the stemmer would treat otherwise.
    pub families: &'static [&'static str],
    /// Families that longer words end with, too.
    pub tails: &'static [&'static str],
    /// What a genitive ends with, if with letters: a form of a family has one, too.
    pub genitive: &'static str,
    /// Words that carry little, between spaces.
    #[serde(rename = "small")]
    pub small_words: &'static str,
    /// Those of them that make a question of what is asked for, or say who asks, between spaces.
    #[serde(rename = "question")]
    pub question_words: &'static str,
}

/// The [`WordRules`] of a language, ready for use.
pub struct Lexicon {
    /// What it was made of.
    pub rules: &'static WordRules,
    stemmer: Stemmer,
    families: Families,
    folded_families: Families,
    small_words: FxHashSet<&'static str>,
    question_words: FxHashSet<&'static str>,
    not_parts: FxHashSet<&'static str>,
    not_compounds: FxHashSet<String>,
}

/// Forms with the stem to use.
#[derive(Default)]
struct Families {
    /// Of whole words.
    words: FxHashMap<Cow<'static, str>, Cow<'static, str>>,
    /// Of the ends of longer words; whole ones are among `words`.
    tails: FxHashMap<Cow<'static, str>, Cow<'static, str>>,
    /// How many bytes these have, the fewest and the most.
    tail_lengths: (usize, usize),
    /// What they end with, in as many bytes as the shortest has: one look tells most words that end with none of them.
    tail_ends: FxHashSet<Box<[u8]>>,
    genitive: &'static str,
}

impl Families {
    /// The families of `rules`, in the form that `fold` gives their words. Of two forms that become one, the first counts.
    fn new(rules: &'static WordRules, fold: impl Fn(&'static str) -> Cow<'static, str>) -> Self {
        let of = |families: &'static [&'static str]| {
            let forms = families.iter().flat_map(|family| {
                let stem = family.split(' ').next().unwrap_or_default();
                family.split(' ').map(move |form| (form, stem))
            });
            let forms: Vec<_> = forms.map(|(form, stem)| (fold(form), fold(stem))).collect();
            forms.into_iter().rev().collect()
        };
        let tails: FxHashMap<Cow<str>, Cow<str>> = of(rules.tails);
        let mut words = tails.clone();
        words.extend(of(rules.families));
        let lengths = || tails.keys().map(|form| form.len());
        let tail_lengths = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
        let tail_ends = tails.keys().map(|form| form.as_bytes()[form.len() - tail_lengths.0..].into()).collect();
        Self { words, tails, tail_lengths, tail_ends, genitive: rules.genitive }
    }

    /// The stem of a word that is a form, or the genitive of one.
    fn stem(&self, word: &str) -> Option<&str> {
        let find = |word: &str| self.words.get(word).map(|stem| &**stem);
        find(word).or_else(|| find(word.strip_suffix(self.genitive)?))
    }

    /// A longer word with the stem of the form that it ends with, if it ends with one.
    fn with_stem(&self, word: &str) -> Option<String> {
        let find = |word: &str| {
            let (fewest, most) = self.tail_lengths;
            if !self.tail_ends.contains(&word.as_bytes()[word.len().checked_sub(fewest)?..]) {
                return None;
            }
            let may_begin = |at: &usize| (fewest..=most).contains(&(word.len() - at));
            let mut ends = word.char_indices().map(|(at, _)| at).skip(SHORTEST_HEAD).filter(may_begin);
            ends.find_map(|at| Some(format!("{}{}", &word[..at], self.tails.get(&word[at..])?)))
        };
        find(word).or_else(|| find(word.strip_suffix(self.genitive)?))
    }
}

/// The lexicon of `language`.
pub fn lexicon(language: Language) -> &'static Lexicon {
    static LEXICONS: [OnceLock<Lexicon>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
    LEXICONS[language as usize].get_or_init(|| Lexicon::new(&grammar(language).words))
}

/// Fewest letters before an ending that is replaced.
const SHORTEST_BEGIN: usize = 3;

/// Fewest letters before the form of a family that a longer word ends with.
const SHORTEST_HEAD: usize = 1;

/// A word in lower case.
pub fn lower(word: &str) -> Cow<'_, str> {
    let is_lower = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// A lower-case word without accents and without the language's own letters.
fn fold<'a>(word: &'a str, rules: &WordRules) -> Cow<'a, str> {
    // Pairs of ASCII letters are looked for by the byte, all of them in one pass.
    let is_digraph = |pair: &[u8]| rules.digraphs.iter().any(|(known, _)| known.as_bytes() == pair);
    let has_digraph = |word: &str| word.as_bytes().windows(2).any(is_digraph);
    if word.is_ascii() && !has_digraph(word) {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    let mut push = |letter: char| {
        let other = || rules.letters.iter().find(|(from, _)| *from == letter);
        if letter.is_ascii() {
            folded.push(letter);
        } else if let Some((_, to)) = other() {
            folded.push_str(to);
        } else if !is_combining_mark(letter) {
            folded.push(letter);
        }
    };
    word.chars().for_each(|letter| decompose_canonical(letter, &mut push));
    for (pair, single) in rules.digraphs {
        if folded.contains(pair) {
            folded = folded.replace(pair, single);
        }
    }
    Cow::Owned(folded)
}

impl Lexicon {
    /// The lexicon of a language that has these rules.
    pub fn new(rules: &'static WordRules) -> Self {
        let stemmer = Stemmer::create(rules.stemmer);
        let mut lexicon = Self {
            rules,
            stemmer,
            families: Families::new(rules, Cow::Borrowed),
            folded_families: Families::default(),
            small_words: rules.small_words.split_whitespace().collect(),
            question_words: rules.question_words.split_whitespace().collect(),
            not_parts: rules.not_parts.iter().copied().collect(),
            not_compounds: FxHashSet::default(),
        };
        lexicon.folded_families = Families::new(rules, |word| fold(word, rules));
        lexicon.not_compounds = rules.not_compounds.iter().map(|word| lexicon.term(word)).collect();
        lexicon
    }

    /// Whether a lower-case word carries little.
    pub fn is_small(&self, word: &str) -> bool {
        self.small_words.contains(word)
    }

    /// Returns whether a lower-case word only makes a question of what is asked for.
    pub fn is_of_questions(&self, word: &str) -> bool {
        self.question_words.contains(word)
    }

    /// The stem that a lower-case word is found by.
    pub fn term(&self, word: &str) -> String {
        self.in_family(word, &self.families).unwrap_or_else(|| self.plain_stem(word))
    }

    /// The key that a lower-case word shares with what it may be typed as without the language's own letters.
    pub fn key(&self, word: &str) -> String {
        self.folded_key(&self.fold(word), None)
    }

    /// [`term`](Self::term) and [`key`](Self::key) of a word: most words are stemmed once for both.
    pub fn term_and_key(&self, word: &str) -> (String, String) {
        let folded = self.fold(word);
        match self.in_family(word, &self.families) {
            Some(term) => (term, self.folded_key(&folded, None)),
            None => {
                let term = self.plain_stem(word);
                let key = self.folded_key(&folded, (*folded == *word).then_some(&term));
                (term, key)
            }
        }
    }

    /// The key of a folded word, whose stem may be known to be `plain` if no family holds it.
    fn folded_key(&self, folded: &str, plain: Option<&str>) -> String {
        let plain = || plain.map_or_else(|| self.plain_stem(folded), str::to_owned);
        self.in_family(folded, &self.folded_families).unwrap_or_else(plain)
    }

    /// The stem of a word by a family that holds it, or the form that it ends with.
    fn in_family(&self, word: &str, families: &Families) -> Option<String> {
        let whole = families.stem(word).map(str::to_owned);
        whole.or_else(|| Some(self.stemmer.stem(&families.with_stem(word)?).into_owned()))
    }

    /// The stem of a word that is in no family.
    fn plain_stem(&self, word: &str) -> String {
        for (ending, plain) in self.rules.endings {
            if let Some(begin) = word.strip_suffix(ending).filter(|begin| begin.chars().count() >= SHORTEST_BEGIN) {
                return self.stemmer.stem(&format!("{begin}{plain}")).into_owned();
            }
        }
        self.stemmer.stem(word).into_owned()
    }

    /// A lower-case word without accents and without the language's own letters.
    pub fn fold<'a>(&self, word: &'a str) -> Cow<'a, str> {
        fold(word, self.rules)
    }

    /// Whether a word is typed with letters that only the language's own keyboards have.
    pub fn has_own_letters(&self, word: &str) -> bool {
        word.contains(|letter| self.rules.own_letters.contains(letter))
    }

    /// Whether a lower-case word may be a part of a compound.
    pub fn may_be_part(&self, word: &str) -> bool {
        !self.is_small(word) && !self.not_parts.contains(word)
    }

    /// Whether a word with this stem may be taken apart.
    pub fn may_be_compound(&self, term: &str) -> bool {
        !self.not_compounds.contains(term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_term_and_other_words_another() {
        let danish = lexicon(Language::Danish);
        for (one, other) in [
            ("borgere", "borgeren"),
            ("øvelsen", "øvelser"),
            ("bog", "bøgernes"),
            ("barn", "børn"),
            ("mand", "mændene"),
            ("museum", "museet"),
            ("spørg", "spurgte"),
            ("følg", "følger"),
            ("ønskede", "ønsker"),
            ("billede", "billederne"),
            ("måling", "måler"),
        ] {
            assert_eq!(danish.term(one), danish.term(other), "{one} {other}");
        }
        for (one, other) in [("haven", "havet"), ("bøger", "bøg"), ("ledelse", "leder"), ("mål", "mal")] {
            assert_ne!(danish.term(one), danish.term(other), "{one} {other}");
        }
        let english = lexicon(Language::English);
        assert_eq!(english.term("children"), english.term("child"));
        assert_eq!(english.term("hosting"), english.term("hosts"));
    }

    #[test]
    fn typing_without_danish_keys_gives_the_same_key() {
        let danish = lexicon(Language::Danish);
        for (word, typed) in [
            ("værtskab", "vaertskab"),
            ("øvelse", "oevelse"),
            ("øvelser", "ovelse"),
            ("udlån", "udlaan"),
            ("udlån", "udlan"),
            ("værtskab", "värtskab"),
            ("øvelse", "övelse"),
            ("bøger", "boger"),
        ] {
            assert_eq!(danish.key(word), danish.key(typed), "{word} {typed}");
        }
    }
}

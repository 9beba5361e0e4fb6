//! Terms in braces: `{borgeren}`, `{en borger}`, `{den|det borger}`, `{borgerens}`, `{borger-}`, `{år:plural}`.
//!
//! A term is written in the words of the base handbook and printed in the words of the edition. The two may be
//! the same; the index keeps them apart all the same.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::{Grammar, fit_word, grammar, with_capital_of};
use crate::diagnostic::suggest;
use crate::model::handbook::{Language, Term};
use crate::model::invisible::{is_invisible, normalized};

/// More words than this in braces are no term but text.
const MOST_WORDS: usize = 6;
/// More bytes than this in braces are no term but text.
const MOST_BYTES: usize = 80;

/// A term taken apart, its word not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermParts<'a> {
    /// Words before the noun for common gender, or for any.
    left: Vec<&'a str>,
    /// Words before the noun for neuter, where the two are written out.
    right: Option<Vec<&'a str>>,
    /// The noun.
    word: &'a str,
    /// Whether the form in compounds is wanted.
    is_compound: bool,
    /// `:singular` or `:plural`, where two forms are one word.
    number: Option<Number>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    Singular,
    Plural,
}

/// A word in braces that is no form of any term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTerm {
    /// The word as written; [`TermIndex::nearest`] tells what it may be meant for.
    pub word: String,
}

/// Takes apart what stands between braces; nothing where it is text and no term: a term is a word or a few of
/// letters and hyphens.
pub fn parse_term(inner: &str) -> Option<TermParts<'_>> {
    let (words, number) = match inner.split_once(':') {
        None => (inner, None),
        Some((words, "singular")) => (words, Some(Number::Singular)),
        Some((words, "plural")) => (words, Some(Number::Plural)),
        Some(_) => return None,
    };
    let is_word = |c: char| {
        c.is_alphabetic()
            || matches!(c, '-' | '|' | '\'' | '’')
            || is_space(c)
            || is_combining_mark(c)
            || is_invisible(c)
    };
    if words.len() > MOST_BYTES
        || !words.chars().all(is_word)
        || !words.starts_with(char::is_alphabetic)
        || words.ends_with(is_separator)
    {
        return None;
    }
    let (before, word) = words.rsplit_once(is_space).unwrap_or(("", words));
    if word.contains('|') || words.split(is_separator).count() > MOST_WORDS {
        return None;
    }
    let is_compound = word.ends_with('-');
    let word = word.strip_suffix('-').unwrap_or(word);
    let (left, right) = match before.split_once('|') {
        Some((left, right)) if !right.contains('|') => (left, Some(right)),
        Some(_) => return None,
        None => (before, None),
    };
    let (mut left, right) = (words_of(left), right.map(words_of));
    // `{den|det nye borger}`: what stands before the noun on the right belongs to both sides.
    if let Some(shared) = right.as_ref().and_then(|right| right.get(left.len()..)) {
        left.extend(shared);
    }
    Some(TermParts { left, right, word, is_compound, number })
}

fn words_of(text: &str) -> Vec<&str> {
    text.split(is_space).filter(|word| !word.is_empty()).collect()
}

/// Returns whether `c` stands between two words of a term. No-break spaces come from a Mac's keyboard, on which braces and
/// no-break spaces are typed with the same key.
fn is_space(c: char) -> bool {
    c == ' ' || c.is_whitespace() && !c.is_control()
}

fn is_separator(c: char) -> bool {
    c == '|' || is_space(c)
}

/// Looks words up among the forms of the base terms and gives the forms of the current ones.
#[derive(Debug, Clone)]
pub struct TermIndex {
    /// Forms of base terms in lower case, each with the terms and form indexes that it may be.
    forms: HashMap<String, Vec<(String, usize)>>,
    current: BTreeMap<String, Term>,
    language: Language,
}

impl TermIndex {
    /// An index of the words that are `written` to the words that are printed (`current`). Where a word is a form of several
    /// terms, those that come first in `written` go first. A term that `current` lacks is printed as written.
    pub fn new<'t>(
        written: impl Iterator<Item = &'t BTreeMap<String, Term>>,
        current: &BTreeMap<String, Term>,
        language: Language,
    ) -> Self {
        let mut forms: HashMap<String, Vec<(String, usize)>> = HashMap::new();
        let mut all = current.clone();
        for (name, term) in written.flatten() {
            for (index, form) in term.forms.iter().enumerate() {
                forms.entry(normalized(form).to_lowercase()).or_default().push((name.clone(), index));
            }
            all.entry(name.clone()).or_insert_with(|| term.clone());
        }
        Self { forms, current: all, language }
    }

    /// Whether `word`, in any capitals, is a form of a term or the genitive of one.
    pub fn knows(&self, word: &str) -> bool {
        let lower = normalized(word).to_lowercase();
        let genitive = || (self.grammar().without_genitive)(&lower).is_some_and(|base| self.forms.contains_key(base));
        self.forms.contains_key(&lower) || genitive()
    }

    /// The form of a term that is nearest to `word`.
    pub fn nearest(&self, word: &str) -> Option<String> {
        suggest::nearest(word, self.forms.keys().map(String::as_str))
    }

    fn grammar(&self) -> &'static Grammar {
        grammar(self.language)
    }

    /// The term and form that `word` is, in any capitals.
    fn find(&self, word: &str, number: Option<Number>) -> Option<(&Term, usize)> {
        let candidates = self.forms.get(&word.to_lowercase())?;
        let is_plural = self.grammar().is_plural;
        let fits = |form: usize| match number {
            None => true,
            Some(Number::Singular) => !is_plural(form),
            Some(Number::Plural) => is_plural(form),
        };
        let (name, form) = candidates.iter().find(|(_, form)| fits(*form)).or_else(|| candidates.first())?;
        self.current.get(name).map(|term| (term, *form))
    }
}

/// The text that a term stands for.
///
/// # Errors
/// The word is no form of any term.
pub fn fill(parts: &TermParts, index: &TermIndex) -> Result<String, UnknownTerm> {
    let grammar = index.grammar();
    let word = normalized(parts.word);
    let plain = index.find(&word, parts.number).map(|found| (found, false));
    let found = plain.or_else(|| {
        let base = (grammar.without_genitive)(&word)?;
        index.find(base, parts.number).map(|found| (found, true))
    });
    let Some(((term, form), is_genitive)) = found else {
        return Err(UnknownTerm { word: parts.word.to_owned() });
    };
    let printed = if parts.is_compound { term.compound.as_ref().or(term.forms.first()) } else { term.forms.get(form) };
    let printed = printed.map_or(parts.word, String::as_str);
    let printed = if is_genitive { (grammar.genitive)(printed, (grammar.is_plural)(form)) } else { printed.to_owned() };
    let mut text = String::new();
    for word in before(parts, term, grammar) {
        text.push_str(&word);
        text.push(' ');
    }
    text.push_str(&with_capital_of(parts.word, &printed));
    Ok(text)
}

/// The words before the noun, as the noun wants them.
fn before(parts: &TermParts, term: &Term, grammar: &Grammar) -> Vec<String> {
    use crate::model::handbook::Gender;
    match &parts.right {
        Some(right) => {
            let words = if term.gender == Some(Gender::Et) { right } else { &parts.left };
            words.iter().map(|word| (*word).to_owned()).collect()
        }
        None => {
            let last = parts.left.len().saturating_sub(1);
            let words = parts.left.iter().enumerate();
            words.map(|(at, word)| fit_word(word, at == last, term, grammar)).collect()
        }
    }
}

/// A text of front matter with its terms filled and `\{` as a brace. Unknown terms are given with their places and
/// stay as written, without their braces.
pub fn fill_text(text: &str, index: &TermIndex) -> (String, Vec<(Range<usize>, UnknownTerm)>) {
    let mut filled = String::with_capacity(text.len() + 8);
    let mut unknown = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['{', '\\']) {
        let start = at + found;
        filled.push_str(&text[at..start]);
        at = start + 1;
        if text[start..].starts_with('\\') {
            let escaped = text[at..].starts_with(['{', '}', '\\']);
            if !escaped {
                filled.push('\\');
            } else if let Some(next) = text[at..].chars().next() {
                filled.push(next);
                at += next.len_utf8();
            }
            continue;
        }
        let term = text[at..].find('}').and_then(|end| Some((at + end, parse_term(&text[at..at + end])?)));
        let Some((end, parts)) = term else {
            filled.push('{');
            continue;
        };
        match fill(&parts, index) {
            Ok(word) => filled.push_str(&word),
            Err(fault) => {
                filled.push_str(&text[at..end]);
                unknown.push((start..end + 1, fault));
            }
        }
        at = end + 1;
    }
    filled.push_str(&text[at..]);
    (filled, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::handbook::Gender;

    fn term(gender: Option<Gender>, article: Option<&str>, compound: Option<&str>, forms: &[&str]) -> Term {
        Term {
            gender,
            article: article.map(str::to_owned),
            forms: forms.iter().map(|form| (*form).to_owned()).collect(),
            compound: compound.map(str::to_owned),
        }
    }

    fn danish() -> TermIndex {
        let base = BTreeMap::from([
            ("borger".into(), term(Some(Gender::En), None, None, &["borger", "borgeren", "borgere", "borgerne"])),
            ("år".into(), term(Some(Gender::Et), None, None, &["år", "året", "år", "årene"])),
        ]);
        let current = BTreeMap::from([(
            "borger".into(),
            term(Some(Gender::Et), None, Some("hus"), &["hus", "huset", "huse", "husene"]),
        )]);
        TermIndex::new([&base].into_iter(), &current, Language::Danish)
    }

    fn filled(inner: &str, index: &TermIndex) -> String {
        fill(&parse_term(inner).unwrap(), index).unwrap()
    }

    #[test]
    fn a_term_follows_the_word_that_the_edition_gives() {
        let index = danish();
        let cases = [
            ("borgeren", "huset"),
            ("Borgerne", "Husene"),
            ("BORGER", "HUS"),
            ("borgerens", "husets"),
            ("borgers", "hus’"),
            ("en borger", "et hus"),
            ("Den borger", "Det hus"),
            ("den|det borger", "det hus"),
            ("en ny|et nyt borger", "et nyt hus"),
            ("borger-", "hus"),
            ("år:plural", "år"),
            ("den|det nye borger", "det nye hus"),
            ("en rar borger", "et rar hus"),
        ];
        for (inner, expected) in cases {
            assert_eq!(filled(inner, &index), expected, "{inner}");
        }
    }

    #[test]
    fn english_terms_take_their_article_and_genitive() {
        let base = BTreeMap::from([("guest".into(), term(None, Some("a"), None, &["guest", "guests"]))]);
        let current = BTreeMap::from([("guest".into(), term(None, Some("an"), None, &["owner", "owners"]))]);
        let index = TermIndex::new([&base].into_iter(), &current, Language::English);
        assert_eq!(filled("A guest", &index), "An owner");
        assert_eq!(filled("guest's", &index), "owner’s");
        assert_eq!(filled("guests'", &index), "owners’");
    }

    #[test]
    fn soft_hyphens_and_decomposed_letters_are_no_part_of_a_term() {
        let index = danish();
        assert_eq!(filled("borg\u{ad}er\u{200b}en", &index), "huset");
        assert_eq!(filled("a\u{30a}rene", &index), "årene");
        assert_eq!(filled("Borgere\u{ad}ns", &index), "Husets");
    }

    #[test]
    fn other_braces_are_text() {
        for text in ["", " a", "a ", "a=b", "#id", "x1", "a,b", "a|b", "a:b", "a b c d e f g"] {
            assert_eq!(parse_term(text), None, "{text}");
        }
    }

    #[test]
    fn texts_are_filled_and_unknown_terms_placed() {
        let index = danish();
        let (text, unknown) = fill_text("\\{x} {Borgeren} og {borgren} {1}", &index);
        assert_eq!(text, "{x} Huset og borgren {1}");
        assert_eq!(unknown.len(), 1);
        assert_eq!(index.nearest(&unknown[0].1.word).as_deref(), Some("borgeren"));
    }
}

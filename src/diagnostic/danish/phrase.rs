//! An English phrase that another module put into a fault becomes Danish, by the phrasebook.

use std::borrow::Cow;

use super::super::quote::{self, bounded};
use super::phrasebook::{KINDS, NOTES, PHRASES};

/// What stands for the things filled in.
const HOLE: &str = "…";

/// A phrase in Danish; as it is where the phrasebook lacks it.
pub(super) fn phrase(english: &str) -> String {
    translated(english).unwrap_or_else(|| english.to_owned())
}

/// A reason in Danish, bounded; in »« as it is where the phrasebook lacks it, since then another library gave it.
pub(super) fn sentence(english: &str) -> String {
    match translated(english) {
        Some(danish) => bounded(&danish),
        None => format!("»{}«", bounded(english)),
    }
}

/// The kind of an item, or of a part of a file, with its article.
pub(super) fn kind(english: &'static str) -> &'static str {
    exact(KINDS, english).unwrap_or(english)
}

/// What a label says.
pub(in super::super) fn note(english: &'static str) -> &'static str {
    exact(NOTES, english).unwrap_or(english)
}

fn exact(book: &[(&str, &'static str)], english: &str) -> Option<&'static str> {
    book.iter().find(|(known, _)| *known == english).map(|(_, danish)| *danish)
}

fn translated(english: &str) -> Option<String> {
    let by_the_book = |(pattern, danish): &(&'static str, &str)| Some(filled(danish, &fillings(pattern, english)?));
    choice_of_code(english).or_else(|| PHRASES.iter().find_map(by_the_book))
}

/// "`a`, `b` or `c`", which may be of any length.
fn choice_of_code(english: &str) -> Option<String> {
    if !english.starts_with('`') {
        return None;
    }
    let mut danish = String::new();
    for (number, part) in english.split('`').enumerate() {
        let is_code = number % 2 == 1;
        match part {
            code if is_code => danish += &quote::code(code),
            "" | ", " => danish += part,
            " or " => danish += " eller ",
            _ => return None,
        }
    }
    Some(danish)
}

/// What stands in `text` at the holes of `pattern`, if it is that pattern; each as short as it can be, but the last.
fn fillings<'t>(pattern: &'static str, text: &'t str) -> Option<Vec<Cow<'t, str>>> {
    let mut parts = pattern.split(HOLE);
    let mut before = parts.next().unwrap_or_default();
    let mut rest = text.strip_prefix(before)?;
    let mut fillings = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let end = match parts.peek() {
            Some(_) => rest.find(part)?,
            None => rest.strip_suffix(part)?.len(),
        };
        fillings.push(filling(before, &rest[..end]));
        rest = &rest[end + part.len()..];
        before = part;
    }
    rest.is_empty().then_some(fillings)
}

/// In backticks it is content, and stays; else it may be one of the simple phrases.
fn filling<'t>(before: &str, text: &'t str) -> Cow<'t, str> {
    let known = if before.ends_with('`') { None } else { exact(PHRASES, text) };
    known.map_or(Cow::Borrowed(text), Cow::Borrowed)
}

fn filled(danish: &str, fillings: &[Cow<str>]) -> String {
    let mut fillings = fillings.iter();
    let mut text = String::new();
    for (number, part) in danish.split(HOLE).enumerate() {
        if number > 0 {
            text.push_str(fillings.next().map_or("", |filling| filling));
        }
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_filled_in_stays_as_it_is() {
        for (english, danish) in [
            ("a whole number from 1 to 600", "et helt tal fra 1 til 600"),
            ("`en` or `et`", "`en` eller `et`"),
            ("`a`, `b` or `c`", "`a`, `b` eller `c`"),
            ("the theme has no asset `a text`", "temaet mangler filen `a text`"),
            ("the theme has no asset `a`b`", "temaet mangler filen `a`b`"),
            ("a value cannot begin with ```", "en værdi kan ikke begynde med ```"),
            ("16 levels of includes", "16 indsættelser inden i hinanden"),
            ("`facilitator`", "`facilitator`"),
            ("`not` is only valid as part of `not in`", "`not` is only valid as part of `not in`"),
            ("a word from elsewhere", "a word from elsewhere"),
        ] {
            assert_eq!(phrase(english), danish);
        }
    }

    #[test]
    fn a_phrase_in_a_phrase_is_danish_and_foreign_words_are_quoted() {
        let found = "expected lines of `key: value`, found a list";
        assert_eq!(sentence(found), "her skal være linjer som `key: value`, men her står en liste");
        assert_eq!(sentence("the image is broken: eof"), "billedet er gået i stykker: »eof«");
        assert_eq!(sentence("No space left on device"), "»No space left on device«");
        assert!(sentence(&"æ".repeat(1_000)).chars().count() < 250);
        assert!(sentence(&format!("the theme has no asset `{}`", "æ".repeat(1_000))).chars().count() < 250);
    }

    #[test]
    fn the_phrasebook_holds_each_phrase_once_with_the_same_holes_and_code() {
        let mut seen = BTreeSet::new();
        for (english, danish) in KINDS.iter().chain(NOTES).chain(PHRASES) {
            assert!(seen.insert(english), "{english} stands twice");
            let code = |text: &'static str| text.split('`').skip(1).step_by(2).collect::<BTreeSet<_>>();
            assert_eq!(code(english), code(danish), "{english}");
            assert_eq!(english.matches(HOLE).count(), danish.matches(HOLE).count(), "{english}");
        }
    }

    #[test]
    fn no_phrase_is_taken_for_an_earlier_one() {
        for (english, danish) in PHRASES {
            assert_eq!(phrase(english), *danish);
        }
    }
}

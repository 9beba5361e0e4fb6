//! The order of titles in a language's alphabet.
//!
//! A small part of the Unicode collation algorithm (UTS #10) by hand: letters by their base letter, Danish æ ø å
//! after z, numbers by value, punctuation passed over. Ties are broken by the text itself.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::grammar;
use crate::model::handbook::Language;

/// A sort key: compare keys, not texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Collation {
    weights: Vec<u32>,
    text: String,
}

/// The sort key of `text`.
pub fn collation_key(text: &str, language: Language) -> Collation {
    let mut weights = Vec::with_capacity(text.len());
    let mut number: Option<u32> = None;
    for letter in composed(text).chars().flat_map(char::to_lowercase) {
        if let Some(digit) = letter.to_digit(10) {
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            continue;
        }
        push_number(&mut weights, number.take());
        if letter.is_whitespace() || letter == '-' {
            weights.push(1);
        } else if letter.is_alphabetic() {
            weights.push(letter_weight(letter, language));
        }
    }
    push_number(&mut weights, number);
    Collation { weights, text: text.to_owned() }
}

/// The letter that `text` stands under in an alphabetical list: its first letter in upper case, `#` for a number.
pub fn initial(text: &str, language: Language) -> String {
    let first = composed(text).chars().find(|letter| letter.is_alphanumeric());
    match first.map(|letter| base_letter(letter.to_lowercase().next().unwrap_or(letter), language)) {
        Some(letter) if letter.is_alphabetic() => letter.to_uppercase().collect(),
        _ => "#".to_owned(),
    }
}

/// `text` with each letter and its accents as one character, as nearly all texts have them.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

fn push_number(weights: &mut Vec<u32>, number: Option<u32>) {
    // Numbers come before letters, each by its value.
    if let Some(number) = number {
        weights.extend([2, number]);
    }
}

fn letter_weight(letter: char, language: Language) -> u32 {
    const LETTERS: u32 = 0x100;
    const AFTER_Z: u32 = 0x20_0000;
    let last = grammar(language).last_letters;
    match last.iter().position(|found| *found == letter) {
        Some(at) => AFTER_Z + at as u32,
        None => LETTERS + base_letter(letter, language) as u32,
    }
}

/// The letter without its accents, unless it is a letter of its own in the language.
fn base_letter(letter: char, language: Language) -> char {
    if grammar(language).last_letters.contains(&letter) {
        return letter;
    }
    match letter {
        _ if letter.is_ascii() => letter,
        'æ' => 'a',
        'ø' => 'o',
        'ß' => 's',
        _ => std::iter::once(letter).nfd().find(|part| !is_combining_mark(*part)).unwrap_or(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut texts: Vec<&str>, language: Language) -> Vec<&str> {
        texts.sort_by_key(|text| collation_key(text, language));
        texts
    }

    #[test]
    fn danish_letters_come_last_in_danish() {
        let words = vec!["Ånd", "zebra", "Øl", "Ærlig", "abe", "Éclair", "Emma", "10 ting", "9 ting"];
        let danish = ["9 ting", "10 ting", "abe", "Éclair", "Emma", "zebra", "Ærlig", "Øl", "Ånd"];
        assert_eq!(sorted(words, Language::Danish), danish);
    }

    #[test]
    fn a_title_stands_under_its_letter() {
        assert_eq!(initial("»ånd«", Language::Danish), "Å");
        assert_eq!(initial("élan", Language::Danish), "E");
        assert_eq!(initial("ånd", Language::English), "A");
        assert_eq!(initial("3 ting", Language::Danish), "#");
    }
}

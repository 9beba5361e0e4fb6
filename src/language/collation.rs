//! Sorts titles as dictionaries of a language do, by the Unicode collation algorithm with the language's CLDR rules (ICU4X).
//!
//! In Danish, aa is a form of å, ä of æ, ö of ø and ü of y. Punctuation and symbols are skipped, a hyphen counts as a space,
//! and numbers are compared by value.

use std::sync::OnceLock;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use unicode_normalization::char::is_combining_mark;

use super::grammar;
use crate::model::handbook::Language;
use crate::model::invisible::without_invisible;

/// A sort key: compare keys, not texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Collation {
    key: Vec<u8>,
    /// Breaks ties between texts that the language does not tell apart.
    text: String,
}

/// Returns the sort key of `text`.
pub fn collation_key(text: &str, language: Language) -> Collation {
    Collation { key: order_of(language).full.sort_key(&significant(text)), text: text.to_owned() }
}

/// Returns the heading of `text` in an alphabetical list: the last letter of the alphabet that does not sort after it, `#`
/// for a number, and the first letter itself in another script.
pub fn initial(text: &str, language: Language) -> String {
    let text = significant(text);
    let order = order_of(language);
    let key = order.letters_only.sort_key(&text);
    if key >= order.other_scripts {
        return text.chars().take(1).flat_map(char::to_uppercase).collect();
    }
    let after = order.alphabet.partition_point(|(_, first)| *first <= key);
    order.alphabet[..after].last().map_or_else(|| "#".to_owned(), |(letter, _)| letter.to_string())
}

/// Returns the letters and digits of `text`, with spaces for blanks and hyphens.
fn significant(text: &str) -> String {
    let shown = without_invisible(text);
    let kept = shown.chars().filter_map(|letter| match letter {
        _ if letter.is_alphanumeric() || is_combining_mark(letter) => Some(letter),
        '-' | '\u{2010}' | '\u{2011}' => Some(' '),
        _ => letter.is_whitespace().then_some(' '),
    });
    kept.skip_while(|letter| !letter.is_alphanumeric()).collect()
}

/// The order of a language.
struct Order {
    full: Collator,
    /// Compares letters without their accents and capitals.
    letters_only: Collator,
    /// The letters that an alphabetical list has headings for, each with its key.
    alphabet: Vec<(char, Vec<u8>)>,
    /// The key of the first letter after the Latin ones.
    other_scripts: Vec<u8>,
}

/// Returns the order of `language`, which is made once.
fn order_of(language: Language) -> &'static Order {
    static ORDERS: [OnceLock<Order>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
    ORDERS[language as usize].get_or_init(|| {
        let letters_only = Collator::new(language, Strength::Primary);
        let letters = ('A'..='Z').chain(grammar(language).last_letters.iter().copied());
        let alphabet = letters.map(|letter| (letter, letters_only.sort_key(letter.encode_utf8(&mut [0; 4])))).collect();
        let other_scripts = letters_only.sort_key("\u{3b1}");
        Order { full: Collator::new(language, Strength::Tertiary), letters_only, alphabet, other_scripts }
    })
}

/// Writes sort keys in the order of a language.
struct Collator(Option<CollatorBorrowed<'static>>);

impl Collator {
    fn new(language: Language, strength: Strength) -> Self {
        let mut preferences = CollatorPreferences::from(&grammar(language).locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut options = CollatorOptions::default();
        options.strength = Some(strength);
        // The data of both languages is compiled in.
        Self(CollatorBorrowed::try_new(preferences, options).ok())
    }

    fn sort_key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(2 * text.len());
        if let Some(collator) = &self.0 {
            let Ok(()) = collator.write_sort_key_to(text, &mut key);
        }
        key
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
    fn letters_of_other_keyboards_stand_with_those_that_they_are_forms_of() {
        let words = vec![
            "Ändring", "Aarhus", "Özil", "Zebra", "Øl", "Abe", "Åben", "Ærlig", "Übung", "Ydre", "kanaan", "kanal",
        ];
        let danish =
            ["Abe", "kanal", "kanaan", "Übung", "Ydre", "Zebra", "Ändring", "Ærlig", "Øl", "Özil", "Åben", "Aarhus"];
        assert_eq!(sorted(words.clone(), Language::Danish), danish);
        assert_eq!(sorted(words, Language::English)[..3], ["Aarhus", "Abe", "Åben"]);
    }

    #[test]
    fn punctuation_and_invisible_characters_are_skipped() {
        let words = vec!["»Cykel«", "Da\u{ad}g", "🙂 Abe", "E-bog", "»E« bil", "Bo", "Dag og nat"];
        let danish = ["🙂 Abe", "Bo", "»Cykel«", "Da\u{ad}g", "Dag og nat", "»E« bil", "E-bog"];
        assert_eq!(sorted(words, Language::Danish), danish);
    }

    #[test]
    fn a_title_stands_under_its_letter() {
        for (title, letter) in [
            ("»ånd«", "Å"),
            ("élan", "E"),
            ("Aarhus", "Å"),
            ("A\u{30a}ben", "Å"),
            ("AA-møde", "Å"),
            ("Abe", "A"),
            ("Ärlig", "Æ"),
            ("öl", "Ø"),
            ("Übung", "Y"),
            ("3 ting", "#"),
            ("Жук", "Ж"),
            ("!", "#"),
        ] {
            assert_eq!(initial(title, Language::Danish), letter, "{title}");
        }
        for (title, letter) in [("ånd", "A"), ("Øl", "O"), ("Aarhus", "A"), ("3 ting", "#"), ("Ψυχή", "Ψ")] {
            assert_eq!(initial(title, Language::English), letter, "{title}");
        }
    }
}

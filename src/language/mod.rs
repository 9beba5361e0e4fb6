//! What the program knows of languages: terms and their inflection, the order of the alphabet, numbers and dates.
//!
//! Each language is one module that gives a [`Grammar`]; everything else here works for any of them. A further
//! language is a further file and a line in [`grammar`].

mod calendar;
mod collation;
mod da;
mod en;
mod lexicon;
mod term;
mod words;

pub use calendar::{date_of, day_number};
pub use collation::{Collation, collation_key, initial};
pub use lexicon::{Lexicon, WordRules, lexicon, lower};
pub use term::{TermIndex, TermParts, UnknownTerm, fill, fill_text, parse_term};
pub use words::{LONGEST_WORD, words};

use icu_locale_core::Locale;

use crate::model::handbook::{Gender, Language, Term};

/// What is particular to a language.
pub(crate) struct Grammar {
    /// The language to the Unicode collation algorithm.
    locale: Locale,
    /// Capital letters that come after `Z`, in order.
    last_letters: &'static [char],
    /// Decimal mark.
    decimal_mark: char,
    /// What stands between the thousands of a number.
    thousands_mark: char,
    /// Names of the months.
    months: [&'static str; 12],
    /// Link texts that say nothing of where they lead, in lower case.
    vague_link_texts: &'static [&'static str],
    /// Pairs of words that follow a noun's gender: for common gender, for neuter.
    gendered: &'static [(&'static str, &'static str)],
    /// The indefinite articles that give way to a term's own `article`.
    articles: &'static [&'static str],
    /// How many forms a term has.
    form_count: usize,
    /// The genitive of a form.
    genitive: fn(form: &str, is_plural: bool) -> String,
    /// Whether the form of this index is a plural.
    is_plural: fn(form: usize) -> bool,
    /// The base of a written genitive, if `word` may be one.
    without_genitive: fn(word: &str) -> Option<&str>,
    /// What search knows of its words.
    words: WordRules,
}

fn grammar(language: Language) -> &'static Grammar {
    match language {
        Language::Danish => &da::GRAMMAR,
        Language::English => &en::GRAMMAR,
    }
}

/// How many forms a term has in `language`.
pub fn form_count(language: Language) -> usize {
    grammar(language).form_count
}

/// Whether `text` as a link says nothing of where the link leads.
pub fn is_vague_link_text(text: &str, language: Language) -> bool {
    // Longer than any of them: most link texts are told apart by their length alone.
    const LONGEST: usize = 24;
    text.len() <= LONGEST && {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '!' | ':')).to_lowercase();
        grammar(language).vague_link_texts.contains(&text.as_str())
    }
}

/// A number with the marks of the language: for thousands, and for no more than three decimals.
pub fn format_number(number: f64, language: Language) -> String {
    let grammar = grammar(language);
    let text = format!("{:.3}", number.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    let mut formatted = String::with_capacity(text.len() + whole.len() / 3);
    if number < 0.0 && (whole != "0" || !decimals.is_empty()) {
        formatted.push('−');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            formatted.push(grammar.thousands_mark);
        }
        formatted.push(digit);
    }
    if !decimals.is_empty() {
        formatted.push(grammar.decimal_mark);
        formatted.push_str(decimals);
    }
    formatted
}

/// A date as written in front matter (`2025`, `2025-03`, `2025-03-01`) in words.
pub fn format_date(date: &str, language: Language) -> String {
    calendar::format(date, &grammar(language).months)
}

/// Returns whether `text` begins with the name of a month, as it stands in a date behind the day: `maj`, `sept.`. An English
/// date has no point behind its day.
pub fn begins_with_month(text: &str, language: Language) -> bool {
    let text = text.trim_start();
    let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_short = |month: &str| word.len() > 2 && month.starts_with(word) && text[word.len()..].starts_with('.');
    language == Language::Danish && grammar(language).months.iter().any(|month| *month == word || is_short(month))
}

/// The word beside a noun that fits the noun: `en` for a neuter noun becomes `et`.
fn fit_word(word: &str, is_beside: bool, term: &Term, grammar: &Grammar) -> String {
    let lower = word.to_lowercase();
    if grammar.articles.contains(&lower.as_str()) {
        // `a new owner`: the article goes by the word that it stands beside.
        return if is_beside { with_capital_of(word, article(term)) } else { word.to_owned() };
    }
    let pair = grammar.gendered.iter().find(|(common, neuter)| *common == lower || *neuter == lower);
    match (pair, term.gender) {
        (Some((common, _)), Some(Gender::En)) => with_capital_of(word, common),
        (Some((_, neuter)), Some(Gender::Et)) => with_capital_of(word, neuter),
        _ => word.to_owned(),
    }
}

/// The article of a term; where it has none of its own, the one that its first letter lets expect.
fn article(term: &Term) -> &str {
    let by_letter = || match term.forms.first().and_then(|form| form.chars().next()) {
        Some(letter) if "aeiouAEIOU".contains(letter) => "an",
        _ => "a",
    };
    term.article.as_deref().unwrap_or_else(by_letter)
}

/// `text` with the capitals of `model`: none, the first letter, or all.
fn with_capital_of(model: &str, text: &str) -> String {
    let mut letters = model.chars().filter(|letter| letter.is_alphabetic());
    let (first, second) = (letters.next(), letters.next());
    match (first.is_some_and(char::is_uppercase), second.is_some_and(char::is_uppercase)) {
        (true, true) => text.to_uppercase(),
        (true, false) => {
            let mut letters = text.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_mark_of_the_language() {
        assert_eq!(format_number(6.5, Language::Danish), "6,5");
        assert_eq!(format_number(-7.0, Language::English), "−7");
        assert_eq!(format_number(-0.0001, Language::Danish), "0");
        assert_eq!(format_number(-0.5, Language::Danish), "−0,5");
    }

    #[test]
    fn thousands_are_parted_by_the_mark_of_the_language() {
        let both = |number| [Language::Danish, Language::English].map(|language| format_number(number, language));
        assert_eq!(both(999.0), ["999", "999"]);
        assert_eq!(both(1000.0), ["1.000", "1,000"]);
        assert_eq!(both(12_345.25), ["12.345,25", "12,345.25"]);
        assert_eq!(both(-1_234_567.0), ["−1.234.567", "−1,234,567"]);
    }

    #[test]
    fn a_link_that_says_nothing_is_known_in_each_language() {
        assert!(is_vague_link_text("Klik her", Language::Danish));
        assert!(is_vague_link_text("læs mere …", Language::Danish));
        assert!(!is_vague_link_text("Klik her", Language::English));
        assert!(!is_vague_link_text("Se borgeren", Language::Danish));
    }
}

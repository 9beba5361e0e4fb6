//! English.

use super::Grammar;

pub(crate) const GRAMMAR: Grammar = Grammar {
    last_letters: &[],
    decimal_mark: '.',
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    vague_link_texts: &[
        "here",
        "click here",
        "press here",
        "see here",
        "read here",
        "read more",
        "more",
        "see more",
        "learn more",
        "link",
        "this link",
        "this page",
    ],
    gendered: &[],
    articles: &["a", "an"],
    genitive,
    is_plural: |form| form >= 1,
    without_genitive,
};

/// A plural in s takes the apostrophe alone, all else 's.
fn genitive(form: &str, is_plural: bool) -> String {
    if is_plural && form.to_lowercase().ends_with('s') { format!("{form}’") } else { format!("{form}’s") }
}

fn without_genitive(word: &str) -> Option<&str> {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).or_else(|| word.strip_suffix(['\'', '’']))
}

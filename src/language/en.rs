//! English.

use icu_locale_core::locale;
use rust_stemmers::Algorithm;

use super::{Grammar, WordRules};

pub(crate) static GRAMMAR: Grammar = Grammar {
    locale: locale!("en"),
    last_letters: &[],
    decimal_mark: '.',
    thousands_mark: ',',
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
    form_count: 2,
    genitive,
    is_plural: |form| form >= 1,
    without_genitive,
    words: WordRules {
        stemmer: Algorithm::English,
        letters: &[('æ', "ae"), ('ø', "o"), ('đ', "d"), ('ł', "l"), ('ß', "ss")],
        digraphs: &[],
        own_letters: "",
        links: &[""],
        not_parts: &[
            "ness", "ship", "hood", "ment", "tion", "able", "less", "ful", "ing", "ings", "ward", "wise", "some",
        ],
        not_compounds: &["question", "moment", "another", "already", "together"],
        endings: &[],
        families: FAMILIES,
        tails: TAILS,
        genitive: "s",
        small_words: SMALL_WORDS,
        question_words: QUESTION_WORDS,
    },
};

/// Words whose forms Snowball takes apart: the stem to use, then the forms.
const FAMILIES: &[&str] = &[
    "person persons people",
    "foot feet",
    "tooth teeth",
    "see sees seeing saw seen",
    "go goes going went gone",
    "ask asks asked asking",
    "tell tells telling told",
    "say says saying said",
    "find finds finding found",
    "give gives giving gave given",
    "make makes making made",
    "think thinks thinking thought",
    "know knows knowing knew known",
    "feel feels feeling felt",
    "meet meets meeting met",
    "lead leads leading led",
    "speak speaks speaking spoke spoken",
    "good better best",
    "bad worse worst",
    "library libraries",
    "omen omens",
    "amen",
];

/// Families that compounds and verbs with a prefix end with, too: *workmen* is *workman*, *undertook* is *undertake*.
const TAILS: &[&str] = &[
    "man men",
    "child children",
    "take takes taking took taken",
    "come comes coming came",
    "write writes writing wrote written",
    "stand stands standing stood",
];

const SMALL_WORDS: &str = "\
    a about after again all also am an and another any are as at be because been before being but by can could did do does \
    doing don down each few for from further had has have having he her here hers him his how i if in into is it its just me \
    more most my no nor not now of off on once only or other our ours out over own same she should so some such than that the \
    their theirs them then there these they this those through to too under until up very was we were what when where which \
    while who whom why will with would you your yours";

/// Stop words that ask, and what stands beside them: *how do we do it over* asks for *over*.
const QUESTION_WORDS: &str = "\
    a am an are be been can could did do does doing had has have having he how i if is it me my our she should the to was \
    we were what when where which who whom why will with would you your";

/// A plural in s takes the apostrophe alone, all else 's.
fn genitive(form: &str, is_plural: bool) -> String {
    if is_plural && form.to_lowercase().ends_with('s') { format!("{form}’") } else { format!("{form}’s") }
}

fn without_genitive(word: &str) -> Option<&str> {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).or_else(|| word.strip_suffix(['\'', '’']))
}

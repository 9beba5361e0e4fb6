//! Danish.

use super::Grammar;

pub(crate) const GRAMMAR: Grammar = Grammar {
    last_letters: &['æ', 'ø', 'å'],
    decimal_mark: ',',
    months: [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    vague_link_texts: &[
        "her",
        "klik her",
        "tryk her",
        "se her",
        "læs her",
        "læs mere",
        "læs mere her",
        "se mere",
        "mere",
        "link",
        "dette link",
        "linket",
        "denne side",
        "siden",
    ],
    gendered: &[
        ("en", "et"),
        ("den", "det"),
        ("denne", "dette"),
        ("min", "mit"),
        ("din", "dit"),
        ("sin", "sit"),
        ("vores", "vores"),
        ("ingen", "intet"),
        ("hver", "hvert"),
        ("anden", "andet"),
        ("nogen", "noget"),
        ("hvilken", "hvilket"),
        ("sådan", "sådant"),
    ],
    articles: &[],
    genitive,
    is_plural: |form| form >= 2,
    without_genitive,
};

/// Retskrivningsordbogen §13: an apostrophe after s, x and z, else s.
fn genitive(form: &str, _is_plural: bool) -> String {
    if form.to_lowercase().ends_with(['s', 'x', 'z']) { format!("{form}’") } else { format!("{form}s") }
}

fn without_genitive(word: &str) -> Option<&str> {
    word.strip_suffix(['s', 'S', '’', '\''])
}

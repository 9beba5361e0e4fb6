//! What is said of a fault in Danish, held against the same in English.

use std::collections::BTreeSet;
use std::path::Path;

use vaert::diagnostic::{Diagnostic, Label};
use vaert::model::handbook::Language;

/// English words that are no Danish ones.
const ENGLISH: &[&str] = &[
    "the", "this", "that", "which", "those", "is", "are", "must", "cannot", "not", "no", "none", "and", "or", "with",
    "without", "of", "from", "a", "an", "it", "its", "has", "than", "write", "where", "there", "nothing", "value",
    "key", "page", "number", "file", "item", "heading", "draft", "theme", "found", "first", "whole", "other", "does",
];

/// Examples whose words are the reader's: they differ, and are left out where the two are compared.
const EXAMPLES: &[(&str, &str)] = &[
    ("Save as", "Gem som"),
    ("what the image shows", "hvad billedet viser"),
    ("]: the note", "]: noten"),
    ("]- title", "]- titel"),
];

/// Fails where the Danish of one of `diagnostics` is not all Danish, or does not name what the English names.
///
/// A backtick in the content cannot be told from those around it: what is found in such a line is left out.
pub fn assert_all_danish<'t>(diagnostics: &[Diagnostic], source: impl Fn(&str) -> Option<&'t str>) {
    for diagnostic in diagnostics {
        let has_backtick = |label: &Label| source(&label.path).is_some_and(|text| lines_at(text, label).contains('`'));
        if !diagnostic.labels.iter().any(has_backtick) {
            assert_danish(diagnostic);
        }
    }
}

fn lines_at<'t>(text: &'t str, label: &Label) -> &'t str {
    let span = label.span.range();
    let (start, end) = (text.floor_char_boundary(span.start), text.ceil_char_boundary(span.end));
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[end..].find('\n').map_or(text.len(), |at| end + at);
    &text[from..to]
}

fn assert_danish(diagnostic: &Diagnostic) {
    let code = diagnostic.code().name();
    let (danish, english) = (diagnostic.text(Language::Danish), diagnostic.text(Language::English));
    let notes = |language| diagnostic.labels.iter().filter_map(move |label| label.text(language));
    let all_danish: Vec<&str> = [&*danish.message, &*danish.help].into_iter().chain(notes(Language::Danish)).collect();
    let all_english: Vec<&str> =
        [&*english.message, &*english.help].into_iter().chain(notes(Language::English)).collect();
    if all_english.iter().any(|text| text.matches('`').count() % 2 == 1) {
        return; // The content is from elsewhere, and holds one.
    }
    for (danish, english) in all_danish.iter().zip(&all_english) {
        assert_ne!(danish, english, "{code} has no Danish");
        let left = english_words(danish);
        assert!(left.is_empty(), "{code} says {left:?} in Danish: {danish}");
    }
    let (danish, english) = (all_danish.join(" "), all_english.join(" "));
    let is_cut = |text: &str| values(text).iter().any(|value| value.contains('…'));
    if is_cut(&danish) || is_cut(&english) {
        return; // What is from elsewhere is long, and cut where each language has room.
    }
    assert_eq!(values(&danish), values(&english), "{code} names other things in Danish: {danish}\n{english}");
}

/// The English words of `text` outside of code and of what is quoted from elsewhere.
fn english_words(text: &str) -> Vec<String> {
    let prose: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" x ");
    let own: String = prose.split('»').map(|part| part.split_once('«').map_or(part, |(_, rest)| rest)).collect();
    let words = own.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
    words.filter(|word| ENGLISH.contains(&&**word)).collect()
}

/// What stands in backticks.
fn values(text: &str) -> BTreeSet<String> {
    let value =
        |value: &str| EXAMPLES.iter().fold(value.to_owned(), |value, (english, danish)| value.replace(danish, english));
    text.split('`').skip(1).step_by(2).map(value).collect()
}

#[test]
fn english_is_told_from_danish_outside_of_code_and_quotes() {
    assert_eq!(english_words("skriv den `the key` her"), [] as [&str; 0]);
    assert_eq!(english_words("kan ikke bruges: »the key« er væk"), [] as [&str; 0]);
    assert_eq!(english_words("Nøglen is `x`, not y"), ["is", "not"]);
}

#[test]
fn every_phrase_of_the_phrasebook_is_said_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let phrasebook = root.join("diagnostic/danish/phrasebook.rs");
    let sources = walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.unwrap().into_path());
    let others = sources.filter(|path| path.extension().is_some_and(|end| end == "rs") && *path != phrasebook);
    let said: String =
        others.map(|path| literals_whole(&path).split("#[cfg(test)]").next().unwrap().to_owned()).collect();
    let phrases = literals_whole(&phrasebook);
    let phrases = phrases.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
    let english: Vec<&str> = phrases.step_by(2).collect();
    assert!(english.len() > 100, "only {} phrases were found", english.len());
    // Not ours: the operating system says it.
    for phrase in english.iter().filter(|phrase| !phrase.starts_with("Permission denied")) {
        for part in phrase.split(['…', '`']).map(|part| part.trim_matches(|c: char| !c.is_alphanumeric())) {
            assert!(said.contains(part), "nobody says {part:?} of {phrase:?} in English any more");
        }
    }
}

/// A source whose strings each stand on one line of their own, with single braces.
fn literals_whole(path: &Path) -> String {
    let mut text = String::new();
    for part in std::fs::read_to_string(path).unwrap().split("\\\n") {
        text += if text.is_empty() { part } else { part.trim_start() };
    }
    text.replace("{{", "{")
        .replace("}}", "}")
        .replace("(\"", "(\n\"")
        .replace("\", \"", "\",\n\"")
        .replace("\"),", "\",")
}

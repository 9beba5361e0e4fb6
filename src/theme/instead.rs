//! What a handbook says and sets otherwise than its theme is put in place of the theme's own, key by key.
//!
//! The theme decides which keys there are and what each is: a word with a text for `one` and one for `other`, the places
//! to fill in it, a setting that is a number. Templates count on that.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::brand::Place;
use super::words::{Words, fill_places};
use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::model::handbook::{Instead, Word};

/// Where `handbook.yaml` has the key that is last of these, each inside the one before; and where its value stands.
pub struct Places<'a> {
    /// Of the key.
    pub key: &'a dyn Fn(&[&str]) -> Place,
    /// Of its value.
    pub value: &'a dyn Fn(&[&str]) -> Place,
}

/// Puts `instead` in place of what `words` and `settings` of the theme hold. What does not fit is told of and left out.
pub fn put(
    instead: &Instead,
    words: &mut Words,
    settings: &mut BTreeMap<String, Value>,
    places: &Places,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut tell = |fault: Fault, (shown, range): Place| diagnostics.push(Diagnostic::new(fault, &shown, range));
    for (key, word) in &instead.words {
        let keys = ["words", key.as_str()];
        match words.0.get_mut(key) {
            None => tell(unknown(key, words.0.keys()), (places.key)(&keys)),
            Some(of_theme) => match misfit(key, word, of_theme) {
                Some(fault) => tell(fault, (places.value)(&keys)),
                None => *of_theme = word.clone(),
            },
        }
    }
    for (key, value) in &instead.settings {
        let keys = ["settings", key.as_str()];
        match settings.get_mut(key) {
            None => tell(unknown(key, settings.keys()), (places.key)(&keys)),
            Some(of_theme) if !of_theme.is_null() && kind(of_theme) != kind(value) => {
                let (expected, found) = (kind(of_theme), kind(value));
                let fault =
                    Fault::WrongType { key: keys.join("."), expected, found, wants_quotes: false, mended: None };
                tell(fault, (places.value)(&keys));
            }
            Some(of_theme) => *of_theme = value.clone(),
        }
    }
    diagnostics
}

fn unknown<'k>(key: &str, known: impl Iterator<Item = &'k String>) -> Fault {
    let suggestion = suggest::nearest(key, known.map(String::as_str));
    Fault::UnknownKey { key: key.to_owned(), suggestion }
}

/// Why `word` cannot stand where the theme has `of_theme`.
fn misfit(key: &str, word: &Word, of_theme: &Word) -> Option<Fault> {
    let key = format!("words.{key}");
    match (word, of_theme) {
        (Word::Text(_), Word::Counted { .. }) => {
            let (expected, found) = ("a text for `one` and one for `other`", "a text");
            return Some(Fault::WrongType { key, expected, found, wants_quotes: false, mended: None });
        }
        (Word::Counted { .. }, Word::Text(_)) => {
            let (expected, found) = ("a text", "a key with a value");
            return Some(Fault::WrongType { key, expected, found, wants_quotes: false, mended: None });
        }
        _ => {}
    }
    let known: BTreeSet<String> = texts(of_theme).into_iter().flat_map(places_of).collect();
    let stray = texts(word).into_iter().find(|text| !places_of(text).is_subset(&known))?;
    let named: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
    let expected = match named.is_empty() {
        true => "a text without places to fill".to_owned(),
        false => format!("a text with no other places to fill than `{}`", named.join("`, `")),
    };
    Some(Fault::InvalidValue { key, value: stray.to_owned(), expected, suggestion: None })
}

fn texts(word: &Word) -> Vec<&str> {
    match word {
        Word::Text(text) => vec![text],
        Word::Counted { one, other } => vec![one, other],
    }
}

/// The names of the places to fill in `text`.
fn places_of(text: &str) -> BTreeSet<String> {
    let names = RefCell::new(BTreeSet::new());
    let note = |name: &str| {
        names.borrow_mut().insert(name.to_owned());
        Some(String::new())
    };
    // With a value for every place, filling cannot fail.
    let _ = fill_places(text, note);
    names.into_inner()
}

/// What a setting is, for messages.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "`true` or `false`",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "keys with values",
    }
}

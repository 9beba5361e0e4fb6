//! A YAML file of a theme as a list of keys with values, and the places of its keys.

use std::ops::Range;

use serde_yaml::Value;

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Source;

/// The keys and values of a YAML mapping, in order; empty with a diagnostic where it is none.
pub fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, Value)> {
    let mut invalid = |reason: String, range| {
        let fault = Fault::InvalidYaml { reason, wants_quotes: false };
        diagnostics.push(Diagnostic::new(fault, &source.shown, range));
    };
    match serde_yaml::from_str(&source.text) {
        Ok(Value::Null) => Vec::new(),
        Ok(Value::Mapping(mapping)) => {
            let pairs = mapping.into_iter();
            pairs.map(|(key, value)| (text(&key).unwrap_or_else(|| type_name(&key).to_owned()), value)).collect()
        }
        Ok(other) => {
            invalid(format!("expected keys with values, found {}", type_name(&other)), 0..0);
            Vec::new()
        }
        Err(error) => {
            let start = error.location().map_or(0, |place| source.text.floor_char_boundary(place.index()));
            invalid(error.to_string(), start..start);
            Vec::new()
        }
    }
}

/// A scalar as text; numbers and booleans as written.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => None,
    }
}

/// What a value is, for messages.
pub fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "keys with values",
        Value::Tagged(_) => "a tagged value",
    }
}

/// Where the last of `keys` stands, each looked for after the one before; an empty range at the start
/// where it is not found (written with escapes or by an alias).
pub fn place_of_key(text: &str, keys: &[&str]) -> Range<usize> {
    let mut found = 0..0;
    for key in keys {
        let next = text[found.end..].match_indices(key).map(|(at, _)| at + found.end).find(|at| is_key(text, *at, key));
        match next {
            Some(at) => found = at..at + key.len(),
            None => return found,
        }
    }
    found
}

fn is_key(text: &str, at: usize, key: &str) -> bool {
    let line = &text[text[..at].rfind('\n').map_or(0, |newline| newline + 1)..at];
    let in_comment = line.starts_with('#') || line.contains(" #");
    let begins = line.is_empty() || line.ends_with([' ', '\t', '{', ',', '"', '\'']);
    let ends = text[at + key.len()..].trim_start_matches(['"', '\'', ' ']).starts_with(':');
    begins && ends && !in_comment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_at_their_places_and_not_in_comments() {
        let text = "# accent: no\ncolors:\n  primary: \"#123\" # accent: no\n  \"accent\": { light: a, dark: b }\n";
        let accent = text.find("accent\"").unwrap();
        assert_eq!(place_of_key(text, &["accent"]), accent..accent + 6);
        let dark = text.find("dark").unwrap();
        assert_eq!(place_of_key(text, &["colors", "accent", "dark"]), dark..dark + 4);
        assert_eq!(place_of_key(text, &["nothing"]), 0..0);
    }

    #[test]
    fn a_broken_file_is_one_diagnostic() {
        for text in ["a: [", "just text", "a: 1\na: 2"] {
            let source = Source { path: "theme.yaml".into(), shown: "t/theme.yaml".into(), text: text.into() };
            let mut diagnostics = Vec::new();
            assert_eq!(read(&source, &mut diagnostics), []);
            assert!(matches!(diagnostics[..], [Diagnostic { fault: Fault::InvalidYaml { .. }, .. }]), "{text}");
        }
    }
}

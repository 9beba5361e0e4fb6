//! The words that the program asks a theme for, and the list of those that a theme must have.

use std::collections::BTreeSet;
use std::path::Path;

use vaert::theme::words::REQUIRED;

/// The keys in `words.get("…")` and `words.fill("…")` of all sources.
fn asked_for() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let code = text.split("mod tests {").next().unwrap();
        for call in ["words.get(\"", "words.fill(\"", "self.word(\"", "link(\"", "if_planned(\""] {
            let found = code.split(call).skip(1).filter_map(|rest| rest.split_once('"'));
            keys.extend(found.map(|(key, _)| key.to_owned()));
        }
    }
    keys
}

#[test]
fn every_word_that_the_program_asks_for_is_required_of_a_theme() {
    let asked = asked_for();
    assert!(asked.len() > 10, "the search found only {asked:?}");
    let missing: Vec<&String> = asked.iter().filter(|key| !REQUIRED.contains(&key.as_str())).collect();
    assert_eq!(missing, [] as [&String; 0]);
}

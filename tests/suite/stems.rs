//! The stems in `tests/search`, which the browser's stemmers are held to as well.

use rust_stemmers::{Algorithm, Stemmer};

fn assert_stems(list: &str, algorithm: Algorithm) {
    let stemmer = Stemmer::create(algorithm);
    let pairs: Vec<(&str, &str)> = list.lines().map(|line| line.split_once('\t').unwrap()).collect();
    assert!(pairs.len() > 500);
    for (word, stem) in pairs {
        assert_eq!(stemmer.stem(word), stem, "{word}");
    }
}

#[test]
fn danish_words_have_the_stems_that_the_browser_is_held_to() {
    assert_stems(include_str!("../search/stems-da.txt"), Algorithm::Danish);
}

#[test]
fn english_words_have_the_stems_that_the_browser_is_held_to() {
    assert_stems(include_str!("../search/stems-en.txt"), Algorithm::English);
}

//! The search, held to knowing languages by their rules alone: one that it has never seen is searched as well, and none is
//! named in it. `tests/browser/suite/search_language.test.js` asks the same of the reader's engine.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_stemmers::Algorithm;
use vaert::language::{Lexicon, WordRules};
use vaert::model::handbook::Language;
use vaert::search::count::Counter;
use vaert::search::dictionary::Dictionary;
use vaert::search::index::{Index, index};
use vaert::search::search;
use vaert::search::text::{PageText, Part};

/// All that the search is told of Swedish, which no handbook can be in.
static SWEDISH: WordRules = WordRules {
    stemmer: Algorithm::Swedish,
    letters: &[('å', "a")],
    digraphs: &[("aa", "a")],
    own_letters: "åäö",
    links: &["", "s"],
    not_parts: &["het"],
    not_compounds: &["framtid"],
    endings: &[("arnas", "ar")],
    families: &["bok boken böcker böckerna"],
    tails: &["man mannen män männen"],
    genitive: "s",
    question_words: "hur är det att",
    small_words: "och att det som en ett är på i vi hur",
};

const PAGES: [(&str, &str); 4] = [
    ("gaest", "Gästerna känner sig välkomna i stadsbiblioteken."),
    ("bok", "En bok är aldrig ensam. Talmännens ordning gäller."),
    ("tid", "Framtiden är ljus, och vi dricker kaffe."),
    ("laan", "Lån av verktyg kräver tillit."),
];

fn swedish_index(lexicon: &Lexicon) -> Index {
    let dictionary = Dictionary::default();
    let mut counter = Counter::new(&dictionary);
    let text = |(url, text): (&str, &str)| PageText {
        url: url.into(),
        kind: "page",
        parts: vec![Part { text: text.into(), ..Part::default() }],
        ..PageText::default()
    };
    let texts: Vec<Arc<PageText>> = PAGES.map(text).into_iter().map(Arc::new).collect();
    let counts: Vec<_> = texts.iter().map(|text| Arc::new(counter.page(text))).collect();
    index(texts, &counts, &dictionary, lexicon)
}

#[test]
fn a_language_of_which_only_the_rules_are_known_is_searched() {
    let lexicon = Lexicon::new(&SWEDISH);
    let index = swedish_index(&lexicon);
    for (question, wanted) in [
        ("gäst", &["gaest"][..]),
        ("gast", &["gaest"]),
        ("böckernas", &["bok"]),
        ("bocker", &["bok"]),
        ("talman", &["bok"]),
        ("bibliotek", &["gaest"]),
        ("verktygslån", &["laan"]),
        ("laan", &["laan"]),
        ("verktgy", &["laan"]),
        ("hur är det att dricka kaffe", &["tid"]),
        ("xyzzyq", &[]),
    ] {
        let (_, found) = search(&index, question, 0, 10, &lexicon);
        let found = found.iter().filter(|found| !found.is_suggestion).map(|found| &*found.text.url);
        let found: Vec<&str> = found.collect();
        assert_eq!(found, wanted, "{question}");
    }
}

/// The sources of the search, in Rust and for the browser, each without its comments and tests. What a language has
/// of its own is in files of other names.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |folder: &str| {
        let entries = fs::read_dir(root.join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect::<Vec<_>>()
    };
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let is_of_a_language = |path: &Path| Language::ALL.iter().any(|of| name(path) == format!("search-{}.js", of.tag()));
    let scripts = files("themes/vaertskab/assets")
        .into_iter()
        .filter(|path| name(path).starts_with("search") && name(path).ends_with(".js") && !is_of_a_language(path));
    let rust = files("src/search").into_iter().chain([root.join("src/language/lexicon.rs")]);
    let code = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        (path, lines.collect::<Vec<_>>().join("\n"))
    };
    rust.chain(scripts).map(code).collect()
}

#[test]
fn no_language_is_named_in_the_search_and_no_letter_is_of_one() {
    let sources = sources();
    assert!(sources.len() >= 20, "there are only {} files", sources.len());
    for (path, code) in &sources {
        for language in Language::ALL {
            let tag = language.tag();
            for name in [format!("{language:?}"), format!("\"{tag}\""), format!("search-{tag}")] {
                assert!(!code.contains(&name), "{} names {name}", path.display());
            }
        }
        let own = code.chars().find(|letter| letter.is_alphabetic() && !letter.is_ascii());
        assert_eq!(own, None, "{} has a letter of some language", path.display());
    }
}

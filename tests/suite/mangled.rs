//! Real files cut, repeated and sprinkled with special characters: always a build, never a panic, and every fault is
//! placed inside its file.

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::Config;
use vaert::load::load;
use vaert::snapshot::Snapshot;

use crate::handbook::{Built, Handbook};

/// What Markdown, YAML, HTML, templates and terms are made of.
const PIECES: [&str; 44] = [
    "`",
    "```\n",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "[",
    "]",
    "(",
    ")",
    "!",
    "|",
    "%%",
    "<",
    ">",
    "-",
    "---\n",
    "#",
    "*",
    "_",
    "~~",
    ":",
    ": ",
    "\\",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "[^a]",
    "[[",
    "![[",
    "<!--",
    "-->",
    "> [!SVAR] ",
    "\u{feff}",
    "\u{0}",
    "å",
    "\u{30a}",
    "&amp;",
    "\"",
    "😀",
];

/// One change of a text; places are parts of a thousand.
#[derive(Debug, Clone)]
enum Change {
    Cut(usize, usize),
    Repeat(usize, usize),
    Swap(usize, usize),
    Insert(usize, usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let place = 0..1000_usize;
    let change = prop_oneof![
        (place.clone(), 1..80_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (place.clone(), 1..80_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
        (place.clone(), place.clone()).prop_map(|(one, other)| Change::Swap(one, other)),
        (place, 0..PIECES.len()).prop_map(|(at, piece)| Change::Insert(at, piece)),
    ];
    prop::collection::vec(change, 1..12)
}

fn mangle(text: &str, changes: &[Change]) -> String {
    let mut text = text.to_owned();
    for change in changes {
        let at = |part: usize, text: &str| text.floor_char_boundary(text.len() * part / 1000);
        let range = |part: usize, length: usize, text: &str| {
            let start = at(part, text);
            start..text.floor_char_boundary((start + length).min(text.len()))
        };
        match *change {
            Change::Cut(part, length) => drop(text.drain(range(part, length, &text))),
            Change::Repeat(part, length) => {
                let piece = text[range(part, length, &text)].to_owned();
                text.insert_str(at(part, &text), &piece.repeat(3));
            }
            Change::Swap(one, other) => {
                let (one, other) = (at(one.min(other), &text), at(one.max(other), &text));
                let middle = text.floor_char_boundary(usize::midpoint(one, other));
                text = [&text[..one], &text[middle..other], &text[one..middle], &text[other..]].concat();
            }
            Change::Insert(part, piece) => text.insert_str(at(part, &text), PIECES[piece]),
        }
    }
    text
}

/// Text files of the real handbook.
fn content(ending: &str) -> Vec<(String, String)> {
    let snapshot: Snapshot = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), None).unwrap();
    let files = snapshot.layers[0].files.iter().filter(|(path, _)| path.ends_with(ending));
    files.map(|(path, file)| (path.to_string(), file.source().unwrap().text.to_string())).collect()
}

/// Holds what is true of every build, however mangled its input; gives the build.
fn built(handbook: &Handbook) -> Built {
    let built = handbook.clone().keep_going().build();
    for diagnostic in &built.diagnostics {
        for label in &diagnostic.labels {
            let text = built.source(&label.path).unwrap_or_else(|| panic!("{} is no file: {diagnostic:?}", label.path));
            let range = label.span.range();
            assert!(
                text.get(range).is_some(),
                "{:?} is not in the file of {} bytes: {diagnostic:?}",
                label.span,
                text.len()
            );
        }
    }
    built.report();
    for (path, bytes) in &built.outputs {
        if path.ends_with(".html") {
            let page = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8"));
            assert!(!page.contains("<!--"), "{path} holds a comment");
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
        }
    }
    built
}

fn bounded() -> Config {
    Config { cases: 256, failure_persistence: None, ..Config::default() }
}

/// A handbook with a page to link to, and a file of every kind.
fn small() -> Handbook {
    Handbook::new()
        .settings(
            "title: Prøve\nterms:\n  borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] }\nsections:\n  \
             - { folder: principper, kind: principle }\n  - { folder: oevelser, kind: exercise }\n  \
             - { folder: temadage, kind: workshop }\n  - { folder: begreber, kind: concept }\n  \
             - { folder: konklusioner, kind: conclusion }\n  - { folder: maal, kind: indicator }\n  \
             - { folder: fortaelling, kind: case }\n",
        )
        .file("index.md", "# Forside\n\n## Afsnit\n")
        .file("principper/se.md", "---\nstatement: Vi ser op.\n---\n\n## Hvorfor\n\nFordi synsning[^1].\n\n[^1]: Note.\n")
}

proptest! {
    #![proptest_config(bounded())]

    #[test]
    fn mangled_markdown_is_built(file in 0..60_usize, changes in changes()) {
        let files = content(".md");
        let (path, text) = &files[file % files.len()];
        built(&small().file(path, &mangle(text, &changes)));
        built(&small().facilitator().file(path, &mangle(text, &changes)));
    }

    #[test]
    fn mangled_front_matter_is_built(file in 0..60_usize, changes in changes()) {
        let files = content(".md");
        let (path, text) = &files[file % files.len()];
        let end = text[3..].find("\n---").map_or(text.len(), |end| end + 3);
        built(&small().file(path, &format!("{}{}", mangle(&text[..end], &changes), &text[end..])));
    }

    #[test]
    fn any_pieces_in_a_row_are_built(pieces in prop::collection::vec(prop_oneof![
        (0..PIECES.len()).prop_map(|at| PIECES[at].to_owned()),
        Just("a".to_owned()), Just("borgeren".to_owned()), Just("principper/se".to_owned()), Just("| - | - |\n".to_owned()),
        Just("<div>".to_owned()), Just("1. ".to_owned()), Just("- [ ] ".to_owned()), Just("\n: ".to_owned()),
    ], 1..40)) {
        built(&small().file("a.md", &pieces.concat()).file("oevelser/a.md", &pieces.concat()));
    }

    #[test]
    fn a_mangled_handbook_yaml_is_built(changes in changes()) {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/handbook.yaml")).unwrap();
        built(&small().settings(&mangle(&text, &changes)));
    }

    #[test]
    fn a_mangled_template_is_a_fault_of_the_theme(at in 0..100_usize, changes in changes()) {
        let files = vaert::theme::builtin::files();
        let texts: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".yaml") || path.ends_with(".css")).collect();
        let (path, file) = texts[at % texts.len()];
        let text = mangle(&file.source().unwrap().text, &changes);
        let handbook = small().theme_file(path, &text).keep_going();
        let built = handbook.build();
        for diagnostic in &built.diagnostics {
            for label in &diagnostic.labels {
                if let Some(text) = built.source(&label.path) {
                    prop_assert!(text.get(label.span.range()).is_some(), "{diagnostic:?}");
                }
            }
        }
        built.report();
    }
}

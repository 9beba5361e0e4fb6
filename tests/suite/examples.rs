//! The editions in `examples/`: each is whole for both audiences, is what it is an example of, and holds nothing of another.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use vaert::build::{Audience, Options};
use vaert::cache::Cache;
use vaert::load::load;
use vaert::model::Kind;
use vaert::snapshot::Snapshot;
use vaert::sweep::{Client, Sweep};

use crate::handbook::Built;

/// The examples, and words that only each of them may hold.
const EXAMPLES: [(&str, &[&str]); 3] = [
    ("bibliotek", &["Bøgelund", "boegelund", "Ubemandet tid", "Huset uden os", "bøgeblad"]),
    ("hotel", &["Skumring", "skumring", "night porter", "Star moment", "lit window"]),
    ("museum", &["Lynghavn", "lynghavn", "Gæstens rute", "genbesøg", "montre"]),
];
const AUDIENCES: [Audience; 2] = [Audience::Participant, Audience::Facilitator];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn snapshot(folder: &str) -> Snapshot {
    load(&root().join(folder), None).unwrap_or_else(|error| panic!("{error}"))
}

/// The example built from the disk for an audience, warnings as errors.
fn built(name: &str, audience: Audience) -> Built {
    let options = Options { audience, strict: true, pdf: cfg!(feature = "pdf"), ..Options::default() };
    Built::of(&snapshot(&format!("examples/{name}")), &mut Cache::for_one_build(), &options, false)
}

/// What readers see of an edition, by path: its text files, from names to search index.
fn texts(built: &Built) -> BTreeMap<&String, String> {
    let is_text = |path: &str| [".html", ".js", ".xml", ".svg"].iter().any(|end| path.ends_with(end));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    built.outputs.iter().filter(|(path, _)| is_text(path)).map(|(path, bytes)| (path, text(bytes))).collect()
}

#[test]
fn the_folder_of_examples_holds_editions_of_the_handbook_and_nothing_else() {
    let mut names: Vec<String> = fs::read_dir(root().join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, EXAMPLES.map(|(name, _)| name));
    for name in names {
        let snapshot = snapshot(&format!("examples/{name}"));
        let layers: Vec<PathBuf> =
            snapshot.layers.iter().map(|layer| root().join(&*layer.settings.shown).canonicalize().unwrap()).collect();
        assert_eq!(layers[1..], [root().join("content/handbook.yaml").canonicalize().unwrap()], "{name}");
    }
}

#[test]
fn every_example_builds_without_a_warning_for_both_audiences() {
    for (name, _) in EXAMPLES {
        for audience in AUDIENCES {
            let built = built(name, audience);
            assert_eq!(built.report(), "", "{name}");
            let page = built.page("index.html");
            assert!(page.contains("logo"), "{name} shows its logo");
        }
    }
}

#[test]
fn no_example_holds_a_word_of_another() {
    for (name, own) in EXAMPLES {
        for audience in AUDIENCES {
            let built = built(name, audience);
            let texts = texts(&built);
            for word in own {
                assert!(
                    texts.iter().any(|(path, text)| path.contains(word) || text.contains(word)),
                    "{name} does not say `{word}`, so that no other says it proves nothing"
                );
            }
            for (other, words) in EXAMPLES.iter().filter(|(other, _)| *other != name) {
                for (path, text) in &texts {
                    let found = words.iter().find(|word| path.contains(**word) || text.contains(**word));
                    assert_eq!(found, None, "{path} of {name} holds a word of {other}");
                }
            }
        }
    }
}

#[test]
fn the_sweep_finds_nothing_of_an_example_in_another() {
    let snapshots: Vec<(String, Snapshot)> =
        EXAMPLES.iter().map(|(name, _)| ((*name).to_owned(), snapshot(&format!("examples/{name}")))).collect();
    let editions: Vec<(&String, &Snapshot, Audience)> =
        snapshots.iter().flat_map(|(name, snapshot)| AUDIENCES.map(|audience| (name, snapshot, audience))).collect();
    let sweep = Sweep::new(editions.iter().map(|(name, snapshot, _)| Client::new(snapshot, name)).collect());
    let cache = Cache::for_editions(editions.len());
    for (at, (_, snapshot, audience)) in editions.iter().enumerate() {
        let build = vaert::build::build(snapshot, &cache, &Options { audience: *audience, ..Options::default() });
        build.search_files(&cache).into_iter().for_each(|output| sweep.look(at, &output));
        build.print_views().for_each(|output| sweep.look(at, &output));
        build.render(&cache, &|output| sweep.look(at, &output));
    }
    assert_eq!(sweep.finish().unwrap(), []);
}

#[test]
fn the_museum_calls_everybody_a_guest_and_leaves_two_exercises_out() {
    const FORMS: [&str; 5] = ["borger", "borgeren", "borgerens", "borgere", "borgerne"];
    let museum = built("museum", Audience::Facilitator);
    for (path, text) in texts(&museum).iter().filter(|(path, _)| path.ends_with(".html")) {
        // An address keeps the id that the base gave it: `principper/se-borgeren`.
        let words = text.split(|c: char| !c.is_alphabetic() && c != '-');
        let found = words.map(str::to_lowercase).find(|word| FORMS.contains(&&**word));
        assert_eq!(found, None, "{path}");
    }
    assert!(museum.has("oevelser/gaestens-rute.html"));
    assert!(!museum.has("oevelser/filmet-samspil.html") && !museum.has("oevelser/saet-principperne-paa-proeve.html"));
    let css = museum.outputs.iter().find(|(path, _)| path.starts_with("assets/brand.")).unwrap().1;
    assert!(String::from_utf8_lossy(css).contains("--brand-primary: #6b2d4a"), "the palette is the theme's");
}

#[test]
fn the_branch_adds_principles_and_a_chapter_to_those_of_the_base() {
    let snapshot = snapshot("examples/bibliotek");
    let build = vaert::build::build(&snapshot, &Cache::for_one_build(), &Options::default());
    let book = build.book().unwrap();
    let ids = |kind: Kind| -> Vec<&str> {
        let of_kind = book.items.iter().filter(|item| item.kind == kind && !item.id.ends_with("/index"));
        of_kind.map(|item| &*item.id).collect()
    };
    assert_eq!(ids(Kind::Principle)[5..], ["principper/ogsaa-naar-vi-er-gaaet", "principper/vaerter-for-hele-huset"]);
    assert_eq!(ids(Kind::Case)[9..], ["fortaelling/timen-uden-os"]);
    assert_eq!(ids(Kind::Case).len(), 10);
}

#[test]
fn the_hotel_says_nothing_in_danish() {
    const DANISH: [&str; 8] = ["og", "ikke", "eller", "som", "borgeren", "øvelse", "princip", "håndbogen"];
    let hotel = built("hotel", Audience::Facilitator);
    for (path, text) in texts(&hotel).iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(text.contains("<html lang=\"en\""), "{path}");
        let mut words = text.split(|c: char| !c.is_alphabetic() && c != '-').map(str::to_lowercase);
        let found = words.find(|word| DANISH.contains(&&**word));
        assert_eq!(found, None, "{path}");
    }
}

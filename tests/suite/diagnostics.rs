//! Every fixture in `tests/diagnostics/` is a small handbook with one fault, the report that a user sees of it, and what
//! is said of it in Danish.
//!
//! A folder is named after the code that its report must hold. What a repository cannot hold (links, a theme that is
//! whole but for one word) is added in a copy of the folder.

use std::fs;
use std::path::{Path, PathBuf};

use vaert::build::{self, Options};
use vaert::cache::Cache;
use vaert::diagnostic::{Code, Diagnostic, Text, explain};
use vaert::load::load;
use vaert::model::handbook::Language;
use vaert::snapshot::{Content, Snapshot};
use vaert::sweep::{Client, Sweep};
use vaert::theme::builtin;

use crate::handbook::Built;

#[test]
fn every_code_is_triggered_by_its_fixture_alone() {
    let mut failed = Vec::new();
    let reported = Code::ALL.iter().filter(|code| cfg!(feature = "pdf") || !is_for_print(code.name()));
    for code in reported {
        let name = code.name();
        let fixture = fixtures().join(name);
        assert!(fixture.join("handbook.yaml").is_file(), "tests/diagnostics/{name} is no handbook");
        // Caught, so that one run shows every report that has changed.
        let seen = std::panic::catch_unwind(|| {
            let (built, report) = build(name, &fixture);
            let codes = built.codes();
            assert!(codes.contains(&name), "{name} is not reported:\n{report}");
            assert!(codes.iter().all(|code| *code == name), "{name} does not come alone:\n{report}");
            as_expected(&fixture, "expected", &report);
            as_expected(&fixture, "danish", &danish(&built));
        });
        failed.extend(seen.is_err().then_some(name));
    }
    assert!(failed.is_empty(), "the reports of {failed:?} are not as expected");
}

#[test]
fn no_fixture_is_left_of_a_code_that_is_gone() {
    for entry in fs::read_dir(fixtures()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(Code::ALL.iter().any(|code| code.name() == name), "there is no code for tests/diagnostics/{name}");
    }
}

#[test]
fn every_explanation_names_its_code_and_shows_it_wrong_and_right() {
    for code in Code::ALL {
        let text = explain::text(*code);
        assert!(text.starts_with(&format!("# {}\n\n", code.name())), "{}", code.name());
        assert!(text.contains("\nWrong") && text.contains("\nRight"), "{} shows no example", code.name());
        assert!(text.lines().all(|line| line.chars().count() <= 96), "{} is too wide for a terminal", code.name());
    }
}

/// Returns the Danish texts of every fault: the message, the notes at its places, the help.
fn danish(built: &Built) -> String {
    let mut said = String::new();
    for diagnostic in &built.diagnostics {
        let Text { message, help } = diagnostic.text(Language::Danish);
        said += &format!("{}: {message}\n", diagnostic.code().name());
        let notes = diagnostic.labels.iter().filter_map(|label| label.text(Language::Danish));
        said.extend(notes.map(|note| format!("- {note}\n")));
        said += &format!("= {help}\n");
    }
    said
}

/// Holds `report` against the snapshot of that name in the fixture.
fn as_expected(fixture: &Path, name: &str, report: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(fixture);
    settings.bind(|| insta::assert_snapshot!(name, report));
}

/// Whether a code is reported only where print-outs are made.
fn is_for_print(code: &str) -> bool {
    matches!(code, "missing-glyph" | "cut-on-paper" | "heading-on-paper" | "image-on-paper")
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// The fixture built as participants get it, and its report with paths as if the command ran in its folder.
fn build(name: &str, fixture: &Path) -> (Built, String) {
    // Print problems are reported where print-outs are made.
    let copy = tempfile::tempdir().unwrap();
    let folder = copy.path().join(name);
    copy_folder(fixture, &folder);
    complete(name, &folder);
    let snapshot = load(&folder, None).unwrap_or_else(|error| panic!("{error}"));
    let options = Options { terms: name == "word-written-out", pdf: is_for_print(name), ..Options::default() };
    let mut built = Built::of(&snapshot, &mut Cache::for_one_build(), &options, false);
    if matches!(name, "leak" | "unsearched-file") {
        let museum = load(&folder.join("museum"), None).unwrap();
        built.diagnostics.extend(leaks(&[snapshot, museum.clone()]));
        built.add_sources(&museum);
    }
    let report = built.report().replace(&format!("{}/", folder.display()), "");
    let report = report.replace(&copy.path().display().to_string(), "…");
    (built, report)
}

/// Returns the findings of a sweep over the editions of `snapshots`.
fn leaks(snapshots: &[Snapshot]) -> Vec<Diagnostic> {
    let clients = snapshots.iter().enumerate().map(|(at, snapshot)| Client::new(snapshot, ["proeve", "museum"][at]));
    let sweep = Sweep::new(clients.collect());
    for (at, snapshot) in snapshots.iter().enumerate() {
        let cache = &mut Cache::for_one_build();
        build::build(snapshot, cache, &Options::default()).render(cache, &|output| sweep.look(at, &output));
    }
    sweep.finish().unwrap()
}

/// Adds what the repository cannot hold.
fn complete(name: &str, folder: &Path) {
    match name {
        "unreadable-file" => link("findes-ikke.md", &folder.join("guide/hilsen.md")),
        "link-out-of-folder" => {
            fs::create_dir(folder.with_file_name("andet-sted")).unwrap();
            link("../../andet-sted", &folder.join("guide/billeder"));
        }
        "missing-word" => {
            for (path, file) in builtin::files() {
                let place = folder.join("tema").join(&*path);
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                match &file.content {
                    Content::Text(text) => fs::write(place, without_a_word(&path, text)).unwrap(),
                    Content::Bytes(bytes) => fs::write(place, bytes).unwrap(),
                    Content::OnDisk { .. } => unreachable!("the built-in theme lies in the program"),
                }
            }
        }
        _ => {}
    }
}

/// The built-in theme as a theme of its own that stands alone, without the word `footnotes`.
fn without_a_word(path: &str, text: &str) -> String {
    let kept = |line: &&str| !(path == "words/da.yaml" && line.starts_with("footnotes:"));
    let lines: String = text.split_inclusive('\n').filter(kept).collect();
    if path == "theme.yaml" { format!("parent: none\n{lines}") } else { lines }
}

fn link(target: &str, place: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(target, place).unwrap();
    #[cfg(windows)]
    std::os::windows::fs::symlink_file(target, place).unwrap();
}

pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &place);
        } else if !entry.file_name().to_string_lossy().contains(".snap") {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

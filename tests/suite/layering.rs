//! The source of the program, held against the order of its modules and the fences around the world outside.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The modules from the lowest up, each with the reason for its place. A module may use those above it in this list.
const ORDER: [(&str, &str); 37] = [
    ("source", "texts and places in them: everything speaks of these"),
    ("fingerprint", "stands for values of any kind, so it knows none"),
    ("escape", "text to HTML text"),
    ("output", "a finished file is bytes and a path"),
    ("hosting", "what web servers are told, as finished files"),
    ("model", "what a handbook consists of, as data made of source places"),
    ("diagnostic", "faults are data about places in sources; every stage makes them"),
    ("yaml", "YAML to typed values, with faults"),
    ("language", "inflects the terms of the model and suggests the nearest"),
    ("snapshot", "the input as data, with the faults of reading it"),
    ("config", "handbook.yaml by means of yaml"),
    ("layer", "the files of all layers to those of the edition, by the settings"),
    ("outline", "which files of an edition are published, by the settings"),
    ("parse", "one file to one document: knows yaml and language, no other file"),
    ("resolve", "all documents to the book"),
    ("compose", "a file and the one it replaces to one document: finds headings as resolve does"),
    ("drift", "what an edition replaces against what it replaced: composes the text below"),
    ("search", "the book's text to an index, and questions to its pages"),
    ("news", "the book beside what was published of it before"),
    ("asset", "a file of the snapshot to what is published of it"),
    ("brand", "the files that the brand names, checked"),
    ("theme", "theme layers to templates, words and assets"),
    ("chart", "a series to SVG, checked as an asset is"),
    ("sweep", "outputs against what belongs to other clients, files as they are published among it"),
    ("plan", "a book to the list of its pages"),
    ("view", "a book to what templates see"),
    ("print", "a book to its print-outs, by views of its own and of the site"),
    ("cache", "remembers documents, assets, themes, words and what it takes to print"),
    ("render", "views and bodies to pages"),
    ("build", "the stages above, in order"),
    ("load", "the disk to a snapshot, its themes included"),
    ("write", "outputs to the disk, told by load's mark"),
    ("store", "finished print-outs, remembered on the disk"),
    ("live", "builds again and again what is shown, and what is wrong with it"),
    ("serve", "what is live to the browser"),
    ("stamp", "what load saw, remembered for the next build"),
    ("cli", "the commands: everything comes together here"),
];

/// The modules that may touch disk, clock and environment.
const OUTSIDE: [&str; 6] = ["load", "write", "store", "serve", "stamp", "cli"];

/// Every source file: its module, its path, its text.
fn sources() -> Vec<(String, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        if path.ends_with(".rs") && path != "lib.rs" && path != "main.rs" {
            let module = path.split(['/', '.']).next().unwrap().to_owned();
            sources.push((module, path, fs::read_to_string(entry.path()).unwrap()));
        }
    }
    assert!(sources.len() > 60, "the source was not found");
    sources
}

/// Lines that are no comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The top modules that a line names after `crate::`.
fn named_in(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

fn height(module: &str) -> usize {
    ORDER.iter().position(|(name, _)| *name == module).unwrap_or_else(|| panic!("`{module}` has no place in the order"))
}

#[test]
fn modules_use_only_modules_below_them() {
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        for (line, code) in code(&text) {
            assert!(!code.contains("crate::{"), "{path}:{line}: name each module on a line of its own");
            for used in named_in(code).filter(|used| *used != module && !used.is_empty()) {
                if height(used) >= height(&module) {
                    wrong.push(format!("src/{path}:{line}: `{module}` uses `{used}`, which stands above it"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_place_and_every_place_a_module() {
    let modules: BTreeSet<String> = sources().into_iter().map(|(module, _, _)| module).collect();
    let places: BTreeSet<String> = ORDER.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(modules, places);
}

#[test]
fn only_load_write_stamp_and_cli_touch_disk_clock_and_environment() {
    let marks =
        ["std::fs", "std::env", "SystemTime", "Instant", "std::net", "std::process", "stdout", "stderr", "println!"];
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        if OUTSIDE.contains(&module.as_str()) {
            continue;
        }
        for (line, code) in code(&text) {
            if let Some(mark) = marks.iter().find(|mark| code.contains(**mark)) {
                wrong.push(format!("src/{path}:{line}: {mark}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_module_that_touches_the_world_says_why_and_no_other_lifts_the_fence() {
    let mut lifting: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, path, text) in sources() {
        if text.contains("clippy::disallowed_methods") {
            assert!(text.contains("reason = "), "src/{path}");
            lifting.entry(module).or_default().push(path);
        }
    }
    for (module, paths) in &lifting {
        assert!(OUTSIDE.contains(&module.as_str()), "{paths:?} lift the fence");
    }
}

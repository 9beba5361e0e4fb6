//! Print-outs, looked at as readers of PDFs get them: by poppler's `pdftotext`, `pdfinfo` and `pdffonts`.

mod blocks;
mod bounds;
mod breaks;
mod commands;
mod contract;
mod fallback;
mod layout;
mod paper;
mod picture;
mod text;
mod theme;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, OnceLock};

use vaert::build::{Audience, Build, Options, build};
use vaert::cache::Cache;
use vaert::load::load;

use crate::desk::Desk;
use crate::diagnostics::copy_folder;

/// The PDF at `path` of `build`, set without fault.
fn set(build: &Build, path: &str) -> Arc<[u8]> {
    let job = build.print_job(path).unwrap_or_else(|| panic!("there is no {path}"));
    let printed = job.set();
    assert!(printed.diagnostics.is_empty(), "{path}: {:?}", printed.diagnostics);
    printed.pdf.unwrap_or_else(|| panic!("{path} was not set"))
}

/// What a program of poppler's says of a PDF.
fn ask(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ark.pdf");
    fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    command.args(arguments).arg(&file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let said = command.output().unwrap_or_else(|error| panic!("{program}: {error} (install poppler-utils)"));
    assert!(said.status.success(), "{program}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8_lossy(&said.stdout).into_owned()
}

/// The text of a PDF on one line, words that were parted at the end of a line put together.
fn text_of(pdf: &[u8]) -> String {
    let text = ask("pdftotext", &["-enc", "UTF-8"], pdf).replace("\u{ad}\n", "").replace(['\u{200b}', '\u{c}'], "");
    text.replace("-\n", "-").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn handbook(audience: Audience) -> Build {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let snapshot = load(&content, None).unwrap();
    build(&snapshot, &Cache::for_one_build(), &Options { audience, pdf: true, ..Options::default() })
}

/// The handbook in `content/`, to be printed on another paper.
fn content_on(audience: Audience, paper: &str) -> Build {
    let desk = Desk::new();
    copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &desk.at("bog"));
    let settings = desk.read("bog/handbook.yaml");
    desk.write("bog/handbook.yaml", format!("{settings}\nprint: {{ paper: {paper} }}\n"));
    let snapshot = load(&desk.at("bog"), None).unwrap();
    build(&snapshot, &Cache::for_one_build(), &Options { audience, pdf: true, ..Options::default() })
}

/// The print-outs of the handbook in `content/`, by path: for participants and for facilitators.
fn print_outs(audience: Audience) -> &'static BTreeMap<Arc<str>, Arc<[u8]>> {
    static PARTICIPANTS: OnceLock<BTreeMap<Arc<str>, Arc<[u8]>>> = OnceLock::new();
    static FACILITATORS: OnceLock<BTreeMap<Arc<str>, Arc<[u8]>>> = OnceLock::new();
    let made = match audience {
        Audience::Participant => &PARTICIPANTS,
        Audience::Facilitator => &FACILITATORS,
    };
    made.get_or_init(|| {
        let build = handbook(audience);
        build.print_outs().keys().map(|path| (Arc::clone(path), set(&build, path))).collect()
    })
}

//! A handbook of literal files becomes its finished pages and its report, all in memory.
//!
//! ```ignore
//! let built = Handbook::new().file("principper/01-se.md", "---\nstatement: Vi ser op.\n---\n").build();
//! assert!(built.main("principper/se.html").contains("Vi ser op."));
//! ```
#![allow(dead_code, reason = "each test module uses a part of the harness")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use vaert::build::{self, Audience, Options};
use vaert::cache::Cache;
use vaert::diagnostic::{Diagnostic, print};
use vaert::fingerprint::Fingerprint;
use vaert::output::{Output, OutputContent};
use vaert::search::index::Index;
use vaert::snapshot::{Content, File, Layer, Snapshot, ThemeLayer};
use vaert::source::Source;
use vaert::theme::builtin;

use crate::languages;

/// Folders that get a section of their kind where [`Handbook::settings`] does not say otherwise.
const SECTIONS: [(&str, &str); 7] = [
    ("fortaelling", "case"),
    ("principper", "principle"),
    ("oevelser", "exercise"),
    ("temadage", "workshop"),
    ("konklusioner", "conclusion"),
    ("maal", "indicator"),
    ("begreber", "concept"),
];

/// A handbook to be built.
#[derive(Clone, Default)]
pub struct Handbook {
    files: BTreeMap<String, Vec<u8>>,
    theme: BTreeMap<String, String>,
    settings: Option<String>,
    options: Options,
    keep_going: bool,
    below: Option<Box<Handbook>>,
    folder: Option<String>,
}

impl Handbook {
    /// A Danish handbook with no file yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a text file; another of the same path is replaced.
    pub fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    /// With any file.
    pub fn bytes(mut self, path: &str, bytes: &[u8]) -> Self {
        self.files.insert(path.to_owned(), bytes.to_vec());
        self
    }

    /// With this `handbook.yaml` instead of a title and a section for each folder that has a known name.
    pub fn settings(mut self, yaml: &str) -> Self {
        self.settings = Some(yaml.to_owned());
        self
    }

    /// With a theme named `tema` whose parent is the built-in one, and this file in it.
    pub fn theme_file(mut self, path: &str, text: &str) -> Self {
        self.theme.insert(path.to_owned(), text.to_owned());
        self
    }

    /// As an edition of `base`, in the folder of this name.
    pub fn extending(mut self, base: &Handbook, folder: &str) -> Self {
        self.below = Some(Box::new(base.clone()));
        self.folder = Some(folder.to_owned());
        self
    }

    /// As facilitators get it.
    pub fn facilitator(mut self) -> Self {
        self.options.audience = Audience::Facilitator;
        self
    }

    /// Built in spite of errors.
    pub fn keep_going(mut self) -> Self {
        self.keep_going = true;
        self
    }

    /// With print-outs.
    pub fn pdf(mut self) -> Self {
        self.options.pdf = true;
        self
    }

    /// The build itself, with what cannot be asked of its outputs.
    pub fn bare_build(&self) -> build::Build {
        build::build(&self.snapshot(), &Cache::for_one_build(), &self.options)
    }

    /// With warnings as errors.
    pub fn strict(mut self) -> Self {
        self.options.strict = true;
        self
    }

    /// What `load` would read if the files lay on disk.
    pub fn snapshot(&self) -> Snapshot {
        let mut layers = Vec::new();
        let mut layer = Some(self);
        while let Some(handbook) = layer {
            layers.push(handbook.layer());
            layer = handbook.below.as_deref();
        }
        let theme = |(path, text): (&String, &String)| in_memory(path, &format!("tema/{path}"), text.as_bytes());
        let own = ThemeLayer { name: "tema".to_owned(), files: self.theme.iter().map(theme).collect() };
        let built_in = ThemeLayer { name: builtin::NAMES[0].to_owned(), files: builtin::files() };
        let themes = if self.theme.is_empty() { vec![built_in] } else { vec![own, built_in] };
        Snapshot { layers, themes, ..Snapshot::default() }
    }

    fn layer(&self) -> Layer {
        let settings = match (&self.settings, &self.below) {
            (Some(settings), _) => settings.clone(),
            (None, Some(_)) => String::new(),
            (None, None) => self.default_settings(),
        };
        let shown = |path: &str| match &self.folder {
            Some(folder) => format!("{folder}/{path}"),
            None => path.to_owned(),
        };
        let settings =
            Source { path: "handbook.yaml".into(), shown: shown("handbook.yaml").into(), text: settings.into() };
        let files = self.files.iter().map(|(path, bytes)| in_memory(path, &shown(path), bytes)).collect();
        let folder = self.folder.clone().unwrap_or_else(|| "proeve".to_owned());
        Layer { folder, settings, files, unread: BTreeSet::new() }
    }

    /// Writes it to the folder `to` as an author would: what is the same is left alone, what is gone is removed. A theme
    /// lies beside it.
    pub fn write_to(&self, to: &Path) {
        let theme = to.with_file_name("tema");
        let settings = self.settings.clone().unwrap_or_else(|| self.default_settings());
        let link = if self.theme.is_empty() { "" } else { "\ntheme: ../tema\n" };
        let mut files: BTreeMap<PathBuf, Vec<u8>> =
            self.files.iter().map(|(path, bytes)| (to.join(path), bytes.clone())).collect();
        files.insert(to.join("handbook.yaml"), format!("{settings}{link}").into_bytes());
        files.insert(theme.join("theme.yaml"), b"name: tema\n".to_vec());
        files.extend(self.theme.iter().map(|(path, text)| (theme.join(path), text.clone().into_bytes())));
        for folder in [to, &theme] {
            let there = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
            for entry in there.filter(|entry| entry.file_type().is_file() && !files.contains_key(entry.path())) {
                fs::remove_file(entry.path()).unwrap();
            }
        }
        for (path, bytes) in files {
            if fs::read(&path).ok().as_ref() != Some(&bytes) {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, bytes).unwrap();
            }
        }
    }

    /// Builds with an empty cache.
    pub fn build(&self) -> Built {
        self.build_with(&mut Cache::for_one_build())
    }

    /// Builds with a cache that earlier builds may have filled.
    pub fn build_with(&self, cache: &mut Cache) -> Built {
        Built::of(&self.snapshot(), cache, &self.options, self.keep_going)
    }

    /// What search knows of it.
    pub fn index(&self) -> Index {
        let cache = Cache::for_one_build();
        build::build(&self.snapshot(), &cache, &self.options).index(&cache)
    }

    fn default_settings(&self) -> String {
        let folders: BTreeSet<&str> = self.files.keys().filter_map(|path| Some(path.split_once('/')?.0)).collect();
        let known = SECTIONS.iter().filter(|(folder, _)| folders.contains(folder));
        let sections: String =
            known.map(|(folder, kind)| format!("  - {{ folder: {folder}, kind: {kind} }}\n")).collect();
        format!("title: Prøvehåndbog\n{}{sections}", if sections.is_empty() { "" } else { "sections:\n" })
    }
}

/// A finished handbook.
pub struct Built {
    /// Folder name of the edition.
    pub edition: String,
    /// Every finished file by path; none where errors stopped the build.
    pub outputs: BTreeMap<String, Vec<u8>>,
    /// Everything found, rendering included.
    pub diagnostics: Vec<Diagnostic>,
    /// Number of pages, as the program tells it.
    pub pages: usize,
    sources: BTreeMap<Arc<str>, Arc<str>>,
}

impl Built {
    /// Builds `snapshot`, and renders it unless there are errors and no wish to keep going.
    pub fn of(snapshot: &Snapshot, cache: &mut Cache, options: &Options, keep_going: bool) -> Built {
        let build = build::build(snapshot, cache, options);
        let mut diagnostics = build.diagnostics.clone();
        let outputs = Mutex::new(BTreeMap::new());
        if keep_going || !build.has_errors() {
            let put = |output: Output| {
                let bytes = match output.content {
                    OutputContent::Bytes(bytes) => bytes.to_vec(),
                    OutputContent::Copy(path) => std::fs::read(path).unwrap(),
                };
                let twice = outputs.lock().unwrap().insert(output.path.to_string(), bytes);
                assert!(twice.is_none(), "{} is written twice", output.path);
            };
            build.search_files(cache).into_iter().for_each(put);
            diagnostics.extend(build.render(cache, &put));
        }
        let outputs = outputs.into_inner().unwrap();
        let sources = sources(snapshot);
        // Whatever a test makes of faults is told in Danish, too.
        languages::assert_all_danish(&diagnostics, |path| sources.get(path).map(|text| &**text));
        Built { edition: build.edition.clone(), pages: build.pages, outputs, diagnostics, sources }
    }

    /// Lets reports show lines of the files of `snapshot`, too.
    pub fn add_sources(&mut self, snapshot: &Snapshot) {
        self.sources.extend(sources(snapshot));
    }

    /// The whole page at `path`.
    pub fn page(&self, path: &str) -> String {
        let Some(bytes) = self.outputs.get(path) else {
            let paths: Vec<_> = self.outputs.keys().filter(|path| path.ends_with(".html")).collect();
            panic!("there is no {path} among {paths:?}\n{}", self.report());
        };
        String::from_utf8(bytes.clone()).unwrap_or_else(|_| panic!("{path} is not UTF-8"))
    }

    /// What stands inside `<main>` of the page at `path`.
    pub fn main(&self, path: &str) -> String {
        let page = self.page(path);
        let inside = page.split_once("<main").and_then(|(_, rest)| rest.split_once('>'));
        let inside = inside.and_then(|(_, rest)| rest.split_once("</main>"));
        inside.unwrap_or_else(|| panic!("{path} has no <main>:\n{page}")).0.trim().to_owned()
    }

    /// Whether there is an output at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.outputs.contains_key(path)
    }

    /// The diagnostics, one a line: `path:line:column: error[code]: message`.
    pub fn diagnostics(&self) -> String {
        print::short(&self.diagnostics, &|path| self.sources.get(path).cloned())
    }

    /// The diagnostics as people see them, without colour.
    pub fn report(&self) -> String {
        print::human(&self.diagnostics, &|path| self.sources.get(path).cloned(), false)
    }

    /// The text of the file that messages name so, if it is text.
    pub fn source(&self, shown: &str) -> Option<&str> {
        self.sources.get(shown).map(|text| &**text)
    }

    /// Names of the codes found, in order of the report, repeats included.
    pub fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code().name()).collect()
    }

    /// Fails unless nothing at all was found.
    #[track_caller]
    pub fn assert_clean(&self) -> &Self {
        assert!(self.diagnostics.is_empty(), "{}", self.report());
        self
    }
}

fn in_memory(path: &str, shown: &str, bytes: &[u8]) -> (Arc<str>, File) {
    // As `load` does: text by its extension, without a byte order mark.
    let is_text =
        [".md", ".yaml", ".yml", ".svg", ".css", ".js", ".html", ".typ"].iter().any(|end| path.ends_with(end));
    let text = std::str::from_utf8(bytes).ok().filter(|_| is_text);
    let content = match text {
        Some(text) => Content::Text(text.trim_start_matches('\u{feff}').into()),
        None => Content::Bytes(bytes.into()),
    };
    let file =
        File { path: path.into(), shown: shown.into(), content, fingerprint: Fingerprint::of_bytes(bytes).into() };
    (path.into(), file)
}

fn sources(snapshot: &Snapshot) -> BTreeMap<Arc<str>, Arc<str>> {
    let settings = snapshot.layers.iter().map(|layer| layer.settings.clone());
    let files = snapshot.layers.iter().flat_map(|layer| layer.files.values());
    let themes = snapshot.themes.iter().flat_map(|theme| theme.files.values());
    settings.chain(files.chain(themes).filter_map(File::source)).map(|source| (source.shown, source.text)).collect()
}

#[test]
fn a_handbook_of_literal_files_is_built_in_memory() {
    let built = Handbook::new().file("index.md", "# Velkommen\n\nGå indenfor.\n").build();
    built.assert_clean();
    assert_eq!(built.edition, "proeve");
    assert!(built.main("index.html").contains("Gå indenfor."));
}

#[test]
fn a_broken_link_is_reported_and_stops_the_build() {
    let built = Handbook::new().file("index.md", "# Velkommen\n\nSe [dagen](dag.md).\n").build();
    assert_eq!(
        built.diagnostics(),
        "index.md:3:4: error[broken-link]: this link leads to `dag.md`, which does not exist\n"
    );
    assert!(built.outputs.is_empty());
}

#[test]
fn the_way_back_from_a_footnote_ends_its_last_line() {
    let text = "# A\n\nEt[^n] to[^n] tre[^l].\n\n[^n]: Note.\n\n[^l]: - Punkt.\n";
    let built = Handbook::new().file("index.md", text).build();
    built.assert_clean();
    let notes = built
        .main("index.html")
        .replace(" class=\"footnote-back\"", "")
        .replace(" aria-label=\"Tilbage til teksten\"", "");
    assert!(
        notes.contains("<p>Note.\u{a0}<a href=\"#fnref-1\">↩</a>\u{a0}<a href=\"#fnref-1-2\">↩</a></p>"),
        "{notes}"
    );
    assert!(notes.contains("</ul>\n\u{a0}<a href=\"#fnref-2\">↩</a></li>"), "{notes}");
}

#[test]
fn a_template_sees_the_settings_of_its_theme() {
    let page = "{{ site.settings.color }}, {{ site.settings.sizes.big }}{{ page.body | safe }}";
    let built = Handbook::new()
        .file("index.md", "# A\n\nB.\n")
        .theme_file("theme.yaml", "settings: { color: blå, sizes: { big: 3 } }\n")
        .theme_file("templates/home.html", page)
        .build();
    built.assert_clean();
    assert!(built.page("index.html").starts_with("blå, 3<p>B.</p>"), "{}", built.page("index.html"));
}

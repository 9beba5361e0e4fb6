//! A handbook while it is being edited: what the browser is shown after each look at the disk.
//!
//! The pages are those of [`build`](crate::build::build) byte for byte, each rendered when it is asked for. Where an edit
//! leaves something that cannot be shown, the last good version stands and the [`report`] tells what is wrong.

pub mod place;
pub mod report;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::build::{Build, Options, build};
use crate::cache::Cache;
use crate::diagnostic::{self, Code, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::load::SETTINGS;
use crate::output::{Output, OutputContent};
use crate::resolve::book::ItemIndex;
use crate::snapshot::Snapshot;

/// The edition that is shown, and what it takes to bring it up to date.
#[derive(Debug)]
pub struct Site {
    options: Options,
    cache: Cache,
    /// The last snapshot that could be loaded.
    snapshot: Option<Arc<Snapshot>>,
    /// The build that is shown: the last one whose settings could be read.
    build: Option<Build>,
    /// What is wrong with the last snapshot; that it could not be loaded at all is in `failure`.
    diagnostics: Vec<Diagnostic>,
    failure: Option<String>,
    /// Pages whose source cannot be shown as it is now.
    held: BTreeSet<Arc<str>>,
    /// Pages as they were last shown without a fault.
    good: Mutex<HashMap<Arc<str>, Arc<[u8]>>>,
    template_faults: Mutex<Vec<Diagnostic>>,
    search: RwLock<Option<HashMap<Arc<str>, OutputContent>>>,
    /// Counts the updates that changed something.
    generation: u64,
}

/// What an update found changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Whether anything at all has changed.
    pub any: bool,
    /// Address and title of the page whose source was saved, if one was.
    pub saved: Option<(String, String)>,
}

impl Site {
    /// A site that shows nothing yet.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            cache: Cache::for_many_builds(),
            snapshot: None,
            build: None,
            diagnostics: Vec::new(),
            failure: None,
            held: BTreeSet::new(),
            good: Mutex::default(),
            template_faults: Mutex::default(),
            search: RwLock::default(),
            generation: 0,
        }
    }

    /// The last snapshot, from which the next may take what has not changed.
    pub fn snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.snapshot.as_ref()
    }

    /// The text of the file that messages name so.
    fn text_of(&self, shown: &str) -> Option<Arc<str>> {
        let layers = self.snapshot.iter().flat_map(|snapshot| &snapshot.layers);
        let file = layers.flat_map(|layer| layer.files.values()).find(|file| *file.shown == *shown)?;
        file.source().map(|source| source.text)
    }

    /// How many updates changed something.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Shows what was loaded now, or why nothing could be.
    pub fn update(&mut self, loaded: Result<Snapshot, String>) -> Change {
        let snapshot = match loaded {
            Ok(snapshot) => snapshot,
            Err(failure) => {
                let any = self.failure.as_ref() != Some(&failure);
                self.failure = Some(failure);
                self.generation += u64::from(any);
                return Change { any, saved: None };
            }
        };
        let saved = self.snapshot.as_ref().map(|before| changed_files(before, &snapshot));
        if self.failure.is_none() && saved.as_ref().is_some_and(|changed| changed.none) {
            self.snapshot = Some(Arc::new(snapshot));
            return Change::default();
        }
        self.failure = None;
        let built = build(&snapshot, &self.cache, &self.options);
        self.diagnostics = built.diagnostics.clone();
        self.generation += 1;
        let settings_broken = self.diagnostics.iter().any(|diagnostic| is_about_settings(diagnostic, &snapshot));
        if self.build.is_none() || !settings_broken {
            self.held = held(&built, &snapshot);
            self.build = Some(built);
            *self.search.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
        }
        self.template_faults.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
        self.snapshot = Some(Arc::new(snapshot));
        let saved = saved.and_then(|changed| self.page_of_source(&changed.markdown?));
        Change { any: true, saved }
    }

    /// What stands at `path` of the edition; nothing where there is no such file.
    pub fn file(&self, path: &str) -> Option<OutputContent> {
        let build = self.build.as_ref()?;
        if let Some(rendered) = build.page(path, &self.cache) {
            return self.shown(path, rendered).map(OutputContent::Bytes);
        }
        build.file(path).or_else(|| self.search_file(path))
    }

    /// A page as it is shown: rendered now or, if that is not fit to be shown, as it was last.
    fn shown(&self, path: &str, rendered: Result<Arc<[u8]>, Box<Diagnostic>>) -> Option<Arc<[u8]>> {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        match rendered {
            Ok(page) if self.held.contains(path) => Some(good.get(path).cloned().unwrap_or(page)),
            Ok(page) => {
                good.insert(path.into(), Arc::clone(&page));
                Some(page)
            }
            Err(fault) => {
                self.note_template_fault(*fault);
                good.get(path).cloned()
            }
        }
    }

    /// Renders every page, to learn of faults in templates before a page is asked for.
    pub fn look_for_template_faults(&self) {
        if let Some(build) = &self.build {
            build.render(&self.cache, &|_| {}).into_iter().for_each(|fault| self.note_template_fault(fault));
        }
    }

    fn note_template_fault(&self, fault: Diagnostic) {
        let mut faults = self.template_faults.lock().unwrap_or_else(PoisonError::into_inner);
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }

    fn search_file(&self, path: &str) -> Option<OutputContent> {
        if !path.starts_with("search/") {
            return None;
        }
        let known = self.search.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(files) = &*known {
            return files.get(path).cloned();
        }
        drop(known);
        let files = self.build.as_ref()?.search_files(&self.cache);
        let files: HashMap<Arc<str>, OutputContent> =
            files.into_iter().map(|Output { path, content }| (path, content)).collect();
        let file = files.get(path).cloned();
        *self.search.write().unwrap_or_else(PoisonError::into_inner) = Some(files);
        file
    }

    /// Everything that is wrong now, in the order of the files.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all = self.diagnostics.clone();
        all.extend(self.template_faults.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned());
        diagnostic::sort(&mut all);
        all
    }

    /// Why nothing could be loaded the last time, if so.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// The build that is shown.
    pub fn build(&self) -> Option<&Build> {
        self.build.as_ref()
    }

    /// What a browser must know of the page at `path` to tell whether it is up to date: the page without the names
    /// of its style sheets, and these names, which change with what the sheets say.
    pub fn marks_of(&self, path: &str) -> Marks {
        let sheets = self.build.as_ref().map(|build| build.stylesheets().to_vec()).unwrap_or_default();
        let page = match self.file(path) {
            Some(OutputContent::Bytes(bytes)) => {
                let mut page = String::from_utf8_lossy(&bytes).into_owned();
                sheets.iter().for_each(|sheet| page = page.replace(sheet.as_str(), ""));
                Fingerprint::of_bytes(page.as_bytes()).to_string()
            }
            _ => String::new(),
        };
        Marks { page, sheets }
    }

    fn page_of_source(&self, source: &str) -> Option<(String, String)> {
        let book = self.build.as_ref()?.book()?;
        let item = book.items.iter().find(|item| *item.document.source.path == *source)?;
        Some((item.address.to_string(), item.title.clone()))
    }

    /// The item whose page is at `path`.
    pub fn item_at(&self, path: &str) -> Option<ItemIndex> {
        self.build.as_ref()?.item_at(path)
    }
}

/// What tells one version of a page from another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Of the page itself; empty where there is none.
    pub page: String,
    /// Paths of its style sheets.
    pub sheets: Vec<String>,
}

/// Whether two snapshots hold the same: building the second would give what building the first gave.
pub fn is_same_input(before: &Snapshot, now: &Snapshot) -> bool {
    changed_files(before, now).none
}

struct ChangedFiles {
    none: bool,
    /// The only, or the first, Markdown file that is new or different.
    markdown: Option<Arc<str>>,
}

fn changed_files(before: &Snapshot, now: &Snapshot) -> ChangedFiles {
    let files = |snapshot: &Snapshot| -> Vec<(Arc<str>, Fingerprint)> {
        let layers = snapshot.layers.iter().flat_map(|layer| layer.files.values());
        let themes = snapshot.themes.iter().flat_map(|theme| theme.files.values());
        layers.chain(themes).map(|file| (Arc::clone(&file.shown), file.fingerprint)).collect()
    };
    let settings = |snapshot: &Snapshot| snapshot.layers.iter().map(|layer| Arc::clone(&layer.settings.text)).collect();
    let (settings_before, settings_now): (Vec<_>, Vec<_>) = (settings(before), settings(now));
    let same = settings_before == settings_now && files(before) == files(now) && before.diagnostics == now.diagnostics;
    // Of the upper layer first: a page of the base that the edition replaces shows nothing of an edit there.
    let markdown = before.layers.iter().zip(&now.layers).find_map(|(old, new)| {
        let is_new = |path: &Arc<str>| {
            old.files.get(path).map(|file| file.fingerprint) != new.files.get(path).map(|file| file.fingerprint)
        };
        new.files.keys().find(|path| path.ends_with(".md") && is_new(path)).cloned()
    });
    ChangedFiles { none: same, markdown }
}

fn is_about_settings(diagnostic: &Diagnostic, snapshot: &Snapshot) -> bool {
    let is_settings =
        |path: &Arc<str>| path.ends_with(SETTINGS) && snapshot.layers.iter().any(|layer| layer.settings.shown == *path);
    diagnostic.is_error() && diagnostic.labels.first().is_some_and(|label| is_settings(&label.path))
}

/// Addresses of the items whose front matter has an error: what it says of the page cannot be relied on.
fn held(build: &Build, snapshot: &Snapshot) -> BTreeSet<Arc<str>> {
    let mut held = BTreeSet::new();
    let Some(book) = build.book() else { return held };
    let files = || snapshot.layers.iter().flat_map(|layer| layer.files.values());
    let faulty: BTreeSet<&str> = build
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error() && leaves_a_gap(diagnostic.code()))
        .filter_map(|diagnostic| diagnostic.labels.first())
        .filter(|label| {
            let file = files().find(|file| file.shown == label.path);
            let end = file.and_then(|file| file.source()).map_or(0, |source| front_matter_end(&source.text));
            (label.span.start as usize) < end
        })
        .map(|label| &*label.path)
        .collect();
    let items = book.items.iter().filter(|item| faulty.contains(&*item.document.source.shown));
    held.extend(items.map(|item| Arc::from(&*item.address)));
    held
}

/// Whether a fault in front matter leaves the page without what it is made of. Others, an id that leads nowhere say,
/// leave a page that can be shown.
fn leaves_a_gap(code: Code) -> bool {
    matches!(
        code,
        Code::InvalidYaml
            | Code::FrontMatterNotClosed
            | Code::DuplicateKey
            | Code::MissingKey
            | Code::WrongType
            | Code::InvalidValue
    )
}

/// Where the front matter ends; the end of the text where it is not closed.
fn front_matter_end(text: &str) -> usize {
    match text.strip_prefix("---") {
        Some(rest) => rest.find("\n---").map_or(text.len(), |at| at + 3),
        None => 0,
    }
}

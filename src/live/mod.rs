//! A handbook while it is being edited: what the browser is shown after each look at the disk.
//!
//! The pages are those of [`build`](crate::build::build) byte for byte, each rendered when it is asked for. Where an edit
//! leaves something that cannot be shown, the last good version stands and the [`report`] tells what is wrong.

mod change;
pub mod place;
pub mod report;
mod stale;
mod unread;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::build::{Build, Options, build_to_show};
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic, Label};
use crate::fingerprint::Fingerprint;
use crate::load::LoadError;
use crate::output::{Output, OutputContent};
use crate::resolve::book::ItemIndex;
use crate::snapshot::Snapshot;
pub use change::is_same_input;
use change::{changed_files, fingerprint_of, is_about_settings};
use report::report_page;
use stale::{StalePages, stale_pages};

/// The state that is shown at one moment. A save makes the next one beside it, so readers never wait for a build.
#[derive(Debug, Clone)]
pub struct Site {
    options: Options,
    cache: Arc<Cache>,
    /// The last snapshot that could be loaded.
    snapshot: Option<Arc<Snapshot>>,
    /// The last edition whose settings could be read.
    shown: Option<Arc<Edition>>,
    /// An edition before it of which no page is known to fail: it has the pages that templates fail to render now.
    sound: Option<Arc<Edition>>,
    /// The diagnostics of the last snapshot; if it could not be loaded at all, the error is in `failure`.
    diagnostics: Vec<Diagnostic>,
    failure: Option<Arc<LoadError>>,
    /// Counts the updates that changed something.
    generation: u64,
    /// The page that was saved last: the number of the update that brought it, with its address and title.
    saved: Option<(u64, (String, String))>,
    /// The print problems of the last snapshot.
    print: Arc<PrintProblems>,
}

/// Print problems, which are searched for after a save is shown.
#[derive(Debug, Default)]
struct PrintProblems {
    found: OnceLock<Vec<Diagnostic>>,
    /// The problems found before in files that have not changed since: used as long as nothing else is known.
    before: Vec<Diagnostic>,
}

/// The result of a request for a path.
#[derive(Debug)]
pub enum Shown {
    /// A file of the edition, or the last good version of a page.
    File(OutputContent),
    /// A page that says why no version of the requested page can be shown.
    Report(String),
    /// Nothing: there is no such file.
    Nothing,
}

/// A build, with what is learnt of it while it is shown.
#[derive(Debug)]
struct Edition {
    build: Build,
    stale: StalePages,
    search: OnceLock<HashMap<Arc<str>, OutputContent>>,
    template_faults: Mutex<Vec<Diagnostic>>,
    /// Whether every page has been rendered without a fault.
    is_sound: AtomicBool,
}

/// The changes that an update found.
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
            cache: Arc::new(Cache::for_many_builds()),
            snapshot: None,
            shown: None,
            sound: None,
            diagnostics: Vec::new(),
            failure: None,
            generation: 0,
            saved: None,
            print: Arc::default(),
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

    /// Returns the address and title of the page that was saved last, if it was saved after the update `generation`.
    pub fn saved_since(&self, generation: u64) -> Option<&(String, String)> {
        self.saved.as_ref().filter(|(at, _)| *at > generation).map(|(_, saved)| saved)
    }

    /// Returns the number of updates that changed something.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The site that shows what was loaded now, or why nothing could be.
    pub fn update(&self, loaded: Result<Snapshot, LoadError>) -> (Self, Change) {
        let mut next = self.clone();
        let snapshot = match loaded {
            Ok(mut snapshot) => {
                self.snapshot.iter().for_each(|before| unread::keep_last_versions(&mut snapshot, before));
                Arc::new(snapshot)
            }
            Err(failure) => {
                let any = self.failure.as_ref().map(ToString::to_string) != Some(failure.to_string());
                next.failure = Some(Arc::new(failure));
                next.generation += u64::from(any);
                return (next, Change { any, saved: None });
            }
        };
        let changed = self.snapshot.as_ref().map(|before| changed_files(before, &snapshot));
        next.snapshot = Some(Arc::clone(&snapshot));
        if self.failure.is_none() && changed.as_ref().is_some_and(|changed| changed.none) {
            return (next, Change::default());
        }
        next.failure = None;
        next.generation += 1;
        let built = build_to_show(&snapshot, &self.cache, &self.options);
        next.diagnostics = built.diagnostics.clone();
        next.print = Arc::new(PrintProblems { before: self.unchanged_print_problems(&next), ..Default::default() });
        let settings_broken = built.diagnostics.iter().any(|diagnostic| is_about_settings(diagnostic, &snapshot));
        if self.shown.is_none() || !settings_broken {
            let stale = stale_pages(&built, &snapshot, self);
            next.sound = self.last_sound();
            next.shown = Some(Arc::new(Edition::new(built, stale)));
        }
        let saved = changed.and_then(|changed| next.page_of_source(&changed.markdown?));
        next.saved = saved.clone().map(|saved| (next.generation, saved)).or(next.saved);
        (next, Change { any: true, saved })
    }

    /// The edition to fall back on after this one. One that has not been looked through is trusted only where there is
    /// no other, so that saves in a row do not replace a sound edition by a faulty one.
    fn last_sound(&self) -> Option<Arc<Edition>> {
        let shown = self.shown.as_ref();
        if let Some(shown) = shown.filter(|shown| shown.is_sound.load(Ordering::Relaxed)) {
            return Some(Arc::clone(shown));
        }
        self.sound.as_ref().or(shown.filter(|shown| shown.faults().is_empty())).cloned()
    }

    /// Returns the content shown at `path`.
    pub fn shown(&self, path: &str) -> Shown {
        match self.page(path) {
            Some(Some(page)) => return Shown::File(OutputContent::Bytes(page)),
            Some(None) => return Shown::Report(report_page(self)),
            None => {}
        }
        let Some(shown) = &self.shown else { return Shown::Report(report_page(self)) };
        let file = shown.build.file(path).or_else(|| shown.search_file(path, &self.cache));
        match file {
            Some(file) => Shown::File(file),
            None if shown.build.book().is_none() => Shown::Report(report_page(self)),
            None => Shown::Nothing,
        }
    }

    /// Returns the page at `path` as it is shown: rendered now or, if that is not fit to be shown, its last good
    /// version. `None` if there is no page, `Some(None)` if no version of it can be shown.
    fn page(&self, path: &str) -> Option<Option<Arc<[u8]>>> {
        let rendered = self.shown.as_ref()?.page(path, &self.cache)?;
        Some(rendered.or_else(|| self.sound.as_ref()?.page(path, &self.cache)?))
    }

    /// Returns the addresses of the page whose file messages name `source`, stale ones included.
    fn addresses_of(&self, source: &str) -> Vec<Arc<str>> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let items = shown.build.book().into_iter().flat_map(|book| &book.items);
        let items = items.filter(|item| *item.document.source.shown == *source).map(|item| &item.address);
        let stale = shown.stale.iter().filter(|(_, page)| *page.source == *source).map(|(address, _)| address);
        items.chain(stale).cloned().collect()
    }

    /// Searches for print problems for as long as `is_wanted`. A save need not wait for it.
    pub fn look_for_print_problems(&self, is_wanted: &dyn Fn() -> bool) {
        let shown = self.shown.as_ref().filter(|_| !self.has_broken_settings());
        let found = shown.map_or_else(|| Some(Vec::new()), |shown| shown.build.print_problems(&self.cache, is_wanted));
        // They may have been found already; they are the same.
        found.into_iter().for_each(|found| drop(self.print.found.set(found)));
    }

    /// Returns whether the edition that is shown is older than the last snapshot, whose settings cannot be used.
    fn has_broken_settings(&self) -> bool {
        let snapshot = self.snapshot.as_ref();
        snapshot.is_some_and(|snapshot| self.diagnostics.iter().any(|known| is_about_settings(known, snapshot)))
    }

    fn print_problems(&self) -> &[Diagnostic] {
        self.print.found.get().unwrap_or(&self.print.before)
    }

    /// Returns the print problems in files that are the same in `next`.
    fn unchanged_print_problems(&self, next: &Self) -> Vec<Diagnostic> {
        let file = |site: &Self, label: &Label| fingerprint_of(site.snapshot.as_ref()?, &label.path);
        let is_same = |label: &Label| file(self, label).is_some_and(|before| Some(before) == file(next, label));
        let mut unchanged = self.print_problems().to_vec();
        unchanged.retain(|problem| problem.labels.iter().all(is_same));
        unchanged
    }

    /// Renders every page for as long as `is_wanted`, to learn of faults in templates before a page is asked for.
    pub fn look_for_template_faults(&self, is_wanted: impl Fn() -> bool) {
        let Some(shown) = &self.shown else { return };
        let paths = &shown.build.paths;
        for path in paths {
            if !is_wanted() {
                return;
            }
            shown.page(path, &self.cache);
        }
        self.cache.forget_pages(|path| paths.binary_search_by(|known| (**known).cmp(path)).is_ok());
        shown.is_sound.store(shown.faults().is_empty(), Ordering::Relaxed);
    }

    /// Everything that is wrong now, in the order of the files.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all = self.diagnostics.clone();
        all.extend_from_slice(self.print_problems());
        all.extend(self.shown.iter().flat_map(|shown| shown.faults().clone()));
        diagnostic::sort(&mut all);
        all
    }

    /// Why nothing could be loaded the last time, if so.
    pub fn failure(&self) -> Option<&LoadError> {
        self.failure.as_deref()
    }

    /// The build that is shown.
    pub fn build(&self) -> Option<&Build> {
        self.shown.as_ref().map(|shown| &shown.build)
    }

    /// Returns the version of the page at `path`, by which a browser decides whether it is up to date: the page without
    /// the names of its style sheets, and these names, which change with the content of the sheets.
    pub fn marks_of(&self, path: &str) -> Marks {
        let sheets = self.build().map(|build| build.stylesheets().to_vec()).unwrap_or_default();
        let page = match self.shown(path) {
            Shown::File(OutputContent::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
            Shown::Report(page) => page,
            _ => return Marks { page: String::new(), sheets },
        };
        let without_sheets = sheets.iter().fold(page, |page, sheet| page.replace(sheet.as_str(), ""));
        Marks { page: Fingerprint::of_bytes(without_sheets.as_bytes()).to_string(), sheets }
    }

    fn page_of_source(&self, source: &str) -> Option<(String, String)> {
        let book = self.build()?.book()?;
        let item = book.items.iter().find(|item| *item.document.source.path == *source)?;
        Some((item.address.to_string(), item.title.clone()))
    }

    /// The item whose page is at `path`.
    pub fn item_at(&self, path: &str) -> Option<ItemIndex> {
        self.build()?.item_at(path)
    }
}

impl Edition {
    fn new(build: Build, stale: StalePages) -> Self {
        Self {
            build,
            stale,
            search: OnceLock::new(),
            template_faults: Mutex::default(),
            is_sound: AtomicBool::new(false),
        }
    }

    /// See [`Site::page`].
    fn page(&self, path: &str, cache: &Cache) -> Option<Option<Arc<[u8]>>> {
        let stale = self.stale.get(path);
        let Some(rendered) = self.build.page(path, cache) else { return stale.map(|page| page.last.clone()) };
        let rendered = rendered.map_err(|fault| {
            let mut faults = self.faults();
            if !faults.contains(&fault) {
                faults.push(*fault);
            }
        });
        let is_allowed = stale.is_none_or(|page| page.may_be_rendered);
        Some(stale.and_then(|page| page.last.clone()).or(rendered.ok().filter(|_| is_allowed)))
    }

    fn faults(&self) -> MutexGuard<'_, Vec<Diagnostic>> {
        self.template_faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The search's files are made together, when the first is asked for: a save need not wait for them.
    fn search_file(&self, path: &str, cache: &Cache) -> Option<OutputContent> {
        if !path.starts_with("search/") {
            return None;
        }
        let files = self.search.get_or_init(|| {
            self.build.search_files(cache).into_iter().map(|Output { path, content }| (path, content)).collect()
        });
        files.get(path).cloned()
    }
}

/// The version of a page, to be compared with another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Of the page itself; empty where there is none.
    pub page: String,
    /// Paths of its style sheets.
    pub sheets: Vec<String>,
}

//! A handbook while it is being edited: what the browser is shown after each look at the disk.
//!
//! The pages are those of [`build`](crate::build::build) byte for byte, each rendered when it is asked for. Where an edit
//! leaves something that cannot be shown, the last good version stands and the [`report`] tells what is wrong.

mod change;
pub mod place;
pub mod report;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::build::{Build, Options, build};
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::load::LoadError;
use crate::output::{Output, OutputContent};
use crate::resolve::book::ItemIndex;
use crate::snapshot::Snapshot;
pub use change::is_same_input;
use change::{changed_files, held, is_about_settings};

/// What is shown at one moment. A save makes the next one beside it, so readers never wait for a build.
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
    /// What is wrong with the last snapshot; that it could not be loaded at all is in `failure`.
    diagnostics: Vec<Diagnostic>,
    failure: Option<Arc<LoadError>>,
    /// Counts the updates that changed something.
    generation: u64,
}

/// A build, with what is learnt of it while it is shown.
#[derive(Debug)]
struct Edition {
    build: Build,
    /// Pages whose source cannot be shown as it is now, as they last were; nothing where they are new.
    held: BTreeMap<Arc<str>, Option<Arc<[u8]>>>,
    search: OnceLock<HashMap<Arc<str>, OutputContent>>,
    template_faults: Mutex<Vec<Diagnostic>>,
    /// Whether every page has been rendered without a fault.
    is_sound: AtomicBool,
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
            cache: Arc::new(Cache::for_many_builds()),
            snapshot: None,
            shown: None,
            sound: None,
            diagnostics: Vec::new(),
            failure: None,
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

    /// The site that shows what was loaded now, or why nothing could be.
    pub fn update(&self, loaded: Result<Snapshot, LoadError>) -> (Self, Change) {
        let mut next = self.clone();
        let snapshot = match loaded {
            Ok(snapshot) => Arc::new(snapshot),
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
        let built = build(&snapshot, &self.cache, &self.options);
        next.diagnostics = built.diagnostics.clone();
        let settings_broken = built.diagnostics.iter().any(|diagnostic| is_about_settings(diagnostic, &snapshot));
        if self.shown.is_none() || !settings_broken {
            let held = held(&built, &snapshot).into_iter();
            let held = held.map(|path| (Arc::clone(&path), self.page(&path).flatten())).collect();
            next.sound = self.last_sound();
            next.shown = Some(Arc::new(Edition::new(built, held)));
        }
        let saved = changed.and_then(|changed| next.page_of_source(&changed.markdown?));
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

    /// What stands at `path` of the edition; nothing where there is no such file, or no version of it can be shown.
    pub fn file(&self, path: &str) -> Option<OutputContent> {
        if let Some(page) = self.page(path) {
            return page.map(OutputContent::Bytes);
        }
        let shown = self.shown.as_ref()?;
        shown.build.file(path).or_else(|| shown.search_file(path, &self.cache))
    }

    /// The page at `path` as it is shown: rendered now or, if that is not fit to be shown, as it was last. Nothing where
    /// no page is planned there, nothing in it where none can be shown.
    fn page(&self, path: &str) -> Option<Option<Arc<[u8]>>> {
        let rendered = self.shown.as_ref()?.page(path, &self.cache)?;
        Some(rendered.or_else(|| self.sound.as_ref()?.page(path, &self.cache)?))
    }

    /// Whether a page is planned at `path`.
    pub fn is_page(&self, path: &str) -> bool {
        self.page(path).is_some()
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

    /// What a browser must know of the page at `path` to tell whether it is up to date: the page without the names
    /// of its style sheets, and these names, which change with what the sheets say.
    pub fn marks_of(&self, path: &str) -> Marks {
        let sheets = self.build().map(|build| build.stylesheets().to_vec()).unwrap_or_default();
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
    fn new(build: Build, held: BTreeMap<Arc<str>, Option<Arc<[u8]>>>) -> Self {
        Self {
            build,
            held,
            search: OnceLock::new(),
            template_faults: Mutex::default(),
            is_sound: AtomicBool::new(false),
        }
    }

    /// See [`Site::page`].
    fn page(&self, path: &str, cache: &Cache) -> Option<Option<Arc<[u8]>>> {
        let rendered = self.build.page(path, cache)?;
        let held = self.held.get(path).cloned().flatten();
        let rendered = rendered.map_err(|fault| {
            let mut faults = self.faults();
            if !faults.contains(&fault) {
                faults.push(*fault);
            }
        });
        Some(held.or(rendered.ok()))
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

/// What tells one version of a page from another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Of the page itself; empty where there is none.
    pub page: String,
    /// Paths of its style sheets.
    pub sheets: Vec<String>,
}

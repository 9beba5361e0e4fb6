//! The pure pipeline: a snapshot to everything that is known of an edition, and its outputs on demand.
//!
//! `build`, `check`, `serve` and the tests all call [`build`]. Rendering is asked for apart, because outputs are
//! handed on one by one: ten thousand pages are never all in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::asset::{self, Prepared, PublishedAsset};
use crate::brand::{self, BrandFiles, Font};
use crate::cache::Cache;
use crate::config;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::fingerprint::Fingerprint;
use crate::model::handbook::Handbook;
use crate::news::{self, Published, Remembered};
use crate::outline::{Outline, arrange};
use crate::output::{Output, OutputContent};
use crate::parse::{self, Document, Settings};
use crate::plan::{self, Plan, Subject};
use crate::render::page::Edition;
use crate::resolve;
pub use crate::resolve::book::Audience;
use crate::resolve::book::{Book, ItemIndex};
use crate::search::{self, index::Index};
use crate::snapshot::{Layer, Snapshot};
use crate::theme::Theme;
use crate::view;
use crate::view::news::NewsView;
use crate::view::site::BrandImages;

/// What to build.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// For whom.
    pub audience: Audience,
    /// Whether warnings are errors; `handbook.yaml` may ask for it, too.
    pub strict: bool,
}

/// An edition: all that is known of it, ready to be rendered.
#[derive(Debug)]
pub struct Build {
    /// Name of its folder.
    pub edition: String,
    /// Everything that is wrong with the content, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages it has.
    pub pages: usize,
    /// Paths of all its outputs, sorted.
    pub paths: Vec<Arc<str>>,
    /// What is to be remembered of it where it is published; nothing of one that is not.
    pub memory: Vec<Remembered>,
    plan: Plan,
    renderer: Option<Edition>,
    assets: Assets,
}

/// Prepared files by path inside the layer.
type Assets = BTreeMap<Arc<str>, Arc<Prepared>>;

/// Builds the edition of `snapshot` that `options` ask for. Pure: the same arguments give the same result,
/// whatever `cache` holds.
pub fn build(snapshot: &Snapshot, cache: &mut Cache, options: &Options) -> Build {
    build_on(snapshot, cache, options, None)
}

/// The same for an edition that is published on top of what is known of it: with news, where the handbook wants them.
pub fn build_on(snapshot: &Snapshot, cache: &mut Cache, options: &Options, published: Option<&Published>) -> Build {
    let mut diagnostics = snapshot.diagnostics.clone();
    let Some(layer) = snapshot.layers.first() else {
        return Build::nothing(diagnostics);
    };
    let (handbook, faults) = config::read(&layer.settings, &layer.folder);
    diagnostics.extend(faults);
    let (outline, faults) = arrange(&handbook, layer);
    diagnostics.extend(faults);
    let documents = parse_all(layer, &handbook, &outline, cache);
    for document in &documents {
        diagnostics.extend(document.diagnostics.iter().cloned());
    }
    let (book, faults) = resolve::resolve(&handbook, layer, &outline, &documents, options.audience);
    diagnostics.extend(faults);
    let (brand, faults) = brand::files(&handbook.brand, layer);
    diagnostics.extend(faults);
    let theme = load_theme(snapshot, &handbook, &brand.fonts, cache, &mut diagnostics);
    let assets = prepare_assets(layer, &book, &brand, cache, &mut diagnostics);
    finish(book, theme, &brand, assets, options, published, diagnostics)
}

fn finish(
    book: Book,
    theme: Arc<Theme>,
    brand: &BrandFiles,
    assets: Assets,
    options: &Options,
    published: Option<&Published>,
    mut diagnostics: Vec<Diagnostic>,
) -> Build {
    if options.strict || book.handbook.strict {
        diagnostics.iter_mut().for_each(|diagnostic| diagnostic.severity = Severity::Error);
    }
    diagnostic::sort(&mut diagnostics);
    let mut plan = plan::plan(&book);
    let edition = match book.audience {
        Audience::Participant => book.handbook.name.clone(),
        Audience::Facilitator => format!("{}-facilitator", book.handbook.name),
    };
    let memory = published.map(|published| news::remember(&book, &edition, published)).unwrap_or_default();
    let mut news = NewsView::default();
    if published.is_some() && book.handbook.news {
        news = view::news::news(&book, &memory);
        plan.insert(plan::NEWS.into(), Subject::News);
    }
    let published: BTreeMap<Arc<str>, PublishedAsset> = assets
        .iter()
        .filter(|(_, asset)| asset.content.is_some())
        .map(|(path, asset)| (Arc::clone(path), PublishedAsset { path: asset.output_name.clone(), size: asset.size }))
        .collect();
    let paths: BTreeSet<Arc<str>> = plan
        .keys()
        .cloned()
        .chain(published.values().map(|asset| asset.path.as_str().into()))
        .chain(theme.assets.outputs.iter().map(|output| Arc::clone(&output.path)))
        .collect();
    let pages = plan.values().filter(|subject| plan::is_page(**subject)).count();
    let image = |path: &Option<Arc<str>>| published.get(path.as_ref()?).cloned();
    let images = BrandImages { logo: image(&brand.logo), favicon: image(&brand.favicon) };
    let renderer = Edition::new(book, theme, edition.clone(), published, &images, news, &plan);
    let paths = paths.into_iter().collect();
    Build { edition, diagnostics, pages, paths, memory, plan, renderer: Some(renderer), assets }
}

impl Build {
    fn nothing(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            edition: String::new(),
            diagnostics,
            pages: 0,
            paths: Vec::new(),
            memory: Vec::new(),
            plan: Plan::new(),
            renderer: None,
            assets: Assets::new(),
        }
    }

    /// Whether anything that is wrong makes the output wrong.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The resolved handbook, if there was anything to build.
    pub fn book(&self) -> Option<&Book> {
        self.renderer.as_ref().map(|edition| &edition.book)
    }

    /// The search index of the edition; empty where there was nothing to build.
    pub fn index(&self, cache: &Cache) -> Index {
        let Some(book) = self.book() else { return Index::default() };
        let mut counts = cache.counts.lock().unwrap_or_else(PoisonError::into_inner);
        search::index_of(book, cache.remembers_pages().then_some(&mut *counts))
    }

    /// The scripts that the browser searches with, beside [`paths`](Self::paths).
    pub fn search_files(&self, cache: &Cache) -> Vec<Output> {
        let Some(book) = self.book() else { return Vec::new() };
        search::files::files(&self.index(cache), book.handbook.language)
    }

    /// The page at `path`, or the fault of the template that cannot render it; nothing where no page is planned there.
    pub fn page(&self, path: &str, cache: &Cache) -> Option<Result<Arc<[u8]>, Box<Diagnostic>>> {
        let (path, subject) = self.plan.get_key_value(path)?;
        Some(self.renderer.as_ref()?.page(path, *subject, cache))
    }

    /// The file at `path` that is not rendered: of the handbook or of the theme.
    pub fn file(&self, path: &str) -> Option<OutputContent> {
        let asset = self.assets.values().find(|asset| asset.output_name == path);
        let content = asset.and_then(|asset| asset.content.clone());
        content.or_else(|| {
            let outputs = &self.renderer.as_ref()?.theme.assets.outputs;
            Some(outputs.iter().find(|output| *output.path == *path)?.content.clone())
        })
    }

    /// Paths of the theme's style sheets, in the order in which pages load them.
    pub fn stylesheets(&self) -> &[String] {
        self.renderer.as_ref().map_or(&[], |edition| &edition.theme.assets.stylesheets)
    }

    /// The item whose text is on the page at `path`.
    pub fn item_at(&self, path: &str) -> Option<ItemIndex> {
        let book = self.book()?;
        match self.plan.get(path)? {
            Subject::Item(item) => Some(*item),
            Subject::Section(section) => book.sections[*section].index,
            Subject::Home => book.front,
            _ => None,
        }
    }

    /// Renders every output and hands each to `emit` as soon as it is finished, from several threads and in no
    /// order. Gives the faults of templates; an output with a fault is not handed on.
    pub fn render(&self, cache: &Cache, emit: &(dyn Fn(Output) + Sync)) -> Vec<Diagnostic> {
        let Some(edition) = &self.renderer else { return Vec::new() };
        let faults = Mutex::new(Vec::new());
        let pages: Vec<(&Arc<str>, Subject)> = self.plan.iter().map(|(path, subject)| (path, *subject)).collect();
        pages.par_iter().for_each(|(path, subject)| match edition.page(path, *subject, cache) {
            Ok(bytes) => emit(Output { path: Arc::clone(path), content: OutputContent::Bytes(bytes) }),
            Err(fault) => faults.lock().unwrap_or_else(PoisonError::into_inner).push(*fault),
        });
        cache.forget_pages(|path| self.plan.contains_key(path));
        // Two files of one content may have names that are alike as slugs; they are one output.
        let mut emitted = BTreeSet::new();
        for asset in self.assets.values() {
            if let Some(content) = &asset.content
                && emitted.insert(&asset.output_name)
            {
                emit(Output { path: asset.output_name.as_str().into(), content: content.clone() });
            }
        }
        edition.theme.assets.outputs.iter().for_each(|output| emit(output.clone()));
        let mut faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
        diagnostic::sort(&mut faults);
        faults
    }
}

fn parse_all(layer: &Layer, handbook: &Handbook, outline: &Outline, cache: &mut Cache) -> Vec<Arc<Document>> {
    let known = &cache.documents;
    let parsed: Vec<(Arc<str>, Fingerprint, Arc<Document>)> = outline
        .files
        .par_iter()
        .filter_map(|placed| {
            let file = &layer.files[&placed.path];
            let settings = Settings { kind: placed.kind, language: handbook.language, raw_html: handbook.raw_html };
            let key = Fingerprint::of(&(file.fingerprint, settings));
            let source = file.source()?;
            let document =
                known.get(&placed.path, key).unwrap_or_else(|| Arc::new(parse::parse(&source, settings, key)));
            Some((Arc::clone(&placed.path), key, document))
        })
        .collect();
    let documents = parsed.iter().map(|(_, _, document)| Arc::clone(document)).collect();
    cache.documents.replace(parsed);
    documents
}

fn load_theme(
    snapshot: &Snapshot,
    handbook: &Handbook,
    fonts: &[Font],
    cache: &mut Cache,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Theme> {
    let settings = &snapshot.layers[0].settings;
    let files: Vec<_> = snapshot
        .themes
        .iter()
        .map(|theme| (&theme.name, theme.files.iter().map(|(path, file)| (path, file.fingerprint)).collect::<Vec<_>>()))
        .collect();
    let own_fonts: Vec<Fingerprint> = fonts.iter().map(|font| font.file.fingerprint).collect();
    let key = Fingerprint::of(&(files, &handbook.brand, own_fonts, handbook.language, &settings.text));
    if let Some((known, theme, faults)) = &cache.theme
        && *known == key
    {
        diagnostics.extend(faults.iter().cloned());
        return Arc::clone(theme);
    }
    let place = |color: &str, scheme: &str| {
        (Arc::clone(&settings.shown), config::place_of(&settings.text, &["brand", "colors", color, scheme]))
    };
    let (theme, faults) = Theme::load(&snapshot.themes, &handbook.brand, fonts, handbook.language, &place);
    let theme = Arc::new(theme);
    cache.theme = Some((key, Arc::clone(&theme), faults.clone()));
    diagnostics.extend(faults);
    theme
}

/// Prepares the files that pages refer to, the brand's logo and its icon.
fn prepare_assets(
    layer: &Layer,
    book: &Book,
    brand: &BrandFiles,
    cache: &mut Cache,
    diagnostics: &mut Vec<Diagnostic>,
) -> Assets {
    let images = [&brand.logo, &brand.favicon].into_iter().flatten().cloned();
    let paths: BTreeSet<Arc<str>> = book.assets.iter().cloned().chain(images).collect();
    let known = &cache.assets;
    let prepared: Vec<(Arc<str>, Fingerprint, Arc<Prepared>)> = paths
        .into_iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|path| {
            let file = &layer.files[&path];
            let asset = known.get(&path, file.fingerprint).unwrap_or_else(|| Arc::new(asset::prepare(file)));
            (path, file.fingerprint, asset)
        })
        .collect();
    for (path, _, asset) in &prepared {
        if let Some((fault, range)) = &asset.fault {
            diagnostics.push(Diagnostic::new(fault.clone(), &layer.files[path].shown, range.clone()));
        }
    }
    let assets = prepared.iter().map(|(path, _, asset)| (Arc::clone(path), Arc::clone(asset))).collect();
    cache.assets.replace(prepared);
    assets
}

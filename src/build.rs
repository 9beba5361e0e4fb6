//! The pure pipeline: a snapshot to everything that is known of an edition, and its outputs on demand.
//!
//! `build`, `check`, `serve` and the tests all call [`build`]. Rendering is asked for apart, because outputs are
//! handed on one by one: ten thousand pages are never all in memory.

#[cfg(feature = "pdf")]
mod print;
mod print_views;

#[cfg(feature = "pdf")]
pub use print::PrintJob;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::asset::{self, Prepared, PublishedAsset};
use crate::brand::{self, BrandFiles, Font};
use crate::cache::{Cache, Memo};
use crate::compose;
use crate::config::{self, SettingPlace, Settings};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::drift;
use crate::fingerprint::Fingerprint;
use crate::language::lexicon;
use crate::layer::{self, Stack};
use crate::model::Kind;
use crate::model::handbook::Instead;
use crate::news::{self, Published, Remembered};
use crate::outline::{Outline, arrange};
use crate::output::{Output, OutputContent};
use crate::parse::{self, Document};
use crate::plan::print_outs::PrintPlan;
use crate::plan::{self, Plan, Planned, Subject};
use crate::render::page::Edition;
use crate::resolve;
use crate::resolve::Documents;
pub use crate::resolve::book::Audience;
use crate::resolve::book::{Book, ItemIndex};
use crate::search::{self, index::Index};
use crate::snapshot::{Content, File, Snapshot};
use crate::source::{Origins, Source};
use crate::theme::{Foundation, Places, Theme};
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
    /// Whether to warn of words written out that are forms of a term.
    pub terms: bool,
    /// Whether print-outs are to be made: the site links to them, and what cannot be printed is told. They are made apart.
    pub pdf: bool,
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
    print_outs: PrintPlan,
    renderer: Option<Edition>,
    assets: Assets,
    /// What print-outs are set with, where they were asked for.
    #[cfg(feature = "pdf")]
    press: Option<Arc<crate::print::press::Press>>,
}

/// Prepared files by path inside the layer.
type Assets = BTreeMap<Arc<str>, Arc<Prepared>>;

/// Builds the edition of `snapshot` that `options` ask for. Pure: the same arguments give the same result,
/// whatever `cache` holds.
pub fn build(snapshot: &Snapshot, cache: &Cache, options: &Options) -> Build {
    build_on(snapshot, cache, options, None)
}

/// The same for an edition that is published on top of what is known of it: with news, where the handbook wants them.
pub fn build_on(snapshot: &Snapshot, cache: &Cache, options: &Options, published: Option<&Published>) -> Build {
    let mut diagnostics = snapshot.diagnostics.clone();
    let Some(layer) = snapshot.layers.first() else {
        return Build::nothing(diagnostics);
    };
    let sources: Vec<&Source> = snapshot.layers.iter().map(|layer| &layer.settings).collect();
    let (settings, faults) = config::read(&sources, &layer.folder);
    diagnostics.extend(faults);
    let (stack, faults) = layer::stack(&snapshot.layers, &settings);
    diagnostics.extend(faults);
    let (outline, faults) = arrange(&settings.handbook, &stack.files);
    diagnostics.extend(faults);
    let documents = parse_all(&stack, &settings, &outline, cache);
    for document in &documents.published {
        diagnostics.extend(document.diagnostics.iter().cloned());
    }
    let (book, faults) = resolve::resolve(&settings, &stack, &outline, &documents, options.audience);
    diagnostics.extend(faults);
    if options.terms {
        diagnostics.extend(resolve::written_out(&settings, &stack, &outline, &documents));
    }
    point_at_files(&documents.published, &mut diagnostics);
    diagnostics.extend(drift::check(snapshot));
    let (brand, faults) = brand::files(&settings, &stack);
    diagnostics.extend(faults);
    let theme = load_theme(snapshot, &settings, &brand.fonts, cache, &mut diagnostics);
    let assets = prepare_assets(&stack, &book, &brand, cache, &mut diagnostics);
    #[cfg(feature = "pdf")]
    let press = options.pdf.then(|| {
        let (press, mut faults) = print::press(&book, &theme, &settings, cache);
        point_at_files(&documents.published, &mut faults);
        diagnostics.append(&mut faults);
        press
    });
    let build = finish(book, theme, &brand, assets, options, published, diagnostics);
    #[cfg(feature = "pdf")]
    let build = Build { press, ..build };
    build
}

/// Lets faults in texts that were put together point at the files that the texts are from.
fn point_at_files(documents: &[Arc<Document>], diagnostics: &mut [Diagnostic]) {
    let origins: HashMap<&Arc<str>, &Origins> =
        documents.iter().filter_map(|document| Some((&document.source.shown, document.origins.as_deref()?))).collect();
    if origins.is_empty() {
        return;
    }
    for label in diagnostics.iter_mut().flat_map(|diagnostic| &mut diagnostic.labels) {
        let place = origins.get(&label.path).and_then(|origins| origins.place(label.span));
        if let Some((path, span)) = place.map(|(path, span)| (Arc::clone(path), span)) {
            (label.path, label.span) = (path, span);
        }
    }
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
    let mut plan = plan::plan(&book, options.pdf);
    let edition = with_audience(&book.handbook.name, book.audience);
    let print_outs = plan::print_outs::plan(&book);
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
    let mut paths: Vec<Arc<str>> = plan
        .keys()
        .cloned()
        .chain(published.values().map(|asset| asset.path.as_str().into()))
        .chain(theme.assets.outputs.iter().map(|output| Arc::clone(&output.path)))
        .collect();
    paths.sort();
    paths.dedup();
    let pages = plan.values().filter(|subject| plan::is_page(**subject)).count();
    let image = |path: &Option<Arc<str>>| published.get(path.as_ref()?).cloned();
    let images = BrandImages { logo: image(&brand.logo), favicon: image(&brand.favicon) };
    let planned = Planned { pages: &plan, print_outs: &print_outs };
    let renderer = Edition::new(book, theme, edition.clone(), published, &images, news, planned);
    Build {
        edition,
        diagnostics,
        pages,
        paths,
        memory,
        plan,
        print_outs,
        renderer: Some(renderer),
        assets,
        #[cfg(feature = "pdf")]
        press: None,
    }
}

/// The name of the edition that [`build`] makes of `snapshot` for an audience: that of its folder.
pub fn edition_name(snapshot: &Snapshot, audience: Audience) -> String {
    let sources: Vec<&Source> = snapshot.layers.iter().map(|layer| &layer.settings).take(1).collect();
    let folder = snapshot.layers.first().map_or("", |layer| &layer.folder);
    with_audience(&config::read(&sources, folder).0.handbook.name, audience)
}

fn with_audience(name: &str, audience: Audience) -> String {
    match audience {
        Audience::Participant => name.to_owned(),
        Audience::Facilitator => format!("{name}-facilitator"),
    }
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
            print_outs: PrintPlan::new(),
            renderer: None,
            assets: Assets::new(),
            #[cfg(feature = "pdf")]
            press: None,
        }
    }

    /// The print-outs that can be made of the edition, by path.
    pub fn print_outs(&self) -> &PrintPlan {
        &self.print_outs
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
        if !cache.remembers_searched() {
            return search::index_of(book);
        }
        let (index, used) = search::index_from(book, &cache.dictionary, |inputs| cache.searched.get(inputs));
        cache.keep_searched(used);
        index
    }

    /// The scripts that the browser searches with, beside [`paths`](Self::paths).
    pub fn search_files(&self, cache: &Cache) -> Vec<Output> {
        let Some(book) = self.book() else { return Vec::new() };
        search::files::files(self.index(cache), lexicon(book.handbook.language))
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

fn parse_all(stack: &Stack, settings: &Settings, outline: &Outline, cache: &Cache) -> Documents {
    let handbook = &settings.handbook;
    let known = &cache.documents;
    let with = |kind| parse::Settings { kind, language: handbook.language, raw_html: handbook.raw_html };
    let published = outline.files.par_iter().filter_map(|placed| {
        let file = &stack.files[&placed.path];
        let is_composed = |text: &str| !stack.replaced_by(&placed.path).is_empty() && compose::builds_on_base(text);
        let source = file.source()?;
        let below: Vec<&File> = match is_composed(&source.text) {
            true => stack.replaced_by(&placed.path).iter().map(|replaced| &replaced.file).collect(),
            false => Vec::new(),
        };
        Some(parsed(file, &below, with(placed.kind), known))
    });
    let published: Vec<_> = published.collect();
    let omitted = stack.omitted.par_iter().map(|omitted| parsed(&omitted.file, &[], with(Kind::Page), known));
    let omitted: Vec<_> = omitted.collect();
    let documents =
        |parsed: &[(Fingerprint, Arc<Document>)]| parsed.iter().map(|(_, document)| Arc::clone(document)).collect();
    let documents = Documents { published: documents(&published), omitted: documents(&omitted) };
    cache.keep_documents(published.into_iter().chain(omitted));
    documents
}

/// The document of `file`, which may build on `below`, with what stands for all that it depends on.
fn parsed(
    file: &File,
    below: &[&File],
    settings: parse::Settings,
    known: &Memo<Arc<Document>>,
) -> (Fingerprint, Arc<Document>) {
    let inputs = |file: &File| (file.fingerprint, Arc::clone(&file.path), Arc::clone(&file.shown));
    let below_inputs: Vec<_> = below.iter().map(|file| inputs(file)).collect();
    let key = Fingerprint::of(&(inputs(file), below_inputs, settings));
    let document = known.get(key).unwrap_or_else(|| {
        let below: Vec<Source> = below.iter().filter_map(|file| file.source()).collect();
        // A file without text is none of the outline's.
        let source = file.source().unwrap_or_else(|| file.empty_source());
        Arc::new(compose::compose(&source, &below, settings, key))
    });
    (key, document)
}

fn load_theme(
    snapshot: &Snapshot,
    settings: &Settings,
    fonts: &[Font],
    cache: &Cache,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Theme> {
    let handbook = &settings.handbook;
    let files: Vec<_> = snapshot
        .themes
        .iter()
        .map(|theme| {
            (&theme.name, theme.files.values().map(|file| (&file.shown, file.fingerprint)).collect::<Vec<_>>())
        })
        .collect();
    let texts: Vec<_> = settings.layers.iter().map(|layer| (&layer.source.shown, &layer.source.text)).collect();
    let instead = &handbook.instead;
    // Faults in what is said instead point into these texts; editions that say nothing instead share one.
    let said = (*instead != Instead::default()).then_some((instead, &texts));
    let key = Fingerprint::of(&(files, handbook.language, said));
    let (foundation, mut faults) = cache.foundations.get(key).unwrap_or_else(|| {
        let of = |place: SettingPlace| (place.shown, place.range);
        let key = |keys: &[&str]| of(settings.place_of_key(keys));
        let value = |keys: &[&str]| of(settings.place_of(keys));
        let places = Places { key: &key, value: &value };
        let (foundation, faults) = Foundation::load(&snapshot.themes, handbook.language, instead, &places);
        (Arc::new(foundation), faults)
    });
    cache.keep_foundation(key, (Arc::clone(&foundation), faults.clone()));
    diagnostics.append(&mut faults);

    let own_fonts: Vec<Fingerprint> = fonts.iter().map(|font| font.file.fingerprint).collect();
    let key = Fingerprint::of(&(key, &handbook.brand, own_fonts, texts));
    let (theme, faults) = cache.themes.get(key).unwrap_or_else(|| {
        let place = |color: &str, scheme: &str| {
            let place = settings.place_of(&["brand", "colors", color, scheme]);
            (place.shown, place.range)
        };
        let (theme, faults) = Theme::on(&foundation, &snapshot.themes, &handbook.brand, fonts, &place);
        (Arc::new(theme), faults)
    });
    diagnostics.extend(faults.iter().cloned());
    cache.keep_theme(key, (Arc::clone(&theme), faults));
    theme
}

/// Prepares the files that pages refer to, the brand's logo and its icon.
fn prepare_assets(
    stack: &Stack,
    book: &Book,
    brand: &BrandFiles,
    cache: &Cache,
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
            let file = &stack.files[&path];
            let on_disk = match &file.content {
                Content::OnDisk { path, .. } => Some(path),
                Content::Text(_) | Content::Bytes(_) => None,
            };
            let key = Fingerprint::of(&(&path, file.fingerprint, on_disk));
            let asset = known.get(key).unwrap_or_else(|| Arc::new(asset::prepare(file)));
            (path, key, asset)
        })
        .collect();
    for (path, _, asset) in &prepared {
        if let Some((fault, range)) = &asset.fault {
            diagnostics.push(Diagnostic::new(fault.clone(), &stack.files[path].shown, range.clone()));
        }
    }
    let assets = prepared.iter().map(|(path, _, asset)| (Arc::clone(path), Arc::clone(asset))).collect();
    cache.keep_assets(prepared.into_iter().map(|(_, key, asset)| (key, asset)));
    assets
}

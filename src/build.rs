//! The pure pipeline: a snapshot to everything that is known of an edition, and its outputs on demand.
//!
//! `build`, `check`, `serve` and the tests all call [`build`]. Rendering is asked for apart, because outputs are
//! handed on one by one: ten thousand pages are never all in memory.

mod assets;
mod built;
mod documents;
mod names;
#[cfg(feature = "pdf")]
mod print;
#[cfg(feature = "pdf")]
mod print_images;
mod print_views;
mod search_pages;
mod theme;

#[cfg(feature = "pdf")]
pub use print::PrintJob;

pub use built::Build;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::assets::{Assets, prepare_assets};
use self::documents::{parse_all, point_at_files, withhold};
use self::theme::load_theme;
use crate::asset::PublishedAsset;
use crate::brand::{self, BrandFiles};
use crate::cache::Cache;
use crate::config;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::drift;
use crate::layer;
use crate::model::address::too_long_part;
use crate::news::{self, Published};
use crate::outline::arrange;
use crate::plan::{self, Planned, Subject};
use crate::render::page::Edition;
use crate::resolve;
pub use crate::resolve::book::Audience;
use crate::resolve::book::Book;
use crate::snapshot::Snapshot;
use crate::source::Source;
use crate::theme::Theme;
use crate::view;
use crate::view::news::NewsView;
use crate::view::site::BrandImages;

/// The options of a build.
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

/// Builds the edition of `snapshot` that `options` ask for. Pure: the same arguments give the same result,
/// whatever `cache` holds.
pub fn build(snapshot: &Snapshot, cache: &Cache, options: &Options) -> Build {
    build_on(snapshot, cache, options, None)
}

/// The same for an edition that is published on top of what is known of it: with news, where the handbook wants them.
pub fn build_on(snapshot: &Snapshot, cache: &Cache, options: &Options, published: Option<&Published>) -> Build {
    let mut build = without_print_problems(snapshot, cache, options, published);
    build.diagnostics.extend(build.print_problems(cache, &|| true).unwrap_or_default());
    diagnostic::sort(&mut build.diagnostics);
    build
}

/// Builds like [`build`], but sooner: print problems are not among the diagnostics but left for
/// [`Build::print_problems`], since finding them takes longer than the rest of a build after a small change.
pub fn build_to_show(snapshot: &Snapshot, cache: &Cache, options: &Options) -> Build {
    without_print_problems(snapshot, cache, options, None)
}

fn without_print_problems(
    snapshot: &Snapshot,
    cache: &Cache,
    options: &Options,
    published: Option<&Published>,
) -> Build {
    let mut diagnostics = snapshot.diagnostics.clone();
    let Some(layer) = snapshot.layers.first() else {
        return Build::nothing(diagnostics);
    };
    let sources: Vec<&Source> = snapshot.layers.iter().map(|layer| &layer.settings).collect();
    let (settings, faults) = config::read(&sources, &layer.folder);
    diagnostics.extend(faults);
    let (mut stack, faults) = layer::stack(&snapshot.layers, &settings);
    diagnostics.extend(faults);
    let (mut outline, faults) = arrange(&settings.handbook, &stack.files);
    diagnostics.extend(faults);
    let parsed = parse_all(&stack, &settings, &outline, cache);
    for document in &parsed.published {
        diagnostics.extend(document.diagnostics.iter().cloned());
    }
    let withheld = parsed.published.iter().filter(|document| document.is_withheld);
    let withheld: Vec<Arc<str>> = withheld.map(|document| Arc::clone(&document.source.shown)).collect();
    let mut documents = parsed.clone();
    withhold(&mut stack, &mut outline, &mut documents);
    let (book, faults) = resolve::resolve(&settings, &stack, &outline, &documents, options.audience);
    diagnostics.extend(faults);
    if options.terms {
        diagnostics.extend(resolve::written_out(&settings, &stack, &outline, &documents));
    }
    point_at_files(&parsed.published, &mut diagnostics);
    diagnostics.extend(drift::check(snapshot));
    let (brand, faults) = brand::files(&settings, &stack);
    diagnostics.extend(faults);
    let theme = load_theme(snapshot, &settings, &brand.fonts, cache, &mut diagnostics);
    let mut assets = prepare_assets(&settings, &stack, &book, &brand, cache, &mut diagnostics);
    names::check(&settings, &book, &documents, options, &mut diagnostics);
    names::check_files(&stack, snapshot, &theme, &mut assets, &mut diagnostics);
    #[cfg(feature = "pdf")]
    let printing = options.pdf.then(|| print::Printing::new(&book, &theme, &settings, &stack, options.strict, cache));
    let build = Build { withheld, ..finish(book, theme, &brand, assets, options, published, diagnostics) };
    #[cfg(feature = "pdf")]
    let build = Build { printing, ..build };
    build
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
    // They are already reported: an edition that is built in spite of that is built without them.
    plan.retain(|path, _| too_long_part(path).is_none());
    let edition = with_audience(&book.handbook.name, book.audience);
    let mut print_outs = plan::print_outs::plan(&book);
    print_outs.retain(|path, _| too_long_part(path).is_none());
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
        withheld: Vec::new(),
        pages,
        paths,
        memory,
        plan,
        print_outs,
        renderer: Some(renderer),
        assets,
        #[cfg(feature = "pdf")]
        printing: None,
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

//! Holds the result of a build: an edition whose metadata is known and whose outputs are rendered on demand.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::assets::Assets;
use super::search_pages::search_pages;
use crate::cache::Cache;
use crate::diagnostic::{self, Diagnostic};
use crate::language::lexicon;
use crate::news::Remembered;
use crate::output::{Output, OutputContent};
use crate::plan::print_outs::PrintPlan;
use crate::plan::{Plan, Subject};
use crate::render::page::Edition;
use crate::resolve::book::{Book, ItemIndex};
use crate::search::{self, index::Index};

/// An edition: all that is known of it, ready to be rendered.
#[derive(Debug)]
pub struct Build {
    /// Name of its folder.
    pub edition: String,
    /// Everything that is wrong with the content, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// The files, as messages name them, of pages that are left out because they may contain text that was meant to be
    /// hidden.
    pub withheld: Vec<Arc<str>>,
    /// The number of pages.
    pub pages: usize,
    /// Paths of all its outputs, sorted.
    pub paths: Vec<Arc<str>>,
    /// The records to keep when the edition is published; empty for an edition that is not.
    pub memory: Vec<Remembered>,
    pub(super) plan: Plan,
    pub(super) print_outs: PrintPlan,
    pub(super) renderer: Option<Edition>,
    pub(super) assets: Assets,
    /// The data for making print-outs, if they were requested.
    #[cfg(feature = "pdf")]
    pub(super) printing: Option<super::print::Printing>,
}

impl Build {
    /// Of a snapshot that holds no layer.
    pub(super) fn nothing(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            edition: String::new(),
            diagnostics,
            withheld: Vec::new(),
            pages: 0,
            paths: Vec::new(),
            memory: Vec::new(),
            plan: Plan::new(),
            print_outs: PrintPlan::new(),
            renderer: None,
            assets: Assets::new(),
            #[cfg(feature = "pdf")]
            printing: None,
        }
    }

    /// The print-outs that can be made of the edition, by path.
    pub fn print_outs(&self) -> &PrintPlan {
        &self.print_outs
    }

    /// Lets pages link to these print-outs alone, where others could not be made.
    pub fn link_only_to(&mut self, made: &BTreeSet<Arc<str>>) {
        if let Some(edition) = &mut self.renderer {
            edition.link_only_to(made);
        }
    }

    /// Returns the print problems of the handbook, which are also among the diagnostics of [`build`](super::build) but
    /// not of [`build_to_show`](super::build_to_show): none in a program that makes no print-outs.
    #[cfg(not(feature = "pdf"))]
    pub fn print_problems(&self, _: &Cache, _: &dyn Fn() -> bool) -> Option<Vec<Diagnostic>> {
        Some(Vec::new())
    }

    /// The print-outs to try templates with: none in a program that makes no print-outs.
    #[cfg(not(feature = "pdf"))]
    pub fn print_outs_to_try(&self) -> Vec<Arc<str>> {
        Vec::new()
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
        if !cache.remembers_documents() {
            return search::index_of(book, search_pages(self));
        }
        let (index, used) =
            search::index_from(book, search_pages(self), &cache.dictionary, |inputs| cache.searched.get(inputs));
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

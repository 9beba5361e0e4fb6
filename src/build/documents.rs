//! The published files of an edition to documents, with what they build on, from memory where nothing has changed.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::cache::Cache;
use crate::compose;
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::layer::Stack;
use crate::model::Kind;
use crate::model::id::slug;
use crate::outline::Outline;
use crate::parse::{self, Document};
use crate::resolve::Documents;
use crate::snapshot::File;
use crate::source::{Origins, Source};

/// Parses all files of `outline`, and those that `stack` leaves out.
pub(super) fn parse_all(stack: &Stack, settings: &Settings, outline: &Outline, cache: &Cache) -> Documents {
    let handbook = &settings.handbook;
    let with = |kind| parse::Settings { kind, language: handbook.language, raw_html: handbook.raw_html };
    let published = outline.files.par_iter().filter_map(|placed| {
        let file = &stack.files[&placed.path];
        file.source()?;
        let below: Vec<&File> = stack.replaced_by(&placed.path).iter().map(|replaced| &replaced.file).collect();
        Some(parsed(file, &below, with(placed.kind), cache))
    });
    let omitted = stack.omitted.par_iter().map(|omitted| parsed(&omitted.file, &[], with(Kind::Page), cache));
    let documents = Documents { published: published.collect(), omitted: omitted.collect() };
    cache.keep_documents(documents.published.iter().chain(&documents.omitted).cloned());
    documents
}

/// Removes the pages from `outline` and `documents` that nobody may read, since they may contain text that was meant to
/// be hidden. `stack` counts them as unread, so that links to them are not reported.
pub(super) fn withhold(stack: &mut Stack, outline: &mut Outline, documents: &mut Documents) {
    if !documents.published.iter().any(|document| document.is_withheld) {
        return;
    }
    let (files, published) = std::mem::take(&mut outline.files)
        .into_iter()
        .zip(std::mem::take(&mut documents.published))
        .filter(|(file, document)| {
            if document.is_withheld {
                let aliases = document.front.common.aliases.iter().map(|alias| slug(&alias.text));
                stack.unread.add(&file.path, aliases);
            }
            !document.is_withheld
        })
        .unzip();
    (outline.files, documents.published) = (files, published);
}

/// Returns the document of `file`, which replaces `below` and may build on it.
fn parsed(file: &File, below: &[&File], settings: parse::Settings, cache: &Cache) -> Arc<Document> {
    let key = cache.remembers_documents().then(|| {
        let inputs = |file: &File| (file.fingerprint(), Arc::clone(&file.path), Arc::clone(&file.shown));
        let below_inputs: Vec<_> = below.iter().map(|file| inputs(file)).collect();
        Fingerprint::of(&(inputs(file), below_inputs, settings))
    });
    key.and_then(|key| cache.documents.get(key)).unwrap_or_else(|| {
        let below: Vec<Source> = below.iter().filter_map(|file| file.source()).collect();
        // A file without text is none of the outline's.
        let source = file.source().unwrap_or_else(|| file.empty_source());
        Arc::new(compose::compose(&source, &below, settings, key))
    })
}

/// Lets faults in texts that were put together point at the files that the texts are from.
pub(super) fn point_at_files(documents: &[Arc<Document>], diagnostics: &mut [Diagnostic]) {
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

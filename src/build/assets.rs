//! The files that pages refer to, cleaned, from memory where nothing has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::asset::{self, Prepared};
use crate::brand::BrandFiles;
use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::layer::Stack;
use crate::resolve::book::Book;
use crate::snapshot::Content;

/// Prepared files by path inside the layer.
pub(super) type Assets = BTreeMap<Arc<str>, Arc<Prepared>>;

/// Prepares the files that pages refer to, the brand's logo and its icon.
pub(super) fn prepare_assets(
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
            let key = Fingerprint::of(&(&path, file.fingerprint(), on_disk));
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

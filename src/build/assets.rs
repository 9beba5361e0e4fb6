//! The files that pages refer to, cleaned, from memory where nothing has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::asset::{self, Prepared, kind};
use crate::brand::BrandFiles;
use crate::cache::Cache;
use crate::config::Settings;
use crate::diagnostic::metadata::{Detail, Runs};
use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::fingerprint::Fingerprint;
use crate::layer::Stack;
use crate::resolve::book::Book;
use crate::snapshot::Content;

/// Prepared files by path inside the layer.
pub(super) type Assets = BTreeMap<Arc<str>, Arc<Prepared>>;

/// Prepares the files that pages refer to, the brand's logo and its icon.
pub(super) fn prepare_assets(
    settings: &Settings,
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
    let attachments = &settings.handbook.attachments;
    let mut assets = Assets::new();
    for (path, _, asset) in &prepared {
        let fault = asset.fault.clone().or_else(|| Some((judge(path, asset, attachments)?, 0..0)));
        let is_published = !fault.as_ref().is_some_and(|(fault, _)| matches!(fault, Fault::FileType { .. }));
        diagnostics.extend(fault.map(|(fault, range)| Diagnostic::new(fault, &stack.files[path].shown, range)));
        let unpublished = || Arc::new(Prepared { content: None, ..(**asset).clone() });
        assets.insert(Arc::clone(path), if is_published { Arc::clone(asset) } else { unpublished() });
    }
    diagnostics.extend(missing_attachments(settings, stack));
    cache.keep_assets(prepared.into_iter().map(|(_, key, asset)| (key, asset)));
    assets
}

/// Returns the objection to publishing a prepared file unchanged, unless the settings allow its type or the file
/// itself.
fn judge(path: &str, asset: &Prepared, attachments: &[String]) -> Option<Fault> {
    if attachments.iter().any(|entry| entry == path) {
        return None;
    }
    let entry = || match path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte)) {
        true => path.to_owned(),
        false => format!("\"{path}\""),
    };
    let is_allowed = || attachments.iter().any(|entry| kind::is_allowed_by(entry, path, asset.format));
    if let Some(kind) = kind::type_to_allow(path, asset.format).filter(|_| !is_allowed()) {
        let runs = if kind::is_known_to_run(&kind, asset.format) { Runs::Type } else { Runs::Unknown };
        return Some(Fault::FileType { kind, entry: entry(), runs });
    }
    if let Some(part) = asset.found.iter().find(|found| found.detail == Detail::Code) {
        let runs = Runs::Part(part.value.clone());
        return Some(Fault::FileType { kind: kind::extension(path), entry: entry(), runs });
    }
    (!asset.found.is_empty()).then(|| Fault::MetadataInFile { found: asset.found.clone(), entry: entry() })
}

/// Reports each file that the settings allow and that does not exist.
fn missing_attachments(settings: &Settings, stack: &Stack) -> Vec<Diagnostic> {
    let is_path = |entry: &&String| entry.contains(['/', '.']);
    let is_missing = |entry: &&String| !stack.files.contains_key(entry.as_str()) && !stack.unread.holds(entry);
    let missing = settings.handbook.attachments.iter().filter(is_path).filter(is_missing);
    let report = |entry: &String| {
        let suggestion = suggest::nearest(entry, stack.files.keys().map(|path| &**path));
        let expected = "types such as `html`, or paths of files".to_owned();
        let fault = Fault::InvalidValue { key: "attachments".to_owned(), value: entry.clone(), expected, suggestion };
        let place = settings.place_of(&["attachments"]);
        Diagnostic::new(fault, &place.shown, place.range)
    };
    missing.map(report).collect()
}

//! Takes files that cannot be read now from the previous snapshot, so that their content stays as it was.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::stale::is_about_reading;
use crate::layer::Files;
use crate::snapshot::Snapshot;

/// Adds to `now` the files that exist, could not be read, and were read for `before`. The diagnostics of `now` report
/// that they could not be read.
pub(super) fn keep_last_versions(now: &mut Snapshot, before: &Snapshot) {
    let unread = now.diagnostics.iter().filter(|diagnostic| is_about_reading(diagnostic));
    let unread: BTreeSet<Arc<str>> =
        unread.flat_map(|diagnostic| &diagnostic.labels).map(|label| Arc::clone(&label.path)).collect();
    if unread.is_empty() {
        return;
    }
    let roots = now.survey.roots.iter().zip(&mut now.layers);
    for (root, layer) in roots {
        let at = before.survey.roots.iter().take(before.layers.len()).position(|known| known == root);
        at.into_iter().for_each(|at| keep(&mut layer.files, &before.layers[at].files, &unread));
    }
    for theme in &mut now.themes {
        let known = before.themes.iter().find(|known| known.name == theme.name);
        known.into_iter().for_each(|known| keep(&mut theme.files, &known.files, &unread));
    }
}

fn keep(now: &mut Files, before: &Files, unread: &BTreeSet<Arc<str>>) {
    for (path, file) in before {
        if !now.contains_key(path) && is_among(unread, &file.shown) {
            now.insert(Arc::clone(path), file.clone());
        }
    }
}

/// Returns whether a file or a folder above it is among `unread`.
fn is_among(unread: &BTreeSet<Arc<str>>, shown: &str) -> bool {
    let folders = shown.match_indices('/').map(|(at, _)| &shown[..at]);
    folders.chain([shown]).any(|path| unread.contains(path))
}

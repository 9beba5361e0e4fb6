//! Compares two snapshots to find what an edit changed.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::load::SETTINGS;
use crate::snapshot::Snapshot;

/// Whether two snapshots hold the same: building the second would give what building the first gave.
pub fn is_same_input(before: &Snapshot, now: &Snapshot) -> bool {
    changed_files(before, now).none
}

/// The differences between two snapshots.
pub(super) struct ChangedFiles {
    /// Nothing at all.
    pub none: bool,
    /// The Markdown file that is new or different, if it is one alone: of many, none was saved by an author.
    pub markdown: Option<Arc<str>>,
}

pub(super) fn changed_files(before: &Snapshot, now: &Snapshot) -> ChangedFiles {
    let settings = |snapshot: &Snapshot| snapshot.layers.iter().map(|layer| Arc::clone(&layer.settings.text)).collect();
    let (settings_before, settings_now): (Vec<_>, Vec<_>) = (settings(before), settings(now));
    let same = settings_before == settings_now && files(before).eq(files(now)) && before.diagnostics == now.diagnostics;
    let mut markdown = before.layers.iter().zip(&now.layers).flat_map(|(old, new)| {
        let is_new = |path: &Arc<str>| {
            old.files.get(path).map(|file| file.fingerprint()) != new.files.get(path).map(|file| file.fingerprint())
        };
        new.files.keys().filter(move |path| path.ends_with(".md") && is_new(path))
    });
    let saved = markdown.next().cloned();
    ChangedFiles { none: same, markdown: saved.filter(|_| markdown.next().is_none()) }
}

/// Every file, by its name in messages, with what it holds.
fn files(snapshot: &Snapshot) -> impl Iterator<Item = (&Arc<str>, Fingerprint)> {
    let layers = snapshot.layers.iter().flat_map(|layer| layer.files.values());
    let themes = snapshot.themes.iter().flat_map(|theme| theme.files.values());
    layers.chain(themes).map(|file| (&file.shown, file.fingerprint()))
}

pub(super) fn is_about_settings(diagnostic: &Diagnostic, snapshot: &Snapshot) -> bool {
    let is_settings =
        |path: &Arc<str>| path.ends_with(SETTINGS) && snapshot.layers.iter().any(|layer| layer.settings.shown == *path);
    diagnostic.is_error() && diagnostic.labels.first().is_some_and(|label| is_settings(&label.path))
}

/// Returns the fingerprint of the file that messages name `shown`; `None` if there is no such file.
pub(super) fn fingerprint_of(snapshot: &Snapshot, shown: &str) -> Option<Fingerprint> {
    let settings = snapshot.layers.iter().map(|layer| &layer.settings).find(|settings| *settings.shown == *shown);
    let settings = settings.map(|settings| Fingerprint::of_bytes(settings.text.as_bytes()));
    let layers = snapshot.layers.iter().flat_map(|layer| layer.files.values());
    let mut files = layers.chain(snapshot.themes.iter().flat_map(|theme| theme.files.values()));
    settings.or_else(|| Some(files.find(|file| *file.shown == *shown)?.fingerprint()))
}

//! Two snapshots to what an edit changed, and a build to the pages whose source cannot be shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::build::Build;
use crate::diagnostic::{Code, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::load::SETTINGS;
use crate::snapshot::Snapshot;

/// Whether two snapshots hold the same: building the second would give what building the first gave.
pub fn is_same_input(before: &Snapshot, now: &Snapshot) -> bool {
    changed_files(before, now).none
}

/// What differs between two snapshots.
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

/// Addresses of the items whose front matter has an error: what it says of the page cannot be relied on.
pub(super) fn held(build: &Build, snapshot: &Snapshot) -> BTreeSet<Arc<str>> {
    let mut held = BTreeSet::new();
    let Some(book) = build.book() else { return held };
    let files = || snapshot.layers.iter().flat_map(|layer| layer.files.values());
    let faulty: BTreeSet<&str> = build
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error() && leaves_a_gap(diagnostic.code()))
        .filter_map(|diagnostic| diagnostic.labels.first())
        .filter(|label| {
            let file = files().find(|file| file.shown == label.path);
            let end = file.and_then(|file| file.source()).map_or(0, |source| front_matter_end(&source.text));
            (label.span.start as usize) < end
        })
        .map(|label| &*label.path)
        .collect();
    let items = book.items.iter().filter(|item| faulty.contains(&*item.document.source.shown));
    held.extend(items.map(|item| Arc::from(&*item.address)));
    held
}

/// Whether a fault in front matter leaves the page without what it is made of. Others, an id that leads nowhere say,
/// leave a page that can be shown.
fn leaves_a_gap(code: Code) -> bool {
    matches!(
        code,
        Code::InvalidYaml
            | Code::FrontMatterNotClosed
            | Code::DuplicateKey
            | Code::MissingKey
            | Code::WrongType
            | Code::InvalidValue
    )
}

/// Where the front matter ends; the end of the text where it is not closed.
fn front_matter_end(text: &str) -> usize {
    match text.strip_prefix("---") {
        Some(rest) => rest.find("\n---").map_or(text.len(), |at| at + 3),
        None => 0,
    }
}

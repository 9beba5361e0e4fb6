//! Compares the items that an edition replaces with their state when they were last accepted: the base may have
//! changed, dropped or added items since.
//!
//! `overrides.lock` in the edition's folder stores the text below each replaced item and the ids of all items of the
//! base. It is YAML, sorted by id, so that it is the same whoever writes it and can be read in a review.

mod lock;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compose::text_of;
use crate::config;
use crate::diagnostic::{Diagnostic, Fault};
use crate::layer::{self, Stack};
use crate::model::Kind;
use crate::model::front_matter::Common;
use crate::model::handbook::{Language, RawHtml};
use crate::model::id::item_id;
use crate::outline::arrange;
use crate::parse::{self, parse};
use crate::snapshot::{File, Snapshot};
use crate::source::Source;

use self::lock::Base;
pub use self::lock::{Entry, LOCK, Lock};
use self::words::word_diff;
pub use self::words::{Piece, one_line};

/// The differences between an edition and its base since they were last accepted.
#[derive(Debug, Clone, Default)]
pub struct Drift {
    /// The edition's own items that replace others, by id.
    pub overrides: Vec<Override>,
    /// Items that replaced one which the base no longer has.
    pub dropped: Vec<Dropped>,
    /// Items of the base that did not exist when it was last accepted, by id; empty if the lock does not record them.
    pub added: Vec<Added>,
    /// The day on which the items of the base were last accepted.
    pub since: String,
    /// The lock file, if there is one.
    lock: Option<Arc<str>>,
    /// All items of the base that the edition could replace, by id.
    base: BTreeMap<String, File>,
    /// The record of the base's items in the lock.
    accepted: Option<Base>,
}

/// An item that replaces another, with what has become of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Its id.
    pub id: String,
    /// Its file.
    pub shown: Arc<str>,
    /// The file that it replaces.
    pub base_shown: Arc<str>,
    /// The present text of the replaced item.
    pub base: String,
    /// The text that was last accepted, if one was.
    pub accepted: Option<Entry>,
}

/// An item that replaced one which the base has dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The id.
    pub id: String,
    /// The file.
    pub shown: Arc<str>,
    /// The day on which the base still had it.
    pub since: String,
    /// The id under which the base seems to have it now.
    pub moved_to: Option<String>,
}

/// An item that is new in the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The id.
    pub id: String,
    /// The file.
    pub shown: Arc<str>,
}

impl Override {
    /// Whether what it replaces has changed since it was accepted.
    pub fn has_drifted(&self) -> bool {
        self.accepted.as_ref().is_some_and(|entry| entry.base != self.base)
    }

    /// Returns the changes of the replaced item since then: words, with a few around each change.
    pub fn changes(&self) -> Vec<Piece> {
        self.accepted.as_ref().map(|entry| word_diff(&entry.base, &self.base)).unwrap_or_default()
    }
}

impl Drift {
    /// Returns the lock after everything was accepted on `day`; unchanged entries keep their day.
    pub fn accept(&self, day: &str) -> Lock {
        let entry = |item: &Override| match &item.accepted {
            Some(entry) if entry.base == item.base => entry.clone(),
            _ => Entry { accepted: day.to_owned(), base: item.base.clone() },
        };
        let items: BTreeSet<String> =
            self.base.iter().filter(|(_, file)| is_published(file)).map(|(id, _)| id.clone()).collect();
        let base = match &self.accepted {
            Some(base) if base.items == items => base.clone(),
            _ => Base { accepted: day.to_owned(), items },
        };
        Lock {
            overrides: self.overrides.iter().map(|item| (item.id.clone(), entry(item))).collect(),
            base: Some(base).filter(|base| !base.items.is_empty()),
        }
    }
}

/// Compares the edition of `snapshot` with its base; also returns the faults of the lock.
pub fn drift(snapshot: &Snapshot) -> (Drift, Vec<Diagnostic>) {
    let Some(own) = snapshot.layers.first() else { return Default::default() };
    let sources: Vec<&Source> = snapshot.layers.iter().map(|layer| &layer.settings).collect();
    let (settings, _) = config::read(&sources, &own.folder);
    let (stack, _) = layer::stack(&snapshot.layers, &settings);
    let (outline, _) = arrange(&settings.handbook, &stack.files);
    let mut diagnostics = Vec::new();
    let lock = own.files.get(LOCK).map(|file| lock::read(file, &mut diagnostics)).unwrap_or_default();
    let mut base: BTreeMap<String, File> = outline
        .files
        .iter()
        .filter_map(|placed| Some((item_id(&placed.path), nearest_below(&stack, &placed.path)?.clone())))
        .collect();
    let known = lock.base.as_ref();
    let is_added =
        |id: &String, file: &File| known.is_some_and(|known| !known.items.contains(id)) && is_published(file);
    let added = base
        .iter()
        .filter(|(id, file)| is_added(id, file))
        .map(|(id, file)| Added { id: id.clone(), shown: Arc::clone(&file.shown) })
        .collect();
    // An item that the edition omitted is not new when it is no longer omitted.
    let left_out = stack.omitted.iter().filter(|omitted| omitted.layer == 0).map(|omitted| &omitted.file);
    base.extend(left_out.map(|file| (item_id(&file.path), file.clone())));
    let (overrides, over) = of_stack(&stack, lock.overrides);
    let dropped = dropped(&own.files, over, &base);
    let since = known.map(|known| known.accepted.clone()).unwrap_or_default();
    let shown = own.files.get(LOCK).map(|file| Arc::clone(&file.shown));
    (Drift { overrides, dropped, added, since, lock: shown, base, accepted: lock.base }, diagnostics)
}

/// Returns the file at `path` from below the edition's own layer: the one that the own layer replaces, if it has one
/// itself.
fn nearest_below<'s>(stack: &'s Stack, path: &str) -> Option<&'s File> {
    match stack.layer_of(path) {
        0 => stack.replaced_by(path).first().map(|replaced| &replaced.file),
        _ => stack.files.get(path),
    }
}

/// Reports drift as faults in the edition's files, with the faults of the lock.
pub fn check(snapshot: &Snapshot) -> Vec<Diagnostic> {
    // Most handbooks extend none.
    if snapshot.layers.len() < 2 || !snapshot.layers[0].files.contains_key(LOCK) {
        return Vec::new();
    }
    let (drift, mut diagnostics) = drift(snapshot);
    diagnostics.extend(drift.overrides.iter().filter(|item| item.has_drifted()).map(changed));
    for Dropped { id, shown, since, moved_to } in &drift.dropped {
        let fault = Fault::BaseDropped { id: id.clone(), since: since.clone(), moved_to: moved_to.clone() };
        diagnostics.push(Diagnostic::new(fault, shown, 0..0));
    }
    if let (Some(lock), false) = (&drift.lock, drift.added.is_empty()) {
        let ids = drift.added.iter().map(|item| item.id.clone()).collect();
        diagnostics.push(Diagnostic::new(Fault::BaseAdded { ids, since: drift.since.clone() }, lock, 0..0));
    }
    diagnostics
}

fn changed(item: &Override) -> Diagnostic {
    let since = item.accepted.as_ref().map(|entry| entry.accepted.clone()).unwrap_or_default();
    let fault = Fault::BaseChanged { id: item.id.clone(), since, changes: one_line(&item.changes()) };
    Diagnostic::new(fault, &item.shown, 0..0).and_at(&item.base_shown, 0..0, "what it replaces")
}

/// Returns the edition's items that replace others, and the entries of `accepted` for items that replace none.
fn of_stack(stack: &Stack, mut accepted: BTreeMap<String, Entry>) -> (Vec<Override>, BTreeMap<String, Entry>) {
    let own = stack.replacements().filter(|(path, _)| stack.layer_of(path) == 0);
    let mut overrides: Vec<Override> = own
        .filter_map(|(path, replaced)| {
            let below: Vec<Source> = replaced.iter().filter_map(|replaced| replaced.file.source()).collect();
            let (nearest, further) = below.split_first()?;
            let id = item_id(path);
            Some(Override {
                shown: Arc::clone(&stack.files[path].shown),
                base_shown: Arc::clone(&nearest.shown),
                base: text_of(nearest, further),
                accepted: accepted.remove(&id),
                id,
            })
        })
        .collect();
    overrides.sort_by(|a, b| a.id.cmp(&b.id));
    (overrides, accepted)
}

/// Returns the edition's `own` files that replaced something according to `accepted`, although the `base` no longer has
/// it.
fn dropped(own: &layer::Files, accepted: BTreeMap<String, Entry>, base: &BTreeMap<String, File>) -> Vec<Dropped> {
    if accepted.is_empty() {
        return Vec::new();
    }
    let own: BTreeMap<String, &File> =
        own.values().filter(|file| file.path.ends_with(".md")).map(|file| (item_id(&file.path), file)).collect();
    let still_there = accepted.into_iter().filter_map(|(id, entry)| Some((own.get(&id)?, id, entry)));
    still_there
        .map(|(file, id, entry)| {
            let moved_to = base.iter().find(|(_, file)| has_become(file, &id, &entry)).map(|(id, _)| id.clone());
            Dropped { shown: Arc::clone(&file.shown), since: entry.accepted, moved_to, id }
        })
        .collect()
}

/// Returns whether `file` of the base is what the item `id` has become: its `moved_from` says so, or its text is the
/// same.
fn has_become(file: &File, id: &str, entry: &Entry) -> bool {
    let Some(source) = file.source() else { return false };
    *source.text == *entry.base || front_matter(&source).moved_from.iter().any(|old| *old.text == *id)
}

fn is_published(file: &File) -> bool {
    file.source().is_some_and(|source| !front_matter(&source).readers.draft)
}

/// Returns the keys that items of every kind have.
fn front_matter(source: &Source) -> Common {
    let settings = parse::Settings { kind: Kind::Page, language: Language::default(), raw_html: RawHtml::default() };
    parse(source, settings, None).front.common
}

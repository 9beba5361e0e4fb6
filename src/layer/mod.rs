//! The files of all layers become the files of the edition: which file wins, what is left out, what each one replaces.
//!
//! A file of an upper layer takes the place of the lower file at the same path, whatever it is; a Markdown file also that of
//! the lower file with the same id, be its number another. Below it stays what it replaced, for items that build on that.

mod unread;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Fault, suggest};
use crate::model::id::item_id;
use crate::snapshot::{File, Layer};

pub use unread::Unread;

/// Files by path inside of their layer.
pub type Files = BTreeMap<Arc<str>, File>;

/// The files of an edition.
#[derive(Debug)]
pub struct Stack<'a> {
    /// The edition's files, each from the upper layer that has it.
    pub files: Cow<'a, Files>,
    /// Index of the layer that a file is from, by path; what is not here is from the edition's own.
    layers: HashMap<Arc<str>, usize>,
    /// What a Markdown file replaces, by its path: the nearest first.
    replaced: BTreeMap<Arc<str>, Vec<Replaced>>,
    /// Paths of replaced files that are free now, each with the path of the file that replaces it.
    moved: BTreeMap<Arc<str>, Arc<str>>,
    /// Markdown files that a layer leaves out, by path.
    pub omitted: Vec<Omitted>,
    /// What could not be read.
    pub unread: Unread,
}

/// A file that another replaces.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// The file.
    pub file: File,
    /// Index of its layer.
    pub layer: usize,
}

/// A Markdown file that a layer leaves out of the layers below it.
#[derive(Debug, Clone)]
pub struct Omitted {
    /// The file.
    pub file: File,
    /// Index of the layer that leaves it out.
    pub layer: usize,
    /// Index in that layer's `omit`.
    pub entry: usize,
}

impl Stack<'_> {
    /// Index of the layer that the file at `path` is from.
    pub fn layer_of(&self, path: &str) -> usize {
        self.layers.get(path).copied().unwrap_or(0)
    }

    /// What the Markdown file at `path` replaces, the nearest first.
    pub fn replaced_by(&self, path: &str) -> &[Replaced] {
        self.replaced.get(path).map_or(&[], Vec::as_slice)
    }

    /// Every file that replaces another, by path.
    pub fn replacements(&self) -> impl Iterator<Item = (&Arc<str>, &[Replaced])> {
        self.replaced.iter().map(|(path, replaced)| (path, replaced.as_slice()))
    }

    /// Paths that a lower layer has and the edition has not, since a file with the same id and another name replaces the
    /// one there; with the path of that file.
    pub fn moved(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.moved.iter()
    }
}

/// Lays `layers`, the edition's own first, on top of each other as `settings` of these layers say.
pub fn stack<'a>(layers: &'a [Layer], settings: &Settings) -> (Stack<'a>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut stack = Stack {
        files: Cow::Owned(Files::new()),
        layers: HashMap::new(),
        replaced: BTreeMap::new(),
        moved: BTreeMap::new(),
        omitted: Vec::new(),
        unread: Unread::of(layers),
    };
    for (index, layer) in layers.iter().enumerate().rev() {
        leave_out(&mut stack, index, settings, &mut diagnostics);
        if stack.files.is_empty() && index + 1 == layers.len() {
            stack.files = Cow::Borrowed(&layer.files);
            if index > 0 {
                stack.layers.extend(layer.files.keys().map(|path| (Arc::clone(path), index)));
            }
        } else {
            put_on_top(&mut stack, index, layer);
        }
    }
    (stack, diagnostics)
}

/// Takes the files that layer `index` leaves out from the stack of those below it.
fn leave_out(stack: &mut Stack, index: usize, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) {
    for (entry, id) in &settings.layers[index].omit {
        let folder = format!("{id}/");
        let is_meant = |path: &str| {
            let file = item_id(path);
            path.ends_with(".md") && (file == *id || file.starts_with(&folder))
        };
        let paths: Vec<Arc<str>> = stack.files.keys().filter(|path| is_meant(path)).cloned().collect();
        if paths.is_empty() {
            let place = settings.place_of_entry(index, "omit", *entry);
            let fault = Fault::OmitsNothing { id: id.clone(), suggestion: nearest(stack, id) };
            diagnostics.push(Diagnostic::new(fault, &place.shown, place.range));
        }
        for path in paths {
            let Some(file) = stack.files.to_mut().remove(&path) else { continue };
            stack.replaced.remove(&path);
            stack.layers.remove(&path);
            stack.moved.retain(|_, to| *to != path);
            stack.omitted.push(Omitted { file, layer: index, entry: *entry });
        }
    }
}

fn nearest(stack: &Stack, id: &str) -> Option<String> {
    let ids: BTreeSet<String> =
        stack.files.keys().filter(|path| path.ends_with(".md")).map(|path| item_id(path)).collect();
    let folders: BTreeSet<&str> = ids.iter().filter_map(|id| Some(id.split_once('/')?.0)).collect();
    suggest::nearest(id, ids.iter().map(String::as_str).chain(folders))
}

fn put_on_top(stack: &mut Stack, index: usize, layer: &Layer) {
    let mut below: HashMap<String, Vec<Arc<str>>> = HashMap::new();
    for path in stack.files.keys().filter(|path| path.ends_with(".md")) {
        below.entry(item_id(path)).or_default().push(Arc::clone(path));
    }
    for (path, file) in &layer.files {
        let replaced =
            if path.ends_with(".md") { below.remove(&item_id(path)).unwrap_or_default() } else { Vec::new() };
        let mut history = Vec::new();
        for old in replaced {
            let Some(old_file) = stack.files.to_mut().remove(&old) else { continue };
            let layer = stack.layers.remove(&old).unwrap_or(0);
            history.push(Replaced { file: old_file, layer });
            history.extend(stack.replaced.remove(&old).unwrap_or_default());
            // Links to where it lay, and to where what it replaced lay, lead to this file now.
            stack.moved.values_mut().filter(|to| **to == old).for_each(|to| *to = Arc::clone(path));
            if old != *path {
                stack.moved.insert(old, Arc::clone(path));
            }
        }
        if !history.is_empty() {
            stack.replaced.insert(Arc::clone(path), history);
        }
        stack.moved.remove(path);
        stack.files.to_mut().insert(Arc::clone(path), file.clone());
        if index > 0 {
            stack.layers.insert(Arc::clone(path), index);
        } else {
            stack.layers.remove(path);
        }
    }
    let files = &stack.files;
    stack.moved.retain(|from, _| !files.contains_key(from));
    let ids: BTreeSet<String> =
        layer.files.keys().filter(|path| path.ends_with(".md")).map(|path| item_id(path)).collect();
    stack.omitted.retain(|omitted| !ids.contains(&item_id(&omitted.file.path)));
}

#[cfg(test)]
mod tests;

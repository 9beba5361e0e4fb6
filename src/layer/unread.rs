//! Keeps the files that exist but could not be read: each is reported once, at its own path, and not where it is
//! referred to.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::model::id::item_id;
use crate::snapshot::Layer;

/// Files and folders of all layers that could not be read. Of most handbooks there are none.
#[derive(Debug, Default)]
pub struct Unread {
    paths: BTreeSet<Arc<str>>,
    /// Their ids, and the last parts of these.
    names: HashSet<String>,
}

impl Unread {
    /// Of `layers`.
    pub fn of(layers: &[Layer]) -> Self {
        let paths: BTreeSet<Arc<str>> = layers.iter().flat_map(|layer| &layer.unread).cloned().collect();
        let ids = paths.iter().map(|path| item_id(path));
        let names = ids.flat_map(|id| [id.rsplit('/').next().unwrap_or(&id).to_owned(), id]).collect();
        Self { paths, names }
    }

    /// Adds the file at `path`, which `names` refer to in addition to its id.
    pub fn add(&mut self, path: &Arc<str>, names: impl IntoIterator<Item = String>) {
        let id = item_id(path);
        self.paths.insert(Arc::clone(path));
        self.names.extend([id.rsplit('/').next().unwrap_or(&id).to_owned(), id]);
        self.names.extend(names);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Whether the file at `path` is one, or lies in one.
    pub fn holds(&self, path: &str) -> bool {
        !self.is_empty() && with_parents(path).any(|path| self.paths.contains(path))
    }

    /// Whether `name`, an id or the last part of one, may mean one, or what lies in one.
    pub fn may_be_named(&self, name: &str) -> bool {
        !self.is_empty() && with_parents(&item_id(name)).any(|id| self.names.contains(id))
    }

    /// Whether one is `folder`, or lies in it.
    pub fn is_in(&self, folder: &str) -> bool {
        let inside =
            |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.paths.iter().any(|path| inside(path))
    }
}

/// `a/b/c`, `a/b`, `a`.
fn with_parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| Some(path.rsplit_once('/')?.0))
}

//! Names of files without their folders become paths, as Obsidian finds them: wherever a file lies, if it is the only one.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::layer::Files;

/// The files of an edition by their bare names.
pub struct BareNames<'a> {
    files: &'a Files,
    /// Collected for the first link that is no path, which many handbooks never have.
    paths: OnceLock<HashMap<&'a str, Option<&'a Arc<str>>>>,
}

impl<'a> BareNames<'a> {
    /// Of `files`.
    pub fn new(files: &'a Files) -> Self {
        Self { files, paths: OnceLock::new() }
    }

    /// The path of the only file with this name.
    pub fn path(&self, name: &str) -> Option<&'a Arc<str>> {
        self.paths.get_or_init(|| collect(self.files)).get(name).copied().flatten()
    }
}

fn collect(files: &Files) -> HashMap<&str, Option<&Arc<str>>> {
    let mut paths = HashMap::with_capacity(files.len());
    for path in files.keys() {
        let name = path.rsplit('/').next().unwrap_or(path);
        paths.entry(name).and_modify(|only| *only = None).or_insert(Some(path));
    }
    paths
}

//! What a build remembers for the next one in the same process: documents, the theme, prepared files, the
//! words of pages, pages.
//!
//! Every entry stands under the fingerprint of all its inputs and is used only if that is the same, so a build
//! with a full cache gives the bytes of one with an empty cache. What a build did not use is forgotten after it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::asset::Prepared;
use crate::fingerprint::Fingerprint;
use crate::parse::Document;
use crate::search::Counts;
use crate::theme::Theme;

/// The memory between builds.
#[derive(Debug, Default)]
pub struct Cache {
    pub(crate) documents: Memo<Arc<Document>>,
    pub(crate) assets: Memo<Arc<Prepared>>,
    pub(crate) theme: Option<(Fingerprint, Arc<Theme>, Vec<crate::diagnostic::Diagnostic>)>,
    pub(crate) counts: Mutex<Counts>,
    /// Pages, if the next build is to have them: they are most of the memory.
    pub(crate) pages: Option<Mutex<Memo<Arc<[u8]>>>>,
}

impl Cache {
    /// A cache for one build, which keeps no pages.
    pub fn for_one_build() -> Self {
        Self::default()
    }

    /// A cache for many builds in one process.
    pub fn for_many_builds() -> Self {
        Self { pages: Some(Mutex::default()), ..Self::default() }
    }

    /// Whether pages are kept for a next build: if not, their fingerprints need not be taken.
    pub(crate) fn remembers_pages(&self) -> bool {
        self.pages.is_some()
    }

    /// The page remembered at `path` under `key`.
    pub(crate) fn page(&self, path: &Arc<str>, key: Fingerprint) -> Option<Arc<[u8]>> {
        let pages = self.pages.as_ref()?;
        pages.lock().unwrap_or_else(PoisonError::into_inner).get(path, key)
    }

    /// Remembers the page at `path`.
    pub(crate) fn keep_page(&self, path: &Arc<str>, key: Fingerprint, bytes: &Arc<[u8]>) {
        if let Some(pages) = &self.pages {
            pages.lock().unwrap_or_else(PoisonError::into_inner).keep(path, key, Arc::clone(bytes));
        }
    }

    /// Forgets the pages that `wanted` does not hold.
    pub(crate) fn forget_pages(&self, wanted: impl Fn(&str) -> bool) {
        if let Some(pages) = &self.pages {
            pages.lock().unwrap_or_else(PoisonError::into_inner).0.retain(|path, _| wanted(path));
        }
    }
}

/// Values by name, each valid under one fingerprint.
#[derive(Debug)]
pub(crate) struct Memo<T>(HashMap<Arc<str>, (Fingerprint, T)>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Clone> Memo<T> {
    /// The value of `name`, if it was made under the same fingerprint.
    pub(crate) fn get(&self, name: &str, key: Fingerprint) -> Option<T> {
        self.0.get(name).filter(|(known, _)| *known == key).map(|(_, value)| value.clone())
    }

    /// Keeps a value.
    pub(crate) fn keep(&mut self, name: &Arc<str>, key: Fingerprint, value: T) {
        self.0.insert(Arc::clone(name), (key, value));
    }

    /// Keeps exactly `values`, forgetting all others.
    pub(crate) fn replace(&mut self, values: impl IntoIterator<Item = (Arc<str>, Fingerprint, T)>) {
        self.0 = values.into_iter().map(|(name, key, value)| (name, (key, value))).collect();
    }
}

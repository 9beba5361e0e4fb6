//! What a build remembers for the next one in the same process: documents, the theme, prepared files, the
//! words of pages, pages.
//!
//! Every entry stands under the fingerprint of all its inputs and is used only if that is the same, so a build
//! with a full cache gives the bytes of one with an empty cache; nor does it matter whose build left an entry, so that
//! editions share what has the same inputs. What a build did not use is forgotten after it, unless other editions follow.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::asset::Prepared;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::parse::Document;
use crate::search::KnownPage;
use crate::search::dictionary::Dictionary;
use crate::theme::{Foundation, Theme};

/// The memory between builds.
#[derive(Debug, Default)]
pub struct Cache {
    pub(crate) documents: Memo<Arc<Document>>,
    pub(crate) assets: Memo<Arc<Prepared>>,
    pub(crate) foundations: Memo<(Arc<Foundation>, Vec<Diagnostic>)>,
    pub(crate) themes: Memo<ThemeWithFaults>,
    pub(crate) searched: Memo<KnownPage>,
    /// The words that these pages are counted by.
    pub(crate) dictionary: Dictionary,
    #[cfg(feature = "pdf")]
    pub(crate) presses: Memo<PressWithFaults>,
    /// Pages, if the next build is to have them: they are most of the memory.
    pages: Option<Mutex<Pages>>,
    /// Whether other editions follow that may use what the one built last did not.
    other_editions_follow: bool,
}

/// What print-outs are set with, and what is wrong with its fonts.
#[cfg(feature = "pdf")]
type PressWithFaults = (Arc<crate::print::press::Press>, Vec<Diagnostic>);

/// A theme and what is wrong with it.
type ThemeWithFaults = (Arc<Theme>, Vec<Diagnostic>);

impl Cache {
    /// A cache for one build, which keeps neither pages nor what they are made of.
    pub fn for_one_build() -> Self {
        Self::for_editions(1)
    }

    /// A cache for one build of each of so many editions, of handbooks or for audiences, which keeps no pages. Where there are
    /// several, it forgets nothing that they may share.
    pub fn for_editions(editions: usize) -> Self {
        Self { other_editions_follow: editions > 1, ..Self::default() }
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
        let pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.get(path).filter(|(known, _)| *known == key).map(|(_, bytes)| Arc::clone(bytes))
    }

    /// Remembers the page at `path`.
    pub(crate) fn keep_page(&self, path: &Arc<str>, key: Fingerprint, bytes: &Arc<[u8]>) {
        if let Some(pages) = &self.pages {
            pages.lock().unwrap_or_else(PoisonError::into_inner).insert(Arc::clone(path), (key, Arc::clone(bytes)));
        }
    }

    /// Forgets the pages that `wanted` does not hold.
    pub(crate) fn forget_pages(&self, wanted: impl Fn(&str) -> bool) {
        if let Some(pages) = &self.pages {
            pages.lock().unwrap_or_else(PoisonError::into_inner).retain(|path, _| wanted(path));
        }
    }

    /// Keeps what a build has used of documents; those without a fingerprint are for this build alone.
    pub(crate) fn keep_documents(&self, used: impl IntoIterator<Item = Arc<Document>>) {
        let used = used.into_iter().filter_map(|document| Some((document.fingerprint?, document)));
        self.documents.keep(used, self.other_editions_follow);
    }

    /// Keeps what a build has used of files.
    pub(crate) fn keep_assets(&self, used: impl IntoIterator<Item = (Fingerprint, Arc<Prepared>)>) {
        self.assets.keep(used, self.other_editions_follow);
    }

    /// Keeps the theme that a build has used.
    pub(crate) fn keep_theme(&self, key: Fingerprint, theme: ThemeWithFaults) {
        self.themes.keep([(key, theme)], self.other_editions_follow);
    }

    /// Keeps what a build has made ready to print with.
    #[cfg(feature = "pdf")]
    pub(crate) fn keep_press(&self, key: Fingerprint, press: PressWithFaults) {
        self.presses.keep([(key, press)], self.other_editions_follow);
    }

    /// Keeps what the theme stands on that a build has used.
    pub(crate) fn keep_foundation(&self, key: Fingerprint, foundation: (Arc<Foundation>, Vec<Diagnostic>)) {
        self.foundations.keep([(key, foundation)], self.other_editions_follow);
    }

    /// Keeps what search knows of the pages that a build has.
    pub(crate) fn keep_searched(&self, used: impl IntoIterator<Item = (Fingerprint, KnownPage)>) {
        self.searched.keep(used, self.other_editions_follow);
    }

    /// Whether documents and what search knows of them are of use to a build that follows: if not, no fingerprints are
    /// taken for them.
    pub(crate) fn remembers_documents(&self) -> bool {
        self.remembers_pages() || self.other_editions_follow
    }
}

/// Pages by path, each with what it was made from.
type Pages = HashMap<Arc<str>, (Fingerprint, Arc<[u8]>)>;

/// Values by the fingerprint of all that they were made from. Several editions may be built at once.
#[derive(Debug)]
pub(crate) struct Memo<T>(RwLock<HashMap<Fingerprint, T>>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T: Clone> Memo<T> {
    /// The value that was made from what `key` stands for.
    pub(crate) fn get(&self, key: Fingerprint) -> Option<T> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }

    fn keep(&self, used: impl IntoIterator<Item = (Fingerprint, T)>, and_others: bool) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if !and_others {
            known.clear();
        }
        known.extend(used);
    }
}

//! Words to numbers: one number for a word on whatever page it stands.

use std::sync::{Mutex, PoisonError};

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Number of a word in a [`Dictionary`].
pub type WordNumber = u32;

/// Every word met so far, in lower case. A word's number tells when it was met first, which may differ between two runs
/// that are otherwise the same: no output may depend on it.
#[derive(Debug, Default)]
pub struct Dictionary(Mutex<Words>);

/// Words by number.
pub type Words = IndexSet<Box<str>, FxBuildHasher>;

impl Dictionary {
    /// The number of a word, which is taken in if it is new.
    pub fn number(&self, word: &str) -> WordNumber {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get_index_of(word) {
            Some(number) => number as WordNumber,
            None => known.insert_full(word.into()).0 as WordNumber,
        }
    }

    /// What `read` makes of all words. No word can be taken in meanwhile.
    pub fn read<T>(&self, read: impl FnOnce(&Words) -> T) -> T {
        read(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

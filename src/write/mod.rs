//! Outputs become an edition's folder on disk, by difference: only what changed is written, only our own is removed.
//!
//! New files wait whole in `.vaert-staging/` until [`Writer::commit`] renames them into place, so that a build that
//! fails or is killed leaves whole files only. The manifest names every file that is ours.
#![allow(clippy::disallowed_methods, reason = "`write` is the only writer of editions")]

mod difference;
mod error;
mod lock;
mod manifest;
mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::output::Output;

pub use error::WriteError;
pub use place::{check_edition_folder, check_paths};

const STAGING: &str = ".vaert-staging";

/// An edition's folder that is open for writing. No other build can open it until this is dropped.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    staging: PathBuf,
    planned: BTreeSet<Arc<str>>,
    ours: BTreeSet<Arc<str>>,
    put: Mutex<BTreeMap<Arc<str>, Option<Staged>>>,
    next: AtomicUsize,
    created: Vec<PathBuf>,
    // Held, not read: closing it lets the next build in.
    _lock: Option<fs::File>,
}

/// A file that waits to be renamed into place.
#[derive(Debug)]
struct Staged {
    at: PathBuf,
    /// Whether an old folder of ours stands where it must go.
    over_folder: bool,
}

/// What an output is to the file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The file is there and holds the same; it keeps its time.
    Kept,
    /// New or different; staged.
    Written,
}

/// What a build did to a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// New and changed files.
    pub written: usize,
    /// Files that were there already.
    pub kept: usize,
    /// Files of an earlier build that are no longer part of the edition.
    pub removed: usize,
}

impl Writer {
    /// Opens `folder` (made if need be) for the outputs at the `planned` paths, and waits for another build to finish.
    ///
    /// # Errors
    /// Where the folder is not ours, is in use for a minute, cannot be written, holds something in the way, or where
    /// a path leads out of it. Nothing in it has been changed then.
    pub fn open(folder: &Path, planned: &[Arc<str>]) -> Result<Self, WriteError> {
        check_paths(planned)?;
        let created = place::make_folder(folder)?;
        let lock = lock::lock(folder)?;
        let ours = manifest::read(folder)?;
        let planned: BTreeSet<Arc<str>> = planned.iter().cloned().collect();
        place::check_folders(folder, &planned, &ours)?;
        let staging = folder.join(STAGING);
        place::remove_staging(&staging)?;
        fs::create_dir(&staging).map_err(WriteError::tried("make the folder", &staging))?;
        let (put, next) = Default::default();
        Ok(Self { folder: folder.into(), staging, planned, ours, put, next, created, _lock: lock })
    }

    /// Compares an output with the file that is there and stages it where they differ. May be called from several threads.
    ///
    /// # Errors
    /// Where the path was not planned or came before, the disk is full, or a foreign folder stands where the file must.
    pub fn put(&self, output: &Output) -> Result<Change, WriteError> {
        let path = &output.path;
        let bad = |reason| WriteError::BadPath { path: path.to_string(), reason };
        if !self.planned.contains(path) {
            return Err(bad("it was not planned"));
        }
        let target = self.folder.join(&**path);
        let there = target.symlink_metadata().ok();
        let is_same = there.as_ref().map(|there| difference::is_same(&output.content, &target, there)).transpose()?;
        let staged = if is_same == Some(true) {
            None
        } else {
            let over_folder = there.is_some_and(|there| there.is_dir());
            if over_folder {
                place::check_folder_in_the_way(&self.folder, path, &self.ours)?;
            }
            let at = self.staging.join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
            difference::write_new(&output.content, &at)?;
            Some(Staged { at, over_folder })
        };
        let change = if staged.is_some() { Change::Written } else { Change::Kept };
        let mut put = self.put.lock().unwrap_or_else(PoisonError::into_inner);
        if put.insert(Arc::clone(path), staged).is_some() {
            return Err(bad("two outputs have this path"));
        }
        Ok(change)
    }

    /// Moves what was staged into place, assets before the pages that need them, and then removes what an earlier build
    /// wrote and this one did not put.
    ///
    /// # Errors
    /// Where the system refuses. Every file in the folder is whole then, and the next build completes the work.
    pub fn commit(self) -> Result<Summary, WriteError> {
        let put = std::mem::take(&mut *self.put.lock().unwrap_or_else(PoisonError::into_inner));
        let mut staged: Vec<(&Arc<str>, &Staged)> =
            put.iter().filter_map(|(path, staged)| Some((path, staged.as_ref()?))).collect();
        staged.sort_by_key(|(path, _)| path.ends_with(".html"));
        let leaving: BTreeSet<Arc<str>> = self.ours.iter().filter(|path| !put.contains_key(*path)).cloned().collect();
        let exact: BTreeSet<Arc<str>> = put.keys().cloned().collect();
        let summary = Summary { written: staged.len(), kept: put.len() - staged.len(), removed: leaving.len() };

        let union: BTreeSet<Arc<str>> = self.ours.union(&exact).cloned().collect();
        if union != self.ours || !manifest::is_there(&self.folder) {
            manifest::write(&self.folder, &self.staging, &union)?;
        }
        place::clear_the_way(&self.folder, &staged, &leaving)?;
        for folder in place::parents(staged.iter().map(|(path, _)| &***path)) {
            let folder = self.folder.join(folder);
            match fs::create_dir(&folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(WriteError::tried("make the folder", &folder)(error));
                }
                _ => {}
            }
        }
        for (path, staged) in staged {
            let target = self.folder.join(&**path);
            fs::rename(&staged.at, &target).map_err(WriteError::tried("write", &target))?;
        }
        place::remove(&self.folder, &leaving)?;
        if union != exact {
            manifest::write(&self.folder, &self.staging, &exact)?;
        }
        Ok(summary)
    }
}

impl Drop for Writer {
    /// Leaves no trace of what was not committed. What cannot be removed now is removed by the next build.
    fn drop(&mut self) {
        let _ = place::remove_staging(&self.staging);
        for folder in self.created.iter().rev() {
            // Fails, as it should, for a folder that holds an edition by now.
            let _ = fs::remove_dir(folder);
        }
    }
}

//! Outputs become an edition's folder on disk, by difference: only what changed is written, only our own is removed.
//!
//! New files wait whole in `.vaert-staging/` until [`Writer::commit`] renames them into place, so that a build that
//! fails or is killed leaves whole files only. The manifest names every file that is ours. Nothing here needs links, times
//! or letter case of a file system, so that the folder may as well be a share.
#![allow(clippy::disallowed_methods, reason = "`write` is the only writer of editions")]

mod archive;
mod claim;
mod commit;
mod difference;
mod disk;
mod error;
mod lock;
mod manifest;
mod part;
mod place;
mod step;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::output::Output;
use crate::plan::print_outs::{PrintPlan, is_of_many, is_print_out};

pub use archive::{Standing, check_archive, check_archive_outside, pack, standing_at, unpack};
pub use claim::Claim;
pub use error::WriteError;
pub use manifest::{Manifest, Memory};
pub use part::{Part, option_that_brings};
pub use place::{check_edition_folder, check_paths};
pub use step::Step;

/// The folder for new files inside an edition's folder. It exists while a build is running, and after one that was
/// killed.
pub const STAGING: &str = ".vaert-staging";

/// An edition's folder that is open for writing. No other build can open it until this is dropped.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    /// The folder for new files; `None` if the edition's folder is only inspected.
    staging: Option<PathBuf>,
    planned: BTreeSet<Arc<str>>,
    before: Option<Manifest>,
    /// Whether the folder was found to be empty when it was opened: then no target need be looked at.
    was_empty: bool,
    edition: Option<String>,
    /// The new records for the manifest, if they replace the present ones.
    memory: Option<Memory>,
    part: Part,
    /// Files outside of the part that are removed all the same.
    withdrawn: BTreeSet<Arc<str>>,
    /// The new record of the items in print-outs, if it replaces the present one.
    printed: Option<BTreeSet<Arc<str>>>,
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
    /// Whether nothing stands where it goes.
    is_new: bool,
    /// Whether an old folder of ours stands where it must go.
    over_folder: bool,
}

/// The difference between an output and the existing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The file is there and holds the same; it keeps its time.
    Kept,
    /// New or different; staged.
    Written,
}

/// The summary of what a build did to a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// New and changed files.
    pub written: usize,
    /// Files that were there already.
    pub kept: usize,
    /// Files of an earlier build that are no longer part of the edition.
    pub removed: usize,
}

/// The changes that a commit would make to a folder, by path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// New files.
    pub added: Vec<Arc<str>>,
    /// Files that would be replaced.
    pub changed: Vec<Arc<str>>,
    /// Files that would go.
    pub removed: Vec<Arc<str>>,
    /// The number of files that would stay as they are.
    pub kept: usize,
}

/// The way in which a folder is opened.
#[derive(Clone, Copy)]
enum Opening<'a> {
    Build,
    Publish(Claim<'a>),
    Look(Claim<'a>),
}

/// Returns the manifest of `folder`; `None` if there is none of ours.
///
/// # Errors
/// Returns an error if it cannot be read.
pub fn manifest_of(folder: &Path) -> Result<Option<Manifest>, WriteError> {
    manifest::read(folder)
}

impl Writer {
    /// Opens `folder` (made if need be) for the outputs at the `planned` paths, which are `part` of the edition, and waits
    /// for another build to finish.
    ///
    /// # Errors
    /// Returns an error if the folder is not ours, is in use for a minute, cannot be written, contains something in the
    /// way, or if a path leads out of it. Then nothing in it has been changed.
    pub fn open(folder: &Path, planned: &[Arc<str>], part: Part) -> Result<Self, WriteError> {
        let mut writer = Self::open_for(Opening::Build, folder, planned)?;
        writer.part = part;
        Ok(writer)
    }

    /// Opens a folder that the edition of `claim` is published to, as [`open`](Self::open) does.
    ///
    /// # Errors
    /// Returns the same errors as `open`, and one if the claim does not hold.
    pub fn publish(folder: &Path, planned: &[Arc<str>], claim: Claim) -> Result<Self, WriteError> {
        Self::open_for(Opening::Publish(claim), folder, planned)
    }

    /// The same for looking only: nothing is made, locked or written, and [`changes`](Self::changes) tells what would be.
    ///
    /// # Errors
    /// Returns the same errors as `publish`, as far as they can be detected without writing.
    pub fn look(folder: &Path, planned: &[Arc<str>], claim: Claim) -> Result<Self, WriteError> {
        Self::open_for(Opening::Look(claim), folder, planned)
    }

    fn open_for(opening: Opening, folder: &Path, planned: &[Arc<str>]) -> Result<Self, WriteError> {
        check_paths(planned)?;
        let is_look = matches!(opening, Opening::Look(_));
        let created = if is_look { Vec::new() } else { place::make_folder(folder)? };
        let lock = if is_look { None } else { lock::lock(folder)? };
        let before = manifest::read(folder)?;
        let planned: BTreeSet<Arc<str>> = planned.iter().cloned().collect();
        let edition = match opening {
            Opening::Build if before.is_none() && !manifest::is_free(folder)? => {
                return Err(WriteError::NotOurs { folder: folder.into() });
            }
            Opening::Build => before.as_ref().and_then(|manifest| manifest.edition.clone()),
            Opening::Publish(claim) | Opening::Look(claim) => {
                claim::check(claim, folder, before.as_ref(), &planned)?;
                Some(claim.edition.to_owned())
            }
        };
        // Anything else without a manifest has been refused by now.
        let was_empty = before.is_none()
            && match opening {
                Opening::Build => true,
                Opening::Publish(claim) | Opening::Look(claim) => !claim.force,
            };
        let none = BTreeSet::new();
        place::check_folders(folder, &planned, before.as_ref().map_or(&none, |manifest| &manifest.paths))?;
        let staging = (!is_look).then(|| folder.join(STAGING));
        if let Some(staging) = &staging {
            place::remove_staging(staging)?;
            fs::create_dir(staging).map_err(WriteError::tried("make the folder", staging))?;
        }
        let (put, next) = Default::default();
        let folder = folder.into();
        Ok(Self {
            folder,
            staging,
            planned,
            before,
            was_empty,
            edition,
            memory: None,
            part: Part::Whole,
            withdrawn: BTreeSet::new(),
            printed: None,
            put,
            next,
            created,
            _lock: lock,
        })
    }

    /// Sets the records of the manifest once everything is in place; without this call it keeps its present ones.
    pub fn remember(&mut self, memory: Memory) {
        self.memory = Some(memory);
    }

    /// Lets a commit that leaves other print-outs alone remove those that are no longer `planned`, since their source
    /// is withdrawn, and those made of many items if one of these is no longer among `items`, the ids of all that are
    /// printed now. Records `items` for the print-outs that are put.
    pub fn withdraw_print_outs(&mut self, planned: &PrintPlan, items: BTreeSet<Arc<str>>) {
        let none = BTreeSet::new();
        let known = self.before.as_ref().map_or(&none, |manifest| &manifest.printed);
        let is_current = !known.is_empty() && known.is_subset(&items);
        let goes = |path: &str| !planned.contains_key(path) || (!is_current && is_of_many(path));
        let left = self.ours().into_iter().flatten().filter(|path| is_print_out(path) && !self.planned.contains(*path));
        let withdrawn = left.filter(|path| goes(path)).cloned().collect();
        let is_printing = self.planned.iter().any(|path| is_print_out(path));
        self.printed = Some(if is_printing { items } else { known.intersection(&items).cloned().collect() });
        self.withdrawn = withdrawn;
    }

    /// Returns the print-outs made of many items that a commit removes because one of the items is withdrawn.
    pub fn withdrawn_print_outs(&self) -> Vec<Arc<str>> {
        self.withdrawn.iter().filter(|path| is_of_many(path)).cloned().collect()
    }

    /// Compares an output with the file that is there and stages it where they differ. May be called from several threads.
    ///
    /// # Errors
    /// Returns an error if the path was not planned or was put before, if the disk is full, or if a foreign folder is
    /// in the place of the file.
    pub fn put(&self, output: &Output) -> Result<Change, WriteError> {
        let path = &output.path;
        let bad = |reason| WriteError::BadPath { path: path.to_string(), reason };
        if !self.planned.contains(path) {
            return Err(bad("it was not planned"));
        }
        let target = self.folder.join(&**path);
        let there = if self.was_empty { None } else { target.symlink_metadata().ok() };
        let is_same = there.as_ref().map(|there| difference::is_same(&output.content, &target, there)).transpose()?;
        let staged = if is_same == Some(true) {
            None
        } else {
            let over_folder = there.as_ref().is_some_and(|there| there.is_dir());
            if over_folder {
                place::check_folder_in_the_way(&self.folder, path, self.ours().unwrap_or(&BTreeSet::new()))?;
            }
            let mut at = PathBuf::new();
            if let Some(staging) = &self.staging {
                at = self.stage(output, staging)?;
            }
            Some(Staged { at, is_new: there.is_none(), over_folder })
        };
        let change = if staged.is_some() { Change::Written } else { Change::Kept };
        let mut put = self.put.lock().unwrap_or_else(PoisonError::into_inner);
        if put.insert(Arc::clone(path), staged).is_some() {
            return Err(bad("two outputs have this path"));
        }
        Ok(change)
    }

    /// Writes an output to where it waits. For an empty folder that is a tree like the one to come, so that folders of it can
    /// be moved as a whole.
    fn stage(&self, output: &Output, staging: &Path) -> Result<PathBuf, WriteError> {
        if !self.was_empty {
            let at = staging.join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
            difference::write_new(&output.content, &at)?;
            return Ok(at);
        }
        let at = staging.join(step::TREE).join(&*output.path);
        match difference::write_new(&output.content, &at) {
            Err(WriteError::Io { source, path, .. }) if source.kind() == io::ErrorKind::NotFound && path == at => {
                // The first file of its folder.
                let folder = at.parent().unwrap_or(staging);
                fs::create_dir_all(folder).map_err(WriteError::tried("make the folder", folder))?;
                difference::write_new(&output.content, &at)?;
            }
            written => written?,
        }
        Ok(at)
    }

    /// Returns the changes that [`commit`](Self::commit) would make for the outputs put so far.
    pub fn changes(&self) -> Changes {
        let put = self.put.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changes = Changes::default();
        for (path, staged) in &*put {
            match staged {
                None => changes.kept += 1,
                Some(staged) if staged.is_new => changes.added.push(Arc::clone(path)),
                Some(_) => changes.changed.push(Arc::clone(path)),
            }
        }
        let ours = self.ours().into_iter().flatten();
        changes.removed = ours.filter(|path| !put.contains_key(*path) && self.goes(path)).cloned().collect();
        changes
    }

    /// The changes on disk that put what was staged in its place, in their order.
    pub fn steps(&self) -> Vec<Step> {
        let Some(staging) = &self.staging else { return Vec::new() };
        let put = self.put.lock().unwrap_or_else(PoisonError::into_inner);
        let ours = self.ours().into_iter().flatten();
        let left_alone = ours.filter(|path| !put.contains_key(*path) && !self.goes(path));
        let Manifest { memory, printed, .. } = self.before.clone().unwrap_or_default();
        let after = Manifest {
            edition: self.edition.clone(),
            memory: self.memory.clone().unwrap_or(memory),
            printed: self.printed.clone().unwrap_or(printed),
            paths: put.keys().chain(left_alone).cloned().collect(),
        };
        let staged = put.iter().filter_map(|(path, staged)| Some((path, staged.as_ref()?))).collect();
        step::steps(&mut step::Work {
            folder: &self.folder,
            staging,
            before: self.before.as_ref(),
            was_empty: self.was_empty,
            after: &after,
            staged,
        })
    }

    /// Moves staged files into place, assets before the pages that need them, and then removes the files of the same
    /// part that an earlier build wrote and this one did not put.
    ///
    /// # Errors
    /// Returns an error if the system refuses. Then every file in the folder is complete, a file that could not be
    /// removed is still listed as ours, and the next build completes the work.
    pub fn commit(self) -> Result<Summary, WriteError> {
        self.commit_and(|| ()).map(|(summary, ())| summary)
    }

    /// Commits in the same way, and then `look`s at the folder before another build may change it.
    ///
    /// # Errors
    /// Returns the same errors as [`commit`](Self::commit).
    pub fn commit_and<T>(self, look: impl FnOnce() -> T) -> Result<(Summary, T), WriteError> {
        let Changes { added, changed, removed, kept } = self.changes();
        commit::commit(&self.folder, &self.steps())?;
        if let Some(staging) = &self.staging {
            place::remove_staging(staging)?;
        }
        Ok((Summary { written: added.len() + changed.len(), kept, removed: removed.len() }, look()))
    }

    /// Returns whether a file of ours that is not put is removed.
    fn goes(&self, path: &str) -> bool {
        self.part.replaces(path) || self.withdrawn.contains(path)
    }

    fn ours(&self) -> Option<&BTreeSet<Arc<str>>> {
        self.before.as_ref().map(|manifest| &manifest.paths)
    }
}

impl Drop for Writer {
    /// Leaves no trace of what was not committed. What cannot be removed now is removed by the next build.
    fn drop(&mut self) {
        if let Some(staging) = &self.staging {
            let _ = place::remove_staging(staging);
        }
        for folder in self.created.iter().rev() {
            // Fails, as it should, for a folder that holds an edition by now.
            let _ = fs::remove_dir(folder);
        }
    }
}

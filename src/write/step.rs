//! The changes that a commit makes on disk, as data and in order. Between any two of them the program may be killed.
//!
//! At each of those moments every page has what it needs: what is new and no page goes before what is replaced, both
//! before new pages, those before pages that are replaced, and among what leaves pages go before their assets. The
//! manifest names all that is ours, or is about to be, before it comes and until it is gone.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::insist;
use super::manifest::Manifest;
use super::{Staged, WriteError, manifest, place};

/// One change on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The folder's manifest becomes this one.
    List {
        /// The edition's folder.
        folder: PathBuf,
        /// The folder of staged files.
        staging: PathBuf,
        /// What it says.
        manifest: Manifest,
    },
    /// A folder is made, unless it is there.
    MakeFolder(PathBuf),
    /// A staged file takes its place.
    Place {
        /// Where it waits.
        staged: PathBuf,
        /// Where it goes.
        target: PathBuf,
    },
    /// A file goes, if it is there and no folder.
    Remove(PathBuf),
    /// A folder goes, if it is empty.
    RemoveFolder(PathBuf),
    /// A folder goes that holds nothing but empty folders.
    RemoveEmptyTree(PathBuf),
}

impl Step {
    /// Makes the change.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn take(&self) -> Result<(), WriteError> {
        match self {
            Step::List { folder, staging, manifest } => manifest::write(folder, staging, manifest),
            Step::MakeFolder(folder) => match fs::create_dir(folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    Err(WriteError::tried("make the folder", folder)(error))
                }
                _ => Ok(()),
            },
            Step::Place { staged, target } => {
                insist(|| fs::rename(staged, target)).map_err(WriteError::tried("write", target))
            }
            // By now it may be a folder: of a file that was moved below it, or the user's.
            Step::Remove(file) if file.symlink_metadata().is_ok_and(|there| !there.is_dir()) => {
                insist(|| fs::remove_file(file)).map_err(WriteError::tried("remove", file))
            }
            Step::Remove(_) => Ok(()),
            Step::RemoveFolder(folder) => {
                // Fails for a folder that still holds something, which is what is wanted.
                let _ = fs::remove_dir(folder);
                Ok(())
            }
            Step::RemoveEmptyTree(folder) => {
                place::remove_empty(folder).map_err(WriteError::tried("remove the folder", folder))
            }
        }
    }
}

/// What a commit is to do.
pub(super) struct Work<'a> {
    /// The edition's folder.
    pub(super) folder: &'a Path,
    /// The folder of staged files.
    pub(super) staging: &'a Path,
    /// The manifest on disk, if there is one.
    pub(super) before: Option<&'a Manifest>,
    /// The manifest when all is done.
    pub(super) after: &'a Manifest,
    /// The files that are new or replaced.
    pub(super) staged: Vec<(&'a Arc<str>, &'a Staged)>,
}

/// The steps of `work` in order.
pub(super) fn steps(work: &mut Work) -> Vec<Step> {
    let (folder, staged) = (work.folder, &mut work.staged);
    let list = |manifest| Step::List { folder: folder.into(), staging: work.staging.into(), manifest };
    staged.sort_by_key(|(path, staged)| (is_page(path), !staged.is_new));
    let none = BTreeSet::new();
    let ours = work.before.map_or(&none, |manifest| &manifest.paths);
    let leaving: BTreeSet<Arc<str>> = ours.difference(&work.after.paths).cloned().collect();

    let mut steps = Vec::new();
    let union = work.before.cloned().unwrap_or_default();
    let union = Manifest { paths: ours.union(&work.after.paths).cloned().collect(), ..union };
    // Told of its edition from the first moment: what was interrupted is known again. What another edition's publisher
    // remembered is forgotten in the same moment.
    let is_another = union.edition != work.after.edition;
    let notes = if is_another { Vec::new() } else { union.notes };
    let union = Manifest { edition: work.after.edition.clone(), notes, ..union };
    if work.before != Some(&union) {
        steps.push(list(union.clone()));
    }
    clear_the_way(folder, staged, &leaving, &mut steps);
    let folders = place::parents(staged.iter().map(|(path, _)| &***path));
    steps.extend(folders.into_iter().map(|inner| Step::MakeFolder(folder.join(inner))));
    steps.extend(
        staged.iter().map(|(path, staged)| Step::Place { staged: staged.at.clone(), target: folder.join(&***path) }),
    );
    remove(folder, &leaving, &mut steps);
    if union != *work.after {
        steps.push(list(work.after.clone()));
    }
    steps
}

/// Whether what stands at `path` needs others to be there.
fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// Removes those of our own files and empty folders that stand where a staged file or its folder must.
fn clear_the_way(folder: &Path, staged: &[(&Arc<str>, &Staged)], leaving: &BTreeSet<Arc<str>>, steps: &mut Vec<Step>) {
    let folders = place::parents(staged.iter().map(|(path, _)| &***path));
    let files: BTreeSet<Arc<str>> = folders
        .iter()
        .filter(|inner| folder.join(inner).symlink_metadata().is_ok_and(|there| !there.is_dir()))
        .filter_map(|inner| leaving.get(*inner).cloned())
        .collect();
    remove(folder, &files, steps);
    for (path, staged) in staged {
        if staged.over_folder {
            let below = format!("{path}/");
            let inner = leaving.range(Arc::from(&*below)..).take_while(|path| path.starts_with(&below));
            remove(folder, &inner.cloned().collect(), steps);
            // Empty folders that are not ours may be left in it.
            steps.push(Step::RemoveEmptyTree(folder.join(&***path)));
        }
    }
}

/// Removes the files `paths`, pages first, and folders that are empty then.
fn remove(folder: &Path, paths: &BTreeSet<Arc<str>>, steps: &mut Vec<Step>) {
    let (pages, others): (Vec<_>, Vec<_>) = paths.iter().partition(|path| is_page(path));
    steps.extend(pages.into_iter().chain(others).map(|path| Step::Remove(folder.join(&**path))));
    let folders = place::parents(paths.iter().map(|path| &**path));
    steps.extend(folders.iter().rev().map(|inner| Step::RemoveFolder(folder.join(inner))));
}

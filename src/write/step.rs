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
use super::manifest::{Manifest, Memory};
use super::{Staged, WriteError, manifest, place};

/// The folder in staging that outputs wait in for an empty folder, each at its own path.
pub(super) const TREE: &str = "tree";

/// One change on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The folder's manifest becomes this one.
    List {
        /// The edition's folder.
        folder: PathBuf,
        /// The folder of staged files.
        staging: PathBuf,
        /// The content.
        manifest: Manifest,
    },
    /// A folder is made, unless it is there.
    MakeFolder(PathBuf),
    /// A staged file takes its place, or a folder of them.
    Place {
        /// The staged file.
        staged: PathBuf,
        /// The path in the edition.
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
    /// Returns whether the step adds something to the edition.
    pub(super) fn brings(&self) -> bool {
        matches!(self, Step::MakeFolder(_) | Step::Place { .. })
    }

    /// Makes the change.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    pub fn take(&self) -> Result<(), WriteError> {
        match self {
            Step::List { folder, staging, manifest } => manifest::write(folder, staging, manifest),
            Step::MakeFolder(folder) => match fs::create_dir(folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    Err(WriteError::tried("make the folder", folder)(error))
                }
                _ => Ok(()),
            },
            Step::Place { staged, target } => put_in_place(staged, target).map_err(WriteError::tried("write", target)),
            Step::Remove(file) => insist(|| remove_file(file)).map_err(WriteError::tried("remove", file)),
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

/// Removes a file, if it exists. By now the path may be a folder, which stays: that of a file that was moved below it,
/// or the user's.
pub(super) fn remove_file(file: &Path) -> io::Result<()> {
    match file.symlink_metadata() {
        Ok(there) if there.is_dir() => Ok(()),
        Ok(_) => fs::remove_file(file),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
        // The file cannot be seen, which does not mean that it is gone.
        refused => refused.map(|_| ()),
    }
}

/// Moves a file or a folder to where it goes.
fn put_in_place(staged: &Path, target: &Path) -> io::Result<()> {
    match fs::rename(staged, target) {
        // Somebody else may have one of its files open, a virus scanner above all: the others need not wait for that one.
        Err(_) if staged.is_dir() => {
            fs::create_dir_all(target)?;
            let inner: io::Result<Vec<_>> = fs::read_dir(staged)?.collect();
            inner?.iter().try_for_each(|entry| put_in_place(&entry.path(), &target.join(entry.file_name())))
        }
        Err(_) => insist(|| fs::rename(staged, target)),
        placed => placed,
    }
}

/// The work of a commit.
pub(super) struct Work<'a> {
    /// The edition's folder.
    pub(super) folder: &'a Path,
    /// The folder of staged files.
    pub(super) staging: &'a Path,
    /// The manifest on disk, if there is one.
    pub(super) before: Option<&'a Manifest>,
    /// Whether the folder is empty, and what is staged lies in a tree.
    pub(super) was_empty: bool,
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
    let memory = if is_another { Memory::default() } else { union.memory };
    let printed = union.printed.union(&work.after.printed).cloned().collect();
    let union = Manifest { edition: work.after.edition.clone(), memory, printed, ..union };
    if work.before != Some(&union) {
        steps.push(list(union.clone()));
    }
    clear_the_way(folder, staged, &leaving, &mut steps);
    let whole = if work.was_empty { folders_of_one_sort(staged) } else { BTreeSet::new() };
    let moved_with = |path| Some(outermost(path)).filter(|folder| whole.contains(folder));
    let folders = place::parents(staged.iter().map(|(path, _)| &***path));
    let made = folders.into_iter().filter(|inner| moved_with(inner).is_none());
    steps.extend(made.map(|inner| Step::MakeFolder(folder.join(inner))));
    let mut moved: BTreeSet<&str> = BTreeSet::new();
    for (path, staged) in staged.iter() {
        match moved_with(path) {
            None => steps.push(Step::Place { staged: staged.at.clone(), target: folder.join(&***path) }),
            Some(inner) if moved.insert(inner) => {
                let staged = work.staging.join(TREE).join(inner);
                steps.push(Step::Place { staged, target: folder.join(inner) });
            }
            // It came with its folder.
            Some(_) => {}
        }
    }
    remove(folder, &leaving, &mut steps);
    if union != *work.after {
        steps.push(list(work.after.clone()));
    }
    steps
}

/// Whether what stands at `path` needs others to be there.
pub(super) fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// The outermost folders of what is staged that hold pages alone, or none: moved as a whole they keep to the order.
fn folders_of_one_sort<'a>(staged: &[(&'a Arc<str>, &Staged)]) -> BTreeSet<&'a str> {
    let of_sort = |pages: bool| -> BTreeSet<&str> {
        let paths = staged.iter().filter(|(path, _)| path.contains('/') && is_page(path) == pages);
        paths.map(|(path, _)| outermost(path)).collect()
    };
    of_sort(true).symmetric_difference(&of_sort(false)).copied().collect()
}

/// The first name of a path: of the outermost folder, or of a file beside the folders.
fn outermost(path: &str) -> &str {
    path.split_once('/').map_or(path, |(outermost, _)| outermost)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_moved_is_moved_file_by_file() {
        let temp = tempfile::tempdir().unwrap();
        let [staged, target] = ["staged", "target"].map(|name| temp.path().join(name));
        fs::create_dir_all(staged.join("b/c")).unwrap();
        fs::write(staged.join("a"), "a").unwrap();
        fs::write(staged.join("b/c/d"), "d").unwrap();
        // A folder is no more put over one that holds something than over one in use.
        fs::create_dir_all(target.join("b")).unwrap();
        fs::write(target.join("b/e"), "e").unwrap();
        Step::Place { staged, target: target.clone() }.take().unwrap();
        for (path, text) in [("a", "a"), ("b/c/d", "d"), ("b/e", "e")] {
            assert_eq!(fs::read_to_string(target.join(path)).unwrap(), text);
        }
    }
}

//! The paths of outputs become places inside the edition's folder, and never outside it: checks, folders, removal.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::WriteError;
use crate::model::address::{in_lower_case, too_long_part};
use crate::snapshot::Survey;

/// Checks that each of `planned` can be a file inside a folder, and all of them at once.
///
/// # Errors
/// Returns an error for the first path that cannot.
pub fn check_paths(planned: &[Arc<str>]) -> Result<(), WriteError> {
    let bad = |path: &str, reason| Err(WriteError::BadPath { path: path.to_owned(), reason });
    let mut all: FxHashSet<&str> = FxHashSet::with_capacity_and_hasher(planned.len(), FxBuildHasher);
    let mut in_small_letters: FxHashSet<Cow<str>> = FxHashSet::with_capacity_and_hasher(planned.len(), FxBuildHasher);
    for path in planned {
        if let Some(reason) = fault_of(path) {
            return bad(path, reason);
        }
        if !all.insert(path) {
            return bad(path, "two outputs have this path");
        }
        // Windows, and the share that others see of this disk, take the two for one.
        if !in_small_letters.insert(in_lower_case(path)) {
            return bad(path, "another output's path differs from it in capitals only");
        }
    }
    match parents(planned.iter().map(|path| &**path)).iter().find(|folder| all.contains(**folder)) {
        Some(folder) => bad(folder, "it is a file and the folder of another"),
        None => Ok(()),
    }
}

/// Checks that the edition in `folder` would not be written over its sources: over a folder of the `survey` (handbook,
/// base and themes), or among the files that were read from one.
///
/// An edition *below* such a folder is fine: load leaves edition folders out.
///
/// # Errors
/// Returns [`WriteError::OverInput`] if it would.
pub fn check_edition_folder(folder: &Path, survey: &Survey) -> Result<(), WriteError> {
    // A folder that does not exist yet cannot contain a source.
    let Ok(real) = folder.canonicalize() else { return Ok(()) };
    match survey.roots.iter().find_map(|root| source_in(&real, root, survey)) {
        Some(input) => Err(WriteError::OverInput { folder: folder.into(), input }),
        None => Ok(()),
    }
}

/// Returns the source that the folder `real` holds: `root` itself, or a file read from there.
fn source_in(real: &Path, root: &Path, survey: &Survey) -> Option<PathBuf> {
    let real_root = root.canonicalize().ok()?;
    if real_root.starts_with(real) {
        return Some(root.into());
    }
    // The survey's paths begin with the root as it was named.
    let below = root.join(real.strip_prefix(real_root).ok()?).join("").into_os_string();
    let (file, _) = survey.states.range::<OsStr, _>((Bound::Included(below.as_os_str()), Bound::Unbounded)).next()?;
    file.as_encoded_bytes().starts_with(below.as_encoded_bytes()).then(|| file.into())
}

/// Returns the reason why `path` is not a file inside a folder on every system, if there is one.
pub(super) fn fault_of(path: &str) -> Option<&'static str> {
    if path.is_empty() || path.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
        Some("it has an empty part, `.` or `..`")
    } else if path.contains(['\\', ':']) || path.chars().any(char::is_control) {
        Some("it has a backslash, a colon or a control character")
    } else if path.split('/').next().is_some_and(|first| first.starts_with(".vaert-")) {
        Some("names that begin with `.vaert-` are kept for vaert's own files")
    } else if too_long_part(path).is_some() {
        Some("a name in it is longer than the 255 letters that file systems take")
    } else {
        None
    }
}

/// Makes `folder` and those above it, and gives the ones that were not there.
pub(super) fn make_folder(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let mut missing: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
        .map(Path::to_path_buf)
        .collect();
    missing.reverse();
    fs::create_dir_all(folder).map_err(WriteError::tried("make the folder", folder))?;
    Ok(missing)
}

/// The folders that hold `paths`, each after the one that holds it.
pub(super) fn parents<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    let mut before = "";
    for path in paths {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Most files lie beside the one before.
        if folder == before {
            continue;
        }
        before = folder;
        folders
            .extend(folder.match_indices('/').map(|(at, _)| &folder[..at]).chain([folder]).filter(|it| !it.is_empty()));
    }
    folders
}

/// Checks that every folder to write into or to remove from is a folder, no link, or a file of ours that may go.
pub(super) fn check_folders(
    folder: &Path,
    planned: &BTreeSet<Arc<str>>,
    ours: &BTreeSet<Arc<str>>,
) -> Result<(), WriteError> {
    for inner in parents(planned.iter().chain(ours).map(|path| &**path)) {
        let path = folder.join(inner);
        let Ok(there) = path.symlink_metadata() else { continue };
        if there.is_symlink() {
            return Err(WriteError::InTheWay { path, what: "a link, which is not followed" });
        }
        if !there.is_dir() && !ours.contains(inner) {
            return Err(WriteError::InTheWay { path, what: "a file that vaert did not write" });
        }
    }
    Ok(())
}

/// Checks that the folder that stands at `path`, where a file must, holds nothing but ours.
pub(super) fn check_folder_in_the_way(folder: &Path, path: &str, ours: &BTreeSet<Arc<str>>) -> Result<(), WriteError> {
    let target = folder.join(path);
    for entry in walkdir::WalkDir::new(&target) {
        let entry = entry.map_err(|error| WriteError::tried("look into", &target)(error.into()))?;
        let inner = entry.path().strip_prefix(folder).ok().and_then(Path::to_str).map(|inner| inner.replace('\\', "/"));
        if !entry.file_type().is_dir() && !inner.is_some_and(|inner| ours.contains(&*inner)) {
            return Err(WriteError::InTheWay { path: target, what: "a folder with files that vaert did not write" });
        }
    }
    Ok(())
}

/// Removes what an earlier build left in staging; a link there is removed, not followed.
pub(super) fn remove_staging(staging: &Path) -> Result<(), WriteError> {
    let result = match staging.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Ok(there) if there.is_dir() => fs::remove_dir_all(staging),
        _ => fs::remove_file(staging),
    };
    result.map_err(WriteError::tried("remove", staging))
}

/// Removes a folder, if it is there, that holds nothing but empty folders.
pub(super) fn remove_empty(folder: &Path) -> io::Result<()> {
    if folder.symlink_metadata().is_err() {
        return Ok(());
    }
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        match fs::remove_dir(entry?.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_folder_or_fail_elsewhere_are_refused() {
        for path in ["", "/a", "a//b", "a/", "../a", "a/../b", "./a", "a\\b", "C:a", "a\0b", "a\nb", ".vaert-manifest"]
        {
            assert!(fault_of(path).is_some(), "{path:?}");
        }
        for path in ["index.html", "a/b c/æøå.html", "a/..b", ".nojekyll"] {
            assert_eq!(fault_of(path), None, "{path:?}");
        }
    }

    #[test]
    fn no_path_is_twice_or_a_folder_of_another() {
        let check = |paths: &[&str]| check_paths(&paths.iter().map(|path| Arc::from(*path)).collect::<Vec<_>>());
        assert!(check(&["a", "b/c", "b/d"]).is_ok());
        assert!(check(&["a", "a"]).is_err());
        assert!(check(&["a", "a b", "a/b/c"]).is_err());
        assert!(check(&["a/Plan.svg", "a/plan.svg"]).is_err());
    }
}

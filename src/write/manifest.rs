//! The manifest: the sorted list of the files in an edition's folder that are ours, in the folder itself.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{STAGING, WriteError, place};
use crate::load::MANIFEST;

/// Where folders cannot be locked, this file is.
pub(super) const LOCK_FILE: &str = ".vaert-lock";

const HEADER: &str = "# Written by vaert. It removes only the files listed here.";

/// The paths listed; none for a folder that is empty or holds no more than what a killed build leaves.
///
/// Lines that no build writes are passed over, so that a manifest from elsewhere can never reach out of the folder.
pub(super) fn read(folder: &Path) -> Result<BTreeSet<Arc<str>>, WriteError> {
    let path = folder.join(MANIFEST);
    match fs::read(&path) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let Some(list) = text.strip_prefix(HEADER) else {
                return Err(WriteError::NotOurs { folder: folder.into() });
            };
            Ok(list.lines().filter(|path| place::fault_of(path).is_none()).map(Arc::from).collect())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            refuse_foreign(folder)?;
            Ok(BTreeSet::new())
        }
        Err(error) => Err(WriteError::tried("read", &path)(error)),
    }
}

/// Whether the folder has one.
pub(super) fn is_there(folder: &Path) -> bool {
    folder.join(MANIFEST).is_file()
}

/// Replaces the manifest as a whole.
pub(super) fn write(folder: &Path, staging: &Path, paths: &BTreeSet<Arc<str>>) -> Result<(), WriteError> {
    let mut text = format!("{HEADER}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    let staged = staging.join("manifest");
    fs::write(&staged, text).map_err(WriteError::tried("write", &staged))?;
    let target = folder.join(MANIFEST);
    fs::rename(&staged, &target).map_err(WriteError::tried("write", &target))
}

fn refuse_foreign(folder: &Path) -> Result<(), WriteError> {
    let look = || -> io::Result<bool> {
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            if name != STAGING && name != LOCK_FILE {
                return Ok(false);
            }
        }
        Ok(true)
    };
    match look().map_err(WriteError::tried("look into", folder))? {
        true => Ok(()),
        false => Err(WriteError::NotOurs { folder: folder.into() }),
    }
}

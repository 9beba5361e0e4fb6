//! What the user named, or did not name, becomes the folders of the handbooks that are meant.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::load::SETTINGS;

/// The handbooks' folders: those `named`, else `.` or `content`, whichever holds `handbook.yaml`.
///
/// # Errors
/// Where none was named and neither does. Folders that were named are looked into by `load`.
pub(super) fn handbooks(named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    if !named.is_empty() {
        return Ok(named.iter().map(|path| folder_of(path)).collect());
    }
    match [".", "content"].iter().find(|folder| Path::new(folder).join(SETTINGS).is_file()) {
        Some(folder) => Ok(vec![PathBuf::from(folder)]),
        None => bail!(
            "looked for `{SETTINGS}` here and in `content`, and found none\nhelp: name the handbook's folder, or make \
             a new handbook with `vaert init`"
        ),
    }
}

/// The handbook's folder where its `handbook.yaml` was named.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if path.ends_with(SETTINGS) && path.is_file() => {
            if folder.as_os_str().is_empty() {
                PathBuf::from(".")
            } else {
                folder.into()
            }
        }
        _ => path.into(),
    }
}

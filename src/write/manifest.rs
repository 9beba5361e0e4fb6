//! Reads and writes the manifest: the sorted list of the files in an edition's folder that are ours, in the folder
//! itself.
//!
//! A published folder's manifest also records its edition, the options that it was published with, and other data of
//! the publisher. These are lines that begin with `# `, which no path does; lines that this program does not know are
//! skipped. A build that writes into such a folder keeps them. Of print-outs the manifest records which items they may
//! hold, because they outlive builds that do not make them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::disk::insist;
use super::{STAGING, WriteError, place};
use crate::load::MANIFEST;

/// The file that is locked if folders cannot be locked.
pub(super) const LOCK_FILE: &str = ".vaert-lock";

const HEADER: &str = "# Written by vaert. It removes only the files listed here.";
/// The beginning of the lines that are no paths.
const MARK: &str = "# ";
const EDITION: &str = "# edition ";
const OPTION: &str = "# option ";
const NOTE: &str = "# note ";
const PRINTED: &str = "# printed ";

/// The content of a folder's manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The edition that was published here; nothing where none was.
    pub edition: Option<String>,
    /// The publisher's records.
    pub memory: Memory,
    /// The ids of the items that the print-outs may hold; empty if that is unknown.
    pub printed: BTreeSet<Arc<str>>,
    /// The files that are ours.
    pub paths: BTreeSet<Arc<str>>,
}

/// The records of a publisher about an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The options that it was published with, as they are written; empty if an older program published it.
    pub options: Vec<String>,
    /// The other records, a line each.
    pub notes: Vec<String>,
}

impl Manifest {
    /// Reads the text of a manifest; nothing where it is none of ours.
    ///
    /// Lines that no build writes are passed over, so that a manifest from elsewhere can never reach out of the folder.
    pub fn parse(text: &str) -> Option<Self> {
        let mut manifest = Manifest::default();
        for line in text.strip_prefix(HEADER)?.lines() {
            if let Some(edition) = line.strip_prefix(EDITION) {
                manifest.edition = Some(edition.to_owned());
            } else if let Some(option) = line.strip_prefix(OPTION) {
                manifest.memory.options.push(option.to_owned());
            } else if let Some(note) = line.strip_prefix(NOTE) {
                manifest.memory.notes.push(note.to_owned());
            } else if let Some(id) = line.strip_prefix(PRINTED) {
                manifest.printed.insert(id.into());
            } else if !line.starts_with(MARK) && place::fault_of(line).is_none() {
                manifest.paths.insert(line.into());
            }
        }
        Some(manifest)
    }

    /// The manifest's text.
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        let edition = self.edition.iter().map(|edition| (EDITION, edition.as_str()));
        let options = self.memory.options.iter().map(|option| (OPTION, option.as_str()));
        let notes = self.memory.notes.iter().map(|note| (NOTE, note.as_str()));
        let printed = self.printed.iter().map(|id| (PRINTED, &**id));
        let paths = self.paths.iter().map(|path| ("", &**path));
        for (mark, line) in edition.chain(options).chain(notes).chain(printed).chain(paths) {
            text.push_str(mark);
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}

/// Returns the manifest of `folder`; `None` if there is no folder, no manifest, or one that is damaged or foreign. Then
/// no file in the folder is ours, and [`is_free`] is false where a file stands in the manifest's place.
///
/// # Errors
/// Returns an error if it cannot be read.
pub(super) fn read(folder: &Path) -> Result<Option<Manifest>, WriteError> {
    let path = folder.join(MANIFEST);
    match fs::read(&path) {
        Ok(bytes) => Ok(Manifest::parse(&String::from_utf8_lossy(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError::tried("read", &path)(error)),
    }
}

/// Replaces the manifest as a whole.
pub(super) fn write(folder: &Path, staging: &Path, manifest: &Manifest) -> Result<(), WriteError> {
    let staged = staging.join("manifest");
    fs::write(&staged, manifest.text()).map_err(WriteError::tried("write", &staged))?;
    let target = folder.join(MANIFEST);
    insist(|| fs::rename(&staged, &target)).map_err(WriteError::tried("write", &target))
}

/// Whether `folder` is not there, is empty, or holds no more than what a killed build leaves.
pub(super) fn is_free(folder: &Path) -> Result<bool, WriteError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        entries => entries.map_err(WriteError::tried("look into", folder))?,
    };
    for entry in entries {
        let name = entry.map_err(WriteError::tried("look into", folder))?.file_name();
        if name != STAGING && name != LOCK_FILE {
            return Ok(false);
        }
    }
    Ok(true)
}

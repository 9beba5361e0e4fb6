//! Executes the steps of a commit: additions must be complete, removals are done as far as possible.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::insist;
use super::manifest::Manifest;
use super::step::{Step, is_page, remove_file};
use super::{WriteError, manifest};
use crate::plan::print_outs::is_print_out;

/// Files that are no longer part of the edition but still exist.
#[derive(Default)]
struct Left {
    files: BTreeSet<PathBuf>,
    refused: Vec<PathBuf>,
    why: Option<io::Error>,
}

/// Executes `steps`, which change `folder`, in order. A file that cannot be removed does not stop others of its kind,
/// but a page that stays keeps the files that pages need; a file that stays is still listed as ours.
///
/// # Errors
/// Returns the error of the first step that adds something and fails; after all other steps, that of files that could
/// not be removed.
pub(super) fn commit(folder: &Path, steps: &[Step]) -> Result<(), WriteError> {
    let going = steps.iter().rposition(Step::brings).map_or(0, |last| last + 1);
    let (coming, going) = steps.split_at(going);
    coming.iter().try_for_each(Step::take)?;
    let mut left = Left::default();
    for step in going {
        left.take(step)?;
    }
    match left.why {
        None => Ok(()),
        Some(source) => {
            let paths = left.refused.iter().map(|file| inside(folder, file).to_string()).collect();
            Err(WriteError::NotRemoved { folder: folder.into(), paths, source })
        }
    }
}

impl Left {
    fn take(&mut self, step: &Step) -> Result<(), WriteError> {
        match step {
            Step::Remove(file) if self.why.is_some() && !is_page(&file.to_string_lossy()) => {
                self.files.insert(file.clone());
                Ok(())
            }
            Step::Remove(file) => {
                // Only the first of many is retried; for all of them it could take minutes.
                let removed = if self.why.is_none() { insist(|| remove_file(file)) } else { remove_file(file) };
                if let Err(error) = removed {
                    self.files.insert(file.clone());
                    self.refused.push(file.clone());
                    self.why.get_or_insert(error);
                }
                Ok(())
            }
            Step::List { folder, staging, manifest } => {
                let left = self.files.iter().map(|file| inside(folder, file));
                let paths: BTreeSet<Arc<str>> = manifest.paths.iter().cloned().chain(left).collect();
                // A print-out that stays may hold anything.
                let keeps = !paths.difference(&manifest.paths).any(|path| is_print_out(path));
                let printed = if keeps { manifest.printed.clone() } else { BTreeSet::new() };
                manifest::write(folder, staging, &Manifest { paths, printed, ..manifest.clone() })
            }
            other => other.take(),
        }
    }
}

/// Returns the path of `file` inside `folder`, as the manifest writes it.
fn inside(folder: &Path, file: &Path) -> Arc<str> {
    let path = file.strip_prefix(folder).unwrap_or(file).to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/").into() } else { path.into() }
}

//! Takes the steps of a commit: what comes must come whole, of what goes as much goes as can.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::insist;
use super::manifest::Manifest;
use super::step::{Step, is_page, remove_file};
use super::{WriteError, manifest};

/// Files that are no longer part of the edition and are there still.
#[derive(Default)]
struct Left {
    files: BTreeSet<PathBuf>,
    refused: Vec<PathBuf>,
    why: Option<io::Error>,
}

/// Takes `steps`, which change `folder`, in order. A file that cannot be removed holds up no other of its sort, but a page
/// that stays keeps what pages need; what stays is known as ours still.
///
/// # Errors
/// The first step that brings something and is refused; after all others, files that could not be removed.
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
                // For the first of many it is waited; for all of them it could take minutes.
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
                let paths = manifest.paths.iter().cloned().chain(left).collect();
                manifest::write(folder, staging, &Manifest { paths, ..manifest.clone() })
            }
            other => other.take(),
        }
    }
}

/// The path of `file` inside of `folder`, as the manifest says it.
fn inside(folder: &Path, file: &Path) -> Arc<str> {
    let path = file.strip_prefix(folder).unwrap_or(file).to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/").into() } else { path.into() }
}

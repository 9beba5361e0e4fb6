//! Whether a folder may be published to: nobody's, or this edition's own, and nothing of others where its files must go.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::manifest::Manifest;
use super::{WriteError, manifest, place};

/// What a publisher claims a folder for.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// Name of the edition. A folder keeps to one: an edition's readers never get another's pages by a slip.
    pub edition: &'a str,
    /// Whether the folder may be taken although something speaks against it.
    pub force: bool,
}

/// Checks the claim on `folder`, whose manifest is `there`.
///
/// # Errors
/// Where something speaks against it that the claim does not set aside.
pub(super) fn check(
    claim: Claim,
    folder: &Path,
    there: Option<&Manifest>,
    planned: &BTreeSet<Arc<str>>,
) -> Result<(), WriteError> {
    if claim.force {
        return Ok(());
    }
    let published = there.and_then(|manifest| manifest.edition.as_deref());
    match published {
        Some(edition) if edition != claim.edition => {
            return Err(WriteError::OtherEdition {
                folder: folder.into(),
                there: edition.to_owned(),
                edition: claim.edition.to_owned(),
            });
        }
        None if there.is_some() || !manifest::is_free(folder)? => {
            return Err(WriteError::NotPublished { folder: folder.into(), is_built: there.is_some() });
        }
        _ => {}
    }
    let none = BTreeSet::new();
    let foreign = foreign(folder, planned, there.map_or(&none, |manifest| &manifest.paths))?;
    if foreign.is_empty() { Ok(()) } else { Err(WriteError::Foreign { folder: folder.into(), paths: foreign }) }
}

/// Files and folders that are not ours and have the name of a planned one, capitals aside.
fn foreign(folder: &Path, planned: &BTreeSet<Arc<str>>, ours: &BTreeSet<Arc<str>>) -> Result<Vec<String>, WriteError> {
    let folders = place::parents(planned.iter().map(|path| &**path));
    let files_in_small_letters: BTreeSet<String> = planned.iter().map(|path| path.to_lowercase()).collect();
    let folders_in_small_letters: BTreeSet<String> = folders.iter().map(|path| path.to_lowercase()).collect();
    let mut foreign = Vec::new();
    for inner in folders.iter().copied().chain([""]) {
        let place = folder.join(inner);
        let entries = match fs::read_dir(&place) {
            // A file of ours may stand where the folder comes.
            Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) => continue,
            entries => entries.map_err(WriteError::tried("look into", &place))?,
        };
        for entry in entries {
            let entry = entry.map_err(WriteError::tried("look into", &place))?;
            // A name that is no Unicode is none of the planned ones.
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = if inner.is_empty() { name } else { format!("{inner}/{name}") };
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let clashes = match is_folder {
                true => folders_in_small_letters.contains(&path.to_lowercase()) && !folders.contains(&*path),
                false => files_in_small_letters.contains(&path.to_lowercase()) && !ours.contains(&*path),
            };
            if clashes {
                foreign.push(path);
            }
        }
    }
    foreign.sort();
    Ok(foreign)
}

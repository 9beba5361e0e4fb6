//! The folder of a handbook becomes the chain of layers that it stands on: itself, what it extends, and so on down.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::walk::{self, Walk, tidy};
use super::{LoadError, SETTINGS, read};
use crate::config;
use crate::diagnostic::{Diagnostic, Fault};
use crate::snapshot::Snapshot;
use crate::source::Source;

/// Base, municipality, branch: more than a few are already hard to follow.
const LONGEST_CHAIN: usize = 8;

/// A layer whose settings are read and whose other files are found.
pub(super) struct FoundLayer {
    /// As messages name it.
    pub(super) folder: PathBuf,
    /// The folder itself, links followed.
    pub(super) real: PathBuf,
    pub(super) settings: Source,
    pub(super) walk: Walk,
}

/// Finds the layers of `handbook`, the handbook itself first. What is wrong with `extends` becomes a diagnostic at its
/// place, and the chain ends there.
pub(super) fn find(handbook: &Path, snapshot: &mut Snapshot, now: i64) -> Result<Vec<FoundLayer>, LoadError> {
    if !handbook.is_dir() {
        return Err(LoadError::NoFolder { folder: handbook.into() });
    }
    if !has_settings(handbook).map_err(|source| LoadError::Unreadable { path: handbook.into(), source })? {
        return Err(LoadError::NoSettings { folder: handbook.into(), meant: meant_settings(handbook) });
    }
    let mut layers = vec![read_layer(handbook.into(), snapshot, now)?];
    while let Some(top) = layers.last()
        && let Some(written) = config::text_of(&top.settings.text, "extends")
    {
        let range = config::place_of(&top.settings.text, &["extends"]);
        match below(top, &written, &layers, snapshot, now) {
            Ok(layer) => layers.push(layer),
            Err(fault) => {
                let place: (&Arc<str>, Range<usize>) = (&top.settings.shown, range);
                snapshot.diagnostics.push(Diagnostic::new(fault, place.0, place.1));
                break;
            }
        }
    }
    Ok(layers)
}

/// The layer that `written` leads to from `top`, the last of `layers`.
fn below(
    top: &FoundLayer,
    written: &str,
    layers: &[FoundLayer],
    snapshot: &mut Snapshot,
    now: i64,
) -> Result<FoundLayer, Fault> {
    let missing = |reason: String| Fault::MissingLayer { extends: written.to_owned(), reason };
    let folder = top.folder.join(written);
    let real = folder.canonicalize().ok().filter(|real| real.is_dir());
    let Some(real) = real else { return Err(missing("there is no such folder".to_owned())) };
    let folder = tidy(folder, &real);
    if let Some(first) = layers.iter().position(|layer| layer.real == real) {
        let name = |layer: &FoundLayer| layer.real.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut chain: Vec<String> = layers[first..].iter().map(name).collect();
        chain.extend(chain.first().cloned());
        return Err(Fault::CircularExtends { chain });
    }
    if !has_settings(&real).map_err(|error| missing(error.to_string()))? {
        return Err(missing("the folder holds no `handbook.yaml`".to_owned()));
    }
    if layers.len() == LONGEST_CHAIN {
        return Err(missing(format!("a chain of more than {LONGEST_CHAIN} handbooks")));
    }
    read_layer(folder, snapshot, now).map_err(|error| match error {
        LoadError::Unreadable { source, .. } => missing(source.to_string()),
        LoadError::TooManyFiles { limit, .. } => missing(format!("the folder holds more than {limit} files")),
        LoadError::NoFolder { .. } | LoadError::NoSettings { .. } => missing("there is no such folder".to_owned()),
    })
}

/// Whether `folder` holds settings; an error where it may not be looked into.
fn has_settings(folder: &Path) -> io::Result<bool> {
    match folder.join(SETTINGS).metadata() {
        Ok(metadata) => Ok(metadata.is_file()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(error),
        Err(_) => Ok(false),
    }
}

/// The file that was to be the settings, by the names that editors and habit give them.
fn meant_settings(handbook: &Path) -> Option<String> {
    let names = std::fs::read_dir(handbook).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_meant = |name: &String| {
        let name = name.to_lowercase();
        let stem = name.strip_suffix(".txt").unwrap_or(&name);
        matches!(stem, "handbook.yaml" | "handbook.yml")
    };
    names.filter(is_meant).min()
}

fn read_layer(folder: PathBuf, snapshot: &mut Snapshot, now: i64) -> Result<FoundLayer, LoadError> {
    let real = folder.canonicalize().map_err(|source| LoadError::Unreadable { path: folder.clone(), source })?;
    let mut walk = walk::walk(&folder)?;
    let settings = take_settings(&folder, &mut walk, snapshot, now)?;
    Ok(FoundLayer { folder, real, settings, walk })
}

fn take_settings(folder: &Path, walk: &mut Walk, snapshot: &mut Snapshot, now: i64) -> Result<Source, LoadError> {
    let at = walk.files.iter().position(|found| &*found.path == SETTINGS);
    let unreadable = |source| LoadError::Unreadable { path: folder.join(SETTINGS), source };
    let Some(found) = at.map(|at| walk.files.remove(at)) else {
        return Err(unreadable(io::Error::other("it cannot be read where it leads")));
    };
    let (text, fault) = read::read_text(&walk.root, &found.place, found.state.size).map_err(unreadable)?;
    read::note_state(&mut snapshot.survey, &found, fault.is_none(), now);
    snapshot.diagnostics.extend(fault.map(|(fault, at)| Diagnostic::new(fault, &found.shown, at..at)));
    Ok(Source { path: Arc::clone(&found.path), shown: found.shown, text })
}

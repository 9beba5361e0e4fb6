//! A handbook's folder on disk becomes a [`Snapshot`]: the only reader of the input.
#![allow(clippy::disallowed_methods, reason = "`load` is the only reader of the handbook")]

mod read;
mod themes;
mod walk;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::diagnostic::{self, Diagnostic};
use crate::snapshot::{FileState, Layer, Snapshot, Survey};
use crate::source::Source;

pub use walk::survey;

/// The settings file that makes a folder a handbook.
pub const SETTINGS: &str = "handbook.yaml";

/// The list of its own files that `write` leaves in every edition folder. Load leaves such folders out, so that a
/// site built into the handbook's folder is never read back as content.
pub const MANIFEST: &str = ".vaert-manifest";

/// Why a handbook could not be read at all.
#[derive(Debug)]
pub enum LoadError {
    /// The folder is not there, or is not a folder.
    NoFolder {
        /// As given.
        folder: PathBuf,
    },
    /// The folder has no `handbook.yaml`.
    NoSettings {
        /// As given.
        folder: PathBuf,
    },
    /// `handbook.yaml` is there and cannot be read.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// More files than any handbook has: a folder of something else, or links that multiply.
    TooManyFiles {
        /// The folder walked.
        folder: PathBuf,
        /// How many are read at most.
        limit: usize,
    },
}

/// Reads the handbook in the folder `handbook`, with its themes.
///
/// With the snapshot of an earlier load, files whose size and times are as before are taken from it. Faults of single
/// files become diagnostics of the snapshot.
///
/// # Errors
/// Where there is no handbook to read.
pub fn load(handbook: &Path, previous: Option<&Snapshot>) -> Result<Snapshot, LoadError> {
    let now = nanoseconds(Ok(SystemTime::now()));
    if !handbook.is_dir() {
        return Err(LoadError::NoFolder { folder: handbook.into() });
    }
    if !handbook.join(SETTINGS).is_file() {
        return Err(LoadError::NoSettings { folder: handbook.into() });
    }
    let root = handbook.canonicalize().map_err(|source| LoadError::Unreadable { path: handbook.into(), source })?;
    let mut snapshot = Snapshot::default();

    let mut walk = walk::walk(handbook)?;
    let settings = take_settings(handbook, &mut walk, &mut snapshot, now)?;
    let theme_folders = themes::load(handbook, &root, &settings, &mut snapshot, now)?;
    walk.files.retain(|found| !theme_folders.iter().any(|folder| walk::is_inside(&found.path, folder)));
    snapshot.survey.roots.insert(0, handbook.into());

    let before = previous.and_then(|previous| Some((&previous.layers.first()?.files, &previous.survey)));
    let files = read::read(walk, before, &mut snapshot, now);
    let folder = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    snapshot.layers.push(Layer { folder, settings, files });
    diagnostic::sort(&mut snapshot.diagnostics);
    Ok(snapshot)
}

fn take_settings(
    handbook: &Path,
    walk: &mut walk::Walk,
    snapshot: &mut Snapshot,
    now: i64,
) -> Result<Source, LoadError> {
    let at = walk.files.iter().position(|found| &*found.path == SETTINGS);
    let unreadable = |source| LoadError::Unreadable { path: handbook.join(SETTINGS), source };
    let Some(found) = at.map(|at| walk.files.remove(at)) else {
        return Err(unreadable(io::Error::other("it cannot be read where it leads")));
    };
    let (text, fault) = read::read_text(&found.place, found.state.size).map_err(unreadable)?;
    read::note_state(&mut snapshot.survey, &found, fault.is_none(), now);
    snapshot.diagnostics.extend(fault.map(|(fault, at)| Diagnostic::new(fault, &found.shown, at..at)));
    Ok(Source { path: Arc::clone(&found.path), shown: found.shown, text })
}

/// A time as nanoseconds after 1970, as far as 64 bits reach (the years 1678 to 2262); 0 where there is none.
pub(crate) fn nanoseconds(time: io::Result<SystemTime>) -> i64 {
    let Ok(time) = time else { return 0 };
    let (distance, sign) = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => (after, 1),
        Err(before) => (before.duration(), -1),
    };
    i64::try_from(distance.as_nanos()).unwrap_or(i64::MAX) * sign
}

/// Whether all folders of `before` look now as they did then.
pub fn is_unchanged(before: &Survey) -> bool {
    let same = |(now, then): (&FileState, &FileState)| then.settled && FileState { settled: true, ..*now } == *then;
    survey(&before.roots).is_some_and(|states| {
        states.len() == before.states.len()
            && states.keys().eq(before.states.keys())
            && states.values().zip(before.states.values()).all(same)
    })
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            LoadError::NoFolder { folder } => write!(
                f,
                "looked for a handbook in `{0}`, which is not a folder\nhelp: name the folder that holds \
                 `{SETTINGS}`, or make a new handbook with `vaert init {0}`",
                folder.display()
            ),
            LoadError::NoSettings { folder } => write!(
                f,
                "looked for `{SETTINGS}` in `{0}`, and it is not there\nhelp: name the folder that holds it, or make \
                 a new handbook with `vaert init {0}`",
                folder.display()
            ),
            LoadError::Unreadable { path, source } => {
                write!(f, "could not read `{}`: {source}\nhelp: check that you may read it", path.display())
            }
            LoadError::TooManyFiles { folder, limit } => write!(
                f,
                "stopped reading `{}` after {limit} files\nhelp: name the handbook's own folder, and look for links \
                 to folders in it",
                folder.display()
            ),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LoadError::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}

//! A handbook's folder on disk becomes a [`Snapshot`]: the only reader of the input.
#![allow(clippy::disallowed_methods, reason = "`load` is the only reader of the handbook")]

mod error;
mod inside;
mod layers;
mod read;
mod themes;
mod walk;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::diagnostic;
use crate::snapshot::{FileState, Layer, Snapshot, Survey};

pub use error::LoadError;
pub use inside::open;
pub(crate) use walk::state_of;
pub use walk::survey;

/// The settings file that makes a folder a handbook.
pub const SETTINGS: &str = "handbook.yaml";

/// The list of its own files that `write` leaves in every edition folder. Load leaves such folders out, so that a
/// site built into the handbook's folder is never read back as content.
pub const MANIFEST: &str = ".vaert-manifest";

/// Reads the handbook in the folder `handbook` with all that it extends, and its themes.
///
/// With the snapshot of an earlier load, files whose size and times are as before are taken from it. Faults of single
/// files, and of `extends`, become diagnostics of the snapshot.
///
/// # Errors
/// Returns an error if there is no handbook to read.
pub fn load(handbook: &Path, previous: Option<&Snapshot>) -> Result<Snapshot, LoadError> {
    let now = nanoseconds(Ok(SystemTime::now()));
    let mut snapshot = Snapshot::default();
    let found = layers::find(handbook, &mut snapshot, now)?;
    let theme_folders = themes::load(&found, &mut snapshot, now)?;
    let roots: Vec<PathBuf> = found.iter().map(|layer| layer.folder.clone()).collect();
    for mut layer in found {
        let inside = |folder: &PathBuf| themes::path_inside(folder, &layer.real);
        let themes: Vec<String> = theme_folders.iter().filter_map(inside).collect();
        layer.walk.files.retain(|found| !themes.iter().any(|folder| walk::is_inside(&found.path, folder)));
        let before = previous.and_then(|previous| {
            let at = previous.survey.roots.iter().position(|root| *root == layer.folder)?;
            Some((&previous.layers.get(at)?.files, &previous.survey))
        });
        let (files, unread) = read::read(layer.walk, before, &mut snapshot, now);
        let folder = layer.real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        snapshot.layers.push(Layer { folder, settings: layer.settings, files, unread });
    }
    snapshot.survey.roots.splice(0..0, roots);
    diagnostic::sort(&mut snapshot.diagnostics);
    Ok(snapshot)
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

/// Opens a file that [`load`] left on disk because of its size.
///
/// # Errors
/// Returns an error if it is gone or may not be read.
pub fn open_large(path: &Path) -> io::Result<File> {
    File::open(path)
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

//! A folder on disk becomes the sorted list of its files that may be read, with their states, and the faults of the rest.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::Metadata;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use walkdir::{DirEntry, WalkDir};

use super::inside::Root;
use super::{LoadError, MANIFEST, SETTINGS, nanoseconds};
use crate::diagnostic::fault::Occupant;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::id::with_small_ending;
use crate::snapshot::FileState;

/// A hundred times the largest handbook aimed at.
const MOST_FILES: usize = 1_000_000;

/// The files of a folder.
pub(super) struct Walk {
    /// The folder whose files are read.
    pub(super) root: Root,
    /// In order of their path; no two alike.
    pub(super) files: Vec<Found>,
    /// Files that cannot be read, and links that may not be followed.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The paths of these.
    pub(super) unread: BTreeSet<Arc<str>>,
}

/// A file that may be read.
pub(super) struct Found {
    /// Inside the folder walked, `/` between its parts, in NFC.
    pub(super) path: Arc<str>,
    /// As the user would name it.
    pub(super) shown: Arc<str>,
    /// The path on disk.
    pub(super) place: PathBuf,
    /// Not yet known to be settled.
    pub(super) state: FileState,
}

/// Walks `root`, leaving out hidden entries, `node_modules`, edition folders and other handbooks: what lies in a folder
/// with a `handbook.yaml` of its own is another client's, perhaps. Links that stay inside are followed.
pub(super) fn walk(root: &Path) -> Result<Walk, LoadError> {
    let inside = Root::new(root).map_err(|source| LoadError::Unreadable { path: root.into(), source })?;
    // Of a folder that cannot be listed, or whose entries cannot be asked for, nothing else can be said.
    std::fs::read_dir(root).map_err(|source| LoadError::Unreadable { path: root.into(), source })?;
    let real_root = inside.real().to_owned();
    let mut walk = Walk { root: inside, files: Vec::new(), diagnostics: Vec::new(), unread: BTreeSet::new() };
    let mut files = Vec::new();
    let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    loop {
        let entry = match entries.next() {
            None => break,
            Some(Ok(entry)) => entry,
            Some(Err(error)) => {
                if error.path().is_none_or(|path| !is_hidden(path)) {
                    walk.fault(Fault::UnreadableFile { reason: reason_of(&error) }, root, error.path().unwrap_or(root));
                }
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        if is_left_out(&entry) {
            skip(&mut entries, &entry);
            continue;
        }
        if entry.path_is_symlink() && !leads_inside(&entry, &real_root) {
            let target = std::fs::read_link(entry.path()).unwrap_or_default().to_string_lossy().into_owned();
            walk.fault(Fault::LinkOutOfFolder { target }, root, entry.path());
            skip(&mut entries, &entry);
        } else if entry.file_type().is_dir() && entry.path().join(SETTINGS).symlink_metadata().is_ok() {
            entries.skip_current_dir();
        } else if !entry.file_type().is_dir() {
            files.push(entry);
        }
        if files.len() > MOST_FILES {
            return Err(LoadError::TooManyFiles { folder: root.into(), limit: MOST_FILES });
        }
    }
    walk.look_at(root, files);
    walk.drop_repeats();
    Ok(walk)
}

/// The state of every file in `roots`, as [`walk`] finds them; nothing where a folder has a fault or is gone.
pub fn survey(roots: &[PathBuf]) -> Option<BTreeMap<OsString, FileState>> {
    let mut states = BTreeMap::new();
    for root in roots {
        let walk = walk(root).ok().filter(|walk| walk.diagnostics.is_empty())?;
        states.extend(walk.files.into_iter().map(|found| (found.place.into_os_string(), found.state)));
    }
    Some(states)
}

/// Whether `path` is in `folder`, both with `/` between their parts.
pub(super) fn is_inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The path that messages name: `root` as given, then the parts below it, `/` between them.
pub(super) fn shown(root: &Path, place: &Path) -> Arc<str> {
    let whole = place.strip_prefix(".").unwrap_or(place);
    let whole = if whole.as_os_str().is_empty() { root } else { whole };
    with_slashes(&whole.to_string_lossy()).into()
}

fn with_slashes(path: &str) -> Cow<'_, str> {
    if cfg!(windows) { Cow::Owned(path.replace('\\', "/")) } else { Cow::Borrowed(path) }
}

/// `folder` without `x/..` and `.` for messages, where that still leads to `real`: behind a link to a folder it may not.
pub(super) fn tidy(folder: PathBuf, real: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in folder.components() {
        match (part, tidy.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                tidy.pop();
            }
            _ => tidy.push(part),
        }
    }
    if tidy.canonicalize().is_ok_and(|tidy| tidy == real) { tidy } else { folder }
}

impl Walk {
    /// Adds the files among `entries`. Asking for their states is half of a walk, so it is done in parallel.
    fn look_at(&mut self, root: &Path, entries: Vec<DirEntry>) {
        let found: Vec<_> = entries.into_par_iter().map(|entry| found(root, entry)).collect();
        self.files.reserve(found.len());
        for found in found {
            match found {
                Ok(found) => self.files.push(found),
                Err((reason, place)) => self.fault(Fault::UnreadableFile { reason }, root, &place),
            }
        }
    }

    /// Sorts, and keeps the first of files whose names differ only in how accents are stored.
    fn drop_repeats(&mut self) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut clashes = Vec::new();
        self.files.dedup_by(|later, first| {
            let same = later.path == first.path;
            if same {
                let other = Occupant::Item(first.shown.to_string());
                let fault = Fault::AddressClash { address: later.path.to_string(), other };
                clashes.push(Diagnostic::new(fault, &later.shown, 0..0));
            }
            same
        });
        self.diagnostics.append(&mut clashes);
    }

    fn fault(&mut self, fault: Fault, root: &Path, place: &Path) {
        self.diagnostics.push(Diagnostic::new(fault, &shown(root, place), 0..0));
        self.unread.extend(path_inside(root, place));
    }
}

/// The file behind `entry`, or why it cannot be read and where it is.
fn found(root: &Path, entry: DirEntry) -> Result<Found, (String, PathBuf)> {
    let Some(path) = path_inside(root, entry.path()) else {
        return Err(("its name is not valid Unicode".to_owned(), entry.into_path()));
    };
    if !entry.file_type().is_file() {
        // A pipe, say, whose reader would wait for ever.
        return Err(("it is neither a file nor a folder".to_owned(), entry.into_path()));
    }
    match entry.metadata() {
        Ok(metadata) => {
            let shown = shown(root, entry.path());
            Ok(Found { path, shown, state: state_of(&metadata), place: entry.into_path() })
        }
        Err(error) => Err((reason_of(&error), entry.into_path())),
    }
}

fn is_left_out(entry: &DirEntry) -> bool {
    is_hidden(entry.path())
        || entry.file_type().is_dir()
            && (entry.file_name() == "node_modules" || entry.path().join(MANIFEST).symlink_metadata().is_ok())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn skip(entries: &mut walkdir::IntoIter, entry: &DirEntry) {
    // Called for a file, it would leave out the rest of the folder that holds it.
    if entry.file_type().is_dir() {
        entries.skip_current_dir();
    }
}

fn leads_inside(entry: &DirEntry, real_root: &Path) -> bool {
    entry.path().canonicalize().is_ok_and(|real| real.starts_with(real_root))
}

fn path_inside(root: &Path, place: &Path) -> Option<Arc<str>> {
    let path = with_slashes(place.strip_prefix(root).ok()?.to_str()?);
    let path = with_small_ending(&path);
    Some(match is_nfc_quick(path.chars()) {
        IsNormalized::Yes => path.into(),
        _ => path.nfc().collect::<String>().into(),
    })
}

/// Returns the state of a file with this `metadata`, as if it were settled.
pub(crate) fn state_of(metadata: &Metadata) -> FileState {
    FileState {
        size: metadata.len(),
        modified: nanoseconds(metadata.modified()),
        changed: changed(metadata),
        settled: true,
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt as _;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}

fn reason_of(error: &walkdir::Error) -> String {
    match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => format!("the link leads back to the folder `{}` that holds it", ancestor.display()),
        (_, Some(io)) if io.kind() == std::io::ErrorKind::NotFound => "the link leads to nothing".to_owned(),
        (_, Some(io)) => io.to_string(),
        _ => error.to_string(),
    }
}

//! A finished build becomes a stamp in the user's cache, which tells the next build that it has nothing to do.
//!
//! Only a build without a single diagnostic is stamped: a later one has then nothing to tell but the numbers below.
#![allow(clippy::disallowed_methods, reason = "the stamp lies on disk, and the environment says where")]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;
use crate::load;
use crate::snapshot::{FileState, Survey};
use crate::store::{folder, program};

/// What a build is asked for: two builds with the same question and inputs do the same.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The handbook's folder.
    pub handbook: &'a Path,
    /// The folder of editions.
    pub out: &'a Path,
    /// All options that change what is written, in words.
    pub options: &'a str,
}

/// An edition that a build wrote, as it was on disk then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its folder.
    pub folder: PathBuf,
    /// Its name.
    pub name: String,
    /// How many pages it has.
    pub pages: usize,
    /// Path, size and time of each file.
    pub files: Vec<(Arc<str>, u64, i64)>,
}

/// A file that was read: its place, size in bytes, and times as in [`FileState`].
type Input = (PathBuf, u64, i64, i64);

#[derive(Serialize, Deserialize)]
struct Stamp {
    program: String,
    roots: Vec<PathBuf>,
    inputs: Vec<Input>,
    editions: Vec<Edition>,
}

/// The editions of the last build, if it answered the same question and nothing it read or wrote has changed since.
///
/// Anything that is not as expected, a broken stamp included, is no answer; never an error.
pub fn recall(question: Question) -> Option<Vec<Edition>> {
    let stamp: Stamp = serde_json::from_slice(&fs::read(place(question)?).ok()?).ok()?;
    if stamp.program != program()? {
        return None;
    }
    let settled = |(path, size, modified, changed): Input| {
        (path.into_os_string(), FileState { size, modified, changed, settled: true })
    };
    let states: BTreeMap<OsString, FileState> = stamp.inputs.into_iter().map(settled).collect();
    let is_same = || stamp.editions.iter().all(is_as_written);
    let (inputs, outputs) = rayon::join(|| load::is_unchanged(&Survey { roots: stamp.roots, states }), is_same);
    (inputs && outputs).then_some(stamp.editions)
}

/// Remembers a build that had no diagnostics. Where the cache cannot be written, nothing is remembered.
///
/// A file that changed within the two seconds before it was read could change again unseen: then nothing is
/// remembered either, and the build after the next is the first to be quick.
pub fn remember(question: Question, survey: &Survey, editions: Vec<Edition>) {
    let inputs =
        survey.states.iter().map(|(path, state)| (PathBuf::from(path), state.size, state.modified, state.changed));
    let settled = survey.states.values().all(|state| state.settled);
    if let (true, Some(place), Some(program)) = (settled, place(question), program()) {
        let stamp = Stamp { program, roots: survey.roots.clone(), inputs: inputs.collect(), editions };
        // A cache that cannot be written costs time, nothing else.
        let _ = write(&place, &stamp);
    }
}

impl Edition {
    /// The edition in `folder` as it is on disk now; nothing where a file cannot be seen.
    pub fn on_disk(folder: &Path, name: &str, pages: usize, paths: &[Arc<str>]) -> Option<Self> {
        let files: Option<Vec<_>> = paths
            .par_iter()
            .map(|path| state_on_disk(&folder.join(&**path)).map(|(size, time)| (Arc::clone(path), size, time)))
            .collect();
        Some(Self { folder: folder.into(), name: name.to_owned(), pages, files: files? })
    }
}

fn is_as_written(edition: &Edition) -> bool {
    edition
        .files
        .par_iter()
        .all(|(path, size, time)| state_on_disk(&edition.folder.join(&**path)) == Some((*size, *time)))
}

fn state_on_disk(path: &Path) -> Option<(u64, i64)> {
    let metadata = path.symlink_metadata().ok().filter(fs::Metadata::is_file)?;
    Some((metadata.len(), load::nanoseconds(metadata.modified())))
}

/// One file a question, so that the stamp of an older program is replaced and not left behind.
fn place(question: Question) -> Option<PathBuf> {
    let handbook = question.handbook.canonicalize().ok()?;
    let out = std::path::absolute(question.out).ok()?;
    // As written, too: the stamp holds paths that start from the folder that the command is called in.
    let key = (handbook, out, question.handbook, question.out, question.options);
    Some(folder()?.join(format!("{}.stamp", Fingerprint::of(&key))))
}

fn write(place: &Path, stamp: &Stamp) -> std::io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let staged = place.with_extension(format!("{}.new", std::process::id()));
    fs::write(&staged, serde_json::to_vec(stamp)?)?;
    fs::rename(&staged, place)
}

//! Stamps a finished build in the user's cache, so that the next build knows that it has nothing to do.
//!
//! Only a build without a single diagnostic is stamped, so a later one has nothing to report but the numbers below. A
//! stamp is valid only if every file that was read or written is unchanged, the manifest is the same, and no other
//! build is unfinished.
#![allow(clippy::disallowed_methods, reason = "the stamp lies on disk, and the environment says where")]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::fingerprint::Fingerprint;
use crate::load::{self, MANIFEST};
use crate::snapshot::{FileState, Survey};
use crate::store::{self, folder, program};
use crate::write::STAGING;

/// The longest time that writing a stamp may take; an older temporary file counts as left by a killed build.
const LONGEST_WRITE: Duration = Duration::from_secs(60 * 60);

/// The request for a build: two builds with the same question and inputs do the same.
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
    /// The number of pages.
    pub pages: usize,
    /// The path of each file.
    pub paths: Vec<Arc<str>>,
    /// The fingerprint of the manifest and of the state of each file.
    state: String,
}

/// A file that was read: its place, size in bytes, and times as in [`FileState`].
type Input = (PathBuf, u64, i64, i64);

/// The first line of a stamp: the folders that must exist for it to be useful.
#[derive(Serialize, Deserialize)]
struct Head {
    handbook: PathBuf,
    out: PathBuf,
}

/// The second line of a stamp.
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
    let bytes = fs::read(path_of(&head(question)?, question)?).ok()?;
    let second = bytes.iter().position(|byte| *byte == b'\n')? + 1;
    let stamp: Stamp = serde_json::from_slice(&bytes[second..]).ok()?;
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

/// Records a build that had no diagnostics, and removes the records of folders that are gone. If the cache cannot be
/// written, nothing is recorded.
///
/// A file that changed within the two seconds before it was read could change again unnoticed: then nothing is recorded
/// either, and the build after the next is the first to be quick.
pub fn remember(question: Question, survey: &Survey, editions: Vec<Edition>) {
    let inputs =
        survey.states.iter().map(|(path, state)| (PathBuf::from(path), state.size, state.modified, state.changed));
    let settled = survey.states.values().all(|state| state.settled);
    // A cache that cannot be written costs only time.
    if let (true, Some(head), Some(program)) = (settled, head(question), program()) {
        let stamp = Stamp { program, roots: survey.roots.clone(), inputs: inputs.collect(), editions };
        let _ = path_of(&head, question).map(|path| write(&path, &head, &stamp));
    }
    if let Some(folder) = folder() {
        evict(&folder);
    }
}

impl Edition {
    /// Returns the edition in `folder` as it is on disk now; `None` if a file cannot be seen, or a build is not
    /// finished.
    pub fn on_disk(folder: &Path, name: &str, pages: usize, paths: &[Arc<str>]) -> Option<Self> {
        let state = state_on_disk(folder, paths)?;
        Some(Self { folder: folder.into(), name: name.to_owned(), pages, paths: paths.into(), state })
    }
}

fn is_as_written(edition: &Edition) -> bool {
    state_on_disk(&edition.folder, &edition.paths).is_some_and(|state| state == edition.state)
}

/// Returns the state of the edition in `folder`: of its manifest, and of the size, times and inode of each file at
/// `paths`.
fn state_on_disk(folder: &Path, paths: &[Arc<str>]) -> Option<String> {
    // A build was killed or is still running: the files are not all of one build.
    if folder.join(STAGING).symlink_metadata().is_ok() {
        return None;
    }
    let manifest = Fingerprint::of_bytes(&fs::read(folder.join(MANIFEST)).ok()?);
    let states: Option<Vec<[u8; 32]>> = paths.par_iter().map(|path| state_of_file(&folder.join(&**path))).collect();
    Some(Fingerprint::of_bytes(&[manifest.to_string().as_bytes(), states?.as_flattened()].concat()).to_string())
}

fn state_of_file(path: &Path) -> Option<[u8; 32]> {
    let metadata = path.symlink_metadata().ok().filter(Metadata::is_file)?;
    let FileState { size, modified, changed, .. } = load::state_of(&metadata);
    let mut state = [0; 32];
    for (part, bytes) in state.chunks_exact_mut(8).zip([size, modified as u64, changed as u64, inode(&metadata)]) {
        part.copy_from_slice(&bytes.to_le_bytes());
    }
    Some(state)
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

fn head(question: Question) -> Option<Head> {
    let handbook = question.handbook.canonicalize().ok()?;
    Some(Head { handbook, out: std::path::absolute(question.out).ok()? })
}

/// Returns the path of a stamp, one for each question, so that the stamp of an older program is replaced and not left
/// behind.
fn path_of(head: &Head, question: Question) -> Option<PathBuf> {
    // As written, too: the stamp holds paths that start from the folder that the command is called in.
    let key = (&head.handbook, &head.out, question.handbook, question.out, question.options);
    Some(folder()?.join(format!("{}.stamp", Fingerprint::of(&key))))
}

fn write(path: &Path, head: &Head, stamp: &Stamp) -> io::Result<()> {
    let lines = [serde_json::to_vec(head)?, serde_json::to_vec(stamp)?];
    store::write(path, &lines.join(&b'\n'))
}

/// Removes the stamps that can never be valid again: of a handbook or a folder of editions that is gone, of a program
/// that wrote another format, and temporary files of killed builds. The others are made readable by the user alone.
fn evict(cache: &Path) {
    for entry in fs::read_dir(cache).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_over = match path.extension().and_then(|extension| extension.to_str()) {
            Some("stamp") => !is_of_use(&path),
            Some("new") => is_left_over(&path),
            _ => continue,
        };
        // A file that cannot be removed now is removed after a later build.
        let _ = match is_over {
            true => fs::remove_file(&path),
            false => entry.metadata().and_then(|there| store::close_file(&path, &there)),
        };
    }
}

fn is_of_use(stamp: &Path) -> bool {
    let mut line = String::new();
    let head = fs::File::open(stamp).and_then(|file| BufReader::new(file).read_line(&mut line)).ok();
    let head: Option<Head> = head.and_then(|_| serde_json::from_str(&line).ok());
    head.is_some_and(|head| !is_gone(&head.handbook) && !is_gone(&head.out))
}

/// Returns whether there is certainly nothing at `path`: a network share that does not answer may come back.
fn is_gone(path: &Path) -> bool {
    let is_nothing = |error: io::Error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    path.symlink_metadata().is_err_and(is_nothing)
}

fn is_left_over(staged: &Path) -> bool {
    let age = staged.symlink_metadata().and_then(|there| there.modified()).ok().and_then(|time| time.elapsed().ok());
    age.is_some_and(|age| age > LONGEST_WRITE)
}

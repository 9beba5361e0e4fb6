//! Files found become [`File`]s: text as text, the rest as bytes, large ones left on disk; in parallel.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::inside::Root;
use super::walk::{Found, Walk};
use crate::asset;
use crate::diagnostic::{Diagnostic, Fault};
use crate::fingerprint::Fingerprint;
use crate::snapshot::{Content, File, FileState, Snapshot, Survey};

/// Files other than text up to this size are kept in memory.
const MOST_BYTES_KEPT: u64 = 16 << 20;

/// Spans have 32 bits.
const MOST_TEXT: u64 = u32::MAX as u64;

/// Two seconds, the coarsest clock of a file system in use (FAT): a file changed less long ago may change again
/// without its times showing it. The idea is git's ("racily clean" index entries).
const YOUNG: i64 = 2_000_000_000;

/// Extensions of files read as text.
const TEXT: [&str; 8] = ["md", "yaml", "yml", "svg", "css", "js", "html", "typ"];

/// A fault and the byte it is at.
type FaultAt = (Fault, usize);

type Files = BTreeMap<Arc<str>, File>;

/// Reads what was found; faults and states go to `snapshot`. `before` holds the files and states of an earlier load.
///
/// Gives the files, and the paths of all that is there and could not be read.
pub(super) fn read(
    walk: Walk,
    before: Option<(&Files, &Survey)>,
    snapshot: &mut Snapshot,
    now: i64,
) -> (Files, BTreeSet<Arc<str>>) {
    let mut unread = walk.unread;
    snapshot.diagnostics.extend(walk.diagnostics);
    let read: Vec<_> = walk
        .files
        .par_iter()
        .map(|found| match before.and_then(|before| unchanged(found, before)) {
            Some(file) => (Some(file), None),
            None => read_file(&walk.root, found),
        })
        .collect();
    let mut files = Vec::with_capacity(read.len());
    let mut states = Vec::with_capacity(read.len());
    for (found, (file, fault)) in walk.files.into_iter().zip(read) {
        states.push((found.place.into_os_string(), settled(found.state, fault.is_none(), now)));
        snapshot.diagnostics.extend(fault.map(|(fault, at)| Diagnostic::new(fault, &found.shown, at..at)));
        match file {
            Some(file) => files.push((found.path, file)),
            None => {
                unread.insert(found.path);
            }
        }
    }
    // A map is quickly made of a whole list in order.
    snapshot.survey.states.append(&mut states.into_iter().collect());
    (files.into_iter().collect(), unread)
}

/// Adds the state of a file to the survey. One with a fault is never settled, so that it is read, and told of, again.
pub(super) fn note_state(survey: &mut Survey, found: &Found, is_sound: bool, now: i64) {
    survey.states.insert(found.place.clone().into_os_string(), settled(found.state, is_sound, now));
}

fn settled(state: FileState, is_sound: bool, now: i64) -> FileState {
    FileState { settled: is_sound && state.modified.max(state.changed) < now.saturating_sub(YOUNG), ..state }
}

/// Reads a text file: the text without a byte order mark, and the fault where it is not UTF-8, with the byte.
///
/// `size` is what the file system says, in bytes. Text that is not UTF-8 comes with replacement characters, so that links to the file hold and one fault is told once.
pub(super) fn read_text(root: &Root, place: &Path, size: u64) -> io::Result<(Arc<str>, Option<FaultAt>)> {
    // One byte more than expected, so that the end is found without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(MOST_TEXT) + 1).unwrap_or(0));
    root.open(place)?.take(MOST_TEXT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_TEXT {
        return Err(io::Error::other("text of 4 GiB or more is not read"));
    }
    let without_mark = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    // Several times as quick as the standard library's check where letters are not ASCII.
    Ok(match simdutf8::compat::from_utf8(without_mark) {
        Ok(text) => (text.into(), None),
        Err(error) => (String::from_utf8_lossy(without_mark).into(), Some((Fault::NotUtf8, error.valid_up_to()))),
    })
}

fn unchanged(found: &Found, (files, survey): (&Files, &Survey)) -> Option<File> {
    let then = survey.states.get(found.place.as_os_str())?;
    let same = then.settled && FileState { settled: true, ..found.state } == *then;
    if same { files.get(&found.path).cloned() } else { None }
}

fn read_file(root: &Root, found: &Found) -> (Option<File>, Option<FaultAt>) {
    match read_content(root, found) {
        Ok((content, fault)) => {
            let fingerprint = match &content {
                Content::Text(_) | Content::Bytes(_) => OnceLock::new(),
                Content::OnDisk { size, .. } => {
                    Fingerprint::of(&(size, found.state.modified, found.state.changed)).into()
                }
            };
            let file = File { path: Arc::clone(&found.path), shown: Arc::clone(&found.shown), content, fingerprint };
            (Some(file), fault)
        }
        Err(error) => (None, Some((Fault::UnreadableFile { reason: error.to_string() }, 0))),
    }
}

fn read_content(root: &Root, found: &Found) -> io::Result<(Content, Option<FaultAt>)> {
    let extension = Path::new(&*found.path).extension().and_then(|extension| extension.to_str()).unwrap_or("");
    if TEXT.iter().any(|text| text.eq_ignore_ascii_case(extension)) {
        return read_text(root, &found.place, found.state.size).map(|(text, fault)| (Content::Text(text), fault));
    }
    let mut file = root.open(&found.place)?;
    let size = file.metadata()?.len();
    if size > MOST_BYTES_KEPT {
        let seen = Arc::new(asset::look(&mut file));
        return Ok((Content::OnDisk { path: root.real_place(&file, &found.place)?, size, seen }, None));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.read_to_end(&mut bytes)?;
    Ok((Content::Bytes(bytes.into()), None))
}

//! A folder becomes one that only one build writes to at a time.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::WriteError;

const LONGEST_WAIT: u64 = 60;
const TRIES_A_SECOND: u64 = 10;

/// Takes the folder's lock, waiting up to a minute. It goes with the file given back, also when the program is killed.
///
/// Nothing where the file system has no locks (some network shares): better a build without than none.
pub(super) fn lock(folder: &Path) -> Result<Option<File>, WriteError> {
    let Some(file) = open(folder) else { return Ok(None) };
    for _ in 0..LONGEST_WAIT * TRIES_A_SECOND {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1000 / TRIES_A_SECOND)),
        }
    }
    Err(WriteError::Busy { folder: folder.into(), seconds: LONGEST_WAIT })
}

#[cfg(unix)]
fn open(folder: &Path) -> Option<File> {
    File::open(folder).ok()
}

/// Elsewhere a folder cannot be locked, so a file in it is. It stays: removing it would let two builds lock two files.
#[cfg(not(unix))]
fn open(folder: &Path) -> Option<File> {
    File::create(folder.join(super::manifest::LOCK_FILE)).ok()
}

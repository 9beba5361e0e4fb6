//! An output and the file that is there become "the same" or a new file in staging.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write as _};
use std::path::Path;

use super::WriteError;
use crate::load;
use crate::output::OutputContent;

/// Whether the file at `target`, which is `there`, holds exactly `content`. A link is never the same: it is to be
/// replaced, not followed.
pub(super) fn is_same(content: &OutputContent, target: &Path, there: &Metadata) -> Result<bool, WriteError> {
    if !there.is_file() {
        return Ok(false);
    }
    // A file that is there and cannot be read is written anew.
    match content {
        OutputContent::Bytes(bytes) => {
            Ok(there.len() == bytes.len() as u64 && fs::read(target).is_ok_and(|there| *there == **bytes))
        }
        OutputContent::Copy(from) => {
            let tried = |error| WriteError::tried("read", from)(error);
            let mut source = load::open(from).map_err(tried)?;
            if source.metadata().map_err(tried)?.len() != there.len() {
                return Ok(false);
            }
            let Ok(mut there) = File::open(target) else { return Ok(false) };
            Ok(holds_same(&mut source, &mut there).unwrap_or(false))
        }
    }
}

/// Writes `content` to the new file `staged`.
pub(super) fn write_new(content: &OutputContent, staged: &Path) -> Result<(), WriteError> {
    let tried = |error| WriteError::tried("write", staged)(error);
    let mut file = File::create_new(staged).map_err(tried)?;
    match content {
        OutputContent::Bytes(bytes) => file.write_all(bytes).map_err(tried),
        OutputContent::Copy(from) => {
            let mut source = load::open(from).map_err(WriteError::tried("read", from))?;
            // Not `fs::copy`, which takes the source's permissions along.
            io::copy(&mut source, &mut file).map(|_| ()).map_err(WriteError::tried("copy", from))
        }
    }
}

fn holds_same(one: &mut impl Read, other: &mut impl Read) -> io::Result<bool> {
    let mut left = vec![0; 1 << 16];
    let mut right = vec![0; 1 << 16];
    loop {
        let read = one.read(&mut left)?;
        if read == 0 {
            return Ok(other.read(&mut right)? == 0);
        }
        match other.read_exact(&mut right[..read]) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            result => result?,
        }
        if left[..read] != right[..read] {
            return Ok(false);
        }
    }
}

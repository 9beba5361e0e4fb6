//! Finds the program's cache folder, and keeps it and its content readable by the user alone.
//!
//! It contains the paths of every handbook that was built and facilitators' print-outs of all clients. On Windows, the
//! folder of a user's local data is private already.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Returns the cache folder, which need not exist yet; `None` if the environment names none, or if the existing one
/// cannot be made private.
pub fn folder() -> Option<PathBuf> {
    let folder = location()?;
    close(&folder).ok()?;
    Some(folder)
}

/// Makes `folder`, if it exists, accessible to the user alone; if it was open to others, its content too.
///
/// # Errors
/// Returns an error if the system refuses.
pub(super) fn close(folder: &Path) -> io::Result<()> {
    private::close(folder)
}

/// Makes a file of the cache, whose metadata is `there`, accessible to the user alone.
///
/// # Errors
/// Returns an error if the system refuses.
pub fn close_file(path: &Path, there: &Metadata) -> io::Result<()> {
    private::close_file(path, there)
}

fn location() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = match cfg!(windows) {
        true => folder("LOCALAPPDATA"),
        false => folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache"))),
    };
    Some(cache?.join("vaert"))
}

/// Writes a file of the cache atomically, and makes the folders above it.
///
/// # Errors
/// Returns an error if the system refuses.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        private::make_folder(folder)?;
    }
    let staged = path.with_extension(format!("{}.new", std::process::id()));
    private::write(&staged, bytes)?;
    fs::rename(&staged, path)
}

#[cfg(unix)]
mod private {
    use std::fs::{self, DirBuilder, Metadata, Permissions};
    use std::io::{self, Write as _};
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
    use std::path::Path;

    const FOLDER: u32 = 0o700;
    const FILE: u32 = 0o600;

    pub(super) fn close(folder: &Path) -> io::Result<()> {
        match folder.metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            Ok(there) if has_mode(&there, FOLDER) => Ok(()),
            Ok(_) => close_all(folder),
        }
    }

    /// Sets the modes of `folder`, first, and of everything in it. Links are not followed.
    fn close_all(folder: &Path) -> io::Result<()> {
        for entry in walkdir::WalkDir::new(folder).follow_root_links(true) {
            let entry = entry?;
            let is_root = entry.depth() == 0;
            if is_root || entry.file_type().is_dir() {
                fs::set_permissions(entry.path(), Permissions::from_mode(FOLDER))?;
            } else {
                close_file(entry.path(), &entry.metadata()?)?;
            }
        }
        Ok(())
    }

    pub(super) fn close_file(path: &Path, there: &Metadata) -> io::Result<()> {
        match there.is_file() && !has_mode(there, FILE) {
            true => fs::set_permissions(path, Permissions::from_mode(FILE)),
            false => Ok(()),
        }
    }

    pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(FOLDER).create(folder)
    }

    pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::File::options().write(true).create(true).truncate(true).mode(FILE).open(path)?.write_all(bytes)
    }

    fn has_mode(there: &Metadata, mode: u32) -> bool {
        there.permissions().mode() & 0o777 == mode
    }
}

#[cfg(not(unix))]
mod private {
    use std::fs::{self, Metadata};
    use std::io;
    use std::path::Path;

    pub(super) fn close(_: &Path) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn close_file(_: &Path, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::write(path, bytes)
    }
}

//! Why an edition cannot be written, said so that the user knows what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why an edition cannot be written.
#[derive(Debug)]
pub enum WriteError {
    /// The folder holds files, and no manifest says that they are ours.
    NotOurs {
        /// The edition's folder.
        folder: PathBuf,
    },
    /// Another build holds the folder.
    Busy {
        /// The edition's folder.
        folder: PathBuf,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The edition would be written over its own input.
    OverInput {
        /// The edition's folder.
        folder: PathBuf,
        /// The handbook's or the theme's folder.
        input: PathBuf,
    },
    /// An output's path that no file may have.
    BadPath {
        /// The path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A file or folder that is not ours, or a link, stands where an output must.
    InTheWay {
        /// What stands there.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// The system refused.
    Io {
        /// What was tried, as in "could not …".
        tried: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl WriteError {
    /// For `map_err`: the error of trying something with `path`.
    pub(super) fn tried(tried: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| WriteError::Io { tried, path: path.into(), source }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            WriteError::NotOurs { folder } => write!(
                f,
                "the folder `{}` holds files that vaert did not write, so nothing in it was touched\nhelp: empty or \
                 remove it, or build somewhere else with `--out DIR`",
                folder.display()
            ),
            WriteError::Busy { folder, seconds } => write!(
                f,
                "another build has been writing to `{}` for {seconds} seconds\nhelp: wait for it, or stop it, and \
                 build again",
                folder.display()
            ),
            WriteError::OverInput { folder, input } => write!(
                f,
                "the edition would be written to `{}`, which holds its own source `{}`\nhelp: build somewhere else \
                 with `--out DIR`",
                folder.display(),
                input.display()
            ),
            WriteError::BadPath { path, reason } => {
                write!(f, "could not write an output at `{}`: {reason}", path.escape_debug())
            }
            WriteError::InTheWay { path, what } => write!(
                f,
                "could not write at `{}`, where there is {what}\nhelp: move it out of the way and build again",
                path.display()
            ),
            WriteError::Io { tried, path, source } => {
                let help = match source.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk",
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                        "check that you may write there, or build somewhere else with `--out DIR`"
                    }
                    _ => "every file in the edition is whole; build again when the cause is gone",
                };
                write!(f, "could not {tried} `{}`: {source}\nhelp: {help}", path.display())
            }
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

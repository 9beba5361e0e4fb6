//! Why an edition cannot be written, said so that the user knows what to do.

use std::collections::BTreeMap;
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
        /// The waiting time.
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
        /// The problem with it.
        reason: &'static str,
    },
    /// A file or folder that is not ours, or a link, stands where an output must.
    InTheWay {
        /// The path in the way.
        path: PathBuf,
        /// The kind of thing at the path.
        what: &'static str,
    },
    /// The folder to publish to holds files, and was not published to.
    NotPublished {
        /// The folder.
        folder: PathBuf,
        /// Whether a build wrote them.
        is_built: bool,
    },
    /// The folder to publish to holds another edition.
    OtherEdition {
        /// The folder.
        folder: PathBuf,
        /// The edition that is there.
        there: String,
        /// The edition that was to come.
        edition: String,
    },
    /// Files that are not ours stand where published files must.
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The files, inside it.
        paths: Vec<String>,
    },
    /// Paths in the published folder are longer than Windows opens.
    TooLong {
        /// The folder.
        folder: PathBuf,
        /// The paths, inside it, the longest first.
        paths: Vec<String>,
        /// By how many letters the longest is too long.
        over: usize,
    },
    /// The file to pack the site into is there and none of ours.
    NotOurArchive {
        /// The file.
        file: PathBuf,
    },
    /// The file to pack the site into exists and is no ZIP file.
    NotAnArchive {
        /// The file.
        file: PathBuf,
    },
    /// The file to pack the site into exists and lies among its sources.
    OverSource {
        /// The file.
        file: PathBuf,
    },
    /// The file to pack the site into lies in the folder that the site is published to.
    ArchiveInside {
        /// The file.
        file: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// The publish would remove all files that other options added before.
    FewerOptions {
        /// The folder or the ZIP file.
        target: PathBuf,
        /// The missing options, each with the files that would be removed.
        missing: BTreeMap<&'static str, Vec<String>>,
        /// All options that it was published with.
        options: Vec<String>,
    },
    /// Files that are no longer part of the edition still exist.
    NotRemoved {
        /// The edition's folder.
        folder: PathBuf,
        /// The files, inside it.
        paths: Vec<String>,
        /// The system's error for the first one.
        source: io::Error,
    },
    /// The system refused.
    Io {
        /// The attempted action, as in "could not …".
        tried: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// The system's error.
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
                "the edition would be written to `{}`, which holds its own source `{}`\nhelp: choose a \
                 folder without files of the handbook, its base or its theme (`--out DIR`, `--to DEST`)",
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
            WriteError::NotPublished { folder, is_built } => {
                let there = if *is_built {
                    "was written by `vaert build` and never published to"
                } else {
                    "holds files that vaert did not publish"
                };
                write!(
                    f,
                    "the folder `{}` {there}, so nothing in it was touched\nhelp: publish to another folder, or say \
                     `--force`: files with the names of the site's own are replaced then, and no other is touched",
                    folder.display()
                )
            }
            WriteError::OtherEdition { folder, there, edition } => write!(
                f,
                "`{}` holds the edition `{there}`, and this is `{edition}`\nhelp: publish to another place, or say \
                 `--force` to replace the one by the other",
                folder.display()
            ),
            WriteError::Foreign { folder, paths } => write!(
                f,
                "in `{}` files that vaert did not publish stand where its own must: {}\nhelp: move them away, or say \
                 `--force` to replace them",
                folder.display(),
                listed(paths)
            ),
            WriteError::TooLong { folder, paths, over } => write!(
                f,
                "in `{}` Windows could not open {}: with the folder's own, such a path is up to {over} letters longer \
                 than the 259 that it takes\nhelp: publish to a folder with a shorter path, give files and folders of \
                 the handbook shorter names, or say `--long-paths` where no reader's Windows is in the way",
                folder.display(),
                listed(paths)
            ),
            WriteError::NotOurArchive { file } => write!(
                f,
                "the file `{}` is there and is no site that vaert packed, so it was left alone\nhelp: choose another \
                 name, or say `--force` to replace it",
                file.display()
            ),
            WriteError::NotAnArchive { file } => write!(
                f,
                "the file `{}` is there and is no ZIP file, so it was left alone\nhelp: name one that is not there yet, \
                 or a ZIP file",
                file.display()
            ),
            WriteError::OverSource { file } => write!(
                f,
                "the file `{}` belongs to what the site is made of, so it was left alone\nhelp: pack the site outside of \
                 the handbook's folder and its theme's",
                file.display()
            ),
            WriteError::ArchiveInside { file, folder } => write!(
                f,
                "the file `{}` lies in `{}`, where the site itself goes\nhelp: pack the site beside that folder",
                file.display(),
                folder.display()
            ),
            WriteError::FewerOptions { target, missing, options } => {
                let without: Vec<&str> = missing.keys().copied().collect();
                write!(
                    f,
                    "`{}` was published with other options before, and without `{}` would lose:",
                    target.display(),
                    without.join(" ")
                )?;
                for (option, paths) in missing {
                    write!(f, "\n  by `{option}`: {}", listed(paths))?;
                }
                write!(f, "\nhelp: say `{}` again, or `--remove` to take all of that away", options.join(" "))
            }
            WriteError::NotRemoved { folder, paths, source } => write!(
                f,
                "all is written, but what is no longer part of the edition could not be removed from `{}`, and readers \
                 can open it still: {}: {source}\nhelp: check that you may remove files there, and do the same again: \
                 they are remembered as vaert's own",
                folder.display(),
                listed(paths)
            ),
            WriteError::Io { tried, path, source } => {
                let help = match source.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk",
                    io::ErrorKind::PermissionDenied if path.is_file() => {
                        "close it where it is open, check that you may write there, or choose another folder (`--out DIR`, \
                         `--to DEST`); every file in the edition is whole, and the next run completes it"
                    }
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                        "check that you may write there, or choose another folder (`--out DIR`, `--to DEST`)"
                    }
                    io::ErrorKind::NotADirectory | io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists => {
                        "choose another folder (`--out DIR`, `--to DEST`): none can be made there"
                    }
                    io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => {
                        "somebody has it open: every file in the edition is whole; do the same again when it is closed"
                    }
                    _ => "every file in the edition is whole; build again when the cause is gone",
                };
                write!(f, "could not {tried} `{}`: {source}\nhelp: {help}", path.display())
            }
        }
    }
}

/// The first few of `paths`, and how many more there are.
fn listed(paths: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = paths.iter().take(SHOWN).map(|path| format!("`{path}`")).collect();
    match paths.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Io { source, .. } | WriteError::NotRemoved { source, .. } => Some(source),
            _ => None,
        }
    }
}

//! Why a handbook could not be read at all, in words: English where a command says it, the handbook's language in the
//! browser.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::SETTINGS;
use crate::model::handbook::Language;

/// Why a handbook could not be read at all.
#[derive(Debug)]
pub enum LoadError {
    /// The folder is not there, or is not a folder.
    NoFolder {
        /// As given.
        folder: PathBuf,
    },
    /// The folder has no `handbook.yaml`.
    NoSettings {
        /// As given.
        folder: PathBuf,
        /// A file in it that was to be the `handbook.yaml`.
        meant: Option<String>,
    },
    /// `handbook.yaml` is there and cannot be read.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// More files than any handbook has: a folder of something else, or links that multiply.
    TooManyFiles {
        /// The folder walked.
        folder: PathBuf,
        /// How many are read at most.
        limit: usize,
    },
}

impl LoadError {
    /// What was tried and what to do, in two lines. What the system said of it stands as the system said it.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::Danish => self.danish(),
            Language::English => self.to_string(),
        }
    }

    fn danish(&self) -> String {
        match self {
            LoadError::NoFolder { folder } => {
                format!("søgte en håndbog i `{}`, som ikke er en mappe\nhjælp: læg mappen tilbage", folder.display())
            }
            LoadError::NoSettings { folder, meant: Some(meant) } => format!(
                "søgte `{SETTINGS}` i `{}`, og den er der ikke\nhjælp: giv `{meant}` det navn",
                folder.display()
            ),
            LoadError::NoSettings { folder, meant: None } => format!(
                "søgte `{SETTINGS}` i `{}`, og den er der ikke\nhjælp: læg filen tilbage i håndbogens mappe",
                folder.display()
            ),
            LoadError::Unreadable { path, source } => {
                format!("kunne ikke læse `{}`: {source}\nhjælp: se efter, om du må læse filen", path.display())
            }
            LoadError::TooManyFiles { folder, limit } => format!(
                "holdt op med at læse `{}` efter {limit} filer\nhjælp: se efter genveje til andre mapper i den",
                folder.display()
            ),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            LoadError::NoFolder { folder } => write!(
                f,
                "looked for a handbook in `{0}`, which is not a folder\nhelp: name the folder that holds \
                 `{SETTINGS}`, or make a new handbook with `vaert init {0}`",
                folder.display()
            ),
            LoadError::NoSettings { folder, meant: Some(meant) } => write!(
                f,
                "looked for `{SETTINGS}` in `{}`, and it is not there\nhelp: give `{meant}` that name",
                folder.display()
            ),
            LoadError::NoSettings { folder, meant: None } => write!(
                f,
                "looked for `{SETTINGS}` in `{0}`, and it is not there\nhelp: name the folder that holds it, or make \
                 a new handbook with `vaert init {0}`",
                folder.display()
            ),
            LoadError::Unreadable { path, source } => {
                write!(f, "could not read `{}`: {source}\nhelp: check that you may read it", path.display())
            }
            LoadError::TooManyFiles { folder, limit } => write!(
                f,
                "stopped reading `{}` after {limit} files\nhelp: name the handbook's own folder, and look for links \
                 to folders in it",
                folder.display()
            ),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LoadError::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}

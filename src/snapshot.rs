//! The input as data: what `load` read from disk, and all that the later stages ever see of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::metadata::Found;
use crate::fingerprint::Fingerprint;
use crate::source::Source;

/// Everything that a build reads.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// The handbook that is built first, then the one that it extends, and so on down.
    pub layers: Vec<Layer>,
    /// The theme and its parents, the one that was asked for first, the built-in one last.
    pub themes: Vec<ThemeLayer>,
    /// The diagnostics of files that could not be read, or are where they may not be.
    pub diagnostics: Vec<Diagnostic>,
    /// The state of the folders on disk; empty for a snapshot made in memory. No stage but `load` and the stamp uses
    /// it.
    pub survey: Survey,
}

/// The folders that were read and the state of every file in them: enough to tell later that nothing has changed.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// The folders of the layers in their order, then theme folders.
    pub roots: Vec<PathBuf>,
    /// Every file found, by place on disk. As the system's text, which is compared at once: a path is compared part by part,
    /// and a large handbook has many.
    pub states: BTreeMap<OsString, FileState>,
}

/// The state of a file according to the file system. Two equal states, both settled, mean the same content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileState {
    /// In bytes.
    pub size: u64,
    /// Last change of the content, nanoseconds after 1970.
    pub modified: i64,
    /// Last change of the entry (unix; 0 elsewhere), nanoseconds after 1970.
    pub changed: i64,
    /// False where the file was so young when it was read that a later change could bear the same times,
    /// and where it could not be read as it should.
    pub settled: bool,
}

/// A folder with a `handbook.yaml`.
#[derive(Debug, Clone)]
pub struct Layer {
    /// Name of the folder itself: the handbook's name where `handbook.yaml` gives none.
    pub folder: String,
    /// `handbook.yaml`.
    pub settings: Source,
    /// All other files by path inside the folder, `/` between its parts, in Unicode NFC.
    pub files: BTreeMap<Arc<str>, File>,
    /// Paths of files and folders that exist and could not be read, in the same form: each is already reported, and a
    /// link to it is no fault.
    pub unread: BTreeSet<Arc<str>>,
}

/// A theme's folder, or the built-in theme.
#[derive(Debug, Clone)]
pub struct ThemeLayer {
    /// Its name: the built-in's, or the folder's.
    pub name: String,
    /// All its files by path inside the folder, `theme.yaml` among them.
    pub files: BTreeMap<Arc<str>, File>,
}

/// A file as it was read.
#[derive(Debug, Clone)]
pub struct File {
    /// Path inside its folder.
    pub path: Arc<str>,
    /// Path as the user would name it, for messages.
    pub shown: Arc<str>,
    /// The content.
    pub content: Content,
    /// Fingerprint of the content, once it was asked for; of size and time for a file left on disk, from the start.
    pub fingerprint: OnceLock<Fingerprint>,
}

/// The content of a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// UTF-8 text without a byte order mark: Markdown, YAML, SVG, templates, style sheets, scripts.
    Text(Arc<str>),
    /// Anything else that is small enough to keep.
    Bytes(Arc<[u8]>),
    /// A large file (a film), to be copied by `write` if a page refers to it.
    OnDisk {
        /// The path, without links: opened by `load` alone, which follows no link that was created later.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// The data that was read when the file was found.
        seen: Arc<Seen>,
    },
}

/// The data that `load` read from a file that it left on disk.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The first bytes.
    pub head: Vec<u8>,
    /// The metadata.
    pub found: Vec<Found>,
}

impl File {
    /// The fingerprint of the content, taken when it is first asked for: a build that remembers nothing asks for that of no
    /// page. For a file left on disk whoever found it gives one, of its size and times; if not, its path and size stand for it.
    pub fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| match &self.content {
            Content::Text(text) => Fingerprint::of_bytes(text.as_bytes()),
            Content::Bytes(bytes) => Fingerprint::of_bytes(bytes),
            Content::OnDisk { path, size, .. } => Fingerprint::of(&(path, size)),
        })
    }

    /// Returns the bytes of the file, or its first ones if it was left on disk.
    pub fn head(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
            Content::OnDisk { seen, .. } => &seen.head,
        }
    }

    /// A source text at the file's path that says nothing.
    pub fn empty_source(&self) -> Source {
        Source { path: Arc::clone(&self.path), shown: Arc::clone(&self.shown), text: "".into() }
    }

    /// The file as a source text, if it is text.
    pub fn source(&self) -> Option<Source> {
        match &self.content {
            Content::Text(text) => {
                Some(Source { path: Arc::clone(&self.path), shown: Arc::clone(&self.shown), text: Arc::clone(text) })
            }
            Content::Bytes(_) | Content::OnDisk { .. } => None,
        }
    }
}

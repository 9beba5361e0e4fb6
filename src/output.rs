//! A finished file of an edition, on its way to disk or to memory.

use std::path::PathBuf;
use std::sync::Arc;

/// A finished file.
#[derive(Debug, Clone)]
pub struct Output {
    /// Path inside the edition's folder, `/` between its parts.
    pub path: Arc<str>,
    /// What it holds.
    pub content: OutputContent,
}

/// What a finished file holds.
#[derive(Debug, Clone)]
pub enum OutputContent {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// A copy of a large file on disk.
    Copy(PathBuf),
}

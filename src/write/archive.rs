//! A published folder becomes one ZIP file, the same bytes for the same files: sorted, without times.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read as _, Seek, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::disk::insist;
use super::manifest::Manifest;
use super::{WriteError, manifest};
use crate::load::MANIFEST;

/// Packs what the manifest of `folder` names, and the manifest itself, into `file`, which is replaced as a whole.
///
/// # Errors
/// Where a file cannot be read or the archive not be written. What was at `file` is there still.
pub fn pack(folder: &Path, file: &Path) -> Result<(), WriteError> {
    let listed = manifest::read(folder)?.unwrap_or_default();
    let staged = beside(file);
    let written = File::create(&staged)
        .and_then(|out| fill(folder, &listed, BufWriter::new(out)))
        .and_then(|()| insist(|| fs::rename(&staged, file)));
    written.map_err(|error| {
        let _ = fs::remove_file(&staged);
        WriteError::tried("write", file)(error)
    })
}

/// The manifest in the archive at `file`; nothing where there is no such file.
///
/// # Errors
/// [`WriteError::NotOurArchive`] where something else is there.
pub fn packed_manifest(file: &Path) -> Result<Option<Manifest>, WriteError> {
    let opened = match File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(WriteError::tried("read", file))?,
    };
    match text_of_manifest(BufReader::new(opened)).as_deref().and_then(Manifest::parse) {
        None => Err(WriteError::NotOurArchive { file: file.into() }),
        manifest => Ok(manifest),
    }
}

fn text_of_manifest(archive: impl io::Read + Seek) -> Option<String> {
    let mut text = String::new();
    ZipArchive::new(archive).ok()?.by_name(MANIFEST).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

fn fill(folder: &Path, listed: &Manifest, out: impl Write + Seek) -> io::Result<()> {
    let mut archive = ZipWriter::new(out);
    // The first day that a ZIP file can tell of.
    let common = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    for path in [MANIFEST].into_iter().chain(listed.paths.iter().map(|path| &**path)) {
        let mut source = File::open(folder.join(path))?;
        let is_large = source.metadata()?.len() >= u64::from(u32::MAX);
        let options = common.compression_method(method(path)).large_file(is_large);
        archive.start_file(path, options)?;
        io::copy(&mut source, &mut archive)?;
    }
    archive.finish()?.flush()
}

/// What is packed already grows when it is packed again.
fn method(path: &str) -> CompressionMethod {
    match path.rsplit('.').next() {
        Some(
            "woff2" | "png" | "jpg" | "jpeg" | "webp" | "avif" | "gif" | "mp4" | "mp3" | "zip" | "pdf" | "docx"
            | "pptx",
        ) => CompressionMethod::Stored,
        _ => CompressionMethod::Deflated,
    }
}

/// Where the archive waits until it is whole.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    file.with_file_name(name)
}

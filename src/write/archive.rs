//! A published folder becomes one ZIP file, the same bytes for the same files: sorted, without times.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read as _, Seek, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::claim::Claim;
use super::disk::insist;
use super::manifest::Manifest;
use super::{WriteError, manifest};
use crate::load::MANIFEST;

/// Packs what the manifest of `folder` names, and the manifest itself, into `file`, which is replaced as a whole.
///
/// # Errors
/// Returns an error if a file cannot be read or the archive cannot be written. Then `file` is unchanged.
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

/// Unpacks the archive at `file`, which is one of ours, into `folder`, as it was when it was packed.
///
/// # Errors
/// Returns an error if it cannot be read or the files cannot be written.
pub fn unpack(file: &Path, folder: &Path) -> Result<(), WriteError> {
    let read = || ZipArchive::new(BufReader::new(File::open(file)?))?.extract(folder).map_err(io::Error::from);
    read().map_err(WriteError::tried("unpack", file))
}

/// The present state of the path that an archive is written to.
#[derive(Debug)]
pub enum Standing {
    /// There is no file.
    Free,
    /// A published edition, packed.
    Ours(Manifest),
    /// A ZIP file that is not ours.
    Foreign,
}

/// Determines the present state of the path `file`.
///
/// # Errors
/// Returns an error if it cannot be read, and [`WriteError::NotAnArchive`] if it is no ZIP file: that is never
/// replaced.
pub fn standing_at(file: &Path) -> Result<Standing, WriteError> {
    let is_file = match file.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Standing::Free),
        there => there.map_err(WriteError::tried("read", file))?.is_file(),
    };
    let foreign = WriteError::NotAnArchive { file: file.into() };
    // Opening a pipe would block.
    if !is_file {
        return Err(foreign);
    }
    let opened = BufReader::new(File::open(file).map_err(WriteError::tried("read", file))?);
    match ZipArchive::new(opened).ok().map(manifest_in) {
        Some(Some(manifest)) if manifest.edition.is_some() => Ok(Standing::Ours(manifest)),
        // Documents of office programs are ZIP files under another name.
        Some(_) if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) => {
            Ok(Standing::Foreign)
        }
        _ => Err(foreign),
    }
}

/// Checks that the edition of `claim` may be packed into `file`, whose state is `standing`, from these `inputs`.
///
/// # Errors
/// Returns an error if it would replace a file that the claim does not permit to replace, or one that lies among the
/// inputs.
pub fn check_archive(file: &Path, standing: &Standing, claim: Claim, inputs: &[PathBuf]) -> Result<(), WriteError> {
    let file = || file.to_owned();
    match standing {
        Standing::Free => Ok(()),
        Standing::Ours(there) if there.edition.as_deref() == Some(claim.edition) => Ok(()),
        _ if is_inside(&file(), inputs) => Err(WriteError::OverSource { file: file() }),
        _ if claim.force => Ok(()),
        Standing::Foreign => Err(WriteError::NotOurArchive { file: file() }),
        Standing::Ours(there) => Err(WriteError::OtherEdition {
            folder: file(),
            there: there.edition.clone().unwrap_or_default(),
            edition: claim.edition.to_owned(),
        }),
    }
}

/// Checks that the archive `file` does not lie in the published folder, where it could replace a page.
///
/// # Errors
/// Returns [`WriteError::ArchiveInside`] if it does.
pub fn check_archive_outside(file: &Path, folder: &Path) -> Result<(), WriteError> {
    let place = |path: &Path| real_place(path).map_err(WriteError::tried("find", path));
    match place(file)?.starts_with(folder.canonicalize().or_else(|_| place(folder))?) {
        true => Err(WriteError::ArchiveInside { file: file.into(), folder: folder.into() }),
        false => Ok(()),
    }
}

/// Returns the absolute path of what `path` names, which need not exist, without following it as a link.
fn real_place(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => Ok(parent.canonicalize()?.join(name)),
        _ => Ok(absolute),
    }
}

fn is_inside(file: &Path, inputs: &[PathBuf]) -> bool {
    let Ok(real) = file.canonicalize() else { return false };
    inputs.iter().any(|input| input.canonicalize().is_ok_and(|input| real.starts_with(input)))
}

/// Returns the manifest in an archive, if it is one of ours.
fn manifest_in(mut archive: ZipArchive<impl io::Read + Seek>) -> Option<Manifest> {
    let mut text = String::new();
    archive.by_name(MANIFEST).ok()?.read_to_string(&mut text).ok()?;
    Manifest::parse(&text)
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

/// Returns the compression method: a file in a compressed format grows when it is compressed again.
fn method(path: &str) -> CompressionMethod {
    match path.rsplit('.').next() {
        Some(
            "woff2" | "png" | "jpg" | "jpeg" | "webp" | "avif" | "gif" | "mp4" | "mp3" | "zip" | "pdf" | "docx"
            | "pptx",
        ) => CompressionMethod::Stored,
        _ => CompressionMethod::Deflated,
    }
}

/// Returns the path of the archive until it is complete: a short name, since the archive's own may be as long as
/// possible.
fn beside(file: &Path) -> PathBuf {
    file.with_file_name(format!(".vaert-{}.new", std::process::id()))
}

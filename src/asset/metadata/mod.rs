//! Finds the metadata of documents, audio, video and archives.
//!
//! Each reader takes the parts of a file that it needs, in memory or on disk; a part that cannot be read is reported.

mod audio;
mod exif;
mod film;
mod matroska;
mod office;
mod pdf;
mod vocabulary;
mod words;
mod xmp;
mod zip;

use std::io::{Cursor, Read, Seek, SeekFrom};

use super::format::{self, Format, format_of};
use crate::diagnostic::metadata::{Detail, Found};

/// A file in memory or on disk.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// The limit in bytes for a document that is read as a whole.
const MOST_OF_DOCUMENT: u64 = 128 << 20;
/// The limit in bytes for a part with metadata.
const MOST_OF_PART: u64 = 4 << 20;
/// The deepest nesting of archives that is read.
const MOST_LEVELS: u8 = 4;

/// Returns the first bytes of `file`.
pub fn head(file: &mut dyn Source) -> Vec<u8> {
    read(file, 0, format::HEAD as u64)
}

/// Finds the metadata of `file`, the most revealing first. Metadata that only names the well-known program with which
/// the file was made is left out.
pub fn find(file: &mut dyn Source) -> Vec<Found> {
    let mut found = find_all(file, 0);
    found.iter_mut().for_each(|found| found.value = words::tidy(&found.value));
    found.retain(|found| !found.value.is_empty());
    found.sort();
    found.dedup();
    if found.iter().all(|found| found.detail == Detail::Program && vocabulary::is_known_program(&found.value)) {
        found.clear();
    }
    found
}

/// Finds the metadata of a file that lies in `level` archives.
fn find_all(file: &mut dyn Source, level: u8) -> Vec<Found> {
    let size = file.seek(SeekFrom::End(0)).unwrap_or(0);
    let head = read(file, 0, format::HEAD as u64);
    match format_of(&head) {
        Format::Photo(_) | Format::ForeignPhoto => exif::find(&read(file, 0, MOST_OF_DOCUMENT)),
        Format::IsoMedia => film::find(file, size),
        Format::Matroska => matroska::find(file, size),
        Format::Mp3 => audio::id3(file, size),
        Format::Riff => audio::riff(file, size),
        Format::Aiff => audio::aiff(file, size),
        Format::Flac => audio::flac(file, size),
        Format::Ogg => audio::ogg(&read(file, 0, MOST_OF_PART)),
        Format::Pdf if size <= MOST_OF_DOCUMENT => pdf::find(read(file, 0, size)),
        Format::Zip if level < MOST_LEVELS => zip::find(file, size, level),
        Format::Rtf => office::rtf(&String::from_utf8_lossy(&head)),
        Format::Svg => Vec::new(),
        Format::Pdf => unread("PDF"),
        Format::Zip => unread("ZIP"),
        Format::Ole => unread("Office 97"),
        Format::Asf => unread("WMA/WMV"),
        Format::Archive => unread("7z/gz/rar/tar"),
        Format::Font | Format::Runs(_) | Format::Text | Format::Unknown => Vec::new(),
    }
}

fn find_in(bytes: Vec<u8>, level: u8) -> Vec<Found> {
    find_all(&mut Cursor::new(bytes), level)
}

/// Returns up to `most` bytes from `start` on; nothing if they cannot be read.
fn read(file: &mut dyn Source, start: u64, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if file.seek(SeekFrom::Start(start)).is_ok() {
        let _ = file.take(most).read_to_end(&mut bytes);
    }
    bytes
}

fn unread(what: &str) -> Vec<Found> {
    vec![Found { detail: Detail::Unread, value: what.to_owned() }]
}

fn one(detail: Detail, value: impl Into<String>) -> Vec<Found> {
    vec![Found { detail, value: value.into() }]
}

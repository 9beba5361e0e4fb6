//! Reads ZIP files and formats based on them (docx, xlsx, pptx, odt, epub): the names of the entries, and each entry as
//! a file.

use std::io::{self, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Form, Reading};
use crate::diagnostic::unread::Unread;

/// The cost of an entry's name and record, taken from the budget.
const ENTRY: u64 = 256;

/// Reads the ZIP in `file`, which is nested in `depth` other files.
pub(super) fn read(file: impl Read + Seek, depth: usize, reading: &mut Reading) {
    let Ok(mut archive) = ZipArchive::new(file) else { return reading.note(Unread::Broken) };
    let comment = String::from_utf8_lossy(archive.comment()).into_owned();
    reading.give(Form::Text, &comment);
    for number in 0..archive.len() {
        if !reading.spend(ENTRY) {
            return;
        }
        match archive.by_index(number) {
            Ok(entry) => {
                reading.give(Form::Name, &String::from_utf8_lossy(entry.name_raw()));
                reading.give(Form::Text, entry.comment());
                read_entry(entry, depth + 1, reading);
            }
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => reading.note(Unread::Locked),
            Err(ZipError::UnsupportedArchive(_)) => reading.note(Unread::Packed),
            Err(_) => reading.note(Unread::Broken),
        }
    }
}

fn read_entry(entry: impl Read, depth: usize, reading: &mut Reading) {
    let budget = reading.budget;
    let mut counted = Counted { entry: entry.take(budget + 1), read: 0 };
    if reading.read_entry(&mut counted, depth).is_err() {
        reading.note(Unread::Broken);
    }
    reading.spend(counted.read);
}

/// A reader that counts the bytes it reads.
struct Counted<R> {
    entry: R,
    read: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.entry.read(buffer)?;
        self.read += length as u64;
        Ok(length)
    }
}

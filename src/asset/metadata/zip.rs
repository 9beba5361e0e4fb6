//! Reads the metadata of archives, and of documents that are archives, file by file.

use std::io::{Read as _, SeekFrom};

use ::zip::ZipArchive;

use super::words::text_of;
use super::{Source, find_in, office, one, read, unread};
use crate::diagnostic::metadata::{Detail, Found};

/// The limit in bytes for unpacking an archive, so that a small one does not fill the memory.
const MOST_UNPACKED: u64 = 256 << 20;
const MOST_FILES: usize = 20_000;

/// Finds the metadata in the files of an archive that itself lies in `level` archives.
pub(super) fn find(file: &mut dyn Source, size: u64, level: u8) -> Vec<Found> {
    let _ = file.seek(SeekFrom::Start(0));
    let Ok(mut archive) = ZipArchive::new(&mut *file) else { return unread("ZIP") };
    let mut found = one(Detail::Comment, text_of(archive.comment()));
    let name_of = |archive: &ZipArchive<_>, at: usize| {
        archive.name_for_index(at).and_then(Result::ok).map_or_else(|| "ZIP".to_owned(), |name| name.into_owned())
    };
    let names: Vec<String> = (0..archive.len().min(MOST_FILES)).map(|at| name_of(&archive, at)).collect();
    let is_document = names.iter().any(|name| office::is_part(name));
    found.extend(
        names.iter().filter(|name| is_document && office::is_code(name)).flat_map(|name| one(Detail::Code, name)),
    );
    if names.iter().any(|name| name.ends_with(".iwa")) {
        found.extend(unread("iWork"));
    }
    let mut left = MOST_UNPACKED;
    if archive.len() > MOST_FILES {
        found.extend(unread("ZIP"));
    }
    for (at, name) in names.iter().enumerate() {
        if left == 0 {
            found.extend(unread("ZIP"));
            break;
        }
        let Ok(mut entry) = archive.by_index(at) else {
            found.extend(unread(name));
            continue;
        };
        found.extend(one(Detail::Comment, entry.comment().to_owned()));
        let mut bytes = Vec::new();
        if entry.by_ref().take(left).read_to_end(&mut bytes).is_err() {
            found.extend(unread(name));
            continue;
        }
        left -= bytes.len() as u64;
        found.extend(if is_document && office::is_xml(name) {
            office::part(name, &text_of(&bytes))
        } else {
            find_in(bytes, level + 1)
        });
    }
    drop(archive);
    found.extend(before_and_behind(file, size));
    found
}

/// Returns words after the end of an archive, where readers do not look.
fn before_and_behind(file: &mut dyn Source, size: u64) -> Vec<Found> {
    let tail = read(file, size.saturating_sub(70_000), 70_000);
    let Some(end) = memchr::memmem::rfind(&tail, b"PK\x05\x06") else { return Vec::new() };
    let comment =
        tail.get(end + 20..end + 22).map_or(0, |length| usize::from(u16::from_le_bytes([length[0], length[1]])));
    one(Detail::Other, super::words::words_in(tail.get(end + 22 + comment..).unwrap_or_default()))
}

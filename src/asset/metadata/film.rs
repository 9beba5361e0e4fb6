//! Reads the metadata of video and audio in ISO boxes: MP4, MOV, M4A, 3GP. (ISO/IEC 14496-12; QuickTime File Format.)

use super::vocabulary::{detail_of, is_known_program};
use super::words::words_in;
use super::{MOST_OF_PART, Source, find_in, one, read, xmp};
use crate::diagnostic::metadata::{Detail, Found};

/// Boxes that contain boxes, with the number of bytes before the first of them.
const CONTAINERS: &[(&[u8; 4], u64)] =
    &[(b"moov", 0), (b"trak", 0), (b"mdia", 0), (b"minf", 0), (b"udta", 0), (b"ilst", 0), (b"moof", 0), (b"meco", 0)];
/// Boxes of the media itself, which hold no metadata.
const FILM: &[&[u8; 4]] = &[
    b"ftyp", b"mdat", b"mvhd", b"tkhd", b"mdhd", b"edts", b"elst", b"stbl", b"vmhd", b"smhd", b"nmhd", b"hmhd",
    b"gmhd", b"dinf", b"tref", b"mvex", b"sidx", b"mfra", b"styp", b"mfhd", b"traf", b"iods", b"wide", b"pnot",
    b"load", b"clef", b"tapt", b"emsg", b"prft", b"sinf", b"mehd", b"trex", b"chpl", b"covr",
];
const MOST_BOXES: usize = 10_000;
/// The deepest nesting of boxes that is read; real files have about ten levels.
const MOST_LEVELS: usize = 32;

/// Finds the metadata of a video.
pub(super) fn find(file: &mut dyn Source, size: u64) -> Vec<Found> {
    let mut walk = Walk { file, found: Vec::new(), keys: Vec::new(), left: MOST_BOXES, level: 0 };
    walk.boxes(0, size, "");
    walk.found
}

struct Walk<'f> {
    file: &'f mut dyn Source,
    found: Vec<Found>,
    /// The names of entries by number, as QuickTime stores them.
    keys: Vec<String>,
    /// The number of boxes that may still be read.
    left: usize,
    /// The current nesting level.
    level: usize,
}

impl Walk<'_> {
    /// Reads the boxes from `at` to `end`; `name` is the name of the enclosing box.
    fn boxes(&mut self, mut at: u64, end: u64, name: &str) {
        self.level += 1;
        while at + 8 <= end && self.left > 0 && self.level <= MOST_LEVELS {
            self.left -= 1;
            let header = read(self.file, at, 16);
            let Some((kind, start, next)) = box_of(&header, at, end) else { break };
            self.one(&kind, start, next, name);
            at = next;
        }
        if name.is_empty() && at < end {
            // Data after the last box is no part of the video.
            self.words(Detail::Other, at, end);
        }
        self.level -= 1;
    }

    fn one(&mut self, kind: &[u8; 4], start: u64, end: u64, parent: &str) {
        let name = name_of(kind);
        match kind {
            b"meta" => {
                // A full box in MP4, a plain one in QuickTime.
                let is_plain = read(self.file, start + 4, 4) == *b"hdlr";
                self.boxes(if is_plain { start } else { start + 4 }, end, "meta");
            }
            b"keys" => self.keys = keys(&read(self.file, start, (end - start).min(MOST_OF_PART))),
            b"hdlr" => self.words(Detail::Program, (start + 24).min(end), end),
            b"free" | b"skip" | b"JUNK" => self.words(Detail::Other, start, end),
            b"data" => self.words(self.detail(parent), (start + 8).min(end), end),
            b"uuid" => {
                let bytes = read(self.file, start, (end - start).min(MOST_OF_PART));
                let xmp = xmp::find(&bytes);
                if xmp.is_empty() {
                    self.words(Detail::Other, (start + 16).min(end), end);
                }
                self.found.extend(xmp);
            }
            b"XMP_" => {
                let bytes = read(self.file, start, (end - start).min(MOST_OF_PART));
                self.found.extend(xmp::find(&bytes));
            }
            b"covr" | b"thmb" | b"Exif" => {
                let bytes = read(self.file, start, (end - start).min(MOST_OF_PART));
                let photo = memchr::memmem::find(&bytes, b"\xff\xd8\xff").unwrap_or(0);
                self.found.extend(find_in(bytes[photo..].to_vec(), 1));
            }
            kind if FILM.contains(&kind) => {}
            kind => match CONTAINERS.iter().find(|(container, _)| *container == kind) {
                Some((_, before)) => self.boxes(start + before, end, &name),
                // An entry of a list, which holds its data in a box.
                None if parent == "ilst" => self.boxes(start, end, &self.entry(kind)),
                None => self.words(self.detail(&name), start, end),
            },
        }
    }

    /// Returns the name of an entry: its type, or the name in `keys` if its type is a number.
    fn entry(&self, kind: &[u8; 4]) -> String {
        let number = u32::from_be_bytes(*kind) as usize;
        self.keys.get(number.wrapping_sub(1)).cloned().unwrap_or_else(|| name_of(kind))
    }

    fn detail(&self, name: &str) -> Detail {
        // In `com.apple.quicktime.location.ISO6709`, the word `location` counts, not the last part.
        let plain = name.rsplit('.').next().unwrap_or(name);
        let about = if name.contains("location") { "location" } else { plain };
        detail_of(about).unwrap_or(Detail::Other)
    }

    fn words(&mut self, detail: Detail, start: u64, end: u64) {
        let words = words_in(&read(self.file, start, (end - start).min(MOST_OF_PART)));
        // Programs fill free space with their names and name the handler of a track.
        let is_program = matches!(detail, Detail::Other | Detail::Program) && is_known_program(&words);
        let is_date = words.bytes().all(|byte| byte.is_ascii_digit() || b"-+:. TZ".contains(&byte));
        let is_nothing = words.is_empty() || is_date && detail == Detail::Other;
        if !is_nothing {
            self.found.extend(one(if is_program { Detail::Program } else { detail }, words));
        }
    }
}

/// Returns the type of the box with this header at `at`, the offset of its content and that of the next box.
fn box_of(header: &[u8], at: u64, end: u64) -> Option<([u8; 4], u64, u64)> {
    let kind: [u8; 4] = header.get(4..8)?.try_into().ok()?;
    let short = u64::from(u32::from_be_bytes(header.get(..4)?.try_into().ok()?));
    let (length, before) = match short {
        0 => (end - at, 8),
        1 => (u64::from_be_bytes(header.get(8..16)?.try_into().ok()?), 16),
        length => (length, 8),
    };
    let next = at.checked_add(length)?;
    (length >= before && next <= end).then_some((kind, at + before, next))
}

fn name_of(kind: &[u8; 4]) -> String {
    kind.iter().map(|byte| char::from(*byte)).collect::<String>().trim().to_owned()
}

/// Returns the names in a `keys` box, in order.
fn keys(content: &[u8]) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = content.get(8..).unwrap_or_default();
    while let Some(length) = rest.get(..4) {
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let Some(key) = rest.get(8..length) else { break };
        keys.push(String::from_utf8_lossy(key).into_owned());
        rest = &rest[length..];
    }
    keys
}

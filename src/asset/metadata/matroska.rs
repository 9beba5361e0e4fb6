//! Reads the metadata of video and audio in EBML: MKV and WebM. (RFC 8794; RFC 9559.)

use super::vocabulary::detail_of;
use super::words::words_in;
use super::{MOST_OF_PART, Source, find_in, one, read};
use crate::diagnostic::metadata::{Detail, Found};

/// Elements that contain elements with text.
const CONTAINERS: &[u32] =
    &[0x1853_8067, 0x1549_A966, 0x1254_C367, 0x7373, 0x67C8, 0x1941_A469, 0x61A7, 0x1654_AE6B, 0xAE];
/// Elements that are text, with the detail that they give.
const WORDS: &[(u32, Detail)] = &[
    (0x7BA9, Detail::Title),
    (0x4D80, Detail::Program),
    (0x5741, Detail::Program),
    (0x7384, Detail::Path),
    (0x4487, Detail::Other),
    (0x4485, Detail::Other),
    (0x466E, Detail::Path),
    (0x467E, Detail::Comment),
    (0x536E, Detail::Title),
    (0xEC, Detail::Other),
];
const TAG_NAME: u32 = 0x45A3;
const FILE_DATA: u32 = 0x465C;
const MOST_ELEMENTS: usize = 100_000;

/// Finds the metadata of a video.
pub(super) fn find(file: &mut dyn Source, size: u64) -> Vec<Found> {
    let mut walk = Walk { file, found: Vec::new(), tag: String::new(), left: MOST_ELEMENTS };
    walk.elements(0, size, 0);
    walk.found
}

struct Walk<'f> {
    file: &'f mut dyn Source,
    found: Vec<Found>,
    /// The name of the tag whose value comes next.
    tag: String,
    left: usize,
}

impl Walk<'_> {
    fn elements(&mut self, mut at: u64, end: u64, depth: u8) {
        while at < end && self.left > 0 {
            self.left -= 1;
            let header = read(self.file, at, 16);
            let Some((id, start, next)) = element(&header, at, end) else { return };
            if CONTAINERS.contains(&id) && depth < 8 {
                self.elements(start, next, depth + 1);
            } else {
                self.one(id, start, next);
            }
            at = next;
        }
    }

    fn one(&mut self, id: u32, start: u64, end: u64) {
        let most = (end - start).min(MOST_OF_PART);
        if id == TAG_NAME {
            self.tag = String::from_utf8_lossy(&read(self.file, start, most)).trim_end_matches('\0').to_owned();
        } else if id == FILE_DATA {
            let data = read(self.file, start, most);
            self.found.extend(find_in(data, 1));
        } else if let Some((_, detail)) = WORDS.iter().find(|(words, _)| *words == id) {
            let words = words_in(&read(self.file, start, most));
            let named = if id == 0x4487 || id == 0x4485 { detail_of(&self.tag) } else { Some(*detail) };
            if let (Some(detail), false) = (named, words.is_empty()) {
                self.found.extend(one(detail, words));
            }
        }
    }
}

/// Returns the id of the element with this header at `at`, and the offsets of the start and the end of its content.
fn element(header: &[u8], at: u64, end: u64) -> Option<(u32, u64, u64)> {
    let id_length = header.first()?.leading_zeros() as usize + 1;
    let id = header.get(..id_length).filter(|id| id.len() <= 4)?;
    let size = header.get(id_length..)?;
    let size_length = size.first()?.leading_zeros() as usize + 1;
    let digits = size.get(..size_length).filter(|size| size.len() <= 8)?;
    let join = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    let mask = (1u64 << (7 * size_length)) - 1;
    let length = digits.iter().fold(0, join) & mask;
    let start = at + (id_length + size_length) as u64;
    // All ones: the length is unknown, and the element ends with its parent.
    let next = if length == mask { end } else { start.checked_add(length)?.min(end) };
    (start <= end).then_some((u32::try_from(id.iter().fold(0, join)).ok()?, start, next))
}

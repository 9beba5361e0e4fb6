//! Reads the metadata of audio files: ID3 and APE tags, chunks of RIFF and AIFF, Vorbis comments.

use super::vocabulary::detail_of;
use super::words::{text_of, words_in};
use super::{MOST_OF_PART, Source, find_in, one, read, xmp};
use crate::diagnostic::metadata::{Detail, Found};

/// Finds the tags at both ends of an MP3.
pub(super) fn id3(file: &mut dyn Source, size: u64) -> Vec<Found> {
    let head = read(file, 0, 10);
    let length = if head.starts_with(b"ID3") { 10 + seven_bits(head.get(6..10).unwrap_or_default()) } else { 0 };
    let mut found = id3_tag(&read(file, 0, (length as u64).min(MOST_OF_PART)));
    let tail = read(file, size.saturating_sub(64 << 10).max(length as u64), 64 << 10);
    if let Some(tag) = tail.len().checked_sub(128).map(|at| &tail[at..]).filter(|tag| tag.starts_with(b"TAG")) {
        let fields =
            [(3..33, Detail::Title), (33..63, Detail::Author), (63..93, Detail::Title), (97..125, Detail::Comment)];
        found.extend(fields.into_iter().flat_map(|(range, detail)| one(detail, words_in(&tag[range]))));
    }
    for mark in [b"APETAGEX".as_slice(), b"LYRICSBEGIN"] {
        let tag = memchr::memmem::find(&tail, mark).map(|at| words_in(&tail[at + mark.len()..]));
        found.extend(tag.into_iter().flat_map(|words| one(Detail::Other, words)));
    }
    found
}

/// Reads an ID3v2 tag. (id3.org, 2.2 to 2.4.)
fn id3_tag(tag: &[u8]) -> Vec<Found> {
    let version = tag.get(3).copied().unwrap_or(0);
    let (name_length, header) = if version == 2 { (3, 6) } else { (4, 10) };
    let mut found = Vec::new();
    let mut rest = tag.get(10..).unwrap_or_default();
    while rest.len() > header && rest[0] != 0 {
        let name = String::from_utf8_lossy(&rest[..name_length]).into_owned();
        let size = &rest[name_length..name_length + if version == 2 { 3 } else { 4 }];
        let length = if version == 4 {
            seven_bits(size)
        } else {
            size.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
        };
        let content = &rest[header..rest.len().min(header + length)];
        found.extend(id3_frame(&name, content));
        rest = rest.get(header + length..).unwrap_or_default();
    }
    // Anything that cannot be parsed is searched for words.
    found.extend(one(Detail::Other, words_in(rest)));
    found
}

fn id3_frame(name: &str, content: &[u8]) -> Vec<Found> {
    if matches!(name, "APIC" | "PIC" | "GEOB") {
        let starts = [b"\xff\xd8\xff".as_slice(), b"\x89PNG"];
        let photo = starts.iter().find_map(|start| memchr::memmem::find(content, start)).unwrap_or(content.len());
        let words = if name == "GEOB" { words_in(&content[..photo]) } else { String::new() };
        return [one(Detail::Other, words), find_in(content[photo..].to_vec(), 1)].concat();
    }
    let Some(detail) = detail_of(&name.to_ascii_lowercase()) else { return Vec::new() };
    // The first byte is the encoding; in UTF-16 each Latin letter contains a zero byte.
    let is_wide = name.starts_with(['T', 'C']) && matches!(content.first(), Some(1 | 2));
    let plain: Vec<u8> = content.iter().copied().filter(|byte| *byte != 0 && *byte < 0xfe).collect();
    one(detail, if is_wide { words_in(&plain) } else { words_in(content) })
}

fn seven_bits(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f))
}

/// Finds the metadata in the chunks of a WAV or AVI.
pub(super) fn riff(file: &mut dyn Source, size: u64) -> Vec<Found> {
    let is_big = read(file, 0, 4) == *b"RIFX";
    chunks(file, 12, size, is_big, 0)
}

/// Finds the metadata in the chunks of an AIFF.
pub(super) fn aiff(file: &mut dyn Source, size: u64) -> Vec<Found> {
    chunks(file, 12, size, true, 0)
}

fn chunks(file: &mut dyn Source, mut at: u64, end: u64, is_big: bool, depth: u8) -> Vec<Found> {
    const SOUND: &[&[u8; 4]] = &[
        b"fmt ", b"data", b"fact", b"cue ", b"smpl", b"PEAK", b"idx1", b"avih", b"strh", b"strf", b"vprp", b"indx",
        b"dmlh", b"COMM", b"SSND", b"MARK", b"INST", b"FVER",
    ];
    let mut found = Vec::new();
    while let Ok([a, b, c, d, length @ ..]) = <[u8; 8]>::try_from(read(file, at, 8)) {
        let length = u64::from(if is_big { u32::from_be_bytes(length) } else { u32::from_le_bytes(length) });
        let (start, next) = (at + 8, (at + 8 + length).min(end));
        let content = |file: &mut dyn Source| read(file, start, (next.saturating_sub(start)).min(MOST_OF_PART));
        match &[a, b, c, d] {
            b"LIST" if depth < 8 && read(file, start, 4) != *b"movi" => {
                found.extend(chunks(file, start + 4, next, is_big, depth + 1));
            }
            b"LIST" => {}
            b"id3 " | b"ID3 " => found.extend(id3_tag(&content(file))),
            b"_PMX" => found.extend(xmp::find(&content(file))),
            b"iXML" | b"axml" => found.extend(xmp::fields(&String::from_utf8_lossy(&content(file)))),
            kind if SOUND.contains(&kind) => {}
            kind => {
                let name = match kind {
                    b"NAME" => "title".to_owned(),
                    b"(c) " => "copyright".to_owned(),
                    b"bext" => "originator".to_owned(),
                    kind => String::from_utf8_lossy(kind).trim().to_owned(),
                };
                let words = words_in(&content(file));
                found.extend(detail_of(&name).into_iter().flat_map(|detail| one(detail, &*words)));
            }
        }
        at = next + length % 2;
        if at >= end {
            break;
        }
    }
    found
}

/// Finds the metadata in the blocks before the audio data of a FLAC. (RFC 9639, 8.)
pub(super) fn flac(file: &mut dyn Source, size: u64) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 4;
    while at + 4 <= size {
        let header = read(file, at, 4);
        let length = header.iter().skip(1).fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        let content = read(file, at + 4, length.min(MOST_OF_PART));
        match header.first().map_or(0, |kind| kind & 0x7f) {
            2 => found.extend(one(Detail::Other, words_in(&content))),
            4 => found.extend(vorbis_comments(&content)),
            6 => {
                let photo = memchr::memmem::find(&content, b"\xff\xd8\xff").unwrap_or(content.len());
                found.extend(find_in(content[photo..].to_vec(), 1));
            }
            _ => {}
        }
        at += 4 + length;
        if header.first().is_none_or(|kind| kind & 0x80 != 0) {
            break;
        }
    }
    found
}

/// Finds the comments in the first pages of an Ogg file.
pub(super) fn ogg(head: &[u8]) -> Vec<Found> {
    let marks = [b"\x03vorbis".as_slice(), b"OpusTags", b"\x81theora"];
    let comments = marks.iter().filter_map(|mark| Some(&head[memchr::memmem::find(head, mark)? + mark.len()..]));
    comments.flat_map(vorbis_comments).collect()
}

/// Reads the program and the fields `NAME=value`. (Ogg Vorbis I, 5.)
fn vorbis_comments(block: &[u8]) -> Vec<Found> {
    let text = |at: usize| {
        let length = u32::from_le_bytes(block.get(at..at + 4)?.try_into().ok()?) as usize;
        Some((block.get(at + 4..at.checked_add(4)?.checked_add(length)?)?, at + 4 + length))
    };
    let Some((vendor, mut at)) = text(0) else { return one(Detail::Other, words_in(&block[..block.len().min(4096)])) };
    let mut found = one(Detail::Program, text_of(vendor));
    at += 4;
    while let Some((field, next)) = text(at) {
        let field = text_of(field);
        let (name, value) = field.split_once('=').unwrap_or(("comment", &field));
        // A cover in Base64 is not text.
        if !name.eq_ignore_ascii_case("metadata_block_picture") {
            found.extend(detail_of(name).into_iter().flat_map(|detail| one(detail, value)));
        }
        at = next;
    }
    found
}

//! Blanks everything in an AVIF that reveals more than the picture, without moving anything: items are found by their
//! offset.
//!
//! The boxes that a picture needs are an allowlist; all others become empty space of the same length. (ISO/IEC
//! 14496-12.)

use std::ops::Range;

use super::icc;

/// Boxes that contain boxes, with the number of bytes before the first of them.
const CONTAINERS: &[(&[u8; 4], usize)] = &[
    (b"moov", 0),
    (b"trak", 0),
    (b"mdia", 0),
    (b"minf", 0),
    (b"dinf", 0),
    (b"stbl", 0),
    (b"edts", 0),
    (b"meta", 4),
    (b"iprp", 0),
    (b"ipco", 0),
    (b"dref", 8),
    (b"stsd", 8),
    (b"av01", 78),
];
/// The range of the encoder's name in the description of an AV1 track.
const ENCODER: Range<usize> = 42..74;
/// Boxes that a decoder reads.
const NEEDED: &[&[u8; 4]] = &[
    b"ftyp", b"mdat", b"pitm", b"iloc", b"iref", b"idat", b"ipma", b"grpl", b"ispe", b"pixi", b"av1C", b"auxC",
    b"irot", b"imir", b"pasp", b"clap", b"clli", b"mdcv", b"cclv", b"a1op", b"lsel", b"a1lx", b"amve", b"vmhd",
    b"nmhd", b"stts", b"stsc", b"stsz", b"stco", b"co64", b"stss", b"ctts", b"elst", b"tref", b"auxi", b"ccst",
    b"btrt",
];
/// Boxes that are blanked in part.
const CLEANED: &[&[u8; 4]] = &[b"colr", b"iinf", b"mvhd", b"mdhd", b"tkhd", b"hdlr", b"url "];
/// The deepest nesting of boxes that is read; real images have five levels.
const MOST_LEVELS: usize = 32;
/// Types of items that are pictures or composed of pictures.
const PICTURES: &[&[u8; 4]] = &[b"av01", b"grid", b"iovl", b"iden", b"tmap"];

/// Returns whether a file is marked as an AVIF, by its first brand or a compatible one.
pub(super) fn is_avif(bytes: &[u8]) -> bool {
    let is_brand = |brand: &[u8]| matches!(brand, b"avif" | b"avis");
    match box_at(bytes, 0..bytes.len()) {
        Some((kind, inside)) if kind == *b"ftyp" => bytes[inside].chunks_exact(4).take(32).any(is_brand),
        _ => false,
    }
}

/// Cleans an AVIF.
///
/// # Errors
/// Returns the reason in words if the image is broken or an item in it does not belong to its picture.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut clean = bytes.to_vec();
    let end = clean_boxes(&mut clean, 0..bytes.len(), None, 0)?;
    clean.truncate(end);
    Ok(clean)
}

/// Cleans the boxes in `range`, which lies in `level` others, and returns the end of the last one.
fn clean_boxes(bytes: &mut [u8], range: Range<usize>, parent: Option<[u8; 4]>, level: usize) -> Result<usize, String> {
    if level > MOST_LEVELS {
        return Err("the image ends too early".to_owned());
    }
    let mut at = range.start;
    while let Some((kind, inside)) = box_at(bytes, at..range.end) {
        let name = at + 4..at + 8;
        at = inside.end;
        if let Some((_, before)) = CONTAINERS.iter().find(|(container, _)| **container == kind) {
            let start = (inside.start + before).min(inside.end);
            if kind == *b"av01" && start - inside.start == *before {
                bytes[inside.start + ENCODER.start..inside.start + ENCODER.end].fill(0);
            }
            let end = clean_boxes(bytes, start..inside.end, Some(kind), level + 1)?;
            bytes[end..inside.end].fill(0);
        } else {
            clean_leaf(bytes, kind, inside.clone())?;
            // Properties are referred to by their index, so a blanked one keeps its type.
            if !is_needed(&kind) {
                bytes[inside].fill(0);
                if parent != Some(*b"ipco") {
                    bytes[name].copy_from_slice(b"free");
                }
            }
        }
    }
    Ok(at)
}

/// Returns the type of the box at the start of `range` and the range of its content; `None` if there is no complete
/// box.
fn box_at(bytes: &[u8], range: Range<usize>) -> Option<([u8; 4], Range<usize>)> {
    let header = bytes.get(range.start..range.start.checked_add(8)?)?;
    let kind = [header[4], header[5], header[6], header[7]];
    let short = u32::from_be_bytes([header[0], header[1], header[2], header[3]]) as usize;
    let (length, header) = match short {
        0 => (range.end.checked_sub(range.start)?, 8),
        1 => {
            let long = bytes.get(range.start + 8..range.start + 16)?;
            (usize::try_from(u64::from_be_bytes(long.try_into().ok()?)).ok()?, 16)
        }
        length => (length, 8),
    };
    let end = range.start.checked_add(length)?;
    (length >= header && end <= range.end).then_some((kind, range.start + header..end))
}

fn is_needed(kind: &[u8; 4]) -> bool {
    NEEDED.contains(&kind) || CLEANED.contains(&kind)
}

/// Blanks the parts of a box that reveal more than the picture needs.
fn clean_leaf(bytes: &mut [u8], kind: [u8; 4], inside: Range<usize>) -> Result<(), String> {
    let behind = |start: usize| (inside.start + start).min(inside.end)..inside.end;
    match &kind {
        // Colours, given by number or as a profile.
        b"colr" if !bytes[inside.clone()].starts_with(b"nclx") => {
            icc::clean_in_place(&mut bytes[behind(4)]);
        }
        b"iinf" => return clean_items(bytes, inside),
        b"mvhd" | b"mdhd" | b"tkhd" => blank_dates(bytes, inside),
        // The handler of the data, with a name after its fixed part.
        b"hdlr" => bytes[behind(24)].fill(0),
        // The location of data in another file.
        b"url " => bytes[behind(4)].fill(0),
        _ => {}
    }
    Ok(())
}

/// Blanks the dates of creation and modification, of four or eight bytes each.
fn blank_dates(bytes: &mut [u8], inside: Range<usize>) {
    let Some(content) = bytes.get_mut(inside) else { return };
    let length = if content.first() == Some(&1) { 16 } else { 8 };
    content.iter_mut().skip(4).take(length).for_each(|byte| *byte = 0);
}

/// Blanks the names of items and rejects items that are not pictures.
fn clean_items(bytes: &mut [u8], inside: Range<usize>) -> Result<(), String> {
    let version = bytes.get(inside.start).copied().unwrap_or_default();
    let mut at = (inside.start + if version == 0 { 6 } else { 8 }).min(inside.end);
    while let Some((kind, entry)) = box_at(bytes, at..inside.end) {
        at = entry.end;
        // Version 3 has item ids of four bytes, version 2 of two.
        let name = entry.start + if bytes.get(entry.start) == Some(&3) { 14 } else { 12 };
        let is_picture = name <= entry.end && PICTURES.iter().any(|picture| bytes[name - 4..name] == **picture);
        if kind != *b"infe" || !is_picture {
            return Err("the image holds EXIF or XMP data, which can tell place and time: save it without".to_owned());
        }
        bytes[name..entry.end].fill(0);
    }
    bytes[at..inside.end].fill(0);
    Ok(())
}

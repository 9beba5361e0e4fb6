//! Reduces an icon file to its pictures and cleans each PNG in it.

use super::png;

const ENTRY: usize = 16;

/// Cleans an ICO or CUR; returns its bytes and the size of its first picture.
pub(super) fn clean(bytes: &[u8]) -> Option<(Vec<u8>, (u32, u32))> {
    let count = usize::from(u16::from_le_bytes([*bytes.get(4)?, *bytes.get(5)?]));
    let mut data = 6 + count * ENTRY;
    let mut clean = bytes.get(..data)?.to_vec();
    for entry in (0..count).map(|entry| 6 + entry * ENTRY) {
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
        let (length, start) = (number(entry + 8)?, number(entry + 12)?);
        let picture = clean_picture(bytes.get(start..start.checked_add(length)?)?)?;
        clean[entry + 8..entry + 12].copy_from_slice(&u32::try_from(picture.len()).ok()?.to_le_bytes());
        clean[entry + 12..entry + 16].copy_from_slice(&u32::try_from(data).ok()?.to_le_bytes());
        data += picture.len();
        clean.extend(picture);
    }
    let side = |at: usize| bytes.get(at).map(|side| if *side == 0 { 256 } else { u32::from(*side) });
    (count > 0).then_some((clean, (side(6)?, side(7)?)))
}

fn clean_picture(picture: &[u8]) -> Option<Vec<u8>> {
    if picture.starts_with(b"\x89PNG") {
        return Some(png::clean(picture).ok()?.0);
    }
    bitmap_length(picture).and_then(|length| picture.get(..length)).map(<[u8]>::to_vec)
}

/// Returns the length in bytes of a bitmap with header, palette, colours and mask; bytes after that are no picture.
fn bitmap_length(bitmap: &[u8]) -> Option<usize> {
    let number = |at: usize| Some(u32::from_le_bytes(bitmap.get(at..at + 4)?.try_into().ok()?) as usize);
    let (header, width, height) = (number(0)?, number(4)?, number(8)? / 2);
    let bits = usize::from(u16::from_le_bytes([*bitmap.get(14)?, *bitmap.get(15)?]));
    let used = number(32)?;
    if header != 40 || width > 1024 || height > 1024 || bits > 32 {
        return None;
    }
    let palette = if bits > 8 {
        0
    } else if used == 0 {
        4 << bits
    } else {
        used.min(256) * 4
    };
    let row = |bits: usize| (width * bits).div_ceil(32) * 4;
    let pixels = row(bits) * height;
    // A mask may be missing if the colours have an alpha channel.
    Some((header + palette + pixels + row(1) * height).min(bitmap.len()))
}

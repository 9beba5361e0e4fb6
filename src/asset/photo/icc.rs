//! Reduces an ICC colour profile to the tags that colours are computed from: no names, dates, devices or private tags.

use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{Read as _, Write as _};

/// Tags that a colour is computed from (ICC.1:2022, 9.2): matrix, curves, lookup tables, white points, coding.
const KEPT: &[&[u8; 4]] = &[
    b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"chad", b"A2B0", b"A2B1",
    b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"D2B1", b"D2B2", b"D2B3", b"B2D0", b"B2D1", b"B2D2", b"B2D3",
    b"gamt", b"cicp",
];
const HEADER: usize = 128;
/// The limit in bytes for a profile; one with lookup tables for print usually has a megabyte.
const MOST_BYTES: u64 = 8 << 20;

/// Returns the profile without anything that reveals more than its colours; `None` if it is broken, which browsers
/// ignore as well.
pub(super) fn clean(profile: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_be_bytes(profile.get(at..at + 4)?.try_into().ok()?) as usize);
    if profile.get(36..40)? != b"acsp" {
        return None;
    }
    let count = number(HEADER)?.min(100);
    let mut tags: Vec<(&[u8], &[u8])> = Vec::new();
    for entry in (0..count).map(|tag| HEADER + 4 + tag * 12) {
        let (name, start, length) = (profile.get(entry..entry + 4)?, number(entry + 4)?, number(entry + 8)?);
        if KEPT.iter().any(|kept| *kept == name) {
            tags.push((name, profile.get(start..start.checked_add(length)?)?));
        }
    }
    Some(written(header(profile), &tags))
}

/// Returns the header without size, program, date, device and the profile's own hash.
fn header(profile: &[u8]) -> Vec<u8> {
    let mut header = profile[..HEADER].to_vec();
    for told in [0..8, 24..36, 40..44, 48..64, 80..HEADER] {
        header[told].fill(0);
    }
    header
}

/// Appends these tags to the header `profile`; tags that share their data still share it.
fn written(mut profile: Vec<u8>, tags: &[(&[u8], &[u8])]) -> Vec<u8> {
    let big = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let mut places: Vec<(&[u8], usize)> = Vec::new();
    let mut data = Vec::new();
    profile.extend(big(tags.len()));
    for (name, content) in tags {
        let known =
            places.iter().find(|(shared, _)| shared.as_ptr() == content.as_ptr() && shared.len() == content.len());
        let place = known.map_or(data.len(), |(_, place)| *place);
        if known.is_none() {
            places.push((content, place));
            data.extend_from_slice(content);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        profile.extend_from_slice(name);
        profile.extend(big(HEADER + 4 + tags.len() * 12 + place));
        profile.extend(big(content.len()));
    }
    profile.extend(data);
    let size = big(profile.len());
    profile[..4].copy_from_slice(&size);
    profile
}

/// Returns the cleaned content of a PNG's `iCCP` chunk: a neutral name and the compressed profile.
pub(super) fn clean_png_chunk(chunk: &[u8]) -> Option<Vec<u8>> {
    let name_end = memchr::memchr(0, chunk)?;
    let mut profile = Vec::new();
    ZlibDecoder::new(chunk.get(name_end + 2..)?).take(MOST_BYTES).read_to_end(&mut profile).ok()?;
    let mut compressed = ZlibEncoder::new(b"ICC\0\0".to_vec(), flate2::Compression::default());
    compressed.write_all(&clean(&profile)?).ok()?;
    compressed.finish().ok()
}

/// Cleans a profile without changing its length, padded after the last tag: for containers in which nothing may move.
pub(super) fn clean_in_place(profile: &mut [u8]) {
    let mut clean = clean(profile).filter(|clean| clean.len() <= profile.len()).unwrap_or_default();
    clean.resize(profile.len(), 0);
    if let Some(size) = clean.get_mut(..4) {
        size.copy_from_slice(&u32::try_from(profile.len()).unwrap_or(u32::MAX).to_be_bytes());
    }
    profile.copy_from_slice(&clean);
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Builds a profile of one curve that two tags share, with a name and a date.
    pub(in super::super) fn profile(secret: &[u8]) -> Vec<u8> {
        let mut profile = vec![0; HEADER];
        profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
        profile[24..30].copy_from_slice(b"\x07\xea\0\x0b\0\x1c");
        profile[36..40].copy_from_slice(b"acsp");
        profile[80..84].copy_from_slice(b"anna");
        profile.extend(3u32.to_be_bytes());
        for (name, at, length) in [(b"rTRC", 168u32, 14u32), (b"gTRC", 168, 14), (b"desc", 184, secret.len() as u32)] {
            profile.extend(name);
            profile.extend(at.to_be_bytes());
            profile.extend(length.to_be_bytes());
        }
        profile.extend(b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0");
        profile.extend(secret);
        profile
    }

    #[test]
    fn a_profile_keeps_its_curves_and_says_nothing_else() {
        let secret = b"desc Annas skaerm".as_slice();
        let clean = clean(&profile(secret)).unwrap();
        assert!(memchr::memmem::find(&clean, b"Annas").is_none() && memchr::memmem::find(&clean, b"anna").is_none());
        assert!(memchr::memmem::find(&clean, b"curv\0\0\0\0\0\0\0\x01\x02\x33").is_some());
        assert_eq!(memchr::memmem::find_iter(&clean, b"curv").count(), 1, "shared data is written once");
        assert_eq!(super::clean(&clean), Some(clean.clone()));
        assert_eq!(super::clean(b"profile"), None);
        assert_eq!(super::clean(&profile(secret)[..150]), None);
    }
}

//! Reduces a WebP to the chunks that its picture needs, also inside the frames of an animation.

use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{CHUNK_EXIF, CHUNK_ICCP, CHUNK_VP8X, WebP};
use img_parts::{Bytes, ImageEXIF};

use super::exif::{minimal_exif, orientation};
use super::icc;

const KEPT: &[&[u8; 4]] = &[b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
const KEPT_IN_FRAME: &[&[u8; 4]] = &[b"VP8 ", b"VP8L", b"ALPH"];
/// The length in bytes of a frame's position, size and duration, before its chunks.
const FRAME_HEADER: usize = 16;
const EXIF_FLAG: u8 = 0b1000;
const XMP_FLAG: u8 = 0b0100;
const ICC_FLAG: u8 = 0b10_0000;

/// Cleans a WebP; returns its bytes and its orientation.
///
/// # Errors
/// Returns an error if the file is no WebP.
pub(super) fn clean(bytes: &[u8]) -> Result<(Vec<u8>, u8), img_parts::Error> {
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(bytes))?;
    // Only the extended format has EXIF.
    let exif = webp.has_chunk(CHUNK_VP8X).then(|| webp.exif()).flatten();
    let orientation = exif.map_or(1, |exif| orientation(&exif));
    webp.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.id()));
    webp.chunks_mut().retain_mut(is_cleaned);
    if orientation != 1 {
        let exif = Bytes::copy_from_slice(&minimal_exif(orientation));
        webp.chunks_mut().push(RiffChunk::new(CHUNK_EXIF, RiffContent::Data(exif)));
    }
    let has_profile = webp.has_chunk(CHUNK_ICCP);
    for chunk in webp.chunks_mut().iter_mut().filter(|chunk| chunk.id() == CHUNK_VP8X) {
        if let RiffContent::Data(data) = chunk.content_mut() {
            let mut header = data.to_vec();
            if let Some(flags) = header.first_mut() {
                *flags &= !(EXIF_FLAG | XMP_FLAG | if has_profile { 0 } else { ICC_FLAG });
                *flags |= if orientation == 1 { 0 } else { EXIF_FLAG };
            }
            *data = header.into();
        }
    }
    Ok((webp.encoder().bytes().to_vec(), orientation))
}

/// Cleans the content of a chunk; returns false if nothing is left of it.
fn is_cleaned(chunk: &mut RiffChunk) -> bool {
    let id = chunk.id();
    let RiffContent::Data(data) = chunk.content_mut() else { return false };
    let clean = match &id {
        b"ANMF" => clean_frame(data),
        b"ICCP" => icc::clean(data),
        b"VP8X" => Some(data[..data.len().min(10)].to_vec()),
        b"ANIM" => Some(data[..data.len().min(6)].to_vec()),
        _ => return true,
    };
    let is_left = clean.is_some();
    *data = clean.unwrap_or_default().into();
    is_left
}

/// Returns a frame without the chunks that browsers skip.
fn clean_frame(frame: &[u8]) -> Option<Vec<u8>> {
    let mut clean = frame.get(..FRAME_HEADER)?.to_vec();
    let mut rest = &frame[FRAME_HEADER..];
    while let Some((header, data)) = rest.split_at_checked(8) {
        let length = u32::from_le_bytes(header[4..].try_into().ok()?) as usize;
        let padded = length.next_multiple_of(2).min(data.len());
        if KEPT_IN_FRAME.iter().any(|kept| header.starts_with(*kept)) {
            clean.extend_from_slice(header);
            clean.extend_from_slice(data.get(..length)?);
            clean.resize(clean.len().next_multiple_of(2), 0);
        }
        rest = &data[padded..];
    }
    Some(clean)
}

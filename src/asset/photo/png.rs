//! Reduces a PNG to the chunks that its picture needs.

use img_parts::png::{Png, PngChunk};
use img_parts::{Bytes, ImageEXIF};

use super::exif::{minimal_exif, orientation};
use super::icc;

/// Chunks that are kept: the coding, transparency, colour, resolution and animation.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI",
    b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Cleans a PNG, also an animated one; returns its bytes and its orientation.
///
/// # Errors
/// Returns an error if the file is no PNG.
pub(super) fn clean(bytes: &[u8]) -> Result<(Vec<u8>, u8), img_parts::Error> {
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes))?;
    let orientation = png.exif().map_or(1, |exif| orientation(&exif));
    png.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.kind()));
    clean_profile(png.chunks_mut());
    if orientation != 1 {
        png.set_exif(Some(Bytes::copy_from_slice(&minimal_exif(orientation))));
    }
    Ok((png.encoder().bytes().to_vec(), orientation))
}

/// Cleans the colour profile and removes a broken one.
fn clean_profile(chunks: &mut Vec<PngChunk>) {
    let Some(at) = chunks.iter().position(|chunk| chunk.kind() == *b"iCCP") else { return };
    let profile = icc::clean_png_chunk(chunks[at].contents());
    chunks.retain(|chunk| chunk.kind() != *b"iCCP");
    if let Some(profile) = profile {
        chunks.insert(at, PngChunk::new(*b"iCCP", profile.into()));
    }
}

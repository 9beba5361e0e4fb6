//! Reduces a JPEG to its picture, its colours and its orientation.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::{Bytes, ImageEXIF, ImageICC};

use super::exif::{minimal_exif, orientation};
use super::icc;

const ICC: &[u8] = b"ICC_PROFILE\0";
/// The number of bytes left in a segment after its length, the name of the profile and the numbers of its part.
const MOST_OF_PROFILE: usize = 65_533 - 14;

/// Cleans a JPEG; returns its bytes and its orientation.
///
/// # Errors
/// Returns an error if the file is no JPEG.
pub(super) fn clean(bytes: &[u8]) -> Result<(Vec<u8>, u8), img_parts::Error> {
    let jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(bytes))?;
    let orientation = jpeg.exif().map_or(1, |exif| orientation(&exif));
    let mut clean = vec![0xff, 0xd8];
    let mut exif = (orientation != 1).then(|| [b"Exif\0\0".as_slice(), &minimal_exif(orientation)].concat());
    let mut profile = jpeg.icc_profile().and_then(|profile| icc::clean(&profile));
    for segment in jpeg.segments().iter().filter(|segment| is_picture(segment)) {
        if segment.marker() != markers::APP0
            && let Some(exif) = exif.take()
        {
            push_segment(&mut clean, markers::APP1, &exif);
        }
        if segment.marker() != markers::APP0 {
            profile.take().iter().for_each(|profile| push_profile(&mut clean, profile));
        }
        let contents = segment.contents();
        if segment.marker() == markers::APP14 {
            // The name and the colour transform.
            push_segment(&mut clean, markers::APP14, &contents[..contents.len().min(12)]);
        } else if segment.marker() == markers::APP0 {
            // The length and no thumbnail: it shows the photo as it was before it was cropped.
            let mut header = contents[..contents.len().min(12)].to_vec();
            header.resize(14, 0);
            push_segment(&mut clean, markers::APP0, &header);
        } else {
            push_segment(&mut clean, segment.marker(), contents);
        }
        // A scan header is followed by the rest of the file, which img-parts keeps but does not show.
        let rest = segment.len_with_entropy() - segment.len();
        push_scans(&mut clean, &bytes[bytes.len().saturating_sub(rest)..]);
    }
    if !clean.ends_with(&[0xff, markers::EOI]) {
        clean.extend([0xff, markers::EOI]);
    }
    Ok((clean, orientation))
}

/// Appends a colour profile in as many segments as it takes.
fn push_profile(out: &mut Vec<u8>, profile: &[u8]) {
    let parts = profile.chunks(MOST_OF_PROFILE);
    let count = u8::try_from(parts.len()).unwrap_or(u8::MAX);
    for (number, part) in (1..=count).zip(parts) {
        push_segment(out, markers::APP2, &[ICC, &[number, count], part].concat());
    }
}

/// Returns whether a segment belongs to the picture: the JFIF header, Adobe's colour transform, and the coding itself.
fn is_picture(segment: &JpegSegment) -> bool {
    match segment.marker() {
        markers::APP0 => segment.contents().starts_with(b"JFIF\0"),
        markers::APP14 => segment.contents().starts_with(b"Adobe"),
        marker => is_coding(marker),
    }
}

/// Whether a marker belongs to the coding of the picture: neither application data, nor a comment, nor an extension.
fn is_coding(marker: u8) -> bool {
    (0xc0..=0xdf).contains(&marker)
}

/// Appends a segment with its marker and length.
pub(super) fn push_segment(out: &mut Vec<u8>, marker: u8, contents: &[u8]) {
    // Contents come out of segments of at most this length, or are of a few bytes.
    let length = u16::try_from(contents.len() + 2).unwrap_or(u16::MAX);
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend(contents);
}

/// Copies the scans from the rest of the file, up to the end of the image: what comes after
/// may be a second photo or a film with its own metadata. Application data between scans goes too.
fn push_scans(out: &mut Vec<u8>, rest: &[u8]) {
    let mut at = 0;
    while at < rest.len() {
        let (byte, marker) = (rest[at], rest.get(at + 1).copied());
        match (byte, marker) {
            (0xff, Some(markers::EOI)) => {
                out.extend([0xff, markers::EOI]);
                return;
            }
            // Stuffing, restarts and fill bytes have no length.
            (0xff, Some(marker)) if !matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8 | 0xff) => {
                let length =
                    rest.get(at + 2..at + 4).map_or(0, |length| usize::from(length[0]) << 8 | usize::from(length[1]));
                let end = (at + 2 + length.max(2)).min(rest.len());
                if is_coding(marker) {
                    out.extend(&rest[at..end]);
                }
                at = end;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
}

//! A raster image loses what tells more than its picture: place, time, camera, names, thumbnails, trailing data.
//!
//! What stays is a list of the parts that a picture needs, so that metadata not thought of goes too. Colour
//! profiles stay. GIF stays as it is (it has no EXIF; comments in it are its author's). AVIF keeps its metadata
//! in items that other parts point into by offset: one with EXIF or XMP is refused rather than rewritten.

mod exif;
mod jpeg;

use img_parts::png::Png;
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{CHUNK_EXIF, CHUNK_VP8X, WebP};
use img_parts::{Bytes, ImageEXIF};

use exif::{minimal_exif, orientation};

/// A kind of raster image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG, animated too.
    Png,
    /// WebP.
    WebP,
    /// GIF.
    Gif,
    /// AVIF.
    Avif,
}

/// A cleaned image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Width and height in pixels as shown, a turned photo turned.
    pub size: (u32, u32),
}

/// Cleans `bytes`, which the file's name says are of this `format`.
///
/// A photo that is to be shown turned keeps a minimal EXIF block with the orientation alone.
///
/// # Errors
/// The reason in words, where the image is broken, not of this format, or cannot be cleaned.
pub fn clean(bytes: &[u8], format: Format) -> Result<Photo, String> {
    if !matches_format(bytes, format) {
        return Err("the file is not of the format that its name says".to_owned());
    }
    let broken = |error: img_parts::Error| format!("the image is broken: {error}");
    let (bytes, orientation) = match format {
        Format::Jpeg => jpeg::clean(bytes).map_err(broken)?,
        Format::Png => clean_png(bytes).map_err(broken)?,
        Format::WebP => clean_webp(bytes).map_err(broken)?,
        Format::Gif => (bytes.to_vec(), 1),
        Format::Avif if has_metadata_item(bytes) => {
            return Err("the image holds EXIF or XMP data, which can tell place and time: save it without".to_owned());
        }
        Format::Avif => (bytes.to_vec(), 1),
    };
    let size = imagesize::blob_size(&bytes).map_err(|error| format!("the image has no size: {error}"))?;
    let (width, height) = if orientation >= 5 { (size.height, size.width) } else { (size.width, size.height) };
    let pixels = |length: usize| u32::try_from(length).ok().filter(|length| *length > 0);
    match (pixels(width), pixels(height)) {
        (Some(width), Some(height)) => Ok(Photo { bytes, size: (width, height) }),
        _ => Err("the image has no size".to_owned()),
    }
}

fn matches_format(bytes: &[u8], format: Format) -> bool {
    match format {
        Format::Jpeg => bytes.starts_with(&[0xff, 0xd8, 0xff]),
        Format::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        Format::WebP => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        Format::Gif => bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a"),
        Format::Avif => bytes.get(4..8) == Some(b"ftyp") && matches!(bytes.get(8..12), Some(b"avif" | b"avis")),
    }
}

fn clean_png(bytes: &[u8]) -> Result<(Vec<u8>, u8), img_parts::Error> {
    // Critical chunks begin with a capital; these besides: transparency, colour, resolution, animation.
    const KEPT: &[&[u8; 4]] = &[
        b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"pHYs", b"acTL",
        b"fcTL", b"fdAT",
    ];
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes))?;
    let orientation = png.exif().map_or(1, |exif| orientation(&exif));
    png.chunks_mut().retain(|chunk| chunk.kind()[0].is_ascii_uppercase() || KEPT.contains(&&chunk.kind()));
    if orientation != 1 {
        png.set_exif(Some(Bytes::copy_from_slice(&minimal_exif(orientation))));
    }
    Ok((png.encoder().bytes().to_vec(), orientation))
}

fn clean_webp(bytes: &[u8]) -> Result<(Vec<u8>, u8), img_parts::Error> {
    const KEPT: &[&[u8; 4]] = &[b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    const EXIF_FLAG: u8 = 0b1000;
    const XMP_FLAG: u8 = 0b0100;
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(bytes))?;
    // Only the extended format has EXIF.
    let exif = webp.has_chunk(CHUNK_VP8X).then(|| webp.exif()).flatten();
    let orientation = exif.map_or(1, |exif| orientation(&exif));
    webp.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.id()));
    if orientation != 1 {
        let exif = Bytes::copy_from_slice(&minimal_exif(orientation));
        webp.chunks_mut().push(RiffChunk::new(CHUNK_EXIF, RiffContent::Data(exif)));
    }
    for chunk in webp.chunks_mut().iter_mut().filter(|chunk| chunk.id() == CHUNK_VP8X) {
        if let RiffContent::Data(data) = chunk.content_mut() {
            let mut header = data.to_vec();
            if let Some(flags) = header.first_mut() {
                *flags &= !(EXIF_FLAG | XMP_FLAG);
                *flags |= if orientation == 1 { 0 } else { EXIF_FLAG };
            }
            *data = header.into();
        }
    }
    Ok((webp.encoder().bytes().to_vec(), orientation))
}

/// Whether an `infe` box lists an item of EXIF or XMP (ISO/IEC 14496-12, 8.11.6; ISO/IEC 23008-12, annex A).
fn has_metadata_item(avif: &[u8]) -> bool {
    memchr::memmem::find_iter(avif, b"infe").any(|at| {
        let entry = &avif[at + 4..];
        // Version 3 has item ids of four bytes, version 2 of two.
        let kind = if entry.first() == Some(&3) { entry.get(10..14) } else { entry.get(8..12) };
        matches!(kind, Some(b"Exif" | b"mime" | b"uri "))
    })
}

#[cfg(test)]
mod tests {
    use img_parts::ImageICC;
    use img_parts::jpeg::{Jpeg, markers};
    use img_parts::png::PngChunk;
    use proptest::prelude::*;

    use super::jpeg::push_segment;
    use super::*;

    const SECRET: &[u8] = b"GPS 55.4 11.6";

    fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        push_segment(&mut bytes, marker, contents);
        bytes
    }

    fn secret_exif(orientation: u8) -> Vec<u8> {
        [minimal_exif(orientation).as_slice(), SECRET].concat()
    }

    fn jpeg(orientation: u8) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        bytes.extend(segment(markers::APP0, &[b"JFIF\0\x01\x02\0\0\x01\0\x01\x02\x02".as_slice(), SECRET].concat()));
        bytes.extend(segment(markers::APP1, &[b"Exif\0\0".as_slice(), &secret_exif(orientation)].concat()));
        bytes.extend(segment(markers::APP1, &[b"http://ns.adobe.com/xap/1.0/\0".as_slice(), SECRET].concat()));
        bytes.extend(segment(markers::APP2, b"ICC_PROFILE\0\x01\x01profile"));
        bytes.extend(segment(markers::APP2, &[b"MPF\0".as_slice(), SECRET].concat()));
        bytes.extend(segment(markers::APP13, SECRET));
        bytes.extend(segment(markers::COM, SECRET));
        bytes.extend(segment(markers::SOF2, &[8, 0, 30, 0, 40, 1, 1, 0x11, 0]));
        bytes.extend(segment(markers::SOS, &[1, 1, 0, 0, 63, 0]));
        bytes.extend([1, 0xff, 0, 2, 0xff, 0xd0, 3]);
        bytes.extend(segment(markers::COM, SECRET));
        bytes.extend(segment(markers::SOS, &[1, 1, 0, 0, 63, 1]));
        bytes.extend([4, 0xff, 0xd9]);
        bytes.extend([0xff, 0xd8]);
        bytes.extend(SECRET);
        bytes
    }

    fn png(exif: Option<u8>) -> Vec<u8> {
        let plain = b"\x89PNG\r\n\x1a\n".as_slice();
        let mut png = Png::from_bytes(Bytes::from_static(plain)).unwrap();
        let mut push = |kind: &[u8; 4], data: &[u8]| {
            png.chunks_mut().push(PngChunk::new(*kind, Bytes::copy_from_slice(data)));
        };
        push(b"IHDR", &[0, 0, 0, 40, 0, 0, 0, 30, 8, 2, 0, 0, 0]);
        push(b"gAMA", &[0, 0, 0, 1]);
        for kind in [b"tEXt", b"iTXt", b"zTXt", b"tIME", b"caBX"] {
            push(kind, SECRET);
        }
        if let Some(orientation) = exif {
            push(b"eXIf", &secret_exif(orientation));
        }
        push(b"IDAT", b"pixels");
        push(b"IEND", b"");
        [png.encoder().bytes().to_vec(), SECRET.to_vec()].concat()
    }

    fn webp(orientation: u8) -> Vec<u8> {
        let chunks: [(&[u8; 4], Vec<u8>); 5] = [
            (b"VP8X", vec![0b0000_1100, 0, 0, 0, 39, 0, 0, 29, 0, 0]),
            (b"VP8 ", b"\x50\x5a\x00\x9d\x01\x2a\x28\x00\x1e\x00".to_vec()),
            (b"EXIF", secret_exif(orientation)),
            (b"XMP ", SECRET.to_vec()),
            (b"oops", SECRET.to_vec()),
        ];
        let chunk = |(id, data): (&[u8; 4], Vec<u8>)| RiffChunk::new(*id, RiffContent::Data(data.into()));
        let subchunks = chunks.into_iter().map(chunk).collect();
        let riff = RiffChunk::new(*b"RIFF", RiffContent::List { kind: Some(*b"WEBP"), subchunks });
        [riff.encoder().bytes().to_vec(), SECRET.to_vec()].concat()
    }

    fn holds(bytes: &[u8], needle: &[u8]) -> bool {
        memchr::memmem::find(bytes, needle).is_some()
    }

    #[test]
    fn nothing_but_the_picture_is_left() {
        for (bytes, format) in
            [(jpeg(1), Format::Jpeg), (png(Some(1)), Format::Png), (png(None), Format::Png), (webp(1), Format::WebP)]
        {
            assert!(holds(&bytes, SECRET));
            let photo = clean(&bytes, format).unwrap();
            assert!(!holds(&photo.bytes, SECRET), "{format:?}");
            assert!(!holds(&photo.bytes, b"Exif"), "{format:?}");
            assert_eq!(photo.size, (40, 30), "{format:?}");
            assert_eq!(clean(&photo.bytes, format).unwrap(), photo);
        }
    }

    #[test]
    fn a_turned_photo_stays_turned() {
        for (bytes, format) in [(jpeg(6), Format::Jpeg), (png(Some(6)), Format::Png), (webp(6), Format::WebP)] {
            let photo = clean(&bytes, format).unwrap();
            assert_eq!(photo.size, (30, 40), "{format:?}");
            assert!(!holds(&photo.bytes, SECRET), "{format:?}");
            assert!(holds(&photo.bytes, &minimal_exif(6)), "{format:?}");
        }
        assert_eq!(clean(&jpeg(3), Format::Jpeg).unwrap().size, (40, 30));
    }

    #[test]
    fn colours_and_scans_survive() {
        let photo = clean(&jpeg(1), Format::Jpeg).unwrap();
        let jpeg = Jpeg::from_bytes(photo.bytes.clone().into()).unwrap();
        assert_eq!(jpeg.icc_profile().unwrap(), "profile");
        let scans = [&[1, 0xff, 0, 2, 0xff, 0xd0, 3], &*segment(markers::SOS, &[1, 1, 0, 0, 63, 1]), &[4, 0xff, 0xd9]];
        assert!(photo.bytes.ends_with(&scans.concat()));
        let flags = clean(&webp(6), Format::WebP).unwrap().bytes[20];
        assert_eq!(flags, 0b1000);
    }

    #[test]
    fn what_cannot_be_cleaned_is_refused() {
        let avif = |kind: &[u8]| [b"\0\0\0\x0cftypavif....infe\x02\0\0\0\0\x01\0\0".as_slice(), kind].concat();
        assert!(has_metadata_item(&avif(b"Exif")));
        assert!(!has_metadata_item(&avif(b"av01")));
        assert!(clean(&avif(b"Exif"), Format::Avif).unwrap_err().contains("EXIF"));
        assert!(clean(&jpeg(1), Format::Gif).is_err());
        assert!(clean(&jpeg(1)[..40], Format::Jpeg).is_err());
        assert!(clean(&png(None)[..60], Format::Png).is_err());
        assert!(clean(b"", Format::Png).is_err());
        assert_eq!(clean(b"GIF89a\x28\0\x1e\0\0\0\0\x3b", Format::Gif).unwrap().size, (40, 30));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(flips in prop::collection::vec((0usize..400, any::<u8>()), 0..6)) {
            for (mut bytes, format) in [(jpeg(6), Format::Jpeg), (png(Some(6)), Format::Png), (webp(6), Format::WebP)] {
                for (at, byte) in &flips {
                    let at = at % bytes.len();
                    bytes[at] = *byte;
                }
                let _ = clean(&bytes, format);
            }
        }
    }
}

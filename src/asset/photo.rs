//! Removes everything from a raster image that reveals more than its picture: place, time, camera, names, thumbnails,
//! trailing data.
//!
//! The parts that a picture needs are an allowlist, so that unknown metadata is removed too. Colour profiles stay,
//! without their names and dates. AVIF keeps its metadata in items that other parts point into by offset: one with EXIF
//! or XMP is rejected rather than rewritten.

mod avif;
mod exif;
mod gif;
mod icc;
mod ico;
mod jpeg;
mod png;
mod webp;

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
    /// An icon or a cursor of Windows.
    Ico,
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
/// Returns the reason in words if the image is broken, not of this format, or cannot be cleaned.
pub fn clean(bytes: &[u8], format: Format) -> Result<Photo, String> {
    if format_of(bytes) != Some(format) {
        return Err("the file is not of the format that its name says".to_owned());
    }
    let broken = |error: img_parts::Error| format!("the image is broken: {error}");
    let whole = |clean: Option<Vec<u8>>| clean.ok_or_else(|| "the image ends too early".to_owned());
    let (bytes, orientation) = match format {
        Format::Jpeg => jpeg::clean(bytes).map_err(broken)?,
        Format::Png => png::clean(bytes).map_err(broken)?,
        Format::WebP => webp::clean(bytes).map_err(broken)?,
        Format::Gif => (whole(gif::clean(bytes))?, 1),
        Format::Avif => (avif::clean(bytes)?, 1),
        Format::Ico => {
            let icon = ico::clean(bytes).ok_or_else(|| "the image ends too early".to_owned());
            return icon.map(|(bytes, size)| Photo { bytes, size });
        }
    };
    let size = imagesize::blob_size(&bytes).map_err(|error| format!("the image has no size: {error}"))?;
    let (width, height) = if orientation >= 5 { (size.height, size.width) } else { (size.width, size.height) };
    let pixels = |length: usize| u32::try_from(length).ok().filter(|length| *length > 0);
    match (pixels(width), pixels(height)) {
        (Some(width), Some(height)) => Ok(Photo { bytes, size: (width, height) }),
        _ => Err("the image has no size".to_owned()),
    }
}

/// Returns the format of an image that can be cleaned, detected from its first bytes.
pub fn format_of(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Format::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [0, 0, 1 | 2, 0, count, 0, ..] if *count > 0 => Some(Format::Ico),
        _ => avif::is_avif(bytes).then_some(Format::Avif),
    }
}

#[cfg(test)]
mod tests {
    use img_parts::jpeg::{Jpeg, markers};
    use img_parts::png::{Png, PngChunk};
    use img_parts::riff::{RiffChunk, RiffContent};
    use img_parts::{Bytes, ImageICC};
    use proptest::prelude::*;

    use super::exif::minimal_exif;
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
        let profile = super::icc::tests::profile(SECRET);
        bytes.extend(segment(markers::APP2, &[b"ICC_PROFILE\0\x01\x01", &*profile].concat()));
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
        let profile = jpeg.icc_profile().unwrap();
        assert!(holds(&profile, b"curv") && !holds(&profile, SECRET));
        let scans = [&[1, 0xff, 0, 2, 0xff, 0xd0, 3], &*segment(markers::SOS, &[1, 1, 0, 0, 63, 1]), &[4, 0xff, 0xd9]];
        assert!(photo.bytes.ends_with(&scans.concat()));
        let flags = clean(&webp(6), Format::WebP).unwrap().bytes[20];
        assert_eq!(flags, 0b1000);
    }

    #[test]
    fn what_cannot_be_cleaned_is_refused() {
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

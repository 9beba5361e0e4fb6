//! Makes a photo ready for paper.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult};
use img_parts::Bytes;
use img_parts::jpeg::{Jpeg, markers};

use super::Picture;
use crate::asset::photo::Format;
use crate::diagnostic::unprintable::{MOST_MEGAPIXELS, Unprintable};

/// Of 100: what cameras save with.
const QUALITY: u8 = 92;
const MEGA: u64 = 1_000_000;

/// Makes a photo ready.
pub(super) fn photo(bytes: &Arc<[u8]>, format: Format) -> Picture {
    let Some(format) = format_for_print(format) else { return Picture::refused(Unprintable::Format) };
    match ready(bytes, format) {
        Ok(picture) => picture,
        Err(error) => Picture::refused(Unprintable::Unreadable(error.to_string())),
    }
}

/// The format that Typst reads; nothing of AVIF and icons.
fn format_for_print(format: Format) -> Option<ImageFormat> {
    match format {
        Format::Jpeg => Some(ImageFormat::Jpeg),
        Format::Png => Some(ImageFormat::Png),
        Format::WebP => Some(ImageFormat::WebP),
        Format::Gif => Some(ImageFormat::Gif),
        Format::Avif | Format::Ico => None,
    }
}

fn ready(bytes: &Arc<[u8]>, format: ImageFormat) -> ImageResult<Picture> {
    let mut decoder = ImageReader::with_format(Cursor::new(&**bytes), format).into_decoder()?;
    let (width, height) = decoder.dimensions();
    let megapixels = (u64::from(width) * u64::from(height)).div_ceil(MEGA);
    if megapixels > MOST_MEGAPIXELS {
        return Ok(Picture::refused(Unprintable::TooLarge { megapixels }));
    }
    let kept = Picture { bytes: Some(Arc::clone(bytes)), ..Picture::default() };
    match format {
        ImageFormat::Jpeg if is_for_press(bytes) => {
            let orientation = decoder.orientation()?;
            let mut photo = DynamicImage::from_decoder(decoder)?;
            photo.apply_orientation(orientation);
            let bytes = Some(in_screen_colors(photo)?);
            Ok(Picture { bytes, why: Some(Unprintable::PressColors), ..Picture::default() })
        }
        ImageFormat::Jpeg => Ok(kept),
        _ => DynamicImage::from_decoder(decoder).map(|_| kept),
    }
}

/// Whether a JPEG has four colours.
fn is_for_press(bytes: &[u8]) -> bool {
    let Ok(jpeg) = Jpeg::from_bytes(Bytes::copy_from_slice(bytes)) else { return false };
    let frame = jpeg.segments().iter().find(|segment| {
        matches!(segment.marker(), markers::SOF0..=markers::SOF15)
            && !matches!(segment.marker(), markers::DHT | markers::JPG | markers::DAC)
    });
    frame.is_some_and(|frame| frame.contents().get(5) == Some(&4))
}

fn in_screen_colors(photo: DynamicImage) -> ImageResult<Arc<[u8]>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&photo.into_rgb8())?;
    Ok(bytes.into())
}

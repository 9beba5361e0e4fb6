//! Reads the metadata of photos inside other files: EXIF, XMP, comments.

use std::io::Cursor;

use ::exif::{Field, In, Reader, Value};
use img_parts::Bytes;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;

use super::super::photo::{self, Format};
use super::vocabulary::detail_of;
use super::words::{text_of, wide_text};
use super::{one, xmp};
use crate::diagnostic::metadata::{Detail, Found};

/// Finds the metadata of a photo.
pub(super) fn find(photo: &[u8]) -> Vec<Found> {
    let mut found = xmp::find(photo);
    if let Ok(exif) = Reader::new().read_from_container(&mut Cursor::new(photo)) {
        found.extend(exif.fields().filter(|field| field.ifd_num == In::PRIMARY).flat_map(field_of));
    }
    found.extend(comments(photo));
    found
}

fn field_of(field: &Field) -> Vec<Found> {
    let name = field.tag.to_string();
    let bytes = match &field.value {
        Value::Ascii(texts) => texts.join(&b' '),
        Value::Undefined(bytes, _) if name == "UserComment" => bytes.get(8..).unwrap_or_default().to_vec(),
        Value::Rational(_) if matches!(&*name, "GPSLatitude" | "GPSLongitude") => {
            return one(Detail::Place, field.display_value().to_string());
        }
        // Titles, comments, names and keywords as Windows writes them.
        Value::Byte(bytes) if (0x9c9b..=0x9c9f).contains(&field.tag.number()) => {
            let detail = if field.tag.number() == 0x9c9d { Detail::Author } else { Detail::Comment };
            return one(detail, wide_text(bytes));
        }
        _ => return Vec::new(),
    };
    let is_reference =
        name.starts_with("GPS") && (name.ends_with("Ref") || name == "GPSMapDatum" || name == "GPSDateStamp");
    match detail_of(&name) {
        Some(detail) if !is_reference && !name.contains("Date") && !name.contains("Time") => {
            one(detail, text_of(&bytes))
        }
        _ => Vec::new(),
    }
}

/// Returns the comments of a JPEG and the text chunks of a PNG.
fn comments(photo: &[u8]) -> Vec<Found> {
    let bytes = || Bytes::copy_from_slice(photo);
    match photo::format_of(photo) {
        Some(Format::Jpeg) => {
            let Ok(jpeg) = Jpeg::from_bytes(bytes()) else { return Vec::new() };
            let comments = jpeg.segments_by_marker(markers::COM);
            comments.flat_map(|comment| one(Detail::Comment, text_of(comment.contents()))).collect()
        }
        Some(Format::Png) => {
            let Ok(png) = Png::from_bytes(bytes()) else { return Vec::new() };
            let is_text = |kind: [u8; 4]| matches!(&kind, b"tEXt" | b"iTXt" | b"zTXt");
            let is_xmp = |text: &[u8]| text.starts_with(b"XML:com.adobe");
            let texts = png.chunks().iter().filter(|chunk| is_text(chunk.kind()) && !is_xmp(chunk.contents()));
            texts.flat_map(|chunk| one(Detail::Comment, super::words::words_in(chunk.contents()))).collect()
        }
        _ => Vec::new(),
    }
}

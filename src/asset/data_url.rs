//! Cleans images in data URLs (`data:image/…`).

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{self, GeneralPurpose};
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};

use super::photo::{self, Format};
use super::svg;

/// The Base64 engine that decodes as browsers do: with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Returns the data URL with its image cleaned, or unchanged if nothing had to be cleaned.
///
/// # Errors
/// Returns the reason in words if the URL holds no raster image or one that cannot be cleaned.
pub fn clean(address: &str) -> Result<Cow<'_, str>, String> {
    let bytes = decoded(address).ok_or_else(|| "the image has no size".to_owned())?;
    let format =
        photo::format_of(&bytes).ok_or_else(|| "the file is not of the format that its name says".to_owned())?;
    let photo = photo::clean(&bytes, format)?;
    if photo.bytes == bytes {
        return Ok(address.into());
    }
    let encoded = general_purpose::STANDARD.encode(&photo.bytes);
    Ok(format!("data:image/{};base64,{encoded}", media_type(format)).into())
}

/// Returns the data URL with its drawing cleaned, or `None` if it stays as it is: an unsafe SVG stays too, since it
/// neither runs nor loads anything when it is shown as an image.
pub fn clean_drawing(address: &str) -> Option<String> {
    let text = String::from_utf8(decoded(address)?).ok()?;
    match svg::clean(&text).ok()?.text {
        Cow::Borrowed(_) => None,
        Cow::Owned(clean) => Some(format!("data:image/svg+xml;base64,{}", general_purpose::STANDARD.encode(clean))),
    }
}

/// Returns whether an address is a data URL of an image.
pub fn is_image(address: &str) -> bool {
    const START: &str = "data:image/";
    address.trim_start().get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START))
}

/// The file that an address holds.
pub fn decoded(address: &str) -> Option<Vec<u8>> {
    let (head, data) = address.split_once(',')?;
    let data: Vec<u8> = percent_encoding::percent_decode_str(data).collect();
    if !head.trim_end().to_ascii_lowercase().ends_with("base64") {
        return Some(data);
    }
    let data: Vec<u8> = data.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(data).ok()
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Jpeg => "jpeg",
        Format::Png => "png",
        Format::WebP => "webp",
        Format::Gif => "gif",
        Format::Avif => "avif",
        Format::Ico => "x-icon",
    }
}

//! Cleans an image that stands in its address, `data:image/…`.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{self, GeneralPurpose};
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};

use super::photo::{self, Format};
use super::svg;

/// As browsers read it: with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The address with its image cleaned; as it is where nothing was to be cleaned.
///
/// # Errors
/// The reason in words, where it holds no raster image or one that cannot be cleaned.
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

/// The address with its drawing cleaned. One that is no safe SVG stays: shown as an image it neither runs nor loads.
pub fn clean_drawing(address: &str) -> Option<String> {
    let text = String::from_utf8(decoded(address)?).ok()?;
    match svg::clean(&text).ok()?.text {
        Cow::Borrowed(_) => None,
        Cow::Owned(clean) => Some(format!("data:image/svg+xml;base64,{}", general_purpose::STANDARD.encode(clean))),
    }
}

/// Whether an address says that it is an image.
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

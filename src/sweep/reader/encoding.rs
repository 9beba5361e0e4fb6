//! Detects the encoding of text from its bytes: UTF-8, UTF-16 of either order, Latin-1 (Windows-1252), or none.

use std::borrow::Cow;

/// The result of decoding bytes.
#[derive(Debug, PartialEq, Eq)]
pub enum Decoded<'b> {
    /// Text.
    Text(Cow<'b, str>),
    /// No text.
    Binary,
}

/// The number of bytes from which the encoding is detected.
const SAMPLE: usize = 64 << 10;
/// The letters of Windows-1252 from 0x80 to 0x9F.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/// Decodes `bytes`, which may be cut out of a longer text at either end.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(big_endian) = utf16_order(sample) {
        return Decoded::Text(utf16(bytes, big_endian).into());
    }
    let is_control = |byte: &u8| *byte < b' ' && !matches!(*byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b);
    if sample.iter().any(is_control) {
        return Decoded::Binary;
    }
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Decoded::Text(text.into()),
        Err(_) => Decoded::Text(mixed(bytes).into()),
    }
}

/// Decodes each byte as a letter of Windows-1252.
pub fn latin(bytes: &[u8]) -> String {
    let windows: Vec<char> = WINDOWS.chars().collect();
    let letter = |byte: u8| match byte {
        0x80..=0x9F => windows.get(usize::from(byte - 0x80)).copied().unwrap_or(' '),
        _ => char::from(byte),
    };
    bytes.iter().map(|byte| letter(*byte)).collect()
}

/// Decodes UTF-8, and invalid parts as Windows-1252: files may contain both, and may be cut anywhere.
fn mixed(bytes: &[u8]) -> String {
    bytes.utf8_chunks().fold(String::with_capacity(bytes.len()), |mut text, chunk| {
        text.push_str(chunk.valid());
        text.push_str(&latin(chunk.invalid()));
        text
    })
}

/// Decodes UTF-16; an odd last byte is left out, and an unpaired surrogate becomes a space.
pub fn utf16(bytes: &[u8], big_endian: bool) -> String {
    let unit = |pair: &[u8; 2]| if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) };
    let units = bytes.as_chunks::<2>().0.iter().map(unit);
    char::decode_utf16(units).map(|letter| letter.unwrap_or(' ')).collect()
}

/// Returns, if `sample` is UTF-16, whether its high byte comes first: by its byte order mark, or by the zero bytes of
/// its letters below U+0100, which stand on one side and nowhere else.
fn utf16_order(sample: &[u8]) -> Option<bool> {
    match sample {
        [0xFF, 0xFE, ..] => return Some(false),
        [0xFE, 0xFF, ..] => return Some(true),
        _ => {}
    }
    let pairs = sample.as_chunks::<2>().0;
    let zeros = |side: usize| pairs.iter().filter(|pair| pair[side] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let is_most = |count: usize| count * 10 > pairs.len() * 7 && pairs.len() > 3;
    match (first, second) {
        (0, second) if is_most(second) => Some(false),
        (first, 0) if is_most(first) => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        match decode(bytes) {
            Decoded::Text(text) => text.into_owned(),
            Decoded::Binary => panic!("no text"),
        }
    }

    #[test]
    fn text_of_any_encoding_is_read() {
        let word = "Åby Bibliotek – 1";
        let pairs = |order: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        assert_eq!(text(word.as_bytes()), word);
        assert_eq!(text(b"\xC5by Bibliotek \x96 1"), word);
        assert_eq!(text(&[word.as_bytes(), b" \xC5"].concat()), format!("{word} Å"));
        assert!(text(&[b"\xFF\xFE".to_vec(), pairs(u16::to_le_bytes)].concat()).contains(word));
        assert!(text(&[b"\xFE\xFF".to_vec(), pairs(u16::to_be_bytes)].concat()).contains(word));
        assert_eq!(text(&pairs(u16::to_le_bytes)), word);
        assert_eq!(text(&pairs(u16::to_be_bytes)), word);
    }

    #[test]
    fn bytes_with_control_characters_are_no_text() {
        assert_eq!(decode(b"\x89PNG\0\x01Nordby\xE5"), Decoded::Binary);
    }
}

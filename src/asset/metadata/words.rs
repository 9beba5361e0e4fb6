//! Extracts text from bytes.

/// Decodes bytes of an unknown encoding: UTF-16 with a byte order mark, else UTF-8 or Latin-1.
pub(super) fn text_of(bytes: &[u8]) -> String {
    let wide = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

/// Decodes UTF-16 with the low byte first.
pub(super) fn wide_text(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Returns the words among other bytes: runs of text with at least four letters or digits.
pub(super) fn words_in(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let is_word = |run: &&str| run.chars().filter(|letter| letter.is_alphanumeric()).count() >= 4;
    let runs = text.split(|letter: char| letter.is_control() || letter == '\u{fffd}').map(str::trim).filter(is_word);
    runs.collect::<Vec<_>>().join(" ")
}

/// Collapses whitespace and control characters to single spaces.
pub(super) fn tidy(text: &str) -> String {
    let seen: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

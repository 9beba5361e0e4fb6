//! Cuts source text into the stretches that appear in outputs as they are written.

use std::ops::Range;

/// Characters that end a sentence, or that belong to markup: text is cut there.
const CUTS: &[char] = &[
    '.', '!', '?', ':', ';', '*', '_', '`', '[', ']', '(', ')', '{', '}', '<', '>', '&', '\'', '"', '|', '\\', '#',
    '~', '%', '^', '=', '\n', '\r', '\t',
];

/// The length from which a stretch counts as somebody's own.
#[derive(Debug, Clone, Copy)]
pub struct Least {
    /// The length in bytes.
    pub bytes: usize,
    /// The length in words.
    pub words: usize,
}

/// Returns the stretches of `text` that have at least this length, each with its byte range.
pub fn sentences(text: &str, least: Least) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    text.split(CUTS).filter_map(move |piece| {
        let piece_start = start;
        start += piece.len();
        start += text[start..].chars().next().map_or(0, char::len_utf8);
        let trimmed = piece.trim_matches(|letter: char| !letter.is_alphanumeric());
        let is_long =
            trimmed.len() >= least.bytes && trimmed.split(' ').count() >= least.words && !trimmed.contains("  ");
        let at = piece_start + (trimmed.as_ptr() as usize - piece.as_ptr() as usize);
        is_long.then_some((at..at + trimmed.len(), trimmed))
    })
}

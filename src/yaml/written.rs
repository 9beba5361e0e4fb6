//! A value that is known to the bytes it was written with: numbers as written, and texts that a `#` cut short.

use std::ops::Range;

use super::place;

/// Where the plain scalar stands that follows `key` (a slice of `text`) on its line; `None` where that
/// cannot be told without parsing.
pub fn after_key(text: &str, key: &str) -> Option<Range<usize>> {
    let end = place::inside(text, key)?.end;
    let rest = text[end..].strip_prefix(['"', '\'']).unwrap_or(&text[end..]);
    let value = rest.trim_start_matches(' ').strip_prefix(':')?.trim_start_matches([' ', '\t']);
    let length = value.find(|c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}')).unwrap_or(value.len());
    if length == 0 || value.starts_with(['&', '*', '!', '"', '\'']) {
        return None;
    }
    let start = text.len() - rest.len() + (rest.len() - value.len());
    Some(start..start + length)
}

/// The `#` that ends the plain text `value`, where one follows on its line.
///
/// `start_of_value` is asked only for texts over several lines or with escapes.
pub fn cut_short(text: &str, value: &str, start_of_value: impl FnOnce() -> Option<usize>) -> Option<usize> {
    let end = match place::inside(text, value) {
        Some(range) => range.end,
        None if !text.contains(" #") => return None,
        None => {
            let start = start_of_value()?;
            if text[start..].starts_with(['"', '\'', '|', '>']) {
                return None;
            }
            place::end_of_folded(text, start, value)?
        }
    };
    // A quotation mark after the value stops this, so only plain texts get past it.
    let rest = &text[end..];
    let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    (space > 0 && rest[space..].starts_with('#')).then_some(end + space)
}

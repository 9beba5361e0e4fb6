//! Recognises characters that nobody sees: zero-width characters, soft hyphens and direction marks, which editors and
//! web pages leave behind.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Returns whether `c` takes no space on the page and means nothing by itself: the `Default_Ignorable_Code_Point`s of
/// Unicode that occur in practice, and the marks around interlinear notes.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Returns whether `c` shows nothing: whitespace of any width, a control character or an invisible character.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c) || c == '\u{2800}'
}

/// Returns `text` without its invisible characters.
pub fn without_invisible(text: &str) -> Cow<'_, str> {
    match text.is_ascii() || !text.contains(is_invisible) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).collect()),
    }
}

/// Returns whether `text` is certain to have neither invisible nor decomposed characters, as nearly all Danish text is: all
/// of it is ASCII, or letters and signs up to ÿ, but for those that begin as the soft hyphen does.
pub fn is_plain(text: &str) -> bool {
    // Without a way out before the end, so that many bytes are looked at in one step.
    !text.bytes().fold(false, |found, byte| found | (byte >= 0xC2) & (byte != 0xC3))
}

/// Returns `text` as words are compared: in NFC and without invisible characters, but for those that join pictographs.
pub fn normalized(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let shown = without_invisible_in_words(text);
    match is_nfc_quick(shown.chars()) {
        IsNormalized::Yes => shown,
        _ => Cow::Owned(shown.nfc().collect()),
    }
}

/// Returns `text` without its invisible characters, but for joiners and variation selectors behind a pictograph.
fn without_invisible_in_words(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let joins = |c: char| matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    let mut is_pictograph = false;
    let kept = text.chars().filter(|c| {
        let is_kept = !is_invisible(*c) || joins(*c) && is_pictograph;
        is_pictograph = if is_invisible(*c) { is_pictograph } else { *c >= '\u{2190}' && !c.is_alphanumeric() };
        is_kept
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_marks_of_danish_are_visible() {
        assert!(!"Æøå é »–« \n".contains(is_invisible));
        assert_eq!(without_invisible("hånd\u{ad}bo\u{200b}gen\u{feff}"), "håndbogen");
        assert!(['\u{a0}', '\u{200b}', '\t', '\u{b}', '\u{3000}'].into_iter().all(is_blank));
    }

    #[test]
    fn words_are_compared_composed_and_without_what_nobody_sees() {
        assert_eq!(normalized("hånd\u{ad}bo\u{200d}gen, cafe\u{301} – »nu«"), "håndbogen, café – »nu«");
        assert_eq!(normalized("❤\u{fe0f} 👩\u{200d}🚒 a\u{fe0f}b"), "❤\u{fe0f} 👩\u{200d}🚒 ab");
        assert!(matches!(normalized("Æøå, ü"), Cow::Borrowed(_)));
    }
}

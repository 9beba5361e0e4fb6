//! Recognises characters that nobody sees: zero-width characters, soft hyphens and direction marks, which editors and
//! web pages leave behind.

use std::borrow::Cow;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_marks_of_danish_are_visible() {
        assert!(!"Æøå é »–« \n".contains(is_invisible));
        assert_eq!(without_invisible("hånd\u{ad}bo\u{200b}gen\u{feff}"), "håndbogen");
        assert!(['\u{a0}', '\u{200b}', '\t', '\u{b}', '\u{3000}'].into_iter().all(is_blank));
    }
}

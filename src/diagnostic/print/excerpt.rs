//! A line of a source and a range in it become a short, harmless line and a caret.

use std::ops::Range;

use super::harmless::harmless_char;

/// Characters of a line that are shown: what a terminal of ordinary width holds beside the line number.
const WIDTH: usize = 120;
/// Characters shown before the caret where the line is longer than that.
const BEFORE: usize = 40;

/// A part of a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// At most [`WIDTH`] characters, with `…` where the line goes on.
    pub text: String,
    /// Byte range in `text` to point at.
    pub caret: Range<usize>,
}

/// The part of `line` around the start of `range` (bytes; any range will do, it is fitted to the line).
///
/// The work is bounded by the width, not by the length of the line.
pub fn excerpt(line: &str, range: Range<usize>) -> Excerpt {
    let start = line.floor_char_boundary(range.start);
    let end = line.ceil_char_boundary(range.end).max(start);
    let fits = line.char_indices().nth(WIDTH).is_none();
    let from =
        if fits { 0 } else { line[..start].char_indices().rev().take(BEFORE).last().map_or(start, |(at, _)| at) };
    let until = line[from..].char_indices().nth(WIDTH).map_or(line.len(), |(at, _)| from + at);

    let mut text = String::from(if from > 0 { "… " } else { "" });
    let mut caret = text.len()..text.len();
    for (at, letter) in line[from..until].char_indices() {
        let at = from + at;
        if at == start {
            caret.start = text.len();
        }
        text.push(harmless_char(letter));
        if at < end {
            caret.end = text.len();
        }
    }
    if start >= until {
        caret.start = text.len();
    }
    caret.end = caret.end.max(caret.start);
    if until < line.len() {
        text.push_str(" …");
    }
    Excerpt { text, caret }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pointed_at(line: &str, range: Range<usize>) -> String {
        let Excerpt { text, caret } = excerpt(line, range);
        format!("{}[{}]{}", &text[..caret.start], &text[caret.clone()], &text[caret.end..])
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(pointed_at("se på æblet", 7..9), "se på [æ]blet");
        assert_eq!(pointed_at("", 0..0), "[]");
        assert_eq!(pointed_at("abc", 3..3), "abc[]");
    }

    #[test]
    fn a_range_that_does_not_fit_is_fitted() {
        assert_eq!(pointed_at("abc", 1..900), "a[bc]");
        assert_eq!(pointed_at("abc", 900..901), "abc[]");
        assert_eq!(pointed_at("xæy", 2..2), "x[æ]y", "inside a character is at that character");
    }

    #[test]
    fn a_line_of_a_million_characters_is_cut_around_the_caret() {
        let line = format!("{}[x](y){}", "a".repeat(500_000), "b".repeat(500_000));
        let excerpt = excerpt(&line, 500_000..500_006);
        assert_eq!(&excerpt.text[excerpt.caret], "[x](y)");
        assert!(excerpt.text.starts_with("… aaa") && excerpt.text.ends_with("bbb …"));
        assert_eq!(excerpt.text.chars().count(), WIDTH + 4);
    }

    #[test]
    fn control_characters_keep_the_caret_in_place() {
        assert_eq!(pointed_at("\u{1b}[31mred\u{202e}", 5..8), "␛[31m[red]\u{fffd}");
    }

    proptest! {
        #[test]
        fn any_line_and_range_give_a_caret_inside_the_text(line in "\\PC{0,400}", start in 0usize..2_000, end in 0usize..2_000) {
            let Excerpt { text, caret } = excerpt(&line, start..end);
            prop_assert!(text.get(caret).is_some());
            prop_assert!(text.chars().count() <= WIDTH + 4);
        }
    }
}

//! Text behind a comment that begins a block becomes Markdown like all other text.
//!
//! To a Markdown parser `<!-- note --> text` is HTML up to the end of the line. The parser is therefore given the same
//! text with signs of no meaning where such a comment stands. The tree is built of the source itself, byte for byte in
//! the same places, and the comment is cut out there like every other.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::markdown::OPTIONS;
use crate::model::comment::Marks;

/// What stands for a byte of a comment: no space, so that the text behind is not indented, and no letter, so that
/// emphasis may begin right behind it.
pub(super) const SIGN: &str = "%";

/// `text` as the parser is to read it, with as many bytes.
pub fn for_parser(text: &str) -> Cow<'_, str> {
    if !may_hold_text_behind(text) {
        return Cow::Borrowed(text);
    }
    let blocks = Parser::new_ext(text, OPTIONS).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::HtmlBlock) => Some(range),
        _ => None,
    });
    let mut masked = String::new();
    let mut from = 0;
    for comments in blocks.filter_map(|block| leading_comments(text, block)) {
        masked.push_str(&text[from..comments.start]);
        masked.push_str(&SIGN.repeat(comments.len()));
        from = comments.end;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[from..]);
    Cow::Owned(masked)
}

/// The cheap question asked of every file: whether text follows the end of a comment on its line.
fn may_hold_text_behind(text: &str) -> bool {
    let closer = Marks::Html.closer();
    memchr::memmem::find_iter(text.as_bytes(), closer).any(|at| begins_with_text(&text[at + closer.len()..]))
}

/// The comments that `block` begins with, if text follows them. A tag behind them stays what it is: HTML.
fn leading_comments(text: &str, block: Range<usize>) -> Option<Range<usize>> {
    let html = &text[block.clone()];
    let start = html.len() - html.trim_start_matches(' ').len();
    let (opener, closer) = (Marks::Html.opener(), Marks::Html.closer());
    let mut end = start;
    while html[end..].trim_start_matches(' ').starts_with(opener) {
        let inside = end + html[end..].find(opener)? + opener.len();
        end = inside + html[inside..].find(closer)? + closer.len();
    }
    (end > start && begins_with_text(&html[end..])).then_some(block.start + start..block.start + end)
}

/// Whether `rest` begins with text on the same line, and not with a tag.
fn begins_with_text(rest: &str) -> bool {
    !matches!(rest.trim_start_matches([' ', '\t', '\r']).as_bytes().first(), None | Some(b'\n' | b'<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_with_text_behind_them_are_covered() {
        for (text, wanted) in [
            ("<!-- æ --> b", "%%%%%%%%%%% b"),
            ("  <!-- a --> <!-- b --> c", "  %%%%%%%%%%%%%%%%%%%%% c"),
            ("> <!-- a\n>\n> b -->*c*", "> %%%%%%%%%%%%%%%%*c*"),
            ("<!-- a -->\nb --> c", "<!-- a -->\nb --> c"),
            ("<!-- a --> <b>c</b>", "<!-- a --> <b>c</b>"),
            ("```\n<!-- a --> b\n```\n", "```\n<!-- a --> b\n```\n"),
            ("b <!-- a --> c", "b <!-- a --> c"),
        ] {
            assert_eq!(for_parser(text), wanted);
        }
    }
}

//! The references of a style sheet to files: found in its text, and written anew.

use std::ops::Range;

/// A reference of a style sheet to something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// The address inside `url(…)`, without quotes.
    Url(Range<usize>),
    /// The word `@import`.
    Import(Range<usize>),
}

/// All references in `css`, in order. Comments and other strings hold none.
///
/// A reading of CSS Syntax Level 3 that knows comments, strings, escapes and `url(`; addresses are taken as written,
/// escapes and all. `image-set()` with bare strings is not seen: themes write `url()` inside it.
pub fn references(css: &str) -> Vec<Reference> {
    let bytes = css.as_bytes();
    let mut references = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes[at..].starts_with(b"/*") => at = find(css, at + 2, "*/").map_or(bytes.len(), |end| end + 2),
            b'"' | b'\'' => at = string_end(bytes, at) + 1,
            b'\\' => at += 2,
            b'@' if has_word(bytes, at, b"@import") => {
                references.push(Reference::Import(at..at + 7));
                at += 7;
            }
            b'u' | b'U' if has_word(bytes, at, b"url(") && !continues_name(bytes, at) => {
                let address = address(bytes, at + 4);
                at = address.end;
                references.push(Reference::Url(address));
                at += usize::from(at < bytes.len());
            }
            _ => at += 1,
        }
    }
    references
}

/// `css` with each address replaced for which `replacement` has something else.
pub fn rewrite(css: &str, mut replacement: impl FnMut(&Reference) -> Option<String>) -> String {
    let mut written = String::with_capacity(css.len() + 64);
    let mut from = 0;
    for reference in references(css) {
        let (Reference::Url(range) | Reference::Import(range)) = &reference;
        if let Some(new) = replacement(&reference) {
            written.push_str(&css[from..range.start]);
            written.push_str(&new);
            from = range.end;
        }
    }
    written.push_str(&css[from..]);
    written
}

/// The address that begins after `url(`: in quotes, or up to the closing parenthesis.
fn address(bytes: &[u8], open: usize) -> Range<usize> {
    let is_space = |at: &usize| bytes[*at].is_ascii_whitespace();
    let start = (open..bytes.len()).find(|at| !is_space(at)).unwrap_or(bytes.len());
    if matches!(bytes.get(start), Some(b'"' | b'\'')) {
        return start + 1..string_end(bytes, start);
    }
    let mut end = start;
    while end < bytes.len() && bytes[end] != b')' {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    let end = end.min(bytes.len());
    let spaces = (start..end).rev().take_while(is_space).count();
    start..end - spaces
}

/// Where the string that begins at `open` has its closing quote; an open string ends with its line.
fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != bytes[open] && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

fn has_word(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
}

fn continues_name(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'-' | b'_' | 0x80..))
}

fn find(text: &str, from: usize, needle: &str) -> Option<usize> {
    text.get(from..)?.find(needle).map(|at| at + from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(css: &str) -> Vec<&str> {
        let of = |reference| match reference {
            Reference::Url(range) | Reference::Import(range) => &css[range],
        };
        references(css).into_iter().map(of).collect()
    }

    #[test]
    fn addresses_are_found_in_every_spelling_and_nowhere_else() {
        for (css, expected) in [
            ("a{b:url(x.png)}", vec!["x.png"]),
            ("a{b:URL(  'x y.png' )}", vec!["x y.png"]),
            ("a{b:url( x.png )c:url(\"y\")}", vec!["x.png", "y"]),
            ("/* url(no) */ a{b:url(x)}", vec!["x"]),
            ("a{content:\"url(no) \\\" url(no)\"}", vec![]),
            ("a{b:my-url(no)}", vec![]),
            ("@IMPORT \"x.css\";@import url(y.css)", vec!["@IMPORT", "@import", "y.css"]),
            ("a{b:url(", vec![""]),
            ("a{b:url('x", vec!["x"]),
            ("/* url(x)", vec![]),
            ("æ{ø:url(å)}", vec!["å"]),
            ("\\", vec![]),
            ("a{b:url(x\\", vec!["x\\"]),
        ] {
            assert_eq!(found(css), expected, "{css}");
        }
    }

    #[test]
    fn only_what_has_a_replacement_changes() {
        let rewritten = rewrite("a{b:url('x')url(y)}", |reference| match reference {
            Reference::Url(range) if range.start == 9 => Some("new".to_owned()),
            _ => None,
        });
        assert_eq!(rewritten, "a{b:url('new')url(y)}");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(css in "([u\"'()/*\\\\@\nå ]|url\\(|@import){0,40}") {
            prop_assert_eq!(rewrite(&css, |_| None), css);
        }
    }
}

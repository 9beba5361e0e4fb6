//! Rewrites a body for the Markdown parser where the parser would read it otherwise than its author means it.
//!
//! Every rewriting keeps the number of bytes. The tree is built of the source itself, by the positions that the parser gives,
//! so that what is shown is what was written.

use std::borrow::Cow;

use super::behind_comment;

/// Returns `text` as the parser is to read it, with as many bytes.
pub fn for_parser(text: &str) -> Cow<'_, str> {
    let mut text = behind_comment::for_parser(text);
    if has_wide_blank(&text) {
        text = Cow::Owned(text.split_inclusive('\n').map(with_plain_blanks).collect());
    }
    match bracketed_link_texts(&text) {
        links if links.is_empty() => text,
        links => Cow::Owned(without_inner_brackets(&text, &links)),
    }
}

/// Returns whether `c` is a blank that no marker of Markdown may be followed by: a no-break space, as Option and the space bar
/// give on a Mac, or a blank of another width.
fn is_wide_blank(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn has_wide_blank(text: &str) -> bool {
    let begins = |at: usize| text[at..].chars().next().is_some_and(is_wide_blank);
    memchr::memchr3_iter(0xC2, 0xE2, 0xE3, text.as_bytes()).filter(|at| text.is_char_boundary(*at)).any(begins)
}

/// Returns `line` with spaces for the wide blanks among its markers: of quotes, headings, lists and tasks, and in the rows of
/// signs that make tables, rules and headings.
fn with_plain_blanks(line: &str) -> Cow<'_, str> {
    if !line.contains(is_wide_blank) {
        return Cow::Borrowed(line);
    }
    let is_sign = |c: char| "|-:=*_".contains(c) || c.is_whitespace();
    let end = if line.chars().all(is_sign) { line.len() } else { markers_end(line) };
    let (markers, rest) = line.split_at(end);
    let mut plain = String::with_capacity(line.len());
    for c in markers.chars() {
        match c {
            // The box of a task holds one space; what is too much follows it.
            ']' if plain.trim_end_matches(' ').ends_with('[') => {
                let blanks = plain.len() - plain.trim_end_matches(' ').len();
                plain.truncate(plain.len() - blanks);
                plain.push_str(" ]");
                plain.extend(std::iter::repeat_n(' ', blanks.saturating_sub(1)));
            }
            _ if is_wide_blank(c) => plain.extend(std::iter::repeat_n(' ', c.len_utf8())),
            _ => plain.push(c),
        }
    }
    Cow::Owned(plain + rest)
}

/// The most columns that a line may be indented by without becoming code.
const MOST_INDENTED: usize = 3;

/// Returns the length of the markers that `line` begins with, and of the blanks around them.
fn markers_end(line: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &line[end..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).trim_start_matches(is_wide_blank).len();
        let marker = marker_length(&rest[blanks..]);
        let is_indented = end == 0 && blanks > MOST_INDENTED;
        if is_indented || marker == 0 && end == 0 && !rest[blanks..].starts_with('|') {
            return 0;
        }
        end += blanks + marker;
        if marker == 0 {
            return end;
        }
    }
}

/// Returns the length of the marker that `text` begins with: `>`, or `#`, `-`, `1.`, `[x]` with a blank after it; else 0.
fn marker_length(text: &str) -> usize {
    let run = |is: fn(char) -> bool| text.len() - text.trim_start_matches(is).len();
    let length = match text.as_bytes().first() {
        Some(b'>') => return 1,
        Some(b'#') => run(|c| c == '#'),
        Some(b'-' | b'+' | b'*') => 1,
        Some(b'0'..=b'9') => match run(|c| c.is_ascii_digit()) {
            digits if text[digits..].starts_with(['.', ')']) => digits + 1,
            _ => 0,
        },
        Some(b'[') => text.find(']').filter(|end| is_box(&text[1..*end])).map_or(0, |end| end + 1),
        _ => 0,
    };
    if text[length..].starts_with(char::is_whitespace) { length } else { 0 }
}

/// Returns whether `inside` is what the box of a task may hold.
fn is_box(inside: &str) -> bool {
    let mut inside = inside.chars();
    matches!((inside.next(), inside.next()), (Some(c), None) if c == 'x' || c == 'X' || c.is_whitespace())
}

/// Finds the inner brackets in `[[1]](https://…)`, which is a link with the text `[1]` and no wikilink: their byte offsets.
fn bracketed_link_texts(text: &str) -> Vec<usize> {
    let mut brackets = Vec::new();
    for close in memchr::memmem::find_iter(text.as_bytes(), "]](") {
        let Some(open) = text[..close].rfind(['[', ']', '\n']) else { continue };
        let is_link = text[..open].ends_with('[')
            && text[open..].starts_with('[')
            && !text[..open - 1].ends_with(['!', '\\'])
            && is_address(&text[close + "]](".len()..]);
        if is_link {
            brackets.extend([open, close]);
        }
    }
    brackets
}

/// Returns whether `text` begins with an address and a closing parenthesis. `(som i bogen)` behind a wikilink is text.
fn is_address(text: &str) -> bool {
    let address = text.split([')', '\n']).next().unwrap_or(text);
    text[address.len()..].starts_with(')')
        && !address.contains(char::is_whitespace)
        && address.contains([':', '/', '#', '.'])
}

/// Returns `text` with signs of no meaning at the byte offsets `brackets`, which are in order.
fn without_inner_brackets(text: &str, brackets: &[usize]) -> String {
    let mut plain = String::with_capacity(text.len());
    for at in brackets {
        plain.push_str(&text[plain.len()..*at]);
        plain.push_str(behind_comment::SIGN);
    }
    plain.push_str(&text[plain.len()..]);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_among_markers_are_plain_to_the_parser() {
        for (text, wanted) in [
            ("-\u{a0}[\u{a0}] opgave", "-  [ ]  opgave"),
            ("- [ ]\u{a0}opgave", "- [ ]  opgave"),
            ("##\u{a0}Et\u{a0}to", "##  Et\u{a0}to"),
            (">\u{a0}-\u{202f}a", ">  -   a"),
            ("1.\u{a0}a", "1.  a"),
            ("|\u{a0}---|:\u{a0}-|", "|  ---|:  -|"),
            ("\u{a0}| a | b |", "  | a | b |"),
            ("\u{a0}\u{a0}- a", "\u{a0}\u{a0}- a"),
            ("10\u{a0}kr. og 5\u{a0}-\u{a0}6", "10\u{a0}kr. og 5\u{a0}-\u{a0}6"),
        ] {
            assert_eq!(for_parser(text), wanted, "{text:?}");
            assert_eq!(wanted.len(), text.len());
        }
    }

    #[test]
    fn a_number_in_brackets_is_the_text_of_a_link() {
        assert_eq!(for_parser("Se [[1]](https://a.dk)."), "Se [%1%](https://a.dk).");
        for text in ["[[se]](som i bogen)", "[[se]] (a/b)", "![[1]](a.png)", "\\[[1]](a/b)", "[[a]](b)"] {
            assert_eq!(for_parser(text), text);
        }
    }
}

//! Decodes the escapes of HTML, XML, URLs, JSON, JavaScript, CSS and RTF in one pass, whichever a text uses.
//!
//! A search for names may decode too much: at worst it reads a letter in place of an escape of another format, and the
//! text is searched as written, too.

use std::borrow::Cow;

use html5ever::data::NAMED_ENTITIES;

/// The longest name of an entity, in bytes.
const LONGEST_ENTITY: usize = 32;

/// Returns `text` without escapes.
pub fn unescape(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let mut done = 0;
    for at in memchr::memchr3_iter(b'&', b'%', b'\\', text.as_bytes()) {
        if at < done {
            continue;
        }
        let rest = &text[at..];
        let found = match rest.as_bytes()[0] {
            b'&' => entity(rest),
            b'%' => percent(rest),
            _ => backslash(rest),
        };
        if let Some((letters, length)) = found {
            plain.push_str(&text[done..at]);
            plain.push_str(&letters);
            done = at + length;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    plain.push_str(&text[done..]);
    Cow::Owned(plain)
}

/// The text that an escape at the start of a text stands for, and the length of the escape in bytes.
type Escape<'t> = Option<(Cow<'t, str>, usize)>;

fn entity(rest: &str) -> Escape<'_> {
    if let Some(number) = rest.strip_prefix("&#") {
        let (digits, radix, before) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.bytes().take(12).take_while(|byte| (*byte as char).is_digit(radix)).count();
        let letter = char::from_u32(u32::from_str_radix(&digits[..length], radix).ok()?)?;
        let end = before + length + usize::from(digits[length..].starts_with(';'));
        return Some((letter.to_string().into(), end));
    }
    let end = rest.bytes().skip(1).take(LONGEST_ENTITY).position(|byte| byte == b';')?;
    let (first, second) = *NAMED_ENTITIES.get(&rest[1..end + 2])?;
    let letters: String = [first, second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32).collect();
    (!letters.is_empty()).then_some((letters.into(), end + 2))
}

/// Decodes a run of percent escapes, as UTF-8 if it is valid, else as Latin-1.
fn percent(rest: &str) -> Escape<'_> {
    let bytes = rest.as_bytes();
    let byte_at = |at: usize| match bytes.get(at..at + 3) {
        Some([b'%', high, low]) => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
        _ => None,
    };
    let run: Vec<u8> = (0..).step_by(3).map_while(byte_at).collect();
    if run.is_empty() {
        return None;
    }
    let length = 3 * run.len();
    let letters =
        String::from_utf8(run).unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
    Some((letters.into(), length))
}

fn backslash(rest: &str) -> Escape<'_> {
    let bytes = rest.as_bytes();
    match bytes.get(1)? {
        b'u' if bytes.get(2) == Some(&b'{') => {
            let end = rest[3..].bytes().take(8).position(|byte| byte == b'}')?;
            letter(u32::from_str_radix(&rest[3..3 + end], 16).ok()?, end + 4)
        }
        b'u' => surrogates(rest).or_else(|| rtf_unicode(rest)),
        b'x' | b'\'' => letter(u32::from_str_radix(rest.get(2..4)?, 16).ok()?, 4),
        b'n' | b'r' | b't' | b'f' => Some((" ".into(), 2)),
        b'/' => Some(("/".into(), 2)),
        b'\n' => Some((" ".into(), 2)),
        digit if digit.is_ascii_hexdigit() => css(rest),
        _ => None,
    }
}

/// Decodes `\u00e5`, and the pair of `\u` escapes of a letter beyond 16 bits.
fn surrogates(rest: &str) -> Escape<'_> {
    let unit = |at: usize| u16::from_str_radix(rest.get(at..at + 4)?, 16).ok();
    let first = unit(2)?;
    let second = rest.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| unit(8));
    let letters: Vec<char> = char::decode_utf16([first].into_iter().chain(second)).map_while(Result::ok).collect();
    let used: usize = letters.iter().take(1).map(|letter| letter.len_utf16()).sum();
    Some((letters.first()?.to_string().into(), 6 * used))
}

/// Decodes RTF's `\u229?`, with the replacement character after it.
fn rtf_unicode(rest: &str) -> Escape<'_> {
    let length = rest[2..].bytes().take(5).take_while(u8::is_ascii_digit).count();
    let (letters, end) = letter(rest[2..2 + length].parse().ok()?, 2 + length)?;
    let has_stand_in = rest.as_bytes().get(end) == Some(&b'?');
    Some((letters, end + usize::from(has_stand_in)))
}

/// Decodes CSS's `\E5 `, with the space that ends it.
fn css(rest: &str) -> Escape<'_> {
    let length = rest[1..].bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    let (letters, end) = letter(u32::from_str_radix(&rest[1..1 + length], 16).ok()?, 1 + length)?;
    let has_blank = rest.as_bytes().get(end) == Some(&b' ');
    (length > 1).then_some((letters, end + usize::from(has_blank)))
}

fn letter<'t>(code: u32, length: usize) -> Escape<'t> {
    Some((char::from_u32(code)?.to_string().into(), length))
}

fn hex(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_of_any_format_becomes_the_letter() {
        for text in [
            "å",
            "&aring;",
            "&#229;",
            "&#xE5;",
            "&#xe5",
            "%C3%A5",
            "%E5",
            "\\u00e5",
            "\\u{e5}",
            "\\xe5",
            "\\'e5",
            "\\u229?",
            "\\0000e5 ",
        ] {
            assert_eq!(unescape(text), "å", "{text}");
        }
        assert_eq!(unescape("\\ud83d\\ude00 Nord&shy;by\\n%41%42"), "😀 Nord\u{AD}by AB");
    }

    #[test]
    fn what_is_no_escape_stays() {
        for text in [
            "100 % og & mere",
            "%",
            "&",
            "\\",
            "\\u",
            "&#;",
            "&#xD800;",
            "%4",
            "\\ud83d",
            "&ukendt;",
            "\\q",
            "%%",
            "\\u{",
            "æ\\æ&æ%æ",
        ] {
            assert_eq!(unescape(text), text);
        }
    }
}

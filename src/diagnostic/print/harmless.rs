//! Text from the content becomes text that a terminal only shows: no escape sequences, no reversed or hidden text.

use std::fmt::Write as _;

/// One line of text: line breaks become spaces, what would drive the terminal becomes a visible sign.
pub fn harmless(text: &str) -> String {
    text.chars().map(harmless_char).collect()
}

/// The sign to show for `letter`, which is `letter` itself unless it would drive the terminal. One for one, so that
/// columns stay as they are.
pub fn harmless_char(letter: char) -> char {
    match letter {
        '\t' | '\n' => ' ',
        // Unicode has a picture of each control character of ASCII, in the same order.
        '\0'..='\x1f' => char::from_u32(0x2400 + letter as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '␡',
        _ if drives_terminal(letter) => '\u{fffd}',
        _ => letter,
    }
}

/// JSON with the characters that would drive a terminal written as `\u` escapes: the same JSON, since outside ASCII
/// there is nothing but strings.
pub fn escape_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter == '\x7f' || drives_terminal(letter) {
            let _ = write!(escaped, "\\u{:04x}", letter as u32);
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

/// C1 controls, line separators, and the marks that turn or hide text (Unicode Standard Annex 9, "Explicit
/// Directional"; byte order mark).
fn drives_terminal(letter: char) -> bool {
    matches!(
        letter,
        '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_become_visible_and_letters_stay() {
        assert_eq!(harmless("a\u{1b}]0;x\u{7}b\u{9b}31m\r"), "a␛]0;x␇b\u{fffd}31m␍");
        assert_eq!(harmless("æøå — 👩‍👩‍👧 שלום"), "æøå — 👩‍👩‍👧 שלום");
        assert_eq!(harmless("to\nlinjer"), "to linjer");
    }

    #[test]
    fn escaped_json_means_the_same() {
        let json = serde_json::to_string("\u{9b}\u{7f}\u{202e}æ").unwrap();
        assert_eq!(escape_json(&json), r#""\u009b\u007f\u202eæ""#);
        assert_eq!(serde_json::from_str::<String>(&escape_json(&json)).unwrap(), "\u{9b}\u{7f}\u{202e}æ");
    }
}

//! Names what cannot be printed: a heading of emoji alone, a title in a script that no font has.

use deunicode::deunicode_with_tofu;

/// The name of a heading that has no other.
const NAMELESS: &str = "-";

/// Returns a text of Latin letters for `text`: its sound, else `name`, which its author gave the file or the anchor.
pub fn stand_in(text: &str, name: &str) -> String {
    let sound = deunicode_with_tofu(text, "");
    let named = [sound.trim(), name].into_iter().map(letters_of).find(|text| text.contains(char::is_alphanumeric));
    named.unwrap_or_else(|| NAMELESS.to_owned())
}

fn letters_of(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii() && !letter.is_ascii_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_named_by_its_sound_or_by_its_file() {
        for (text, name, expected) in [
            ("Українська", "a", "Ukrayins'ka"),
            ("مرحبا", "a", "mrHb"),
            ("🎉", "a", "tada"),
            ("\u{10fffd}", "velkommen", "velkommen"),
            ("→", "pil", "pil"),
            ("", "", "-"),
        ] {
            assert_eq!(stand_in(text, name), expected, "{text}");
        }
    }
}

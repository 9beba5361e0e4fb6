//! Reads control characters as blanks: they come with text from slides and PDFs, and stand for nothing that can be read.

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::Source;

/// Returns `source` with a blank of the same length for each control character, so that all positions stay, and a report of
/// each character where it first stands; nothing where there is none.
pub fn without_controls(source: &Source) -> Option<(Source, Vec<Diagnostic>)> {
    if !may_hold_controls(source.text.as_bytes()) || !source.text.chars().any(is_control) {
        return None;
    }
    let mut found: Vec<(char, usize)> = Vec::new();
    let mut text = String::with_capacity(source.text.len());
    for (at, letter) in source.text.char_indices() {
        if !is_control(letter) {
            text.push(letter);
            continue;
        }
        if !found.iter().any(|(known, _)| *known == letter) {
            found.push((letter, at));
        }
        text.push(if letter.len_utf8() == 1 { ' ' } else { '\u{a0}' });
    }
    let report = |(letter, at): (char, usize)| {
        Diagnostic::new(Fault::ControlCharacter { letter }, &source.shown, at..at + letter.len_utf8())
    };
    let clean = Source { text: text.into(), ..source.clone() };
    Some((clean, found.into_iter().map(report).collect()))
}

/// Returns whether UTF-8 may hold control characters. Every text is asked, so there is no branch for each byte: with one, this
/// takes 2 % of a build.
fn may_hold_controls(bytes: &[u8]) -> bool {
    let may_be = |byte: u8| {
        let is_break = (byte == b'\t') | (byte == b'\n') | (byte == b'\r');
        ((byte < b' ') & !is_break) | (byte == 0x7f) | (byte == 0xc2)
    };
    bytes.iter().fold(false, |found, byte| found | may_be(*byte))
}

fn is_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_control_character_is_a_blank_and_told_once() {
        let source = Source { path: "a.md".into(), shown: "a.md".into(), text: "a\u{b}b\u{b}c\u{85}d\t\r\n".into() };
        let (clean, found) = without_controls(&source).unwrap();
        assert_eq!(&*clean.text, "a b c\u{a0}d\t\r\n");
        assert_eq!(found.len(), 2);
        assert!(without_controls(&Source { text: "æ\u{a0}»".into(), ..source }).is_none());
    }
}

//! Folds text to the letters that a reader sees: lower-case ASCII letters and digits, each with the gap before it.
//!
//! Two texts that look alike fold to the same bytes: accents and letter case are dropped, *æ ø å* become `ae oe aa` (as
//! in addresses), compatibility forms become plain ones (NFKC), invisible characters vanish. Spaces and punctuation are
//! no bytes but a [`Gap`] before the next letter, so a search in the bytes finds a name whatever separates its words.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::model::invisible::is_invisible;

/// The separator between a letter and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Gap {
    /// Nothing.
    None,
    /// Nothing, but a capital or a digit begins a new part: `planNordby`, `nordby2024`.
    Part,
    /// A hyphen, also at the end of a line.
    Hyphen,
    /// A slash and nothing else.
    Slash,
    /// Whitespace, or punctuation within a sentence.
    Space,
    /// The end of a sentence, or a comma.
    Stop,
}

/// The bits of a mark that hold its gap; flags use those above them.
const GAP: u8 = 0b111;
const UPPER: u8 = 0b1000;
/// The flag of a letter that was written as one with the letter before it: the second `a` of `å`.
const SAME_LETTER: u8 = 0b1_0000;

/// A folded text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Folded {
    /// Lower-case letters and digits.
    pub bytes: Vec<u8>,
    marks: Vec<u8>,
    /// Byte offsets in the text, if they were requested.
    offsets: Option<Vec<u32>>,
    pending: Pending,
}

/// The separators seen since the last letter.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Pending {
    hyphen: bool,
    /// A soft hyphen, which is a hyphen only at the end of a line.
    soft_hyphen: bool,
    slash: bool,
    blank: bool,
    newline: bool,
    other: bool,
    point: bool,
    stop: bool,
}

/// The class of a letter as it was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Upper,
    Lower,
    Digit,
}

impl Folded {
    /// Returns `text` folded.
    pub fn of(text: &str) -> Self {
        let mut folded = Self::default();
        folded.push(text);
        folded
    }

    /// Returns `text` folded, each letter with its byte offset in `text`.
    pub fn with_offsets(text: &str) -> Self {
        let mut folded = Self { offsets: Some(Vec::new()), ..Self::default() };
        folded.push(text);
        folded
    }

    /// Removes all text and keeps the allocated memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.marks.clear();
        self.pending = Pending::default();
        if let Some(offsets) = &mut self.offsets {
            offsets.clear();
        }
    }

    /// Folds `text` and appends it.
    pub fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let is_plain = bytes[at].is_ascii() && bytes.get(at + 1).is_none_or(u8::is_ascii);
            if is_plain {
                self.push_ascii(bytes[at], at);
                at += 1;
                continue;
            }
            let run = bytes[at + 1..].iter().position(u8::is_ascii).map_or(bytes.len(), |length| at + 1 + length);
            self.push_run(&text[at..run], at);
            at = run;
        }
    }

    /// Folds bytes that are not text and appends them, each byte as a letter of Latin-1. With `joins`, zero bytes
    /// separate nothing: they stand between the letters of UTF-16.
    pub fn push_bytes(&mut self, bytes: &[u8], joins: bool) {
        for (at, byte) in bytes.iter().copied().enumerate() {
            match byte {
                0 if joins => {}
                0xC0.. => self.push_char(char::from(byte), at),
                0x80..0xC0 => self.pending.other = true,
                _ => self.push_ascii(byte, at),
            }
        }
    }

    /// Returns the gap before the letter at `at`; the end of the text is a gap, too.
    pub fn gap(&self, at: usize) -> Gap {
        match self.marks.get(at).map(|mark| mark & GAP) {
            Some(0) => Gap::None,
            Some(1) => Gap::Part,
            Some(2) => Gap::Hyphen,
            Some(3) => Gap::Slash,
            Some(4) | None => Gap::Space,
            Some(_) => Gap::Stop,
        }
    }

    /// Returns whether the letter at `at` was written as a capital.
    pub fn is_upper(&self, at: usize) -> bool {
        self.marks.get(at).is_some_and(|mark| mark & UPPER != 0)
    }

    /// Returns whether the letter at `at` and the one before it were written as one.
    pub fn is_same_letter(&self, at: usize) -> bool {
        self.marks.get(at).is_some_and(|mark| mark & SAME_LETTER != 0)
    }

    /// Returns the byte offset in the text of the letter at `at`, if offsets were requested.
    pub fn offset(&self, at: usize) -> Option<usize> {
        self.offsets.as_ref()?.get(at).map(|offset| *offset as usize)
    }

    /// Folds a run of letters beyond ASCII, with the ASCII letter before it to which its accents may belong.
    fn push_run(&mut self, run: &str, at: usize) {
        let is_simple = |letter: char| letter.is_ascii() || ('\u{C0}'..'\u{300}').contains(&letter);
        if run.chars().all(is_simple) {
            run.char_indices().for_each(|(offset, letter)| self.push_char(letter, at + offset));
            return;
        }
        let visible = run.chars().filter(|letter| !is_invisible(*letter));
        visible.nfkc().for_each(|letter| self.push_char(letter, at));
        self.pending.soft_hyphen |= run.ends_with('\u{AD}');
    }

    fn push_char(&mut self, letter: char, at: usize) {
        match letter {
            'æ' | 'ä' => self.push_letters("ae", Case::Lower, at),
            'Æ' | 'Ä' => self.push_letters("ae", Case::Upper, at),
            'ø' | 'ö' => self.push_letters("oe", Case::Lower, at),
            'Ø' | 'Ö' => self.push_letters("oe", Case::Upper, at),
            'å' => self.push_letters("aa", Case::Lower, at),
            'Å' => self.push_letters("aa", Case::Upper, at),
            _ if letter.is_ascii() => self.push_ascii(letter as u8, at),
            _ if is_combining_mark(letter) => {}
            _ if letter.is_alphanumeric() => {
                let case = if letter.is_uppercase() { Case::Upper } else { Case::Lower };
                self.push_letters(deunicode::deunicode_char(letter).unwrap_or(""), case, at);
            }
            _ => self.push_separator(letter),
        }
    }

    fn push_ascii(&mut self, byte: u8, at: usize) {
        match byte {
            b'a'..=b'z' => self.push_letter(byte, Case::Lower, at),
            b'A'..=b'Z' => self.push_letter(byte.to_ascii_lowercase(), Case::Upper, at),
            b'0'..=b'9' => self.push_letter(byte, Case::Digit, at),
            _ => self.push_separator(byte as char),
        }
    }

    fn push_letters(&mut self, ascii: &str, case: Case, at: usize) {
        let mut letters = ascii.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        if let Some(first) = letters.next() {
            self.push_letter(first, case, at);
        }
        for letter in letters {
            self.push_letter(letter, case, at);
            if let Some(mark) = self.marks.last_mut() {
                *mark = *mark & !GAP | SAME_LETTER;
            }
        }
    }

    fn push_letter(&mut self, byte: u8, case: Case, at: usize) {
        let gap = match self.pending.gap() {
            Gap::None => self.gap_within(byte, case),
            gap => gap,
        };
        let upper = if case == Case::Upper { UPPER } else { 0 };
        self.bytes.push(byte);
        self.marks.push(gap as u8 | upper);
        if let Some(offsets) = &mut self.offsets {
            offsets.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        self.pending = Pending::default();
    }

    /// Returns the gap before a letter that directly follows another.
    fn gap_within(&self, byte: u8, case: Case) -> Gap {
        let Some((last, mark)) = self.bytes.last().zip(self.marks.last()) else { return Gap::Space };
        let is_new_part = last.is_ascii_digit() != byte.is_ascii_digit() || (case == Case::Upper && mark & UPPER == 0);
        if is_new_part { Gap::Part } else { Gap::None }
    }

    fn push_separator(&mut self, letter: char) {
        let pending = &mut self.pending;
        match letter {
            '-' | '\u{2010}' | '\u{2011}' if !pending.blank => pending.hyphen = true,
            '/' => pending.slash = true,
            '\n' | '\r' if (pending.hyphen || pending.soft_hyphen) && !pending.blank => pending.newline = true,
            ' ' if pending.newline => {}
            '.' | ',' | ';' | ':' | '!' | '?' => pending.point = true,
            _ if letter.is_whitespace() => {
                pending.stop |= pending.point;
                pending.blank = true;
            }
            _ => pending.other = true,
        }
    }
}

impl Pending {
    fn gap(&self) -> Gap {
        let is_more = self.blank || self.other || self.point;
        match self {
            Pending { stop: true, .. } => Gap::Stop,
            Pending { hyphen: true, slash: false, .. } | Pending { newline: true, .. } if !is_more => Gap::Hyphen,
            Pending { slash: true, hyphen: false, .. } if !is_more => Gap::Slash,
            Pending { hyphen: false, slash: false, .. } if !is_more => Gap::None,
            _ => Gap::Space,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        String::from_utf8(Folded::of(text).bytes).unwrap()
    }

    #[test]
    fn texts_that_look_alike_fold_to_the_same_bytes() {
        for text in [
            "Åby Bibliotek",
            "åby bibliotek",
            "ÅBY BIBLIOTEK",
            "A\u{30A}by Bibliotek",
            "Åby-Bibliotek",
            "Å\u{AD}by\u{A0}Bib\u{200B}liotek",
            "aaby_bibliotek",
            "A\u{200D}\u{30A}by\nBibliotek",
            "Åby Bibliotek",
            "\u{212B}by Bibliotek",
        ] {
            assert_eq!(folded(text), "aabybibliotek", "{text:?}");
        }
        assert_eq!(folded("ﬁn Café Ωm \u{10400}"), folded("fin cafe om \u{10428}"));
    }

    #[test]
    fn gaps_tell_what_stood_between_letters() {
        let gaps =
            |text: &str| (0..Folded::of(text).bytes.len()).map(|at| Folded::of(text).gap(at)).collect::<Vec<_>>();
        assert_eq!(gaps("a-b"), [Gap::Space, Gap::Hyphen]);
        assert_eq!(gaps("a-\n  b"), [Gap::Space, Gap::Hyphen]);
        assert_eq!(gaps("a\u{AD}\nb"), [Gap::Space, Gap::Hyphen]);
        assert_eq!(gaps("a\u{AD}b"), [Gap::Space, Gap::None]);
        assert_eq!(gaps("a - b"), [Gap::Space, Gap::Space]);
        assert_eq!(gaps("a/b"), [Gap::Space, Gap::Slash]);
        assert_eq!(gaps("a.b"), [Gap::Space, Gap::Space]);
        assert_eq!(gaps("a. b"), [Gap::Space, Gap::Stop]);
        assert_eq!(gaps("aB1"), [Gap::Space, Gap::Part, Gap::Part]);
        assert_eq!(gaps("å"), [Gap::Space, Gap::None]);
    }
}

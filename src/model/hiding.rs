//! Detects text that its author meant to hide and that Markdown would show: misspelled markers of hiding callouts, and
//! misspelled marks of comments.
//!
//! All functions here read text as a person sees it: invisible characters do not count, full-width letters are letters.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::invisible::{is_blank, is_invisible};
use crate::source::is_escaped;

/// Names of the callouts that only facilitators see, in capitals.
pub const NAMES: [&str; 3] = ["FACILITATOR", "ANSWER", "SVAR"];

/// The length of a long name. Shorter ones resemble too many other words: only one letter of them may be wrong, and
/// they have to stand alone.
const LONG_NAME: usize = 6;
/// The most characters before a marker that still begins its line: a wrong letter or two in place of `>` and a bracket.
const MOST_BEFORE: usize = 8;
/// A number of letters that no name with its typos reaches.
const MOST_LETTERS: usize = 40;

/// Returns the hiding callout whose marker `line` contains misspelled or in the wrong position, so that it is read as
/// text.
///
/// `line` is a line of text as the page shows it. In its middle, a marker is a name with `!` and a bracket; at its
/// beginning, a name with one of the two.
pub fn marker_in(line: &str) -> Option<&'static str> {
    if !may_hold_marker(line) {
        return None;
    }
    let seen = as_seen(line);
    let begins_word = |at: &usize| seen[*at].is_alphanumeric() && (*at == 0 || !seen[*at - 1].is_alphanumeric());
    (0..seen.len()).filter(begins_word).find_map(|at| marker_at(&seen, at))
}

/// Returns the hiding callout that `name`, an unknown type of callout, is meant to be.
pub fn nearest_name(name: &str) -> Option<&'static str> {
    Written { seen: &as_seen(name), is_closed: true }.name(Signs::Both)
}

/// Returns the hiding callout that `name`, a type of callout that does not exist, is meant to be. Nothing else is written as a
/// type, so more typos are allowed than in a word.
pub fn nearest_type(name: &str) -> Option<&'static str> {
    let seen = as_seen(name);
    let word: String = letters(&seen).collect();
    let begins = |start: &str| word.starts_with(start) && word != "STAR";
    let by_start = [("FACIL", NAMES[0]), ("ANSW", NAMES[1]), ("SVAR", NAMES[2])];
    let by_start = || by_start.into_iter().find(|(start, _)| begins(start)).map(|(_, name)| name);
    let is_near = |known: &&str| word.len() > 2 && word != "STAR" && strsim::osa_distance(&word, known) <= 2;
    nearest_name(name).or_else(by_start).or_else(|| NAMES.into_iter().find(is_near))
}

/// Returns the hiding callout whose name has the letters of `name`, regardless of case and of blank and invisible
/// characters.
pub fn exact_name(name: &str) -> Option<&'static str> {
    let written: String = name.nfkc().filter(|c| !is_blank(*c)).flat_map(char::to_uppercase).collect();
    NAMES.into_iter().find(|name| *name == written)
}

/// Returns the byte range of misspelled marks of a comment in `text`, because of which its content is shown. `behind`
/// is the text after it, in which the comment may end. Escaped marks (`\%%`, `\<!--`) are meant to be seen.
pub fn broken_comment_in(text: &str, behind: &str) -> Option<Range<usize>> {
    broken_percents(text).or_else(|| broken_html(text, behind))
}

/// Returns whether a text may contain a marker: a fast check before [`marker_in`].
pub fn may_hold_marker(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3(b'[', b']', b'!', bytes).is_some()
        || memchr::memchr2(WIDE[0], WIDE[1], bytes).is_some()
        || memchr::memchr_iter(b':', bytes).any(|at| bytes.get(at + 1) == Some(&b':'))
}

/// Returns whether a text may contain such marks: a fast check before [`broken_comment_in`].
pub fn may_hold_broken_comment(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3(b'%', b'<', b'!', bytes).is_some() || memchr::memchr(WIDE[1], bytes).is_some()
}

/// The first bytes of full-width brackets and signs.
const WIDE: [u8; 2] = [0xE3, 0xEF];

/// Returns the visible characters of `line`, each as the plain letter or sign that it looks like.
fn as_seen(line: &str) -> Vec<char> {
    let seen = line.nfkd().filter(|c| !is_invisible(*c) && !is_combining_mark(*c));
    seen.map(|c| if is_blank(c) { ' ' } else { latin(c) }).collect()
}

/// Returns the Latin capital that a Greek or Cyrillic letter looks like (Unicode Technical Standard 39, confusables).
fn latin(c: char) -> char {
    const ALIKE: [(&str, char); 13] = [
        ("АΑа", 'A'),
        ("СϹс", 'C'),
        ("ЕΕе", 'E'),
        ("Ϝ", 'F'),
        ("ІΙі", 'I'),
        ("ΝՆ", 'N'),
        ("ОΟо", 'O'),
        ("ЅЅѕ", 'S'),
        ("ТΤт", 'T'),
        ("ѴΝν", 'V'),
        ("ԜԝШ", 'W'),
        ("Ꮮլ", 'L'),
        ("Ꭱᴦ", 'R'),
    ];
    if c.is_ascii() || "æøåÆØÅ".contains(c) {
        return c;
    }
    let alike = ALIKE.into_iter().find(|(alike, _)| alike.contains(c)).map(|(_, latin)| latin);
    alike.or_else(|| sign(c)).or_else(|| small_capital(c)).unwrap_or(c)
}

/// Returns the sign of a marker or a comment that another one looks like.
fn sign(c: char) -> Option<char> {
    Some(match c {
        'ǃ' | '！' | '¡' => '!',
        '⟦' | '〚' => '[',
        '⟧' | '〛' => ']',
        '‹' | '＜' | '﹤' | '〈' => '<',
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
        _ => return None,
    })
}

/// Returns the plain letter of a letter for phonetics, such as the small capital `ᴀ`.
fn small_capital(c: char) -> Option<char> {
    let plain = deunicode::deunicode_char(c).filter(|_| c.is_alphabetic())?;
    let mut letters = plain.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// The signs beside its name by which a word is recognised as the marker of a callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signs {
    /// `[!`, `!…]`, `:::`, which are used for nothing else.
    Both,
    /// A bracket or `!` alone, at the beginning of a line.
    One,
}

/// Returns the callout whose name in a marker begins at `at`.
fn marker_at(seen: &[char], at: usize) -> Option<&'static str> {
    let end = seen[at..].iter().take(MOST_LETTERS).position(|c| matches!(c, '[' | ']' | '】' | '〕'));
    // `Facilitator: [navn]` has a bracket of its own.
    let end = end.filter(|end| seen[at + end] != '[');
    let name = &seen[at..at + end.unwrap_or(MOST_LETTERS).min(seen.len() - at)];
    let written = Written { seen: name, is_closed: end.is_some() };
    written.name(signs(seen, at, written.is_closed)?)
}

/// Returns the signs of a marker around the word that begins at `at`.
fn signs(seen: &[char], at: usize, is_closed: bool) -> Option<Signs> {
    let gap = seen[..at].iter().rev().take_while(|c| !c.is_alphanumeric()).count();
    let near: Vec<char> = seen[at - gap..at].iter().rev().filter(|c| **c != ' ').take(6).copied().collect();
    let has_bang = near.iter().any(|c| matches!(c, '!' | '¡'));
    let has_bracket = near.iter().any(|c| "[{(<>|【〔«»".contains(*c));
    let is_fence = |sign: char, fewest| at == gap && near.iter().filter(|c| **c == sign).count() >= fewest;
    if has_bang && (has_bracket || is_closed) || is_fence(':', 2) || is_fence('!', 3) {
        return Some(Signs::Both);
    }
    let begins_line = at - gap <= MOST_BEFORE && seen[..at - gap].iter().filter(|c| c.is_alphanumeric()).count() <= 2;
    let is_bracketed = matches!(near.first(), Some('[' | '【' | '〔'))
        || is_closed && seen[at..].iter().take(4).any(|c| c.is_uppercase());
    (begins_line && (has_bang || is_bracketed)).then_some(Signs::One)
}

/// A word that may be the name of a callout, with the text after it if no bracket closes it.
#[derive(Clone, Copy)]
struct Written<'s> {
    seen: &'s [char],
    is_closed: bool,
}

impl Written<'_> {
    /// Returns the hiding callout with this name, allowing for a typo or two.
    fn name(self, signs: Signs) -> Option<&'static str> {
        let letters: Vec<char> = letters(self.seen).collect();
        NAMES.into_iter().find(|name| match name.len() < LONG_NAME {
            true => self.is_short(name, signs),
            false => is_long(&letters, name, signs) || self.holds(name, signs),
        })
    }

    /// Returns whether it is the short name `name`, which has to stand alone; another short name (`STAR`) is not a
    /// typo.
    fn is_short(self, name: &str, signs: Signs) -> bool {
        let first = self.seen.split(|c| !c.is_alphanumeric()).next().unwrap_or(&[]);
        if signs == Signs::One {
            // `[Svar]` may be the name of a button.
            let word: String = if self.is_closed { self.seen } else { first }.iter().collect();
            return word.trim() == name || word.trim().strip_prefix(['1', 'l', 'I']) == Some(name);
        }
        let word: String = letters(self.seen).collect();
        let slips = usize::from(self.is_closed && word != "STAR");
        letters(first).eq(name.chars()) || self.is_closed && strsim::osa_distance(&word, name) <= slips
    }

    /// Returns whether it contains `name`, as in `[!Til facilitator]` and `[!FACILITATOR-NOTE]`.
    fn holds(self, name: &str, signs: Signs) -> bool {
        signs == Signs::Both && self.is_closed && letters(self.seen).collect::<String>().contains(name)
    }
}

/// Returns whether `letters` begin with `name`, allowing for a typo or two.
fn is_long(letters: &[char], name: &str, signs: Signs) -> bool {
    let slips = if name.len() == LONG_NAME && signs == Signs::One { 1 } else { 2 };
    let lengths = name.len() - slips..=(name.len() + slips).min(letters.len());
    lengths.into_iter().any(|length| {
        let written: String = letters[..length].iter().collect();
        strsim::osa_distance(&written, name) <= slips
    })
}

/// Returns the letters and digits of `seen`, as capitals.
fn letters(seen: &[char]) -> impl Iterator<Item = char> {
    seen.iter().filter(|c| c.is_alphanumeric()).flat_map(|c| c.to_uppercase())
}

/// Finds `%%` with an invisible or blank character between its two signs, or in full width.
fn broken_percents(text: &str) -> Option<Range<usize>> {
    let is_percent = |c: char| matches!(c, '%' | '％' | '﹪');
    let mut previous: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        if is_percent(c) {
            if let Some((start, first)) = previous
                && !is_escaped(text, start)
                && (first, c, at - start) != ('%', '%', 1)
            {
                return Some(start..at + c.len_utf8());
            }
            previous = Some((at, c));
        } else if !is_blank(c) {
            previous = None;
        }
    }
    None
}

/// Finds `<!--` with a typo in it. Some typos are recognised only by the `-->` after them.
fn broken_html(text: &str, behind: &str) -> Option<Range<usize>> {
    let signs = text.char_indices().filter(|(_, c)| !is_blank(*c));
    let signs: Vec<(usize, char)> = signs.map(|(at, c)| (at, sign(c).unwrap_or(c))).collect();
    let closer = signs.windows(3).rposition(|three| three.iter().map(|(_, c)| *c).eq("-->".chars()));
    let is_closed_behind = behind.contains("-->");
    signs.iter().enumerate().find_map(|(at, (start, _))| {
        let ahead: Vec<char> = signs[at..].iter().take(4).map(|(_, c)| *c).collect();
        let is_closed = is_closed_behind || closer.is_some_and(|closer| closer > at + 1);
        let begins = match ahead.as_slice() {
            ['<', '!', '-' | '–' | '—', ..] => true,
            ['<', '!', ..] => is_closed,
            ['!', '-', '-', ..] => is_closed && (at == 0 || signs[at - 1].1 != '<'),
            ['<', '-', '-', ..] | ['<', _, '-', '-'] => is_closed,
            _ => false,
        };
        let (last, _) = signs[at + ahead.len() - 1];
        (begins && !is_escaped(text, *start)).then(|| *start..text.ceil_char_boundary(last + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_with_a_slip_is_recognised() {
        for line in [
            "[!FACILITATOR] Til dig",
            "[!facilitator:]",
            "[FACILITATOR]",
            "[! FACILITATOR ]",
            "[!FACILITATR]",
            "[!FASILITATOR]",
            "[!FAC\u{200b}ILITATOR]",
            "[!FACI LITATOR]",
            "［！ＦＡＣＩＬＩＴＡＴＯＲ］",
            "[!FАCILITАTОR]",
            "> [!FACILITATOR]",
            "[!FACILITATOR",
            "!FACILITATOR]",
            "{!FACILITATOR}",
            "![FACILITATOR]",
            "[1FACILITATOR]",
            ":::facilitator",
            "::: {.facilitator}",
            "!!! facilitator",
            "Se [!FACILITATOR] her",
            "[!ANSWER]",
            "[ANSWER] fire",
            "[!ANSER]",
            "[!AMSVER]",
            "[!SVAR] fire",
            "[!SVAR fire",
            "[SVAR] fire",
            "[!SVR]",
            "[!Til facilitator]",
            "[!FACILITATOR-NOTE]",
            "!SVAR",
            "[1SVAR]",
            "[lSVAR] fire",
            "⟦!SVAR⟧",
            "[ǃSVAR]",
            "[!ғᴀᴄɪʟɪᴛᴀᴛᴏʀ]",
        ] {
            assert!(marker_in(line).is_some(), "{line}");
        }
    }

    #[test]
    fn other_text_is_left_alone() {
        for line in [
            "Facilitatoren siger: Hej!",
            "Tak, facilitator!",
            "Hej!!! Facilitatoren er her",
            "Han sagde, at [facilitatoren] gik.",
            "Hvad er jeres svar?",
            "[!STAR] Ved døren",
            "[!NOTE] Svar kommer",
            "[x] Svar på mailen",
            "Husk! Svar dem.",
            "[1] Facilitator's guide",
            "Ansvar (se nedenfor)",
            "Anser du det for svært?",
            "Åbn [døren]!",
            "Svar: [ ] ja [ ] nej",
            "Facilitatoren [Anne Hansen] siger",
            "Facilitator: [navn]",
            "Answer [a] x",
            "[Svar] og [Send] er knapper.",
            "(Facilitatoren går rundt.)",
        ] {
            assert_eq!(marker_in(line), None, "{line}");
        }
        assert_eq!((nearest_name("INFO"), nearest_name("TODO"), nearest_name("QUOTE")), (None, None, None));
        for name in ["INFO", "TODO", "QUOTE", "BUG", "FAQ", "ABSTRACT", "SUCCESS", "DANGER", "FAILURE", "HINT", "STAR"]
        {
            assert_eq!(nearest_type(name), None, "{name}");
        }
        for name in ["SVARET", "FACILITERING", "FACIL", "SVVARR", "SAV", "ANSWERS", "FACILITA"] {
            assert!(nearest_type(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_comment_with_a_slip_is_recognised() {
        for text in [
            "a %\u{200b}% b",
            "a % % b",
            "％％ b ％％",
            "a <\u{200b}!-- b -->",
            "< !-- b -->",
            "<! -- b -->",
            "<!- b -->",
            "<1-- b -->",
            "x!-- b -->",
            "<!— b —>",
            "<-- b -->",
            "a <-- b --> c",
            "<!\u{2212}\u{2212} b \u{2212}\u{2212}>",
            "＜!-- b --＞",
        ] {
            assert!(broken_comment_in(text, "").is_some(), "{text}");
        }
        for text in ["40 % og 50 %", "a \\%% b", "a \\<!-- b -->", "A <--> B", "a --> b", "a < b!", "100 %, 50 %"] {
            assert_eq!(broken_comment_in(text, ""), None, "{text}");
        }
    }
}

//! Chooses the characters that a text is printed in: those written, or what means the same and is in the fonts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A position where a word may be broken without a hyphen.
pub const BREAK: char = '\u{200b}';
/// More marks than this on one letter are no language, and cost Typst memory by the square.
pub const MOST_MARKS: usize = 8;

/// Marks that may follow each other without a letter or a blank: for more, Typst searches long for where a line may end.
pub const MOST_SIGNS: usize = 300;

/// The characters that the fonts of a theme have.
#[derive(Clone, Copy)]
pub struct Letters<'a> {
    /// Whether one font has all characters of a letter with its marks: Typst sets them together or not at all.
    pub has: &'a dyn Fn(&str) -> bool,
    /// The family to name for a letter with its marks in a drawing; nothing where every font for text has it.
    pub family: &'a dyn Fn(&str) -> Option<String>,
}

/// A run of marks without a letter or a blank, in bytes of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignRun {
    /// Its byte offset.
    pub start: usize,
    /// The byte offset at which it is cut.
    pub cut: usize,
    /// The byte offset of its end.
    pub end: usize,
    /// The number of its marks; accents are not counted.
    pub marks: usize,
}

impl<'a> Letters<'a> {
    /// Returns letters that are all there, for who asks only what is said.
    pub fn all() -> Letters<'static> {
        Letters { has: &|_| true, family: &|_| None }
    }

    /// Returns what is printed of `text` in pieces, each with the family to name for it.
    pub fn by_family(&self, text: &str) -> Vec<(Option<String>, String)> {
        let mut pieces: Vec<(Option<String>, String)> = Vec::new();
        self.each(text, &mut |printed, _| {
            let family = if printed.is_ascii() { None } else { (self.family)(printed) };
            match pieces.last_mut() {
                Some((before, piece)) if *before == family => piece.push_str(printed),
                _ => pieces.push((family, printed.to_owned())),
            }
        });
        pieces
    }

    /// Returns `text` composed, as far as it can be printed.
    pub fn printable(&self, text: &str) -> String {
        let text = &*Self::without_runs(text);
        let is_plain = |byte: u8| byte == b'\n' || byte == b'\t' || (b' '..=b'~').contains(&byte);
        if text.bytes().all(is_plain) {
            return text.to_owned();
        }
        let mut printed = String::with_capacity(text.len());
        self.each(text, &mut |stand_in, _| printed.push_str(stand_in));
        printed
    }

    /// Returns the runs of marks in `text` that are cut on paper.
    pub fn runs_of_signs(text: &str) -> Vec<SignRun> {
        if text.len() <= MOST_SIGNS {
            return Vec::new();
        }
        let mut runs = Vec::new();
        let mut run = SignRun::default();
        for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
            if letter.is_alphanumeric() || letter.is_whitespace() {
                runs.extend((run.marks > MOST_SIGNS).then_some(SignRun { end: at, ..run }));
                run = SignRun { start: at + letter.len_utf8(), ..SignRun::default() };
            } else if !is_combining_mark(letter) {
                run.marks += 1;
                run.cut = if run.marks == MOST_SIGNS + 1 { at } else { run.cut };
            }
        }
        runs
    }

    /// Cuts the runs of marks in `text` that are too long.
    fn without_runs(text: &str) -> Cow<'_, str> {
        let mut written = String::new();
        let mut end = 0;
        for run in Self::runs_of_signs(text) {
            written += &text[end..run.cut];
            written += "...";
            end = run.end;
        }
        if end == 0 { text.into() } else { (written + &text[end..]).into() }
    }

    /// Returns the characters of `text` that are left out on paper. Those that only say how others are shown go unsaid.
    pub fn missing(&self, text: &str) -> BTreeSet<char> {
        let mut missing = BTreeSet::new();
        if !text.is_ascii() {
            self.each(text, &mut |_, left_out| {
                missing.extend(left_out.chars().filter(|letter| !is_ignorable(*letter) && !letter.is_control()));
            });
        }
        missing
    }

    /// Calls `take` for each letter with its marks: with what is printed, and with what of it is left out.
    fn each(&self, text: &str, take: &mut dyn FnMut(&str, &str)) {
        let composed: String = text.nfc().collect();
        let mut start = 0;
        for (end, next) in composed.char_indices().skip(1) {
            if !is_combining_mark(next) {
                self.letter(&composed[start..end], take);
                start = end;
            }
        }
        self.letter(&composed[start..], take);
    }

    /// Takes a letter with its marks.
    fn letter(&self, cluster: &str, take: &mut dyn FnMut(&str, &str)) {
        let Some(base) = cluster.chars().next() else { return };
        let marks = &cluster[base.len_utf8()..];
        let has_few = marks.chars().count() <= MOST_MARKS;
        let stand_in = self.stand_in(base);
        if stand_in.is_empty()
            && let Some(plain) = base.nfd().next().filter(|plain| *plain != base)
            && (self.has)(plain.encode_utf8(&mut [0; 4]))
        {
            return take(plain.encode_utf8(&mut [0; 4]), cluster);
        }
        if marks.is_empty() {
            return take(&stand_in, if stand_in.is_empty() { cluster } else { "" });
        }
        let whole = format!("{stand_in}{marks}");
        if has_few && !stand_in.is_empty() && (self.has)(&whole) {
            return take(&whole, "");
        }
        take(&stand_in, if stand_in.is_empty() { cluster } else { marks });
    }

    /// Returns what is printed for a character; nothing where nothing in the fonts means the same.
    fn stand_in(&self, letter: char) -> String {
        let mut bytes = [0; 4];
        match letter {
            '\n' | '\t' | '\u{ad}' | BREAK => letter.into(),
            '\u{2028}' | '\u{2029}' => "\n".into(),
            // The second one is the hyphen that no line ends with, as word processors write it.
            '\u{2010}' | '\u{2011}' => "-".into(),
            letter if letter.is_control() => " ".into(),
            // Ligatures, as PDFs give them.
            '\u{fb00}'..='\u{fb06}' => letter.nfkc().collect(),
            letter if is_private(letter) || is_combining_mark(letter) => String::new(),
            letter if (self.has)(letter.encode_utf8(&mut bytes)) => letter.into(),
            letter if letter.is_whitespace() => " ".into(),
            letter => {
                let alike: String = letter.nfkc().collect();
                let is_there = |part: char| !is_private(part) && (self.has)(part.encode_utf8(&mut [0; 4]));
                if alike.chars().all(is_there) { alike } else { String::new() }
            }
        }
    }
}

/// Whether a character has no meaning that all agree on, which an archive may not hold.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a character only says how its neighbours are shown.
fn is_ignorable(letter: char) -> bool {
    matches!(letter, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(cluster: &str) -> bool {
        cluster.chars().all(|letter| letter.is_ascii() || "æøåé→\u{30c}".contains(letter)) && cluster != "→\u{30c}"
    }

    fn printed(text: &str) -> (String, String) {
        let letters = Letters { has: &has, family: &|_| None };
        (letters.printable(text), letters.missing(text).into_iter().collect())
    }

    #[test]
    fn what_means_the_same_is_printed_instead() {
        for (written, expected) in [
            ("5\u{2011}10 og e\u{2010}bog", "5-10 og e-bog"),
            ("\u{fb01}nder o\u{fb03}ce", "finder office"),
            ("20 \u{2103}", "20 "),
            ("a\u{2003}b\u{202f}c", "a b c"),
            ("x\u{b2}", "x2"),
            ("en\u{2028}to", "en\nto"),
            ("a\u{b}b\u{7f}c", "a b c"),
            ("cafe\u{301}", "café"),
        ] {
            assert_eq!(printed(written).0, expected, "{written:?}");
        }
    }

    #[test]
    fn what_no_font_has_is_left_out_and_told() {
        assert_eq!(printed("a🎉→b"), ("a→b".into(), "🎉".into()));
        assert_eq!(printed("x\u{30c}"), ("x\u{30c}".into(), String::new()));
        // Each is there, but in no font both.
        assert_eq!(printed("→\u{30c}"), ("→".into(), "\u{30c}".into()));
        assert_eq!(printed("\u{e000}"), (String::new(), "\u{e000}".into()));
        assert_eq!(printed("🎉\u{fe0f}\u{200d}"), (String::new(), "🎉".into()));
    }

    #[test]
    fn marks_without_a_letter_come_to_an_end() {
        let signs = |count| "=".repeat(count);
        let (text, _) = printed(&format!("a {}b {}", signs(2000), signs(300)));
        assert_eq!(text, format!("a {}...b {}", signs(300), signs(300)));
        let run = SignRun { start: 3, cut: 303, end: 403, marks: 400 };
        assert_eq!(Letters::runs_of_signs(&format!("æ {}", signs(400))), [run]);
    }

    #[test]
    fn no_letter_carries_marks_without_end() {
        let (text, missing) = printed(&format!("a{}b", "\u{30c}".repeat(20_000)));
        assert_eq!((&*text, &*missing), ("ab", "ǎ\u{30c}"));
    }
}

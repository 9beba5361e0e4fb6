//! Detects front matter in a form that is not read, and misspelled keys that were meant to decide who may read a page.
//!
//! Such text would be shown, and its `audience` or `draft` would have no effect.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use super::{COMMON, IGNORED, READERS, keys_of};
use crate::model::Kind;
use crate::model::invisible::is_blank;

/// The number of lines of a body that are searched: front matter stands at the top.
const MOST_LINES: usize = 12;
/// The number of bytes of a body that are searched.
const MOST_BYTES: usize = 4096;

/// The length in bytes of the longest value that a key for readers has, with a typo in it.
const LONGEST_VALUE: usize = 16;

/// Names by which other programs, and people, state who may read a page.
const OTHER_NAMES: &[&str] = &[
    "access",
    "confidential",
    "facilitator",
    "facilitators",
    "fortrolig",
    "hidden",
    "hide",
    "internal",
    "intern",
    "kladde",
    "målgruppe",
    "maalgruppe",
    "offentlig",
    "private",
    "privat",
    "public",
    "publiceret",
    "published",
    "publikum",
    "readers",
    "restricted",
    "skjul",
    "skjult",
    "status",
    "udkast",
    "unlisted",
    "visibility",
    "visible",
];

/// Finds front matter in another form at the top of a body, which begins at byte `start` of `text`; returns its byte
/// range and what is wrong with it.
pub(super) fn find(text: &str, start: usize) -> Option<(Range<usize>, &'static str)> {
    let end = text.floor_char_boundary(text.len().min(start + MOST_BYTES));
    let mut is_behind = false;
    let mut comment: Option<&str> = None;
    let mut fence: Option<&Line> = None;
    let mut code: Option<&str> = None;
    let mut is_behind_text = false;
    let lines: Vec<Line> = lines(&text[start..end], start).take(MOST_LINES).collect();
    for line in &lines {
        if let Some(closer) = comment {
            comment = (!line.text.contains(closer)).then_some(closer);
            continue;
        }
        if let Some(closer) = line.opens_comment() {
            is_behind = true;
            comment = (!line.text[2..].contains(closer)).then_some(closer);
            continue;
        }
        if line.begins_json() {
            return Some((line.range(), "it is JSON"));
        }
        if line.opens_code() {
            is_behind = true;
            // A block of code behind text is an example.
            code = if code.is_none() && is_behind_text { Some(&line.text[..3]) } else { None };
            continue;
        }
        if code.is_some() {
            continue;
        }
        match (line.key(), fence) {
            (Some((_, '=')), Some(fence)) if fence.text.starts_with('+') => return Some((fence.range(), "it is TOML")),
            (Some((key, _)), Some(fence)) if is_known(&key) && (!is_behind_text || says_readers(&key)) => {
                let is_plain = fence.text.trim_end() == "---";
                let form = if is_plain || is_behind { "something stands before it" } else { NOT_BETWEEN };
                return Some((fence.range(), form));
            }
            (None, Some(fence)) if line.begins_with_readers() => return Some((fence.range(), NOT_BETWEEN)),
            (Some(_), _) if line.says_who_reads() => return Some((line.range(), NOT_BETWEEN)),
            _ => {}
        }
        fence = Some(line).filter(|line| line.is_like_fence());
        is_behind_text |= fence.is_none() && !line.text.starts_with('#');
    }
    None
}

/// Finds a line in the front matter at the bytes `yaml` of `text` that says who may read, but is indented, so that it is a part
/// of the value above it.
pub(super) fn find_nested(text: &str, yaml: Range<usize>) -> Option<(Range<usize>, &'static str)> {
    let is_indented = |line: &Line| text[..line.start].ends_with([' ', '\t']);
    let mut nested = lines(&text[yaml.clone()], yaml.start).filter(is_indented);
    let found = nested.find(|line| !line.text.starts_with('#') && line.says_who_reads())?;
    Some((found.range(), "it is indented, so that it is part of the value above it"))
}

fn says_readers(key: &str) -> bool {
    READERS.iter().any(|known| is_near(key, known))
}

const NOT_BETWEEN: &str = "it does not stand between two lines of three hyphens";

/// Returns whether an unknown `key` was meant to decide who may read the page.
pub(in crate::parse) fn concerns_readers(key: &str) -> bool {
    let key = plain(key);
    READERS.iter().any(|known| is_near(&key, known)) || OTHER_NAMES.contains(&key.as_str())
}

/// A line that is not blank.
struct Line<'t> {
    /// The text without blank and invisible characters around it.
    text: &'t str,
    start: usize,
}

/// Returns the lines of `text`, which begins at byte `start` of the file, that are not blank. Every character that some
/// program treats as the end of a line ends one here.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Line<'_>> {
    let line_end: fn(&str) -> Option<usize> = match has_rare_line_end(text.as_bytes()) {
        true => |text| text.find(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']),
        false => |text| memchr::memchr2(b'\n', b'\r', text.as_bytes()),
    };
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let line = rest?;
        let end = line_end(line);
        rest = end.map(|end| &line[line.ceil_char_boundary(end + 1)..]);
        Some(&line[..end.unwrap_or(line.len())])
    })
    .filter_map(move |line| {
        let trimmed = line.trim_matches(is_blank);
        // `trimmed` is a slice of `text`, so the distance between them is its offset.
        let at = trimmed.as_ptr() as usize - text.as_ptr() as usize;
        (!trimmed.is_empty()).then_some(Line { text: trimmed, start: start + at })
    })
}

/// Returns whether the UTF-8 in `bytes` holds a line end beside `\n` and `\r`, without a branch for each byte: splitting at
/// all line ends costs 2 % of a build.
fn has_rare_line_end(bytes: &[u8]) -> bool {
    let is_end = |first: u8, second: u8| {
        matches!(second, 0x0B | 0x0C) | (first == 0xC2) & (second == 0x85) | (first == 0x80) & (second & !1 == 0xA8)
    };
    let begins = bytes.first().is_some_and(|first| is_end(0, *first));
    bytes.windows(2).fold(begins, |found, pair| found | is_end(pair[0], pair[1]))
}

impl Line<'_> {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Returns the mark that closes the comment that the line begins with.
    fn opens_comment(&self) -> Option<&'static str> {
        [("<!--", "-->"), ("%%", "%%")]
            .into_iter()
            .find(|(opener, _)| self.text.starts_with(opener))
            .map(|(_, closer)| closer)
    }

    fn opens_code(&self) -> bool {
        self.text.starts_with("```") || self.text.starts_with("~~~")
    }

    fn begins_json(&self) -> bool {
        self.text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"') && rest.contains(':'))
    }

    /// Returns whether it is a row of signs of one kind, like the lines around front matter.
    fn is_like_fence(&self) -> bool {
        let is_dash = |c: char| {
            matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{ad}')
        };
        let is_other = |c: char| "+=*_~;.#".contains(c);
        self.text.chars().all(|c| is_dash(c) || is_blank(c)) || self.text.chars().all(|c| is_other(c) || is_blank(c))
    }

    /// Returns its key, in lower case and without quotation marks, and the sign after it.
    fn key(&self) -> Option<(String, char)> {
        const LONGEST: usize = 60;
        let start = &self.text[..self.text.floor_char_boundary(LONGEST + 1)];
        let end = memchr::memchr2(b':', b'=', start.as_bytes())?;
        let key = self.text[..end].trim_matches(|c: char| is_blank(c) || "\"'-".contains(c));
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || is_blank(c) || "_-".contains(c));
        is_key.then(|| (plain(key), self.text[end..].chars().next().unwrap_or(':')))
    }

    /// Returns whether its first word is a key that decides who may read, although nothing shows that it is a key.
    fn begins_with_readers(&self) -> bool {
        let first = self.text.split(|c: char| !c.is_alphanumeric() && !is_blank(c) || c == ' ').next().map(plain);
        first.is_some_and(|first| READERS.iter().any(|known| is_near(&first, known)))
    }

    /// Returns whether it is like `draft: true`, `audience: facilitator` or `publish: false`, allowing for a typo: a
    /// key that decides who may read, and no more than a word or two.
    fn says_who_reads(&self) -> bool {
        let Some((key, _)) = self.key() else { return false };
        let value = plain(self.text.split_once([':', '=']).map_or("", |(_, value)| value));
        let is_word = (1..=LONGEST_VALUE).contains(&value.len());
        // `--- draft: true`: the key stands on the line of the hyphens.
        let text = self.text.strip_prefix("--").map_or(self.text, |rest| rest.trim_start_matches(['-', ' ']));
        let begins_as_key = text.starts_with(|c: char| c.is_lowercase() || c == '"');
        begins_as_key && is_word && READERS.iter().any(|known| is_near(&key, known))
    }
}

/// Returns `text` in lower case and in its plain form (NFKC), without blank and invisible characters.
fn plain(text: &str) -> String {
    text.nfkc().filter(|c| !is_blank(*c)).flat_map(char::to_lowercase).collect()
}

fn is_known(key: &str) -> bool {
    let mut known = Kind::ALL.into_iter().flat_map(keys_of).chain(COMMON).chain(IGNORED);
    known.any(|known| is_near(key, known)) || concerns_readers(key)
}

/// Returns whether `written` is `known`, allowing for typos: none in a short word, one in a longer one, two in a long
/// one.
fn is_near(written: &str, known: &str) -> bool {
    let slips = match known.len() {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    };
    written == known || slips > 0 && strsim::osa_distance(written, known) <= slips
}

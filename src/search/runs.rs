//! Joins words that are also written as one: those with a hyphen between them (*e-bøger*, *wi-fi*), and groups of digits
//! (*12 34 56 78*). The browser's `search-words.js` does the same, step by step.

use std::ops::Range;

use crate::language::words;

/// Fewest and most digits of a number that is written in groups: hours from one to another have fewer, lists of numbers more.
const DIGITS: Range<usize> = 4..16;

/// A run of words of a text that are also written as one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Their numbers among the words of the text.
    pub words: Range<usize>,
    /// The one word, as it would be written.
    pub joined: String,
}

/// Returns the runs of `text`.
pub(super) fn runs(text: &str) -> Vec<Run> {
    runs_with(text, |_| false)
}

/// Returns the runs of `text`, where words that `may_lead` are also joined to the word behind a space.
pub(super) fn runs_with(text: &str, may_lead: impl Fn(&str) -> bool) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut finder = RunFinder::new(text);
    for (number, (at, word)) in words(text).enumerate() {
        let leads = finder.gap(at) == " " && may_lead(finder.last());
        runs.extend(finder.add_if(finder.is_linked(at, word) || leads, number, at, word));
    }
    runs.extend(finder.done());
    runs
}

/// Returns `text` with each of its runs as one word; nothing where it has none.
pub(super) fn joined_text(text: &str) -> Option<String> {
    let runs = runs(text);
    let mut starts = runs.iter().map(|run| run.words.start).peekable();
    starts.peek()?;
    let mut joined = String::with_capacity(text.len());
    for (number, (_, word)) in words(text).enumerate() {
        let is_inside = runs.iter().any(|run| run.words.contains(&number) && run.words.start < number);
        if !is_inside && !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    Some(joined)
}

/// Finds the runs of a text, one word after another.
pub(super) struct RunFinder<'t> {
    text: &'t str,
    /// The words of the run so far, as numbers and as bytes.
    words: Range<usize>,
    bytes: Range<usize>,
    /// The byte offset of the last word.
    last: usize,
}

impl<'t> RunFinder<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, words: 0..0, bytes: 0..0, last: 0 }
    }

    /// Takes the next word, which begins at `at`. Returns the run that ended before it, if one did.
    #[inline]
    pub fn add(&mut self, number: usize, at: usize, word: &str) -> Option<Run> {
        // Most words are neither behind a hyphen nor between digits.
        let before = at.checked_sub(1).map_or(b' ', |before| self.text.as_bytes()[before]);
        let may_be = before != b' ' || word.as_bytes()[0].is_ascii_digit();
        self.add_if(may_be && self.is_linked(at, word), number, at, word)
    }

    #[inline]
    fn add_if(&mut self, is_linked: bool, number: usize, at: usize, word: &str) -> Option<Run> {
        let end = at + word.len();
        self.last = at;
        if is_linked {
            (self.words.end, self.bytes.end) = (number + 1, end);
            return None;
        }
        let run = if self.words.len() > 1 { self.done() } else { None };
        (self.words, self.bytes) = (number..number + 1, at..end);
        run
    }

    /// Returns the run that the text ends with.
    pub fn done(&mut self) -> Option<Run> {
        let words = std::mem::take(&mut self.words);
        let text = &self.text[self.bytes.clone()];
        let joined: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let is_number = joined.bytes().all(|byte| byte.is_ascii_digit());
        let is_run = words.len() > 1 && (!is_number || DIGITS.contains(&joined.len()));
        is_run.then_some(Run { words, joined })
    }

    fn last(&self) -> &'t str {
        &self.text[self.last..self.bytes.end]
    }

    /// Returns what stands between the last word and one that begins at `at`.
    fn gap(&self, at: usize) -> &'t str {
        if self.words.is_empty() { "" } else { &self.text[self.bytes.end..at] }
    }

    fn is_linked(&self, at: usize, word: &str) -> bool {
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        match self.gap(at) {
            " " | "\u{a0}" | "." => is_number(word) && is_number(self.last()),
            "-" | "\u{2010}" | "\u{2011}" => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Vec<String> {
        runs(text).into_iter().map(|run| run.joined).collect()
    }

    #[test]
    fn words_with_hyphens_and_groups_of_digits_are_joined() {
        assert_eq!(joined("En e-bog, wi\u{2011}fi og en CO2-kvote"), ["ebog", "wifi", "CO2kvote"]);
        assert_eq!(joined("Ring 12 34 56 78, ikke 87.65.43.21"), ["12345678", "87654321"]);
        assert_eq!(joined("trivsels- og målemøder - ja, 9-16, 24 - 25 -"), [""; 0]);
        assert_eq!(joined(&"1 ".repeat(40)), [""; 0]);
    }

    #[test]
    fn a_text_is_given_with_its_runs_joined() {
        assert_eq!(joined_text("Lån en e-bog, og e-mail os").as_deref(), Some("Lån en ebog og email os"));
        assert_eq!(joined_text("Lån en bog"), None);
    }
}

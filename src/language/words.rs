//! A text to its words: runs of letters and digits.
//!
//! Every word of a handbook passes here, so bytes are told apart 64 at a time, without a branch, and words are found by
//! where the bits of a chunk change. What a bit cannot tell, punctuation beyond ASCII, is read letter by letter.

use std::ops::Range;

/// Nobody looks for a word with more letters, and taking one apart takes time by the square of its length.
pub const LONGEST_WORD: usize = 60;

/// Bytes that are told apart at once: a bit for each.
const CHUNK: usize = u64::BITS as usize;

/// The words of a text, each with the byte that it begins at: runs of letters and digits, overlong ones apart.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_overlong = |word: &str| word.len() > LONGEST_WORD && word.chars().nth(LONGEST_WORD).is_some();
    Words { text, ..Words::default() }.filter(move |(_, word)| !is_overlong(word))
}

/// The words of a text that are still to be given.
#[derive(Default)]
struct Words<'t> {
    text: &'t str,
    /// The chunk that is being read, and where the next one begins.
    chunk: usize,
    next_chunk: usize,
    /// The bytes of the chunk at which a word begins or ends.
    edges: u64,
    /// Whether a word is open that has not ended yet, and where it began.
    is_open: bool,
    start: usize,
    /// Whether the chunk, or one before that the open word reaches back into, holds what a bit cannot tell.
    is_odd: bool,
    /// What is to be read letter by letter.
    odd: Range<usize>,
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(word) = self.odd_word() {
                return Some(word);
            }
            let word = self.run()?;
            if !self.is_odd {
                return Some((word.start, &self.text[word]));
            }
            self.odd = word;
        }
    }
}

impl<'t> Words<'t> {
    /// The next run of bytes that may all be a word's.
    #[inline]
    fn run(&mut self) -> Option<Range<usize>> {
        loop {
            while self.edges != 0 {
                let at = self.chunk + self.edges.trailing_zeros() as usize;
                self.edges &= self.edges - 1;
                self.is_open = !self.is_open;
                if !self.is_open {
                    return Some(self.start..at);
                }
                self.start = at;
            }
            if !self.read_chunk() {
                let is_open = std::mem::take(&mut self.is_open);
                return is_open.then_some(self.start..self.text.len());
            }
        }
    }

    /// Goes on to the next chunk, if there is one.
    fn read_chunk(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.next_chunk..];
        let mut last = [0; CHUNK];
        let chunk = match rest.first_chunk() {
            Some(chunk) => chunk,
            None if rest.is_empty() => return false,
            None => {
                last[..rest.len()].copy_from_slice(rest);
                &last
            }
        };
        (self.chunk, self.next_chunk) = (self.next_chunk, self.text.len().min(self.next_chunk + CHUNK));
        let of_words = bits(chunk, |byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        self.edges = of_words ^ (of_words << 1 | u64::from(self.is_open));
        let is_odd = chunk.iter().fold(false, |found, byte| found | is_odd(*byte));
        self.is_odd = is_odd || self.is_odd && self.is_open;
        true
    }

    /// The next word of what is to be read letter by letter.
    #[inline]
    fn odd_word(&mut self) -> Option<(usize, &'t str)> {
        if self.odd.is_empty() {
            return None;
        }
        let text = &self.text[self.odd.clone()];
        let start = text.find(char::is_alphanumeric).unwrap_or(text.len());
        let end = text[start..].find(|letter: char| !letter.is_alphanumeric()).map_or(text.len(), |end| start + end);
        let from = self.odd.start;
        self.odd.start += end;
        (start < end).then(|| (from + start, &text[start..end]))
    }
}

/// A bit for each byte of a chunk, set where `is_set`.
#[inline]
fn bits(chunk: &[u8; CHUNK], is_set: impl Fn(u8) -> bool) -> u64 {
    // Multiplied by this, the lowest bits of eight bytes stand in order in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let flags = chunk.map(|byte| u8::from(is_set(byte)));
    let (eights, _) = flags.as_chunks();
    let of_eight = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | of_eight(eight))
}

/// Whether a byte may belong to a character beyond ASCII that is no letter. Those from À to ÿ, as most in a Danish text, are
/// letters, and begin with 0xC3, but for × and ÷, which end with these.
fn is_odd(byte: u8) -> bool {
    (byte >= 0xC0) & (byte != 0xC3) | (byte == 0x97) | (byte == 0xB7)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let found: Vec<(usize, &str)> = words("»Å, e-bøger« 3× 🙂").collect();
        assert_eq!(found, [(2, "Å"), (6, "e"), (8, "bøger"), (17, "3")]);
    }

    #[test]
    fn overlong_words_are_left_out() {
        let text = format!("{} {} kort", "ø".repeat(60), "ø".repeat(61));
        assert_eq!(words(&text).map(|(_, word)| word.chars().count()).collect::<Vec<_>>(), [60, 4]);
    }

    proptest! {
        #[test]
        fn chunks_give_the_same_words_as_letters_do(text in "([a-zA-Z0-9æøå ×÷–»Øé日,.\n-]{0,40}[ab]{0,70}){0,5}") {
            let one_by_one = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
            let found: Vec<(usize, &str)> = Words { text: &text, ..Words::default() }.collect();
            prop_assert!(found.iter().all(|(at, word)| text[*at..].starts_with(word)));
            prop_assert!(found.iter().map(|(_, word)| *word).eq(one_by_one));
        }
    }
}

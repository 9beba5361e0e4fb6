//! The text of a page to what it weighs: how often each word stands there, and in which fields.

use rustc_hash::FxHashMap;

use super::dictionary::{Dictionary, WordNumber};
use super::runs::{Run, RunFinder};
use super::text::PageText;
use super::tuning::TUNING;
use crate::language::{LONGEST_WORD, lower, words};

/// The words of a page with their weights; the same for the same text and dictionary.
#[derive(Debug, Clone, Default)]
pub struct PageWords {
    /// Each different word with its weight on the page: how often it stands there, by the weights of the fields.
    pub words: Box<[(WordNumber, u32)]>,
    /// How many words the page has, those of its title and names apart.
    pub length: u32,
}

/// Counts the words of pages, one page after another.
#[derive(Debug)]
pub struct Counter<'d> {
    dictionary: &'d Dictionary,
    /// The words met last and their numbers, each at a place that its bytes give: one look close by answers for most words.
    recent: Box<[(u128, WordNumber)]>,
    /// The numbers of words as they were written on any page so far: what the dictionary was asked before. Most words are
    /// short enough to be [`packed`], which saves a look at another place in memory for every word of a handbook.
    short: FxHashMap<u128, WordNumber>,
    long: FxHashMap<Box<str>, WordNumber>,
    /// By number, the weight on the page that is being counted.
    weights: Vec<u32>,
    /// The numbers of its words.
    on_page: Vec<WordNumber>,
}

impl<'d> Counter<'d> {
    /// Counts words by their numbers in `dictionary`.
    pub fn new(dictionary: &'d Dictionary) -> Self {
        let (short, long) = Default::default();
        let recent = vec![Default::default(); 1 << RECENT_BITS].into();
        Self { dictionary, recent, short, long, weights: Vec::new(), on_page: Vec::new() }
    }

    /// The words of a page.
    pub fn page(&mut self, page: &PageText) -> PageWords {
        self.field(&page.title, TUNING.title);
        for name in page.names.iter().chain(&page.tags) {
            self.field(name, TUNING.names);
        }
        let mut length = self.field(&page.lede, TUNING.lede);
        for part in &page.parts {
            length += self.field(&part.heading, TUNING.heading) + self.field(&part.text, TUNING.body);
        }
        let weights = &mut self.weights;
        let words = self.on_page.drain(..).map(|word| (word, std::mem::take(&mut weights[word as usize])));
        PageWords { words: words.collect(), length }
    }

    /// Adds the words of a field, and gives how many they are.
    fn field(&mut self, text: &str, weight: u32) -> u32 {
        let mut runs = RunFinder::new(text);
        let mut count = 0;
        for (start, word) in words(text) {
            let number = self.number(text, start, word);
            self.add(number, weight);
            if let Some(run) = runs.add(count, start, word) {
                self.add_joined(&run, weight);
            }
            count += 1;
        }
        if let Some(run) = runs.done() {
            self.add_joined(&run, weight);
        }
        count as u32
    }

    #[inline]
    fn add(&mut self, number: WordNumber, weight: u32) {
        let known = &mut self.weights[number as usize];
        if *known == 0 {
            self.on_page.push(number);
        }
        *known += weight;
    }

    /// Adds the word that a run is also written as, which does not make the page longer.
    fn add_joined(&mut self, run: &Run, weight: u32) {
        if run.joined.chars().count() <= LONGEST_WORD {
            let number = self.number(&run.joined, 0, &run.joined);
            self.add(number, weight);
        }
    }

    /// The number of the `word` that stands at `start` in `text`.
    #[inline]
    fn number(&mut self, text: &str, start: usize, word: &str) -> WordNumber {
        let Some(packed) = packed(text, start, word) else { return self.long_number(word) };
        let place = recent_place(packed);
        let (known, number) = self.recent[place];
        if known == packed {
            return number;
        }
        let number = self.short_number(packed, word);
        self.recent[place] = (packed, number);
        number
    }

    fn short_number(&mut self, packed: u128, word: &str) -> WordNumber {
        if let Some(number) = self.short.get(&packed) {
            return *number;
        }
        let number = self.new_number(word);
        self.short.insert(packed, number);
        number
    }

    fn long_number(&mut self, word: &str) -> WordNumber {
        if let Some(number) = self.long.get(word) {
            return *number;
        }
        let number = self.new_number(word);
        self.long.insert(word.into(), number);
        number
    }

    /// The number of a word that was not met before, with room for its weight.
    fn new_number(&mut self, word: &str) -> WordNumber {
        let number = self.dictionary.number(&lower(word));
        let needed = self.weights.len().max(number as usize + 1);
        self.weights.resize(needed, 0);
        number
    }
}

/// As many bits as tell the places of recent words apart.
const RECENT_BITS: u32 = 12;

/// The place of a packed word among the recent ones.
fn recent_place(packed: u128) -> usize {
    // Fibonacci hashing: the highest bits of the product depend on all bits (Knuth, TAOCP vol. 3, 6.4).
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    let folded = packed as u64 ^ (packed >> 64) as u64;
    (folded.wrapping_mul(GOLDEN) >> (u64::BITS - RECENT_BITS)) as usize
}

/// The bytes of a `word` of at most 16 as one number. A word holds no zero byte, so no two have the same.
fn packed(text: &str, start: usize, word: &str) -> Option<u128> {
    const MOST: usize = size_of::<u128>();
    if word.is_empty() || word.len() > MOST {
        return None;
    }
    let bytes = text.as_bytes();
    let window: [u8; MOST] = match bytes.get(start..start + MOST).and_then(|window| window.try_into().ok()) {
        Some(window) => window,
        None => {
            let mut window = [0; MOST];
            window[..word.len()].copy_from_slice(word.as_bytes());
            window
        }
    };
    Some(u128::from_le_bytes(window) & (u128::MAX >> (8 * (MOST - word.len()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_packed_alike_wherever_it_stands() {
        let text = "og vi går, og går";
        let at = |start: usize, end: usize| packed(text, start, &text[start..end]);
        assert_eq!(at(0, 2), at(12, 14));
        assert_eq!(at(6, 10), at(15, 19));
        assert_ne!(at(0, 2), at(6, 10));
        assert_eq!(
            packed("sekstenbogstaver", 0, "sekstenbogstaver").map(u128::to_le_bytes),
            Some(*b"sekstenbogstaver")
        );
        assert_eq!(packed("syttenbogstaveren", 0, "syttenbogstaveren"), None);
    }
}

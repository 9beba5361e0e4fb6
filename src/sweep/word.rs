//! Decides whether letters that match a name are that name as a reader sees it.

use super::folded::{Folded, Gap};
use super::reader::Form;

/// The least number of letters in the last word of a name that may begin a compound: `Ringgade` in
/// `Ringgadeafdelingen`, but `Nord` not in `nordisk`.
const LEAST_IN_COMPOUND: usize = 5;
/// The number of letters below which it begins a compound only with its capital: `Vejle` in `Vejlebiblioteket`, but not
/// in `vejledning`.
const LEAST_WITHOUT_CAPITAL: usize = 6;
/// The least number of letters in a name that is searched for in bytes that are not text. Six letters in a row occur by
/// chance in one video of 4 TB, in any letter case; the bytes before and after them say nothing.
const LEAST_IN_BYTES: usize = 6;
/// The least number of letters in a name that may occur within a word of a file name: `planringgade.pdf`.
const LEAST_IN_NAME: usize = 6;
/// The least number of letters in a name whose letters may be separated.
const LEAST_LETTER_BY_LETTER: usize = 4;
/// The suffixes of names in the genitive.
const GENITIVE: [&[u8]; 2] = [b"s", b"es"];
/// The suffixes of nouns in the definite form and the plural, without the genitive.
const INFLECTIONS: [&[u8]; 10] = [b"e", b"n", b"r", b"en", b"et", b"er", b"ne", b"ene", b"erne", b"ere"];

/// Pairs of consonants that Danish words begin with; `s` may precede any, since it links the parts of compounds.
const ONSETS: [&[u8]; 32] = [
    b"bj", b"bl", b"br", b"ch", b"dj", b"dr", b"dv", b"fj", b"fl", b"fn", b"fr", b"gj", b"gl", b"gn", b"gr", b"hj",
    b"hv", b"kj", b"kl", b"kn", b"kr", b"kv", b"lj", b"mj", b"nj", b"pj", b"pl", b"pr", b"th", b"tj", b"tr", b"tv",
];

/// The rules by which a name is recognised.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Whether capitals must be capitals: a museum may be called `Museet`, and every handbook contains `museet`.
    is_exact: bool,
    /// Whether it may begin a longer word.
    begins_compounds: bool,
    /// Whether it begins a longer word only with a capital.
    begins_with_capital: bool,
}

impl Word {
    /// Returns the rules for a private word, in any letter case.
    pub fn private(word: &str) -> Self {
        let folded = Folded::of(word);
        let last = (0..folded.bytes.len()).rev().find(|at| folded.gap(*at) > Gap::Part).unwrap_or(0);
        let length = letters(&folded, last);
        let begins_with_capital = length < LEAST_WITHOUT_CAPITAL && folded.is_upper(last);
        Self { is_exact: false, begins_compounds: length >= LEAST_IN_COMPOUND, begins_with_capital }
    }

    /// Returns the rules for the name of an organisation or a person, with its capitals.
    pub fn name() -> Self {
        Self { is_exact: true, begins_compounds: false, begins_with_capital: false }
    }

    /// Returns whether the letters of `name`, which occur in `text` at `start`, are the name.
    pub fn is_at(&self, name: &Folded, text: &Folded, start: usize, form: Form) -> bool {
        let end = start + name.bytes.len();
        let is_whole = match form {
            Form::Bytes => name.bytes.len() >= LEAST_IN_BYTES,
            Form::Text | Form::Name => self.begins(name, text, start, form) && self.ends(name, text, start, form),
        };
        is_whole
            && (!self.is_exact || (0..name.bytes.len()).all(|at| text.is_upper(start + at) || !name.is_upper(at)))
            && (is_in_one_piece(name, text, start) || is_letter_by_letter(text, start, end))
    }

    fn begins(&self, name: &Folded, text: &Folded, start: usize, form: Form) -> bool {
        let may_stand_within = form == Form::Name && !self.is_exact && name.bytes.len() >= LEAST_IN_NAME;
        !text.is_same_letter(start) && (text.gap(start) != Gap::None || may_stand_within)
    }

    fn ends(&self, name: &Folded, text: &Folded, start: usize, form: Form) -> bool {
        let end = start + name.bytes.len();
        if text.is_same_letter(end) {
            return false;
        }
        let length = (end..text.bytes.len()).take_while(|at| text.gap(*at) == Gap::None).count();
        let rest = &text.bytes[end.min(text.bytes.len())..][..length];
        let begins_compound = || match form {
            Form::Name => name.bytes.len() >= LEAST_IN_NAME,
            Form::Text | Form::Bytes => (!self.begins_with_capital || text.is_upper(start)) && may_be_second_part(rest),
        };
        // `Helle` is not in `heller`.
        let inflects =
            |rest: &[u8]| is_inflection(rest) && (!self.begins_with_capital || rest.len() > 1 && text.is_upper(start));
        rest.is_empty() || GENITIVE.contains(&rest) || (self.begins_compounds && (inflects(rest) || begins_compound()))
    }
}

fn letters(folded: &Folded, from: usize) -> usize {
    (from..folded.bytes.len()).filter(|at| !folded.is_same_letter(*at)).count()
}

fn is_inflection(rest: &[u8]) -> bool {
    INFLECTIONS.contains(&rest) || rest.strip_suffix(b"s").is_some_and(|rest| INFLECTIONS.contains(&rest))
}

/// Returns whether `rest` may be the second part of a compound, including a linking element: it has three letters with
/// a vowel among them, and begins as a word may. `Nordby` is not in `nordbyggeri`, nor `Vejle` in `Vejledning`.
fn may_be_second_part(rest: &[u8]) -> bool {
    let is_vowel = |letter: &u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let begins_as_word = match rest {
        [first, second, ..] if !is_vowel(first) && !is_vowel(second) => {
            *first == b's' || ONSETS.iter().any(|onset| rest.starts_with(onset))
        }
        _ => true,
    };
    rest.len() > 2 && rest.iter().any(is_vowel) && begins_as_word
}

/// Returns whether the letters of `name` in `text` are separated only where the name itself has a gap, hyphens aside. A
/// name does not continue after the end of a sentence.
fn is_in_one_piece(name: &Folded, text: &Folded, start: usize) -> bool {
    (1..name.bytes.len()).all(|at| match text.gap(start + at) {
        Gap::None | Gap::Part | Gap::Hyphen => true,
        Gap::Slash | Gap::Space => name.gap(at) > Gap::Part,
        Gap::Stop => name.gap(at) == Gap::Stop,
    })
}

/// Returns whether each letter is separate: spaced out, or in an element of its own.
fn is_letter_by_letter(text: &Folded, start: usize, end: usize) -> bool {
    let stands_alone =
        |at: usize| text.is_same_letter(at) || matches!(text.gap(at), Gap::Space | Gap::Hyphen | Gap::Slash);
    end - start >= LEAST_LETTER_BY_LETTER && (start + 1..end).all(stands_alone)
}

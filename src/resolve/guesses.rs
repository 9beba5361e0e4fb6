//! How much is guessed of what a slip was meant to be.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// More slips in one file than anybody mends in a day: reports show the first hundred of a kind. Each is held against
/// hundreds of names, so those after these are told of without a guess.
const MOST: usize = 300;

/// The guesses that are made for one file. They are counted for each file by itself, so that what is said of one depends on
/// nothing but that file.
#[derive(Default)]
pub struct Guesses {
    made: Cell<usize>,
    words: RefCell<HashMap<String, Option<String>>>,
}

impl Guesses {
    /// What `guess` says, unless there have been enough.
    pub fn one(&self, guess: impl FnOnce() -> Option<String>) -> Option<String> {
        self.made.set(self.made.get() + 1);
        if self.made.get() > MOST { None } else { guess() }
    }

    /// The same for a word, of which a guess is made once however often it stands there.
    pub fn of_word(&self, word: &str, guess: impl FnOnce() -> Option<String>) -> Option<String> {
        if let Some(known) = self.words.borrow().get(word) {
            return known.clone();
        }
        let guess = self.one(guess);
        if self.made.get() <= MOST {
            self.words.borrow_mut().insert(word.to_owned(), guess.clone());
        }
        guess
    }
}

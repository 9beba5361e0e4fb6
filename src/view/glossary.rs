//! The glossary: every concept under its letter, in the order of the language's alphabet.

use serde::Serialize;

use super::{Card, cards};
use crate::language;
use crate::model::front_matter::Details;
use crate::resolve::book::Book;

/// The glossary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct GlossaryView {
    /// Letters that have concepts.
    pub letters: Vec<Letter>,
}

/// A letter with its concepts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Letter {
    /// The letter, in upper case.
    pub letter: String,
    /// Its concepts.
    pub entries: Vec<Entry>,
}

/// A concept in the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Entry {
    /// The concept.
    pub title: String,
    /// What it means.
    pub definition: String,
    /// Its page.
    pub path: String,
    /// Items that mention it.
    pub uses: Vec<Card>,
    /// Other names.
    pub aliases: Vec<String>,
}

/// The glossary of a book.
pub fn glossary(book: &Book) -> GlossaryView {
    let mut letters: Vec<Letter> = Vec::new();
    for index in &book.concepts {
        let item = &book.items[*index];
        let Details::Concept(concept) = &item.details else { continue };
        let letter = language::initial(&item.title, book.handbook.language);
        let entry = Entry {
            title: item.title.clone(),
            definition: concept.definition.text.to_string(),
            path: item.address.to_string(),
            uses: cards(book, &book.relations[*index].uses),
            aliases: item.aliases.clone(),
        };
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.entries.push(entry),
            _ => letters.push(Letter { letter, entries: vec![entry] }),
        }
    }
    GlossaryView { letters }
}

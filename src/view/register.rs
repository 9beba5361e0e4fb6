//! The register: every page under its letter, by title and by each other name, in the order of the alphabet.

use serde::Serialize;

use crate::language::{collation_key, initial};
use crate::model::Kind;
use crate::resolve::book::Book;

/// The register.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterView {
    /// Letters that have entries.
    pub letters: Vec<RegisterLetter>,
}

/// A letter with what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterLetter {
    /// The letter, in upper case; `#` for numbers.
    pub letter: String,
    /// Its entries.
    pub entries: Vec<RegisterEntry>,
}

/// A name of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterEntry {
    /// The name: the page's title or an alias of it.
    pub name: String,
    /// The page.
    pub path: String,
    /// Kind of the page.
    pub kind: &'static str,
    /// The page's title, where `name` is an alias.
    pub see: Option<String>,
}

/// The register of a book.
pub fn register(book: &Book) -> RegisterView {
    let language = book.handbook.language;
    let mut entries = entries(book);
    entries.sort_by_cached_key(|entry| (collation_key(&entry.name, language), entry.path.clone()));
    entries.dedup();
    let mut letters: Vec<RegisterLetter> = Vec::new();
    for entry in entries {
        let letter = initial(&entry.name, language);
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.entries.push(entry),
            _ => letters.push(RegisterLetter { letter, entries: vec![entry] }),
        }
    }
    RegisterView { letters }
}

fn entries(book: &Book) -> Vec<RegisterEntry> {
    let mut entries = Vec::with_capacity(book.items.len());
    for item in &book.items {
        let entry = |name: &str, see: Option<&str>| RegisterEntry {
            name: name.to_owned(),
            path: item.address.to_string(),
            kind: item.kind.name(),
            see: see.map(str::to_owned),
        };
        entries.push(entry(&item.title, None));
        let aliases = item.aliases.iter().filter(|alias| **alias != item.title);
        entries.extend(aliases.map(|alias| entry(alias, Some(&item.title))));
    }
    let without_text = book.sections.iter().filter(|section| section.index.is_none() && !section.items.is_empty());
    entries.extend(without_text.map(|section| RegisterEntry {
        name: section.title.clone(),
        path: section.address(),
        kind: Kind::Page.name(),
        see: None,
    }));
    entries
}

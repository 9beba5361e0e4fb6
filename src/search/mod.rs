//! Search: the text of a book's pages to an index, and a question to the pages that answer it.
//!
//! The same index and the same rules answer `vaert search` in Rust and the reader in the browser, where the theme's
//! `search-*.js` follow these modules step by step; tests ask both the same questions.

mod clause;
pub mod compound;
pub mod count;
pub mod dictionary;
pub mod files;
pub mod index;
mod lookup;
pub mod near;
pub mod passage;
pub mod query;
mod runs;
pub mod text;
pub mod tuning;
mod vocabulary;

use std::sync::Arc;

use rayon::prelude::*;

use crate::fingerprint::Fingerprint;
use crate::language::{Lexicon, lexicon};
use crate::resolve::book::Book;
use count::{Counter, PageWords};
use dictionary::Dictionary;
use index::Index;
use passage::Passage;
use query::{Hit, Question};
use text::PageText;

/// What search knows of a page.
pub type KnownPage = (Arc<PageText>, Arc<PageWords>);

/// The index of a book and of `further` pages, with no memory of another.
pub fn index_of(book: &Book, further: Vec<PageText>) -> Index {
    let dictionary = Dictionary::default();
    let page = |counter: &mut Counter, item| counted(text::item_text(book, item), counter);
    let pages = book.items.par_iter().map_init(|| Counter::new(&dictionary), page).collect();
    index_with(book, pages, further, &dictionary)
}

/// The same, with items that are known by what they are made from ([`text::inputs`]) and counted by `dictionary`; and what
/// is known of all items, for the next build.
pub fn index_from(
    book: &Book,
    further: Vec<PageText>,
    dictionary: &Dictionary,
    known: impl Fn(Fingerprint) -> Option<KnownPage> + Sync,
) -> (Index, Vec<(Fingerprint, KnownPage)>) {
    let page = |counter: &mut Counter, item| {
        let key = text::inputs(book, item);
        (key, known(key).unwrap_or_else(|| counted(text::item_text(book, item), counter)))
    };
    let pages: Vec<_> = book.items.par_iter().map_init(|| Counter::new(dictionary), page).collect();
    (index_with(book, pages.iter().map(|(_, page)| page.clone()).collect(), further, dictionary), pages)
}

fn counted(text: PageText, counter: &mut Counter) -> KnownPage {
    let words = counter.page(&text);
    (Arc::new(text), Arc::new(words))
}

/// The index over the pages of items, of the sections that no item is the text of, and `further` ones.
fn index_with(book: &Book, mut pages: Vec<KnownPage>, further: Vec<PageText>, dictionary: &Dictionary) -> Index {
    let mut counter = Counter::new(dictionary);
    let texts = text::section_texts(book).into_iter().chain(further);
    pages.extend(texts.map(|text| counted(text, &mut counter)));
    let (texts, words): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
    index::index(texts, &words, dictionary, lexicon(book.handbook.language))
}

/// A page that answers a question, with the passage that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The page.
    pub text: &'a PageText,
    /// How well it answers.
    pub hit: Hit,
    /// Its best passage.
    pub passage: Passage,
    /// Whether it answers a question that may have been meant, not the one that was asked.
    pub is_suggestion: bool,
}

/// Pages that answer a question that may have been meant, at most.
const MOST_SUGGESTED: usize = 3;

impl Found<'_> {
    /// Its address from the edition's root, with the heading that the passage stands under.
    pub fn url(&self) -> String {
        match self.passage.id.as_str() {
            "" => self.text.url.to_string(),
            id => format!("{}#{id}", self.text.url),
        }
    }
}

/// The answer to `question`, and the pages from number `from` on, `count` at most, as they are shown. With the first of
/// them come a few that answer what else may have been meant, after all others.
pub fn search<'a, 'q>(
    index: &'a Index,
    question: impl Into<Question<'q>>,
    from: usize,
    count: usize,
    lexicon: &Lexicon,
) -> (query::Answer, Vec<Found<'a>>) {
    let answer = query::answer(index, question.into(), lexicon);
    let found = |answer: &query::Answer, hit: &Hit, is_suggestion| {
        let text = &*index.texts[hit.page as usize];
        Found { text, hit: *hit, passage: passage::passage(text, hit, answer, lexicon), is_suggestion }
    };
    let mut all: Vec<Found> = answer.hits.iter().skip(from).take(count).map(|hit| found(&answer, hit, false)).collect();
    if let Some(meant) = answer.suggestions.first().filter(|_| from == 0) {
        let meant = query::answer(index, meant.as_str().into(), lexicon);
        let is_new = |hit: &&Hit| !answer.hits.iter().any(|known| known.page == hit.page);
        let near = meant.hits.iter().filter(is_new).take(MOST_SUGGESTED);
        all.extend(near.map(|hit| found(&meant, hit, true)));
    }
    (answer, all)
}

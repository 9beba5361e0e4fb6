//! Search: the text of a book's pages to an index, and a question to the pages that answer it.
//!
//! The same index and the same rules answer `vaert search` in Rust and the reader in the browser, where the theme's
//! `search-*.js` follow these modules step by step; tests ask both the same questions.

pub mod compound;
pub mod files;
pub mod index;
pub mod near;
pub mod passage;
pub mod query;
pub mod text;
pub mod tuning;

use std::sync::Arc;

use rayon::prelude::*;

use crate::fingerprint::Fingerprint;
use crate::language::lexicon;
use crate::model::handbook::Language;
use crate::resolve::book::Book;
use index::{Index, PageWords};
use passage::Passage;
use query::Hit;
use text::PageText;

/// The index of a book.
pub fn index_of(book: &Book) -> Index {
    let texts: Vec<Arc<PageText>> = text::page_texts(book);
    let counted: Vec<Arc<PageWords>> = texts.par_iter().map(|text| Arc::new(index::count(text))).collect();
    index::index(texts, &counted, book.handbook.language)
}

/// What search knows of a page, made from an item.
pub type KnownPage = (Arc<PageText>, Arc<PageWords>);

/// The same, with pages that are known by what they are made from ([`text::inputs`]); and all its pages, for the next build.
pub fn index_from(
    book: &Book,
    known: impl Fn(Fingerprint) -> Option<KnownPage> + Sync,
) -> (Index, Vec<(Fingerprint, KnownPage)>) {
    let with_words = |text: Arc<PageText>| {
        let words = Arc::new(index::count(&text));
        (text, words)
    };
    let pages: Vec<(Fingerprint, KnownPage)> = book
        .items
        .par_iter()
        .map(|item| {
            let key = text::inputs(book, item);
            (key, known(key).unwrap_or_else(|| with_words(Arc::new(text::item_text(book, item)))))
        })
        .collect();
    let sections = text::section_texts(book).into_iter().map(with_words);
    let all = pages.iter().map(|(_, page)| page.clone()).chain(sections);
    let (texts, words): (Vec<_>, Vec<_>) = all.unzip();
    (index::index(texts, &words, book.handbook.language), pages)
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
pub fn search<'a>(
    index: &'a Index,
    question: &str,
    from: usize,
    count: usize,
    language: Language,
) -> (query::Answer, Vec<Found<'a>>) {
    let lexicon = lexicon(language);
    let answer = query::answer(index, question, lexicon);
    let found = |answer: &query::Answer, hit: &Hit, is_suggestion| {
        let text = &*index.texts[hit.page as usize];
        Found { text, hit: *hit, passage: passage::passage(text, hit, answer, lexicon), is_suggestion }
    };
    let mut all: Vec<Found> = answer.hits.iter().skip(from).take(count).map(|hit| found(&answer, hit, false)).collect();
    if let Some(meant) = answer.suggestions.first().filter(|_| from == 0) {
        let meant = query::answer(index, meant, lexicon);
        let is_new = |hit: &&Hit| !answer.hits.iter().any(|known| known.page == hit.page);
        let near = meant.hits.iter().filter(is_new).take(MOST_SUGGESTED);
        all.extend(near.map(|hit| found(&meant, hit, true)));
    }
    (answer, all)
}

//! What themes see: plain structs made from the book, the theme API.
//!
//! Every field is always there: `null` for an absent scalar, an empty list for an absent list, because templates
//! are strict about what is not. Paths are relative to the edition's root; a template puts `page.root` before them.

pub mod agenda;
pub mod details;
pub mod glossary;
pub mod header;
pub mod indicator;
pub mod navigation;
pub mod news;
pub mod overview;
pub mod page;
pub mod participants;
pub mod print_outs;
pub mod register;
pub mod site;
pub mod toc;

use serde::Serialize;

use crate::model::Kind;
use crate::model::front_matter::{Details, When};
use crate::resolve::book::{Book, ItemIndex, Reference};

/// A title with the page that it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PageLink {
    /// What to show.
    pub title: String,
    /// Path from the edition's root.
    pub path: String,
}

/// An item in brief, for lists of items.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page, or the heading on it.
    pub path: String,
    /// Its kind's name.
    pub kind: &'static str,
    /// Its summary; a principle's statement and a concept's definition where there is none.
    pub summary: Option<String>,
    /// An exercise's minutes.
    pub minutes: Option<u32>,
    /// An exercise's `workshop` or `between`.
    pub when: Option<&'static str>,
    /// The heading that the card leads to.
    pub heading: Option<String>,
    /// A word of the list that the card stands in: clock times.
    pub note: Option<String>,
}

/// The card of an item.
pub fn card(book: &Book, index: ItemIndex) -> Card {
    let item = &book.items[index];
    let (minutes, when) = match &item.details {
        Details::Exercise(exercise) => (Some(exercise.minutes), Some(when_name(exercise.when))),
        _ => (None, None),
    };
    let own_sentence = match &item.details {
        Details::Principle(principle) => Some(principle.statement.text.to_string()),
        Details::Concept(concept) => Some(concept.definition.text.to_string()),
        Details::Indicator(indicator) => Some(indicator.question.text.to_string()),
        _ => None,
    };
    Card {
        id: item.id.to_string(),
        title: item.title.clone(),
        path: item.address.to_string(),
        kind: item.kind.name(),
        summary: item.summary.clone().or(own_sentence),
        minutes,
        when,
        heading: None,
        note: None,
    }
}

/// The card of a reference, which may lead to a heading.
pub fn reference_card(book: &Book, reference: &Reference) -> Card {
    let mut card = card(book, reference.item);
    if let Some((id, text)) = &reference.heading {
        card.path = format!("{}#{id}", card.path);
        card.heading = Some(text.to_string());
    }
    card
}

/// The cards of a list of items.
pub fn cards(book: &Book, items: &[ItemIndex]) -> Vec<Card> {
    items.iter().map(|item| card(book, *item)).collect()
}

fn reference_cards(book: &Book, references: &[Reference]) -> Vec<Card> {
    references.iter().map(|reference| reference_card(book, reference)).collect()
}

/// `workshop` or `between`.
pub fn when_name(when: When) -> &'static str {
    match when {
        When::Workshop => "workshop",
        When::Between => "between",
    }
}

fn page_link(book: &Book, item: ItemIndex) -> PageLink {
    PageLink { title: book.items[item].title.clone(), path: book.items[item].address.to_string() }
}

fn items_of_kind(book: &Book, kind: Kind) -> impl Iterator<Item = ItemIndex> {
    (0..book.items.len()).filter(move |index| book.items[*index].kind == kind)
}

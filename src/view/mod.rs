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

use std::borrow::Cow;

use serde::Serialize;

use crate::model::Kind;
use crate::model::front_matter::{Details, When};
use crate::resolve::book::{Book, Item, ItemIndex, Reference};

/// A title with the page that it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PageLink<'a> {
    /// What to show.
    pub title: Cow<'a, str>,
    /// Path from the edition's root.
    pub path: Cow<'a, str>,
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
    Card {
        id: item.id.to_string(),
        title: item.title.clone(),
        path: item.address.to_string(),
        kind: item.kind.name(),
        summary: in_a_sentence(item).map(str::to_owned),
        minutes,
        when,
        heading: None,
        note: None,
    }
}

/// The summary of an item; a principle's statement, a concept's definition and an indicator's question where there is none.
fn in_a_sentence(item: &Item) -> Option<&str> {
    item.summary.as_deref().or(match &item.details {
        Details::Principle(principle) => Some(&*principle.statement.text),
        Details::Concept(concept) => Some(&*concept.definition.text),
        Details::Indicator(indicator) => Some(&*indicator.question.text),
        _ => None,
    })
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

fn page_link(book: &Book, item: ItemIndex) -> PageLink<'_> {
    PageLink { title: (&book.items[item].title).into(), path: (&*book.items[item].address).into() }
}

fn items_of_kind(book: &Book, kind: Kind) -> impl Iterator<Item = ItemIndex> {
    (0..book.items.len()).filter(move |index| book.items[*index].kind == kind)
}

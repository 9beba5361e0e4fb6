//! A print-out to what its template finds in `/print.json`: the contract with themes, version [`CONTRACT`].

use std::collections::BTreeMap;

use serde::Serialize;

use super::body::{self, Surroundings, asks_for_writing};
use super::node::Block;
use crate::model::Kind as ItemKind;
use crate::model::front_matter::{AgendaWhat, Details};
use crate::plan::print_outs::{Kind, PrintOut, is_printed};
use crate::resolve::book::{Audience, Book, ItemIndex, Section};
use crate::theme::{Theme, Words};
use crate::view::details::{DetailsView, details};
use crate::view::register::register;

/// Version of the contract. It grows when a field goes or changes its meaning; a new field changes nothing.
pub const CONTRACT: u32 = 1;

/// All that a template sees of a print-out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintView<'a> {
    /// [`CONTRACT`].
    pub contract: u32,
    /// `handout`, `guide`, `theme-day`, `cards`, `booklet` or `poster`.
    pub kind: &'static str,
    /// Title of the document.
    pub title: String,
    /// Language tag.
    pub language: &'static str,
    /// `participant` or `facilitator`: for whom it is, which for a handout is always participants.
    pub audience: &'static str,
    /// `a4`, `a5` or `us-letter`.
    pub paper: &'static str,
    /// The handbook.
    pub handbook: HandbookView<'a>,
    /// Colours and logo.
    pub brand: BrandView,
    /// The theme's words.
    pub words: &'a Words,
    /// The settings of `theme.yaml`.
    pub settings: &'a BTreeMap<String, serde_json::Value>,
    /// What the document is made of, by kind.
    #[serde(flatten)]
    pub content: Content,
}

/// The handbook that a print-out belongs to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandbookView<'a> {
    /// Its title.
    pub title: &'a str,
    /// What it is.
    pub description: Option<&'a str>,
    /// Whose it is.
    pub organisation: Option<&'a str>,
    /// A line for page feet.
    pub footer: Option<&'a str>,
    /// Whom to write to.
    pub contact: Option<&'a str>,
    /// Where its site stands.
    pub site: Option<&'a str>,
}

/// Colours and logo.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct BrandView {
    /// `#rrggbb` by name: `primary`, `accent`, and the colours of text on them, `on_primary` and `on_accent`.
    pub colors: BTreeMap<String, String>,
    /// Families of the brand's own fonts by role: `text`, `italic`, `headings`; those that it has.
    pub fonts: BTreeMap<String, String>,
    /// Virtual file of the logo.
    pub logo: Option<String>,
}

/// What a document is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// An exercise.
    Exercise {
        /// The exercise.
        item: ItemView,
    },
    /// A theme day.
    ThemeDay {
        /// The day.
        item: ItemView,
        /// Its exercises, each once, in order.
        exercises: Vec<ItemView>,
    },
    /// The principles.
    Principles {
        /// In order.
        principles: Vec<ItemView>,
    },
    /// The whole handbook.
    Booklet {
        /// Sections, and pages before them.
        parts: Vec<PartView>,
        /// Names in the order of the alphabet.
        index: Vec<IndexEntry>,
    },
}

/// An item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemView {
    /// Its id, which is the name of its place in the document.
    pub anchor: String,
    /// Its title.
    pub title: String,
    /// Its number in its section, from 1; 0 where it has none.
    pub number: usize,
    /// Its summary.
    pub summary: Option<String>,
    /// Whether only facilitators have it.
    pub facilitator: bool,
    /// Whether there is anything to write or tick on it.
    pub asks_for_writing: bool,
    /// Its text.
    pub body: Vec<Block>,
    /// The keys of its kind, under the kind's name, as in the views of the site.
    #[serde(flatten)]
    pub details: DetailsView,
}

/// A part of the booklet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartView {
    /// Name of its place; nothing for pages before the first section.
    pub anchor: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Kind of its items.
    pub kind: &'static str,
    /// A sentence on it.
    pub summary: Option<String>,
    /// Its own text.
    pub body: Vec<Block>,
    /// Its items: concepts in the order of the alphabet, others as they are read.
    pub items: Vec<ItemView>,
}

/// A name in the booklet's index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexEntry {
    /// Letter that it stands under.
    pub letter: String,
    /// The name: a title or an alias.
    pub name: String,
    /// The title that an alias stands for.
    pub see: Option<String>,
    /// The place that is named.
    pub anchor: String,
}

/// The view of a print-out.
pub fn view<'a>(
    surroundings: &Surroundings<'a>,
    theme: &'a Theme,
    brand: &BrandView,
    print_out: PrintOut,
) -> PrintView<'a> {
    let book = surroundings.book;
    let handbook = &book.handbook;
    let content = content(surroundings, print_out);
    let audience = if surroundings.for_participants { Audience::Participant } else { book.audience };
    PrintView {
        contract: CONTRACT,
        kind: print_out.kind.name(),
        title: title(book, surroundings.words, print_out),
        language: handbook.language.tag(),
        audience: audience.name(),
        paper: handbook.paper.name(),
        handbook: HandbookView {
            title: &handbook.title,
            description: handbook.description.as_deref(),
            organisation: handbook.brand.organisation.as_deref(),
            footer: handbook.brand.footer.as_deref(),
            contact: handbook.brand.contact.as_deref(),
            site: handbook.site_url.as_deref(),
        },
        brand: brand.clone(),
        words: surroundings.words,
        settings: &theme.settings,
        content,
    }
}

/// What a print-out is called.
pub fn title(book: &Book, words: &Words, print_out: PrintOut) -> String {
    match (print_out.kind, print_out.item) {
        (Kind::Guide, Some(item)) => words.fill("print_guide_title", &[("title", &book.items[item].title)]),
        (_, Some(item)) => book.items[item].title.clone(),
        (Kind::Cards, _) => words.fill("print_cards_title", &[("title", &book.handbook.title)]),
        (Kind::Poster, _) => words.fill("print_poster_title", &[("title", &book.handbook.title)]),
        _ => book.handbook.title.clone(),
    }
}

fn content(surroundings: &Surroundings, print_out: PrintOut) -> Content {
    let book = surroundings.book;
    match (print_out.kind, print_out.item) {
        (Kind::Handout | Kind::Guide, Some(item)) => Content::Exercise { item: item_view(surroundings, item) },
        (Kind::ThemeDay, Some(item)) => {
            let exercises = exercises_of(book, item);
            let exercises = exercises.into_iter().map(|exercise| item_view(surroundings, exercise)).collect();
            Content::ThemeDay { item: item_view(surroundings, item), exercises }
        }
        (Kind::Cards | Kind::Poster, _) => {
            let is_principle = |item: &ItemIndex| book.items[*item].kind == ItemKind::Principle;
            let principles = (0..book.items.len()).filter(is_principle).filter(|item| is_printed(book, *item));
            Content::Principles { principles: principles.map(|item| item_view(surroundings, item)).collect() }
        }
        _ => Content::Booklet { parts: parts(surroundings), index: index(book) },
    }
}

fn exercises_of(book: &Book, day: ItemIndex) -> Vec<ItemIndex> {
    let Details::Workshop(workshop) = &book.items[day].details else { return Vec::new() };
    let mut exercises = Vec::new();
    for point in &workshop.agenda {
        if let AgendaWhat::Exercise(exercise) = &point.what
            && !exercises.contains(&exercise.item)
            && is_printed(book, exercise.item)
        {
            exercises.push(exercise.item);
        }
    }
    exercises
}

fn item_view(surroundings: &Surroundings, index: ItemIndex) -> ItemView {
    let book = surroundings.book;
    let item = &book.items[index];
    ItemView {
        anchor: item.id.to_string(),
        title: item.title.clone(),
        number: item.number,
        summary: item.summary.clone(),
        facilitator: item.facilitator,
        asks_for_writing: asks_for_writing(item),
        body: body::body(surroundings, index),
        details: details(book, index, surroundings.words),
    }
}

fn parts(surroundings: &Surroundings) -> Vec<PartView> {
    let book = surroundings.book;
    let views = |items: &mut dyn Iterator<Item = ItemIndex>| {
        items.filter(|item| is_printed(book, *item)).map(|item| item_view(surroundings, item)).collect::<Vec<_>>()
    };
    let before = PartView {
        anchor: None,
        title: None,
        kind: ItemKind::Page.name(),
        summary: None,
        body: Vec::new(),
        items: views(&mut (0..book.items.len()).filter(|item| book.items[*item].section.is_none())),
    };
    let text_of = |section: &Section| section.index.filter(|item| is_printed(book, *item));
    let part = |section: &Section| PartView {
        anchor: Some(section.slug.clone()),
        title: Some(section.title.clone()),
        kind: section.kind.name(),
        summary: text_of(section).and_then(|item| book.items[item].summary.clone()),
        body: text_of(section).map(|item| body::body(surroundings, item)).unwrap_or_default(),
        items: match section.kind {
            // In order of the alphabet, like the glossary.
            ItemKind::Concept => {
                views(&mut book.concepts.iter().copied().filter(|concept| section.items.contains(concept)))
            }
            _ => views(&mut section.items.iter().copied()),
        },
    };
    let parts = std::iter::once(before).chain(book.sections.iter().map(part));
    parts.filter(|part| !part.body.is_empty() || !part.items.is_empty()).collect()
}

fn index(book: &Book) -> Vec<IndexEntry> {
    let is_printed = |anchor: &str| {
        let item = book.items.iter().position(|item| *item.id == *anchor);
        item.is_none_or(|item| is_printed(book, item))
    };
    let letters = register(book).letters.into_iter().flat_map(|letter| {
        letter.entries.into_iter().map(move |entry| IndexEntry {
            letter: letter.letter.clone(),
            name: entry.name,
            see: entry.see,
            anchor: entry.path.trim_end_matches(".html").trim_end_matches("/index").to_owned(),
        })
    });
    letters.filter(|entry| is_printed(&entry.anchor)).collect()
}

//! A theme day's agenda with clock times, and what has to be at hand for it.

use serde::Serialize;

use super::{Card, card};
use crate::model::front_matter::{AgendaWhat, Details, Workshop};
use crate::resolve::book::{Book, ItemIndex, Reference};
use crate::resolve::relations::{clock, minutes};

/// A point of an agenda.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct AgendaEntry {
    /// When it starts: `09:15`.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// How long it takes.
    pub minutes: u32,
    /// What it is called.
    pub title: String,
    /// `talk`, `work`, `break`, `meal` or `exercise`.
    pub kind: &'static str,
    /// The exercise's page.
    pub path: Option<String>,
    /// A word on it.
    pub note: Option<String>,
}

/// Something to have at hand, with the exercises that need it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Material {
    /// What.
    pub text: String,
    /// For which exercises.
    pub paths: Vec<Card>,
}

/// The points of a theme day with their clock times.
pub fn agenda(book: &Book, workshop: &Workshop<Reference>) -> Vec<AgendaEntry> {
    clock(workshop.start, &workshop.agenda, &book.items)
        .map(|(start, point)| {
            let minutes = minutes(point, &book.items);
            let (title, kind, path) = match &point.what {
                AgendaWhat::Exercise(exercise) => {
                    let item = &book.items[exercise.item];
                    (item.title.clone(), "exercise", Some(item.address.to_string()))
                }
                AgendaWhat::Other { title, kind } => (title.text.to_string(), kind.name(), None),
            };
            AgendaEntry {
                start: clock_time(start),
                end: clock_time(start.saturating_add(minutes)),
                minutes,
                title,
                kind,
                path,
                note: point.note.as_ref().map(|note| note.text.to_string()),
            }
        })
        .collect()
}

/// The theme days that use an exercise, each once, with the times of day in its note.
pub fn programmes(book: &Book, workshops: &[(ItemIndex, u32)]) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    for (workshop, start) in workshops {
        let (day, time) = (card(book, *workshop), clock_time(*start));
        match cards.last_mut() {
            Some(Card { path, note: Some(times), .. }) if *path == day.path => *times = format!("{times}, {time}"),
            _ => cards.push(Card { note: Some(time), ..day }),
        }
    }
    cards
}

/// The exercises of a theme day, each once, in order.
pub fn exercises(book: &Book, workshop: &Workshop<Reference>) -> Vec<Card> {
    exercise_items(workshop).into_iter().map(|item| card(book, item)).collect()
}

/// What the exercises of a theme day need, each thing once.
pub fn materials(book: &Book, workshop: &Workshop<Reference>) -> Vec<Material> {
    let mut materials: Vec<Material> = Vec::new();
    for item in exercise_items(workshop) {
        let Details::Exercise(exercise) = &book.items[item].details else { continue };
        for needed in &exercise.materials {
            match materials.iter_mut().find(|material| *material.text == *needed.text) {
                Some(material) => material.paths.push(card(book, item)),
                None => materials.push(Material { text: needed.text.to_string(), paths: vec![card(book, item)] }),
            }
        }
    }
    materials
}

/// Minutes after midnight as `09:05`; past midnight the clock starts again.
pub fn clock_time(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

fn exercise_items(workshop: &Workshop<Reference>) -> Vec<ItemIndex> {
    let mut items = Vec::new();
    for point in &workshop.agenda {
        if let AgendaWhat::Exercise(exercise) = &point.what
            && !items.contains(&exercise.item)
        {
            items.push(exercise.item);
        }
    }
    items
}

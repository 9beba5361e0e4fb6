//! The page of what is new: what came, changed and went, by the day on which it was published.

use std::collections::HashMap;

use serde::Serialize;

use super::{Card, card};
use crate::language::format_date;
use crate::news::{Remembered, What, days};
use crate::resolve::book::Book;

/// What is new.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct NewsView {
    /// Days with news, the last first.
    pub days: Vec<NewsDay>,
}

/// What was published on a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NewsDay {
    /// The day in words.
    pub date: String,
    /// Items that came.
    pub new: Vec<Card>,
    /// Items whose text changed; the card's `note` is what their author says of it.
    pub changed: Vec<Card>,
    /// Titles of items that went.
    pub removed: Vec<String>,
}

/// The news of `book` by its `memory`, in reading order.
pub fn news(book: &Book, memory: &[Remembered]) -> NewsView {
    let events: HashMap<&str, &Remembered> = memory.iter().map(|item| (item.id.as_str(), item)).collect();
    let language = book.handbook.language;
    let on = |day: &String| {
        let cards = |what: What| {
            let items = book.items.iter().enumerate();
            let told = items.filter_map(|(index, item)| {
                let event = events.get(&*item.id)?.event.as_ref()?;
                let told = event.what == what && event.day == *day;
                told.then(|| Card { note: event.note.clone(), ..card(book, index) })
            });
            told.collect()
        };
        let gone = memory
            .iter()
            .filter(|item| item.event.as_ref().is_some_and(|event| event.what == What::Removed && event.day == *day));
        NewsDay {
            date: format_date(day, language),
            new: cards(What::New),
            changed: cards(What::Changed),
            removed: gone.map(|item| item.title.clone()).collect(),
        }
    };
    NewsView { days: days(memory).iter().map(on).collect() }
}

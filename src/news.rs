//! Compares what is published now with what was published last, to find the news: items that were added, changed and
//! removed, by day.
//!
//! The records are stored where the edition is published, a line for each item, and come in as data: a build without
//! them has no news. The first publication is the beginning, not news itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::diagnostic::suggest;
use crate::fingerprint::Fingerprint;
use crate::resolve::book::Book;
use crate::search::text::item_text;

/// On how many days things were published that are told as news.
const DAYS: usize = 5;

/// Goes before each fingerprint of a text; another one here, and nothing counts as changed for having been read otherwise.
const READING: &str = "1:";

/// The known state of an edition that is published again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// The edition that is there; nothing that another knew is ever taken over.
    pub edition: Option<String>,
    /// The records of the edition, a line for each item. Lines that cannot be read are skipped.
    pub lines: Vec<String>,
    /// The day, as in `2026-03-01`.
    pub today: String,
}

/// The record of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Fingerprint of its text.
    pub text: String,
    /// The author's `changes:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The last event; `None` if nothing has happened since the first publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
}

/// An event in the life of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Which.
    pub what: What,
    /// When.
    pub day: String,
    /// The author's `changes:`, where it was written for this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// It came.
    New,
    /// Its text is another.
    Changed,
    /// It went.
    Removed,
}

/// The memory of `book`, published on top of what is known of `edition`, in order of ids.
pub fn remember(book: &Book, edition: &str, published: &Published) -> Vec<Remembered> {
    let is_known = published.edition.as_deref() == Some(edition);
    let lines = published.lines.iter().filter(|_| is_known);
    let known = read(lines);
    let event = |what, note| Some(Event { what, day: published.today.clone(), note });
    let mut memory: BTreeMap<String, Remembered> = BTreeMap::new();
    for item in &book.items {
        let (id, note) = (item.id.to_string(), item.changes.clone());
        let mut now =
            Remembered { id: id.clone(), title: item.title.clone(), text: text_of(book, item), note, event: None };
        now.event = match known.get(&id) {
            None if known.is_empty() => None,
            None => event(What::New, None),
            Some(before) if is_removed(before) => event(What::New, None),
            // An item that was added today and is corrected today is new, not changed.
            Some(before) if !differs(before, &now) || is_of(before, What::New, &published.today) => {
                before.event.clone()
            }
            // A note that was there before tells of an earlier change; but one of today belongs to today.
            Some(before) if before.note == now.note && !is_of(before, What::Changed, &published.today) => {
                event(What::Changed, None)
            }
            Some(_) => event(What::Changed, now.note.clone()),
        };
        memory.insert(id, now);
    }
    for (id, before) in known {
        memory.entry(id).or_insert_with(|| {
            let event = if is_removed(&before) { before.event.clone() } else { event(What::Removed, None) };
            Remembered { event, ..before }
        });
    }
    let days = days(memory.values());
    memory
        .into_values()
        .filter(|item| !is_removed(item) || day_of(item).is_some_and(|day| days.iter().any(|known| known == day)))
        .collect()
}

/// Parses the records in `lines`, by id. Lines that cannot be read are skipped.
pub fn read<'l>(lines: impl IntoIterator<Item = &'l String>) -> BTreeMap<String, Remembered> {
    let items = lines.into_iter().filter_map(|line| serde_json::from_str(line).ok());
    items.map(|item: Remembered| (item.id.clone(), item)).collect()
}

/// Returns the item among the `new` ones that the item `gone`, whose record is `known`, seems to have become, and
/// whether it has the same text. If none has, it is one with the same last part of its id or the same title, or an id
/// that is nearly the same.
pub fn successor<'a>(gone: &str, known: Option<&Remembered>, new: &[&'a Remembered]) -> Option<(&'a Remembered, bool)> {
    let find = |fits: &dyn Fn(&Remembered) -> bool| new.iter().copied().find(|item| fits(item));
    if let Some(item) = find(&|item| known.is_some_and(|known| known.text == item.text)) {
        return Some((item, true));
    }
    // The front pages of all folders are called `index`.
    let last = last_part(gone).filter(|last| *last != "index");
    let is_alike = |item: &Remembered| {
        last.is_some() && last_part(&item.id) == last || known.is_some_and(|known| known.title == item.title)
    };
    let nearest = || {
        let id = suggest::nearest(gone, new.iter().map(|item| &*item.id))?;
        find(&|item| item.id == id)
    };
    find(&is_alike).or_else(nearest).map(|item| (item, false))
}

fn last_part(id: &str) -> Option<&str> {
    id.rsplit('/').next()
}

/// The memory as lines.
pub fn lines(memory: &[Remembered]) -> Vec<String> {
    memory.iter().filter_map(|item| serde_json::to_string(item).ok()).collect()
}

/// The latest days on which something happened, the last first.
pub fn days<'a>(memory: impl IntoIterator<Item = &'a Remembered>) -> Vec<String> {
    let days: BTreeSet<&str> = memory.into_iter().filter_map(day_of).collect();
    days.into_iter().rev().take(DAYS).map(str::to_owned).collect()
}

fn day_of(item: &Remembered) -> Option<&str> {
    item.event.as_ref().map(|event| event.day.as_str())
}

fn is_removed(item: &Remembered) -> bool {
    item.event.as_ref().is_some_and(|event| event.what == What::Removed)
}

fn is_of(item: &Remembered, what: What, day: &str) -> bool {
    item.event.as_ref().is_some_and(|event| event.what == what && event.day == day)
}

fn differs(before: &Remembered, now: &Remembered) -> bool {
    before.text != now.text && before.text.starts_with(READING)
}

/// Of what a reader reads on the item's own page: title, sentences of its kind, headings and text.
fn text_of(book: &Book, item: &crate::resolve::book::Item) -> String {
    let text = item_text(book, item);
    let parts = text.parts.iter().flat_map(|part| [part.heading.as_str(), part.text.as_str()]);
    let whole: Vec<&str> = [text.title.as_str(), text.lede.as_str()].into_iter().chain(parts).collect();
    format!("{READING}{}", Fingerprint::of_bytes(whole.join("\n").as_bytes()))
}

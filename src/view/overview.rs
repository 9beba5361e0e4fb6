//! Pages that give an overview: the front page, a section's page, the finder for exercises.

use serde::Serialize;

use super::participants::{ParticipantsView, participants};
use super::{Card, card, cards, items_of_kind, when_name};
use crate::model::Kind;
use crate::model::front_matter::Details;
use crate::resolve::book::{Book, ItemIndex, Section};

/// With this many items a section is shown whole on the front page: "all 9" for the sake of one more would be no help.
const WHOLE_ON_FRONT_PAGE: usize = 10;
/// How many items the front page shows of a longer section.
const FIRST_ON_FRONT_PAGE: usize = 8;

/// A section's page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SectionView {
    /// Kind of its items.
    pub kind: &'static str,
    /// Its folders with their items; one without a title where there are none.
    pub groups: Vec<CardGroup>,
    /// How many items it has.
    pub count: usize,
}

/// Items of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CardGroup {
    /// The folder's title.
    pub title: Option<String>,
    /// Its items.
    pub items: Vec<Card>,
}

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct HomeView {
    /// The first pages that stand before the sections.
    pub pages: Vec<Card>,
    /// How many there are.
    pub page_count: usize,
    /// Sections with their first items.
    pub sections: Vec<SectionCard>,
    /// How many exercises there are.
    pub exercise_count: usize,
    /// The principles.
    pub principle_cards: Vec<PrincipleCard>,
}

/// A section on the front page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SectionCard {
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Kind of its items.
    pub kind: &'static str,
    /// Summary of its own text.
    pub summary: Option<String>,
    /// Its first items.
    pub items: Vec<Card>,
    /// How many it has.
    pub count: usize,
}

/// A principle on the front page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PrincipleCard {
    /// Its number.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// The principle in a sentence.
    pub statement: String,
    /// Its page.
    pub path: String,
}

/// The finder for exercises.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct FinderView {
    /// Every exercise.
    pub exercises: Vec<FinderEntry>,
    /// Principles to choose from.
    pub principles: Vec<Choice>,
    /// Minutes to choose from, ascending.
    pub minute_steps: Vec<u32>,
}

/// An exercise in the finder.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct FinderEntry {
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Its summary or purpose.
    pub summary: Option<String>,
    /// How long it takes.
    pub minutes: u32,
    /// `workshop` or `between`.
    pub when: &'static str,
    /// Fewest and most participants.
    pub participants: Option<ParticipantsView>,
    /// Principles that it practises.
    pub principles: Vec<Choice>,
}

/// A principle to choose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
}

/// The view of a section's page.
pub fn section(book: &Book, section: &Section) -> SectionView {
    let group = |group: &crate::resolve::book::Group| CardGroup {
        title: group.title.clone(),
        items: cards(book, &group.items),
    };
    SectionView { kind: section.kind.name(), groups: section.groups.iter().map(group).collect(), count: section.count }
}

/// How many of a section's items the front page shows.
const fn shown(count: usize) -> usize {
    if count <= WHOLE_ON_FRONT_PAGE { count } else { FIRST_ON_FRONT_PAGE }
}

/// The view of the front page.
pub fn home(book: &Book) -> HomeView {
    let section = |section: &Section| SectionCard {
        title: section.title.clone(),
        path: section.address(),
        kind: section.kind.name(),
        summary: section.index.and_then(|index| book.items[index].summary.clone()),
        items: section.items.iter().take(shown(section.items.len())).map(|item| card(book, *item)).collect(),
        count: section.count,
    };
    let principle_cards = items_of_kind(book, Kind::Principle)
        .filter_map(|index| {
            let item = &book.items[index];
            let Details::Principle(principle) = &item.details else { return None };
            Some(PrincipleCard {
                number: item.number,
                title: item.title.clone(),
                statement: principle.statement.text.to_string(),
                path: item.address.to_string(),
            })
        })
        .collect();
    let before: Vec<ItemIndex> =
        (0..book.items.len()).filter(|item| book.items[*item].section.is_none() && book.front != Some(*item)).collect();
    HomeView {
        pages: cards(book, &before[..shown(before.len())]),
        page_count: before.len(),
        sections: book.sections.iter().map(section).collect(),
        exercise_count: items_of_kind(book, Kind::Exercise).count(),
        principle_cards,
    }
}

/// The view of the finder, if there is any exercise to find.
pub fn finder(book: &Book) -> Option<FinderView> {
    let choice = |index: usize| {
        let item = &book.items[index];
        Choice { id: item.id.to_string(), title: item.title.clone(), path: item.address.to_string() }
    };
    let exercises: Vec<FinderEntry> = items_of_kind(book, Kind::Exercise)
        .filter_map(|index| {
            let item = &book.items[index];
            let Details::Exercise(exercise) = &item.details else { return None };
            let purpose = exercise.purpose.as_ref().map(|purpose| purpose.text.to_string());
            Some(FinderEntry {
                title: item.title.clone(),
                path: item.address.to_string(),
                summary: item.summary.clone().or(purpose),
                minutes: exercise.minutes,
                when: when_name(exercise.when),
                participants: participants(exercise.participants),
                principles: exercise.principles.iter().map(|principle| choice(principle.item)).collect(),
            })
        })
        .collect();
    let mut minute_steps: Vec<u32> = exercises.iter().map(|exercise| exercise.minutes).collect();
    minute_steps.sort_unstable();
    minute_steps.dedup();
    let principles = items_of_kind(book, Kind::Principle).map(choice).collect();
    (!exercises.is_empty()).then_some(FinderView { exercises, principles, minute_steps })
}

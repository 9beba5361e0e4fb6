//! `nav`: the navigation of a section, shared by all its pages.
//!
//! A page may not carry navigation that grows with the handbook. A long section folds: its pages show the
//! neighbours of the current one and a link to the section's page, which shows all.

use serde::Serialize;

use super::{PageLink, page_link};
use crate::resolve::book::{Book, ItemIndex, Section};

/// A section with more items than this folds.
const LONG: usize = 60;
/// Items of a long section are shown in runs of this many.
const WINDOW: usize = 20;

/// The navigation of a section.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NavView {
    /// Title of the section.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Kind of its items.
    pub kind: &'static str,
    /// Its folders with their items; one without a title where there are none.
    pub groups: Vec<NavGroup>,
    /// Whether only a part of it is shown.
    pub folded: bool,
    /// How many items it has.
    pub count: usize,
}

/// A folder in the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NavGroup {
    /// Its title.
    pub title: Option<String>,
    /// Its items.
    pub entries: Vec<PageLink>,
    /// Whether only a part of it is shown.
    pub folded: bool,
}

/// The navigations of a section, and for each of its items which one its page shows.
///
/// A short section has one; a long one has one for each run of twenty items.
pub fn navigations(book: &Book, section: &Section) -> Vec<NavView> {
    if section.items.len() <= LONG {
        let groups = section
            .groups
            .iter()
            .map(|group| NavGroup { title: group.title.clone(), entries: links(book, &group.items), folded: false })
            .collect();
        return vec![nav(section, groups, false)];
    }
    section
        .items
        .chunks(WINDOW)
        .map(|window| {
            let group = NavGroup { title: None, entries: links(book, window), folded: true };
            nav(section, vec![group], true)
        })
        .collect()
}

/// Which of a section's navigations the page of the item at `place` in its items shows.
pub fn which(section: &Section, place: usize) -> usize {
    if section.items.len() <= LONG { 0 } else { place / WINDOW }
}

fn nav(section: &Section, groups: Vec<NavGroup>, folded: bool) -> NavView {
    NavView {
        title: section.title.clone(),
        path: section.address(),
        kind: section.kind.name(),
        groups,
        folded,
        count: section.count,
    }
}

fn links(book: &Book, items: &[ItemIndex]) -> Vec<PageLink> {
    items.iter().map(|item| page_link(book, *item)).collect()
}

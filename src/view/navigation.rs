//! `nav`: the section of a page, and the navigation through it that all its pages share.
//!
//! A page may not carry navigation that grows with the handbook. A long section folds: its pages show the
//! neighbours of the current one and a link to the section's page, which shows all.

use serde::Serialize;

use crate::resolve::book::{Book, ItemIndex, Section};

/// A section with more items than this folds.
const LONG: usize = 60;
/// Items of a long section are shown in runs of this many.
const WINDOW: usize = 20;

/// The section that a page belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct NavView {
    /// Title of the section.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Kind of its items.
    pub kind: &'static str,
    /// How many items it has.
    pub count: usize,
}

/// The navigation of a section, for `side.html` alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SideView {
    /// The section.
    #[serde(flatten)]
    pub nav: NavView,
    /// Where its own page is marked.
    pub current: CurrentMark,
    /// Its folders with their items; one without a title where there are none.
    pub groups: Vec<SideGroup>,
    /// Whether only a part of it is shown.
    pub folded: bool,
}

/// A folder in the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SideGroup {
    /// Its title.
    pub title: Option<String>,
    /// Its items.
    pub entries: Vec<SideEntry>,
    /// Whether only a part of it is shown.
    pub folded: bool,
}

/// An item in the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct SideEntry {
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Where it is marked on its own page.
    pub current: CurrentMark,
}

/// The place in a part that pages share where the page it stands on is marked. Prints as the page's path between two
/// noncharacters of Unicode, which are for internal use like this and are not in titles or paths.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct CurrentMark(String);

impl CurrentMark {
    /// Begins a mark.
    pub const BEGIN: char = '\u{FDD0}';
    /// Ends it.
    pub const END: char = '\u{FDD1}';

    /// The mark for the page at `path`.
    pub fn of(path: &str) -> Self {
        Self(format!("{}{path}{}", Self::BEGIN, Self::END))
    }

    /// A title in which noncharacters show as what they are: nothing that can be read.
    pub fn without_marks(title: &str) -> String {
        title.replace([Self::BEGIN, Self::END], "\u{FFFD}")
    }
}

/// The navigations of a section, and for each of its items which one its page shows.
///
/// A short section has one; a long one has one for each run of twenty items.
pub fn navigations(book: &Book, section: &Section) -> Vec<SideView> {
    if section.items.len() <= LONG {
        let groups = section
            .groups
            .iter()
            .map(|group| SideGroup {
                title: group.title.as_deref().map(CurrentMark::without_marks),
                entries: entries(book, &group.items),
                folded: false,
            })
            .collect();
        return vec![side(section, groups, false)];
    }
    section
        .items
        .chunks(WINDOW)
        .map(|window| {
            side(section, vec![SideGroup { title: None, entries: entries(book, window), folded: true }], true)
        })
        .collect()
}

/// Which of a section's navigations the page of the item at `place` in its items shows.
pub fn which(section: &Section, place: usize) -> usize {
    if section.items.len() <= LONG { 0 } else { place / WINDOW }
}

fn side(section: &Section, groups: Vec<SideGroup>, folded: bool) -> SideView {
    let path = section.address();
    let current = CurrentMark::of(&path);
    let title = CurrentMark::without_marks(&section.title);
    SideView { nav: NavView { title, path, kind: section.kind.name(), count: section.count }, current, groups, folded }
}

fn entries(book: &Book, items: &[ItemIndex]) -> Vec<SideEntry> {
    let entry = |item: &ItemIndex| {
        let item = &book.items[*item];
        let path = item.address.to_string();
        SideEntry { title: CurrentMark::without_marks(&item.title), current: CurrentMark::of(&path), path }
    };
    items.iter().map(entry).collect()
}

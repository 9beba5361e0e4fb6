//! A book to the list of its print-outs: which there are, at which path, and of what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::Kind as ItemKind;
use crate::resolve::book::{Audience, Book, ItemIndex};

/// Kinds of print-outs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One exercise for participants.
    Handout,
    /// One exercise for the facilitator.
    Guide,
    /// All that a theme day needs.
    ThemeDay,
    /// The principles as cards to cut out.
    Cards,
    /// The whole handbook.
    Booklet,
    /// The principles on one sheet.
    Poster,
}

impl Kind {
    /// All kinds, those for single exercises and days first.
    pub const ALL: [Kind; 6] = [Kind::Handout, Kind::Guide, Kind::ThemeDay, Kind::Cards, Kind::Booklet, Kind::Poster];

    /// The name in paths, on the command line and of the theme's template.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Handout => "handout",
            Kind::Guide => "guide",
            Kind::ThemeDay => "theme-day",
            Kind::Cards => "cards",
            Kind::Booklet => "booklet",
            Kind::Poster => "poster",
        }
    }
}

/// A print-out: its kind and, of an exercise or a theme day, which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrintOut {
    /// Its kind.
    pub kind: Kind,
    /// The exercise or the theme day.
    pub item: Option<ItemIndex>,
}

/// Print-outs by path in the edition.
pub type PrintPlan = BTreeMap<Arc<str>, PrintOut>;

/// The folder of print-outs in an edition.
const FOLDER: &str = "print/";

/// Plans the print-outs of `book`. What says `print: false` has none.
pub fn plan(book: &Book) -> PrintPlan {
    let mut plan = PrintPlan::new();
    let printed: Vec<ItemIndex> = (0..book.items.len()).filter(|item| is_printed(book, *item)).collect();
    let of_kind = |kind: ItemKind| printed.iter().copied().filter(move |item| book.items[*item].kind == kind);
    let mut add = |kind: Kind, item: Option<ItemIndex>, name: &str| {
        let name = if name.is_empty() { kind.name().to_owned() } else { format!("{}-{name}", kind.name()) };
        plan.insert(format!("{FOLDER}{name}.pdf").into(), PrintOut { kind, item });
    };
    for (item, name) in short_names(book, of_kind(ItemKind::Exercise).collect()) {
        // Items for facilitators only are not handed out.
        if !book.items[item].facilitator {
            add(Kind::Handout, Some(item), &name);
        }
        if book.audience == Audience::Facilitator {
            add(Kind::Guide, Some(item), &name);
        }
    }
    for (item, name) in short_names(book, of_kind(ItemKind::Workshop).collect()) {
        add(Kind::ThemeDay, Some(item), &name);
    }
    if of_kind(ItemKind::Principle).next().is_some() {
        add(Kind::Cards, None, "");
        add(Kind::Poster, None, "");
    }
    if !printed.is_empty() {
        add(Kind::Booklet, None, "");
    }
    plan
}

/// Returns whether the output at `path` is a print-out. Files of a section that is called `print` are none: their names
/// have a hash before the extension, which no print-out's has.
pub fn is_print_out(path: &str) -> bool {
    let name = path.strip_prefix(FOLDER).and_then(|name| name.strip_suffix(".pdf"));
    let is_of = |kind: Kind, name: &str| {
        name.strip_prefix(kind.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    name.is_some_and(|name| !name.contains(['/', '.']) && Kind::ALL.into_iter().any(|kind| is_of(kind, name)))
}

/// Returns whether the print-out at `path` is made of many items, so that it holds more than its name says.
pub fn is_of_many(path: &str) -> bool {
    let is_of_one = |kind: Kind| path.starts_with(&format!("{FOLDER}{}-", kind.name()));
    is_print_out(path) && ![Kind::Handout, Kind::Guide].into_iter().any(is_of_one)
}

/// Returns the ids of the items of `book` that may be printed.
pub fn printed_ids(book: &Book) -> BTreeSet<Arc<str>> {
    let printed = (0..book.items.len()).filter(|item| is_printed(book, *item));
    printed.map(|item| Arc::clone(&book.items[item].id)).collect()
}

/// Whether an item may be printed.
pub fn is_printed(book: &Book, item: ItemIndex) -> bool {
    book.items[item].document.front.common.print
}

/// The last part of each item's id; the whole id, with `-` for `/`, of those that would share it.
fn short_names(book: &Book, items: Vec<ItemIndex>) -> Vec<(ItemIndex, String)> {
    let last = |item: ItemIndex| book.items[item].id.rsplit('/').next().unwrap_or_default();
    let mut seen = BTreeSet::new();
    let shared: BTreeSet<&str> = items.iter().map(|item| last(*item)).filter(|name| !seen.insert(*name)).collect();
    let name = |item: ItemIndex| match shared.contains(last(item)) {
        true => book.items[item].id.replace('/', "-"),
        false => last(item).to_owned(),
    };
    items.iter().map(|item| (*item, name(*item))).collect()
}

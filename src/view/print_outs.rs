//! Print-outs as pages show them: links on the page of an item, and the list of all.

use serde::Serialize;

use crate::model::Kind as ItemKind;
use crate::plan::print_outs::{Kind, PrintOut, PrintPlan};
use crate::resolve::book::{Book, ItemIndex};

/// A link to a print-out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PrintLink {
    /// `handout`, `guide`, `theme_day`, `cards`, `booklet` or `poster`.
    pub kind: String,
    /// Its path.
    pub path: String,
}

/// An exercise or a theme day with its print-outs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PrintRow {
    /// What it is called.
    pub title: String,
    /// Its page.
    pub path: String,
    /// Its print-outs.
    pub print_outs: Vec<PrintLink>,
}

/// The list of print-outs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PrintOutsView {
    /// Those of the whole handbook: the booklet, the cards, the poster.
    pub whole: Vec<PrintLink>,
    /// Theme days.
    pub days: Vec<PrintRow>,
    /// Exercises.
    pub exercises: Vec<PrintRow>,
}

/// The list of print-outs.
pub fn print_outs(book: &Book, plan: &PrintPlan) -> PrintOutsView {
    let rows = |kind: ItemKind| -> Vec<PrintRow> {
        let items = (0..book.items.len()).filter(|item| book.items[*item].kind == kind);
        let row = |item: ItemIndex| PrintRow {
            title: book.items[item].title.clone(),
            path: book.items[item].address.to_string(),
            print_outs: links(plan, |print_out| print_out.item == Some(item)),
        };
        items.map(row).filter(|row| !row.print_outs.is_empty()).collect()
    };
    PrintOutsView {
        whole: links(plan, |print_out| print_out.item.is_none()),
        days: rows(ItemKind::Workshop),
        exercises: rows(ItemKind::Exercise),
    }
}

/// The print-outs to link to from the page of an item: its own, of a principle those of all principles.
pub fn print_outs_of(book: &Book, plan: &PrintPlan, item: ItemIndex) -> Vec<PrintLink> {
    let is_principle = book.items[item].kind == ItemKind::Principle && book.items[item].document.front.common.print;
    links(plan, |print_out| match print_out.kind {
        Kind::Cards | Kind::Poster => is_principle,
        _ => print_out.item == Some(item),
    })
}

fn links(plan: &PrintPlan, wanted: impl Fn(&PrintOut) -> bool) -> Vec<PrintLink> {
    let mut found: Vec<_> = plan.iter().filter(|(_, print_out)| wanted(print_out)).collect();
    found.sort_by_key(|(_, print_out)| Kind::ALL.iter().position(|kind| *kind == print_out.kind));
    let link = |(path, print_out): (&std::sync::Arc<str>, &PrintOut)| PrintLink {
        kind: print_out.kind.name().replace('-', "_"),
        path: path.to_string(),
    };
    found.into_iter().map(link).collect()
}

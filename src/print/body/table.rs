//! A table to its node, with what a template needs to give each column its width.

use super::{Scope, Walk};
use crate::model::body::{Alignment, Inline as Parsed, Table};
use crate::print::node::{Block, Column, Inline};

impl<'a> Walk<'a> {
    pub(super) fn table(&mut self, table: &'a Table, scope: &Scope<'a>) -> Block {
        let head: Vec<_> = table.head.iter().map(|cell| self.inlines(cell, scope)).collect();
        let row = |cells: &'a Vec<Vec<Parsed>>| cells.iter().map(|cell| self.inlines(cell, scope)).collect();
        let rows: Vec<_> = table.rows.iter().map(row).collect();
        let alignments = table.alignments.iter().map(|alignment| match alignment {
            Alignment::None => None,
            Alignment::Left => Some("left"),
            Alignment::Center => Some("center"),
            Alignment::Right => Some("right"),
        });
        table_of(head, rows, alignments.collect())
    }
}

/// A table whose rows all have the same number of cells.
pub(super) fn table_of(
    head: Vec<Vec<Inline>>,
    mut rows: Vec<Vec<Vec<Inline>>>,
    mut alignments: Vec<Option<&'static str>>,
) -> Block {
    let count = rows.iter().chain([&head]).map(Vec::len).max().unwrap_or(0);
    let mut head = head;
    head.resize(if head.is_empty() { 0 } else { count }, Vec::new());
    rows.iter_mut().for_each(|row| row.resize(count, Vec::new()));
    alignments.resize(count, None);
    let columns = alignments.into_iter().enumerate().map(|(at, align)| {
        let cells = rows.iter().chain([&head]).filter_map(|row| row.get(at));
        let mut column = Column { align, longest: String::new(), word: String::new() };
        for cell in cells {
            let mut text = String::new();
            Inline::push_text(cell, &mut text);
            for word in text.split_whitespace() {
                longer(&mut column.word, word);
            }
            longer(&mut column.longest, &text);
        }
        column
    });
    Block::Table { columns: columns.collect(), head, rows }
}

fn longer(longest: &mut String, text: &str) {
    if text.chars().count() > longest.chars().count() {
        text.clone_into(longest);
    }
}

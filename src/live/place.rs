//! A paragraph as it stands on a page to the line of the source that it was written on.

use std::sync::Arc;

use super::Site;
use crate::model::body::{Block, Inline};
use crate::model::walk::visit;
use crate::parse::Document;
use crate::resolve::book::{Book, ItemIndex, Target};
use crate::source::{Span, Text, position};

/// Where a paragraph was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as the author would name it.
    pub file: String,
    /// Its line, from 1.
    pub line: usize,
}

/// Where the text `shown` on the page at `path` was written: the paragraph, heading, cell or the like that says this, else
/// the start of the page's file. Nothing where the page is no item's.
pub fn place_of(site: &Site, path: &str, shown: &str) -> Option<Place> {
    let book = site.build()?.book()?;
    let item = site.item_at(path)?;
    let wanted = letters(shown);
    let mut candidates = vec![item];
    candidates.extend(included(book, item));
    let found = candidates.iter().find_map(|item| {
        let at = find(book, *item, &wanted)?;
        Some(in_file(site, &book.items[*item].document, at))
    });
    found.or_else(|| Some(Place { file: book.items[item].document.source.shown.to_string(), line: 1 }))
}

/// The place of byte `at` of a document, in the file that this part of it is from.
fn in_file(site: &Site, document: &Document, at: usize) -> Place {
    let source = &document.source;
    let from = document.origins.as_ref().and_then(|origins| origins.place(Span::new(at..at)));
    let text = from.and_then(|(shown, span)| Some((shown, site.text_of(shown)?, span.start as usize)));
    let (shown, text, at) = text.unwrap_or((&source.shown, Arc::clone(&source.text), at));
    Place { file: shown.to_string(), line: position(&text, at).line }
}

fn included(book: &Book, item: ItemIndex) -> impl Iterator<Item = ItemIndex> {
    book.items[item].body.targets.iter().filter_map(|target| match target {
        Target::Include { item, .. } => Some(*item),
        _ => None,
    })
}

fn find(book: &Book, index: ItemIndex, wanted: &str) -> Option<usize> {
    let item = &book.items[index];
    let plain = item.plain();
    // The longest that `shown` begins with: the page adds footnote marks and words of the theme's.
    let mut found: Option<(usize, usize)> = None;
    let mut hear = |run: &[Inline]| {
        let written = letters(&plain.of(run));
        let is_longer = found.is_none_or(|(length, _)| written.len() > length);
        if !written.is_empty() && is_longer && wanted.starts_with(&written) {
            found = start_of(run).map(|start| (written.len(), start)).or(found);
        }
    };
    let notes = (0..item.document.body.footnotes.len()).map(|note| item.footnote(note as u32));
    for blocks in std::iter::once(item.blocks()).chain(notes) {
        visit(blocks, &mut |_: &Block| {}, &mut hear);
    }
    found.map(|(_, start)| start)
}

/// The first byte in the source of what is written in `run`.
fn start_of(run: &[Inline]) -> Option<usize> {
    run.iter().find_map(|inline| match inline {
        Inline::Text(Text::Span(span)) | Inline::Code(Text::Span(span)) => Some(span.start as usize),
        Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Strikethrough(content)
        | Inline::Link(_, content) => start_of(content),
        Inline::Element(element) => start_of(&element.children),
        _ => None,
    })
}

/// Letters and digits alone: the browser's text has other spaces, and words of the theme's between.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

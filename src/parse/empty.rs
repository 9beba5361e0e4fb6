//! Reports what a page would show without words: links, headings and columns that nobody can hear or see, and links that a
//! folded callout hides in the button that opens it.

use std::ops::Range;

use super::builder::Builder;
use super::callout::Marker;
use crate::diagnostic::Fault;
use crate::model::body::{Inline, LinkForm};
use crate::model::walk::visit_inlines;

impl Builder<'_> {
    /// Reports a link without text. A wikilink has the title of its page.
    pub(super) fn note_empty_link(&mut self, form: LinkForm, content: &[Inline], range: &Range<usize>) {
        if form == LinkForm::Markdown && self.says_nothing(content) {
            self.fault(Fault::EmptyLinkText, range.clone());
        }
    }

    /// Reports a heading without text.
    pub(super) fn note_empty_heading(&mut self, content: &[Inline], range: &Range<usize>) {
        if self.says_nothing(content) {
            self.fault(Fault::EmptyHeading, range.start..range.start + self.first_line_of(range).trim_end().len());
        }
    }

    /// Reports a head of a table with a cell that names no column.
    pub(super) fn note_empty_head(&mut self, cells: &[Vec<Inline>], range: &Range<usize>) {
        if let Some(column) = cells.iter().position(|cell| self.says_nothing(cell)) {
            let row = range.start..range.start + self.first_line_of(range).trim_end().len();
            self.fault(Fault::EmptyTableHead { column: column + 1 }, row);
        }
    }

    /// Reports links in the title of a folded callout, which is a button.
    pub(super) fn note_links_in_folded_title(&mut self, marker: &Marker, title: &[Inline]) {
        let mut links = Vec::new();
        let mut see = |inline: &Inline| match inline {
            Inline::Link(link, _) => links.push(*link),
            Inline::Element(element) => links.extend(element.link),
            _ => {}
        };
        if marker.folded {
            visit_inlines(title, &mut see);
        }
        for link in links {
            let span = self.body.links[link as usize].span;
            self.fault(Fault::LinkInFoldedTitle, span.range());
        }
    }

    fn first_line_of(&self, range: &Range<usize>) -> &str {
        self.source.text[range.clone()].lines().next().unwrap_or_default()
    }

    /// Returns whether `content` holds no word. An image has its own text, or is reported for having none.
    fn says_nothing(&self, content: &[Inline]) -> bool {
        content.iter().all(|inline| match inline {
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strikethrough(content) => {
                self.says_nothing(content)
            }
            Inline::Element(element) => element.tag.as_ref() != "img" && self.says_nothing(&element.children),
            inline => self.is_blank(inline),
        })
    }
}

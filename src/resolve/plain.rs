//! Inline nodes to plain text: for titles, headings, alternative texts and the search index.

use crate::model::body::{Body, Inline};

/// What is needed to read an item's inlines: its source and what its terms say.
#[derive(Clone, Copy)]
pub struct PlainText<'a> {
    /// The whole source text.
    pub source: &'a str,
    /// Texts of the terms by index; as written in the source where the list is empty.
    pub terms: &'a [Box<str>],
    /// The body that the inlines belong to.
    pub body: &'a Body,
}

impl PlainText<'_> {
    /// The text of `inlines`, without any markup.
    pub fn of(&self, inlines: &[Inline]) -> String {
        let mut text = String::new();
        self.push(inlines, &mut text);
        text
    }

    /// Appends the text of `inlines` to `out`.
    pub fn push(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => out.push_str(text.get(self.source)),
                Inline::SoftBreak | Inline::HardBreak => out.push(' '),
                Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::Strikethrough(content)
                | Inline::Link(_, content) => self.push(content, out),
                Inline::Image(image) => self.push(&image.alt, out),
                Inline::Element(element) => self.push(&element.children, out),
                Inline::Term(index) => out.push_str(self.term(*index as usize)),
                Inline::FootnoteReference(_) => {}
            }
        }
    }

    fn term(&self, index: usize) -> &str {
        match self.terms.get(index) {
            Some(text) => text,
            None => self.body.terms[index].inner.get(self.source),
        }
    }
}

//! Inline nodes to plain text: for titles, headings, alternative texts and the search index.

use crate::model::body::{Body, Inline};
use crate::parse::is_block;

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

    /// Appends the text of `inlines` to `out`. What the page shows on lines of their own, such as cells of a table in raw
    /// HTML, is separated by a space.
    pub fn push(&self, inlines: &[Inline], out: &mut String) {
        self.push_all(inlines, &mut Spaced { out, is_apart: false });
    }

    fn push_all(&self, inlines: &[Inline], out: &mut Spaced) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => out.push(text.get(self.source)),
                Inline::SoftBreak => out.push(" "),
                Inline::HardBreak => out.is_apart = true,
                Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::Strikethrough(content)
                | Inline::Link(_, content) => self.push_all(content, out),
                Inline::Image(image) => self.push_all(&image.alt, out),
                Inline::Element(element) => {
                    let is_apart = &*element.tag == "br" || is_block(&element.tag);
                    out.is_apart |= is_apart;
                    self.push_all(&element.children, out);
                    out.is_apart |= is_apart;
                }
                Inline::Term(index) => out.push(self.term(*index as usize)),
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

/// A text that grows, with a space due before what is on another line of the page.
struct Spaced<'o> {
    out: &'o mut String,
    is_apart: bool,
}

impl Spaced<'_> {
    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let is_apart = std::mem::take(&mut self.is_apart);
        if is_apart
            && !self.out.is_empty()
            && !self.out.ends_with(char::is_whitespace)
            && !text.starts_with(char::is_whitespace)
        {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }
}

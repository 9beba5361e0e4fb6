//! Images and includes: `![alt](file "caption")`, `![[file|alt|300]]`, `![[item]]`.

use std::ops::Range;

use super::builder::{Builder, Frame, Open};
use crate::diagnostic::Fault;
use crate::model::body::{Image, Inline, LinkForm};
use crate::model::comment::{self, Comments};
use crate::source::{Span, Text};

/// An image or include as it is written, without its alternative text.
pub struct ImageSyntax {
    /// Its notation.
    pub form: LinkForm,
    /// Its target.
    pub target: Text,
    /// Its title, which becomes the caption.
    pub title: Option<Text>,
    /// Whether a bar stands behind the target of a wikilink.
    pub is_piped: bool,
    /// Its width in CSS pixels, where the notation gives it beside the alternative text.
    pub width: Option<u32>,
}

impl Builder<'_> {
    pub(super) fn image(&mut self, image: ImageSyntax, alt: Vec<Inline>, range: Range<usize>) {
        if self.comments.open().is_some() {
            return;
        }
        let ImageSyntax { form, target, title, is_piped, width } = image;
        let (alt, width) = match form {
            LinkForm::WikiImage => self.wiki_alt(is_piped, alt, &range),
            LinkForm::Image if width.is_none() => self.piped_alt(alt, &range),
            _ => (alt, width),
        };
        if form != LinkForm::Include && alt.iter().all(|inline| self.is_blank(inline)) {
            let image = target.get(&self.source.text).to_owned();
            let is_wiki = form == LinkForm::WikiImage;
            self.fault(Fault::MissingAlt { image, is_wiki, width }, range.clone());
        }
        let caption = title.map(|title| self.caption(title, &range)).unwrap_or_default();
        for content in [&caption, &alt] {
            self.hidden.look_at_inlines(content, &self.source.text);
            self.note_markers(content);
        }
        let link = self.link(form, target, range);
        let mut inline = Inline::Image(Box::new(Image { link, alt, caption, width }));
        // The content of these is checked once it is complete.
        if !matches!(self.frames.last(), Some(Frame { open: Open::Paragraph { .. } | Open::Item { .. }, .. })) {
            self.include_to_link(&mut inline);
        }
        self.inlines.push(inline);
    }

    /// A title with its terms, if it stands in the source as it is.
    pub(super) fn caption(&mut self, title: Text, range: &Range<usize>) -> Vec<Inline> {
        let text = title.get(&self.source.text);
        match self.source.text[range.clone()].rfind(text) {
            Some(at) => {
                let start = range.start + at;
                let (mark, length) = (self.inlines.len(), text.len());
                self.push_outside_comments(start..start + length);
                self.inlines.drain(mark..).collect()
            }
            None => {
                let (shown, unclosed) = comment::outside(text);
                if let Some(marks) = unclosed {
                    self.fault(Fault::UnclosedComment { opener: marks.opener() }, range.clone());
                }
                vec![Inline::Text(Text::Owned(shown.trim().into()))]
            }
        }
    }

    /// Pushes the text outside the comments of a standalone text.
    fn push_outside_comments(&mut self, range: Range<usize>) {
        let mut comments = Comments::default();
        for part in comments.visible(&self.source.text[range.clone()], |at| range.start + at) {
            let (start, end) = (range.start + part.start, range.start + part.end);
            let text = self.source.text[start..end].trim();
            // `text` is a slice of the source, so the distance between them is its offset.
            let at = text.as_ptr() as usize - self.source.text.as_ptr() as usize;
            if !text.is_empty() {
                self.push_visible(at..at + text.len());
            }
        }
        if let Some((marks, at)) = comments.open() {
            self.fault(Fault::UnclosedComment { opener: marks.opener() }, at..at + marks.opener().len());
        }
    }

    /// `![[plan.svg|300]]`, `![[plan.svg|alt]]` and `![[plan.svg|alt|300]]`: what stands behind the first bar.
    fn wiki_alt(&mut self, piped: bool, alt: Vec<Inline>, range: &Range<usize>) -> (Vec<Inline>, Option<u32>) {
        if !piped {
            return (Vec::new(), None);
        }
        let Some(text) = self.text_of(&alt) else { return (alt, None) };
        let text = text.get(&self.source.text);
        let (words, width) = match text.rsplit_once('|') {
            Some((words, width)) => (words, width.trim()),
            None if width_of(text.trim()).is_some() => ("", text.trim()),
            None => (text, ""),
        };
        let words = words.trim();
        let alt = if words.is_empty() { Vec::new() } else { vec![Inline::Text(self.text(words))] };
        let pixels = width_of(width).flatten();
        if pixels.is_none() && !width.is_empty() {
            self.note_invalid_width(width.to_owned(), range);
        }
        (alt, pixels)
    }

    /// Takes the width off `![alt|300](plan.svg)`, as Obsidian writes it. Behind the last bar anything else is text.
    fn piped_alt(&mut self, alt: Vec<Inline>, range: &Range<usize>) -> (Vec<Inline>, Option<u32>) {
        let Some(Inline::Text(last)) = alt.last() else { return (alt, None) };
        let text = last.get(&self.source.text);
        let Some((words, width)) = text.rsplit_once('|') else { return (alt, None) };
        let (words, width) = (words.trim_end_matches('\\'), width.trim());
        let Some(pixels) = width_of(width) else { return (alt, None) };
        if pixels.is_none() {
            self.note_invalid_width(width.to_owned(), range);
        }
        let words = match last {
            Text::Span(span) => Text::Span(Span::new(span.start as usize..span.start as usize + words.len())),
            Text::Owned(_) => Text::Owned(words.into()),
        };
        let mut alt = alt;
        alt.pop();
        alt.push(Inline::Text(words));
        (alt, pixels)
    }

    pub(super) fn note_invalid_width(&mut self, value: String, range: &Range<usize>) {
        let key = "width".to_owned();
        let expected = format!("a width of 1 to {MOST_PIXELS} pixels, as in `![[plan.svg|300]]`");
        self.fault(Fault::InvalidValue { key, value, expected, suggestion: None }, range.clone());
    }

    /// Returns the text of `inlines` if they are nothing else. In a table `\|` parts it.
    fn text_of(&self, inlines: &[Inline]) -> Option<Text> {
        if let [Inline::Text(text)] = inlines {
            return Some(text.clone());
        }
        let text = |inline: &Inline| match inline {
            Inline::Text(text) => Some(text.get(&self.source.text).to_owned()),
            _ => None,
        };
        let parts: Option<String> = inlines.iter().map(text).collect();
        parts.filter(|text| !text.is_empty()).map(|text| Text::Owned(text.into()))
    }

    /// An include that does not stand alone cannot take in blocks; it becomes a link.
    pub(super) fn include_to_link(&mut self, inline: &mut Inline) {
        if let Inline::Image(image) = inline
            && self.body.links[image.link as usize].form == LinkForm::Include
        {
            self.body.links[image.link as usize].form = LinkForm::Wiki;
            *inline = Inline::Link(image.link, std::mem::take(&mut image.alt));
        }
    }
}

/// Wider than any screen or sheet would be a slip of the keyboard.
const MOST_PIXELS: u32 = 10_000;

/// The width in `300` or `300x200`, as Obsidian writes it: an image keeps its proportions. Nothing where `text` is neither,
/// and no number where it is none that an image can have.
pub(super) fn width_of(text: &str) -> Option<Option<u32>> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (width, height) = text.split_once('x').unwrap_or((text, "1"));
    let width = (is_number(width) && is_number(height)).then_some(width)?;
    Some(width.parse().ok().filter(|pixels| (1..=MOST_PIXELS).contains(pixels)))
}

//! Headings: their attributes in braces, and which of them is the page's title.

use super::front_matter::{concerns_readers, place_of};
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{Block, Body, Heading, Inline};
use crate::model::front_matter::Common;
use crate::model::hiding;
use crate::source::{Source, Span, Text, is_escaped};

/// The most minutes that a step may take, as in front matter.
const MOST_MINUTES: u32 = 100_000;

/// Attributes of a heading: a last `{…}` that holds only `#id`, `.class` or `key=value`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `#id`
    pub id: Option<Text>,
    /// `.class`
    pub classes: Vec<Text>,
    /// `minutes=10`
    pub minutes: Option<u32>,
    /// Whether the attributes say that the section is not for everyone, which no heading can say.
    pub hides: bool,
    /// Minutes that are no number from 1 to 100,000, as they stand in the source.
    pub wrong_minutes: Option<Span>,
}

/// Takes the attributes off the end of a heading's content. Anything else in braces stays text.
pub fn take_attributes(content: &mut Vec<Inline>, source: &str) -> Attributes {
    let Some(Inline::Text(Text::Span(span))) = content.last().cloned() else { return Attributes::default() };
    let text = span.of(source);
    let Some(open) = text.trim_end().strip_suffix('}').and_then(|rest| rest.rfind('{')) else {
        return Attributes::default();
    };
    if is_escaped(source, span.start as usize + open) {
        // `\{` is a brace.
        return Attributes::default();
    }
    let inner_start = span.start as usize + open + 1;
    let inner = &text.trim_end()[open + 1..text.trim_end().len() - 1];
    let attributes = read_attributes(inner, inner_start).or_else(|| read_spaced_minutes(inner, inner_start));
    let Some(attributes) = attributes else { return Attributes::default() };
    content.pop();
    let before = text[..open].trim_end();
    if !before.is_empty() {
        let start = span.start as usize;
        content.push(Inline::Text(Text::Span(Span::new(start..start + before.len()))));
    }
    attributes
}

fn read_attributes(inner: &str, inner_start: usize) -> Option<Attributes> {
    let mut attributes = Attributes::default();
    let mut any = false;
    for word in inner.split_whitespace() {
        any = true;
        // `split_whitespace` yields slices of `inner`, so the distance between them is the place.
        let start = inner_start + (word.as_ptr() as usize - inner.as_ptr() as usize);
        let rest = || Text::Span(Span::new(start + 1..start + word.len()));
        if word.len() > 1 && word.starts_with('#') {
            attributes.id = Some(rest());
        } else if word.len() > 1 && word.starts_with('.') {
            attributes.hides |= hiding::nearest_name(&word[1..]) == Some("FACILITATOR");
            attributes.classes.push(rest());
        } else {
            let (key, value) = word.split_once('=').filter(|(key, value)| !key.is_empty() && !value.is_empty())?;
            attributes.hides |= concerns_readers(key);
            if key == "minutes" {
                attributes.minutes = value.parse().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes));
                let place = Span::new(start + "minutes=".len()..start + word.len());
                attributes.wrong_minutes = attributes.minutes.is_none().then_some(place);
            }
        }
    }
    any.then_some(attributes)
}

/// `{minutes = 10}` and `{minutes=10 min}` are no list of attributes by their form, but cannot be meant as text.
fn read_spaced_minutes(inner: &str, inner_start: usize) -> Option<Attributes> {
    let value = inner.trim_start().strip_prefix("minutes")?.trim_start().strip_prefix('=')?.trim_start();
    let start = inner_start + (value.as_ptr() as usize - inner.as_ptr() as usize);
    let place = Span::new(start..start + value.trim_end().len());
    Some(Attributes { wrong_minutes: Some(place), ..Attributes::default() })
}

/// Takes the first heading of level 1 out of the body where it gives the title, or repeats the one in the
/// front matter: a page has one `h1`. Warns of every other.
pub fn take_title(
    body: &mut Body,
    common: &Common,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Box<Heading>> {
    let first = body.blocks.iter().position(|block| matches!(block, Block::Heading(heading) if heading.level == 1));
    let gives_title = |at: &usize| match &body.blocks[*at] {
        Block::Heading(heading) => {
            common.title.as_ref().is_none_or(|title| repeats(heading, &title.text, body, &source.text))
        }
        _ => false,
    };
    let title = first.filter(gives_title).and_then(|at| match body.blocks.remove(at) {
        Block::Heading(heading) => Some(heading),
        _ => None,
    });
    for block in &body.blocks {
        if let Block::Heading(heading) = block
            && heading.level == 1
        {
            let place = match (&title, &common.title) {
                (Some(title), _) => title.span.range(),
                (None, Some(title)) => place_of(&source.text, title.at),
                (None, None) => continue,
            };
            let fault = Diagnostic::new(Fault::SecondTitle, &source.shown, heading.span.range());
            diagnostics.push(fault.and_at(&source.shown, place, "the title is here"));
        }
    }
    warn_of_skipped_levels(&body.blocks, source, diagnostics);
    title
}

/// Returns whether `heading` says what `title` says, however it is marked up.
fn repeats(heading: &Heading, title: &str, body: &Body, source: &str) -> bool {
    let mut shown = String::new();
    push_shown(&heading.content, body, source, &mut shown);
    heading.span.of(source).trim_matches(|c: char| c == '#' || c.is_whitespace()) == title
        || shown.split_whitespace().eq(title.split_whitespace())
}

/// Appends the text of a heading to `out`, terms in their braces as front matter has them.
fn push_shown(content: &[Inline], body: &Body, source: &str, out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text.get(source)),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strikethrough(content)
            | Inline::Link(_, content) => push_shown(content, body, source, out),
            Inline::Element(element) => push_shown(&element.children, body, source, out),
            Inline::Term(index) => out.push_str(body.terms[*index as usize].span.of(source)),
            Inline::Image(_) | Inline::FootnoteReference(_) => {}
        }
    }
}

fn warn_of_skipped_levels(blocks: &[Block], source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let mut last = 1;
    for block in blocks {
        if let Block::Heading(heading) = block {
            let level = heading.level.max(2);
            if level > last + 1 {
                let fault = Fault::HeadingSkipped { from: last, to: level };
                diagnostics.push(Diagnostic::new(fault, &source.shown, heading.span.range()));
            }
            last = level;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes_of(text: &str) -> (Attributes, Vec<Inline>) {
        let mut content = vec![Inline::Text(Text::Span(Span::new(0..text.len())))];
        (take_attributes(&mut content, text), content)
    }

    #[test]
    fn only_attributes_are_taken() {
        let (attributes, content) = attributes_of("Del i par {minutes=10 #del .tung}");
        assert_eq!(attributes.minutes, Some(10));
        assert_eq!(attributes.id, Some(Text::Span(Span::new(23..26))));
        assert_eq!(content, [Inline::Text(Text::Span(Span::new(0..9)))]);
    }

    #[test]
    fn other_braces_stay_text() {
        for text in ["Om {borgeren}", "Sæt {a, b}", "Tom {}", "x {minutes}"] {
            let (attributes, content) = attributes_of(text);
            assert_eq!(attributes, Attributes::default(), "{text}");
            assert_eq!(content, [Inline::Text(Text::Span(Span::new(0..text.len())))], "{text}");
        }
    }
}

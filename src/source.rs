//! Source text and places in it: a file as read, byte spans, and lines and columns for people.

use std::ops::Range;
use std::sync::Arc;

/// A text file of the handbook as it was read, with the path that messages name.
///
/// Paths use `/` on every system and are relative to the layer's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path inside the layer, for example `principper/01-se.md`.
    pub path: Arc<str>,
    /// The same file as the user would name it, for example `content/principper/01-se.md`.
    pub shown: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
}

/// A byte range of a source text. Four bytes an end: sources are limited to 4 GiB by `load`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range`; ends past 4 GiB are clamped, which `load` makes impossible.
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// The span as a range to index a text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text that the span covers, or nothing where the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// A piece of text: a span of the source where the text stands there as it is, else its own string
/// (entities, unescaped characters, sanitised HTML).
///
/// Spans instead of strings are what keeps ten thousand trees small.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Text {
    /// As it stands in the source.
    Span(Span),
    /// Differs from the source.
    Owned(Box<str>),
}

impl Text {
    /// The text itself, given the source that it was parsed from.
    pub fn get<'a>(&'a self, source: &'a str) -> &'a str {
        match self {
            Text::Span(span) => span.of(source),
            Text::Owned(text) => text,
        }
    }
}

/// A line and a column for people: both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Where the byte `offset` of `text` stands, by counting from the top; past the end is the end.
pub fn position(text: &str, offset: usize) -> Position {
    let offset = text.floor_char_boundary(offset);
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(position("æøå\nblå ø", 11), Position { line: 2, column: 4 });
        assert_eq!(position("", 99), Position { line: 1, column: 1 });
    }
}

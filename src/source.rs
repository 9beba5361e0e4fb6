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

/// The origins of the pieces of a text that was composed from several files.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Origins {
    /// In order of the text.
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Piece {
    /// First byte in the text.
    start: u32,
    /// The file, as messages name it, and the byte of it that the piece begins with.
    from: (Arc<str>, u32),
}

impl Origins {
    /// Notes that the text from byte `start` on is that of the file `shown` from its byte `at` on. Pieces are noted in
    /// order of the text.
    pub fn note(&mut self, start: usize, shown: &Arc<str>, at: usize) {
        let at = Span::new(start..at);
        self.pieces.push(Piece { start: at.start, from: (Arc::clone(shown), at.end) });
    }

    /// The pieces that `range` of the text is made of: each with its bytes in the text, its file and the byte of it that it
    /// begins with.
    pub fn pieces_in(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, &Arc<str>, usize)> {
        self.pieces.iter().enumerate().filter_map(move |(index, piece)| {
            let start = piece.start as usize;
            let end = self.pieces.get(index + 1).map_or(usize::MAX, |next| next.start as usize);
            let cut = start.max(range.start)..end.min(range.end);
            let at = piece.from.1 as usize + (cut.start.max(start) - start);
            (cut.start < cut.end).then_some((cut, &piece.from.0, at))
        })
    }

    /// The file and the bytes of it that `span` of the text stands for, so far as it lies in one piece.
    pub fn place(&self, span: Span) -> Option<(&Arc<str>, Span)> {
        let index = self.pieces.partition_point(|piece| piece.start <= span.start).checked_sub(1)?;
        let piece = &self.pieces[index];
        let end = self.pieces.get(index + 1).map_or(u32::MAX, |next| next.start);
        let moved = |at: u32| (at.clamp(piece.start, end) - piece.start).saturating_add(piece.from.1);
        Some((&piece.from.0, Span { start: moved(span.start), end: moved(span.end) }))
    }
}

/// Returns whether the character at byte `at` of a Markdown text follows an odd number of backslashes.
pub fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// A line and a column for people: both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Returns the position of the byte `offset` of `text`, counted from the top; an offset past the end is the end.
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

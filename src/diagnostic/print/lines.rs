//! A source text becomes its lines, found once a file however many diagnostics point into it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::SourceOf;
use crate::diagnostic::Label;
use crate::source::{Position, Span};

/// The files that a report points into, each looked up once.
pub struct Files<'a> {
    source_of: SourceOf<'a>,
    files: HashMap<Arc<str>, Option<Lines>>,
}

impl<'a> Files<'a> {
    /// No file yet; `source_of` gives their texts.
    pub fn new(source_of: SourceOf<'a>) -> Self {
        Self { source_of, files: HashMap::new() }
    }

    /// The lines of the file that is shown as `path`; nothing where it has no text.
    pub fn lines_of(&mut self, path: &Arc<str>) -> Option<&Lines> {
        let source_of = self.source_of;
        self.files.entry(Arc::clone(path)).or_insert_with(|| source_of(path).map(Lines::new)).as_ref()
    }

    /// Where `label` begins.
    pub fn position(&mut self, label: &Label) -> Option<Position> {
        Some(self.lines_of(&label.path)?.position(label.span.start))
    }
}

/// A text with the places where its lines begin.
pub struct Lines {
    text: Arc<str>,
    starts: Vec<usize>,
    /// How many characters stand before each [`STEP`]th byte.
    counts: Vec<usize>,
}

/// Bytes between two counts of characters: the most that is counted for a position, however long its line.
const STEP: usize = 1024;

impl Lines {
    fn new(text: Arc<str>) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let mut counts = vec![0];
        for chunk in text.as_bytes().chunks_exact(STEP) {
            counts.push(counts[counts.len() - 1] + letters(chunk));
        }
        Self { text, starts, counts }
    }

    /// Where the byte `offset` stands; past the end is the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.text.floor_char_boundary(offset as usize);
        let line = self.starts.partition_point(|start| *start <= offset);
        Position { line, column: self.letters_before(offset) - self.letters_before(self.starts[line - 1]) + 1 }
    }

    fn letters_before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        self.counts[step] + letters(&self.text.as_bytes()[step * STEP..offset])
    }

    /// The line in which `span` begins, without its end of line, and the part of `span` that lies in it.
    pub fn within_line(&self, span: Span) -> (&str, Range<usize>) {
        let offset = span.range().start.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let text = &self.text[start..end];
        let text = text.strip_suffix('\r').unwrap_or(text);
        let within = |at: usize| at.saturating_sub(start).min(text.len());
        (text, within(span.range().start)..within(span.range().end))
    }
}

/// How many characters begin in `bytes`, a piece of UTF-8 that may be cut anywhere.
fn letters(bytes: &[u8]) -> usize {
    let continues = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    bytes.iter().filter(|byte| !continues(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::position;

    #[test]
    fn positions_are_those_of_counting_from_the_top() {
        for text in ["", "a", "\n", "æ\r\nø\n\nå", "ende\n"] {
            let lines = Lines::new(Arc::from(text));
            for offset in 0..=text.len() + 2 {
                assert_eq!(lines.position(offset as u32), position(text, offset), "{offset} in {text:?}");
            }
        }
    }

    #[test]
    fn columns_in_a_long_line_count_from_its_start() {
        let text = format!("æ{}\n{}", "blåbær ".repeat(700), "grød med fløde ".repeat(700));
        let lines = Lines::new(Arc::from(&*text));
        for offset in (0..=text.len()).filter(|offset| offset % 7 == 0 || offset % STEP < 3 || *offset == text.len()) {
            assert_eq!(lines.position(offset as u32), position(&text, offset), "{offset}");
        }
    }

    #[test]
    fn a_hundred_thousand_places_in_one_line_are_found_in_linear_time() {
        let lines = Lines::new(Arc::from("æøå ".repeat(300_000)));
        // Counted from the start of the line each time, these would be 10^11 steps.
        let places = (0..100_000_u32).map(|at| lines.position(at * 21).column);
        assert!(places.is_sorted());
    }

    #[test]
    fn a_span_over_several_lines_keeps_its_first() {
        let lines = Lines::new(Arc::from("en\r\nto tre\r\nfire"));
        assert_eq!(lines.within_line(Span::new(7..14)), ("to tre", 3..6));
        assert_eq!(lines.within_line(Span::new(0..99)), ("en", 0..2));
        assert_eq!(lines.within_line(Span::new(99..99)), ("fire", 4..4));
    }
}

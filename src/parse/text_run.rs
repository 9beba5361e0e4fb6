//! A run of plain text to text and terms.
//!
//! The Markdown parser gives text in pieces, cut at every backslash and bracket. A run joins the pieces
//! that lie side by side in the source, so that a term or comment mark is never missed at a cut.

use std::borrow::Cow;
use std::ops::Range;

use super::builder::Builder;
use crate::language;
use crate::model::body::{Inline, TermUse};
use crate::source::{Span, Text, is_escaped};

/// Plain text that is still being collected: a range of the source.
pub type Run = Option<Range<usize>>;

/// Whether `run` ends inside a term's braces that close on the next line of `source`.
pub fn breaks_in_term(run: &Range<usize>, source: &str) -> bool {
    let Some(open) = memchr::memrchr(b'{', &source.as_bytes()[run.clone()]) else { return false };
    let text = &source[run.start + open..];
    !is_escaped(source, run.start + open) && term_length(text).is_some_and(|length| run.start + open + length > run.end)
}

/// Joins `piece` to `run` if nothing but the backslash of an escape lies between.
pub fn join(run: &mut Range<usize>, piece: &Range<usize>, source: &str) -> bool {
    let fits = piece.start == run.end
        || (piece.start == run.end + 1
            && source.as_bytes()[run.end] == b'\\'
            && source.as_bytes()[piece.start].is_ascii_punctuation());
    if fits {
        run.end = piece.end;
    }
    fits
}

impl Builder<'_> {
    /// Ends the run that is being collected and pushes what it holds.
    pub fn flush_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        let text = &self.source.text[run.clone()];
        if self.comments.open().is_none() && !crate::model::comment::may_hold_marks(text) {
            self.push_visible(run);
            return;
        }
        for visible in self.comments.visible(text, |at| run.start + at) {
            if !visible.is_empty() {
                self.push_visible(run.start + visible.start..run.start + visible.end);
            }
        }
    }

    /// Pushes text that lies in no comment.
    pub(super) fn push_visible(&mut self, range: Range<usize>) {
        let text = &self.source.text[range.clone()];
        let bytes = text.as_bytes();
        if text.starts_with("[!") {
            self.note_second_callout(range.clone());
        }
        self.note_broken_comment(range.clone());
        let brackets = memchr::memchr_iter(b']', bytes).filter(|at| bytes.get(at + 1) == Some(&b'('));
        brackets.for_each(|at| self.note_link_with_blank(&text[at..], range.start + at));
        let mut from = 0;
        let mut search = 0;
        while let Some(found) = memchr::memchr3(b'{', b'\\', b'[', &bytes[search..]) {
            let at = search + found;
            search = at + 1;
            match bytes[at] {
                b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => {
                    self.push_text(range.start + from..range.start + at);
                    from = at + 1;
                    search = at + 2;
                }
                b'{' => {
                    if let Some(length) = term_length(&text[at..]) {
                        self.push_text(range.start + from..range.start + at);
                        self.push_term(range.start + at..range.start + at + length);
                        from = at + length;
                        search = from;
                    }
                }
                b'[' if bytes.get(at + 1) == Some(&b'[') => self.note_empty_wikilink(&text[at..], range.start + at),
                b'[' if bytes.get(at + 1) == Some(&b'^') => self.note_undefined_footnote(&text[at..], range.start + at),
                _ => {}
            }
        }
        self.push_text(range.start + from..range.end);
    }

    fn push_text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.hidden.look_at(&self.source.text[range.clone()]);
            self.inlines.push(Inline::Text(Text::Span(Span::new(range))));
        }
    }

    fn push_term(&mut self, range: Range<usize>) {
        let inner = range.start + 1..range.end - 1;
        let written = &self.source.text[inner.clone()];
        let inner = match on_one_line(written) {
            Cow::Borrowed(_) => Text::Span(Span::new(inner)),
            Cow::Owned(inner) => Text::Owned(inner.into()),
        };
        let index = self.body.terms.len() as u32;
        self.body.terms.push(TermUse { inner, span: Span::new(range) });
        self.inlines.push(Inline::Term(index));
    }
}

/// The length of the term in braces that `text` begins with, if it is one.
fn term_length(text: &str) -> Option<usize> {
    // Longer than any term: what follows a lone brace is not searched to the end of the file.
    const LONGEST: usize = 120;
    let end = memchr::memchr(b'}', &text.as_bytes()[..text.len().min(LONGEST)])?;
    language::parse_term(&on_one_line(&text[1..end])).is_some().then_some(end + 1)
}

/// Returns the text between a term's braces without the backslash that a `|` needs in a table, and without a line break
/// and the marks of quotations and lists at the start of the next line.
fn on_one_line(inner: &str) -> Cow<'_, str> {
    if !inner.contains(['\\', '\n']) {
        return Cow::Borrowed(inner);
    }
    let lines = inner.split('\n').enumerate().map(|(number, line)| match number {
        0 => line.trim_end(),
        _ => line.trim_start_matches([' ', '\t', '>']).trim_end(),
    });
    Cow::Owned(lines.collect::<Vec<_>>().join(" ").replace("\\|", "|"))
}

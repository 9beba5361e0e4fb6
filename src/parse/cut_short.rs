//! Finds callouts for facilitators that end before their author meant: text behind them would be public.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::builder::Builder;
use super::callout;
use super::hidden::Line;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{Block, Callout, Inline};
use crate::model::invisible::is_blank;
use crate::model::walk::visit;

/// A callout for facilitators that has just ended.
pub struct Ended {
    name: &'static str,
    end: usize,
    /// Number of quotes that it lies in, its own included.
    quotes: usize,
    /// The numbers of blocks and of open frames: the next block for which they are the same directly follows the
    /// callout.
    beside: (usize, usize),
    holds: Holds,
}

/// The content of a callout for facilitators.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Nothing. Its diagnostic has this index.
    Nothing(usize),
    /// A title that announces more.
    Title,
    /// Text.
    Text,
}

impl Builder<'_> {
    /// Records that a callout ends here: if it is for facilitators, the text after it may have been meant to be in it.
    pub(super) fn note_end_of_hidden(&mut self, callout: &Callout) {
        let range = callout.span.range();
        if !callout.kind.is_for_facilitators() {
            return;
        }
        self.hidden.callouts.push(range.clone());
        // Inside another one, everything is hidden.
        if self.is_for_facilitators() {
            return;
        }
        let name = callout.kind.marker();
        let title = self.line_of(&callout.title);
        let holds_words = self.holds_words(&callout.blocks);
        let written = self.source.text[range.clone()].trim_end().trim_end_matches(['*', '_', '>', ' ', '\n']);
        let announces_more = written.ends_with([':', '…']) || written.ends_with("...");
        let is_cut_title = !holds_words && name == "FACILITATOR" && !title.ends_with(['.', '!', '?', ')', '«', '"']);
        let holds = if !holds_words && title.is_empty() {
            let marker = range.start..range.start + self.first_line(&range).len();
            self.fault(Fault::HiddenTextCutShort { name, is_empty: true }, marker);
            Holds::Nothing(self.diagnostics.len() - 1)
        } else if announces_more || is_cut_title {
            Holds::Title
        } else {
            Holds::Text
        };
        let quotes = self.line_before(range.start).matches('>').count() + 1;
        let end = range.start + self.source.text[range].trim_end().len();
        let beside = (self.blocks.len() + 1, self.frames.len());
        self.hidden.ended = Some(Ended { name, end, quotes, beside, holds });
    }

    /// Returns whether `blocks` hold anything to read or to see.
    fn holds_words(&self, blocks: &[Block]) -> bool {
        let mut holds = false;
        let mut shown = false;
        let mut see = |block: &Block| shown |= matches!(block, Block::Code(_) | Block::Figure(_) | Block::Include(_));
        let mut hear = |content: &[Inline]| {
            let mut lines = vec![Line::default()];
            self.push_lines(content, &mut lines);
            holds |= lines.iter().any(|line| line.text.contains(|c| !is_blank(c) && c != '\\'));
        };
        visit(blocks, &mut see, &mut hear);
        holds || shown
    }

    pub(super) fn first_line(&self, range: &Range<usize>) -> &str {
        self.source.text[range.clone()].lines().next().unwrap_or_default()
    }

    /// Returns the part of the line of `at` that stands before it.
    fn line_before(&self, at: usize) -> &str {
        let before = &self.source.text[..at];
        before.rsplit('\n').next().unwrap_or(before)
    }

    fn line_of(&self, content: &[Inline]) -> String {
        let mut lines = vec![Line::default()];
        self.push_lines(content, &mut lines);
        lines.into_iter().map(|line| line.text).collect::<String>().trim_matches(is_blank).to_owned()
    }

    /// Reports a callout for facilitators that ended too early, if the block of `tag` was meant to be in it.
    pub(super) fn note_block_behind_hidden(&mut self, tag: &Tag, range: &Range<usize>) {
        let Some(ended) = self.hidden.ended.take() else { return };
        let is_outside = self.frames.len() < ended.beside.1;
        if ended.beside != (self.blocks.len(), self.frames.len()) && !is_outside {
            return;
        }
        let first_line = range.start..range.start + self.source.text[range.clone()].lines().next().map_or(0, str::len);
        if let Holds::Nothing(index) = ended.holds {
            let empty = self.diagnostics[index].clone();
            self.diagnostics[index] = empty.and_at(&self.source.shown, first_line, "this would be published");
            return;
        }
        let between = &self.source.text[ended.end..range.start];
        let lines: Vec<&str> = between.split('\n').collect();
        // A line with fewer `>` than the callout has ends it as a blank line does.
        let goes_on =
            |line: &&str| !line.replace('>', "").trim().is_empty() || line.matches('>').count() >= ended.quotes;
        let is_next_line = lines.len() < 3 || lines[1..lines.len() - 1].iter().all(goes_on);
        let quotes = || first_quotes(&self.source.text[range.start - self.line_before(range.start).len()..]);
        let was_meant = match tag {
            Tag::Heading { .. } => false,
            // The block around the callout ends before this one begins: a new item of a list is no part of the callout.
            Tag::Item | Tag::List(_) | Tag::DefinitionListTitle | Tag::DefinitionListDefinition if is_outside => false,
            Tag::BlockQuote(_) if is_outside => {
                !self.begins_callout(range) && (is_next_line || ended.quotes > 1 && quotes() >= ended.quotes)
            }
            Tag::BlockQuote(_) => !self.begins_callout(range),
            _ if is_outside => is_next_line,
            _ => is_next_line || ended.holds == Holds::Title,
        };
        if was_meant {
            let end = self.source.text.floor_char_boundary(ended.end.saturating_sub(1))..ended.end;
            let fault = Fault::HiddenTextCutShort { name: ended.name, is_empty: false };
            let fault = Diagnostic::new(fault, &self.source.shown, end);
            self.diagnostics.push(fault.and_at(&self.source.shown, first_line, "this would be published"));
        }
    }

    /// Returns whether the quote at `range` is a callout of its own.
    fn begins_callout(&self, range: &Range<usize>) -> bool {
        let text = self.source.text[range.clone()].trim_start_matches(|c| c == '>' || is_blank(c));
        callout::read_marker(text).is_some()
    }
}

/// Returns the number of `>` at the start of the first line of `text`.
fn first_quotes(text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default();
    let rest = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    line[..line.len() - rest.len()].matches('>').count()
}

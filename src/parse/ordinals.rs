//! Reports numbers at the start of a line that Markdown takes for a numbered list: dates, and numbers that the page would
//! replace by others.

use std::ops::Range;

use super::builder::{Builder, Frame, Open};
use crate::diagnostic::Fault;
use crate::language::begins_with_month;
use crate::model::body::Block;

/// The numbers of a list as far as it is read.
#[derive(Debug, Default, Clone, Copy)]
pub struct Ordinals {
    /// The number of the last item, as it is written.
    written: Option<u64>,
    /// The number of the last item, as the page shows it.
    shown: u64,
    /// Whether a problem was reported; one of a list is enough.
    is_reported: bool,
}

impl Builder<'_> {
    /// Reads the number of the item that begins at `range` and compares it with those before it.
    pub(super) fn note_ordinal(&mut self, range: &Range<usize>) {
        let text = &self.source.text[range.clone()];
        let Some((written, rest)) = ordinal(text) else { return };
        let length = text.len() - rest.len();
        let is_date = begins_with_month(rest, self.settings.language);
        let Some(Frame { open: Open::List { start: Some(_), ordinals }, .. }) = self.frames.last_mut() else { return };
        let before = *ordinals;
        let shown = before.written.map_or(written, |_| before.shown + 1);
        // `1.` before every item is a way to let Markdown count.
        let is_other = written != shown && before.written != Some(written);
        *ordinals = Ordinals { written: Some(written), shown, is_reported: before.is_reported || is_date || is_other };
        if before.is_reported {
            return;
        }
        if is_date {
            let word = rest.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            self.fault(
                Fault::OrdinalAsList { ordinal: format!("{written}. {word}") },
                range.start..range.start + length,
            );
        } else if is_other {
            self.fault(Fault::ListNumber { written, shown }, range.start..range.start + length);
        }
    }

    /// Reports a list of one item that cuts a paragraph in two, as in "vi mødes på⏎1. sal".
    pub(super) fn note_ordinal_in_paragraph(&mut self, ordinals: Ordinals, items: usize, range: &Range<usize>) {
        let is_behind_text = matches!(self.blocks.last(), Some(Block::Paragraph(_) | Block::Plain(_)));
        if items == 1 && !ordinals.is_reported && is_behind_text && follows_line(&self.source.text[..range.start]) {
            let text = &self.source.text[range.clone()];
            let Some((written, rest)) = ordinal(text) else { return };
            let word = rest.split_whitespace().next().unwrap_or_default();
            let end = range.start + text.len() - rest.len();
            self.fault(Fault::OrdinalAsList { ordinal: format!("{written}. {word}") }, range.start..end);
        }
    }
}

/// Splits `12. tekst` into the number and the text after its mark.
fn ordinal(text: &str) -> Option<(u64, &str)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    Some((text[..digits].parse().ok()?, rest))
}

/// Returns whether the line before that on which `before` ends holds text.
fn follows_line(before: &str) -> bool {
    let last = before.lines().rev().nth(usize::from(!before.ends_with('\n')));
    last.is_some_and(|line| !line.trim_matches([' ', '\t', '>']).is_empty())
}

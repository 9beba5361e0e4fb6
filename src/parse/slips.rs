//! Marks that Markdown takes for text or for something else, where their author meant a link or a callout.

use std::ops::Range;

use super::builder::{Builder, Frame, Open};
use super::callout;
use crate::diagnostic::Fault;
use crate::model::address::scheme_of;
use crate::model::body::Inline;
use crate::model::comment;
use crate::source::is_escaped;

/// Returns whether `text`, which holds blanks, can only be meant as the address of a link.
fn is_address(text: &str) -> bool {
    const STARTS: [&str; 5] = ["/", "./", "../", "#", "www."];
    let file = text.split(['#', '?']).next().unwrap_or(text);
    let has_extension = file.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (2..=4).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && extension.bytes().any(|byte| byte.is_ascii_alphabetic())
    });
    let is_path =
        || text.split_once('/').is_some_and(|(before, after)| !before.ends_with(' ') && !after.starts_with(' '));
    has_extension || scheme_of(text).is_some() || STARTS.iter().any(|start| text.starts_with(start)) || is_path()
}

impl Builder<'_> {
    /// Reports `[plan](min plan.md)` and `[ring](tel:+45 12 34 56 78)`, which are no links to Markdown: readers would see the
    /// brackets.
    pub(super) fn note_link_with_blank(&mut self, text: &str, at: usize) {
        // Longer than any address by hand: what follows a lone bracket is not searched to the end of the file.
        const LONGEST: usize = 1000;
        let start = &text[..text.floor_char_boundary(LONGEST)];
        let line = start.lines().next().unwrap_or("");
        let Some(end) = line.find(')') else { return };
        let address = line["](".len()..end].trim();
        let address = address.split(" \"").next().unwrap_or(address);
        if address.contains(char::is_whitespace) && is_address(address) && !address.contains(['"', '<', '(']) {
            let suggestion = Some(format!("<{}>", address.trim()));
            self.fault(Fault::BrokenLink { target: address.to_owned(), suggestion }, at..at + end + 1);
        }
    }

    /// A footnote that is defined nowhere comes as plain text; the author should hear of it.
    pub(super) fn note_undefined_footnote(&mut self, text: &str, at: usize) {
        // No longer than a link's label may be: what follows a lone mark is not searched to the end of the file.
        const LONGEST: usize = 1000;
        let Some(end) = memchr::memchr(b']', &text.as_bytes()[..text.len().min(LONGEST)]) else { return };
        let label = &text[2..end];
        if !label.is_empty() && !label.contains(char::is_whitespace) {
            self.fault(Fault::UndefinedFootnote { label: label.to_owned() }, at..at + end + 1);
        }
    }

    /// `[[ ]]`, and `[[|text]]`, which is no link either.
    pub(super) fn note_empty_wikilink(&mut self, text: &str, at: usize) {
        let inner = text["[[".len()..].trim_start_matches([' ', '\t']);
        let end = match inner.strip_prefix('|') {
            Some(label) => label.find(['[', ']', '\n']).map(|end| &label[end..]),
            None => Some(inner),
        };
        if let Some(rest) = end.and_then(|end| end.strip_prefix("]]")) {
            let fault = Fault::BrokenWikilink { target: String::new(), suggestion: None };
            self.fault(fault, at..at + text.len() - rest.len());
        }
    }

    /// The marker of a callout that stands at the start of a line of a quote, but not at the start of the quote.
    pub(super) fn note_second_callout(&mut self, line: Range<usize>) {
        let [.., Frame { open: Open::Quote { .. }, .. }, Frame { open: Open::Paragraph { text_from }, inlines, .. }] =
            self.frames.as_slice()
        else {
            return;
        };
        let begins_line = match self.inlines[*inlines..].last() {
            Some(inline) => matches!(inline, Inline::SoftBreak | Inline::HardBreak),
            // Behind a marker it is part of the title.
            None => text_from.is_none(),
        };
        let text = &self.source.text[line.clone()];
        if begins_line
            && let Some(end) = text.find(']')
            && callout::read_marker(text)
                .is_some_and(|marker| marker.unknown.is_none() && !marker.kind.is_for_facilitators())
        {
            let marker = text[..=end].to_owned();
            self.fault(Fault::SecondCallout { marker }, line.start..line.start + end + 1);
        }
    }

    /// Wikilinks in a row of a table whose bar has no backslash: it ends the cell, and there is no link.
    pub(super) fn note_cut_wikilinks(&mut self, row: &Range<usize>) {
        let text = &self.source.text[row.clone()];
        if comment::may_hold_marks(text) {
            return;
        }
        let mut from = 0;
        let mut cut = Vec::new();
        while let Some(found) = text[from..].find("]]") {
            let end = from + found;
            if let Some(open) = text[from..end].rfind("[[").map(|at| from + at)
                && !is_escaped(text, open)
            {
                let inner = open + "[[".len()..end;
                let bars = text[inner.clone()].match_indices('|').map(|(at, _)| inner.start + at);
                if bars.into_iter().any(|bar| !is_escaped(text, bar)) {
                    cut.push(inner);
                }
            }
            from = end + "]]".len();
        }
        for inner in cut {
            let target = self.source.text[row.start + inner.start..row.start + inner.end].to_owned();
            let suggestion = Some(target.replace("\\|", "|").replace('|', "\\|"));
            let place = row.start + inner.start - "[[".len()..row.start + inner.end + "]]".len();
            self.fault(Fault::BrokenWikilink { target, suggestion }, place);
        }
    }
}

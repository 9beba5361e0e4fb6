//! Finds footnotes that are written and never shown: no mark leads to them, or only one in the title of the page.

use super::builder::Builder;
use crate::diagnostic::footnote::NotShown;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{Block, Body, FootnoteIndex, Heading, Inline};
use crate::model::walk::{visit, visit_inlines};
use crate::source::Source;

impl Builder<'_> {
    /// Reports the footnotes that no mark leads to.
    pub(super) fn note_unused_footnotes(&mut self) {
        let is_used = used(&self.body, &self.blocks);
        let unused = (0..self.body.footnotes.len()).filter(|at| !is_used[*at]);
        let found: Vec<_> = unused
            .filter_map(|at| Some((self.hidden.defined_at(at as FootnoteIndex)?, &self.body.footnotes[at].label)))
            .map(|(range, label)| (Fault::FootnoteNotShown { label: label.to_string(), why: NotShown::Unused }, range))
            .collect();
        found.into_iter().for_each(|(fault, range)| self.fault(fault, range));
    }
}

/// Reports the footnotes that only the title of the page refers to; it is no longer part of the body.
pub(super) fn note_footnotes_of_title(body: &Body, title: &Heading, source: &Source, found: &mut Vec<Diagnostic>) {
    let mut marks = Vec::new();
    visit_inlines(&title.content, &mut |inline| marks.extend(mark(inline)));
    if marks.is_empty() {
        return;
    }
    let is_used = used(body, &body.blocks);
    for at in marks.into_iter().filter(|at| !is_used[*at as usize]) {
        let label = body.footnotes[at as usize].label.to_string();
        let fault = Fault::FootnoteNotShown { label, why: NotShown::InTitle };
        found.push(Diagnostic::new(fault, &source.shown, title.span.range()));
    }
}

fn mark(inline: &Inline) -> Option<FootnoteIndex> {
    if let Inline::FootnoteReference(note) = inline { Some(*note) } else { None }
}

/// Returns, for each footnote, whether `blocks` refer to it, or a footnote to which they refer.
fn used(body: &Body, blocks: &[Block]) -> Vec<bool> {
    let mut is_used = vec![false; body.footnotes.len()];
    let mut waiting = vec![blocks];
    while let Some(blocks) = waiting.pop() {
        let mut marks = Vec::new();
        let mut runs: Vec<&[Inline]> = Vec::new();
        let see = &mut |block: &_| {
            if let Block::Figure(image) = block {
                visit_inlines(&image.caption, &mut |inline| marks.extend(mark(inline)));
            }
        };
        visit(blocks, see, &mut |run| runs.push(run));
        for run in runs {
            visit_inlines(run, &mut |inline| {
                marks.extend(mark(inline));
                if let Inline::Image(image) = inline {
                    visit_inlines(&image.caption, &mut |inline| marks.extend(mark(inline)));
                }
            });
        }
        for at in marks {
            if !std::mem::replace(&mut is_used[at as usize], true) {
                waiting.push(&body.footnotes[at as usize].blocks);
            }
        }
    }
    is_used
}

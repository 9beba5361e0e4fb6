//! Footnotes to HTML: numbered by first reference, with ways back.

use std::fmt::Write as _;

use super::{Scope, Writer};
use crate::escape::push_attribute;

impl<'a> Writer<'a> {
    pub(super) fn footnote_reference(&mut self, note: u32, scope: &Scope<'a>) {
        let at = *self.known_notes.entry((scope.index, note)).or_insert_with(|| {
            self.notes.push((scope.clone(), note, 0));
            self.notes.len() - 1
        });
        self.notes[at].2 += 1;
        let number = at + 1;
        let _ = write!(
            self.out,
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{}\">{number}</a></sup>",
            reference_id(number, self.notes[at].2)
        );
    }

    /// Footnotes may hold references to further ones, which come after.
    pub(super) fn footnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.out.push_str("<section class=\"footnotes\"");
        push_attribute(&mut self.out, "aria-label", self.surroundings.words.get("footnotes"));
        self.out.push_str("><ol>\n");
        let mut at = 0;
        while at < self.notes.len() {
            let (scope, note, count) = self.notes[at].clone();
            let number = at + 1;
            let _ = write!(self.out, "<li id=\"fn-{number}\">");
            self.blocks(scope.item.footnote(note), &scope);
            // The ways back belong to the last line of the note's text.
            let paragraph_end = "</p>\n";
            let ends_in_paragraph = self.out.ends_with(paragraph_end);
            if ends_in_paragraph {
                self.out.truncate(self.out.len() - paragraph_end.len());
            }
            for reference in 1..=count {
                let target = reference_id(number, reference);
                let _ = write!(self.out, "\u{a0}<a class=\"footnote-back\" href=\"#{target}\"");
                push_attribute(&mut self.out, "aria-label", self.surroundings.words.get("footnote_back"));
                self.out.push_str(">↩</a>");
            }
            if ends_in_paragraph {
                self.out.push_str(paragraph_end);
            }
            self.out.push_str("</li>\n");
            at += 1;
        }
        self.out.push_str("</ol></section>\n");
    }
}

fn reference_id(number: usize, reference: u32) -> String {
    if reference == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{reference}") }
}

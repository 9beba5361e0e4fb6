//! Characters of the handbook that no font of the theme has: each is told once a file, where it first stands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::finish::is_layout;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{Block, Inline};
use crate::model::walk::{visit, visit_inlines};
use crate::plan::print_outs::is_printed;
use crate::resolve::book::{Book, Item};
use crate::source::{Source, Text};
use crate::theme::Words;
use crate::view::details::details;

/// Returns the characters of `book` that cannot be printed; `settings` are the `handbook.yaml`s of its layers, and
/// `has` returns whether the fonts have a character. `None` if they are no longer `wanted`: in a large book the search
/// takes long.
pub fn missing(
    book: &Book,
    words: &Words,
    settings: &[&Source],
    has: &dyn Fn(char) -> bool,
    wanted: &dyn Fn() -> bool,
) -> Option<Vec<Diagnostic>> {
    let mut found = Vec::new();
    let handbook = &book.handbook;
    let texts = [Some(&handbook.title), handbook.description.as_ref(), handbook.brand.footer.as_ref()];
    let texts = texts.into_iter().flatten().chain(&handbook.brand.organisation).chain(&handbook.brand.contact);
    for source in settings {
        let mut search = Search { source, has, first: BTreeMap::new() };
        texts.clone().for_each(|text| search.look_for(text));
        search.tell(&mut found);
    }
    let printed = book.items.iter().enumerate().filter(|(index, _)| is_printed(book, *index));
    for (index, item) in printed {
        if !wanted() {
            return None;
        }
        let mut search = Search { source: &item.document.source, has, first: BTreeMap::new() };
        search.look_through(item);
        [Some(&item.title), item.summary.as_ref()].into_iter().flatten().for_each(|text| search.look_for(text));
        // A view is plain data, which is always JSON.
        search.look_for(&serde_json::to_string(&details(book, index, words)).unwrap_or_default());
        search.tell(&mut found);
    }
    Some(found)
}

/// The search through one file.
struct Search<'a> {
    source: &'a Source,
    has: &'a dyn Fn(char) -> bool,
    /// The first position of each character.
    first: BTreeMap<char, usize>,
}

impl Search<'_> {
    fn is_missing(&self, letter: char) -> bool {
        !letter.is_ascii() && !is_layout(letter) && !is_ignorable(letter) && !(self.has)(letter)
    }

    /// A text that stands somewhere in the file. What it has from another file is told there.
    fn look_for(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        let letters: BTreeSet<char> = text.nfc().filter(|letter| self.is_missing(*letter)).collect();
        for letter in letters {
            if let Some(at) = self.source.text.find(letter) {
                self.first.entry(letter).and_modify(|first| *first = at.min(*first)).or_insert(at);
            }
        }
    }

    fn look_at(&mut self, text: &Text) {
        match text {
            Text::Owned(text) => self.look_for(text),
            Text::Span(span) => {
                let text = span.of(&self.source.text);
                if text.is_ascii() {
                    return;
                }
                // Composed letters are in the fonts where their parts may not be.
                let composed: BTreeSet<char> = text.nfc().filter(|letter| self.is_missing(*letter)).collect();
                let letters = text.char_indices().filter(|(_, letter)| composed.contains(letter));
                for (at, letter) in letters {
                    self.first.entry(letter).or_insert(span.start as usize + at);
                }
            }
        }
    }

    fn look_through<'b>(&mut self, item: &'b Item) {
        let mut runs: Vec<&[Inline]> = Vec::new();
        let mut codes: Vec<&Text> = Vec::new();
        let notes = (0..item.document.body.footnotes.len()).map(|note| item.footnote(note as u32));
        for blocks in std::iter::once(item.blocks()).chain(notes) {
            let see = &mut |block: &'b Block| match block {
                Block::Code(code) => codes.push(&code.text),
                Block::Figure(image) => runs.push(&image.caption),
                _ => {}
            };
            let mut heard = Vec::new();
            visit(blocks, see, &mut |run| heard.push(run));
            runs.extend(heard);
        }
        codes.into_iter().for_each(|code| self.look_at(code));
        let mut terms = Vec::new();
        for run in runs {
            visit_inlines(run, &mut |inline| match inline {
                Inline::Text(text) | Inline::Code(text) => self.look_at(text),
                Inline::Term(term) => terms.push(*term as usize),
                _ => {}
            });
        }
        for term in terms {
            let text = &item.body.terms[term];
            let start = item.document.body.terms[term].span.start as usize;
            let letters: Vec<char> = text.nfc().filter(|letter| self.is_missing(*letter)).collect();
            letters.into_iter().for_each(|letter| {
                self.first.entry(letter).or_insert(start);
            });
        }
    }

    fn tell(self, found: &mut Vec<Diagnostic>) {
        let shown: &Arc<str> = &self.source.shown;
        for (glyph, at) in self.first {
            let text = &self.source.text[at..];
            let length = text.chars().next().map_or(0, char::len_utf8);
            found.push(Diagnostic::new(Fault::MissingGlyph { glyph }, shown, at..at + length));
        }
    }
}

/// Whether a character only says how its neighbours are shown: what is left out with them goes unsaid.
fn is_ignorable(letter: char) -> bool {
    matches!(letter, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

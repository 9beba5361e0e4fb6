//! Reports what of the handbook's text no font of the theme can print: each character once a file, where it first stands,
//! and each heading of which nothing is left.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::finish::LONGEST_NAME;
use super::letters::{Letters, MOST_SIGNS};
use super::stand_in::stand_in;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{Block, Heading, Inline};
use crate::model::handbook::Word;
use crate::model::walk::{visit, visit_inlines};
use crate::plan::print_outs::is_printed;
use crate::resolve::book::{Book, Item, ItemIndex};
use crate::source::{Source, Span, Text};
use crate::theme::Words;
use crate::view::details::details;

/// Returns the problems of printing `book`; `settings` are the `handbook.yaml`s of its layers. `None` if they are no longer
/// `wanted`: in a large book the search takes long.
pub fn missing(
    book: &Book,
    words: &Words,
    settings: &[&Source],
    letters: Letters,
    wanted: &dyn Fn() -> bool,
) -> Option<Vec<Diagnostic>> {
    let mut found = Vec::new();
    let mut placed = BTreeSet::new();
    for source in settings {
        let mut search = Search::new(source, letters);
        texts_of_settings(book).into_iter().for_each(|text| search.look_for(text));
        search.tell(&mut found, &mut placed);
    }
    let mut unplaced = Vec::new();
    for index in (0..book.items.len()).filter(|index| is_printed(book, *index)) {
        if !wanted() {
            return None;
        }
        let item = &book.items[index];
        let mut search = Search::new(&item.document.source, letters);
        search.look_through(item);
        search.look_at_front_matter(book, index, words);
        search.look_at_title(item);
        let left = search.tell(&mut found, &mut placed);
        unplaced.extend(left.into_iter().map(|glyph| (glyph, &item.document.source.shown)));
    }
    // Written as an escape, so it stands in no file as it is: it is told at the first that shows it.
    for (glyph, shown) in unplaced {
        if placed.insert(glyph) {
            found.push(Diagnostic::new(Fault::MissingGlyph { glyph }, shown, 0..0));
        }
    }
    Some(found)
}

/// The texts of `handbook.yaml` that are printed.
fn texts_of_settings(book: &Book) -> Vec<&str> {
    let handbook = &book.handbook;
    let brand = &handbook.brand;
    let own = [&handbook.description, &brand.footer, &brand.organisation, &brand.contact, &handbook.site_url];
    let mut texts = vec![&*handbook.title];
    texts.extend(own.into_iter().flatten().map(|text| &**text));
    texts.extend(book.sections.iter().map(|section| &*section.title));
    for word in handbook.instead.words.values() {
        match word {
            Word::Text(text) => texts.push(text),
            Word::Counted { one, other } => texts.extend([&**one, &**other]),
        }
    }
    texts
}

/// The search through one file.
struct Search<'a> {
    source: &'a Source,
    letters: Letters<'a>,
    /// The first position of each character.
    first: BTreeMap<char, usize>,
    /// Characters that the file shows and that do not stand in it.
    unplaced: BTreeSet<char>,
    told: Vec<Diagnostic>,
}

impl<'a> Search<'a> {
    fn new(source: &'a Source, letters: Letters<'a>) -> Self {
        Self { source, letters, first: BTreeMap::new(), unplaced: BTreeSet::new(), told: Vec::new() }
    }

    /// A text that stands somewhere in the file. What it has from another file is told there.
    fn look_for(&mut self, text: &str) {
        for letter in self.letters.missing(text) {
            match self.source.text.find(letter) {
                Some(at) => self.take(letter, at),
                None => drop(self.unplaced.insert(letter)),
            }
        }
    }

    fn take(&mut self, letter: char, at: usize) {
        self.first.entry(letter).and_modify(|first| *first = at.min(*first)).or_insert(at);
    }

    /// A text of the body; one that does not stand in the file as it is, an entity say, stands `near` this.
    fn look_at(&mut self, text: &Text, near: usize) {
        let said = text.get(&self.source.text);
        let missing = self.letters.missing(said);
        let Text::Span(span) = text else {
            let at = |letter| self.source.text[near..].find(letter).map_or(near, |at| near + at);
            let placed: Vec<_> = missing.into_iter().map(|letter| (letter, at(letter))).collect();
            return placed.into_iter().for_each(|(letter, at)| self.take(letter, at));
        };
        for letter in missing {
            self.take(letter, span.start as usize + said.find(letter).unwrap_or(0));
        }
    }

    fn look_through<'b>(&mut self, item: &'b Item) {
        let notes = (0..item.document.body.footnotes.len()).map(|note| item.footnote(note as u32));
        for blocks in std::iter::once(item.blocks()).chain(notes) {
            let mut codes = Vec::new();
            let mut runs: Vec<&[Inline]> = Vec::new();
            let mut captions: Vec<&[Inline]> = Vec::new();
            let mut headings = Vec::new();
            let see = &mut |block: &'b Block| match block {
                Block::Code(code) => codes.push(&code.text),
                Block::Figure(image) => captions.push(&image.caption),
                Block::Heading(heading) => headings.push(heading),
                _ => {}
            };
            visit(blocks, see, &mut |run| runs.push(run));
            headings.into_iter().for_each(|heading| self.look_at_heading(heading, item));
            for code in codes {
                self.look_for_runs(&[Some(code)], 0);
                self.look_at(code, 0);
            }
            let mut near = 0;
            for run in runs.into_iter().chain(captions) {
                near = self.look_at_run(run, item, near);
            }
        }
    }

    /// Looks at a run of text behind `near`, and gives where it ends.
    fn look_at_run(&mut self, run: &[Inline], item: &Item, near: usize) -> usize {
        let mut pieces = Vec::new();
        let mut terms = Vec::new();
        visit_inlines(run, &mut |inline| match inline {
            Inline::Text(text) | Inline::Code(text) => pieces.push(Some(text)),
            Inline::SoftBreak | Inline::HardBreak => pieces.push(None),
            Inline::Term(term) => terms.push(*term as usize),
            _ => {}
        });
        self.look_for_runs(&pieces, near);
        let texts: Vec<&Text> = pieces.into_iter().flatten().collect();
        let span_of = |text: &&Text| if let Text::Span(span) = text { Some(*span) } else { None };
        let mut near = texts.iter().find_map(span_of).map_or(near, |span: Span| span.start as usize);
        for text in texts {
            self.look_at(text, near);
            near = span_of(&text).map_or(near, |span| span.end as usize);
        }
        for term in terms {
            let start = item.document.body.terms[term].span.start as usize;
            self.letters.missing(&item.body.terms[term]).into_iter().for_each(|letter| self.take(letter, start));
        }
        near
    }

    /// Reports runs of marks that are cut, in a text whose pieces Markdown has parted; one that is nothing is a blank.
    fn look_for_runs(&mut self, pieces: &[Option<&Text>], near: usize) {
        let mut whole = String::new();
        let mut starts = Vec::new();
        for text in pieces {
            if let Some(Text::Span(span)) = text {
                starts.push((whole.len(), span.start as usize));
            }
            whole += text.map_or(" ", |text| text.get(&self.source.text));
        }
        for run in Letters::runs_of_signs(&whole) {
            let before = starts.iter().rev().find(|(start, _)| *start <= run.start);
            let at = before.map_or(near, |(start, place)| place + (run.start - start));
            let fault = Fault::CutOnPaper { marks: run.marks, kept: MOST_SIGNS };
            self.told.push(Diagnostic::new(fault, &self.source.shown, at..at));
        }
    }

    fn look_at_heading(&mut self, heading: &Heading, item: &Item) {
        let text = item.plain().of(&heading.content);
        let name = heading.id.as_ref().map_or("", |id| id.get(&self.source.text));
        // One without a word, or with an image alone, is for others to report.
        if !text.trim().is_empty() {
            self.look_at_name(&text, name, heading.span.range());
        }
    }

    fn look_at_front_matter(&mut self, book: &Book, index: ItemIndex, words: &Words) {
        book.items[index].summary.iter().for_each(|summary| self.look_for(summary));
        // A view is plain data, which is always JSON.
        self.look_for(&serde_json::to_string(&details(book, index, words)).unwrap_or_default());
    }

    fn look_at_title(&mut self, item: &Item) {
        self.look_for(&item.title);
        let written = item.document.title.as_ref().map(|heading| heading.span.range());
        let written = written.or_else(|| {
            let at = self.source.text.find(&item.title)?;
            Some(at..at + item.title.len())
        });
        let name = item.id.rsplit('/').next().unwrap_or_default();
        self.look_at_name(&item.title, name, written.unwrap_or(0..0));
    }

    /// A text that readers of a PDF find their way by.
    fn look_at_name(&mut self, text: &str, name: &str, range: std::ops::Range<usize>) {
        let is_empty = self.letters.printable(text).trim().is_empty();
        if is_empty || text.chars().count() > LONGEST_NAME {
            let stand_in = if is_empty { stand_in(text, name) } else { text.chars().take(40).chain(['…']).collect() };
            self.told.push(Diagnostic::new(Fault::HeadingOnPaper { stand_in }, &self.source.shown, range));
        }
    }

    /// Tells what was found, and gives the characters that are in the texts and not in the file.
    fn tell(self, found: &mut Vec<Diagnostic>, placed: &mut BTreeSet<char>) -> BTreeSet<char> {
        let shown: &Arc<str> = &self.source.shown;
        found.extend(self.told);
        placed.extend(self.first.keys());
        for (glyph, at) in &self.first {
            let length =
                self.source.text[*at..].chars().next().filter(|written| written == glyph).map_or(0, char::len_utf8);
            found.push(Diagnostic::new(Fault::MissingGlyph { glyph: *glyph }, shown, *at..at + length));
        }
        let is_told = |letter: &char| self.first.contains_key(letter);
        self.unplaced.iter().copied().filter(|letter| !is_told(letter)).collect()
    }
}

//! An item of the book to the text that search knows of it: what its page says, by field and by heading.
//!
//! The text is what this audience reads, terms filled: it is taken from the tree after the audience's cut. What a page
//! includes of another is found on that other page only.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::fingerprint::Fingerprint;
use crate::language::format_number;
use crate::model::body::{Block, FootnoteIndex, Inline};
use crate::model::front_matter::{AgendaWhat, Details, Value};
use crate::model::invisible::{is_plain, normalized};
use crate::model::walk::{visit, visit_inlines};
use crate::parse::is_block;
use crate::resolve::book::{Book, HeadingInfo, Item, Reference};
use crate::resolve::plain::PlainText;

/// What search knows of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PageText {
    /// Its address from the edition's root.
    pub url: Arc<str>,
    /// Its title.
    pub title: String,
    /// Its kind's name.
    pub kind: &'static str,
    /// Other names: aliases, a concept's forms.
    pub names: Vec<String>,
    /// The author's tags.
    pub tags: Vec<String>,
    /// What it says of itself first: summary, statement, definition, purpose, question.
    pub lede: String,
    /// Its text by heading; the first has none.
    pub parts: Vec<Part>,
}

/// The text under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Part {
    /// Id of the heading; empty for the text before the first.
    pub id: String,
    /// The heading.
    pub heading: String,
    /// What follows up to the next heading.
    pub text: String,
}

impl PageText {
    /// How many bytes of text it has.
    pub fn size(&self) -> usize {
        let parts = self.parts.iter().map(|part| part.heading.len() + part.text.len()).sum::<usize>();
        self.title.len() + self.lede.len() + parts
    }
}

/// The texts of sections that no item is the text of.
pub fn section_texts(book: &Book) -> Vec<PageText> {
    let bare_sections = book.sections.iter().filter(|section| section.index.is_none() && !section.items.is_empty());
    let text = bare_sections.map(|section| {
        let url = section.address().into();
        let title = tidy(&section.title);
        PageText { url, title, kind: "page", parts: vec![Part::default()], ..PageText::default() }
    });
    text.collect()
}

/// Returns the text of a page that the program makes: each of `lines` stands in a line of its own.
pub fn program_page(url: &Arc<str>, title: &str, lines: Vec<String>) -> PageText {
    let mut text = Words::default();
    lines.iter().for_each(|line| text.line(line));
    let parts = vec![Part { text: text.text, ..Part::default() }];
    PageText { url: Arc::clone(url), title: tidy(title), kind: "page", parts, ..PageText::default() }
}

/// Stands for all that [`item_text`] makes the text of an item from.
pub fn inputs(book: &Book, item: &Item) -> Fingerprint {
    let agenda: Vec<&str> = match &item.details {
        Details::Workshop(workshop) => workshop
            .agenda
            .iter()
            .filter_map(|point| match &point.what {
                AgendaWhat::Exercise(exercise) => Some(&*book.items[exercise.item].title),
                AgendaWhat::Other { .. } => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    Fingerprint::of(&(
        (item.document.fingerprint, book.audience, book.handbook.language, agenda),
        (&item.address, &item.title, &item.summary, &item.tags, &item.aliases, &item.details),
        (&item.body.terms, &item.body.headings),
    ))
}

/// The text of an item.
pub fn item_text(book: &Book, item: &Item) -> PageText {
    let mut names: Vec<String> = item.aliases.iter().map(|name| tidy(name)).collect();
    let mut lede = Words::default();
    item.summary.iter().for_each(|summary| lede.heading(summary));
    let mut body = Words::default();
    details_text(book, item, &mut names, &mut lede, &mut body);
    let mut parts = Parts::new(item, body);
    parts.blocks(item.blocks());
    parts.footnotes();
    PageText {
        url: Arc::clone(&item.address),
        title: tidy(&item.title),
        kind: item.kind.name(),
        names,
        tags: item.tags.iter().map(|tag| tidy(tag)).collect(),
        lede: lede.text,
        parts: parts.done(),
    }
}

fn details_text(book: &Book, item: &Item, names: &mut Vec<String>, lede: &mut Words, body: &mut Words) {
    match &item.details {
        Details::Principle(principle) => {
            lede.add(&principle.statement.text);
            body.values(principle.seen.iter().chain(&principle.heard));
        }
        Details::Exercise(exercise) => {
            lede.values(exercise.purpose.iter().chain(&exercise.invitation));
            body.values(exercise.groups.iter().chain(&exercise.materials));
        }
        Details::Workshop(workshop) => {
            for point in &workshop.agenda {
                match &point.what {
                    AgendaWhat::Exercise(Reference { item, .. }) => body.line(&book.items[*item].title),
                    AgendaWhat::Other { title, .. } => body.line(&title.text),
                }
                body.values(&point.note);
            }
        }
        Details::Concept(concept) => {
            lede.add(&concept.definition.text);
            names.extend(concept.forms.iter().map(|form| tidy(&form.text)));
        }
        Details::Indicator(indicator) => {
            lede.add(&indicator.question.text);
            indicator.unit.iter().for_each(|unit| body.add(&unit.text));
            for measurement in &indicator.series {
                body.add(&format_number(measurement.number(), book.handbook.language));
            }
        }
        Details::Page | Details::Case(_) | Details::Conclusion(_) => {}
    }
}

/// A text with single spaces between its words.
#[derive(Debug, Default)]
struct Words {
    text: String,
    /// Whether the last text added is a heading of what follows.
    is_heading: bool,
}

impl Words {
    fn add(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && std::mem::take(&mut self.is_heading) {
            self.end_line();
        }
        if is_tidy(text) {
            if !text.is_empty() && !self.text.is_empty() {
                self.text.push(' ');
            }
            return self.text.push_str(text);
        }
        for word in text.split_whitespace() {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(&normalized(word));
        }
    }

    /// Adds what stands in a line of its own on the page: beside others it ends with a full stop, if with no mark of its own.
    fn line(&mut self, text: &str) {
        self.add(text);
        self.end_line();
    }

    fn end_line(&mut self) {
        if self.text.ends_with(char::is_alphanumeric) {
            self.text.push('.');
        }
    }

    /// Adds a heading, which is separated from what follows as a line is.
    fn heading(&mut self, text: &str) {
        self.add(text);
        self.is_heading = true;
    }

    fn values<'a>(&mut self, values: impl IntoIterator<Item = &'a Value>) {
        values.into_iter().for_each(|value| self.line(&value.text));
    }
}

/// Returns whether an element of this name heads what follows it.
fn is_heading(tag: &str) -> bool {
    matches!(tag, "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt" | "caption" | "figcaption")
}

/// Whether a trimmed text is [plain](is_plain) and has single spaces alone between its words, as most have. May say no of
/// one that has.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out before the end, so that many bytes are looked at in one step.
    let doubled = bytes
        .iter()
        .zip(bytes.iter().skip(1))
        .fold(false, |found, (one, next)| found | (*one == b' ') & (*next == b' '));
    // Spaces beyond ASCII are not plain either.
    !doubled && is_plain(text) && !bytes.iter().fold(false, |found, byte| found | matches!(byte, 9..=13))
}

fn tidy(text: &str) -> String {
    let mut words = Words::default();
    words.add(text);
    words.text
}

/// The parts of a body as they are read.
struct Parts<'a> {
    item: &'a Item,
    plain: PlainText<'a>,
    parts: Vec<Part>,
    /// Text of the part that is being read.
    text: Words,
    run: String,
    /// Footnotes referred to, each once.
    notes: BTreeSet<FootnoteIndex>,
}

impl<'a> Parts<'a> {
    fn new(item: &'a Item, mut text: Words) -> Self {
        let (source, body) = (&*item.document.source.text, &item.document.body);
        let plain = PlainText { source, terms: &item.body.terms, body };
        text.text.reserve(source.len());
        Self { item, plain, parts: vec![Part::default()], text, run: String::new(), notes: BTreeSet::new() }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => match self.item.body.headings.get(heading.index as usize) {
                    Some(info) if !info.id.is_empty() => self.begin(info),
                    _ => self.text.heading(&self.plain.of(&heading.content)),
                },
                Block::Code(code) => self.text.add(code.text.get(self.plain.source)),
                Block::Paragraph(content) | Block::Plain(content) => self.inlines(content),
                Block::Html(content) => self.html(content),
                Block::Callout(callout) => {
                    self.headed(&callout.title);
                    self.blocks(&callout.blocks);
                }
                Block::Quote(blocks) => self.blocks(blocks),
                Block::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Definitions(definitions) => {
                    for definition in definitions {
                        self.headed(&definition.term);
                        definition.descriptions.iter().for_each(|blocks| self.blocks(blocks));
                    }
                }
                Block::Table(table) => {
                    table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| self.inlines(cell));
                }
                Block::Figure(image) => {
                    self.headed(&image.alt);
                    self.headed(&image.caption);
                }
                Block::Rule | Block::Include(_) => {}
            }
        }
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        self.run.clear();
        self.plain.push(content, &mut self.run);
        self.text.add(&self.run);
        if !self.item.document.body.footnotes.is_empty() {
            let notes = &mut self.notes;
            visit_inlines(content, &mut |inline| {
                if let Inline::FootnoteReference(note) = inline {
                    notes.insert(*note);
                }
            });
        }
    }

    /// Adds inlines that head what follows.
    fn headed(&mut self, content: &'a [Inline]) {
        self.inlines(content);
        self.text.is_heading |= !content.is_empty();
    }

    /// Adds a block of raw HTML, whose headings are separated from what they stand above.
    fn html(&mut self, content: &'a [Inline]) {
        let mut from = 0;
        for (at, inline) in content.iter().enumerate() {
            let Inline::Element(element) = inline else { continue };
            if is_block(&element.tag) {
                self.inlines(&content[from..at]);
                self.html(&element.children);
                self.text.is_heading |= is_heading(&element.tag);
                from = at + 1;
            }
        }
        self.inlines(&content[from..]);
    }

    /// Footnotes stand under the last heading, as they do on the page.
    fn footnotes(&mut self) {
        let mut notes = Vec::new();
        for note in &self.notes {
            visit(self.item.footnote(*note), &mut |_| {}, &mut |run| notes.push(run));
        }
        for run in notes {
            self.text.add(&self.plain.of(run));
        }
    }

    fn begin(&mut self, heading: &HeadingInfo) {
        self.close();
        let part = Part { id: heading.id.to_string(), heading: tidy(&heading.text), text: String::new() };
        self.parts.push(part);
    }

    fn close(&mut self) {
        if let Some(last) = self.parts.last_mut() {
            // A copy, which takes no more room than it needs.
            last.text = self.text.text.as_str().to_owned();
            self.text.text.clear();
            self.text.is_heading = false;
        }
    }

    fn done(mut self) -> Vec<Part> {
        self.close();
        self.parts
    }
}

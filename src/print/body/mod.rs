//! A body's tree to the nodes that are printed: the walk beside the one to HTML and the one to the search index.
//!
//! An include opens another scope, so that spans, links and terms are looked up where they belong.

mod blocks;
mod html;
mod links;
mod table;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub use blocks::asks_for_writing;

use super::node::{Block, Inline};
use crate::asset::PublishedAsset;
use crate::model::body::{Block as Parsed, Inline as ParsedInline};
use crate::resolve::book::{Book, Item, ItemIndex};
use crate::source::Text;
use crate::theme::Words;

/// Containers deeper than this are taken off what they hold: on paper nobody can tell them apart, and Typst nests no
/// deeper than 64 of its own rules, of which each of ours needs several.
const DEEPEST: usize = 6;

/// What bodies are printed with.
pub struct Surroundings<'a> {
    /// The book.
    pub book: &'a Book,
    /// The theme's words.
    pub words: &'a Words,
    /// Published files by path inside the layer.
    pub assets: &'a BTreeMap<Arc<str>, PublishedAsset>,
    /// Whether it is for participants, whatever edition it belongs to: a facilitator hands it out.
    pub for_participants: bool,
}

/// The nodes of the body of `item`.
pub fn body(surroundings: &Surroundings, item: ItemIndex) -> Vec<Block> {
    let scope = Scope::whole(&surroundings.book.items[item], item);
    let mut walk = Walk {
        surroundings,
        page: item,
        levels: Vec::new(),
        inside: 0,
        spans: 0,
        notes: HashMap::new(),
        includes: 0,
        mention_end: 0,
    };
    walk.blocks(scope.item.blocks(), &scope)
}

/// Whose text is being printed.
struct Scope<'a> {
    item: &'a Item,
    index: ItemIndex,
    source: &'a str,
    /// Put before the ids of headings: empty, or what tells an include from the rest.
    prefix: String,
    /// Level of the heading that an include stands under.
    base: u8,
    /// The blocks that are printed, where they are not all.
    section: Option<&'a [Parsed]>,
}

struct Walk<'a> {
    surroundings: &'a Surroundings<'a>,
    page: ItemIndex,
    /// Levels, as written, of the headings that the place is under.
    levels: Vec<u8>,
    /// How many lists, quotations and callouts the place is in.
    inside: usize,
    /// How many kinds of emphasis the place is in.
    spans: usize,
    /// Names of the footnotes printed already.
    notes: HashMap<(ItemIndex, u32), String>,
    includes: usize,
    /// Where in the source the last mention ends.
    mention_end: u32,
}

impl<'a> Scope<'a> {
    fn whole(item: &'a Item, index: ItemIndex) -> Self {
        Self { item, index, source: &item.document.source.text, prefix: String::new(), base: 0, section: None }
    }

    fn text(&self, text: &'a Text) -> &'a str {
        text.get(self.source)
    }
}

impl<'a> Walk<'a> {
    fn blocks(&mut self, blocks: &'a [Parsed], scope: &Scope<'a>) -> Vec<Block> {
        let mut out = Vec::with_capacity(blocks.len());
        for block in blocks {
            self.block(block, scope, &mut out);
        }
        out
    }

    /// Blocks of a container, in which headings are no part of the outline.
    fn inner(&mut self, blocks: &'a [Parsed], scope: &Scope<'a>) -> Vec<Block> {
        self.inside += 1;
        let inner = self.blocks(blocks, scope);
        self.inside -= 1;
        inner
    }

    fn inlines(&mut self, inlines: &'a [ParsedInline], scope: &Scope<'a>) -> Vec<Inline> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            self.inline(inline, scope, &mut out);
        }
        out
    }

    fn inline(&mut self, inline: &'a ParsedInline, scope: &Scope<'a>, out: &mut Vec<Inline>) {
        match inline {
            ParsedInline::Text(text) => self.text(text, scope, out),
            ParsedInline::SoftBreak => push_text(out, " "),
            ParsedInline::HardBreak => out.push(Inline::Break),
            ParsedInline::Code(code) => out.push(Inline::Code { text: scope.text(code).to_owned() }),
            ParsedInline::Emphasis(content) => self.span(content, scope, out, |c| Inline::Em { c }),
            ParsedInline::Strong(content) => self.span(content, scope, out, |c| Inline::Strong { c }),
            ParsedInline::Strikethrough(content) => self.span(content, scope, out, |c| Inline::Strike { c }),
            ParsedInline::Link(link, content) => {
                let link = self.link(*link, content, scope);
                out.push(link);
            }
            ParsedInline::Image(image) => {
                let caption = self.inlines(&image.caption, scope);
                let image = self.image(image, scope);
                out.push(Inline::Image(image));
                if !caption.is_empty() {
                    // A figure has its caption below it; an image in a list, a cell or a sentence behind it.
                    push_text(out, " ");
                    out.push(Inline::Element { tag: "small".to_owned(), c: caption });
                }
            }
            ParsedInline::Term(term) => self.term(*term, scope, out),
            ParsedInline::FootnoteReference(note) => {
                let note = self.note(*note, scope);
                out.push(note);
            }
            ParsedInline::Element(element) => self.element(element, scope, out),
        }
    }

    /// Text inside a node of its own, or without it where that would be too deep.
    fn span(
        &mut self,
        content: &'a [ParsedInline],
        scope: &Scope<'a>,
        out: &mut Vec<Inline>,
        node: impl Fn(Vec<Inline>) -> Inline,
    ) {
        self.spans += 1;
        let c = self.inlines(content, scope);
        self.spans -= 1;
        if self.spans < DEEPEST { out.push(node(c)) } else { out.extend(c) }
    }

    /// Text, with a mark before each concept that it mentions.
    fn text(&mut self, text: &'a Text, scope: &Scope<'a>, out: &mut Vec<Inline>) {
        let Text::Span(span) = text else { return push_text(out, scope.text(text)) };
        let mentions = &scope.item.body.mentions;
        let mut from = span.start;
        let first = mentions.partition_point(|mention| mention.start < span.start.max(self.mention_end));
        for mention in mentions[first..].iter().take_while(|mention| mention.start < span.end) {
            push_text(out, &scope.source[from as usize..mention.start as usize]);
            out.push(self.mention(mention.concept));
            self.mention_end = mention.end;
            from = mention.start;
        }
        push_text(out, &scope.source[from as usize..span.end as usize]);
    }

    fn term(&mut self, term: u32, scope: &Scope<'a>, out: &mut Vec<Inline>) {
        let start = scope.item.document.body.terms[term as usize].span.start;
        if let Ok(at) = scope.item.body.mentions.binary_search_by_key(&start, |mention| mention.start) {
            out.push(self.mention(scope.item.body.mentions[at].concept));
        }
        push_text(out, &scope.item.body.terms[term as usize]);
    }

    fn mention(&self, concept: ItemIndex) -> Inline {
        Inline::Mention { concept: self.surroundings.book.items[concept].id.to_string() }
    }

    /// A footnote where it is first referred to, later on only its name.
    fn note(&mut self, note: u32, scope: &Scope<'a>) -> Inline {
        if let Some(note) = self.notes.get(&(scope.index, note)) {
            return Inline::NoteRef { note: note.clone() };
        }
        let name = format!("{}#note-{}", self.surroundings.book.items[self.page].id, self.notes.len() + 1);
        self.notes.insert((scope.index, note), name.clone());
        let c = self.inner(scope.item.footnote(note), scope);
        Inline::Note { note: name, c }
    }
}

/// Adds text, to the text before it where there is some.
fn push_text(out: &mut Vec<Inline>, text: &str) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(Inline::Text(before)) => before.push_str(text),
        _ => out.push(Inline::Text(text.to_owned())),
    }
}

//! A body tree to HTML.
//!
//! A walk over the tree with a [`Scope`]: whose text is being written. An include opens another scope, so that
//! spans, links and terms are looked up where they belong, its headings move down and its ids get a prefix.

mod blocks;
mod footnotes;
mod include;
mod links;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use crate::asset::PublishedAsset;
use crate::escape::{push_attribute, push_escaped};
use crate::model::body::{Block, Element, Inline};
use crate::resolve::book::{Book, Item, ItemIndex, Mention};
use crate::source::Text;
use crate::theme::Words;

/// What all bodies of an edition are written with.
pub struct Surroundings<'a> {
    /// The book.
    pub book: &'a Book,
    /// The theme's words.
    pub words: &'a Words,
    /// Published files by path inside the layer.
    pub assets: &'a BTreeMap<Arc<str>, PublishedAsset>,
}

/// A body as HTML.
#[derive(Debug, Default)]
pub struct BodyHtml {
    /// The HTML.
    pub html: String,
    /// Concepts that it mentions, in order of first mention.
    pub concepts: Vec<ItemIndex>,
}

/// Writes the body of `item` for a page from which `root` leads to the edition's root (`../`).
pub fn body(surroundings: &Surroundings, item: ItemIndex, root: &str) -> BodyHtml {
    let scope = Scope::whole(&surroundings.book.items[item], item);
    let mut writer = Writer {
        surroundings,
        page: item,
        root,
        out: String::with_capacity(scope.item.document.source.text.len() * 3 / 2),
        concepts: Vec::new(),
        mentioned: HashSet::new(),
        mention_end: None,
        notes: Vec::new(),
        known_notes: HashMap::new(),
        writes: 0,
        tables: 0,
        level: 1,
        prefixes: HashMap::new(),
    };
    writer.blocks(scope.item.blocks(), &scope);
    writer.footnotes();
    BodyHtml { html: writer.out, concepts: writer.concepts }
}

/// Whose text is being written.
#[derive(Clone)]
struct Scope<'a> {
    item: &'a Item,
    index: ItemIndex,
    source: &'a str,
    /// Added to heading levels.
    shift: i8,
    /// Put before ids.
    prefix: Arc<str>,
    /// The blocks that are written, where they are not all.
    section: Option<&'a [Block]>,
}

impl<'a> Scope<'a> {
    fn whole(item: &'a Item, index: ItemIndex) -> Self {
        Self { item, index, source: &item.document.source.text, shift: 0, prefix: "".into(), section: None }
    }

    fn text<'b>(&'b self, text: &'b Text) -> &'b str {
        text.get(self.source)
    }

    /// Returns whether the item's heading with this id is among what is written of the item.
    fn shows_heading(&self, id: &str) -> bool {
        self.section.is_none_or(|section| self.item.has_heading_in(id, section))
    }
}

struct Writer<'a> {
    surroundings: &'a Surroundings<'a>,
    page: ItemIndex,
    root: &'a str,
    out: String,
    concepts: Vec<ItemIndex>,
    mentioned: HashSet<ItemIndex>,
    /// Where the mention ends whose link is open: one may go over a line break or a term.
    mention_end: Option<u32>,
    /// Footnotes in order of first reference, with how often each was referred to.
    notes: Vec<(Scope<'a>, u32, u32)>,
    /// Where in `notes` a footnote of an item stands.
    known_notes: HashMap<(ItemIndex, u32), usize>,
    writes: u32,
    tables: u32,
    /// Level of the last heading written.
    level: u8,
    /// Prefixes of ids that are taken; under a prefix without its last `--`, how often it was numbered.
    prefixes: HashMap<String, u32>,
}

impl<'a> Writer<'a> {
    fn blocks(&mut self, blocks: &'a [Block], scope: &Scope<'a>) {
        for block in blocks {
            self.block(block, scope);
        }
    }

    fn block(&mut self, block: &'a Block, scope: &Scope<'a>) {
        match block {
            Block::Heading(heading) => self.heading(heading, scope),
            Block::Paragraph(content) => {
                self.out.push_str("<p>");
                self.inlines(content, scope);
                self.out.push_str("</p>\n");
            }
            Block::Plain(content) => self.inlines(content, scope),
            Block::Figure(image) => self.figure(image, scope),
            Block::List(list) => self.list(list, scope),
            Block::Quote(blocks) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(blocks, scope);
                self.out.push_str("</blockquote>\n");
            }
            Block::Callout(callout) => self.callout(callout, scope),
            Block::Code(code) => {
                self.out.push_str("<pre class=\"code\" tabindex=\"0\"><code");
                if let Some(language) = &code.language {
                    push_attribute(&mut self.out, "class", &format!("language-{}", scope.text(language)));
                }
                self.out.push('>');
                push_escaped(&mut self.out, scope.text(&code.text));
                self.out.push_str("</code></pre>\n");
            }
            Block::Table(table) => {
                self.table(table, scope);
            }
            Block::Rule => self.out.push_str("<hr>\n"),
            Block::Definitions(definitions) => self.definitions(definitions, scope),
            Block::Include(link) => self.include(*link, scope),
            Block::Html(content) => {
                self.inlines(content, scope);
                self.out.push('\n');
            }
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline], scope: &Scope<'a>) {
        for inline in inlines {
            self.inline(inline, scope);
        }
    }

    fn inline(&mut self, inline: &'a Inline, scope: &Scope<'a>) {
        match inline {
            Inline::Text(text) => self.text(text, scope),
            Inline::SoftBreak => self.out.push('\n'),
            Inline::HardBreak => self.out.push_str("<br>\n"),
            Inline::Code(code) => {
                self.out.push_str("<code>");
                push_escaped(&mut self.out, scope.text(code));
                self.out.push_str("</code>");
            }
            Inline::Emphasis(content) => self.wrap("<em>", content, "</em>", scope),
            Inline::Strong(content) => self.wrap("<strong>", content, "</strong>", scope),
            Inline::Strikethrough(content) => self.wrap("<del>", content, "</del>", scope),
            Inline::Link(link, content) => self.link(*link, content, scope),
            Inline::Image(image) => self.image(image, scope),
            Inline::Term(term) => self.term(*term, scope),
            Inline::FootnoteReference(note) => self.footnote_reference(*note, scope),
            Inline::Element(element) => self.element(element, scope),
        }
    }

    fn wrap(&mut self, begin: &str, content: &'a [Inline], end: &str, scope: &Scope<'a>) {
        self.out.push_str(begin);
        self.inlines(content, scope);
        self.out.push_str(end);
    }

    /// Text, in which the first mention of a concept on the page becomes a link to its definition.
    fn text(&mut self, text: &'a Text, scope: &Scope<'a>) {
        let Text::Span(span) = text else { return push_escaped(&mut self.out, scope.text(text)) };
        let mentions = &scope.item.body.mentions;
        let mut from = self.rest_of_mention(span.start, span.end, scope);
        let first = mentions.partition_point(|mention| mention.start < from);
        for mention in mentions[first..].iter().take_while(|mention| mention.start < span.end) {
            if self.is_first_mention(mention) {
                push_escaped(&mut self.out, &scope.source[from as usize..mention.start as usize]);
                self.open_mention(mention);
                from = self.rest_of_mention(mention.start, span.end, scope);
            }
        }
        push_escaped(&mut self.out, &scope.source[from as usize..span.end as usize]);
    }

    /// A term, which may be a mention, or begin or end one.
    fn term(&mut self, term: u32, scope: &Scope<'a>) {
        let span = scope.item.document.body.terms[term as usize].span;
        let mentions = &scope.item.body.mentions;
        let first = mentions.partition_point(|mention| mention.start < span.start);
        if let Some(mention) = mentions.get(first).filter(|mention| mention.start == span.start)
            && self.is_first_mention(mention)
        {
            self.open_mention(mention);
        }
        push_escaped(&mut self.out, &scope.item.body.terms[term as usize]);
        if self.mention_end.take_if(|end| *end <= span.end).is_some() {
            self.out.push_str("</a>");
        }
    }

    fn is_first_mention(&mut self, mention: &Mention) -> bool {
        mention.concept != self.page && self.mentioned.insert(mention.concept)
    }

    fn open_mention(&mut self, mention: &Mention) {
        self.concepts.push(mention.concept);
        let concept = &self.surroundings.book.items[mention.concept];
        let _ = write!(
            self.out,
            "<a class=\"concept\" href=\"{}{}\" data-definition=\"{}\">",
            self.root,
            concept.address,
            definition_id(concept)
        );
        self.mention_end = Some(mention.end);
    }

    /// Writes what of an open mention stands in the text from `from` to `until`; gives where the mention ends there.
    fn rest_of_mention(&mut self, from: u32, until: u32, scope: &Scope<'a>) -> u32 {
        let Some(end) = self.mention_end else { return from };
        let stop = end.min(until);
        push_escaped(&mut self.out, &scope.source[from as usize..stop as usize]);
        if end <= until {
            self.out.push_str("</a>");
            self.mention_end = None;
        }
        stop
    }

    fn element(&mut self, element: &'a Element, scope: &Scope<'a>) {
        let href = element.link.and_then(|link| self.href(&scope.item.body.targets[link as usize], scope));
        let tag = &element.tag;
        let _ = write!(self.out, "<{tag}");
        if let Some(href) = href {
            self.push_href(href);
        }
        for (name, value) in &element.attributes {
            push_attribute(&mut self.out, name, value);
        }
        self.out.push('>');
        self.inlines(&element.children, scope);
        if !crate::parse::is_void(tag) {
            let _ = write!(self.out, "</{tag}>");
        }
    }

    fn word(&self, key: &'a str) -> &'a str {
        self.surroundings.words.get(key)
    }
}

/// The element id of a concept's definition on a page.
pub fn definition_id(concept: &Item) -> String {
    format!("definition-{}", concept.id.replace('/', "-"))
}

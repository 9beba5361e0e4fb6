//! A body tree to HTML.
//!
//! A walk over the tree with a [`Scope`]: whose text is being written. An include opens another scope, so that
//! spans, links and terms are looked up where they belong, its headings move down and its ids get a prefix.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::escape::{push_attribute, push_escaped};
use crate::model::body::{
    Alignment, Block, Callout, CalloutKind, Definition, Element, Heading, Image, Inline, LinkIndex, List, ListItem, Table,
};
use crate::model::walk::visit;
use crate::resolve::book::{Book, Item, ItemIndex, Target};
use crate::source::Text;
use crate::theme::Words;

/// A file of the handbook as it is published.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublishedAsset {
    /// Path inside the edition.
    pub path: String,
    /// Width and height in pixels, where it is an image that tells.
    pub size: Option<(u32, u32)>,
}

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
        notes: Vec::new(),
        writes: 0,
        tables: 0,
        level: 1,
        prefixes: HashSet::new(),
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
}

impl<'a> Scope<'a> {
    fn whole(item: &'a Item, index: ItemIndex) -> Self {
        Self { item, index, source: &item.document.source.text, shift: 0, prefix: "".into() }
    }

    fn text<'b>(&'b self, text: &'b Text) -> &'b str {
        text.get(self.source)
    }
}

struct Writer<'a> {
    surroundings: &'a Surroundings<'a>,
    page: ItemIndex,
    root: &'a str,
    out: String,
    concepts: Vec<ItemIndex>,
    mentioned: HashSet<ItemIndex>,
    /// Footnotes in order of first reference, with how often each was referred to.
    notes: Vec<(Scope<'a>, u32, u32)>,
    writes: u32,
    tables: u32,
    /// Level of the last heading written.
    level: u8,
    prefixes: HashSet<String>,
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

    fn heading(&mut self, heading: &'a Heading, scope: &Scope<'a>) {
        let info = &scope.item.body.headings[heading.index as usize];
        let level = info.level.saturating_add_signed(scope.shift).clamp(2, 6);
        self.level = level;
        let id = format!("{}{}", scope.prefix, info.id);
        let _ = write!(self.out, "<h{level}");
        push_attribute(&mut self.out, "id", &id);
        let mut classes: Vec<&str> = heading.classes.iter().map(|class| scope.text(class)).collect();
        if heading.minutes.is_some() {
            classes.push("step");
        }
        if !classes.is_empty() {
            push_attribute(&mut self.out, "class", &classes.join(" "));
        }
        self.out.push('>');
        self.inlines(&heading.content, scope);
        if let Some(minutes) = heading.minutes {
            let text = self.surroundings.words.fill("minutes_short", &[("n", &minutes.to_string())]);
            self.out.push_str(" <span class=\"minutes\">");
            push_escaped(&mut self.out, &text);
            self.out.push_str("</span>");
        }
        self.out.push_str("<a class=\"anchor\"");
        push_attribute(&mut self.out, "href", &format!("#{id}"));
        let _ = writeln!(self.out, " aria-hidden=\"true\" tabindex=\"-1\"></a></h{level}>");
    }

    fn list(&mut self, list: &'a List, scope: &Scope<'a>) {
        let is_tasks = list.items.iter().any(|item| item.task.is_some());
        match list.start {
            Some(1) => self.out.push_str("<ol>\n"),
            Some(start) => {
                let _ = writeln!(self.out, "<ol start=\"{start}\">");
            }
            None if is_tasks => self.out.push_str("<ul class=\"tasks\">\n"),
            None => self.out.push_str("<ul>\n"),
        }
        for item in &list.items {
            self.list_item(item, scope);
        }
        self.out.push_str(if list.start.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    fn list_item(&mut self, item: &'a ListItem, scope: &Scope<'a>) {
        self.out.push_str("<li>");
        if let Some(done) = item.task {
            let (class, word) = if done { ("task task-done", "task_done") } else { ("task", "task_open") };
            let _ = write!(self.out, "<span class=\"{class}\" role=\"img\"");
            push_attribute(&mut self.out, "aria-label", self.surroundings.words.get(word));
            self.out.push_str("></span> ");
        }
        self.blocks(&item.blocks, scope);
        self.out.push_str("</li>\n");
    }

    fn definitions(&mut self, definitions: &'a [Definition], scope: &Scope<'a>) {
        self.out.push_str("<dl>\n");
        for definition in definitions {
            self.out.push_str("<dt>");
            self.inlines(&definition.term, scope);
            self.out.push_str("</dt>\n");
            for description in &definition.descriptions {
                self.out.push_str("<dd>");
                self.blocks(description, scope);
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>\n");
    }

    /// A table inside a group that can be scrolled sideways by keyboard.
    fn table(&mut self, table: &'a Table, scope: &Scope<'a>) {
        self.tables += 1;
        let label = format!("{} {}", self.word("table"), self.tables);
        self.out.push_str("<div class=\"table\" role=\"group\" tabindex=\"0\"");
        push_attribute(&mut self.out, "aria-label", &label);
        self.out.push_str("><table>\n");
        if !table.head.is_empty() {
            self.out.push_str("<thead>");
            self.row(&table.head, table, "th", " scope=\"col\"", scope);
            self.out.push_str("</thead>\n");
        }
        self.out.push_str("<tbody>");
        for cells in &table.rows {
            self.row(cells, table, "td", "", scope);
        }
        self.out.push_str("</tbody></table></div>\n");
    }

    fn row(&mut self, cells: &'a [Vec<Inline>], table: &Table, tag: &str, extra: &str, scope: &Scope<'a>) {
        self.out.push_str("<tr>");
        for (column, content) in cells.iter().enumerate() {
            let class = match table.alignments.get(column) {
                Some(Alignment::Left) => " class=\"align-left\"",
                Some(Alignment::Center) => " class=\"align-center\"",
                Some(Alignment::Right) => " class=\"align-right\"",
                Some(Alignment::None) | None => "",
            };
            let _ = write!(self.out, "<{tag}{extra}{class}>");
            self.inlines(content, scope);
            let _ = write!(self.out, "</{tag}>");
        }
        self.out.push_str("</tr>\n");
    }

    fn callout(&mut self, callout: &'a Callout, scope: &Scope<'a>) {
        if let CalloutKind::Write { lines, .. } = callout.kind {
            return self.write_field(callout, lines, scope);
        }
        let name = callout.kind.name();
        let (title_tag, end) = if callout.folded {
            let _ = write!(self.out, "<details class=\"callout callout-{name}\">");
            ("summary", "</div></details>\n")
        } else {
            let _ = write!(self.out, "<div class=\"callout callout-{name}\" role=\"note\">");
            ("p", "</div></div>\n")
        };
        let _ = write!(self.out, "<{title_tag} class=\"callout-title\">");
        self.callout_title(callout, scope);
        let _ = write!(self.out, "</{title_tag}><div class=\"callout-body\">\n");
        self.blocks(&callout.blocks, scope);
        self.out.push_str(end);
    }

    fn callout_title(&mut self, callout: &'a Callout, scope: &Scope<'a>) {
        if callout.title.is_empty() {
            let word = format!("callout_{}", callout.kind.name());
            push_escaped(&mut self.out, self.surroundings.words.get(&word));
        } else {
            self.inlines(&callout.title, scope);
        }
    }

    fn write_field(&mut self, callout: &'a Callout, lines: u8, scope: &Scope<'a>) {
        self.writes += 1;
        let number = self.writes;
        let _ = write!(self.out, "<div class=\"write\"><label for=\"write-{number}\">");
        self.callout_title(callout, scope);
        self.out.push_str("</label>\n");
        self.blocks(&callout.blocks, scope);
        let _ = writeln!(
            self.out,
            "<textarea id=\"write-{number}\" rows=\"{lines}\" data-write=\"write-{number}\"></textarea></div>"
        );
    }

    fn figure(&mut self, image: &'a Image, scope: &Scope<'a>) {
        if !matches!(scope.item.body.targets[image.link as usize], Target::Asset { .. }) {
            self.out.push_str("<p>");
            self.image(image, scope);
            self.out.push_str("</p>\n");
            return;
        }
        self.out.push_str("<figure>");
        self.image(image, scope);
        if !image.caption.is_empty() {
            self.out.push_str("<figcaption>");
            self.inlines(&image.caption, scope);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    fn include(&mut self, link: LinkIndex, scope: &Scope<'a>) {
        let Target::Include { item, heading } = &scope.item.body.targets[link as usize] else {
            let text = scope.item.document.body.links[link as usize].target.get(scope.source);
            if scope.item.body.targets[link as usize] == Target::Broken {
                self.out.push_str("<p>");
                self.broken(text);
                self.out.push_str("</p>\n");
            }
            return;
        };
        let included = &self.surroundings.book.items[*item];
        let blocks = match heading {
            None => included.blocks(),
            Some(heading) => section(included.blocks(), *heading),
        };
        let outer = self.level;
        let highest = highest_level(blocks, included);
        let mut inner = Scope::whole(included, *item);
        inner.shift = (outer as i8) + 1 - (highest as i8);
        inner.prefix = self.fresh_prefix(&scope.prefix, &included.id);
        self.out.push_str("<div class=\"include\">\n");
        self.blocks(blocks, &inner);
        self.out.push_str("</div>\n");
        self.level = outer;
    }

    fn fresh_prefix(&mut self, outer: &str, id: &str) -> Arc<str> {
        let last = id.rsplit('/').next().unwrap_or(id);
        let mut prefix = format!("{outer}{last}-");
        let mut count = 1;
        while !self.prefixes.insert(prefix.clone()) {
            count += 1;
            prefix = format!("{outer}{last}-{count}-");
        }
        prefix.into()
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
            Inline::Emphasis(content) => self.wrap("em", content, scope),
            Inline::Strong(content) => self.wrap("strong", content, scope),
            Inline::Strikethrough(content) => self.wrap("del", content, scope),
            Inline::Link(link, content) => self.link(*link, content, scope),
            Inline::Image(image) => self.image(image, scope),
            Inline::Term(term) => push_escaped(&mut self.out, &scope.item.body.terms[*term as usize]),
            Inline::FootnoteReference(note) => self.footnote_reference(*note, scope),
            Inline::Element(element) => self.element(element, scope),
        }
    }

    fn wrap(&mut self, tag: &str, content: &'a [Inline], scope: &Scope<'a>) {
        let _ = write!(self.out, "<{tag}>");
        self.inlines(content, scope);
        let _ = write!(self.out, "</{tag}>");
    }

    /// Text, in which the first mention of a concept on the page becomes a link to its definition.
    fn text(&mut self, text: &'a Text, scope: &Scope<'a>) {
        let Text::Span(span) = text else { return push_escaped(&mut self.out, scope.text(text)) };
        let mentions = &scope.item.body.mentions;
        let first = mentions.partition_point(|mention| mention.start < span.start);
        let mut from = span.start as usize;
        for mention in mentions[first..].iter().take_while(|mention| mention.end <= span.end) {
            if mention.concept == self.page || !self.mentioned.insert(mention.concept) {
                continue;
            }
            self.concepts.push(mention.concept);
            let concept = &self.surroundings.book.items[mention.concept];
            push_escaped(&mut self.out, &scope.source[from..mention.start as usize]);
            let _ = write!(
                self.out,
                "<a class=\"concept\" href=\"{}{}\" data-definition=\"{}\">",
                self.root,
                concept.address,
                definition_id(concept)
            );
            from = mention.end as usize;
            push_escaped(&mut self.out, &scope.source[mention.start as usize..from]);
            self.out.push_str("</a>");
        }
        push_escaped(&mut self.out, &scope.source[from..span.end as usize]);
    }

    fn link(&mut self, link: LinkIndex, content: &'a [Inline], scope: &Scope<'a>) {
        let target = &scope.item.body.targets[link as usize];
        if *target == Target::Broken {
            self.out.push_str("<span class=\"broken\"");
            push_attribute(&mut self.out, "title", self.surroundings.words.get("broken_link"));
            self.out.push('>');
            self.link_text(link, content, scope);
            self.out.push_str("</span>");
            return;
        }
        match self.href(target, scope) {
            Some(href) => {
                self.out.push_str("<a");
                if matches!(target, Target::External(_)) {
                    self.out.push_str(" class=\"external\" rel=\"noopener\"");
                }
                push_attribute(&mut self.out, "href", &href);
                self.out.push('>');
                self.link_text(link, content, scope);
                self.out.push_str("</a>");
            }
            None => self.link_text(link, content, scope),
        }
    }

    /// What a link says; a wikilink that says nothing of its own shows its item's title.
    fn link_text(&mut self, link: LinkIndex, content: &'a [Inline], scope: &Scope<'a>) {
        let written = &scope.item.document.body.links[link as usize];
        let bare = match content {
            [] => true,
            [Inline::Text(text)] => {
                written.form == crate::model::body::LinkForm::Wiki
                    && scope.text(text) == written.target.get(scope.source)
            }
            _ => false,
        };
        if bare && let Target::Item { item, fragment } = &scope.item.body.targets[link as usize] {
            let item = &self.surroundings.book.items[*item];
            let heading = fragment.as_ref().and_then(|id| item.body.headings.iter().find(|heading| heading.id == *id));
            return push_escaped(&mut self.out, heading.map_or(&item.title, |heading| &heading.text));
        }
        self.inlines(content, scope);
    }

    fn href(&self, target: &Target, scope: &Scope) -> Option<String> {
        let with_fragment = |address: &str, fragment: Option<&str>| match fragment {
            Some(fragment) => format!("{}{address}#{fragment}", self.root),
            None => format!("{}{address}", self.root),
        };
        let book = self.surroundings.book;
        match target {
            Target::Item { item, fragment: Some(fragment) } if *item == self.page && scope.index == self.page => {
                Some(format!("#{fragment}"))
            }
            Target::Item { item, fragment } => {
                Some(with_fragment(&book.items[*item].address, fragment.as_deref()))
            }
            Target::Include { item, .. } => Some(with_fragment(&book.items[*item].address, None)),
            Target::Section(section) => Some(with_fragment(&book.sections[*section].address(), None)),
            Target::Fragment(id) => Some(format!("#{}{id}", scope.prefix)),
            Target::Asset { path, fragment } => {
                let asset = self.surroundings.assets.get(path)?;
                Some(with_fragment(&asset.path, fragment.as_deref()))
            }
            Target::External(url) => Some(url.to_string()),
            Target::Text | Target::Broken => None,
        }
    }

    fn image(&mut self, image: &'a Image, scope: &Scope<'a>) {
        let published = match &scope.item.body.targets[image.link as usize] {
            Target::Asset { path, .. } => self.surroundings.assets.get(path),
            _ => None,
        };
        let alt = scope.plain().of(&image.alt);
        let Some(asset) = published else { return self.broken(&alt) };
        self.out.push_str("<img");
        push_attribute(&mut self.out, "src", &format!("{}{}", self.root, asset.path));
        push_attribute(&mut self.out, "alt", &alt);
        if let Some((width, height)) = shown_size(asset.size, image.width) {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        } else if let Some(width) = image.width {
            let _ = write!(self.out, " width=\"{width}\"");
        }
        self.out.push_str(" loading=\"lazy\">");
    }

    fn broken(&mut self, text: &str) {
        let title = self.surroundings.words.get("broken_link");
        self.out.push_str("<span class=\"broken\"");
        push_attribute(&mut self.out, "title", title);
        self.out.push('>');
        push_escaped(&mut self.out, text);
        self.out.push_str("</span>");
    }

    fn element(&mut self, element: &'a Element, scope: &Scope<'a>) {
        let href = element.link.and_then(|link| self.href(&scope.item.body.targets[link as usize], scope));
        let tag = &element.tag;
        let _ = write!(self.out, "<{tag}");
        if let Some(href) = href {
            push_attribute(&mut self.out, "href", &href);
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

    fn footnote_reference(&mut self, note: u32, scope: &Scope<'a>) {
        let known = self.notes.iter().position(|(owner, index, _)| owner.index == scope.index && *index == note);
        let at = known.unwrap_or_else(|| {
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
    fn footnotes(&mut self) {
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
            let note: &'a _ = &scope.item.document.body.footnotes[note as usize];
            self.blocks(&note.blocks, &scope);
            for reference in 1..=count {
                let _ = write!(self.out, "<a class=\"footnote-back\" href=\"#{}\"", reference_id(number, reference));
                push_attribute(&mut self.out, "aria-label", self.surroundings.words.get("footnote_back"));
                self.out.push_str(">↩</a>");
            }
            self.out.push_str("</li>\n");
            at += 1;
        }
        self.out.push_str("</ol></section>\n");
    }

    fn word(&self, key: &'a str) -> &'a str {
        self.surroundings.words.get(key)
    }
}

impl<'a> Scope<'a> {
    fn plain(&self) -> crate::resolve::plain::PlainText<'a> {
        crate::resolve::plain::PlainText {
            source: self.source,
            terms: &self.item.body.terms,
            body: &self.item.document.body,
        }
    }
}

/// The element id of a concept's definition on a page.
pub fn definition_id(concept: &Item) -> String {
    format!("definition-{}", concept.id.replace('/', "-"))
}

fn reference_id(number: usize, reference: u32) -> String {
    if reference == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{reference}") }
}

/// The blocks from the heading of index `heading` up to the next heading of its level or above.
fn section(blocks: &[Block], heading: u32) -> &[Block] {
    let level_of = |block: &Block| match block {
        Block::Heading(heading) => Some((heading.index, heading.level)),
        _ => None,
    };
    let Some(start) = blocks.iter().position(|block| level_of(block).is_some_and(|(index, _)| index == heading)) else {
        return &[];
    };
    let level = level_of(&blocks[start]).map_or(6, |(_, level)| level);
    let rest = &blocks[start + 1..];
    let length = rest.iter().position(|block| level_of(block).is_some_and(|(_, next)| next <= level));
    &blocks[start..start + 1 + length.unwrap_or(rest.len())]
}

fn highest_level(blocks: &[Block], item: &Item) -> u8 {
    let mut highest = 6;
    let mut see = |block: &Block| {
        if let Block::Heading(heading) = block {
            highest = highest.min(item.body.headings[heading.index as usize].level);
        }
    };
    visit(blocks, &mut see, &mut |_| {});
    highest
}

/// The size to write, at the width that the author asked for.
fn shown_size(size: Option<(u32, u32)>, wanted: Option<u32>) -> Option<(u32, u32)> {
    let (width, height) = size.filter(|(width, _)| *width > 0)?;
    Some(match wanted {
        Some(wanted) => (wanted, (u64::from(height) * u64::from(wanted) / u64::from(width)) as u32),
        None => (width, height),
    })
}

//! Markdown to the body tree: one pass over the parser's events.
//!
//! The Markdown parser is pulldown-cmark with tables, footnotes, strikethrough, task and definition lists
//! and wikilinks. Callouts, heading attributes, terms and comments are read here, from the source itself.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::Settings;
use super::builder::{Builder, Frame, Open, trim_breaks};
use super::callout;
use super::heading::take_attributes;
use super::raw_html::{self, Token};
use super::text_run;
use crate::diagnostic::{Diagnostic, Fault};
use crate::language;
use crate::model::body::{
    Alignment, Block, Body, Callout, CalloutKind, Code, Definition, Element, Footnote, Heading, Image, Inline,
    LinkForm, List, ListItem, Table,
};
use crate::model::handbook::RawHtml;
use crate::source::{Source, Span, Text};

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS);

/// Parses the text of `source` from `start` on.
pub fn parse_body(source: &Source, start: usize, settings: Settings) -> (Body, Vec<Diagnostic>) {
    let mut builder = Builder::new(source, settings);
    for (event, range) in Parser::new_ext(&source.text[start..], OPTIONS).into_offset_iter() {
        builder.event(event, range.start + start..range.end + start);
    }
    builder.finish()
}

impl Builder<'_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        if let Event::Text(text) = &event {
            return self.text_event(text, range);
        }
        self.flush_run();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Code(code) => {
                let text = self.text(&code);
                self.push_leaf(Inline::Code(text));
            }
            Event::SoftBreak => self.push_leaf(Inline::SoftBreak),
            Event::HardBreak => self.push_leaf(Inline::HardBreak),
            Event::Rule => {
                self.flush_plain();
                if self.comments.open().is_none() {
                    self.blocks.push(Block::Rule);
                }
            }
            Event::Html(html) => {
                if let Some(Frame { open: Open::HtmlBlock { raw }, .. }) = self.frames.last_mut() {
                    raw.push_str(&html);
                }
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => {
                if self.comments.open().is_none() {
                    let index = self.footnote(&label);
                    self.inlines.push(Inline::FootnoteReference(index));
                }
            }
            Event::TaskListMarker(ticked) => {
                let item = self.frames.iter_mut().rev().find_map(|frame| match &mut frame.open {
                    Open::Item { task } => Some(task),
                    _ => None,
                });
                if let Some(task) = item {
                    *task = Some(ticked);
                }
            }
            // Math is not switched on.
            Event::Text(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn text_event(&mut self, text: &CowStr, range: Range<usize>) {
        if let Some(Frame { open: Open::Code { .. }, .. }) = self.frames.last() {
            return self.code_text(text);
        }
        let piece = match self.text(text) {
            Text::Span(span) => span.range(),
            // An entity: no run can go through it.
            owned @ Text::Owned(_) => {
                self.flush_run();
                return self.push_leaf(Inline::Text(owned));
            }
        };
        debug_assert!(range.start <= piece.start);
        let piece = self.after_marker(piece);
        if piece.is_empty() {
            return;
        }
        let joined = self.run.as_mut().is_some_and(|run| text_run::join(run, &piece, &self.source.text));
        if !joined {
            self.flush_run();
            self.run = Some(self.with_escape(piece));
        }
    }

    /// A piece whose first character is escaped is told from one that is not by its backslash.
    fn with_escape(&self, piece: Range<usize>) -> Range<usize> {
        let bytes = self.source.text.as_bytes();
        let backslashes = bytes[..piece.start].iter().rev().take_while(|byte| **byte == b'\\').count();
        if backslashes % 2 == 1 && bytes[piece.start].is_ascii_punctuation() {
            piece.start - 1..piece.end
        } else {
            piece
        }
    }

    /// What is left of a piece of text behind the marker of a callout's first line.
    fn after_marker(&self, piece: Range<usize>) -> Range<usize> {
        let [.., quote, paragraph] = self.frames.as_slice() else { return piece };
        let Open::Quote { marker: Some(marker), .. } = &quote.open else { return piece };
        if !matches!(paragraph.open, Open::Paragraph) || paragraph.blocks != quote.blocks {
            return piece;
        }
        piece.start.max((paragraph.range.start + marker.length).min(piece.end))..piece.end
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        if is_block(&tag) {
            self.flush_plain();
        }
        let open = match tag {
            Tag::Paragraph => return self.start_paragraph(range),
            Tag::Heading { level, .. } => Open::Heading { level: level as u8 },
            Tag::BlockQuote(_) => Open::Quote { marker: None, title: Vec::new() },
            Tag::CodeBlock(kind) => Open::Code {
                language: match &kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split_whitespace().next().map(|language| Text::Owned(language.into()))
                    }
                    CodeBlockKind::Indented => None,
                },
                text: None,
            },
            Tag::HtmlBlock => Open::HtmlBlock { raw: String::new() },
            Tag::List(start) => Open::List { start },
            Tag::Item => Open::Item { task: None },
            Tag::FootnoteDefinition(label) => Open::Footnote { label: label.as_ref().into() },
            Tag::DefinitionList => Open::DefinitionList,
            Tag::DefinitionListTitle => Open::DefinitionTerm,
            Tag::DefinitionListDefinition => Open::DefinitionDescription,
            Tag::Table(alignments) => {
                Open::Table { alignments: alignments.into_iter().map(alignment).collect(), head: Vec::new() }
            }
            Tag::TableHead => Open::TableHead,
            Tag::TableRow => Open::TableRow,
            Tag::TableCell => Open::TableCell,
            Tag::Emphasis => Open::Emphasis,
            Tag::Strong => Open::Strong,
            Tag::Strikethrough => Open::Strikethrough,
            Tag::Link { link_type, dest_url, .. } => {
                let form = if is_wiki(link_type) { LinkForm::Wiki } else { LinkForm::Markdown };
                Open::Link { form, target: self.target(link_type, &dest_url) }
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let form = match (is_wiki(link_type), has_image_ending(&dest_url)) {
                    (false, _) => LinkForm::Image,
                    (true, true) => LinkForm::WikiImage,
                    (true, false) => LinkForm::Include,
                };
                let title = (!title.is_empty()).then(|| Text::Owned(title.as_ref().into()));
                let piped = matches!(link_type, LinkType::WikiLink { has_pothole: true });
                Open::Image { form, target: self.target(link_type, &dest_url), title, piped }
            }
            // Superscript, subscript and metadata blocks are not switched on.
            _ => Open::Flattened,
        };
        self.open(open, range);
    }

    fn start_paragraph(&mut self, range: Range<usize>) {
        let first_in_quote = match self.frames.last() {
            Some(Frame { open: Open::Quote { .. }, blocks, .. }) => *blocks == self.blocks.len(),
            _ => false,
        };
        if first_in_quote
            && self.comments.open().is_none()
            && let Some(marker) = callout::read_marker(&self.source.text[range.start..])
        {
            if let Some((name, suggestion)) = &marker.unknown {
                let fault = Fault::UnknownCallout { name: name.clone(), suggestion: suggestion.clone() };
                self.fault(fault, range.start + 2..range.start + 2 + name.len());
            }
            if let Some(Frame { open: Open::Quote { marker: place, .. }, .. }) = self.frames.last_mut() {
                *place = Some(marker);
            }
        }
        self.open(Open::Paragraph, range);
    }

    fn end(&mut self) {
        // Elements that were left open end with what holds them.
        while matches!(self.frames.last(), Some(Frame { open: Open::Element { .. }, .. })) {
            self.close_element();
        }
        if matches!(
            self.frames.last(),
            Some(Frame {
                open: Open::Item { .. } | Open::DefinitionDescription | Open::Flattened | Open::Footnote { .. },
                ..
            })
        ) {
            self.flush_plain();
        }
        let Some(frame) = self.frames.pop() else { return };
        self.depth -= usize::from(frame.open.is_container());
        if self.is_hidden(&frame) && !matches!(frame.open, Open::TableCell | Open::Flattened | Open::HtmlBlock { .. }) {
            return self.drop_since(&frame);
        }
        self.close(frame);
    }

    fn drop_since(&mut self, frame: &Frame) {
        self.blocks.truncate(frame.blocks);
        self.inlines.truncate(frame.inlines);
        match frame.open {
            Open::List { .. } => self.items.truncate(frame.own),
            Open::Table { .. } => self.rows.truncate(frame.own),
            Open::TableHead | Open::TableRow => self.cells.truncate(frame.own),
            Open::DefinitionList => self.definitions.truncate(frame.own),
            _ => {}
        }
    }

    fn close(&mut self, frame: Frame) {
        let Frame { open, range, blocks, inlines, own, .. } = frame;
        match open {
            Open::Paragraph => {
                let content: Vec<Inline> = self.inlines.drain(inlines..).collect();
                self.close_paragraph(content);
            }
            Open::Heading { level } => {
                let mut content: Vec<Inline> = self.inlines.drain(inlines..).collect();
                let attributes = take_attributes(&mut content, &self.source.text);
                let index = self.body.headings;
                self.body.headings += 1;
                let end = range.start + self.source.text[range.clone()].trim_end().len();
                self.blocks.push(Block::Heading(Box::new(Heading {
                    index,
                    level,
                    id: attributes.id,
                    classes: attributes.classes,
                    minutes: attributes.minutes,
                    content,
                    span: Span::new(range.start..end),
                })));
            }
            Open::Quote { marker, title } => {
                let content: Vec<Block> = self.blocks.drain(blocks..).collect();
                let block = match marker {
                    None => Block::Quote(content),
                    Some(marker) => self.callout(marker, title, content, range),
                };
                self.blocks.push(block);
            }
            Open::Code { language, text } => {
                let text = text.unwrap_or(Text::Owned("".into()));
                self.blocks.push(Block::Code(Box::new(Code { language, text })));
            }
            Open::List { start } => {
                let items: Vec<ListItem> = self.items.drain(own..).collect();
                if !items.is_empty() {
                    self.blocks.push(Block::List(Box::new(List { start, items })));
                }
            }
            Open::Item { task } => {
                let content = self.blocks.drain(blocks..).collect();
                self.items.push(ListItem { task, blocks: content });
            }
            Open::TableCell => {
                let mut content: Vec<Inline> = self.inlines.drain(inlines..).collect();
                trim_breaks(&mut content);
                self.cells.push(content);
            }
            Open::TableHead => {
                let cells: Vec<_> = self.cells.drain(own..).collect();
                if let Some(Frame { open: Open::Table { head, .. }, .. }) = self.frames.last_mut() {
                    *head = cells;
                }
            }
            Open::TableRow => {
                let cells = self.cells.drain(own..).collect();
                self.rows.push(cells);
            }
            Open::Table { alignments, head } => {
                let rows = self.rows.drain(own..).collect();
                self.blocks.push(Block::Table(Box::new(Table { alignments, head, rows })));
            }
            Open::DefinitionTerm => {
                let term = self.inlines.drain(inlines..).collect();
                self.definitions.push(Definition { term, descriptions: Vec::new() });
            }
            Open::DefinitionDescription => {
                let description: Vec<Block> = self.blocks.drain(blocks..).collect();
                if let Some(definition) = self.definitions.last_mut() {
                    definition.descriptions.push(description);
                }
            }
            Open::DefinitionList => {
                let definitions: Vec<Definition> = self.definitions.drain(own..).collect();
                self.blocks.push(Block::Definitions(definitions));
            }
            Open::Footnote { label } => {
                let content: Vec<Block> = self.blocks.drain(blocks..).collect();
                let index = self.footnote(&label) as usize;
                if self.body.footnotes[index].blocks.is_empty() {
                    self.body.footnotes[index].blocks = content;
                }
            }
            Open::HtmlBlock { raw } => self.html_block(&raw, range),
            Open::Emphasis => self.wrap(inlines, Inline::Emphasis),
            Open::Strong => self.wrap(inlines, Inline::Strong),
            Open::Strikethrough => self.wrap(inlines, Inline::Strikethrough),
            Open::Link { form, target } => {
                let content: Vec<Inline> = self.inlines.drain(inlines..).collect();
                self.check_link_text(&content, &range);
                let link = self.link(form, target, range);
                self.inlines.push(Inline::Link(link, content));
            }
            Open::Image { form, target, title, piped } => {
                let alt: Vec<Inline> = self.inlines.drain(inlines..).collect();
                self.image(form, target, title, piped, alt, range);
            }
            Open::Element { .. } | Open::Flattened => {}
        }
    }

    fn wrap(&mut self, mark: usize, node: fn(Vec<Inline>) -> Inline) {
        let content: Vec<Inline> = self.inlines.drain(mark..).collect();
        if !content.is_empty() {
            self.inlines.push(node(content));
        }
    }

    fn close_paragraph(&mut self, mut content: Vec<Inline>) {
        if let Some(Frame { open: Open::Quote { marker: Some(_), title }, blocks, .. }) = self.frames.last_mut()
            && *blocks == self.blocks.len()
            && title.is_empty()
        {
            let line_end = content.iter().position(|inline| matches!(inline, Inline::SoftBreak | Inline::HardBreak));
            let rest = content.split_off(line_end.unwrap_or(content.len()));
            *title = std::mem::replace(&mut content, rest);
        }
        trim_breaks(&mut content);
        if let [Inline::Image(_)] = content.as_slice() {
            if let Some(Inline::Image(image)) = content.pop() {
                self.blocks.push(match self.body.links[image.link as usize].form {
                    LinkForm::Include => Block::Include(image.link),
                    _ => Block::Figure(image),
                });
            }
            return;
        }
        for inline in &mut content {
            self.include_to_link(inline);
        }
        if !content.iter().all(|inline| self.is_blank(inline)) {
            self.blocks.push(Block::Paragraph(content));
        }
    }

    fn is_blank(&self, inline: &Inline) -> bool {
        match inline {
            Inline::Text(text) => text.get(&self.source.text).trim().is_empty(),
            Inline::SoftBreak | Inline::HardBreak => true,
            _ => false,
        }
    }

    /// An include that does not stand alone cannot take in blocks; it becomes a link.
    fn include_to_link(&mut self, inline: &mut Inline) {
        if let Inline::Image(image) = inline
            && self.body.links[image.link as usize].form == LinkForm::Include
        {
            self.body.links[image.link as usize].form = LinkForm::Wiki;
            *inline = Inline::Link(image.link, std::mem::take(&mut image.alt));
        }
    }

    fn image(
        &mut self,
        form: LinkForm,
        target: Text,
        title: Option<Text>,
        piped: bool,
        alt: Vec<Inline>,
        range: Range<usize>,
    ) {
        if self.comments.open().is_some() {
            return;
        }
        let (alt, width) = if form == LinkForm::WikiImage { self.wiki_alt(piped, alt) } else { (alt, None) };
        if form != LinkForm::Include && alt.iter().all(|inline| self.is_blank(inline)) {
            let image = target.get(&self.source.text).to_owned();
            self.fault(Fault::MissingAlt { image }, range.clone());
        }
        let caption = title.map(|title| self.caption(title, &range)).unwrap_or_default();
        let link = self.link(form, target, range);
        let mut inline = Inline::Image(Box::new(Image { link, alt, caption, width }));
        if !matches!(self.frames.last(), Some(Frame { open: Open::Paragraph, .. })) {
            self.include_to_link(&mut inline);
        }
        self.inlines.push(inline);
    }

    /// A title with its terms, if it stands in the source as it is.
    fn caption(&mut self, title: Text, range: &Range<usize>) -> Vec<Inline> {
        let text = title.get(&self.source.text);
        match self.source.text[range.clone()].rfind(text) {
            Some(at) => {
                let start = range.start + at;
                let (mark, length) = (self.inlines.len(), text.len());
                self.push_visible(start..start + length);
                self.inlines.drain(mark..).collect()
            }
            None => vec![Inline::Text(title)],
        }
    }

    /// `![[plan.svg|300]]`, `![[plan.svg|alt]]` and `![[plan.svg|alt|300]]`: what stands behind the first bar.
    fn wiki_alt(&self, piped: bool, alt: Vec<Inline>) -> (Vec<Inline>, Option<u32>) {
        let [Inline::Text(text)] = alt.as_slice() else { return (if piped { alt } else { Vec::new() }, None) };
        if !piped {
            return (Vec::new(), None);
        }
        let text = text.get(&self.source.text);
        let (words, width) = match text.rsplit_once('|') {
            Some((words, width)) => (words, width.trim().parse().ok()),
            None => match text.trim().parse() {
                Ok(width) => ("", Some(width)),
                Err(_) => (text, None),
            },
        };
        let alt = if words.is_empty() { Vec::new() } else { vec![Inline::Text(self.text(words))] };
        (alt, width)
    }

    fn check_link_text(&mut self, content: &[Inline], range: &Range<usize>) {
        if let [Inline::Text(text)] = content {
            let text = text.get(&self.source.text);
            if language::is_vague_link_text(text, self.settings.language) {
                let text = text.to_owned();
                self.fault(Fault::VagueLinkText { text }, range.clone());
            }
        }
    }

    fn callout(
        &mut self,
        marker: callout::Marker,
        title: Vec<Inline>,
        blocks: Vec<Block>,
        range: Range<usize>,
    ) -> Block {
        let kind = match marker.kind {
            CalloutKind::Write { lines, .. } => {
                self.body.writes += 1;
                CalloutKind::Write { index: self.body.writes - 1, lines }
            }
            kind => kind,
        };
        self.body.has_facilitator |= kind.is_for_facilitators();
        Block::Callout(Box::new(Callout { kind, folded: marker.folded, title, blocks, span: Span::new(range) }))
    }

    fn footnote(&mut self, label: &str) -> u32 {
        let key: Box<str> = label.to_lowercase().into();
        *self.footnotes.entry(key).or_insert_with(|| {
            self.body.footnotes.push(Footnote { label: label.into(), blocks: Vec::new() });
            self.body.footnotes.len() as u32 - 1
        })
    }

    /// Code comes a line at a time; the lines lie side by side except in a quotation or list.
    fn code_text(&mut self, piece: &CowStr) {
        let piece = self.text(piece);
        let source = &self.source.text;
        let Some(Frame { open: Open::Code { text, .. }, .. }) = self.frames.last_mut() else { return };
        *text = Some(match (text.take(), piece) {
            (None, piece) => piece,
            (Some(Text::Span(before)), Text::Span(piece)) if before.end == piece.start => {
                Text::Span(Span { start: before.start, end: piece.end })
            }
            (Some(before), piece) => {
                let mut joined = before.get(source).to_owned();
                joined.push_str(piece.get(source));
                Text::Owned(joined.into())
            }
        });
    }

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let html = self.without_comments(html, range.start);
        if html.is_empty() || self.comments.open().is_some() {
            return;
        }
        if self.settings.raw_html == RawHtml::Forbid {
            return self.fault(Fault::HtmlForbidden, range);
        }
        if let Some(name) = html.strip_prefix("</") {
            let name = name.trim_end_matches('>').trim().to_ascii_lowercase();
            match self.frames.last() {
                Some(Frame { open: Open::Element { tag, .. }, .. }) if **tag == *name => self.close_element(),
                _ => self.fault(Fault::HtmlRemoved { removed: format!("</{name}>") }, range),
            }
            return;
        }
        let (tokens, removed) = raw_html::sanitise(&html, self.settings.raw_html);
        self.note_removed(removed, &range);
        if let Some(Token::Open { tag, attributes }) = tokens.into_iter().next() {
            self.open_element(tag, attributes, range);
        }
    }

    fn html_block(&mut self, raw: &str, range: Range<usize>) {
        let html = self.without_comments(raw, range.start);
        if html.trim().is_empty() {
            return;
        }
        if self.settings.raw_html == RawHtml::Forbid {
            return self.fault(Fault::HtmlForbidden, range);
        }
        let (tokens, removed) = raw_html::sanitise(&html, self.settings.raw_html);
        self.note_removed(removed, &range);
        let (frames, mark) = (self.frames.len(), self.inlines.len());
        for token in tokens {
            match token {
                Token::Text(text) => self.inlines.push(Inline::Text(Text::Owned(text.into()))),
                Token::Open { tag, attributes } => self.open_element(tag, attributes, range.clone()),
                Token::Close(name) => {
                    if self.frames.len() > frames && self.closes_top(&name) {
                        self.close_element();
                    }
                }
            }
        }
        while self.frames.len() > frames {
            self.close_element();
        }
        let content: Vec<Inline> = self.inlines.drain(mark..).collect();
        if !content.iter().all(|inline| self.is_blank(inline)) {
            self.blocks.push(Block::Html(content));
        }
    }

    fn closes_top(&self, name: &str) -> bool {
        match self.frames.last() {
            Some(Frame { open: Open::Element { tag, .. }, .. }) => **tag == *name,
            Some(Frame { open: Open::Flattened, .. }) => true,
            _ => false,
        }
    }

    fn without_comments(&mut self, html: &str, start: usize) -> String {
        if self.comments.open().is_none() && !super::comment::may_hold_marks(html) {
            return html.to_owned();
        }
        let visible = self.comments.visible(html, |at| start + at);
        visible.into_iter().map(|range| &html[range]).collect()
    }

    fn note_removed(&mut self, removed: Vec<String>, range: &Range<usize>) {
        if !removed.is_empty() {
            self.fault(Fault::HtmlRemoved { removed: removed.join(", ") }, range.clone());
        }
    }

    fn open_element(&mut self, tag: String, attributes: Vec<(String, String)>, range: Range<usize>) {
        let mut rest = Vec::new();
        let (mut href, mut src, mut alt) = (None, None, String::new());
        for (name, value) in attributes {
            match (&*tag, &*name) {
                ("a", "href") => href = Some(Text::Owned(value.into())),
                ("img", "src") => src = Some(Text::Owned(value.into())),
                ("img", "alt") => alt = value,
                _ => rest.push((name.into(), value.into())),
            }
        }
        if tag == "img" {
            if let Some(src) = src {
                let alt = if alt.is_empty() { Vec::new() } else { vec![Inline::Text(Text::Owned(alt.into()))] };
                self.image(LinkForm::Image, src, None, false, alt, range);
            }
            return;
        }
        let void = raw_html::is_void(&tag);
        self.open(Open::Element { tag: tag.into(), attributes: rest, href }, range);
        if void {
            self.close_element();
        }
    }

    fn close_element(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.depth -= usize::from(frame.open.is_container());
        let hidden = self.is_hidden(&frame);
        if let Open::Element { tag, attributes, href } = frame.open
            && !hidden
        {
            let link = href.map(|href| self.link(LinkForm::Markdown, href, frame.range));
            let children = self.inlines.drain(frame.inlines..).collect();
            self.inlines.push(Inline::Element(Box::new(Element { tag, attributes, link, children })));
        }
    }

    fn target(&self, link_type: LinkType, url: &str) -> Text {
        match link_type {
            LinkType::Email => Text::Owned(format!("mailto:{url}").into()),
            // In a table the bar of a wikilink is written `\|`; the backslash is not part of the target.
            LinkType::WikiLink { .. } => self.text(url.strip_suffix('\\').unwrap_or(url)),
            _ => self.text(url),
        }
    }

    fn finish(mut self) -> (Body, Vec<Diagnostic>) {
        self.flush_run();
        if let Some((marks, at)) = self.comments.open() {
            let fault = Fault::UnclosedComment { opener: marks.opener() };
            self.fault(fault, at..at + marks.opener().len());
        }
        self.body.blocks = std::mem::take(&mut self.blocks);
        self.body.blocks.shrink_to_fit();
        (self.body, self.diagnostics)
    }
}

fn is_block(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
    )
}

fn is_wiki(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::WikiLink { .. })
}

/// Whether a wikilink's target is an image by its ending: `![[plan.svg]]` shows, `![[se]]` includes.
fn has_image_ending(target: &str) -> bool {
    let ending = target.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(&*ending, "svg" | "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif"))
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

//! Closes constructs: their children leave their stacks and make one node.

use std::ops::Range;

use super::builder::{Builder, Frame, Open, trim_breaks};
use super::callout;
use super::heading::take_attributes;
use crate::diagnostic::Fault;
use crate::diagnostic::footnote::NotShown;
use crate::language;
use crate::model::body::{
    Block, Callout, CalloutKind, Code, Definition, Footnote, Heading, Inline, LinkForm, List, ListItem, Table,
};
use crate::source::{Span, Text};

impl Builder<'_> {
    pub(super) fn end(&mut self) {
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

    pub(super) fn drop_since(&mut self, frame: &Frame) {
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

    pub(super) fn close(&mut self, frame: Frame) {
        let Frame { open, range, blocks, inlines, own, .. } = frame;
        match open {
            Open::Paragraph { text_from } => {
                let mut content: Vec<Inline> = self.inlines.drain(inlines..).collect();
                self.note_markers(&content);
                if text_from.is_some() {
                    self.take_callout_title(&mut content);
                }
                self.close_paragraph(content);
            }
            Open::Heading { level } => {
                let mut content: Vec<Inline> = self.inlines.drain(inlines..).collect();
                self.note_markers(&content);
                let attributes = take_attributes(&mut content, &self.source.text);
                self.note_empty_heading(&content, &range);
                if attributes.hides && !self.is_for_facilitators() {
                    self.fault(Fault::CalloutNotHidden { name: "FACILITATOR" }, range.clone());
                }
                if let Some(written) = attributes.wrong_minutes {
                    let fault = Fault::InvalidValue {
                        key: "minutes".to_owned(),
                        value: written.of(&self.source.text).to_owned(),
                        expected: "a whole number of minutes, as in `{minutes=10}`".to_owned(),
                        suggestion: None,
                    };
                    self.fault(fault, written.range());
                }
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
                match marker {
                    None => self.blocks.push(Block::Quote(content)),
                    Some(marker) => {
                        self.note_links_in_folded_title(&marker, &title);
                        let callout = self.callout(marker, title, content, range);
                        self.note_end_of_hidden(&callout);
                        self.blocks.push(Block::Callout(Box::new(callout)));
                    }
                }
            }
            Open::Code { language, text, is_indented } => {
                let text = text.unwrap_or(Text::Owned("".into()));
                self.note_markers_in_code(language.as_ref(), text.get(&self.source.text), is_indented, &range);
                self.blocks.push(Block::Code(Box::new(Code { language, text })));
            }
            Open::List { start, ordinals } => {
                let items: Vec<ListItem> = self.items.drain(own..).collect();
                self.note_ordinal_in_paragraph(ordinals, items.len(), &range);
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
                self.note_markers(&content);
                self.cells.push(content);
            }
            Open::TableHead => {
                self.note_cut_wikilinks(&range);
                let cells: Vec<_> = self.cells.drain(own..).collect();
                self.note_empty_head(&cells, &range);
                if let Some(Frame { open: Open::Table { head, .. }, .. }) = self.frames.last_mut() {
                    *head = cells;
                }
            }
            Open::TableRow => {
                self.note_cut_wikilinks(&range);
                let cells = self.cells.drain(own..).collect();
                self.rows.push(cells);
            }
            Open::Table { alignments, head } => {
                let rows = self.rows.drain(own..).collect();
                self.blocks.push(Block::Table(Box::new(Table { alignments, head, rows })));
            }
            Open::DefinitionTerm => {
                let term: Vec<Inline> = self.inlines.drain(inlines..).collect();
                self.note_markers(&term);
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
                if self.hidden.define(index as u32, range.clone()) {
                    let for_facilitators = self.is_for_facilitators();
                    self.body.footnotes[index] = Footnote { label, blocks: content, for_facilitators };
                } else {
                    self.fault(Fault::FootnoteNotShown { label: label.into(), why: NotShown::Twice }, range);
                }
            }
            Open::HtmlBlock { raw } => self.html_block(&raw, range),
            Open::Emphasis => self.wrap(inlines, Inline::Emphasis),
            Open::Strong => self.wrap(inlines, Inline::Strong),
            Open::Strikethrough => self.wrap(inlines, Inline::Strikethrough),
            Open::Link { form, target, .. } => {
                let content: Vec<Inline> = self.inlines.drain(inlines..).collect();
                self.check_link_text(&content, &range);
                self.note_empty_link(form, &content, &range);
                let link = self.link(form, target, range);
                self.inlines.push(Inline::Link(link, content));
            }
            Open::Image(image) => {
                let alt: Vec<Inline> = self.inlines.drain(inlines..).collect();
                self.image(image, alt, range);
            }
            Open::Element { .. } | Open::Flattened => {}
        }
    }

    pub(super) fn wrap(&mut self, mark: usize, node: fn(Vec<Inline>) -> Inline) {
        let content: Vec<Inline> = self.inlines.drain(mark..).collect();
        if !content.is_empty() {
            self.inlines.push(node(content));
        }
    }

    /// The first line of a callout is its title, the rest of the paragraph its first text.
    fn take_callout_title(&mut self, content: &mut Vec<Inline>) {
        let line_end = content.iter().position(|inline| matches!(inline, Inline::SoftBreak | Inline::HardBreak));
        let rest = content.split_off(line_end.unwrap_or(content.len()));
        let first_line = std::mem::replace(content, rest);
        if let Some(Frame { open: Open::Quote { title, .. }, .. }) = self.frames.last_mut() {
            *title = first_line;
        }
    }

    pub(super) fn close_paragraph(&mut self, mut content: Vec<Inline>) {
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

    pub(super) fn is_blank(&self, inline: &Inline) -> bool {
        match inline {
            Inline::Text(text) => text.get(&self.source.text).trim().is_empty(),
            Inline::SoftBreak | Inline::HardBreak => true,
            _ => false,
        }
    }

    pub(super) fn check_link_text(&mut self, content: &[Inline], range: &Range<usize>) {
        if let [Inline::Text(text)] = content {
            let text = text.get(&self.source.text);
            if language::is_vague_link_text(text, self.settings.language) {
                let text = text.to_owned();
                self.fault(Fault::VagueLinkText { text }, range.clone());
            }
        }
    }

    pub(super) fn callout(
        &mut self,
        marker: callout::Marker,
        title: Vec<Inline>,
        blocks: Vec<Block>,
        range: Range<usize>,
    ) -> Callout {
        let kind = match marker.kind {
            CalloutKind::Write { lines, .. } => {
                self.body.writes += 1;
                CalloutKind::Write { index: self.body.writes - 1, lines }
            }
            kind => kind,
        };
        self.body.has_facilitator |= kind.is_for_facilitators();
        Callout { kind, folded: marker.folded, title, blocks, span: Span::new(range) }
    }

    pub(super) fn footnote(&mut self, label: &str) -> u32 {
        let key: Box<str> = label.to_lowercase().into();
        *self.footnotes.entry(key).or_insert_with(|| {
            self.body.footnotes.push(Footnote { label: label.into(), blocks: Vec::new(), for_facilitators: false });
            self.body.footnotes.len() as u32 - 1
        })
    }
}

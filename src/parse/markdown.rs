//! Markdown to the body tree: one pass over the parser's events.
//!
//! The Markdown parser is pulldown-cmark with tables, footnotes, strikethrough, task and definition lists
//! and wikilinks. Callouts, heading attributes, terms and comments are read here, from the source itself.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::Settings;
use super::builder::{Builder, Frame, Open};
use super::callout;
use super::hidden::Use;
use super::image::ImageSyntax;
use super::masked;
use super::ordinals::Ordinals;
use super::text_run::{self, breaks_in_term};
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{Alignment, Block, Body, Inline, LinkForm};
use crate::model::comment;
use crate::model::image::is_image;
use crate::source::{Source, Span, Text, is_escaped};

pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS);

/// Parses the text of `source` from `start` on.
pub fn parse_body(source: &Source, start: usize, settings: Settings) -> (Body, Vec<Diagnostic>) {
    let text = masked::for_parser(&source.text[start..]);
    let mut builder = Builder::new(source, &text, start, settings);
    let mut events = Parser::new_ext(&text, OPTIONS).into_offset_iter();
    for (event, range) in events.by_ref() {
        builder.event(event, range.start + start..range.end + start);
    }
    let definitions = events.reference_definitions().iter();
    builder.note_markers_in_definitions(
        definitions.map(|(label, definition)| (label, definition.span.start + start..definition.span.end + start)),
    );
    builder.note_hidden_definitions(|label| {
        let definition = events.reference_definitions().get(label)?;
        Some(definition.span.start + start..definition.span.end + start)
    });
    builder.note_unused_footnotes();
    builder.finish()
}

impl Builder<'_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        match &event {
            Event::Text(text) => return self.text_event(text, range),
            Event::SoftBreak | Event::HardBreak
                if self.run.as_ref().is_some_and(|run| breaks_in_term(run, &self.source.text)) =>
            {
                self.in_broken_term = true;
                return;
            }
            _ => {}
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
                    self.note_use(Use::Footnote(index), range);
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
        if matches!(self.frames.last(), Some(Frame { open: Open::Link { is_address: true, .. }, .. })) {
            // `<https://…>`: no braces in an address are a term.
            return self.push_leaf(Inline::Text(Text::Span(Span::new(piece))));
        }
        debug_assert!(range.start <= piece.start);
        let piece = self.after_marker(piece);
        if piece.is_empty() {
            return;
        }
        let joined = self.run.as_mut().is_some_and(|run| {
            if std::mem::take(&mut self.in_broken_term) {
                run.end = piece.end;
                return true;
            }
            text_run::join(run, &piece, &self.source.text)
        });
        if !joined {
            self.flush_run();
            self.run = Some(self.with_escape(piece));
        }
    }

    /// A piece whose first character is escaped is told from one that is not by its backslash.
    fn with_escape(&self, piece: Range<usize>) -> Range<usize> {
        let source = &self.source.text;
        if is_escaped(source, piece.start) && source.as_bytes()[piece.start].is_ascii_punctuation() {
            piece.start - 1..piece.end
        } else {
            piece
        }
    }

    /// Returns the rest of a piece of text after the marker in a callout's first line.
    fn after_marker(&self, piece: Range<usize>) -> Range<usize> {
        match self.frames.last() {
            Some(Frame { open: Open::Paragraph { text_from: Some(from) }, .. }) => {
                piece.start.max(*from).min(piece.end)..piece.end
            }
            _ => piece,
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        if is_block(&tag) {
            self.flush_plain();
            self.note_block_behind_hidden(&tag, &range);
        }
        let open = match tag {
            Tag::Paragraph => return self.start_paragraph(range),
            Tag::Heading { level, .. } => Open::Heading { level: level as u8 },
            Tag::BlockQuote(_) => Open::Quote { marker: None, title: Vec::new() },
            Tag::CodeBlock(kind) => Open::Code {
                language: match &kind {
                    CodeBlockKind::Fenced(info) => {
                        // A comment may stand there, too.
                        let (info, _) = comment::outside(info);
                        info.split_whitespace().next().map(|language| Text::Owned(language.into()))
                    }
                    CodeBlockKind::Indented => None,
                },
                text: None,
                is_indented: matches!(kind, CodeBlockKind::Indented),
            },
            Tag::HtmlBlock => Open::HtmlBlock { raw: String::new() },
            Tag::List(start) => Open::List { start, ordinals: Ordinals::default() },
            Tag::Item => {
                self.note_ordinal(&range);
                Open::Item { task: None }
            }
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
            Tag::Link { link_type, dest_url, id, .. } => {
                self.note_reference(link_type, &id, &range);
                let form = if is_wiki(link_type) { LinkForm::Wiki } else { LinkForm::Markdown };
                let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                Open::Link { form, target: self.target(link_type, &dest_url), is_address }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.note_reference(link_type, &id, &range);
                let form = match (is_wiki(link_type), is_image(dest_url.trim_end_matches('\\'))) {
                    (false, _) => LinkForm::Image,
                    (true, true) => LinkForm::WikiImage,
                    (true, false) => LinkForm::Include,
                };
                let title = (!title.is_empty()).then(|| Text::Owned(title.as_ref().into()));
                let is_piped = matches!(link_type, LinkType::WikiLink { has_pothole: true });
                let target = self.target(link_type, &dest_url);
                Open::Image(ImageSyntax { form, target, title, is_piped, width: None })
            }
            // Superscript, subscript and metadata blocks are not switched on.
            _ => Open::Flattened,
        };
        self.open(open, range);
    }

    fn start_paragraph(&mut self, range: Range<usize>) {
        let first_in_quote = match self.frames.last() {
            Some(Frame { open: Open::Quote { marker: None, .. }, blocks, .. }) => *blocks == self.blocks.len(),
            _ => false,
        };
        let mut text_from = None;
        if first_in_quote
            && self.comments.open().is_none()
            && let Some(marker) = callout::read_marker(&self.source.text[range.start..])
        {
            if let Some(unknown) = &marker.unknown {
                let place = range.start + unknown.place.start..range.start + unknown.place.end;
                let name = self.source.text[place.clone()].to_owned();
                let fault = match unknown.hiding {
                    Some(name) => Fault::CalloutNotHidden { name },
                    None => Fault::UnknownCallout { name, suggestion: unknown.suggestion.clone() },
                };
                self.fault(fault, place);
            }
            text_from = Some(range.start + marker.length);
            if let Some(lines) = &marker.wrong_lines {
                let place = range.start + lines.start..range.start + lines.end;
                let value = self.source.text[place.clone()].to_owned();
                let expected = format!("1 to {} lines, as in `[!WRITE 5]`", callout::MOST_LINES);
                self.fault(Fault::InvalidValue { key: "WRITE".to_owned(), value, expected, suggestion: None }, place);
            }
            if let Some(Frame { open: Open::Quote { marker: place, .. }, .. }) = self.frames.last_mut() {
                *place = Some(marker);
            }
        }
        self.open(Open::Paragraph { text_from }, range);
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

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

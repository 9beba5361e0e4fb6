//! The state of building a tree: stacks of finished nodes, and a frame for each construct that is open.
//!
//! Children of a construct lie on top of its kind's stack until it closes and drains them into a list of
//! exactly the right size. That costs one allocation a list, which is most of what a tree costs.

use std::collections::HashMap;
use std::ops::Range;

use super::Settings;
use super::callout::Marker;
use super::hidden::Hidden;
use super::image::ImageSyntax;
use super::ordinals::Ordinals;
use super::text_run::Run;
use crate::diagnostic::{Diagnostic, Fault};
use crate::model::body::{
    Alignment, Block, Body, Definition, FootnoteIndex, Inline, Link, LinkForm, LinkIndex, ListItem, MAX_DEPTH,
};
use crate::model::comment::{Comments, may_hold_marks};
use crate::source::{Source, Span, Text};

/// The tree as far as it is built.
pub struct Builder<'a> {
    pub(super) source: &'a Source,
    /// The text that the parser reads: the source from `parsed_from` on, byte for byte in the same places.
    parsed: &'a str,
    parsed_from: usize,
    pub(super) settings: Settings,
    pub(super) body: Body,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) comments: Comments,
    pub(super) run: Run,
    /// Whether the run goes on behind a line break, within a term's braces.
    pub(super) in_broken_term: bool,
    pub(super) frames: Vec<Frame>,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
    pub(super) items: Vec<ListItem>,
    pub(super) cells: Vec<Vec<Inline>>,
    pub(super) rows: Vec<Vec<Vec<Inline>>>,
    pub(super) definitions: Vec<Definition>,
    pub(super) footnotes: HashMap<Box<str>, FootnoteIndex>,
    pub(super) taken_out: Vec<TakenOut>,
    pub(super) hidden: Hidden,
    pub(super) depth: usize,
    pub(super) too_deep: bool,
}

/// An element in running text that is not published, and has not closed yet.
pub struct TakenOut {
    pub(super) name: Box<str>,
    /// The start of the block that contains it.
    pub(super) block: usize,
    /// The number of inlines before it.
    pub(super) inlines: usize,
}

/// A construct that is open.
pub struct Frame {
    pub(super) open: Open,
    pub(super) range: Range<usize>,
    /// The comment that it began in, if any.
    pub(super) comment: Option<u32>,
    pub(super) blocks: usize,
    pub(super) inlines: usize,
    /// Mark of the stack that is the construct's own: items, cells, rows, definitions.
    pub(super) own: usize,
}

/// The construct that a frame will become.
pub enum Open {
    /// `text_from` is where the text behind a callout's marker begins, for the paragraph that holds the marker.
    Paragraph {
        text_from: Option<usize>,
    },
    Heading {
        level: u8,
    },
    Quote {
        marker: Option<Marker>,
        title: Vec<Inline>,
    },
    Code {
        language: Option<Text>,
        text: Option<Text>,
        is_indented: bool,
    },
    List {
        start: Option<u64>,
        ordinals: Ordinals,
    },
    Item {
        task: Option<bool>,
    },
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Vec<Inline>>,
    },
    TableHead,
    TableRow,
    TableCell,
    DefinitionList,
    DefinitionTerm,
    DefinitionDescription,
    Footnote {
        label: Box<str>,
    },
    HtmlBlock {
        raw: String,
    },
    Emphasis,
    Strong,
    Strikethrough,
    /// `is_address` of one that is its own text.
    Link {
        form: LinkForm,
        target: Text,
        is_address: bool,
    },
    Image(ImageSyntax),
    Element {
        tag: Box<str>,
        attributes: Vec<(Box<str>, Box<str>)>,
        href: Option<Text>,
    },
    /// Lies too deep: its children become children of what holds it.
    Flattened,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a Source, parsed: &'a str, parsed_from: usize, settings: Settings) -> Self {
        Self {
            source,
            parsed,
            parsed_from,
            settings,
            body: Body::default(),
            diagnostics: Vec::new(),
            comments: Comments::default(),
            run: None,
            in_broken_term: false,
            frames: Vec::new(),
            blocks: Vec::new(),
            inlines: Vec::new(),
            items: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            definitions: Vec::new(),
            footnotes: HashMap::new(),
            taken_out: Vec::new(),
            hidden: Hidden::default(),
            depth: 0,
            too_deep: false,
        }
    }

    /// Notes a fault at a place in the source.
    pub(super) fn fault(&mut self, fault: Fault, range: Range<usize>) {
        self.diagnostics.push(Diagnostic::new(fault, &self.source.shown, range));
    }

    /// Opens a frame; containers that would lie too deep are flattened.
    pub(super) fn open(&mut self, open: Open, range: Range<usize>) {
        let parent_is_flat = matches!(self.frames.last(), Some(Frame { open: Open::Flattened, .. }));
        let flatten = match open {
            // A list and its items go together, hence room for two.
            Open::Quote { .. } | Open::List { .. } | Open::DefinitionList | Open::Footnote { .. } => {
                self.depth + 2 > MAX_DEPTH
            }
            Open::Emphasis | Open::Strong | Open::Strikethrough | Open::Link { .. } | Open::Element { .. } => {
                self.depth + 1 > MAX_DEPTH
            }
            Open::Item { .. } | Open::DefinitionTerm | Open::DefinitionDescription => parent_is_flat,
            _ => false,
        };
        if flatten && !self.too_deep {
            self.too_deep = true;
            self.fault(Fault::NestingTooDeep { limit: MAX_DEPTH }, range.start..range.start + 1);
        }
        let open = if flatten { Open::Flattened } else { open };
        self.depth += usize::from(open.is_container());
        let own = match open {
            Open::List { .. } => self.items.len(),
            Open::Table { .. } => self.rows.len(),
            Open::TableHead | Open::TableRow => self.cells.len(),
            Open::DefinitionList => self.definitions.len(),
            _ => 0,
        };
        let comment = self.comments.serial();
        let (blocks, inlines) = (self.blocks.len(), self.inlines.len());
        self.frames.push(Frame { open, range, comment, blocks, inlines, own });
    }

    /// Whether everything since `frame` opened lies in one comment.
    pub(super) fn is_hidden(&self, frame: &Frame) -> bool {
        frame.comment.is_some() && frame.comment == self.comments.serial()
    }

    /// Text of a tight list item waits on the inline stack; a block that follows makes it a block too.
    pub(super) fn flush_plain(&mut self) {
        let mark = match self.frames.last() {
            Some(Frame {
                open:
                    Open::Item { .. }
                    | Open::Flattened
                    | Open::DefinitionDescription
                    | Open::Quote { .. }
                    | Open::Footnote { .. },
                inlines,
                ..
            }) => *inlines,
            _ => return,
        };
        let mut content: Vec<Inline> = self.inlines.drain(mark..).collect();
        trim_breaks(&mut content);
        if let [Inline::Image(image)] = content.as_slice()
            && self.body.links[image.link as usize].form == LinkForm::Include
        {
            self.blocks.push(Block::Include(image.link));
            return;
        }
        self.note_markers(&content);
        for inline in &mut content {
            self.include_to_link(inline);
        }
        if !content.is_empty() {
            self.blocks.push(Block::Plain(content));
        }
    }

    /// Gives a link its number.
    pub(super) fn link(&mut self, form: LinkForm, target: Text, range: Range<usize>) -> LinkIndex {
        let written = target.get(&self.source.text);
        if may_hold_marks(written) {
            let written = written.to_owned();
            self.note_unhidden_value(&written, &range);
        }
        self.body.links.push(Link { form, target, span: Span::new(range) });
        self.body.links.len() as u32 - 1
    }

    /// Pushes a leaf unless a comment hides it.
    pub(super) fn push_leaf(&mut self, inline: Inline) {
        if self.comments.open().is_none() {
            if let Inline::Text(text) = &inline {
                self.hidden.look_at(text.get(&self.source.text));
            }
            self.inlines.push(inline);
        }
    }

    /// A piece of text from the parser: a span where it stands in the source as it is.
    pub(super) fn text(&self, text: &str) -> Text {
        let whole = self.parsed.as_ptr() as usize;
        match (text.as_ptr() as usize).checked_sub(whole) {
            Some(at) if at + text.len() <= self.parsed.len() => {
                let start = self.parsed_from + at;
                Text::Span(Span::new(start..start + text.len()))
            }
            _ => Text::Owned(text.into()),
        }
    }
}

impl Open {
    pub(super) fn is_container(&self) -> bool {
        matches!(
            self,
            Open::Quote { .. }
                | Open::List { .. }
                | Open::Item { .. }
                | Open::DefinitionList
                | Open::Footnote { .. }
                | Open::Emphasis
                | Open::Strong
                | Open::Strikethrough
                | Open::Link { .. }
                | Open::Element { .. }
        )
    }
}

/// Drops line breaks at both ends, which a hidden comment may leave behind.
pub(super) fn trim_breaks(content: &mut Vec<Inline>) {
    while matches!(content.last(), Some(Inline::SoftBreak | Inline::HardBreak)) {
        content.pop();
    }
    let leading = content.iter().take_while(|inline| matches!(inline, Inline::SoftBreak | Inline::HardBreak)).count();
    content.drain(..leading);
}

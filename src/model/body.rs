//! The body of an item as a tree: what Markdown becomes, and what HTML, print and search walk over.
//!
//! The tree never changes after parsing. Links, terms, headings and footnotes are numbered in order of
//! the text; what `resolve` finds out about number `n` stands at index `n` of a list beside the tree.

use crate::source::{Span, Text};

/// Containers may be nested this deep; `parse` flattens what lies deeper. Every walk relies on it.
pub const MAX_DEPTH: usize = 64;

/// A parsed body with its side tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The tree.
    pub blocks: Vec<Block>,
    /// Links, images and includes, by [`LinkIndex`].
    pub links: Vec<Link>,
    /// Terms, by [`TermIndex`].
    pub terms: Vec<TermUse>,
    /// Footnotes in order of definition, by [`FootnoteIndex`].
    pub footnotes: Vec<Footnote>,
    /// The number of headings; they are numbered from 0.
    pub headings: u32,
    /// The number of WRITE fields; they are numbered from 0.
    pub writes: u32,
    /// Whether the tree holds anything that only facilitators may see.
    pub has_facilitator: bool,
}

/// Number of a link in [`Body::links`].
pub type LinkIndex = u32;
/// Number of a term in [`Body::terms`].
pub type TermIndex = u32;
/// Number of a footnote in [`Body::footnotes`].
pub type FootnoteIndex = u32;

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Box<Heading>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Text of a tight list item or table-less cell: a paragraph without the spacing.
    Plain(Vec<Inline>),
    /// An image alone in a paragraph.
    Figure(Box<Image>),
    /// A list.
    List(Box<List>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A callout.
    Callout(Box<Callout>),
    /// Code, fenced or indented.
    Code(Box<Code>),
    /// A table.
    Table(Box<Table>),
    /// A thematic break.
    Rule,
    /// Terms with their descriptions.
    Definitions(Vec<Definition>),
    /// `![[item]]` alone in a paragraph: another item's body, or a section of it.
    Include(LinkIndex),
    /// A block of sanitised raw HTML.
    Html(Vec<Inline>),
}

/// Text within a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(Text),
    /// A line break in the source that means a space.
    SoftBreak,
    /// A line break that is meant.
    HardBreak,
    /// Code.
    Code(Text),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck text.
    Strikethrough(Vec<Inline>),
    /// A link.
    Link(LinkIndex, Vec<Inline>),
    /// An image in running text.
    Image(Box<Image>),
    /// A term in braces.
    Term(TermIndex),
    /// A mark that leads to a footnote.
    FootnoteReference(FootnoteIndex),
    /// A sanitised raw HTML element.
    Element(Box<Element>),
}

/// A heading as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Number in order of the text.
    pub index: u32,
    /// Level as written, 1 to 6.
    pub level: u8,
    /// `#id` of its attributes.
    pub id: Option<Text>,
    /// `.class`es of its attributes.
    pub classes: Vec<Text>,
    /// `minutes=` of its attributes: the heading is a step of an exercise.
    pub minutes: Option<u32>,
    /// The text.
    pub content: Vec<Inline>,
    /// The whole heading in the source.
    pub span: Span,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Number of the first item; `None` for a bulleted list.
    pub start: Option<u64>,
    /// Its items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// For a task list: whether it is ticked.
    pub task: Option<bool>,
    /// The content.
    pub blocks: Vec<Block>,
}

/// The purpose of a callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CalloutKind {
    /// A remark.
    Note,
    /// A piece of advice.
    Tip,
    /// Not to be missed.
    Important,
    /// May go wrong.
    Warning,
    /// May do harm.
    Caution,
    /// To reflect on.
    Question,
    /// A star moment: contact that succeeded.
    Star,
    /// A vampire moment: contact that drained.
    Vampire,
    /// For facilitators only.
    Facilitator,
    /// An answer, for facilitators only.
    Answer,
    /// Lines to write on.
    Write {
        /// Number of the field on its page, from 0.
        index: u32,
        /// Lines on paper and on screen.
        lines: u8,
    },
}

impl CalloutKind {
    /// The name in class names and in the theme's words (`callout_star`).
    pub fn name(self) -> &'static str {
        match self {
            CalloutKind::Note => "note",
            CalloutKind::Tip => "tip",
            CalloutKind::Important => "important",
            CalloutKind::Warning => "warning",
            CalloutKind::Caution => "caution",
            CalloutKind::Question => "question",
            CalloutKind::Star => "star",
            CalloutKind::Vampire => "vampire",
            CalloutKind::Facilitator => "facilitator",
            CalloutKind::Answer => "answer",
            CalloutKind::Write { .. } => "write",
        }
    }

    /// Returns the type in the marker of a callout that hides its text; that of a note for all others.
    pub fn marker(self) -> &'static str {
        match self {
            CalloutKind::Facilitator => "FACILITATOR",
            CalloutKind::Answer => "ANSWER",
            _ => "NOTE",
        }
    }

    /// Whether only facilitators may see it.
    pub fn is_for_facilitators(self) -> bool {
        matches!(self, CalloutKind::Facilitator | CalloutKind::Answer)
    }
}

/// A callout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callout {
    /// The purpose.
    pub kind: CalloutKind,
    /// Whether it is shown folded.
    pub folded: bool,
    /// Its own title; the kind's word where empty. The label of a WRITE field.
    pub title: Vec<Inline>,
    /// The content.
    pub blocks: Vec<Block>,
    /// The whole callout in the source.
    pub span: Span,
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// First word of the info string.
    pub language: Option<Text>,
    /// The code.
    pub text: Text,
}

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// As the language has it.
    None,
    /// To the left.
    Left,
    /// Centred.
    Center,
    /// To the right.
    Right,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Alignments, one a column.
    pub alignments: Vec<Alignment>,
    /// Cells of the head.
    pub head: Vec<Vec<Inline>>,
    /// Rows of cells.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A term of a definition list with its descriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The term that is described.
    pub term: Vec<Inline>,
    /// Descriptions.
    pub descriptions: Vec<Vec<Block>>,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Its link.
    pub link: LinkIndex,
    /// Alternative text.
    pub alt: Vec<Inline>,
    /// Its title: the caption of a figure.
    pub caption: Vec<Inline>,
    /// Width in CSS pixels (`![[plan.svg|300]]`).
    pub width: Option<u32>,
}

/// A raw HTML element after sanitising.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Tag name in lower case.
    pub tag: Box<str>,
    /// Attributes beside `href` and `src`, which are links.
    pub attributes: Vec<(Box<str>, Box<str>)>,
    /// Its `href`.
    pub link: Option<LinkIndex>,
    /// The content.
    pub children: Vec<Inline>,
}

/// The notation of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkForm {
    /// `[text](target)` or raw HTML `<a href>`.
    Markdown,
    /// `[[target]]`.
    Wiki,
    /// `![alt](target)` or raw HTML `<img src>`.
    Image,
    /// `![[image.svg]]`.
    WikiImage,
    /// `![[item]]`.
    Include,
}

/// A link as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The notation.
    pub form: LinkForm,
    /// Target with its fragment, percent-decoding not yet done.
    pub target: Text,
    /// The whole link in the source.
    pub span: Span,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// Label as written.
    pub label: Box<str>,
    /// The content; empty if the footnote is referred to but not defined.
    pub blocks: Vec<Block>,
    /// Whether it is defined in text that only facilitators see.
    pub for_facilitators: bool,
}

/// A term in braces, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermUse {
    /// The text between the braces, without the backslash that a `|` needs in a table.
    pub inner: Text,
    /// The whole, braces included.
    pub span: Span,
}

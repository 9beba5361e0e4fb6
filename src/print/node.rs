//! The nodes of a printed body: what the theme's `print/*.typ` find in `body` and `c`, in the JSON of the contract.
//!
//! Text is always a JSON string, never markup: a template sets it as text, and nothing in it has to be escaped.

use serde::Serialize;

/// A block of text; its kind is the field `t`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading {
        /// How deep it stands below the title of its item, from 1, without a level left out.
        level: usize,
        /// Name of the place, for links; unique in the document.
        anchor: Option<String>,
        /// Minutes of a step.
        minutes: Option<u32>,
        /// Whether it belongs in contents and bookmarks: not from within a list, a quotation or a callout.
        outlined: bool,
        /// What it says.
        c: Vec<Inline>,
    },
    /// A paragraph.
    Par {
        /// Its text.
        c: Vec<Inline>,
    },
    /// A paragraph without space around it: in a tight list or a cell.
    Plain {
        /// Its text.
        c: Vec<Inline>,
    },
    /// An image on its own.
    Figure {
        /// The image.
        image: Image,
        /// What stands under it.
        caption: Vec<Inline>,
    },
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// Number of the first item.
        start: u64,
        /// The number of levels by which it is deeper than the list that it follows, if no more can be nested; else 0.
        indent: usize,
        /// Its items.
        items: Vec<ListItem>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        c: Vec<Block>,
    },
    /// A callout, lines to write on apart.
    Callout {
        /// `note`, `tip`, `star`, `facilitator` and so on.
        kind: &'static str,
        /// Its title: the kind's word where the author gave none.
        title: Vec<Inline>,
        /// What it holds.
        c: Vec<Block>,
    },
    /// Lines to write on.
    Write {
        /// What is to be written.
        label: Vec<Inline>,
        /// How many lines.
        lines: u8,
        /// Text between label and lines.
        c: Vec<Block>,
    },
    /// Code.
    Code {
        /// Its language, if the author named one.
        lang: Option<String>,
        /// The code.
        text: String,
    },
    /// A table.
    Table {
        /// Its columns.
        columns: Vec<Column>,
        /// The head's cells; none where there is no head.
        head: Vec<Vec<Inline>>,
        /// Rows of as many cells as there are columns.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A break in the text.
    Rule,
    /// Words with their descriptions.
    Definitions {
        /// One a word.
        items: Vec<Definition>,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListItem {
    /// For a task: whether it is done.
    pub task: Option<bool>,
    /// What it holds.
    pub c: Vec<Block>,
}

/// A word with its descriptions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Definition {
    /// The word.
    pub term: Vec<Inline>,
    /// What it means.
    pub c: Vec<Block>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// `left`, `center` or `right`; nothing where the author has no wish.
    pub align: Option<&'static str>,
    /// The longest text of a cell: what the column would be wide enough for, if it could.
    pub longest: String,
    /// The longest word: what it must be wide enough for.
    pub word: String,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Image {
    /// Its virtual file; nothing where it cannot be printed, and the text stands in its stead.
    pub src: Option<String>,
    /// What it shows; never empty.
    pub alt: String,
    /// Width that the author asked for, in points.
    pub width: Option<f64>,
}

/// Text within a block: a string, or an object whose kind is the field `t`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Inline {
    /// A line break that is meant.
    Break,
    /// Code.
    Code {
        /// The code.
        text: String,
    },
    /// Emphasis.
    Em {
        /// Its text.
        c: Vec<Inline>,
    },
    /// Strong emphasis.
    Strong {
        /// Its text.
        c: Vec<Inline>,
    },
    /// Struck text.
    Strike {
        /// Its text.
        c: Vec<Inline>,
    },
    /// An element of raw HTML that is more than its text: `sub`, `sup`, `mark`, `kbd`, `small` and so on.
    Element {
        /// The element's name.
        tag: String,
        /// Its text.
        c: Vec<Inline>,
    },
    /// A link. Without `to` and `href` it is only its text: it leads to what is not in the document.
    Link {
        /// A place of the same document.
        to: Option<String>,
        /// An address elsewhere.
        href: Option<String>,
        /// Its text.
        c: Vec<Inline>,
    },
    /// An image in running text.
    Image(Image),
    /// A footnote, where it is first referred to.
    Note {
        /// Its name, for later references.
        note: String,
        /// What it says.
        c: Vec<Block>,
    },
    /// A later reference to a footnote of the same name.
    NoteRef {
        /// Its name.
        note: String,
    },
    /// A mention of a concept begins here.
    Mention {
        /// The concept's anchor.
        concept: String,
    },
    /// Plain text.
    #[serde(untagged)]
    Text(String),
}

impl Inline {
    /// Adds the text of `inlines`, without any markup, to `out`.
    pub fn push_text(inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code { text } => out.push_str(text),
                Inline::Break => out.push(' '),
                Inline::Em { c }
                | Inline::Strong { c }
                | Inline::Strike { c }
                | Inline::Element { c, .. }
                | Inline::Link { c, .. } => Self::push_text(c, out),
                Inline::Image(_) | Inline::Note { .. } | Inline::NoteRef { .. } | Inline::Mention { .. } => {}
            }
        }
    }
}

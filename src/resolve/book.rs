//! The book: every published item with all that it refers to found, ready to be shown.
//!
//! Plain data. What hangs together in two ways (an exercise names a principle, the principle's page lists the
//! exercise) is stored once where it was written, and the other way in [`Relations`].

use std::sync::Arc;

use crate::fingerprint::Fingerprint;
use crate::model::Kind;
use crate::model::body::{Block, Body, FootnoteIndex};
use crate::model::front_matter::Details;
use crate::model::handbook::Handbook;
use crate::model::walk::visit;
use crate::parse::Document;
use crate::resolve::plain::PlainText;

/// For whom an edition is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Audience {
    /// What participants may see.
    #[default]
    Participant,
    /// Everything.
    Facilitator,
}

impl Audience {
    /// The name on the command line and in templates.
    pub fn name(self) -> &'static str {
        match self {
            Audience::Participant => "participant",
            Audience::Facilitator => "facilitator",
        }
    }
}

/// Number of an item in [`Book::items`].
pub type ItemIndex = usize;

/// A resolved handbook for one audience.
#[derive(Debug, Clone)]
pub struct Book {
    /// Its settings, terms filled in the texts that readers see.
    pub handbook: Handbook,
    /// For whom it is.
    pub audience: Audience,
    /// Items in reading order: pages at the root, then section by section.
    pub items: Vec<Item>,
    /// What the other items say of each, by [`ItemIndex`].
    pub relations: Vec<Relations>,
    /// Sections in reading order.
    pub sections: Vec<Section>,
    /// The front page's text, `index.md`.
    pub front: Option<ItemIndex>,
    /// Old addresses and the item that each leads to.
    pub redirects: Vec<(Arc<str>, ItemIndex)>,
    /// Paths of the files that shown pages refer to, sorted.
    pub assets: Vec<Arc<str>>,
    /// Concepts by title, in the order of the language's alphabet.
    pub concepts: Vec<ItemIndex>,
}

/// A section with its items.
#[derive(Debug, Clone)]
pub struct Section {
    /// Title, terms filled.
    pub title: String,
    /// Kind of its items.
    pub kind: Kind,
    /// Folder in addresses.
    pub slug: String,
    /// The section's own text, `folder/index.md`.
    pub index: Option<ItemIndex>,
    /// Its items in reading order, without the index.
    pub items: Vec<ItemIndex>,
    /// How many of them have a number: all but the texts of folders.
    pub count: usize,
    /// Its folders with their items; one group without a title where there are none.
    pub groups: Vec<Group>,
}

impl Section {
    /// Address of the section's page.
    pub fn address(&self) -> String {
        format!("{}/index.html", self.slug)
    }
}

/// A folder inside a section.
#[derive(Debug, Clone)]
pub struct Group {
    /// Title of its `index.md`, or its folder's name.
    pub title: Option<String>,
    /// Its items in reading order.
    pub items: Vec<ItemIndex>,
}

/// A published item.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id: `folder/stem`.
    pub id: Arc<str>,
    /// Path of its page inside the edition.
    pub address: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Its section.
    pub section: Option<usize>,
    /// Its number among the items of its section, from 1; 0 for the text of a section or a folder.
    pub number: usize,
    /// Title, terms filled.
    pub title: String,
    /// Summary, terms filled.
    pub summary: Option<String>,
    /// Tags, terms filled.
    pub tags: Vec<String>,
    /// Other names, terms filled.
    pub aliases: Vec<String>,
    /// Note on what is new, terms filled.
    pub changes: Option<String>,
    /// Only in the facilitators' edition.
    pub facilitator: bool,
    /// Keys of its kind: texts with terms filled, references found.
    pub details: Details<Reference>,
    /// Its body.
    pub body: ResolvedBody,
    /// The file that it was parsed from.
    pub document: Arc<Document>,
}

/// A reference that was found: an item, or a heading in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The item.
    pub item: ItemIndex,
    /// The heading's id and text.
    pub heading: Option<(Box<str>, Box<str>)>,
}

/// What resolving found out about a body, beside the tree.
#[derive(Debug, Clone, Default)]
pub struct ResolvedBody {
    /// The tree without what this audience may not see; the document's own tree where nothing is cut.
    pub cut: Option<Vec<Block>>,
    /// The footnotes without it, by footnote index; the document's own where nothing is cut.
    pub cut_footnotes: Option<Vec<Vec<Block>>>,
    /// Texts of the terms, by term index.
    pub terms: Vec<Box<str>>,
    /// Headings, by heading index; hidden ones have no id.
    pub headings: Vec<HeadingInfo>,
    /// Where links lead, by link index.
    pub targets: Vec<Target>,
    /// Places in the source where concepts are mentioned, in order.
    pub mentions: Vec<Mention>,
    /// Whether this audience sees a WRITE field in it.
    pub has_write: bool,
    /// Stands for everything that shows in the body, included bodies apart.
    pub fingerprint: Option<Fingerprint>,
}

impl ResolvedBody {
    /// The tree that the audience sees; `parsed` is the body that this one was resolved from.
    pub fn blocks<'a>(&'a self, parsed: &'a Body) -> &'a [Block] {
        self.cut.as_deref().unwrap_or(&parsed.blocks)
    }

    /// The footnote of this index as the audience sees it.
    pub fn footnote<'a>(&'a self, parsed: &'a Body, index: FootnoteIndex) -> &'a [Block] {
        let at = index as usize;
        self.cut_footnotes.as_ref().map_or(&parsed.footnotes[at].blocks, |notes| &notes[at])
    }
}

impl Item {
    /// The tree that this audience sees.
    pub fn blocks(&self) -> &[Block] {
        self.body.blocks(&self.document.body)
    }

    /// What it takes to read its inlines as plain text, terms filled in.
    pub fn plain(&self) -> PlainText<'_> {
        PlainText { source: &self.document.source.text, terms: &self.body.terms, body: &self.document.body }
    }

    /// The footnote of this index as this audience sees it.
    pub fn footnote(&self, index: FootnoteIndex) -> &[Block] {
        self.body.footnote(&self.document.body, index)
    }

    /// The blocks from the heading of index `heading` up to the next heading of its level or above.
    pub fn section(&self, heading: u32) -> &[Block] {
        let blocks = self.blocks();
        let level_of = |block: &Block| match block {
            Block::Heading(heading) => Some((heading.index, heading.level)),
            _ => None,
        };
        let is_it = |block: &Block| level_of(block).is_some_and(|(index, _)| index == heading);
        let Some(start) = blocks.iter().position(is_it) else { return &[] };
        let level = level_of(&blocks[start]).map_or(6, |(_, level)| level);
        let rest = &blocks[start + 1..];
        let length = rest.iter().position(|block| level_of(block).is_some_and(|(_, next)| next <= level));
        &blocks[start..start + 1 + length.unwrap_or(rest.len())]
    }

    /// Returns whether the heading with this id stands in `blocks`, which are some of the item's own.
    pub fn has_heading_in(&self, id: &str, blocks: &[Block]) -> bool {
        let mut found = false;
        let mut see = |block: &Block| {
            if let Block::Heading(heading) = block {
                found |= *self.body.headings[heading.index as usize].id == *id;
            }
        };
        visit(blocks, &mut see, &mut |_| {});
        found
    }
}

/// A heading with its text resolved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct HeadingInfo {
    /// The id written into the page; empty for the page's title, and for a heading that this audience does not see.
    pub id: Box<str>,
    /// Slug of the heading as it stands in the source.
    pub source_slug: Option<Box<str>>,
    /// Plain text.
    pub text: Box<str>,
    /// Level on the page: 2 to 6, or 1 for its title.
    pub level: u8,
    /// Minutes of a step.
    pub minutes: Option<u32>,
    /// Whether it stands at the top level of the body, not in a callout or quotation.
    pub top: bool,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// An item's page, or a heading on it.
    Item {
        /// The item.
        item: ItemIndex,
        /// Id of the heading.
        fragment: Option<Box<str>>,
    },
    /// A section's page.
    Section(usize),
    /// A heading on the same page.
    Fragment(Box<str>),
    /// A file of the handbook.
    Asset {
        /// Its path inside the layer.
        path: Arc<str>,
        /// What stood behind its `#`.
        fragment: Option<Box<str>>,
    },
    /// Somewhere else.
    External(Box<str>),
    /// Another item's body, or the section of it that begins with the heading of this index.
    Include {
        /// The item.
        item: ItemIndex,
        /// Index of the heading.
        heading: Option<u32>,
    },
    /// Nowhere that this audience may go: shown as its text.
    Text,
    /// Broken: shown as its text, marked.
    Broken,
}

/// A mention of a concept in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mention {
    /// First byte in the source.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The concept.
    pub concept: ItemIndex,
}

/// What other items say of an item, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Relations {
    /// Exercises that practise this principle.
    pub exercises: Vec<ItemIndex>,
    /// Chapters that show this principle.
    pub places: Vec<ItemIndex>,
    /// Conclusions that name this principle, or that this item carries.
    pub conclusions: Vec<ItemIndex>,
    /// Theme days whose agenda holds this exercise, with the minute of the day it starts at.
    pub workshops: Vec<(ItemIndex, u32)>,
    /// Principles that rest on this concept.
    pub principles: Vec<ItemIndex>,
    /// Items that mention this concept.
    pub uses: Vec<ItemIndex>,
}

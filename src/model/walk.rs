//! Walks over a body tree: every block and every run of inlines, in order of the text.

use super::body::{Block, Inline};

/// Calls `see` for every block of a tree and `hear` for every list of inlines, in order of the text.
pub fn visit<'a>(blocks: &'a [Block], see: &mut impl FnMut(&'a Block), hear: &mut impl FnMut(&'a [Inline])) {
    for block in blocks {
        see(block);
        match block {
            Block::Heading(heading) => hear(&heading.content),
            Block::Paragraph(content) | Block::Plain(content) | Block::Html(content) => hear(content),
            Block::Callout(callout) => {
                hear(&callout.title);
                visit(&callout.blocks, see, hear);
            }
            Block::Quote(blocks) => visit(blocks, see, hear),
            Block::List(list) => list.items.iter().for_each(|item| visit(&item.blocks, see, hear)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    hear(&definition.term);
                    definition.descriptions.iter().for_each(|blocks| visit(blocks, see, hear));
                }
            }
            Block::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| hear(cell));
            }
            Block::Figure(image) => hear(&image.alt),
            Block::Code(_) | Block::Rule | Block::Include(_) => {}
        }
    }
}

/// Calls `see` for every inline node, parents before children.
pub fn visit_inlines<'a>(inlines: &'a [Inline], see: &mut impl FnMut(&'a Inline)) {
    for inline in inlines {
        see(inline);
        match inline {
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strikethrough(content)
            | Inline::Link(_, content) => visit_inlines(content, see),
            Inline::Image(image) => visit_inlines(&image.alt, see),
            Inline::Element(element) => visit_inlines(&element.children, see),
            Inline::Text(_)
            | Inline::SoftBreak
            | Inline::HardBreak
            | Inline::Code(_)
            | Inline::Term(_)
            | Inline::FootnoteReference(_) => {}
        }
    }
}

//! Cuts what only facilitators may see out of a tree, before anything is derived from it.

use crate::model::body::{Block, Footnote, ListItem};

/// The blocks without callouts for facilitators, however deep they lie.
pub fn cut(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().filter_map(cut_block).collect()
}

/// Returns the blocks of a footnote without those that only facilitators may see; none if it is defined in such text.
pub fn cut_footnote(note: &Footnote) -> Vec<Block> {
    if note.for_facilitators { Vec::new() } else { cut(&note.blocks) }
}

fn cut_block(block: &Block) -> Option<Block> {
    Some(match block {
        Block::Callout(callout) if callout.kind.is_for_facilitators() => return None,
        Block::Callout(callout) => {
            let mut callout = callout.clone();
            callout.blocks = cut(&callout.blocks);
            Block::Callout(callout)
        }
        Block::Quote(blocks) => Block::Quote(cut(blocks)),
        Block::List(list) => {
            let mut list = list.clone();
            let cut_item = |item: &ListItem| ListItem { task: item.task, blocks: cut(&item.blocks) };
            list.items = list.items.iter().map(cut_item).collect();
            Block::List(list)
        }
        Block::Definitions(definitions) => {
            let mut definitions = definitions.clone();
            for definition in &mut definitions {
                for description in &mut definition.descriptions {
                    *description = cut(description);
                }
            }
            Block::Definitions(definitions)
        }
        other => other.clone(),
    })
}

//! A body to the links in it that its audience sees, and all bodies to the files that they show.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::book::{Item, ResolvedBody, Target};
use crate::model::body::{Block, Inline, LinkIndex};
use crate::model::walk::{visit, visit_inlines};
use crate::parse::Document;

/// Every link of the tree that the audience of `body` sees, footnotes that it refers to included, in no order.
pub fn visible_links(document: &Document, body: &ResolvedBody) -> Vec<LinkIndex> {
    let mut links = Vec::new();
    let mut is_seen = vec![false; document.body.footnotes.len()];
    let mut waiting: Vec<&[Block]> = vec![body.blocks(&document.body)];
    while let Some(blocks) = waiting.pop() {
        let mut runs = Vec::new();
        visit(
            blocks,
            &mut |block| match block {
                Block::Figure(image) => links.push(image.link),
                Block::Include(link) => links.push(*link),
                _ => {}
            },
            &mut |run| runs.push(run),
        );
        for run in runs {
            visit_inlines(run, &mut |inline| match inline {
                Inline::Link(link, _) => links.push(*link),
                Inline::Image(image) => links.push(image.link),
                Inline::Element(element) => links.extend(element.link),
                Inline::FootnoteReference(note) if !std::mem::replace(&mut is_seen[*note as usize], true) => {
                    waiting.push(body.footnote(&document.body, *note));
                }
                _ => {}
            });
        }
    }
    links
}

/// Files that the trees which are shown refer to, sorted.
pub fn used_assets(items: &[Item]) -> Vec<Arc<str>> {
    let mut assets = BTreeSet::new();
    for item in items {
        let asset = |target: &Target| match target {
            Target::Asset { path, .. } => Some(Arc::clone(path)),
            _ => None,
        };
        if item.body.targets.iter().any(|target| asset(target).is_some()) {
            let links = visible_links(&item.document, &item.body);
            assets.extend(links.into_iter().filter_map(|link| asset(&item.body.targets[link as usize])));
        }
    }
    assets.into_iter().collect()
}

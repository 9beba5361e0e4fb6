//! Includes to HTML: another item's body, or a section of it, with levels moved down and ids prefixed.

use std::sync::Arc;

use super::{Scope, Writer};
use crate::model::body::{Block, LinkIndex};
use crate::model::walk::visit;
use crate::resolve::book::{Item, Target};

impl<'a> Writer<'a> {
    pub(super) fn include(&mut self, link: LinkIndex, scope: &Scope<'a>) {
        let Target::Include { item, heading } = &scope.item.body.targets[link as usize] else {
            let text = scope.item.document.body.links[link as usize].target.get(scope.source);
            if scope.item.body.targets[link as usize] == Target::Broken {
                self.out.push_str("<p>");
                self.broken(text);
                self.out.push_str("</p>\n");
            }
            return;
        };
        let included = &self.surroundings.book.items[*item];
        let blocks = match heading {
            None => included.blocks(),
            Some(heading) => included.section(*heading),
        };
        let outer = self.level;
        let highest = highest_level(blocks, included);
        let mut inner = Scope::whole(included, *item);
        inner.shift = (outer as i8) + 1 - (highest as i8);
        inner.prefix = self.fresh_prefix(&scope.prefix, &included.id);
        inner.section = heading.map(|_| blocks);
        self.out.push_str("<div class=\"include\">\n");
        self.blocks(blocks, &inner);
        self.out.push_str("</div>\n");
        self.level = outer;
    }

    pub(super) fn fresh_prefix(&mut self, outer: &str, id: &str) -> Arc<str> {
        // No slug holds two dashes, so that no heading of the page itself can have the same id.
        let last = id.rsplit('/').next().unwrap_or(id);
        let base = format!("{outer}{last}");
        let mut prefix = format!("{base}--");
        while self.prefixes.contains_key(&prefix) {
            let count = self.prefixes.entry(base.clone()).or_insert(1);
            *count += 1;
            prefix = format!("{base}-{count}--");
        }
        self.prefixes.insert(prefix.clone(), 0);
        prefix.into()
    }
}

fn highest_level(blocks: &[Block], item: &Item) -> u8 {
    let mut highest = 6;
    let mut see = |block: &Block| {
        if let Block::Heading(heading) = block {
            highest = highest.min(item.body.headings[heading.index as usize].level);
        }
    };
    visit(blocks, &mut see, &mut |_| {});
    highest
}

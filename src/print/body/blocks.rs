//! Blocks to nodes: headings with their levels, lists, callouts, includes.

use super::{DEEPEST, Scope, Walk};
use crate::model::body::{Block as Parsed, Callout, CalloutKind, Heading, LinkIndex, List};
use crate::model::walk::visit;
use crate::print::finish::LONGEST_NAME;
use crate::print::node::{Block, Definition, Inline, ListItem};
use crate::resolve::book::{Item, Target};

/// No level of heading: below the title, above all.
const TOP: u8 = 1;

impl<'a> Walk<'a> {
    pub(super) fn block(&mut self, block: &'a Parsed, scope: &Scope<'a>, out: &mut Vec<Block>) {
        if self.inside >= DEEPEST {
            return self.deep_block(block, scope, out);
        }
        self.shallow_block(block, scope, out);
    }

    /// What a container holds, in its stead.
    fn deep_block(&mut self, block: &'a Parsed, scope: &Scope<'a>, out: &mut Vec<Block>) {
        match block {
            Parsed::Quote(blocks) => out.extend(self.inner(blocks, scope)),
            Parsed::List(list) => {
                for (at, item) in list.items.iter().enumerate() {
                    let c = self.inner(&item.blocks, scope);
                    let number = list.start.map(|start| start.saturating_add(at as u64));
                    self.deep_item(ListItem { task: item.task, c }, number, out);
                }
            }
            Parsed::Callout(callout) => match self.callout(callout, scope) {
                Some(Block::Callout { title, c, .. }) => {
                    out.push(Block::Par { c: vec![Inline::Strong { c: title }] });
                    out.extend(c);
                }
                other => out.extend(other),
            },
            Parsed::Definitions(definitions) => {
                for definition in definitions {
                    let term = self.inlines(&definition.term, scope);
                    out.push(Block::Par { c: vec![Inline::Strong { c: term }] });
                    definition.descriptions.iter().for_each(|blocks| out.extend(self.inner(blocks, scope)));
                }
            }
            _ => self.shallow_block(block, scope, out),
        }
    }

    /// An item of a list that is too deep to be nested: it stands behind the one that it is in, and so do lists in it.
    pub(super) fn deep_item(&self, mut item: ListItem, number: Option<u64>, out: &mut Vec<Block>) {
        let own = item.c.iter().position(|block| matches!(block, Block::List { .. })).unwrap_or(item.c.len());
        let rest = item.c.split_off(own);
        let level = self.inside - DEEPEST + 1;
        match out.last_mut() {
            Some(Block::List { ordered, indent, items, .. }) if *ordered == number.is_some() && *indent == level => {
                items.push(item);
            }
            _ => {
                let (ordered, start) = (number.is_some(), number.unwrap_or(1));
                out.push(Block::List { ordered, start, indent: level, items: vec![item] });
            }
        }
        out.extend(rest);
    }

    fn shallow_block(&mut self, block: &'a Parsed, scope: &Scope<'a>, out: &mut Vec<Block>) {
        match block {
            Parsed::Heading(heading) => self.heading(heading, scope, out),
            Parsed::Paragraph(content) => {
                let c = self.inlines(content, scope);
                out.push(Block::Par { c });
            }
            Parsed::Plain(content) => {
                let c = self.inlines(content, scope);
                out.push(Block::Plain { c });
            }
            Parsed::Figure(image) => {
                let caption = self.inlines(&image.caption, scope);
                let image = self.image(image, scope);
                out.push(Block::Figure { image, caption });
            }
            Parsed::List(list) => out.push(self.list(list, scope)),
            Parsed::Quote(blocks) => {
                let c = self.inner(blocks, scope);
                out.push(Block::Quote { c });
            }
            Parsed::Callout(callout) => out.extend(self.callout(callout, scope)),
            Parsed::Code(code) => out.push(Block::Code {
                lang: code.language.as_ref().map(|language| scope.text(language).to_owned()),
                text: scope.text(&code.text).trim_end_matches('\n').to_owned(),
            }),
            Parsed::Table(table) => out.push(self.table(table, scope)),
            Parsed::Rule => out.push(Block::Rule),
            Parsed::Definitions(definitions) => {
                let items = definitions.iter().map(|definition| Definition {
                    term: self.inlines(&definition.term, scope),
                    c: definition.descriptions.iter().flat_map(|blocks| self.inner(blocks, scope)).collect(),
                });
                let items = items.collect();
                out.push(Block::Definitions { items });
            }
            Parsed::Include(link) => self.include(*link, scope, out),
            Parsed::Html(content) => self.html(content, scope, out),
        }
    }

    /// A heading. One without a word of its own has those of its image; without that either it is none, since readers of a
    /// PDF find their way by headings. What it says at length stands below it.
    fn heading(&mut self, heading: &'a Heading, scope: &Scope<'a>, out: &mut Vec<Block>) {
        let c = self.inlines(&heading.content, scope);
        let mut text = String::new();
        Inline::push_text(&c, &mut text);
        let is_long = text.chars().count() > LONGEST_NAME;
        let (title, rest) = match (text.trim().is_empty(), alt_of(&c)) {
            (false, _) if is_long => {
                let start = text.chars().take(LONGEST_NAME / 20).chain(['…']).collect();
                (Some(vec![Inline::Text(start)]), c)
            }
            (false, _) => (Some(c), Vec::new()),
            (true, Some(alt)) => (Some(vec![Inline::Text(alt)]), c),
            (true, None) => (None, c),
        };
        out.extend(title.map(|title| self.heading_of(heading, scope, title)));
        if !rest.is_empty() {
            out.push(Block::Par { c: rest });
        }
    }

    fn heading_of(&mut self, heading: &Heading, scope: &Scope<'a>, c: Vec<Inline>) -> Block {
        let info = &scope.item.body.headings[heading.index as usize];
        let written = scope.base.saturating_add(info.level.max(TOP + 1));
        self.levels.retain(|level| *level < written);
        self.levels.push(written);
        let page = &self.surroundings.book.items[self.page].id;
        Block::Heading {
            level: self.levels.len(),
            anchor: (!info.id.is_empty()).then(|| format!("{page}#{}{}", scope.prefix, info.id)),
            minutes: heading.minutes,
            outlined: self.inside == 0,
            c,
        }
    }

    fn list(&mut self, list: &'a List, scope: &Scope<'a>) -> Block {
        let items =
            list.items.iter().map(|item| ListItem { task: item.task, c: self.inner(&item.blocks, scope) }).collect();
        Block::List { ordered: list.start.is_some(), start: list.start.unwrap_or(1), indent: 0, items }
    }

    fn callout(&mut self, callout: &'a Callout, scope: &Scope<'a>) -> Option<Block> {
        if self.surroundings.for_participants && callout.kind.is_for_facilitators() {
            return None;
        }
        let title = if callout.title.is_empty() {
            let word = format!("callout_{}", callout.kind.name());
            vec![Inline::Text(self.surroundings.words.get(&word).to_owned())]
        } else {
            self.inlines(&callout.title, scope)
        };
        let c = self.inner(&callout.blocks, scope);
        Some(match callout.kind {
            CalloutKind::Write { lines, .. } => Block::Write { label: title, lines, c },
            kind => Block::Callout { kind: kind.name(), title, c },
        })
    }

    /// The blocks of another item, or of a section of it, in the place of the include, one level below its heading.
    fn include(&mut self, link: LinkIndex, scope: &Scope<'a>, out: &mut Vec<Block>) {
        let Target::Include { item, heading } = &scope.item.body.targets[link as usize] else { return };
        let included = &self.surroundings.book.items[*item];
        if self.surroundings.for_participants && included.facilitator {
            return;
        }
        let blocks = match heading {
            None => included.blocks(),
            Some(heading) => included.section(*heading),
        };
        self.includes += 1;
        let mut inner = Scope::whole(included, *item);
        inner.prefix = format!("{}-{}-", self.includes, included.id.replace('/', "-"));
        inner.section = heading.map(|_| blocks);
        let outer = self.levels.clone();
        inner.base = self.levels.last().copied().unwrap_or(TOP);
        for block in blocks {
            self.block(block, &inner, out);
        }
        self.levels = outer;
    }
}

/// Returns the alternative text of the first image in a text.
fn alt_of(inlines: &[Inline]) -> Option<String> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Image(image) => Some(image.alt.clone()),
        Inline::Em { c } | Inline::Strong { c } | Inline::Link { c, .. } | Inline::Element { c, .. } => alt_of(c),
        _ => None,
    })
}

/// Whether `item` holds anything to write on, or tasks to tick: whether names on it make sense.
pub fn asks_for_writing(item: &Item) -> bool {
    let mut found = item.body.has_write;
    let mut see = |block: &Parsed| {
        if let Parsed::List(list) = block {
            found |= list.items.iter().any(|item| item.task.is_some());
        }
    };
    visit(item.blocks(), &mut see, &mut |_| {});
    found
}

//! Sanitised raw HTML to nodes: what has a node of its own becomes that, of the rest the text stays.

use super::table::table_of;
use super::{DEEPEST, Scope, Walk, push_text};
use crate::model::body::{Element, Inline as Parsed};
use crate::parse::is_block;
use crate::print::node::{Block, Definition, Inline, ListItem};

impl<'a> Walk<'a> {
    /// Blocks inside a list, a quotation or the like.
    fn inner_html(&mut self, content: &'a [Parsed], scope: &Scope<'a>) -> Vec<Block> {
        let mut c = Vec::new();
        self.inside += 1;
        self.html(content, scope, &mut c);
        self.inside -= 1;
        c
    }

    /// A block of HTML: its block elements one by one, and what stands between them as paragraphs.
    pub(super) fn html(&mut self, content: &'a [Parsed], scope: &Scope<'a>, out: &mut Vec<Block>) {
        let mut run = Vec::new();
        for inline in content {
            match inline {
                Parsed::Element(element) if is_block(&element.tag) => {
                    end_run(&mut run, out);
                    self.block_element(element, scope, out);
                }
                _ => self.inline(inline, scope, &mut run),
            }
        }
        end_run(&mut run, out);
    }

    fn block_element(&mut self, element: &'a Element, scope: &Scope<'a>, out: &mut Vec<Block>) {
        match &*element.tag {
            "hr" => out.push(Block::Rule),
            "ul" | "ol" if self.inside >= DEEPEST => {
                for (at, item) in elements(&element.children, "li").enumerate() {
                    let c = self.inner_html(&item.children, scope);
                    let number = (&*element.tag == "ol").then_some(at as u64 + 1);
                    self.deep_item(ListItem { task: None, c }, number, out);
                }
            }
            _ if self.inside >= DEEPEST => self.html(&element.children, scope, out),
            "ul" | "ol" => {
                let items = elements(&element.children, "li");
                let items = items.map(|item| ListItem { task: None, c: self.inner_html(&item.children, scope) });
                let items = items.collect();
                out.push(Block::List { ordered: &*element.tag == "ol", start: 1, indent: 0, items });
            }
            "blockquote" => {
                let c = self.inner_html(&element.children, scope);
                out.push(Block::Quote { c });
            }
            "pre" => {
                let mut text = String::new();
                Inline::push_text(&self.inlines(&element.children, scope), &mut text);
                out.push(Block::Code { lang: None, text: text.trim_end_matches('\n').to_owned() });
            }
            "dl" => self.definition_list(element, scope, out),
            "table" => self.html_table(element, scope, out),
            "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "caption" => {
                let c = self.inlines(&element.children, scope);
                out.push(Block::Par { c: vec![Inline::Strong { c }] });
            }
            _ => self.html(&element.children, scope, out),
        }
    }

    fn definition_list(&mut self, list: &'a Element, scope: &Scope<'a>, out: &mut Vec<Block>) {
        let mut items: Vec<Definition> = Vec::new();
        for child in &list.children {
            let Parsed::Element(element) = child else { continue };
            if &*element.tag == "dt" {
                items.push(Definition { term: self.inlines(&element.children, scope), c: Vec::new() });
            } else if let Some(item) = items.last_mut() {
                let c = self.inner_html(&element.children, scope);
                item.c.extend(c);
            }
        }
        out.push(Block::Definitions { items });
    }

    fn html_table(&mut self, table: &'a Element, scope: &Scope<'a>, out: &mut Vec<Block>) {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        // Rows lie in parts of the table or in the table itself.
        let mut waiting: Vec<&'a Parsed> = table.children.iter().rev().collect();
        while let Some(child) = waiting.pop() {
            let Parsed::Element(element) = child else { continue };
            match &*element.tag {
                "caption" => self.block_element(element, scope, out),
                "tr" => {
                    let cells = element.children.iter().filter_map(|cell| match cell {
                        Parsed::Element(cell) if matches!(&*cell.tag, "td" | "th") => Some(cell),
                        _ => None,
                    });
                    let is_head = cells.clone().all(|cell| &*cell.tag == "th");
                    let cells: Vec<_> = cells.map(|cell| self.inlines(&cell.children, scope)).collect();
                    if is_head && head.is_empty() && rows.is_empty() {
                        head = cells;
                    } else {
                        rows.push(cells);
                    }
                }
                _ => waiting.extend(element.children.iter().rev()),
            }
        }
        out.push(table_of(head, rows, Vec::new()));
    }

    /// An element in running text.
    pub(super) fn element(&mut self, element: &'a Element, scope: &Scope<'a>, out: &mut Vec<Inline>) {
        let tag = &*element.tag;
        match tag {
            "br" => return out.push(Inline::Break),
            "wbr" => return push_text(out, "\u{200b}"),
            _ => {}
        }
        self.spans += 1;
        let c = self.inlines(&element.children, scope);
        self.spans -= 1;
        if let Some(link) = element.link {
            let (to, href) = self.destination(&scope.item.body.targets[link as usize], scope);
            return out.push(Inline::Link { to, href, c });
        }
        match tag {
            _ if self.spans >= DEEPEST => out.extend(c),
            "b" | "strong" => out.push(Inline::Strong { c }),
            "i" | "em" | "cite" | "dfn" | "var" => out.push(Inline::Em { c }),
            "s" | "del" | "strike" => out.push(Inline::Strike { c }),
            "code" | "samp" | "kbd" | "mark" | "small" | "sub" | "sup" | "u" | "ins" | "q" => {
                out.push(Inline::Element { tag: tag.to_owned(), c });
            }
            // A block inside running text (a cell, a list item) keeps its distance.
            _ if is_block(tag) => {
                push_text(out, " ");
                out.extend(c);
                push_text(out, " ");
            }
            _ => out.extend(c),
        }
    }
}

fn end_run(run: &mut Vec<Inline>, out: &mut Vec<Block>) {
    let run = std::mem::take(run);
    let is_blank = run.iter().all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty()));
    if !is_blank {
        out.push(Block::Par { c: run });
    }
}

fn elements<'a>(inlines: &'a [Parsed], tag: &'static str) -> impl Iterator<Item = &'a Element> {
    inlines.iter().filter_map(move |inline| match inline {
        Parsed::Element(element) if &*element.tag == tag => Some(&**element),
        _ => None,
    })
}

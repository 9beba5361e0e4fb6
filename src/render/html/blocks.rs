//! Blocks of more than one part to HTML: headings, lists, definitions, tables, callouts, figures.

use std::fmt::Write as _;

use super::{Scope, Writer};
use crate::escape::{push_attribute, push_escaped};
use crate::model::body::{
    Alignment, Block, Callout, CalloutKind, Definition, Heading, Image, Inline, List, ListItem, Table,
};
use crate::resolve::book::Target;

impl<'a> Writer<'a> {
    pub(super) fn heading(&mut self, heading: &'a Heading, scope: &Scope<'a>) {
        let info = &scope.item.body.headings[heading.index as usize];
        let level = info.level.saturating_add_signed(scope.shift).clamp(2, 6);
        self.level = level;
        let digit = char::from(b'0' + level);
        self.out.push_str("<h");
        self.out.push(digit);
        self.out.push_str(" id=\"");
        push_escaped(&mut self.out, &scope.prefix);
        push_escaped(&mut self.out, &info.id);
        self.out.push('"');
        let mut classes: Vec<&str> = heading.classes.iter().map(|class| scope.text(class)).collect();
        if heading.minutes.is_some() {
            classes.push("step");
        }
        if !classes.is_empty() {
            push_attribute(&mut self.out, "class", &classes.join(" "));
        }
        self.out.push('>');
        self.inlines(&heading.content, scope);
        if let Some(minutes) = heading.minutes {
            let text = self.surroundings.words.fill("minutes_short", &[("n", &minutes.to_string())]);
            self.out.push_str(" <span class=\"minutes\">");
            push_escaped(&mut self.out, &text);
            self.out.push_str("</span>");
        }
        self.out.push_str("<a class=\"anchor\"");
        self.push_href(["#", &scope.prefix, &info.id, ""]);
        self.out.push_str(" aria-hidden=\"true\" tabindex=\"-1\"></a></h");
        self.out.push(digit);
        self.out.push_str(">\n");
    }

    pub(super) fn list(&mut self, list: &'a List, scope: &Scope<'a>) {
        let is_tasks = list.items.iter().any(|item| item.task.is_some());
        match list.start {
            Some(1) => self.out.push_str("<ol>\n"),
            Some(start) => {
                let _ = writeln!(self.out, "<ol start=\"{start}\">");
            }
            None if is_tasks => self.out.push_str("<ul class=\"tasks\">\n"),
            None => self.out.push_str("<ul>\n"),
        }
        for item in &list.items {
            self.list_item(item, scope);
        }
        self.out.push_str(if list.start.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    pub(super) fn list_item(&mut self, item: &'a ListItem, scope: &Scope<'a>) {
        self.out.push_str("<li>");
        match (item.task, item.blocks.split_first()) {
            // With blank lines around it the text is a paragraph: the box goes into it, to stand on its line.
            (Some(done), Some((Block::Paragraph(content), rest))) => {
                self.out.push_str("<p>");
                self.task_box(done);
                self.inlines(content, scope);
                self.out.push_str("</p>\n");
                self.blocks(rest, scope);
            }
            (Some(done), _) => {
                self.task_box(done);
                self.blocks(&item.blocks, scope);
            }
            (None, _) => self.blocks(&item.blocks, scope),
        }
        self.out.push_str("</li>\n");
    }

    fn task_box(&mut self, done: bool) {
        let (class, word) = if done { ("task task-done", "task_done") } else { ("task", "task_open") };
        let _ = write!(self.out, "<span class=\"{class}\" role=\"img\"");
        push_attribute(&mut self.out, "aria-label", self.surroundings.words.get(word));
        self.out.push_str("></span> ");
    }

    pub(super) fn definitions(&mut self, definitions: &'a [Definition], scope: &Scope<'a>) {
        self.out.push_str("<dl>\n");
        for definition in definitions {
            self.out.push_str("<dt>");
            self.inlines(&definition.term, scope);
            self.out.push_str("</dt>\n");
            for description in &definition.descriptions {
                self.out.push_str("<dd>");
                self.blocks(description, scope);
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>\n");
    }

    /// A table inside a group that can be scrolled sideways by keyboard.
    pub(super) fn table(&mut self, table: &'a Table, scope: &Scope<'a>) {
        self.tables += 1;
        let label = format!("{} {}", self.word("table"), self.tables);
        self.out.push_str("<div class=\"table\" role=\"group\" tabindex=\"0\"");
        push_attribute(&mut self.out, "aria-label", &label);
        self.out.push_str("><table>\n");
        if !table.head.is_empty() {
            self.out.push_str("<thead>");
            self.row(&table.head, table, "th", " scope=\"col\"", scope);
            self.out.push_str("</thead>\n");
        }
        self.out.push_str("<tbody>");
        for cells in &table.rows {
            self.row(cells, table, "td", "", scope);
        }
        self.out.push_str("</tbody></table></div>\n");
    }

    pub(super) fn row(&mut self, cells: &'a [Vec<Inline>], table: &Table, tag: &str, extra: &str, scope: &Scope<'a>) {
        self.out.push_str("<tr>");
        for (column, content) in cells.iter().enumerate() {
            let class = match table.alignments.get(column) {
                Some(Alignment::Left) => " class=\"align-left\"",
                Some(Alignment::Center) => " class=\"align-center\"",
                Some(Alignment::Right) => " class=\"align-right\"",
                Some(Alignment::None) | None => "",
            };
            let _ = write!(self.out, "<{tag}{extra}{class}>");
            self.inlines(content, scope);
            let _ = write!(self.out, "</{tag}>");
        }
        self.out.push_str("</tr>\n");
    }

    pub(super) fn callout(&mut self, callout: &'a Callout, scope: &Scope<'a>) {
        if let CalloutKind::Write { lines, .. } = callout.kind {
            return self.write_field(callout, lines, scope);
        }
        let name = callout.kind.name();
        let (title_tag, end) = if callout.folded {
            let _ = write!(self.out, "<details class=\"callout callout-{name}\">");
            ("summary", "</div></details>\n")
        } else {
            let _ = write!(self.out, "<div class=\"callout callout-{name}\" role=\"note\">");
            ("p", "</div></div>\n")
        };
        let _ = write!(self.out, "<{title_tag} class=\"callout-title\">");
        self.callout_title(callout, scope);
        let _ = writeln!(self.out, "</{title_tag}><div class=\"callout-body\">");
        self.blocks(&callout.blocks, scope);
        self.out.push_str(end);
    }

    pub(super) fn callout_title(&mut self, callout: &'a Callout, scope: &Scope<'a>) {
        if callout.title.is_empty() {
            let word = format!("callout_{}", callout.kind.name());
            push_escaped(&mut self.out, self.surroundings.words.get(&word));
        } else {
            self.inlines(&callout.title, scope);
        }
    }

    pub(super) fn write_field(&mut self, callout: &'a Callout, lines: u8, scope: &Scope<'a>) {
        self.writes += 1;
        let number = self.writes;
        let _ = write!(self.out, "<div class=\"write\"><label for=\"write-{number}\">");
        self.callout_title(callout, scope);
        self.out.push_str("</label>\n");
        self.blocks(&callout.blocks, scope);
        let _ = writeln!(
            self.out,
            "<textarea id=\"write-{number}\" rows=\"{lines}\" data-write=\"write-{number}\"></textarea></div>"
        );
    }

    pub(super) fn figure(&mut self, image: &'a Image, scope: &Scope<'a>) {
        let Target::Asset { path, .. } = &scope.item.body.targets[image.link as usize] else {
            self.out.push_str("<p>");
            self.image(image, scope);
            self.out.push_str("</p>\n");
            return;
        };
        let size = self.surroundings.assets.get(path).and_then(|asset| asset.size);
        let is_tall = size.is_some_and(|(width, height)| height >= width);
        self.out.push_str(if is_tall { "<figure class=\"tall\">" } else { "<figure>" });
        self.image(image, scope);
        if !image.caption.is_empty() {
            self.out.push_str("<figcaption>");
            self.inlines(&image.caption, scope);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }
}

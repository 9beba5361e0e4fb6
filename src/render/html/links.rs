//! Links and images to HTML: relative addresses, and broken places marked.

use std::fmt::Write as _;

use super::{Scope, Writer};
use crate::escape::{push_attribute, push_escaped};
use crate::model::address::HOME;
use crate::model::body::{Image, Inline, LinkForm, LinkIndex};
use crate::resolve::book::Target;

/// An address in parts that follow on one another, which never have to be one string.
pub(super) type Href<'a> = [&'a str; 4];

impl<'a> Writer<'a> {
    pub(super) fn link(&mut self, link: LinkIndex, content: &'a [Inline], scope: &Scope<'a>) {
        let target = &scope.item.body.targets[link as usize];
        if *target == Target::Broken {
            self.out.push_str("<span class=\"broken\"");
            push_attribute(&mut self.out, "title", self.surroundings.words.get("broken_link"));
            self.out.push('>');
            self.link_text(link, content, scope);
            self.out.push_str("</span>");
            return;
        }
        match self.href(target, scope) {
            Some(href) => {
                self.out.push_str("<a");
                if matches!(target, Target::External(_)) {
                    self.out.push_str(" class=\"external\" rel=\"noopener\"");
                }
                self.push_href(href);
                self.out.push('>');
                self.link_text(link, content, scope);
                self.out.push_str("</a>");
            }
            None => self.link_text(link, content, scope),
        }
    }

    /// What a link says; a wikilink that says nothing of its own shows its item's title.
    pub(super) fn link_text(&mut self, link: LinkIndex, content: &'a [Inline], scope: &Scope<'a>) {
        let written = &scope.item.document.body.links[link as usize];
        let bare = match content {
            [] => true,
            [Inline::Text(text)] => {
                written.form == LinkForm::Wiki && scope.text(text) == written.target.get(scope.source)
            }
            _ => false,
        };
        if bare && let Target::Fragment(id) = &scope.item.body.targets[link as usize] {
            let heading = scope.item.body.headings.iter().find(|heading| heading.id == *id);
            return push_escaped(&mut self.out, heading.map_or("", |heading| &heading.text));
        }
        if bare && let Target::Item { item, fragment } = &scope.item.body.targets[link as usize] {
            let item = &self.surroundings.book.items[*item];
            let heading = fragment.as_ref().and_then(|id| item.body.headings.iter().find(|heading| heading.id == *id));
            return push_escaped(&mut self.out, heading.map_or(&item.title, |heading| &heading.text));
        }
        self.inlines(content, scope);
    }

    /// The address that a target leads to; nothing where it leads nowhere.
    pub(super) fn href<'b>(&self, target: &'b Target, scope: &'b Scope<'a>) -> Option<Href<'b>> {
        let root = self.root;
        let with_fragment = |address: &'b str, fragment: &'b Option<Box<str>>| match fragment {
            Some(fragment) => [root, address, "#", fragment],
            None => [root, address, "", ""],
        };
        let book = self.surroundings.book;
        Some(match target {
            Target::Item { item, fragment: Some(fragment) } if *item == self.page && scope.index == self.page => {
                ["#", fragment, "", ""]
            }
            Target::Item { item, fragment } => with_fragment(&book.items[*item].address, fragment),
            Target::Include { item, .. } => [root, &book.items[*item].address, "", ""],
            Target::Section(section) => [root, &book.sections[*section].slug, "/", HOME],
            Target::Fragment(id) if scope.shows_heading(id) => ["#", &scope.prefix, id, ""],
            // The heading was not included with the section that links to it.
            Target::Fragment(id) if scope.index == self.page => ["#", id, "", ""],
            Target::Fragment(id) => [root, &scope.item.address, "#", id],
            Target::Asset { path, fragment } => with_fragment(&self.surroundings.assets.get(path)?.path, fragment),
            Target::External(url) => [url, "", "", ""],
            Target::Text | Target::Broken => return None,
        })
    }

    pub(super) fn push_href(&mut self, href: Href) {
        self.out.push_str(" href=\"");
        for part in href {
            push_escaped(&mut self.out, part);
        }
        self.out.push('"');
    }

    pub(super) fn image(&mut self, image: &'a Image, scope: &Scope<'a>) {
        let published = match &scope.item.body.targets[image.link as usize] {
            Target::Asset { path, .. } => self.surroundings.assets.get(path),
            _ => None,
        };
        let alt = scope.item.plain().of(&image.alt);
        let Some(asset) = published else { return self.broken(&alt) };
        self.out.push_str("<img");
        push_attribute(&mut self.out, "src", &format!("{}{}", self.root, asset.path));
        push_attribute(&mut self.out, "alt", &alt);
        if let Some((width, height)) = shown_size(asset.size, image.width) {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        } else if let Some(width) = image.width {
            let _ = write!(self.out, " width=\"{width}\"");
        }
        self.out.push_str(" loading=\"lazy\">");
    }

    pub(super) fn broken(&mut self, text: &str) {
        let title = self.surroundings.words.get("broken_link");
        self.out.push_str("<span class=\"broken\"");
        push_attribute(&mut self.out, "title", title);
        self.out.push('>');
        push_escaped(&mut self.out, text);
        self.out.push_str("</span>");
    }
}

/// The size to write, at the width that the author asked for.
fn shown_size(size: Option<(u32, u32)>, wanted: Option<u32>) -> Option<(u32, u32)> {
    let (width, height) = size.filter(|(width, _)| *width > 0)?;
    Some(match wanted {
        Some(wanted) => (wanted, (u64::from(height) * u64::from(wanted) / u64::from(width)) as u32),
        None => (width, height),
    })
}
